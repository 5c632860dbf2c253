"""Give a folder for as long as a process needs it, and clear away what dead processes left behind.

Chroma writes into whatever it opens, so that every opened edition is a copy in the system's folder for temporary
files; files that somebody gave are read from a copy there too. A killed process leaves its copies; the system lets go
of its lock, by which others see that it is dead.
"""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "hoi-dap-"
_LOCK = ".in-use"
_YOUNG_S = 10
"""The process that made a folder so short a time ago may be about to lock it."""


class WorkingCopy:
    """A folder that is locked until `remove`, or the end of the process."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        """The folder."""
        self._lock = FileLock(self.path / _LOCK, thread_local=False)
        self._lock.acquire()

    def remove(self) -> None:
        """Remove the folder; a second call does nothing."""
        self._lock.release()
        self._folder.cleanup()


def sweep() -> None:
    """Remove the folders of processes that are dead."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _is_ours(folder) and time.time() - folder.stat().st_mtime > _YOUNG_S and _is_left(folder / _LOCK):
                shutil.rmtree(folder)


def _is_ours(folder: Path) -> bool:
    """Tell whether this user has put it there, and as `WorkingCopy` does."""
    foreign = hasattr(os, "getuid") and folder.lstat().st_uid != os.getuid()
    return not foreign and not folder.is_symlink() and (folder / _LOCK).is_file()


def _is_left(lock_file: Path) -> bool:
    lock = FileLock(lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True
