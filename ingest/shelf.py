"""Where the documents lie, and how one is found by number, id or path."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import knowledge
from ingest.errors import AmbiguousDocumentError, UnknownDocumentError
from ingest.load import LOADERS
from ingest.read import Reading
from ingest.reading import read_safely
from knowledge.documents import Document
from knowledge.library import name_of
from knowledge.vietnamese import fold

SHIPPED_DOCUMENTS = Path(knowledge.__path__[0]) / "data" / "documents"
"""The documents that come with the repository."""


_PASSING = (".", "~$")
"""What the names of hidden files begin with, and of those that Word keeps while a document is open."""


def shelf(folders: Iterable[Path]) -> list[Path]:
    """Return the files of the folders that can be read as documents; a missing folder is empty."""
    return [
        path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix.lower() in LOADERS and not path.name.startswith(_PASSING)
    ]


def find(name: str, folders: Sequence[Path]) -> Reading:
    """Return the document that a person means by an id or a number in any spelling.

    Raises `UnknownDocumentError` where none or several answer to it. A file on the shelf that cannot be read
    does not hide the others.
    """
    readings = list(_readable(shelf(folders)))
    found = [reading for reading in readings if plain(name) in names(reading.document)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousDocumentError(name, tuple(reading.document.id for reading in found))
    raise UnknownDocumentError(name, tuple(introduce(reading.document) for reading in readings))


def _readable(paths: Iterable[Path]) -> Iterable[Reading]:
    for _, outcome in read_safely(paths):
        if isinstance(outcome, tuple):
            yield from outcome


def names(document: Document) -> set[str]:
    """Return what a person may call a document, reduced by `plain`."""
    called = (document.id, document.number, document.title, name_of(document), Path(document.source).stem)
    return {plain(name) for name in called if name}


def plain(name: str) -> str:
    """Reduce a name to what people type alike: "276-KH/TU", "276 kh tu" and "276-kh-tu" are one."""
    return re.sub(r"[^a-z0-9]", "", fold(name))


def introduce(document: Document) -> str:
    """Say what a document is, for a person to choose from."""
    return f"{document.number or document.id}: {document.kind}, {document.issuer}"
