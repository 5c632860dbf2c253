"""All that is particular to SQLite: how a connection behaves, and what to do with a file that is damaged."""

import logging
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError

WRITING = "writing"
"""Option of a connection whose next transaction will write."""
_WAITS_MS = 15_000
"""How long a writer waits for another one, be it of another process."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FILES = ("", "-wal", "-shm")
_MOVED_ASIDE = "Sổ ghi nhớ của bot bị hỏng: đã chuyển sang %s (giữ nguyên để cứu dữ liệu) và bắt đầu sổ mới."

_log = logging.getLogger(__name__)


def prepare(engine: Engine) -> None:
    """Let several processes read and write at once, and let a transaction hold whole or not at all."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # its own way of beginning transactions leaves changes of tables outside
    connection.execute(f"PRAGMA busy_timeout = {_WAITS_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten does not stay in the file


def _on_begin(connection: Connection) -> None:
    """Begin; a writer takes its turn at once, for one that has read before may not wait and would fail."""
    writes = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def move_damaged_aside(engine: Engine, moment: datetime) -> Path | None:
    """Move a file that is no sound database aside, and return where to; None where there is nothing to move.

    Raises what SQLAlchemy raises where the file cannot be opened for another reason.
    """
    file = Path(engine.url.database or "")
    if not file.is_file() or _is_sound(engine):
        return None
    engine.dispose()
    aside = file.with_name(f"{file.name}.damaged-{moment:%Y%m%d-%H%M%S}")
    for ending in _FILES:
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    _log.error(_MOVED_ASIDE, aside)
    return aside


def _is_sound(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            found: Any = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise
        return False
    return bool(found == "ok")
