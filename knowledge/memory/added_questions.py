"""Remember the questions that administrators add to those that every edition is tried against."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from knowledge.clock import Clock
from knowledge.memory.database import Database
from knowledge.memory.tables import ADDED_QUESTIONS


@dataclass(frozen=True, slots=True)
class AddedQuestion:
    """A question with the section that should answer it, named as question sets name it."""

    id: int
    at: datetime
    """In Vietnamese time."""
    question: str
    document: str
    """The document's number, or its issuer where it has none."""
    section: str
    """The section's printed path."""
    who: str
    """The Telegram id of who added it."""


class AddedQuestions:
    """The questions that were added; kept until removed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, question: str, document: str, section: str, who: str) -> None:
        """Add a question; raises `MemoryUnavailableError`."""
        row = insert(ADDED_QUESTIONS).values(
            at=self._clock(), question=question, document=document, section=section, who=who
        )
        with self._database.writing() as connection:
            connection.execute(row)

    def all(self) -> list[AddedQuestion]:
        """Return all, the oldest first; raises `MemoryUnavailableError`."""
        columns = (ADDED_QUESTIONS.c[name] for name in ("id", "at", "question", "document", "section", "who"))
        with self._database.reading() as connection:
            return [AddedQuestion(*row) for row in connection.execute(select(*columns).order_by(ADDED_QUESTIONS.c.id))]

    def remove(self, question_id: int) -> bool:
        """Remove one and tell whether it was there; raises `MemoryUnavailableError`."""
        with self._database.writing() as connection:
            removed = connection.execute(delete(ADDED_QUESTIONS).where(ADDED_QUESTIONS.c.id == question_id))
            return removed.rowcount > 0
