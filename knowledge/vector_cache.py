"""Keep the vectors of texts from one build to the next, so that a service is asked for each text once.

A SQLite file: its writer may be killed at any moment, and others may read meanwhile. All that is in it can be had
again, so whatever is wrong with it costs time and never a build: what cannot be read is asked for anew. What no build
has used for some months is forgotten; its place in the file is taken by what comes.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    delete,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

_TABLES = MetaData()
_VECTORS = Table(
    "vectors",
    _TABLES,
    Column("key", LargeBinary, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("vector", LargeBinary, nullable=False),
    Column("crc", BigInteger, nullable=False),
)
_USED = Table(
    "used",
    _TABLES,
    Column("key", LargeBinary, primary_key=True),
    Column("day", Integer, nullable=False, index=True),
)
"""When a build last used a text, as the number of a day; a table of its own, as older files have none."""
_KEPT_DAYS = 90
"""Longer than editions to go back to usually last, and than an operator takes to compare two models."""
_NUMBER = np.dtype("<f4")
_AT_ONCE = 500  # keys in one question to SQLite, which has a limit
_WAITS_S = 15  # while another process writes
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FILES = ("", "-wal", "-shm")

_log = logging.getLogger(__name__)


class VectorCache:
    """The vectors of one source: a model of a service. Without a file it holds nothing."""

    def __init__(self, file: Path | None, source: str) -> None:
        self._file = file
        self._source = source

    def find(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are held, by their texts."""
        texts_of = {self._key(text): text for text in texts}
        keys = list(texts_of)
        rows: list[Any] = []
        with self._harmless(), self._connected() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                wanted = _VECTORS.c.key.in_(keys[start : start + _AT_ONCE])
                rows += connection.execute(select(_VECTORS.c.key, _VECTORS.c.vector, _VECTORS.c.crc).where(wanted))
        return {texts_of[row.key]: np.frombuffer(row.vector, _NUMBER) for row in rows if crc32(row.vector) == row.crc}

    def keep(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Hold the vectors of texts, one a row; they outlast the process as soon as this returns."""
        rows = [self._row(text, vector.astype(_NUMBER).tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        with self._harmless(), self._connected() as connection:
            connection.execute(insert(_VECTORS).prefix_with("OR REPLACE"), rows)

    def forget_unused(self, texts: Sequence[str]) -> None:
        """Note that a build uses these texts, and forget what none has used for long, of whatever source."""
        today = datetime.now(UTC).date().toordinal()
        rows = [{"key": key, "day": today} for key in dict.fromkeys(map(self._key, texts))]
        recent = select(_USED.c.key).where(_USED.c.day >= today - _KEPT_DAYS)
        with self._harmless(), self._connected() as connection:
            connection.execute(insert(_USED).prefix_with("OR REPLACE"), rows)
            connection.execute(delete(_VECTORS).where(_VECTORS.c.key.not_in(recent)))
            connection.execute(delete(_USED).where(_USED.c.day < today - _KEPT_DAYS))

    def forget(self) -> None:
        """Hold nothing of this source any more."""
        with self._harmless(), self._connected() as connection:
            connection.execute(delete(_VECTORS).where(_VECTORS.c.source == self._source))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._source}\n{text}".encode()).digest()

    def _row(self, text: str, vector: bytes) -> dict[str, object]:
        return {"key": self._key(text), "source": self._source, "vector": vector, "crc": crc32(vector)}

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            _TABLES.create_all(connection)
            yield connection

    @contextmanager
    def _harmless(self) -> Iterator[None]:
        """Go on without what cannot be read or written, and begin a new file in the place of a damaged one."""
        try:
            yield
        except (DatabaseError, OSError) as error:
            if self._file is None:
                return
            _log.warning("the cache of vectors at %s cannot be used: %s", self._file, error.__cause__ or error)
            if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                for ending in _FILES:
                    self._file.with_name(self._file.name + ending).unlink(missing_ok=True)

    @cached_property
    def _engine(self) -> Engine:
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=str(self._file) if self._file else None)
        return create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAITS_S})
