"""Read an edition back whole, in a process that nobody minds losing: `python -m knowledge verify DIRECTORY`.

A damaged Chroma directory can hang or kill whoever opens it, and its counts look right while records are
missing.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.editions import Edition, copy_checked, read_documents
from knowledge.errors import IndexDamagedError
from knowledge.lexical import LexicalIndex
from knowledge.manifest import INDEX_FOLDER, Manifest
from knowledge.publishing import indexed_texts
from knowledge.vectors import VectorStore
from knowledge.working_copies import WorkingCopy

_AMONG = (10, 100, 1_000)
"""Among so many nearest a vector is looked for: rows of a table may be as near to each other as to themselves."""
_AT_ONCE = 100
_SAME = 1 - 1e-5
"""Passages of the same words have the same vector; any of them may come first."""

Record = tuple[str, NDArray[np.float32]]
"""The id of a passage, and its vector."""


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
    # A vector of nothing but zeros is near to nothing: words that the embeddings do not know, found by words alone.
    left = [(id_, vector) for id_, _, vector in records if any(vector)]
    for limit in _AMONG:
        left = _not_found(store, left, limit)
    if left:
        raise IndexDamagedError(
            f"{len(left)} vectors of edition {manifest.id}, {left[0][0]} first, do not find themselves"
        )


def _not_found(store: VectorStore, records: Sequence[Record], limit: int) -> list[Record]:
    """Return the records that are not among so many that are nearest to them."""
    left: list[Record] = []
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        found = store.nearest_of_each(np.stack([vector for _, vector in some]), limit)
        left += [record for record, hits in zip(some, found, strict=True) if not _is_among(hits, record[0])]
    return left


def _is_among(hits: Collection[tuple[str, float]], id_: str) -> bool:
    return any(hit == id_ for hit, _ in hits) or all(similarity > _SAME for _, similarity in hits)
