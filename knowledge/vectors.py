"""Keep an edition's vectors in Chroma: written once, read by many threads, closed at the end.

    chroma.sqlite3, …       what Chroma writes
    apart.json              ids of the vectors that its graph does not lead to: they are compared one by one

Rows of a table are nearly equal, and Chroma's graph (HNSW) links some of them to nobody: of 3,000 rows between 0 and
2,800 were never found, according to their words, and now and then one of 1,000.

The only module that imports `chromadb`. Vectors are always handed in (`embedding_function=None`), because
Chroma's own function downloads a model. A directory is filled once and never changed: of 60 processes that
were killed while they changed one in place, 59 left it half-filled.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter
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
_Vector = tuple[str, NDArray[np.float32]]
_Record = tuple[str, str, NDArray[np.float32]]
"""The id of a passage, its document's id, and its vector."""

_COLLECTION = "passages"
_DOCUMENT = "document_id"
_WHOLE: Any = ["embeddings", "metadatas"]
_AT_ONCE = 1_000
"""So many records are handed to Chroma at once; it refuses more than 5,461."""
_NEIGHBOURS = 64
"""Links of a vector in Chroma's graph. Of a table of 3,000 rows, 16 lost 1,000, 32 lost 20 and 64 none or one."""
_AMONG = 10
"""Among so many nearest a vector is looked for: some may be as near to it as it is itself, but for the rounding."""
_SAME = 1 - 1e-5
"""Texts of the same words have the same vector; any of them may come first."""
_ASKED_AT_ONCE = 100
_APART = "apart.json"


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
        apart = VectorStore(client, collection).unreached()
    finally:
        client.close()
    (directory / _APART).write_text(json.dumps(apart), encoding="utf-8")
    return int(vectors[0].shape[1])


def _equal_parts(whole: int) -> list[range]:
    count = -(-whole // _AT_ONCE)
    return [range(whole * part // count, whole * (part + 1) // count) for part in range(count)]


def _configuration(part: int) -> Any:  # noqa: ANN401 - Chroma's type is of one of its private modules
    """Return how Chroma builds its graph, and that it writes it down after every part, the last one too.

    What it has not written down it puts in again whenever somebody opens the directory, by other dice: what was read
    back would not be what answers.
    """
    graph = {"max_neighbors": _NEIGHBOURS, "ef_construction": 200, "ef_search": 200}
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


class _Apart:
    """Vectors that are compared one by one."""

    def __init__(self, records: Sequence[_Record]) -> None:
        self.ids = [id_ for id_, _, _ in records]
        self._document_ids = [document_id for _, document_id, _ in records]
        self._directions = np.array([vector / np.linalg.norm(vector) for _, _, vector in records])

    def similar(self, query: NDArray[np.float32], within: Collection[str] | None) -> Iterator[tuple[str, float]]:
        """Yield ids of these documents, and their cosine similarities."""
        similarities = np.einsum("ij,j", self._directions, query / np.linalg.norm(query))
        for id_, document_id, similarity in zip(self.ids, self._document_ids, similarities.tolist(), strict=True):
            if within is None or document_id in within:
                yield id_, similarity


class VectorStore:
    """The vectors of one edition, opened for reading by any number of threads."""

    def __init__(self, client: Any, collection: Any, apart: Sequence[str] = ()) -> None:  # noqa: ANN401 - as in _client
        self._client = client
        self._collection = collection
        self._apart = _Apart(list(self._of(apart)))
        if len(self._apart.ids) != len(apart):
            raise IndexDamagedError("Chroma has lost vectors")

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open what `write_vectors` wrote; raise `IndexMissingError` or `IndexDamagedError`."""
        if not (directory / "chroma.sqlite3").is_file():
            raise IndexMissingError(f"no Chroma directory at {directory}")
        apart = directory / _APART
        try:
            client = _client(directory)
        except (ChromaError, ValueError) as error:
            raise IndexDamagedError(f"Chroma cannot open {directory}") from error
        try:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            return cls(client, collection, json.loads(apart.read_bytes()) if apart.is_file() else ())
        except (ChromaError, ValueError, IndexDamagedError) as error:
            client.close()
            raise IndexDamagedError(f"Chroma at {directory} has not the vectors of an edition") from error

    def nearest(
        self, vectors: Sequence[Sequence[float]], limit: int, within: Collection[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """Return for each vector up to `limit` pairs of id and cosine similarity, best first.

        `within` keeps to the documents of these ids.
        """
        if not vectors:
            return []
        queries = np.asarray(vectors, dtype=np.float32)
        where = None if within is None else {_DOCUMENT: {"$in": list(within)}}
        found = self._by_graph(queries, limit, where)
        if not self._apart.ids:
            return found
        both = (dict(pairs) | dict(self._apart.similar(q, within)) for q, pairs in zip(queries, found, strict=True))
        return [sorted(best.items(), key=itemgetter(1), reverse=True)[:limit] for best in both]

    def unreached(self) -> list[str]:
        """Return the ids of vectors that are not found by themselves; none of an edition as it was published.

        A vector of nothing but zeros is near to nothing: words that the embeddings do not know, found by words alone.
        """
        apart = set(self._apart.ids)
        left = [(id_, vector) for id_, _, vector in self.records() if id_ not in apart and any(vector)]
        parts = [left[start : start + _ASKED_AT_ONCE] for start in range(0, len(left), _ASKED_AT_ONCE)]
        return [id_ for part in parts for id_ in self._unreached_of(part)]

    def _unreached_of(self, records: Sequence[_Vector]) -> Iterator[str]:
        found = self._by_graph(np.stack([vector for _, vector in records]), _AMONG)
        for (id_, _), hits in zip(records, found, strict=True):
            if id_ not in dict(hits) and not all(similarity > _SAME for _, similarity in hits):
                yield id_

    def _by_graph(
        self,
        queries: NDArray[np.float32],
        limit: int,
        where: Any = None,  # noqa: ANN401 - Chroma's own language
    ) -> list[list[tuple[str, float]]]:
        """Return the pairs of each query; many at once take a tenth of the time."""
        try:
            found = self._collection.query(
                query_embeddings=queries, n_results=limit, where=where, include=["distances"]
            )
        except ChromaError as error:
            raise IndexDamagedError("Chroma cannot search its vectors") from error
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def records(self) -> Iterator[_Record]:
        """Yield every id, its document's id and its vector, to compare with what was to be written."""
        for offset in range(0, self._collection.count(), _AT_ONCE):
            yield from _records(self._collection.get(limit=_AT_ONCE, offset=offset, include=_WHOLE))

    def _of(self, ids: Sequence[str]) -> Iterator[_Record]:
        for start in range(0, len(ids), _AT_ONCE):
            yield from _records(self._collection.get(ids=[*ids[start : start + _AT_ONCE]], include=_WHOLE))

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self._client.close()


def _records(page: Any) -> Iterator[_Record]:  # noqa: ANN401 - as in _client
    for id_, metadata, vector in zip(page["ids"], page["metadatas"], page["embeddings"], strict=True):
        yield id_, metadata[_DOCUMENT], np.asarray(vector, dtype=np.float32)
