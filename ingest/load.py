"""Turn a file into the lines of its texts: one loader for each kind of file."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ingest.errors import EmptyFileError, OldFontError, UnknownFileTypeError
from ingest.formats.pdf import load_pdf
from ingest.formats.text import load_text
from ingest.formats.web import load_page
from ingest.formats.word import load_word
from ingest.loaded import Loaded

LOADERS: dict[str, Callable[[Path], tuple[Loaded, ...]]] = {
    ".txt": load_text,
    ".md": load_text,
    ".html": load_page,
    ".htm": load_page,
    ".docx": load_word,
    ".pdf": load_pdf,
}
"""A file type is one loader and one row; the keys are the suffixes."""


_OLD_LETTERS = frozenset("µ¸¶·¹¨»¾¼½©ÇÊÈÉËÎÌÏÑ®×ÜØÞåæ«ïòÓÒÔÖÕ¬øöûïÅÄÀÂ§")
"""Signs by which TCVN3 and VNI write Vietnamese letters."""
_ENOUGH = 300
"""Letters from which on their shares tell anything."""
_MANY = 0.08


def load(path: Path) -> tuple[Loaded, ...]:
    """Read a file's texts, at least one, each with at least one line.

    Raises an `UnreadableFileError` that says what the operator should do.
    """
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise UnknownFileTypeError(path, suffix=path.suffix, known=", ".join(LOADERS))
    texts = tuple(text for text in loader(path) if text.lines)
    if not texts:
        raise EmptyFileError(path)
    if any(map(_is_in_old_font, texts)):
        raise OldFontError(path)
    return texts


def _is_in_old_font(text: Loaded) -> bool:
    """Tell text in fonts from before Unicode (TCVN3, VNI), whose letters stand for others: "§iÒu" for "Điều"."""
    letters = Counter(letter for line in text.lines for letter in line.text if not letter.isspace())
    foreign = sum(count for letter, count in letters.items() if letter in _OLD_LETTERS)
    marked = sum(count for letter, count in letters.items() if "\u1ea0" <= letter <= "\u1ef9")
    return letters.total() > _ENOUGH and foreign > letters.total() * _MANY and marked < foreign
