"""Hold the daily limits of what models cost, over restarts and kills: a call is booked before it is sent."""

import hmac
import logging
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from knowledge.clock import Clock
from knowledge.errors import MemoryUnavailableError
from knowledge.memory.database import Database
from knowledge.memory.tables import SECRETS, SPENDING

_KEPT_DAYS = 2
_SALT = "salt of persons"
"""The migration that made the table of secrets put it there."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much may be spent in a day; 0 allows nothing."""

    calls_per_person: int
    calls: int
    tokens: int


@dataclass(frozen=True, slots=True)
class _Spent:
    calls: int
    tokens: int


class Spending:
    """What was spent on models today, by Vietnamese time.

    Where it cannot be read or written nothing may be asked: answers are then made of quotes.
    """

    def __init__(self, database: Database, clock: Clock, caps: Caps) -> None:
        self._database = database
        self._clock = clock
        self._caps = caps

    def book(self, person: str, calls: int, tokens: int) -> bool:
        """Book calls before they are sent, and tokens after; tell whether the calls may be sent.

        Looking and booking are one step, so that many who ask at once do not pass the limits together. Calls
        beyond them are not booked; tokens without calls always are, as they are spent. The empty name is nobody in
        particular (a terminal, an evaluation): only the limits of all hold for it.
        """
        try:
            with self._database.writing() as connection:
                hashed = _hashed(connection, person)
                if calls and not self._allows(connection, hashed, calls):
                    return False
                row = {"day": self._today(), "person": hashed, "calls": calls, "tokens": tokens}
                connection.execute(insert(SPENDING).values(row))
                return True
        except MemoryUnavailableError:
            _log.exception("what is spent cannot be booked")
            return False

    def forget_old(self) -> None:
        """Forget what was spent before yesterday; raises `MemoryUnavailableError`."""
        with self._database.writing() as connection:
            connection.execute(delete(SPENDING).where(SPENDING.c.day <= self._today() - timedelta(days=_KEPT_DAYS)))

    def _allows(self, connection: Connection, hashed: str, calls: int) -> bool:
        caps, everybody = self._caps, self._spent(connection)
        if everybody.calls + calls > caps.calls or everybody.tokens >= caps.tokens:
            return False
        return not hashed or self._spent(connection, hashed).calls + calls <= caps.calls_per_person

    def _spent(self, connection: Connection, hashed: str = "") -> _Spent:
        sums = select(func.coalesce(func.sum(SPENDING.c.calls), 0), func.coalesce(func.sum(SPENDING.c.tokens), 0))
        wanted = sums.where(SPENDING.c.day == self._today())
        if hashed:
            wanted = wanted.where(SPENDING.c.person == hashed)
        calls, tokens = connection.execute(wanted).one()
        return _Spent(int(calls), int(tokens))

    def _today(self) -> date:
        return self._clock().date()


def _hashed(connection: Connection, person: str) -> str:
    """Return what stands for a person, whom nobody without the database's salt can find by trying ids.

    Nobody stays nobody. Reading the salt locks its row (in PostgreSQL; in SQLite writers wait anyway), so that
    bookings take turns.
    """
    salt = connection.execute(select(SECRETS.c.value).where(SECRETS.c.name == _SALT).with_for_update()).scalar_one()
    return hmac.new(salt, person.encode(), "sha256").hexdigest() if person else ""
