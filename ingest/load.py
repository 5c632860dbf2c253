"""Turn a file into the lines of its texts: one loader for each kind of file."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ingest import texts
from ingest.errors import EmptyFileError, MacrosError, OldFontError, OldWordError, UnknownFileTypeError
from ingest.file_types import refuse_other_type
from ingest.formats.pdf import load_pdf
from ingest.formats.scans import load_picture
from ingest.formats.text import load_text
from ingest.formats.web import load_page
from ingest.formats.word import load_word
from ingest.loaded import Loaded, OnPages, to_nobody

Loader = Callable[[Path, OnPages], tuple[Loaded, ...]]
LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".md": load_text,
    ".html": load_page,
    ".htm": load_page,
    ".docx": load_word,
    ".pdf": load_pdf,
    **dict.fromkeys((".jpg", ".jpeg", ".png"), load_picture),
}
"""A file type is one loader and one row; the keys are the suffixes."""
_OLD_WORD = frozenset({".doc", ".dot"})
_WITH_MACROS = frozenset({".docm", ".dotm"})
_OLD_LETTERS = frozenset("µ¸¶·¹¨»¾¼½©ÇÊÈÉËÎÌÏÑ®×ÜØÞåæ«ïòÓÒÔÖÕ¬øöûïÅÄÀÂ§")
"""Signs by which TCVN3 and VNI write Vietnamese letters."""
_ENOUGH = 300
"""Letters from which on their shares tell anything."""
_MANY = 0.08


def load(path: Path, on_pages: OnPages = to_nobody) -> tuple[Loaded, ...]:
    """Read a file's texts, at least one, each with at least one line.

    Raises an `UnreadableFileError` that says what the operator should do.
    """
    loader = _loader(path)
    refuse_other_type(path)
    loaded = tuple(text for text in loader(path, on_pages) if text.lines)
    if not loaded:
        raise EmptyFileError(path)
    if any(map(_is_in_old_font, loaded)):
        raise OldFontError(path)
    return loaded


def _loader(path: Path) -> Loader:
    suffix = path.suffix.lower()
    if suffix in _OLD_WORD:
        raise OldWordError(path)
    if suffix in _WITH_MACROS:
        raise MacrosError(path)
    if suffix not in LOADERS:
        advice = texts.SAVE_OTHERWISE.get(suffix, texts.SAVE_AS).format(known=", ".join(LOADERS))
        raise UnknownFileTypeError(path, suffix=path.suffix, advice=advice)
    return LOADERS[suffix]


def _is_in_old_font(text: Loaded) -> bool:
    """Tell text in fonts from before Unicode (TCVN3, VNI), whose letters stand for others: "§iÒu" for "Điều"."""
    letters = Counter(letter for line in text.lines for letter in line.text if not letter.isspace())
    foreign = sum(count for letter, count in letters.items() if letter in _OLD_LETTERS)
    marked = sum(count for letter, count in letters.items() if "\u1ea0" <= letter <= "\u1ef9")
    return letters.total() > _ENOUGH and foreign > letters.total() * _MANY and marked < foreign
