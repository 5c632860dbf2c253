"""Publish an edition: build it beside the current one, read it back in a child process, switch the pointer.

Changing an index in place leaves it half-filled when the writer dies, and Chroma has no alias to switch. So
each build fills a directory of its own. Until the last step the current edition answers, whatever happens.
"""

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from knowledge.child import verify_in_child
from knowledge.documents import Document
from knowledge.editions import (
    BUILDING,
    DOCUMENTS,
    check_openable,
    current_edition,
    editions_folder,
    find_edition,
    published_editions,
)
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import EditionBusyError, IndexDamagedError
from knowledge.library import Library, name_of
from knowledge.manifest import DOCUMENTS_FILE, INDEX_FOLDER, PARSER_VERSION, Manifest, file_checksums
from knowledge.pointer import Pointer, point_to, sync
from knowledge.search import HybridIndex, IndexedText
from knowledge.settings import KEPT_EDITIONS
from knowledge.trust import withholding

Step = Literal["index", "verify", "ask"]
Progress = Callable[[Step, int, int], None]
"""Called with the step, what is done of it, and how much there is."""
Inspect = Callable[[Path, Progress], None]
"""Looks into the directory of an edition that is about to go live, and raises where it must not."""

_log = logging.getLogger(__name__)


def publish(  # noqa: PLR0913 - what an edition is made of, each from another place
    documents: Sequence[Document],
    data_dir: Path,
    embeddings: EditionEmbeddings,
    *,
    fingerprint: str,
    parser_version: str = PARSER_VERSION,
    by: str = "",
    kept: int = KEPT_EDITIONS,
    inspect: Inspect | None = None,
    on_progress: Progress | None = None,
    wait_seconds: float = 300,
) -> Manifest:
    """Build an edition of `documents`, have a child process read it back, and make it the current one.

    Another builder at work is waited for. `inspect` has the last word, and has to see to the reading back; without
    it that is all that is done. `kept` editions stay for going back, the new one among them.

    Raises `ValueError` where two passages share an id, `EditionBusyError` where another builder takes longer
    than `wait_seconds`, `IndexDamagedError` where what is read back is not what was written, twice, and what
    `embeddings` and `inspect` raise; the current edition then stays.
    """
    report = on_progress or _silent
    documents = withholding(documents)
    texts = indexed_texts(documents)
    editions = editions_folder(data_dir)

    def build() -> Manifest:
        with _building(editions) as building:
            documents_sha256 = _write_documents(documents, building / DOCUMENTS_FILE)
            embedded = HybridIndex.build(
                texts, building / INDEX_FOLDER, embeddings, lambda done, whole: report("index", done, whole)
            )
            manifest = Manifest(
                id=building.name.removesuffix(BUILDING),
                created=datetime.now(UTC),
                parser_version=parser_version,
                embeddings=embeddings.name,
                dimension=_dimension(building / INDEX_FOLDER),
                fingerprint=fingerprint,
                by=by,
                documents=len(documents),
                sections=sum(len(document.sections) for document in documents),
                passages=len(texts),
                embedded=embedded,
                files=file_checksums(building) | {DOCUMENTS_FILE: documents_sha256},
            )
            manifest.write(building)
            (inspect or _read_back)(building, report)
            _put_in_place(building, editions / manifest.id)
        return manifest

    with _only_builder(editions, wait_seconds):
        manifest = _again_if_damaged(build)
        point_to(editions, Pointer(manifest.id))
        _remove_oldest(data_dir, kept)
    return manifest


def _again_if_damaged(build: Callable[[], Manifest]) -> Manifest:
    """Build, and once more from the beginning where it cannot be read back: a disk may fail once."""
    try:
        return build()
    except IndexDamagedError as error:
        _log.warning("the edition is built once more: %s", error)
        return build()


def go_back(data_dir: Path, edition_id: str, embeddings: EditionEmbeddings, wait_seconds: float = 300) -> Manifest:
    """Make a kept edition the current one and pin it, after reading it back whole.

    Raises `IndexMissingError` where there is none of that id, `IndexMismatchError` where this program cannot open
    it, `IndexDamagedError`, and `EditionBusyError` as `publish` does; the current edition then stays.
    """
    editions = editions_folder(data_dir)
    with _only_builder(editions, wait_seconds):
        edition = find_edition(data_dir, edition_id)
        manifest = check_openable(edition, embeddings)
        verify_in_child(edition)
        point_to(editions, Pointer(edition_id, pinned=True))
    return manifest


def unpin(data_dir: Path) -> None:
    """Let the current edition be replaced again; for one that turns out to be of the present documents."""
    editions = editions_folder(data_dir)
    point_to(editions, Pointer(current_edition(data_dir).name))


def indexed_texts(documents: Sequence[Document]) -> list[IndexedText]:
    """Return every passage as search sees it: under its document's name and what stands above it."""
    library = Library(documents)
    places = library.places()
    if len(places) != sum(len(section.passages) for document in library.documents for section in document.sections):
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


def _put_in_place(building: Path, edition: Path) -> None:
    for path in building.rglob("*"):
        sync(path)
    sync(building)
    building.rename(edition)
    sync(edition.parent)


def _remove_oldest(data_dir: Path, kept: int) -> None:
    """Keep the newest editions, and the current one even if the clock was set back."""
    current = current_edition(data_dir)
    others = [edition for edition in published_editions(data_dir) if edition != current]
    for edition in others[: -(kept - 1)]:
        leaving = edition.with_name(f"{edition.name}{BUILDING}")
        edition.rename(leaving)  # first, so that one which is removed by half is not taken for an edition
        shutil.rmtree(leaving)


def _read_back(building: Path, report: Progress) -> None:
    passages = Manifest.read(building).passages
    report("verify", 0, passages)
    verify_in_child(building)
    report("verify", passages, passages)


def _silent(step: Step, done: int, whole: int) -> None:
    """Report nothing."""
