"""The operator's door to the documents: `python -m ingest <command>`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from rich.console import Console

from ingest import add, build, editions, laws, show, texts
from ingest.commands import Command
from ingest.errors import IngestError
from ingest.settings import Settings
from knowledge.settings import SettingsError, read_settings

COMMANDS: tuple[Command, ...] = (build.COMMAND, add.COMMAND, laws.COMMAND, show.COMMAND, editions.COMMAND)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a file is at fault, 2 a name or setting is."""
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command.run(arguments, read_settings(Settings))
    except IngestError as error:
        _tell(error)
        return error.exit_code
    except SettingsError as error:
        _tell(error)
        return 2


def _tell(error: Exception) -> None:
    Console(stderr=True).print(str(error), markup=False, highlight=False, soft_wrap=True)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m ingest", description=texts.PROGRAM)
    commands = parser.add_subparsers(required=True, metavar=texts.COMMAND)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.help, description=command.help)
        command.declare(own)
        own.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
