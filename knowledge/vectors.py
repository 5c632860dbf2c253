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
_AT_ONCE = 1_000
"""So many records are handed to Chroma at once; it refuses more than 5,461."""
_NEIGHBOURS = 128
"""How many links a vector has in Chroma's graph. Rows of a table are nearly equal, and with few links some of them are
in no list of neighbours and never found: with 16, Chroma's own choice, 5 of 264 builds of two tables of 520 rows lost
one, and each of 15 builds of a table of 3,000 lost a third; with 64, 2 of 15 lost one; with 128, 0 of 20."""
_EFFORT = 400
"""How many candidates are weighed for these links; with 200 one of 3 builds of a table of 12,000 rows lost a row."""


def write_vectors(  # noqa: PLR0913 - what is written, each from another place
    directory: Path,
    ids: Sequence[str],
    document_ids: Sequence[str],
    embed: Embed,
    *,
    batch: int = _AT_ONCE,
    on_progress: Progress | None = None,
) -> int:
    """Fill a fresh Chroma directory with one vector for each id, and return their dimension.

    `embed` is asked batch by batch, and `on_progress` told (done, whole) after each.
    """
    client = _client(directory)
    parts = _equal_parts(len(ids))
    try:
        configuration = _configuration(min(map(len, parts)))
        collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=configuration)
        for part in parts:
            vectors = [*_embedded(part, embed, batch, len(ids), on_progress)]
            collection.add(
                ids=[ids[place] for place in part],
                embeddings=np.concatenate(vectors),
                metadatas=[{_DOCUMENT: document_ids[place]} for place in part],
            )
    finally:
        client.close()
    return int(vectors[0].shape[1])


def _equal_parts(whole: int) -> list[range]:
    count = -(-whole // _AT_ONCE)
    return [range(whole * part // count, whole * (part + 1) // count) for part in range(count)]


def _configuration(part: int) -> Any:  # noqa: ANN401 - Chroma's type is of one of its private modules
    """Return how Chroma builds its graph, and that it writes it down after every part, the last one too.

    What it has not written down it puts in again whenever somebody opens the directory, by other dice: what was read
    back would not be what answers.
    """
    graph = {"max_neighbors": _NEIGHBOURS, "ef_construction": _EFFORT, "ef_search": 200}
    return {"hnsw": {"space": "cosine", **graph, "sync_threshold": max(2, part)}}


def _embedded(
    part: range, embed: Embed, batch: int, whole: int, on_progress: Progress | None
) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(part), batch):
        places = part[start : start + batch]
        yield embed(places)
        if on_progress:
            on_progress(places.stop, whole)


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
        (found,) = self.nearest_of_each(np.asarray([vector], dtype=np.float32), limit, where)
        return found

    def nearest_of_each(
        self,
        vectors: NDArray[np.float32],
        limit: int,
        where: Any = None,  # noqa: ANN401 - Chroma's own language
    ) -> list[list[tuple[str, float]]]:
        """Return what `nearest` does for many vectors at once, which takes a tenth of the time."""
        try:
            found = self._collection.query(
                query_embeddings=vectors, n_results=limit, where=where, include=["distances"]
            )
        except ChromaError as error:
            raise IndexDamagedError("Chroma cannot search its vectors") from error
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def records(self) -> Iterator[tuple[str, str, NDArray[np.float32]]]:
        """Yield every id, its document's id and its vector, to compare with what was to be written."""
        for offset in range(0, self._collection.count(), _AT_ONCE):
            page = self._collection.get(limit=_AT_ONCE, offset=offset, include=["embeddings", "metadatas"])
            for id_, metadata, vector in zip(page["ids"], page["metadatas"], page["embeddings"], strict=True):
                yield id_, metadata[_DOCUMENT], np.asarray(vector, dtype=np.float32)

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self._client.close()
