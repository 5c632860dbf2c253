"""Read an edition back whole, in a process that nobody minds losing: `python -m knowledge verify DIRECTORY`.

A damaged Chroma directory can hang or kill whoever opens it, and its counts look right while records are
missing.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection
from pathlib import Path

from knowledge.documents import Document
from knowledge.editions import copy_checked, read_documents
from knowledge.errors import IndexDamagedError
from knowledge.lexical import LexicalIndex
from knowledge.manifest import INDEX_FOLDER, Manifest
from knowledge.publishing import indexed_texts
from knowledge.vectors import VectorStore
from knowledge.working_copies import WorkingCopy

_AMONG = (10, 100, 1_000)
"""Among so many nearest a vector is looked for: rows of a table may be as near to each other as to themselves."""
_SAME = 1 - 1e-5
"""Passages of the same words have the same vector; any of them may come first."""


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
        documents = read_documents(copied)
        _check_counts(manifest, documents)
        passages = {text.id: text.document_id for text in indexed_texts(documents)}
        _check_vectors(copied / INDEX_FOLDER / "chroma", passages, manifest.dimension)
        LexicalIndex.open(copied / INDEX_FOLDER / "lexical")  # its bytes were compared; it must also be readable
    finally:
        copy.remove()
    return manifest


def _check_counts(manifest: Manifest, documents: Collection[Document]) -> None:
    sections = [section for document in documents for section in document.sections]
    passages = sum(not passage.withheld for section in sections for passage in section.passages)
    counted = (manifest.documents, manifest.sections, manifest.passages)
    if counted != (len(documents), len(sections), passages):
        raise IndexDamagedError(f"edition {manifest.id} does not hold what its manifest counts")


def _check_vectors(directory: Path, passages: dict[str, str], dimension: int) -> None:
    store = VectorStore.open(directory)
    try:
        records = list(store.records())
        if {id_: document_id for id_, document_id, _ in records} != passages or len(records) != len(passages):
            raise IndexDamagedError(f"the vectors in {directory} are not those of the passages")
        for id_, _, vector in records:
            if vector.shape != (dimension,) or not _finds_itself(store, id_, vector.tolist()):
                raise IndexDamagedError(f"the vector of {id_} in {directory} does not find itself")
    finally:
        store.close()


def _finds_itself(store: VectorStore, id_: str, vector: list[float]) -> bool:
    if not any(vector):
        return True  # words that the embeddings do not know: near to nothing, and found by its words alone
    return any(_is_among(store.nearest(vector, limit), id_) for limit in _AMONG)


def _is_among(hits: Collection[tuple[str, float]], id_: str) -> bool:
    return any(hit == id_ for hit, _ in hits) or all(similarity > _SAME for _, similarity in hits)
