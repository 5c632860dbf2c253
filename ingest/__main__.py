"""The operator's door to the documents: `python -m ingest <command>`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from ingest import add, build, diff, editions, gate, laws, preview, remove, rollback, show, status, texts, verify
from ingest.commands import Command
from ingest.errors import IngestError
from ingest.report import ForPerson, ForProgram, Report
from ingest.settings import Settings
from knowledge.errors import GateRefusedError, KnowledgeError
from knowledge.settings import SettingsError, read_settings

COMMANDS: tuple[Command, ...] = (
    build.COMMAND,
    add.COMMAND,
    preview.COMMAND,
    laws.COMMAND,
    remove.COMMAND,
    show.COMMAND,
    status.COMMAND,
    editions.COMMAND,
    diff.COMMAND,
    rollback.COMMAND,
    verify.COMMAND,
)
_AT_FAULT = 1
_WRONG_SETTING = 2
_REFUSED = 3
_INTERRUPTED = 130  # what shells give for Ctrl-C


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: done. 1: a file, an edition or a service is at fault. 2: a name or a setting is. 3: the gate refused.
    """
    arguments = _parser().parse_args(argv)
    with ForProgram() if arguments.json else ForPerson() as report:
        return _run(arguments, report)


def _run(arguments: Namespace, report: Report) -> int:
    command: Command = arguments.command
    try:
        return command.run(arguments, read_settings(Settings), report)
    except (IngestError, SettingsError, KnowledgeError, OSError, KeyboardInterrupt) as error:
        sentence, facts, code = _explained(error)
        report.error(sentence, facts)
        return code


def _explained(error: BaseException) -> tuple[str, Mapping[str, Any], int]:
    """Return what to say of an error, what a program is told beside it, and the exit code."""
    match error:
        case IngestError():
            return str(error), error.facts, error.exit_code
        case SettingsError():
            return str(error), {}, _WRONG_SETTING
        case GateRefusedError():
            return gate.refused(error), {"gate": gate.facts(error.comparison)}, _REFUSED
        case KnowledgeError():
            return error.operator_message, {"detail": str(error)}, _AT_FAULT
        case OSError():
            told = texts.DISK_TROUBLE.format(reason=error.strerror or error, file=error.filename or "")
            return told, {}, _AT_FAULT
        case _:
            return texts.INTERRUPTED, {}, _INTERRUPTED


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m ingest", description=texts.PROGRAM)
    commands = parser.add_subparsers(required=True, metavar=texts.COMMAND)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.help, description=command.help)
        own.add_argument("--json", action="store_true", help=texts.JSON)
        command.declare(own)
        own.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
