"""Remember which administrator did what, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from knowledge.clock import Clock
from knowledge.memory.database import Database
from knowledge.memory.tables import DEEDS


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that an administrator did."""

    at: datetime
    """In Vietnamese time."""
    who: str
    """A Telegram id, or `terminal`."""
    what: str
    """A word of the program, e.g. `add`, `rollback`."""
    about: str
    """What it was done to, e.g. a document."""
    edition: str
    """The edition that came of it; empty where none did."""


class Deeds:
    """The log of what administrators did; kept for good."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, who: str, what: str, about: str = "", edition: str = "") -> None:
        """Write a deed down; raises `MemoryUnavailableError`."""
        with self._database.writing() as connection:
            connection.execute(insert(DEEDS).values(at=self._clock(), who=who, what=what, about=about, edition=edition))

    def latest(self, count: int = 20) -> list[Deed]:
        """Return the last deeds, the newest first; raises `MemoryUnavailableError`."""
        columns = (DEEDS.c.at, DEEDS.c.who, DEEDS.c.what, DEEDS.c.about, DEEDS.c.edition)
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(DEEDS.c.id.desc()).limit(count))
            return [Deed(*row) for row in rows]
