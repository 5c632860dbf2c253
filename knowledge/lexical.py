"""Score texts by the words they share with a question: BM25 over folded syllables and pairs of neighbours.

A text has two fields, its words (headings included) and its headings alone, each with its own matrix of BM25
scores made by `bm25s`. A question's weights are multiplied with the matrices here, for `bm25s` takes no
weights of a question's words.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.errors import IndexDamagedError, IndexMissingError
from knowledge.question_weights import WeighedQuestion, terms
from knowledge.vietnamese import fold, syllables

_K1 = 0.9
"""How soon saying a word again stops to count."""
_B = 0.85
"""How far long texts are held back."""
_HEADING = 0.25
"""Weight of the headings for a question of one sentence."""
_HEADING_OF_STORY = 0.7
"""The same for a story: it shares words with many texts, and the heading tells what a text is about."""

_NOTHING = 1e-9

Scores = NDArray[np.float32]


class _Field:
    """One field of all texts: a row of BM25 scores for each term."""

    def __init__(self, bm25: Any) -> None:  # noqa: ANN401 - bm25s has no types
        scores = bm25.scores
        self.rows = csr_matrix(
            (scores["data"], scores["indices"], scores["indptr"]),
            shape=(len(scores["indptr"]) - 1, scores["num_docs"]),
        )
        self.places: Mapping[str, int] = bm25.vocab_dict

    @staticmethod
    def write(texts: Iterable[list[str]], directory: Path) -> None:
        """Index texts, given as their terms, into `directory`."""
        places: dict[str, int] = {"": 0}  # a term for texts without words, which BM25 cannot average
        ids = [[places.setdefault(term, len(places)) for term in words] or [0] for words in texts]
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        bm25.index((ids, places), create_empty_token=False, show_progress=False)
        bm25.save(directory, show_progress=False)

    @classmethod
    def read(cls, directory: Path) -> Self:
        """Open what `write` wrote."""
        return cls(bm25s.BM25.load(directory, show_progress=False))

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """Return the weighted sum of the rows of the known terms: one score for each text."""
        known = [(self.places[term], weight) for term, weight in weights.items() if term in self.places]
        if not known:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        places, factors = zip(*known, strict=True)
        found: Scores = np.asarray(factors, dtype=np.float32) @ self.rows[list(places)]
        return found

    def frequency(self, term: str) -> int:
        """Return in how many texts a term stands."""
        place = self.places.get(term)
        return 0 if place is None else int(self.rows.indptr[place + 1] - self.rows.indptr[place])

    def holds(self, term: str, text: int) -> bool:
        """Tell whether a term stands in a text."""
        place = self.places.get(term)
        if place is None:
            return False
        return text in self.rows.indices[self.rows.indptr[place] : self.rows.indptr[place + 1]]


class LexicalIndex:
    """The words of one edition; any number of threads may read it."""

    def __init__(self, texts: _Field, headings: _Field) -> None:
        self._texts = texts
        self._headings = headings

    @staticmethod
    def build(headings: Sequence[str], texts: Sequence[str], directory: Path) -> None:
        """Index texts with their headings (as many of one as of the other) into `directory`."""
        heading_words = [syllables(heading) for heading in headings]
        text_words = (
            words + syllables(without_heading(text, heading))
            for words, heading, text in zip(heading_words, headings, texts, strict=True)
        )
        _Field.write((terms(words) for words in text_words), directory / "texts")
        _Field.write((terms(words) for words in heading_words), directory / "headings")

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open what `build` wrote; raise `IndexMissingError` or `IndexDamagedError`."""
        if not directory.is_dir():
            raise IndexMissingError(f"no lexical index at {directory}")
        try:
            return cls(_Field.read(directory / "texts"), _Field.read(directory / "headings"))
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise IndexDamagedError(f"the lexical index at {directory} cannot be read") from error

    def scores(self, question: WeighedQuestion) -> Scores:
        """Return for each text the share of the question's weight that it earns, about 0..1."""
        heading = _HEADING_OF_STORY if question.is_story else _HEADING
        earned = self._texts.scores(question.wanted) + heading * self._headings.scores(question.wanted)
        whole = (1 + heading) * self._whole(question.said)
        return np.divide(earned, max(whole, _NOTHING), dtype=np.float32)

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Each folded syllable of the texts, and in how many of them it stands."""
        words = (term for term in self._texts.places if term and " " not in term)
        return MappingProxyType({word: self._texts.frequency(word) for word in words})

    def coverage(self, words: Iterable[str], text: int | None = None) -> float:
        """Return which share (0..1) of the words' weight stands in any text, or in the one at that place."""
        weights = {word: self._rarity(word) for word in words}
        whole = sum(weights.values())
        stands = (lambda word: self._texts.holds(word, text)) if text is not None else self._texts.frequency
        return sum(weight for word, weight in weights.items() if stands(word)) / whole if whole else 0.0

    def _whole(self, weights: Mapping[str, float]) -> float:
        """Return what a text would earn that says every word of the question again and again."""
        return sum(weight * self._rarity(term) for term, weight in weights.items())

    def _rarity(self, term: str) -> float:
        """Return BM25's inverse document frequency, in the variant that is never negative."""
        frequency = self._texts.frequency(term)
        return float(np.log1p((self._texts.rows.shape[1] - frequency + 0.5) / (frequency + 0.5)))


def without_heading(text: str, heading: str) -> str:
    """Leave out a first line that repeats the end of the heading: it would count twice."""
    first, _, rest = text.partition("\n")
    return rest if first.strip() and fold(heading).strip().endswith(fold(first).strip()) else text
