"""Know where documents lie and whether an edition was built from what lies there now.

The bot compares fingerprints when it starts: it may not import `ingest`, but must know whether `ingest` has
work.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.manifest import PARSER_VERSION, file_sha256

_PROJECT = Path(__file__).parent.parent
DIGESTS = Path(__file__).parent / "data" / "digests"
"""The summaries of laws, in the project's own words."""
SHIPPED_DOCUMENTS = Path(__file__).parent / "data" / "documents"
"""The documents that the project brings along, with their sidecars."""
_QUESTIONS = Path(__file__).parent / "data" / "questions"
OWN_QUESTIONS = _QUESTIONS / "own.jsonl"
"""Questions on the five documents, with the sections that answer them."""
LAW_QUESTIONS = _QUESTIONS / "laws.jsonl"
"""Questions on the laws behind them."""
QUESTION_SETS = (OWN_QUESTIONS, LAW_QUESTIONS)
_CODE = ("ingest", "knowledge")
_CODE_TYPES = (".py", ".toml")


def document_folders(data_dir: Path) -> tuple[Path, Path]:
    """Return where documents lie: those that the project brings, and the administrators'."""
    return SHIPPED_DOCUMENTS, own_documents(data_dir)


def own_documents(data_dir: Path) -> Path:
    """Return the folder of the administrators' documents."""
    return data_dir / "documents"


def left_out_file(data_dir: Path) -> Path:
    """Return the file that names the documents which an administrator has left out."""
    return data_dir / "left_out.json"


def cache_folder(data_dir: Path) -> Path:
    """Return the folder of what saves work and may be deleted at any time."""
    return data_dir / "cache"


def source_fingerprint(data_dir: Path, embeddings: str) -> str:
    """Return one SHA-256 over all that decides what an edition holds.

    That is every file in the two folders of documents, which documents are left out, the name of the embeddings,
    and the code and tables that read and index: a changed parser needs a new edition as much as a changed text,
    and nobody has to think of it.
    """
    return _sha256_of(f"{PARSER_VERSION}\n{embeddings}\n", (*_code(), *_documents(data_dir)))


def code_fingerprint() -> str:
    """Return one SHA-256 over the code and tables that read, index and answer."""
    return _sha256_of("", _code())


def _sha256_of(beginning: str, files: Iterable[tuple[str, Path]]) -> str:
    whole = hashlib.sha256(beginning.encode())
    for name, path in files:
        whole.update(f"{name}\n".encode())
        whole.update(file_sha256(path).encode())
    return whole.hexdigest()


def _code() -> Iterator[tuple[str, Path]]:
    for package in _CODE:
        yield from _files(_PROJECT / package, _CODE_TYPES)


def _documents(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for folder in document_folders(data_dir):
        yield from _files(folder)
    left_out = left_out_file(data_dir)
    if left_out.is_file():
        yield left_out.name, left_out


def _files(folder: Path, types: tuple[str, ...] = ()) -> Iterator[tuple[str, Path]]:
    """Walk over files by name; hidden ones are left out, for desktops and editors make and change them."""
    for path in sorted(folder.rglob("*")):
        hidden = path.name.startswith(".")
        if path.is_file() and not hidden and (not types or path.suffix in types):
            yield path.relative_to(folder).as_posix(), path
