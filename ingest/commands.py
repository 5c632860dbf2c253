"""The shape of a sub-command, so that adding one is a module and a row in `__main__.COMMANDS`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from ingest import texts
from ingest.report import Report
from ingest.settings import Settings

TERMINAL = "terminal"
"""Who did it, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command of `python -m ingest`; each takes `--json`, and then writes lines of JSON for a program."""

    name: str
    help: str
    """One line in Vietnamese for `--help`."""
    declare: Callable[[ArgumentParser], None]
    """Adds the command's arguments to its parser."""
    run: Callable[[Namespace, Settings, Report], int]
    """Does the work, tells the report, and returns the exit code; what it raises is told by `__main__`."""


def declare_by(parser: ArgumentParser) -> None:
    """Take who asks for it: a Telegram id, where the bot does."""
    parser.add_argument("--by", default=TERMINAL, metavar=texts.WHO, help=texts.BY)


def declare_publishing(parser: ArgumentParser) -> None:
    """Take what every command takes that publishes an edition."""
    parser.add_argument("--force", action="store_true", help=texts.FORCE)
    declare_by(parser)
