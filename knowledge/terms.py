"""Weigh the words of a question: what its subject is, and how much of it a text speaks of.

A word that stands in few passages weighs more than one that stands in nearly all ("trẻ em"), and so does a pair of
neighbouring syllables, which in Vietnamese is most often the word itself ("học phí" is neither "học" nor "phí").
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from knowledge.vietnamese import fold

_SYLLABLE = re.compile(r"[^\W_]+")
_SYLLABLE_OR_NUMBER = re.compile(r"[^\W_]+(?:[-/.&][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.,;:!?()“”\"]\s+|[;:!?()“”\"]|[.,]$")
_SYLLABLES = 0.6
"""Weight of the share of syllables beside that of pairs."""
_BOUND = 0.15
"""Two syllables make a word where the pair is this share of what each of them is seen."""


def terms(text: str) -> list[str]:
    """Return the folded syllables of a text and the pairs of neighbours within a clause."""
    found: list[str] = []
    for clause in _CLAUSE_END.split(fold(text)):
        syllables = _SYLLABLE.findall(clause)
        found += syllables
        found += [f"{one} {two}" for one, two in pairwise(syllables)]
    return found


class Weights:
    """How telling each syllable and pair is, learnt from the passages of an edition."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen = Counter(term for text in texts for term in set(terms(text)))
        self._most = max(self._seen.values(), default=1)

    def of(self, term: str) -> float:
        """Return the weight of a syllable or pair; one never seen weighs most."""
        return math.log(1 + self._most / (0.5 + self._seen[term]))

    def share(self, topic: str, text: str) -> float:
        """Return which share (0..1) of a topic's weight a text speaks of; 1 for an empty topic.

        Syllables and pairs count apart, so that a long topic in other words than the text's still has its share.
        """
        held = _held(text)
        wanted = dict.fromkeys(terms(topic))
        syllables = self._share([term for term in wanted if " " not in term], held)
        pairs = self._share([term for term in wanted if " " in term], held)
        if syllables is None:
            return 1.0
        return syllables if pairs is None else _SYLLABLES * syllables + (1 - _SYLLABLES) * pairs

    def best_share(self, topics: Iterable[str], text: str) -> float:
        """Return the share of the topic of which a text speaks most; 0 where there is none."""
        return max((self.share(topic, text) for topic in topics), default=0.0)

    def _share(self, wanted: list[str], held: AbstractSet[str]) -> float | None:
        whole = sum(map(self.of, wanted))
        return sum(self.of(term) for term in wanted if term in held) / whole if wanted else None

    def weight_in(self, topic: str, text: str) -> float:
        """Return the weight of the topic's words that a text speaks of."""
        held = set(terms(text))
        return sum(self.of(term) for term in set(terms(topic)) if term in held)

    def subject(self, question: str, fillers: AbstractSet[str]) -> str:
        """Return a question without its filling words; a filler that is half of a word of the edition stays."""
        words = _SYLLABLE_OR_NUMBER.findall(question)
        filling = _filling(words, fillers)
        folded = [fold(word) for word in words]
        kept = [place for place in range(len(words)) if not filling[place] or self._is_half(folded, filling, place)]
        return " ".join(words[place] for place in kept)

    def _is_half(self, words: list[str], filling: list[int], place: int) -> bool:
        """Tell whether a filling word of one syllable makes a word of the edition with a neighbour that is none."""
        if filling[place] > 1:
            return False
        neighbours = (place - 1, place), (place, place + 1)
        return any(
            one >= 0
            and two < len(words)
            and not (filling[one] and filling[two])
            and self._are_word(words[one], words[two])
            for one, two in neighbours
        )

    def _are_word(self, one: str, two: str) -> bool:
        """Tell whether two syllables mostly stand together."""
        together = self._seen[f"{one} {two}"]
        return together >= _BOUND * max(1, self._seen[one], self._seen[two])


@lru_cache(maxsize=4096)
def _held(text: str) -> frozenset[str]:
    """Return the terms of a passage; many questions are held against the same ones."""
    return frozenset(terms(text))


def _filling(words: list[str], fillers: AbstractSet[str]) -> list[int]:
    """Tell of each word how many words the filler has that it belongs to; 0 where it belongs to none."""
    lowered = [word.lower() for word in words]
    filling = [0] * len(words)
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            span = slice(start, start + length)
            if not any(filling[span]) and " ".join(lowered[span]) in fillers:
                filling[span] = [length] * length
    return filling
