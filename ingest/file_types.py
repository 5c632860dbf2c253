"""Tell what a file really is by how it begins, and refuse one whose name says something else."""

import re
from dataclasses import dataclass
from pathlib import Path

from ingest import texts
from ingest.errors import LockedFileError, OldWordError, WrongTypeError

_BEGINNING = 4096
"""Bytes that are looked at."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word before 2007 begin, and newer ones with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Word keeps a file with a password."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file, the bytes that it begins with, and the suffixes under which it is read."""

    name: str
    begins: re.Pattern[bytes]
    suffixes: tuple[str, ...]


def _kind(name: str, begins: bytes, *suffixes: str) -> _Kind:
    return _Kind(name, re.compile(begins, re.DOTALL | re.IGNORECASE), suffixes)


_KINDS = (
    _kind(texts.KIND_ARCHIVE, rb"PK(?:\x03\x04|\x05\x06)", ".docx"),
    _kind(texts.KIND_PICTURE, rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff", ".jpg", ".jpeg", ".png"),
    _kind(texts.KIND_RTF, rb"\{\\rtf"),
    _kind(texts.KIND_OTHER_PICTURE, rb"GIF8|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)"),
    _kind(texts.KIND_OTHER_ARCHIVE, rb"Rar!|7z\xbc\xaf|\x1f\x8b"),
    _kind(texts.KIND_PROGRAM, rb"MZ.{100}|\x7fELF"),
    _kind(
        texts.KIND_PAGE,
        rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)",
        *(".html", ".htm", ".txt", ".md"),
    ),
    _kind(texts.KIND_PDF, rb".{0,1024}?%PDF-\d", ".pdf"),
)
"""Before its own first bytes a PDF may have a kilobyte of others, so it stands last."""
_WITHOUT_BEGINNING = frozenset({".txt", ".md", ".html", ".htm"})
"""Text may begin with anything that is none of these."""


def refuse_other_type(path: Path) -> None:
    """Raise `OldWordError`, `LockedFileError` or `WrongTypeError` where a file is not what its name says."""
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    suffix = path.suffix.lower()
    if beginning.startswith(_COMPOUND):
        raise LockedFileError(path) if _LOCKED in path.read_bytes() else OldWordError(path)
    kind = next((kind for kind in _KINDS if kind.begins.match(beginning)), None)
    if kind is None and suffix not in _WITHOUT_BEGINNING:
        raise WrongTypeError(path, suffix=suffix, kind=texts.KIND_UNKNOWN)
    if kind is not None and suffix not in kind.suffixes:
        raise WrongTypeError(path, suffix=suffix, kind=kind.name)
