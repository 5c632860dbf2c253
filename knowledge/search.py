"""Find the passages that may answer a question, by words and by meaning together.

The score of a passage is the share of the question's weight that its words earn (`knowledge.lexical`, with
the weights of `knowledge.question_weights`), plus its cosine similarity times the trust in the embeddings.

Chosen on two benchmarks of questions about laws: 520 short ones (`alqac2022`) and 177 that are mostly stories
(`child-law-dev`). Recall@10 and MRR@10 of each, the same with and without tone marks; first what stands here,
then one change at a time:

    k1 .9, b .85, pairs 1.5, headings .25 / .7, trust .01   .992 .956   .828 .697
    BM25, plain words                                       .963 .886   .618 .457
    BM25, folded syllables and pairs, k1 1.2, b .75         .979 .940   .739 .587
    headings weigh the same (.4) in lines and stories       .990 .950   .809 .691
    headings are no field of their own                      .989 .952   .789 .620
    without pairs                                           .971 .888   .707 .574
    pairs weigh 1                                           .992 .955   .817 .688
    pairs weigh 2                                           .990 .954   .823 .693
    without the words that `question_forms.toml` adds       .987 .947   .828 .698
    names of laws in full                                   .989 .952   .831 .692
    told sentences in full                                  .992 .956   .812 .686
    words said again in full                                .992 .954   .823 .696
    k1 1.2, b .75                                           .990 .951   .831 .701
    b .5                                                    .990 .952   .807 .669
    b 1                                                     .990 .952   .808 .700
    without vectors                                         .992 .957   .826 .695
    trust .05                                               .990 .953   .811 .690
    trust .2                                                .992 .948   .783 .672

Choosing k1, b, pairs, headings, told sentences and repeats on one half of the questions gave .989 .946, .825
.692 on the other half (648 settings, 200 splits). Tried and dropped, each against what stood then:

    the best clause of a text, .3                           .992 .957   .828 .681   (.992 .958   .828 .696)
    pairs over a gap, .3                                    .992 .956   .840 .690   (the same)
    triples, .3                                             .992 .956   .844 .687   (the same)
    the law's ten best articles, .4                         .992 .956   .834 .692   (the same)
    neighbouring articles, .1                               .992 .948   .792 .643   (.992 .950   .791 .654)
    feedback from the three best texts (RM3), .3            .992 .946   .785 .658   (.992 .952   .797 .666)
    without syllables of half the texts                     .992 .953   .793 .667   (the same)
    without question words ("thế nào")                      .973 .928   .790 .647   (.979 .934   .788 .648)
    BM25+, delta 1                                          .979 .946   .715 .542   (.979 .940   .739 .587)
    BM25L, delta .5                                         .979 .945   .722 .551   (the same)
    inverse document frequency twice                        .973 .933   .753 .578   (the same)

On 119 questions about the five documents none of the weights matters: the right section stands first for .78
and among three for .89 (within the right documents .87 and .93). The document's title in the indexed text
does: without it .67 and .79.
"""

import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import (
    EmbeddingsError,
    EmbeddingsUnusableError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from knowledge.lexical import LexicalIndex, Scores
from knowledge.question_weights import weigh
from knowledge.vectors import VectorStore, write_vectors
from knowledge.vietnamese import syllables

_LAYOUT = 2
_FACTS = "index.json"
_NEAREST = 100
"""How many vectors near the question are looked at."""

_Similar = tuple[int, float]
"""Place of a text, and how much nearer it is than the last one looked at."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexedText:
    """One passage as search sees it."""

    id: str
    document_id: str
    title: str
    """What names its document: number, title, issuer, place; may be empty."""
    heading: str
    """The headings above it; may be empty."""
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found."""

    id: str
    score: float
    """Share of the question that the passage speaks of, about 0..1; higher is better."""


class HybridIndex:
    """Search over one edition; any number of threads may search at once."""

    def __init__(  # noqa: PLR0913 - the parts of an index, each from a file of its own
        self,
        ids: Sequence[str],
        document_ids: Sequence[str],
        lexical: LexicalIndex,
        vectors: VectorStore,
        *,
        dimension: int,
        embeddings: EditionEmbeddings,
    ) -> None:
        self._ids = ids
        self._places = {id_: place for place, id_ in enumerate(ids)}
        self._documents = {id_: number for number, id_ in enumerate(dict.fromkeys(document_ids))}
        self._document_of = np.array([self._documents[id_] for id_ in document_ids])
        self._lexical = lexical
        self._vectors = vectors
        self._dimension = dimension
        self._embeddings = embeddings

    @staticmethod
    def build(
        texts: Sequence[IndexedText],
        directory: Path,
        embeddings: EditionEmbeddings,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Write an index of `texts` into `directory`, which must have none yet; return how many were embedded.

        These are all, but for those whose vectors a cache held. The directory gets `chroma/`, `lexical/`,
        `embeddings/` and `index.json`. `on_progress` is told how many texts are done and how many there are.
        Raises `ValueError` for no texts, `EmbeddingsError` where vectors cannot be had.
        """
        if not texts:
            raise ValueError("there is nothing to index")
        directory.mkdir(parents=True, exist_ok=True)
        LexicalIndex.build([_above(text) for text in texts], [text.text for text in texts], directory / "lexical")
        whole = [f"{_above(text)}\n{text.text}" for text in texts]
        fitted = embeddings.fitted(whole, directory / "embeddings")
        ids = [text.id for text in texts]
        document_ids = [text.document_id for text in texts]

        def embed(places: Sequence[int]) -> NDArray[np.float32]:
            return np.asarray(fitted.embed_documents([whole[place] for place in places]), dtype=np.float32)

        dimension = write_vectors(
            directory / "chroma", ids, document_ids, embed, batch=fitted.batch, on_progress=on_progress
        )
        facts = {"layout": _LAYOUT, "embeddings": fitted.name, "dimension": dimension}
        _write_facts(directory, facts | {"ids": ids, "document_ids": document_ids})
        return fitted.embedded

    @classmethod
    def open(cls, directory: Path, embeddings: EditionEmbeddings) -> Self:
        """Open an index that `build` wrote.

        Raises `IndexMissingError`, `IndexMismatchError` (other embeddings, another layout) or
        `IndexDamagedError`.
        """
        facts = _read_facts(directory)
        built, wanted = (facts["layout"], facts["embeddings"]), (_LAYOUT, embeddings.name)
        if built != wanted:
            raise IndexMismatchError(f"the index at {directory} has (layout, embeddings) {built}, not {wanted}")
        return cls(
            facts["ids"],
            facts["document_ids"],
            LexicalIndex.open(directory / "lexical"),
            VectorStore.open(directory / "chroma"),
            dimension=facts["dimension"],
            embeddings=embeddings.restored(directory / "embeddings"),
        )

    def search(self, query: str, *, limit: int = 10, within: Collection[str] | None = None) -> list[Hit]:
        """Return up to `limit` passages that share words or meaning with `query`, best first.

        `within` keeps to the documents of these ids. Passages that share nothing are left out.
        """
        return self.search_all([query], limit=limit, within=within)[0]

    def search_all(
        self, queries: Sequence[str], *, limit: int = 10, within: Collection[str] | None = None
    ) -> list[list[Hit]]:
        """Return the same for several queries; they take little longer than one."""
        similar = self._similar(queries, within)
        return [self._hits(query, near, limit, within) for query, near in zip(queries, similar, strict=True)]

    def _hits(self, query: str, near: Sequence[_Similar], limit: int, within: Collection[str] | None) -> list[Hit]:
        scores = self._lexical.scores(weigh(query))
        for place, similarity in near:
            scores[place] += self._embeddings.trust * similarity
        if within is not None:
            wanted = [self._documents[id_] for id_ in within if id_ in self._documents]
            scores[~np.isin(self._document_of, wanted)] = 0
        return [Hit(self._ids[place], float(scores[place])) for place in _best(scores, limit)]

    def _similar(self, queries: Sequence[str], within: Collection[str] | None) -> list[list[_Similar]]:
        """Return for each query the places of texts near in meaning, and how much nearer each is than the last."""
        if within is not None and not within:
            return [[] for _ in queries]
        try:
            vectors = [self._vector(query) if query.strip() else [] for query in queries]
        except EmbeddingsError as error:
            _log.warning("searching by words alone: %s", error)
            return [[] for _ in queries]
        found = iter(self._vectors.nearest([vector for vector in vectors if any(vector)], _NEAREST, within))
        return [self._above_last(next(found)) if any(vector) else [] for vector in vectors]

    def _above_last(self, found: Sequence[tuple[str, float]]) -> list[_Similar]:
        floor = max(0.0, found[-1][1]) if len(found) == _NEAREST else 0.0
        return [(self._places[id_], similarity - floor) for id_, similarity in found if similarity > floor]

    def _vector(self, query: str) -> list[float]:
        vector = self._embeddings.embed_query(query)
        if len(vector) != self._dimension:
            raise EmbeddingsUnusableError(f"a vector of {len(vector)} numbers; the edition has {self._dimension}")
        return vector

    @property
    def vectors(self) -> VectorStore:
        """The vectors themselves, to compare them with what was to be written."""
        return self._vectors

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Each folded syllable of the edition, and in how many passages it stands."""
        return self._lexical.vocabulary

    def knows(self, syllable: str) -> bool:
        """Tell whether a folded syllable stands anywhere in the edition."""
        return syllable in self._lexical.vocabulary

    def coverage(self, query: str, id_: str | None = None) -> float:
        """Return which share (0..1) of the question, rare words counting more, stands in the edition.

        With an id: which share stands in that passage or above it. KeyError where there is none of that id.
        """
        return self._lexical.coverage(syllables(query), None if id_ is None else self._places[id_])

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self._vectors.close()


def _above(text: IndexedText) -> str:
    return "\n".join(filter(None, (text.title, text.heading)))


def _best(scores: Scores, limit: int) -> list[int]:
    """Return the places of the best scores above zero, best first, equals in the order of the texts."""
    places = np.flatnonzero(scores > 0)
    if len(places) > limit:
        least = np.partition(scores[places], -limit)[-limit]
        places = places[scores[places] >= least]
    best: list[int] = places[np.argsort(-scores[places], kind="stable")][:limit].tolist()
    return best


def _write_facts(directory: Path, facts: Mapping[str, Any]) -> None:
    (directory / _FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def _read_facts(directory: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads((directory / _FACTS).read_bytes())
    except FileNotFoundError as error:
        raise IndexMissingError(f"no index at {directory}") from error
    except ValueError as error:
        raise IndexDamagedError(f"{directory / _FACTS} cannot be read") from error
    return facts
