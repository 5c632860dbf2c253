"""The developer's door to the knowledge base: `python -m knowledge <command>`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from knowledge.errors import KnowledgeError
from knowledge.settings import SettingsError

# ruff: noqa: PLC0415 - every build verifies in a child process, which must not wait for what it does not need


class Command(NamedTuple):
    """A command: its line in the help, how it declares its arguments, and what runs it to an exit code."""

    help: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 what was asked for is at fault, 2 a setting is."""
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(given).parse_args(given)
    try:
        return COMMANDS[arguments.command].run(arguments)
    except KnowledgeError as error:
        sys.stderr.write(f"{error.operator_message} ({error})\n")
        return 1
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _parser(given: Sequence[str]) -> ArgumentParser:
    """Name all commands, and declare the arguments of the one that is given."""
    parser = ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        of_command = commands.add_parser(name, help=command.help)
        if name in given[:1]:
            command.declare(of_command)
    return parser


def _declare_verify(parser: ArgumentParser) -> None:
    from knowledge import verify

    verify.declare(parser)


def _verify(arguments: Namespace) -> int:
    from knowledge import verify

    return verify.run(arguments)


def _declare_try(parser: ArgumentParser) -> None:
    from knowledge import trial

    trial.declare(parser)


def _try(arguments: Namespace) -> int:
    from knowledge import trial

    return trial.run(arguments)


def _declare_evaluate(parser: ArgumentParser) -> None:
    from knowledge import evaluate, retrieval_metrics

    parser.add_argument(
        "--trusts", type=float, nargs="+", metavar="WEIGHT", help="try each of these weights of the vectors"
    )
    evaluate.declare(parser)
    retrieval_metrics.declare(parser)


def _evaluate(arguments: Namespace) -> int:
    from knowledge import evaluate, retrieval_metrics

    return retrieval_metrics.run(arguments) if arguments.beir else evaluate.run(arguments)


COMMANDS: Final = {
    "verify": Command("read an edition back whole", _declare_verify, _verify),
    "try": Command("ask an edition the questions of a question set", _declare_try, _try),
    "evaluate": Command(
        "try answers against question sets, or search against a benchmark", _declare_evaluate, _evaluate
    ),
}


if __name__ == "__main__":
    sys.exit(main())
