"""The tables of the memory, as the newest migration leaves them."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from knowledge.clock import VIETNAM


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: written in UTC, as SQLite keeps no zones, and read in Vietnamese time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the library's signature
        """Return the moment in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same
        """Return the moment in Vietnamese time."""
        return value and value.replace(tzinfo=value.tzinfo or UTC).astimezone(VIETNAM)


METADATA = MetaData()

_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up by itself in a column of this very type alone."""

DEEDS = Table(
    "deeds",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("edition", Text, nullable=False),
)

UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("day", Date, nullable=False),
    Column("question", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("unanswered_by_day", "day"),
)

ADDED_QUESTIONS = Table(
    "added_questions",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("question", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("who", Text, nullable=False),
)

USAGE = Table(
    "usage",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("day", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("took_ms", Float, nullable=False),
    Column("edition", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("dropped", JSON, nullable=False),
    Column("failure", Text, nullable=False),
    Index("usage_by_day", "day"),
)

SPENDING = Table(
    "spending",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("day", Date, nullable=False),
    Column("person", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Index("spending_by_day_and_person", "day", "person"),
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
