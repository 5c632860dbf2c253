"""Change the administrators' files all at once or not at all, whatever happens meanwhile.

    DATA_DIR/.changing/
        before/…        the files as they were
        new/…           the files as they shall be
        journal.json    which these are, and the edition that answered; it is there while the files are being changed

A change holds as soon as an edition of it is published. Until then it is taken back: at once when the work fails, by
the next command when the process was killed.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from ingest import texts
from ingest.report import Report
from knowledge.editions import editions_folder
from knowledge.errors import EditionBusyError, IndexMissingError
from knowledge.pointer import read_pointer, sync

_REMOVED = "removed"
_WORK = ".changing"
_BEFORE, _NEW = "before", "new"
_JOURNAL = "journal.json"
_LOCK = ".changing.lock"
_SILENT_S = 2.0
"""A wait longer than this is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """Files to write and to take away, by their paths inside DATA_DIR."""

    put: Mapping[str, bytes | Path] = field(default_factory=dict)
    """What they hold, or the file that they are copied from."""
    gone: tuple[str, ...] = ()

    def __or__(self, other: "Change") -> "Change":
        """Return both changes as one."""
        return Change({**self.put, **other.put}, (*self.gone, *other.gone))


def kept_folder() -> str:
    """Return a new folder inside DATA_DIR for files that are taken away or replaced now: nothing gets lost."""
    return f"{_REMOVED}/{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


class _Journal(BaseModel):
    model_config = ConfigDict(frozen=True)

    edition: str
    """The one that answered before; empty where none did."""
    files: tuple[str, ...]


@contextmanager
def only_one(data_dir: Path, report: Report | None = None, wait_seconds: float = 300) -> Iterator[None]:
    """Keep other processes from changing documents, and take back what a killed one left by half.

    Another one at work is waited for, and `report` says so. Raises `EditionBusyError` where it takes longer than
    `wait_seconds`.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / _LOCK)
    try:
        _wait_for(lock, report or Report(), wait_seconds)
    except Timeout as error:
        raise EditionBusyError(f"another process has been changing documents in {data_dir} all the time") from error
    try:
        _settle(data_dir)
        yield
    finally:
        lock.release()


def _wait_for(lock: FileLock, report: Report, wait_seconds: float) -> None:
    """Take the lock; where that takes long it is said once, for whoever watches."""
    try:
        lock.acquire(timeout=min(_SILENT_S, wait_seconds))
    except Timeout:
        report.advance(texts.WAITS_FOR_ANOTHER, 0)
        lock.acquire(timeout=max(0.0, wait_seconds - _SILENT_S))
        report.advance(texts.WAITS_FOR_ANOTHER, 1, 1)


@contextmanager
def changed(data_dir: Path, change: Change) -> Iterator[None]:
    """Change files for as long as the work inside goes well; for good where it ends well.

    Only for whoever holds `only_one`. What the change overwrites or takes away is gone afterwards, unless it also puts
    a copy elsewhere.
    """
    _plan(data_dir, change)
    try:
        for name in change.put:
            _put(data_dir / _WORK / _NEW / name, data_dir / name)
        for name in change.gone:
            _take_away(data_dir / name)
        yield
    except BaseException:  # also Ctrl-C: nothing may stay behind from work that did not end
        _settle(data_dir)
        raise
    _finish(data_dir)


def _plan(data_dir: Path, change: Change) -> None:
    work = data_dir / _WORK
    for name, content in change.put.items():
        path = work / _NEW / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content)
        sync(path)
    files = tuple(dict.fromkeys((*change.put, *change.gone)))
    for name in files:
        if (data_dir / name).is_file():
            _put(data_dir / name, work / _BEFORE / name)
    work.mkdir(exist_ok=True)
    journal = work / f"{_JOURNAL}.new"
    journal.write_text(_Journal(edition=_answering(data_dir), files=files).model_dump_json(), encoding="utf-8")
    sync(journal)
    journal.replace(work / _JOURNAL)
    sync(work)


def _settle(data_dir: Path) -> None:
    """End a change that its process did not: keep it where an edition of it was published, else take it back."""
    work = data_dir / _WORK
    with suppress(FileNotFoundError):
        journal = _Journal.model_validate_json((work / _JOURNAL).read_bytes())
        if journal.edition == _answering(data_dir):
            _take_back(data_dir, journal.files)
    _finish(data_dir)


def _take_back(data_dir: Path, files: Sequence[str]) -> None:
    for name in files:
        before = data_dir / _WORK / _BEFORE / name
        if before.is_file():
            _put(before, data_dir / name)
        else:
            _take_away(data_dir / name)
        if name.startswith(_REMOVED):
            with suppress(OSError):  # it still holds other files, or was never made
                (data_dir / name).parent.rmdir()


def _finish(data_dir: Path) -> None:
    """Forget the change; from the moment that its journal is gone nothing is taken back any more."""
    work = data_dir / _WORK
    (work / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)


def _answering(data_dir: Path) -> str:
    try:
        return read_pointer(editions_folder(data_dir)).edition
    except IndexMissingError:
        return ""


def _put(source: Path, target: Path) -> None:
    """Copy a file over another in one step that outlasts a loss of power; hidden until then, so no build sees it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, new)
    sync(new)
    new.replace(target)
    sync(target.parent)


def _take_away(path: Path) -> None:
    """Remove a file, and what a killed process may have left on the way to it."""
    path.unlink(missing_ok=True)
    path.with_name(f".{path.name}.new").unlink(missing_ok=True)
