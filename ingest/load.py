"""Turn a file into the lines of its texts: one loader for each kind of file."""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import EmptyFileError, UnknownFileTypeError
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
    return texts
