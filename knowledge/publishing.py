"""Publish an edition: build it beside the current one, read it back in a child process, switch the pointer.

Changing an index in place leaves it half-filled when the writer dies, and Chroma has no alias to switch. So
each build fills a directory of its own. Until the last step the current edition answers, whatever happens.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from knowledge.documents import Document
from knowledge.editions import (
    BUILDING,
    CURRENT,
    DOCUMENTS,
    current_edition,
    editions_folder,
    published_editions,
)
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import EditionBusyError, IndexDamagedError
from knowledge.library import Library, name_of
from knowledge.manifest import DOCUMENTS_FILE, INDEX_FOLDER, PARSER_VERSION, Manifest, file_checksums
from knowledge.search import HybridIndex, IndexedText

KEPT = 5
"""Editions that stay for going back, the current one among them."""

Step = Literal["index", "verify"]
Progress = Callable[[Step, int, int], None]
"""Called with the step, what is done of it, and how much there is."""

_VERIFY_SECONDS = 600.0  # a damaged Chroma directory can hang whoever opens it
_PROJECT = Path(__file__).parent.parent


def publish(  # noqa: PLR0913 - what an edition is made of, each from another place
    documents: Sequence[Document],
    data_dir: Path,
    embeddings: EditionEmbeddings,
    *,
    fingerprint: str,
    parser_version: str = PARSER_VERSION,
    on_progress: Progress | None = None,
    wait_seconds: float = 300,
) -> Manifest:
    """Build an edition of `documents`, have a child process read it back, and make it the current one.

    Another builder at work is waited for.

    Raises `ValueError` where two passages share an id, `EditionBusyError` where another builder takes longer
    than `wait_seconds`, `IndexDamagedError` where what is read back is not what was written, and what
    `embeddings` raise.
    """
    report = on_progress or _silent
    texts = indexed_texts(documents)
    editions = editions_folder(data_dir)
    with _only_builder(editions, wait_seconds), _building(editions) as building:
        documents_sha256 = _write_documents(documents, building / DOCUMENTS_FILE)
        HybridIndex.build(texts, building / INDEX_FOLDER, embeddings, lambda done, whole: report("index", done, whole))
        manifest = Manifest(
            id=building.name.removesuffix(BUILDING),
            created=datetime.now(UTC),
            parser_version=parser_version,
            embeddings=embeddings.name,
            dimension=_dimension(building / INDEX_FOLDER),
            fingerprint=fingerprint,
            documents=len(documents),
            sections=sum(len(document.sections) for document in documents),
            passages=len(texts),
            files=file_checksums(building) | {DOCUMENTS_FILE: documents_sha256},
        )
        manifest.write(building)
        report("verify", 0, manifest.passages)
        _verify_in_child(building)
        report("verify", manifest.passages, manifest.passages)
        _put_in_place(building, editions / manifest.id)
        _point_to(editions, manifest.id)
        _remove_oldest(data_dir)
    return manifest


def indexed_texts(documents: Sequence[Document]) -> list[IndexedText]:
    """Return every passage as search sees it: under its document's name and what stands above it."""
    library = Library(documents)
    places = library.places()
    if len(places) != sum(len(section.passages) for document in documents for section in document.sections):
        raise ValueError("two passages share an id; two documents must not have the same one")
    return [
        IndexedText(p.passage.id, p.document.id, _title(p.document), library.above(p), p.passage.text) for p in places
    ]


def _title(document: Document) -> str:
    return "\n".join(filter(None, (name_of(document), document.title, document.issuer, document.place)))


@contextmanager
def _only_builder(editions: Path, wait_seconds: float) -> Iterator[None]:
    """Keep other builders out; the system lets go of the lock when its holder dies."""
    editions.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(editions / ".lock", timeout=wait_seconds):
            yield
    except Timeout as error:
        raise EditionBusyError(f"another process has been building in {editions} all the time") from error


@contextmanager
def _building(editions: Path) -> Iterator[Path]:
    """Give a fresh directory to build in, after clearing what dead builders left; remove it if it stays."""
    for leftover in editions.glob(f"*{BUILDING}"):
        shutil.rmtree(leftover)
    building = editions / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{BUILDING}"
    building.mkdir()
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _write_documents(documents: Sequence[Document], path: Path) -> str:
    """Write the documents and return the SHA-256 of what was meant to be written."""
    content = DOCUMENTS.dump_json(tuple(documents), indent=1)
    if DOCUMENTS.validate_json(content) != tuple(documents):
        raise IndexDamagedError("the documents change when they are written to JSON")
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _dimension(index: Path) -> int:
    dimension: int = json.loads((index / "index.json").read_bytes())["dimension"]
    return dimension


def _verify_in_child(building: Path) -> None:
    command = [sys.executable, "-m", "knowledge", "verify", str(building)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, cwd=_PROJECT, capture_output=True, text=True, timeout=_VERIFY_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise IndexDamagedError(f"reading {building} back did not end in {_VERIFY_SECONDS:.0f} s") from error
    if child.returncode != 0:
        raise IndexDamagedError(f"{building} cannot be read back: {child.stderr.strip()}")


def _put_in_place(building: Path, edition: Path) -> None:
    for path in building.rglob("*"):
        _sync(path)
    _sync(building)
    building.rename(edition)
    _sync(edition.parent)


def _point_to(editions: Path, edition_id: str) -> None:
    new = editions / f"{CURRENT}.new"
    new.write_text(f"{edition_id}\n", encoding="utf-8")
    _sync(new)
    new.replace(editions / CURRENT)
    _sync(editions)


def _sync(path: Path) -> None:
    """Make a file's content, or a directory's entries, outlast a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_oldest(data_dir: Path) -> None:
    """Keep the newest editions, and the current one even if the clock was set back."""
    current = current_edition(data_dir)
    others = [edition for edition in published_editions(data_dir) if edition != current]
    for edition in others[: -(KEPT - 1)]:
        shutil.rmtree(edition)


def _silent(step: Step, done: int, whole: int) -> None:
    """Report nothing."""
