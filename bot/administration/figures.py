"""Turn what was counted into the figures that `/thongke` tells and draws, so that both say the same."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.administration import record_texts as texts

if TYPE_CHECKING:
    from knowledge.memory import Day

_MOST_KINDS = 7
_HALF, _MOST = 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Within how many milliseconds half of the answers were given, and 95 of a hundred."""

    half: float
    most: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The use of some days, each series with a value a day."""

    days: tuple[date, ...]
    answered: tuple[int, ...]
    not_found: tuple[int, ...]
    safety: tuple[int, ...]
    times: tuple[Percentiles | None, ...]
    """None on days without an answer."""
    time: Percentiles | None
    """Of all days together."""
    kinds: tuple[tuple[str, int], ...]
    """Kinds of question by the names that people read, the most frequent first, rare ones put together last."""
    engines: dict[str, int]
    calls: int
    tokens: int
    kept: int
    dropped: int
    failures: int

    @property
    def questions(self) -> int:
        """All of them."""
        return sum(map(sum, (self.answered, self.not_found, self.safety)))


FIGURES = TypeAdapter(Figures)
"""How figures travel to the process that draws them."""


def figures(days: "Sequence[Day]") -> Figures:
    """Return the figures of the days, given in order."""
    engines: Counter[str] = sum((day.engines for day in days), Counter())
    return Figures(
        days=tuple(day.day for day in days),
        answered=tuple(day.statuses["answered"] for day in days),
        not_found=tuple(day.statuses["not_found"] for day in days),
        safety=tuple(day.statuses["safety"] for day in days),
        times=tuple(_percentiles(day.took_ms) for day in days),
        time=_percentiles([took for day in days for took in day.took_ms]),
        kinds=_kinds(day.kinds for day in days),
        engines=dict(engines),
        calls=sum(day.model_calls for day in days),
        tokens=sum(day.tokens for day in days),
        kept=sum(day.kept for day in days),
        dropped=sum(day.dropped.total() for day in days),
        failures=sum(day.failures.total() for day in days),
    )


def _percentiles(took_ms: Sequence[float]) -> Percentiles | None:
    if not took_ms:
        return None
    ordered = sorted(took_ms)
    half, most = (ordered[math.ceil(len(ordered) * share) - 1] for share in (_HALF, _MOST))
    return Percentiles(half, most)


def _kinds(counts: Iterable[Counter[str]]) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = sum(counts, Counter())
    named = [(texts.KINDS.get(kind, kind), count) for kind, count in counted.most_common()]
    rest = sum(count for _, count in named[_MOST_KINDS:])
    return (*named[:_MOST_KINDS], *([(texts.OTHER_KINDS, rest)] if rest else []))
