"""Open the edition that answers now: an immutable, verified build of the knowledge base.

    DATA_DIR/editions/
        CURRENT                      the id of the edition that answers, replaced in one step
        20261122-174901-123456/      an edition: manifest, documents, index; never changed
        ….building/                  one that is being built, or was when its builder died

`knowledge.publishing` writes what this module reads.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from knowledge.documents import Document
from knowledge.embeddings import EditionEmbeddings, make_embeddings
from knowledge.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, SearchIndexError
from knowledge.library import Library
from knowledge.manifest import DOCUMENTS_FILE, INDEX_FOLDER, LAYOUT, PARSER_VERSION, Manifest
from knowledge.search import HybridIndex
from knowledge.settings import KnowledgeSettings

CURRENT = "CURRENT"
"""Name of the file that points to the edition that answers."""
BUILDING = ".building"
"""Ending of the name of a directory that is no edition yet."""
DOCUMENTS = TypeAdapter(tuple[Document, ...])
"""How an edition's documents are written to JSON and read back."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An open edition; close it when another takes its place."""

    manifest: Manifest
    library: Library
    index: HybridIndex
    _working_copy: "TemporaryDirectory[str]"

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
        self._working_copy.cleanup()


def editions_folder(data_dir: Path) -> Path:
    """Return the folder of all editions."""
    return data_dir.absolute() / "editions"


def current_edition(data_dir: Path) -> Path:
    """Return the directory of the edition that answers now; raise `IndexMissingError` where there is none."""
    editions = editions_folder(data_dir)
    try:
        edition = editions / (editions / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise IndexMissingError(f"no edition was published in {editions}") from error
    if edition.parent != editions or not edition.is_dir():
        raise IndexMissingError(f"{editions / CURRENT} names an edition that is not there")
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


def embeddings_of(settings: KnowledgeSettings) -> EditionEmbeddings:
    """Return the embeddings that editions are built and opened with; raises as `make_embeddings` does."""
    key = settings.openai_api_key
    return make_embeddings(
        settings.embeddings,
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else None,
    )


def open_current(data_dir: Path, embeddings: EditionEmbeddings) -> Edition:
    """Open the edition that answers now; raises as `current_edition` and `open_edition` do."""
    return open_edition(current_edition(data_dir), embeddings)


def open_edition(edition: Path, embeddings: EditionEmbeddings) -> Edition:
    """Open an edition after comparing every byte with its manifest.

    Chroma writes into a directory as soon as it opens it. What is opened is therefore a working copy, which
    the system's folder for temporary files holds until `close`; the edition itself stays as it was published.

    Raises `IndexMissingError`, `IndexMismatchError` (made with other embeddings or by another parser) or
    `IndexDamagedError` (a byte is not as it was published).
    """
    manifest = Manifest.read(edition)
    _refuse_mismatch(manifest, embeddings)
    working_copy = TemporaryDirectory(prefix="hoi-dap-", ignore_cleanup_errors=True)
    try:
        copied = copy_checked(edition, manifest, Path(working_copy.name))
        library = Library(read_documents(copied))
        index = HybridIndex.open(copied / INDEX_FOLDER, embeddings)
    except BaseException:
        working_copy.cleanup()
        raise
    return Edition(manifest, library, index, working_copy)


def check_edition(edition: Path) -> Manifest:
    """Compare an edition with its manifest without opening it; raises as `open_edition` does."""
    manifest = Manifest.read(edition)
    for name in manifest.files:
        manifest.check_file(name, edition / name)
    return manifest


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
