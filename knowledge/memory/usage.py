"""Count how the bot is used, day by day: kinds of question, outcomes and times; no text and no person."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from knowledge.clock import Clock
from knowledge.errors import MemoryUnavailableError
from knowledge.memory.database import Database
from knowledge.memory.tables import USAGE

if TYPE_CHECKING:
    from knowledge.writing.model_use import ModelUse

_KEPT_DAYS = 400
"""A year and a little, so that a month can be held against the same one of the year before."""
_SAFETY = "safety"

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Day:
    """What happened in one day, by Vietnamese time."""

    day: date
    statuses: Counter[str] = field(default_factory=Counter)
    """How many questions came to `answered`, `not_found` and `safety`."""
    kinds: Counter[str] = field(default_factory=Counter)
    """How many questions there were of each kind; disclosures have none."""
    engines: Counter[str] = field(default_factory=Counter)
    """How many questions `quotes` and `model` answered."""
    took_ms: list[float] = field(default_factory=list)
    """How long each answer took; nothing of disclosures."""
    model_calls: int = 0
    tokens: int = 0
    kept: int = 0
    """Statements of a model that were shown."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Statements of a model that were not shown, by reason."""
    failures: Counter[str] = field(default_factory=Counter)
    """Answers that a model was to write and did not, by reason; they are made of quotes."""

    @property
    def questions(self) -> int:
        """All of them."""
        return self.statuses.total()


class Usage:
    """How the bot is used."""

    def __init__(self, database: Database, clock: Clock, at_new_day: Callable[[], None]) -> None:
        """Take what is to be done when the first answer of a new day is counted."""
        self._database = database
        self._clock = clock
        self._at_new_day = at_new_day
        self._day = clock().date()

    def record(  # noqa: PLR0913, PLR0917 - each is one column
        self, kind: str, status: str, engine: str, took_ms: float, edition: str, model: "ModelUse | None" = None
    ) -> None:
        """Count an answer; of one to somebody in danger nothing but that it was given.

        Where it cannot be written the log says so and nothing is raised: an answer does not wait for it.
        """
        safety = status == _SAFETY
        row: dict[str, Any] = {
            "day": self._clock().date(),
            "status": status,
            "kind": "" if safety else kind,
            "engine": "" if safety else engine,
            "took_ms": 0.0 if safety else took_ms,
            "edition": "" if safety else edition,
            **_of_model(None if safety else model),
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(USAGE).values(row))
            if row["day"] != self._day:
                self._day = row["day"]
                self._at_new_day()
        except MemoryUnavailableError:
            _log.exception("an answer could not be counted")

    def days(self, count: int = 30) -> list[Day]:
        """Return the last days up to today, the oldest first; raises `MemoryUnavailableError`."""
        today = self._clock().date()
        days = {day: Day(day) for day in (today - timedelta(days=back) for back in reversed(range(count)))}
        names = (
            "day",
            "status",
            "kind",
            "engine",
            "took_ms",
            "calls",
            "tokens_in",
            "tokens_out",
            "kept",
            "dropped",
            "failure",
        )
        columns = (USAGE.c[name] for name in names)
        wanted = select(*columns).where(USAGE.c.day > today - timedelta(days=count), USAGE.c.day <= today)
        with self._database.reading() as connection:
            for row in connection.execute(wanted).mappings():
                _count(days[row["day"]], row)
        return list(days.values())

    def forget_old(self, days: int = _KEPT_DAYS) -> None:
        """Forget what is older than so many days; raises `MemoryUnavailableError`."""
        with self._database.writing() as connection:
            connection.execute(delete(USAGE).where(USAGE.c.day < self._clock().date() - timedelta(days=days)))


def _of_model(use: "ModelUse | None") -> dict[str, Any]:
    return {
        "model": use.model if use else "",
        "prompt": use.prompt if use else "",
        "calls": use.calls if use else 0,
        "tokens_in": use.tokens_in if use else 0,
        "tokens_out": use.tokens_out if use else 0,
        "kept": use.kept if use else 0,
        "dropped": dict(use.dropped) if use else {},
        "failure": (use.failure or "") if use else "",
    }


def _count(day: Day, row: Mapping[Any, Any]) -> None:
    day.statuses[row["status"]] += 1
    if row["status"] != _SAFETY:
        day.kinds[row["kind"]] += 1
        day.engines[row["engine"]] += row["status"] == "answered"
        day.took_ms.append(row["took_ms"])
    day.model_calls += row["calls"]
    day.tokens += row["tokens_in"] + row["tokens_out"]
    day.kept += row["kept"]
    day.dropped.update(row["dropped"])
    day.failures.update(filter(None, (row["failure"],)))
