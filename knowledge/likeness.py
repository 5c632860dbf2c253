"""Weigh how much a message sounds like people who tell, beside people who ask: naive Bayes on words and their pairs.

It hears what no rule names ("mỗi lần tắm là dượng đứng nhìn"). It learns from `data/telling_examples.jsonl` whenever
it is loaded, which takes a fraction of a second; one more line there is all that it takes to teach it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_PRIOR = 0.5
_EDGE = ""
_LONG = 20
"""Words; the examples are mostly shorter."""


class Likeness:
    """Knows for each word and pair of neighbours by how much it speaks for telling."""

    def __init__(self, telling: Iterable[Sequence[str]], asking: Iterable[Sequence[str]]) -> None:
        """Learn from examples, each given by its folded words."""
        told, times_told = _count(telling)
        asked, times_asked = _count(asking)
        self._weights = {
            part: _log_share(told[part], times_told) - _log_share(asked[part], times_asked) for part in told | asked
        }

    def weigh(self, words: Sequence[str]) -> float:
        """Return by how much folded words sound like telling: the logarithm of a ratio, above 0 for more like it.

        Each word of a long message counts less, for words of a story repeat what its other words say.
        """
        whole = sum(self._weights.get(part, 0.0) for part in set(_parts(words)))
        return whole / max(1.0, len(words) / _LONG)


def _parts(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield each word, and each pair of neighbours, the edges of the message counted as neighbours."""
    yield from ((word,) for word in words)
    yield from pairwise([_EDGE, *words, _EDGE])


def _count(examples: Iterable[Sequence[str]]) -> tuple[Counter[tuple[str, ...]], int]:
    """Return in how many examples each part stands, and the number of examples."""
    counts: Counter[tuple[str, ...]] = Counter()
    total = 0
    for words in examples:
        counts.update(set(_parts(words)))
        total += 1
    return counts, total


def _log_share(count: int, total: int) -> float:
    return math.log((count + _PRIOR) / (total + 2 * _PRIOR))
