"""Read an edition back whole, in a process that nobody minds losing: `python -m knowledge verify DIRECTORY`.

A damaged Chroma directory can hang or kill whoever opens it, and its counts look right while records are
missing.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Sequence
from pathlib import Path

from knowledge.documents import Document
from knowledge.editions import Edition, copy_checked, read_documents
from knowledge.errors import IndexDamagedError
from knowledge.lexical import LexicalIndex
from knowledge.manifest import INDEX_FOLDER, Manifest
from knowledge.publishing import indexed_texts
from knowledge.vectors import VectorStore
from knowledge.working_copies import WorkingCopy


def declare(parser: ArgumentParser) -> None:
    """Take the edition's directory."""
    parser.add_argument("directory", type=Path, help="an edition, published or being built")


def run(arguments: Namespace) -> int:
    """Verify, and print the counts as one JSON object."""
    manifest = verify_edition(arguments.directory)
    counts = manifest.model_dump(include={"id", "documents", "sections", "passages"})
    sys.stdout.write(json.dumps(counts) + "\n")
    return 0


def verify_edition(edition: Path) -> Manifest:
    """Compare files, passages and vectors with the manifest and with each other.

    Raises `IndexMissingError` or `IndexDamagedError`.
    """
    manifest = Manifest.read(edition)
    copy = WorkingCopy()
    try:
        copied = copy_checked(edition, manifest, copy.path)
        LexicalIndex.open(copied / INDEX_FOLDER / "lexical")  # its bytes were compared; it must also be readable
        store = VectorStore.open(copied / INDEX_FOLDER / "chroma")
        try:
            _compare(manifest, read_documents(copied), store)
        finally:
            store.close()
    finally:
        copy.remove()
    return manifest


def verify_opened(edition: Edition) -> None:
    """Do the same with an edition that is open, whose files therefore were compared; raises `IndexDamagedError`."""
    _compare(edition.manifest, edition.documents, edition.index.vectors)


def _compare(manifest: Manifest, documents: Sequence[Document], store: VectorStore) -> None:
    _check_counts(manifest, documents)
    passages = {text.id: text.document_id for text in indexed_texts(documents)}
    _check_vectors(store, passages, manifest)


def _check_counts(manifest: Manifest, documents: Collection[Document]) -> None:
    sections = [section for document in documents for section in document.sections]
    passages = sum(not passage.withheld for section in sections for passage in section.passages)
    counted = (manifest.documents, manifest.sections, manifest.passages)
    if counted != (len(documents), len(sections), passages):
        raise IndexDamagedError(f"edition {manifest.id} does not hold what its manifest counts")


def _check_vectors(store: VectorStore, passages: dict[str, str], manifest: Manifest) -> None:
    records = list(store.records())
    if {id_: document_id for id_, document_id, _ in records} != passages or len(records) != len(passages):
        raise IndexDamagedError(f"the vectors of edition {manifest.id} are not those of the passages")
    if any(vector.shape != (manifest.dimension,) for _, _, vector in records):
        raise IndexDamagedError(f"the vectors of edition {manifest.id} have not {manifest.dimension} numbers")
    if lost := store.unreached():
        raise IndexDamagedError(f"{len(lost)} vectors of edition {manifest.id} do not find themselves: {lost[0]} …")
