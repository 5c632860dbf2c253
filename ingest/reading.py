"""Read files that somebody gave: in a process of its own with limits, so that no file can take the caller down.

for path, outcome in read_safely(files):
    if isinstance(outcome, UnreadableFileError): …      the Vietnamese sentence says what to do
    else: …                                             the documents of the file
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, cast

import ingest
from ingest import texts
from ingest.errors import (
    BrokenFileError,
    EmptyFileError,
    NoSuchFileError,
    TooLargeError,
    TooMuchMemoryError,
    TooSlowError,
    UnreadableFileError,
    leaf,
)
from ingest.limits import LIMITS, MEGABYTE, Limits
from ingest.loaded import to_nobody
from ingest.messages import MESSAGE, Job, Message, Pages, Read, Ready, Refused
from ingest.read import Reading
from ingest.sidecar import SIDECAR, Sidecar
from knowledge.working_copies import WorkingCopy

OnPages = Callable[[Path, int, int], None]
"""Called with the file, how many of its pages are read, and how many there are."""
Outcome = tuple[Reading, ...] | UnreadableFileError

_LOG = logging.getLogger(__name__)
_PROJECT = Path(ingest.__path__[0]).parent
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TESSDATA_PREFIX")
"""All that the reader learns of our environment: keys and tokens are none of its business."""
_LONGEST_LINE = 512 * MEGABYTE


def read_safely(
    paths: Iterable[Path],
    on_pages: OnPages | None = None,
    *,
    given: Sidecar | None = None,
    limits: Limits = LIMITS,
) -> Iterator[tuple[Path, Outcome]]:
    """Read files one after the other, each with its documents or the reason why it has none.

    `given` holds what the administrator corrects; it goes before the files' own sidecars. A file that hangs, bursts
    or crashes its parser ends with that parser, and the next one is read by a new one.
    Raises `NoSuchFileError` for a path where no file is.
    """
    folder = WorkingCopy()
    reader = _Reader(limits, folder.path)
    try:
        for path in paths:
            yield path, _outcome(reader, path, given, on_pages)
    finally:
        reader.stop()
        folder.remove()


def read_one_safely(
    path: Path, on_pages: OnPages | None = None, *, given: Sidecar | None = None, limits: Limits = LIMITS
) -> tuple[Reading, ...]:
    """Read one file, and raise the reason where it has no documents."""
    ((_, outcome),) = read_safely([path], on_pages, given=given, limits=limits)
    if isinstance(outcome, UnreadableFileError):
        raise outcome
    return outcome


def _outcome(reader: "_Reader", path: Path, given: Sidecar | None, on_pages: OnPages | None) -> Outcome:
    if not path.is_file():
        raise NoSuchFileError([path])
    try:
        return reader.read(path, given, partial(on_pages, path) if on_pages else to_nobody)
    except UnreadableFileError as error:
        return error


class _GoneError(Exception):
    """The reader ended in the middle of a job."""


class _Reader:
    """One process after the other that reads files; begun with the first file, anew after one that broke it."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self._limits = limits
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._done = 0

    def read(self, path: Path, given: Sidecar | None, report: Callable[[int, int], None]) -> tuple[Reading, ...]:
        """Return a file's documents; raises an `UnreadableFileError`."""
        self._refuse_by_size(path)
        with tempfile.TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as folder:
            job = Job(file=str(_laid_out(path, Path(folder))), given=given)
            try:
                return self._verdict(job, path, report)
            except _GoneError as error:
                raise BrokenFileError(path, reason=texts.PARSER_DIED) from error

    def stop(self) -> None:
        """End the process and what it started, whatever it is doing."""
        process, self._process, self._done = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            _kill(process)
        if process.stdin:
            with suppress(BrokenPipeError):
                process.stdin.close()
        process.wait()

    def _refuse_by_size(self, path: Path) -> None:
        size = path.stat().st_size
        if size > self._limits.size:
            raise TooLargeError(path, megabytes=f"{self._limits.size / MEGABYTE:g}")
        if size == 0:
            raise EmptyFileError(path)

    def _verdict(self, job: Job, path: Path, report: Callable[[int, int], None]) -> tuple[Reading, ...]:
        fresh = self._done == 0
        try:
            return self._asked(job, path, report)
        except TooSlowError:
            self.stop()
            raise
        except (TooMuchMemoryError, _GoneError):
            self.stop()
            if fresh:
                raise
        # What other files left behind may have been too much: a new process decides.
        return self._verdict(job, path, report)

    def _asked(self, job: Job, path: Path, report: Callable[[int, int], None]) -> tuple[Reading, ...]:
        deadline = time.monotonic() + self._limits.seconds
        self._ask(self._running(), job)
        while True:
            match self._answer(deadline, path):
                case Ready(offline=False):
                    _warn_of_network()
                case Pages(done=done, whole=whole):
                    report(done, whole)
                case Read(readings=readings):
                    self._done += 1
                    return readings
                case Refused() as refused:
                    self._done += 1
                    raise _error(refused, path)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "ingest.reader", str(self._limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_environment(self._folder),
                process_group=0,  # in a session of its own it would no longer give way as its parent does
            )
            self._answers = SimpleQueue()
            Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process

    @staticmethod
    def _ask(process: "subprocess.Popen[bytes]", job: Job) -> None:
        # That a process has gone is noticed when no answer comes.
        with suppress(BrokenPipeError):
            cast("IO[bytes]", process.stdin).write(f"{job.model_dump_json()}\n".encode())
            cast("IO[bytes]", process.stdin).flush()

    def _answer(self, deadline: float, path: Path) -> Message:
        try:
            line = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise TooSlowError(path, seconds=f"{self._limits.seconds:.0f}") from None
        if not line.endswith(b"\n"):
            raise _GoneError
        return MESSAGE.validate_json(line)


def _laid_out(path: Path, folder: Path) -> Path:
    """Copy a file with its sidecar to where the reader works: it needs to see no other one."""
    try:
        for file in filter(Path.is_file, (path, path.with_suffix(SIDECAR))):
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise BrokenFileError(path, reason=texts.NOT_LEGIBLE) from error
    return folder / path.name


def _environment(folder: Path) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # Pages are recognized side by side by one thread each; more threads cost memory.
    threads = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    own = {"PYTHONPATH": str(_PROJECT), "PYTHONUTF8": "1", "TMPDIR": str(folder), "TEMP": str(folder)}
    return passed | threads | own


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _listen(stream: IO[bytes], answers: "SimpleQueue[bytes]") -> None:
    """Pass lines on, at last one without an end: the process has gone, or says more than any document holds."""
    with stream:
        while (line := stream.readline(_LONGEST_LINE)).endswith(b"\n"):
            answers.put(line)
        answers.put(b"")


def _error(refused: Refused, path: Path) -> UnreadableFileError:
    """Return the error that the reader met, about the file as the caller knows it."""
    if refused.fault:
        _LOG.warning("the parser of a %s file failed: %s", path.suffix, refused.fault)
    return leaf(refused.error)(path.with_name(refused.file), **refused.details)


@cache
def _warn_of_network() -> None:
    """Say it once."""
    _LOG.warning("this system does not let files be read without a network: the reader could reach one")
