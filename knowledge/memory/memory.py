"""Open the memory: one object for all that the bot remembers."""

from pathlib import Path
from typing import Self

from knowledge.clock import Clock, now
from knowledge.memory.added_questions import AddedQuestions
from knowledge.memory.database import Database, open_database
from knowledge.memory.deeds import Deeds
from knowledge.memory.spending import Caps, Spending
from knowledge.memory.unanswered import Unanswered
from knowledge.memory.usage import Usage
from knowledge.settings import KnowledgeSettings


class Memory:
    """What the bot remembers; any number of threads and processes may use one database at once."""

    def __init__(self, database: Database, caps: Caps, clock: Clock) -> None:
        self._database = database
        self.deeds = Deeds(database, clock)
        self.unanswered = Unanswered(database, clock)
        self.added_questions = AddedQuestions(database, clock)
        self.usage = Usage(database, clock, self.forget_old)
        self.spending = Spending(database, clock, caps)

    @staticmethod
    def open(settings: KnowledgeSettings, clock: Clock = now) -> "Memory":
        """Open what the settings name, bring its tables up to date, and forget what is due to be forgotten.

        Raises `MemoryUnavailableError` with a sentence for the operator: no right to write, no room, no driver.
        """
        caps = Caps(settings.model_calls_per_person_a_day, settings.model_calls_a_day, settings.model_tokens_a_day)
        memory = Memory(open_database(settings, clock), caps, clock)
        memory.forget_old()
        return memory

    def forget_old(self) -> None:
        """Forget what is due; done when it is opened and with the first answer of each day.

        Raises `MemoryUnavailableError`.
        """
        self.unanswered.forget_old()
        self.usage.forget_old()
        self.spending.forget_old()

    @property
    def moved_aside(self) -> Path | None:
        """Where a damaged file lies that gave way to a new one when this was opened; None where all was well."""
        return self._database.moved_aside

    def close(self) -> None:
        """Let go of the database; what was recorded stays."""
        self._database.close()

    def __enter__(self) -> Self:
        """Return the memory itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
