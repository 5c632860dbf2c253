"""The shape of a sub-command, so that adding one is a module and a row in `__main__.COMMANDS`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command of `python -m ingest`."""

    name: str
    help: str
    """One line in Vietnamese for `--help`."""
    declare: Callable[[ArgumentParser], None]
    """Adds the command's arguments to its parser."""
    run: Callable[[Namespace, Settings], int]
    """Does the work and returns the exit code; an `IngestError` is told to the operator by `__main__`."""
