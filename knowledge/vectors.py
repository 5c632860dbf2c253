"""Keep an edition's vectors in Chroma: written once, read by many threads, closed at the end.

The only module that imports `chromadb`. Vectors are always handed in (`embedding_function=None`), because
Chroma's own function downloads a model. A directory is filled once and never changed: of 60 processes that
were killed while they changed one in place, 59 left it half-filled.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from knowledge.errors import IndexDamagedError, IndexMissingError

Embed = Callable[[Sequence[int]], NDArray[np.float32]]
"""Given places of texts, returns their vectors, one a row."""
Progress = Callable[[int, int], None]

_COLLECTION = "passages"
_DOCUMENT = "document_id"
_BATCH = 1_000  # Chroma refuses more than 5,461 at once; small batches keep a progress bar moving
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


def write_vectors(  # noqa: PLR0913 - what is written, each from another place
    directory: Path,
    ids: Sequence[str],
    document_ids: Sequence[str],
    embed: Embed,
    *,
    batch: int = _BATCH,
    on_progress: Progress | None = None,
) -> int:
    """Fill a fresh Chroma directory with one vector for each id, and return their dimension.

    `embed` is asked batch by batch, and `on_progress` told (done, whole) after each.
    """
    client = _client(directory)
    try:
        collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_CONFIGURATION)
        for start in range(0, len(ids), batch):
            places = range(start, min(start + batch, len(ids)))
            vectors = embed(places)
            collection.add(
                ids=[ids[place] for place in places],
                embeddings=vectors,
                metadatas=[{_DOCUMENT: document_ids[place]} for place in places],
            )
            if on_progress:
                on_progress(places.stop, len(ids))
    finally:
        client.close()
    return int(vectors.shape[1])


def _client(directory: Path) -> Any:  # noqa: ANN401 - Chroma's clients share no public type
    return chromadb.PersistentClient(directory, settings=Settings(anonymized_telemetry=False))


class VectorStore:
    """The vectors of one edition, opened for reading by any number of threads."""

    def __init__(self, client: Any, collection: Any) -> None:  # noqa: ANN401 - as in _client
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open what `write_vectors` wrote; raise `IndexMissingError` or `IndexDamagedError`."""
        if not (directory / "chroma.sqlite3").is_file():
            raise IndexMissingError(f"no Chroma directory at {directory}")
        try:
            client = _client(directory)
        except (ChromaError, ValueError) as error:
            raise IndexDamagedError(f"Chroma cannot open {directory}") from error
        try:
            return cls(client, client.get_collection(_COLLECTION, embedding_function=None))
        except (ChromaError, ValueError) as error:
            client.close()
            raise IndexDamagedError(f"Chroma at {directory} has not the vectors of an edition") from error

    def nearest(
        self, vector: Sequence[float], limit: int, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return up to `limit` pairs of id and cosine similarity, best first.

        `within` keeps to the documents of these ids.
        """
        where = None if within is None else {_DOCUMENT: {"$in": list(within)}}
        query = np.asarray([vector], dtype=np.float32)
        try:
            found = self._collection.query(query_embeddings=query, n_results=limit, where=where, include=["distances"])
        except ChromaError as error:
            raise IndexDamagedError("Chroma cannot search its vectors") from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(id_, 1.0 - distance) for id_, distance in pairs]

    def records(self) -> Iterator[tuple[str, str, NDArray[np.float32]]]:
        """Yield every id, its document's id and its vector, to compare with what was to be written."""
        for offset in range(0, self._collection.count(), _BATCH):
            page = self._collection.get(limit=_BATCH, offset=offset, include=["embeddings", "metadatas"])
            for id_, metadata, vector in zip(page["ids"], page["metadatas"], page["embeddings"], strict=True):
                yield id_, metadata[_DOCUMENT], np.asarray(vector, dtype=np.float32)

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self._client.close()
