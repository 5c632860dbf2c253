"""Remember questions that got no answer, without the person, for a month; show them grouped by likeness."""

import logging
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz, process
from sqlalchemy import delete, func, insert, select

from knowledge.clock import Clock
from knowledge.errors import MemoryUnavailableError
from knowledge.memory.database import Database
from knowledge.memory.tables import UNANSWERED
from knowledge.vietnamese import fold

_KEPT_DAYS = 30
_MOST_CHARACTERS = 500
"""Of a question that is kept; a longer one is a story, of which the beginning tells what it is about."""
_MOST_COMPARED = 2000
"""Different questions, the newest first: comparing them all takes half a second."""
_ALIKE = 78
"""Likeness in percent, words in any order, above which two questions are one: on the 244 questions of the sets this
joins 94 % of them with copies that have typos or polite words around, and 6 pairs that ask different things."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same."""

    question: str
    """The newest of the wording that came most often."""
    times: int
    last: date


class Unanswered:
    """The questions of the last month that got no answer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, masked_question: str) -> None:
        """Write down a question in which people's names and numbers are masked; never one that tells of danger.

        Where it cannot be written the log says so and nothing is raised: an answer does not wait for it.
        """
        question = masked_question.strip()[:_MOST_CHARACTERS]
        row = insert(UNANSWERED).values(day=self._clock().date(), question=question, folded=_folded(question))
        try:
            with self._database.writing() as connection:
                connection.execute(row)
        except MemoryUnavailableError:
            _log.exception("a question without an answer could not be remembered")

    def groups(self, most: int = 20) -> list[Group]:
        """Return what was asked most often in the last month, then most recently; raises `MemoryUnavailableError`."""
        by_numbers: dict[tuple[str, ...], dict[str, Group]] = defaultdict(dict)
        for folded, group in self._wordings():
            groups = by_numbers[_numbers(folded)]
            alike = process.extractOne(folded, groups.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
            wording = alike[0] if alike else folded
            groups[wording] = _joined(groups.get(wording), group)
        found = (group for groups in by_numbers.values() for group in groups.values())
        return sorted(found, key=lambda group: (-group.times, -group.last.toordinal()))[:most]

    def forget_old(self, days: int = _KEPT_DAYS) -> None:
        """Forget what is older than so many days; raises `MemoryUnavailableError`."""
        with self._database.writing() as connection:
            connection.execute(delete(UNANSWERED).where(UNANSWERED.c.day < self._first_kept(days)))

    def _wordings(self) -> list[tuple[str, Group]]:
        """Return each folded wording with how often it came, the most frequent first."""
        same = (
            select(UNANSWERED.c.folded, func.count().label("times"), func.max(UNANSWERED.c.id).label("newest"))
            .where(UNANSWERED.c.day >= self._first_kept(_KEPT_DAYS))
            .group_by(UNANSWERED.c.folded)
            .order_by(func.max(UNANSWERED.c.id).desc())
            .limit(_MOST_COMPARED)
            .subquery()
        )
        rows = (
            select(same.c.folded, UNANSWERED.c.question, same.c.times, UNANSWERED.c.day)
            .join_from(same, UNANSWERED, UNANSWERED.c.id == same.c.newest)
            .order_by(same.c.times.desc(), same.c.newest.desc())
        )
        with self._database.reading() as connection:
            return [(folded, Group(question, times, day)) for folded, question, times, day in connection.execute(rows)]

    def _first_kept(self, days: int) -> date:
        return self._clock().date() - timedelta(days=days)


def _folded(question: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(question)))


def _numbers(folded: str) -> tuple[str, ...]:
    """Return the words with digits: questions on Kế hoạch 162 and on 276 are alike, but never the same."""
    return tuple(sorted(word for word in folded.split() if re.search(r"\d", word)))


def _joined(group: Group | None, other: Group) -> Group:
    if group is None:
        return other
    return Group(group.question, group.times + other.times, max(group.last, other.last))
