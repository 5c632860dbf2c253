"""Look into an edition in a process of its own: a damaged Chroma directory can hang or kill whoever opens it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from knowledge.errors import IndexDamagedError

_LONGEST_S = 600.0
_PROJECT = Path(__file__).parent.parent


class Child:
    """`python -m knowledge …` at work, with the settings and the folder of its parent; killed where it is left."""

    def __init__(self, *arguments: str, told: str = "") -> None:
        """Start it with something to read on its standard input."""
        path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
        self._arguments = arguments
        # Files without names, for nobody reads or writes while the process is busy, and a pipe would fill.
        self._problems = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed with the process
        self._told = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - the same
        self._told.write(told)
        self._told.seek(0)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "knowledge", *arguments],
            env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
            stdin=self._told,
            stdout=subprocess.PIPE,
            stderr=self._problems,
            text=True,
            encoding="utf-8",
        )
        self._clock = threading.Timer(_LONGEST_S, self._process.kill)
        self._clock.daemon = True
        self._clock.start()

    def lines(self) -> Iterator[str]:
        """Yield what it prints, line by line, until it ends; raise `IndexDamagedError` where it fails or hangs."""
        assert self._process.stdout  # noqa: S101 - it was started with one
        yield from self._process.stdout
        if self._process.wait() != 0:
            self._problems.seek(0)
            said = self._problems.read().strip() or f"exit code {self._process.returncode}"
            raise IndexDamagedError(f"{' '.join(self._arguments)}: {said}")

    def __enter__(self) -> Self:
        """Return the process at work."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, if it still runs."""
        self._clock.cancel()
        self._process.kill()
        with self._process, self._problems, self._told:
            pass


def verify_in_child(edition: Path) -> None:
    """Read an edition back whole; raise `IndexDamagedError` where that fails."""
    with Child("verify", str(edition)) as child:
        for _ in child.lines():
            pass
