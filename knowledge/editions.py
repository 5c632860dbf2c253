"""Open the edition that answers now: an immutable, verified build of the knowledge base.

    DATA_DIR/editions/
        CURRENT                      the pointer: which edition answers (`knowledge.pointer`)
        20261122-174901-123456/      an edition: manifest, documents, index; never changed
        ….building/                  one that is being built, or was when its builder died

`knowledge.publishing` writes what this module reads.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from knowledge.documents import Document
from knowledge.embeddings import EditionEmbeddings, make_embeddings
from knowledge.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, SearchIndexError
from knowledge.library import Library
from knowledge.manifest import DOCUMENTS_FILE, INDEX_FOLDER, LAYOUT, PARSER_VERSION, Manifest
from knowledge.pointer import read_pointer
from knowledge.search import HybridIndex
from knowledge.settings import KnowledgeSettings
from knowledge.sources import source_fingerprint
from knowledge.working_copies import WorkingCopy, sweep

BUILDING = ".building"
"""Ending of the name of a directory that is no edition yet."""
VECTOR_CACHE = Path("cache", "embeddings.sqlite3")
"""Where in the data directory the vectors of a service are kept from one build to the next."""
DOCUMENTS = TypeAdapter(tuple[Document, ...])
"""How an edition's documents are written to JSON and read back."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An open edition; close it when another takes its place."""

    manifest: Manifest
    library: Library
    index: HybridIndex
    _working_copy: WorkingCopy

    @property
    def id(self) -> str:
        """Name of the edition: the moment of its build."""
        return self.manifest.id

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents in the order they were published in."""
        return self.library.documents

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self.index.close()
        self._working_copy.remove()


Found = TypeVar("Found")


def editions_folder(data_dir: Path) -> Path:
    """Return the folder of all editions."""
    return data_dir.absolute() / "editions"


def current_edition(data_dir: Path) -> Path:
    """Return the directory of the edition that answers now; raise `IndexMissingError` where there is none."""
    editions = editions_folder(data_dir)
    return find_edition(data_dir, read_pointer(editions).edition)


def find_edition(data_dir: Path, edition_id: str) -> Path:
    """Return the directory of a published edition; raise `IndexMissingError` where there is none of that id."""
    editions = editions_folder(data_dir)
    edition = editions / edition_id
    if edition.parent != editions or edition.suffix == BUILDING or not edition.is_dir():
        raise IndexMissingError(f"there is no edition {edition_id!r} in {editions}")
    return edition


def published_editions(data_dir: Path) -> list[Path]:
    """Return the directories of all published editions, oldest first."""
    return sorted(path for path in editions_folder(data_dir).glob("*") if path.is_dir() and path.suffix != BUILDING)


def is_up_to_date(data_dir: Path, fingerprint: str) -> bool:
    """Tell whether the current edition is whole and was built from sources of this fingerprint."""
    try:
        return check_edition(current_edition(data_dir)).fingerprint == fingerprint
    except SearchIndexError:
        return False


def is_settled(settings: KnowledgeSettings) -> bool:
    """Tell whether the bot can start without a build.

    It can when the current edition is whole, and either was built from what lies there now or is one that an
    administrator went back to. It also can when the current edition is damaged but another can take its place
    (`open_last_good`): administrators are told, and they decide.
    """
    data_dir, embeddings = settings.data_dir, embeddings_of(settings)
    try:
        manifest = check_openable(current_edition(data_dir), embeddings)
        pinned = read_pointer(editions_folder(data_dir)).pinned
        return pinned or manifest.fingerprint == source_fingerprint(data_dir, embeddings.name)
    except IndexDamagedError:
        return _has_good(data_dir, embeddings)
    except SearchIndexError:
        return False


def _has_good(data_dir: Path, embeddings: EditionEmbeddings) -> bool:
    try:
        last_good(data_dir, embeddings)
    except SearchIndexError:
        return False
    return True


def embeddings_of(settings: KnowledgeSettings) -> EditionEmbeddings:
    """Return the embeddings that editions are built and opened with; raises as `make_embeddings` does."""
    key = settings.openai_api_key
    embeddings = make_embeddings(
        settings.embeddings,
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else None,
        cache=settings.data_dir / VECTOR_CACHE,
    )
    return embeddings.trusted(settings.embeddings_trust)


def open_current(data_dir: Path, embeddings: EditionEmbeddings) -> Edition:
    """Open the edition that answers now; raises as `current_edition` and `open_edition` do."""
    return open_edition(current_edition(data_dir), embeddings)


def last_good(data_dir: Path, embeddings: EditionEmbeddings) -> tuple[Path, tuple[str, ...]]:
    """Return the edition to answer from, and the ids of those that are damaged and would have come before it.

    That is the current one where it is whole, else the newest whole one. Raises as `open_last_good` does.
    """

    def check(edition: Path) -> Path:
        check_openable(edition, embeddings)
        return edition

    return _first_good(data_dir, check)


def open_last_good(data_dir: Path, embeddings: EditionEmbeddings) -> tuple[Edition, tuple[str, ...]]:
    """Open the edition that `last_good` chooses; where there is none, raise what is wrong with the current one."""
    return _first_good(data_dir, lambda edition: open_edition(edition, embeddings))


def open_edition(edition: Path, embeddings: EditionEmbeddings) -> Edition:
    """Open an edition after comparing every byte with its manifest.

    Chroma writes into a directory as soon as it opens it. What is opened is therefore a working copy, which
    the system's folder for temporary files holds until `close`; the edition itself stays as it was published.

    Raises `IndexMissingError`, `IndexMismatchError` (made with other embeddings or by another parser) or
    `IndexDamagedError` (a byte is not as it was published).
    """
    manifest = Manifest.read(edition)
    _refuse_mismatch(manifest, embeddings)
    sweep()
    working_copy = WorkingCopy()
    try:
        copied = copy_checked(edition, manifest, working_copy.path)
        library = Library(read_documents(copied))
        index = HybridIndex.open(copied / INDEX_FOLDER, embeddings)
    except BaseException:
        working_copy.remove()
        raise
    return Edition(manifest, library, index, working_copy)


def check_edition(edition: Path) -> Manifest:
    """Compare an edition with its manifest without opening it; raises as `open_edition` does."""
    manifest = Manifest.read(edition)
    for name in manifest.files:
        manifest.check_file(name, edition / name)
    return manifest


def check_openable(edition: Path, embeddings: EditionEmbeddings) -> Manifest:
    """Compare an edition with its manifest and with this program; raises as `open_edition` does."""
    _refuse_mismatch(Manifest.read(edition), embeddings)
    return check_edition(edition)


def copy_checked(edition: Path, manifest: Manifest, copy: Path) -> Path:
    """Copy the listed files, then check the copies: what is opened is what was compared."""
    for name in manifest.files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(edition / name, copy / name)
        except FileNotFoundError as error:
            raise IndexDamagedError(f"edition {manifest.id} has lost {name}") from error
        manifest.check_file(name, copy / name)
    return copy


def read_documents(edition: Path) -> tuple[Document, ...]:
    """Read an edition's documents back."""
    return DOCUMENTS.validate_json((edition / DOCUMENTS_FILE).read_bytes())


def _refuse_mismatch(manifest: Manifest, embeddings: EditionEmbeddings) -> None:
    found = (manifest.layout, manifest.parser_version, manifest.embeddings)
    wanted = (LAYOUT, PARSER_VERSION, embeddings.name)
    if found != wanted:
        raise IndexMismatchError(
            f"edition {manifest.id} has (layout, parser, embeddings) {found}, this program has {wanted}"
        )


def _first_good(data_dir: Path, open_: Callable[[Path], Found]) -> tuple[Found, tuple[str, ...]]:
    damaged: list[str] = []
    troubles: list[SearchIndexError] = []
    for edition_id in _in_order(data_dir):
        try:
            return open_(find_edition(data_dir, edition_id)), tuple(damaged)
        except IndexMismatchError as error:
            troubles.append(error)
        except SearchIndexError as error:
            troubles.append(error)
            damaged.append(edition_id)
    raise troubles[0] if troubles else IndexMissingError(f"no edition was published in {editions_folder(data_dir)}")


def _in_order(data_dir: Path) -> Iterator[str]:
    """Yield the ids of the current edition and then of the others, newest first."""
    try:
        current = read_pointer(editions_folder(data_dir)).edition
        yield current
    except IndexMissingError:
        current = ""
    yield from (edition.name for edition in reversed(published_editions(data_dir)) if edition.name != current)
