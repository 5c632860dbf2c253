"""Open the database of the memory, bring its tables up to date, and hand out transactions."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from knowledge.clock import Clock
from knowledge.errors import MemoryDriverMissingError, MemoryTooNewError, MemoryUnavailableError
from knowledge.memory import sqlite
from knowledge.settings import KnowledgeSettings

FILE = "memory.sqlite3"
_LOCK = "memory.lock"
_LONGEST_WAIT_S = 60
_SQLITE = "sqlite"


class Database:
    """Hands out transactions; any number of threads and processes may use them at once."""

    def __init__(self, engine: Engine, moved_aside: Path | None) -> None:
        self._engine = engine
        self.moved_aside = moved_aside
        """Where a damaged file lies that had to give way to a new one."""

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read within one transaction; raises `MemoryUnavailableError`."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write within one transaction, which holds whole or not at all; raises `MemoryUnavailableError`."""
        with _translated(), self._engine.execution_options(**{sqlite.WRITING: True}).begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


def open_database(settings: KnowledgeSettings, clock: Clock) -> Database:
    """Open the database that the settings name, in `data_dir` where they name none; its tables are up to date.

    One process at a time: others wait. A damaged SQLite file is moved aside for a new one. Raises
    `MemoryUnavailableError`, of which `MemoryDriverMissingError` and `MemoryTooNewError` are kinds.
    """
    with _translated():
        engine = _engine(_url(settings))
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.data_dir / _LOCK, timeout=_LONGEST_WAIT_S):
            moved = sqlite.move_damaged_aside(engine, clock()) if engine.dialect.name == _SQLITE else None
            database = Database(engine, moved)
            with database.writing() as connection:
                _migrate(connection)
    return database


def _url(settings: KnowledgeSettings) -> URL:
    if settings.database_url:
        return make_url(settings.database_url.get_secret_value())
    return URL.create(_SQLITE, database=str(settings.data_dir.absolute() / FILE))


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except ImportError as error:
        raise MemoryDriverMissingError(f"no driver for {url.drivername}") from error
    if engine.dialect.name == _SQLITE:
        sqlite.prepare(engine)
    return engine


def _migrate(connection: Connection) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", "knowledge.memory:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise MemoryTooNewError(str(error)) from error


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Translate what goes wrong; the reason names no values, which may be a person's words."""
    try:
        yield
    except (SQLAlchemyError, OSError, Timeout) as error:
        reason = getattr(error, "orig", None) or error
        raise MemoryUnavailableError(f"{type(reason).__name__}: {reason}") from error
