"""The front door: `python -m bot` serves Telegram, or talks here; `python -m bot ask` answers and leaves."""

import asyncio
import contextlib
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import texts
from bot.heaps import limit_heaps
from bot.settings import BotSettings
from knowledge.errors import KnowledgeError, MemoryUnavailableError
from knowledge.settings import KnowledgeSettings, SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from bot.editions import Editions
    from knowledge.memory import Memory


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the operator has set."""

    bot: BotSettings
    knowledge: KnowledgeSettings


@dataclass(frozen=True, slots=True)
class SubCommand:
    """One sub-command: its name, one line of help, its arguments and what it does."""

    name: str
    help: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Settings], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0: done, or told to stop. 1: no edition to answer from. 2: a setting, an argument or the token is wrong.
    """
    limit_heaps()
    arguments = _parser().parse_args(argv)
    run: Callable[[Namespace, Settings], int] = arguments.run
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it ends as cleanly as Ctrl-C
    try:
        settings = Settings(read_settings(BotSettings, texts.WHAT_TO_WRITE), read_settings(KnowledgeSettings))
        return run(arguments, settings)
    except SettingsError as error:
        return _explained(str(error), 2)
    except KnowledgeError as error:
        return _explained(f"{error.operator_message} ({error})", 1)
    except KeyboardInterrupt:
        return 0


def start(_: Namespace, settings: Settings) -> int:
    """Serve Telegram where a token is set, else talk in the terminal."""
    return _serve(settings) if settings.bot.telegram_bot_token else _chat(settings)


def ask(arguments: Namespace, settings: Settings) -> int:
    """Answer one question, or a file of them."""
    from bot import ask as asking  # noqa: PLC0415 - needs all of knowledge, which takes seconds to load

    if not (arguments.question or arguments.batch):
        return _explained(texts.ASK_NOTHING, 2)
    try:
        batch = asking.read_batch(arguments.batch) if arguments.batch else None
    except asking.BatchError as error:
        return _explained(str(error), 2)
    with _limits(settings.knowledge) as memory, _editions(settings.knowledge, memory) as editions:
        assistant = editions.serving.now().assistant
        if batch is None:
            asyncio.run(asking.answer_one(assistant, arguments.question, as_json=arguments.json))
        else:
            asyncio.run(asking.answer_batch(assistant, batch))
    return 0


def _declare_ask(parser: ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help=texts.ASK_QUESTION)
    parser.add_argument("--json", action="store_true", help=texts.ASK_JSON)
    parser.add_argument("--batch", type=Path, help=texts.ASK_BATCH)


COMMANDS = (SubCommand("ask", texts.ASK, _declare_ask, ask),)


@contextlib.contextmanager
def _editions(settings: KnowledgeSettings, memory: "Memory | None") -> "Iterator[Editions]":
    """Answer from the published edition, built first where there is none of the present documents."""
    from bot.editions import Editions  # noqa: PLC0415 - as above
    from bot.first_edition import ensure_edition  # noqa: PLC0415 - the same
    from knowledge.assistant import Assistant, assistants  # noqa: PLC0415 - the same
    from knowledge.editions import embeddings_of  # noqa: PLC0415 - the same

    ensure_edition(settings)
    answering = assistants(settings, memory.spending) if memory else Assistant
    with contextlib.closing(Editions(settings.data_dir, embeddings_of(settings), answering)) as editions:
        yield editions


def _limits(settings: KnowledgeSettings) -> "AbstractContextManager[Memory | None]":
    """Open the memory for the limits of a model; without one, who asks here leaves nothing to remember."""
    from knowledge.chat_models import chat_model_of  # noqa: PLC0415 - as above

    return _memory(settings) if chat_model_of(settings) else contextlib.nullcontext()


@contextlib.contextmanager
def _memory(settings: KnowledgeSettings) -> "Iterator[Memory | None]":
    """Open what the bot remembers; without it nothing is counted and no model asked, as limits could not hold."""
    from knowledge.memory import Memory  # noqa: PLC0415 - as above

    try:
        memory = Memory.open(settings)
    except MemoryUnavailableError as error:
        _explained(texts.NO_MEMORY.format(reason=error.operator_message), 0)
        yield None
        return
    if memory.moved_aside:
        _explained(texts.DAMAGED_MEMORY.format(path=memory.moved_aside), 0)
    with memory:
        yield memory


def _chat(settings: Settings) -> int:
    from bot.terminal import chat  # noqa: PLC0415 - needs all of knowledge, which takes seconds to load

    sys.stdout.write(f"{texts.HOW_TO_SERVE}\n")
    with _limits(settings.knowledge) as memory, _editions(settings.knowledge, memory) as editions:
        chat(editions)
    return 0


def _serve(settings: Settings) -> int:
    from telegram.error import InvalidToken  # noqa: PLC0415 - Telegram's library takes half a second to load

    from bot.logs import write_logs  # noqa: PLC0415 - the same
    from bot.service import TelegramService  # noqa: PLC0415 - the same
    from knowledge.assistant import Conversation  # noqa: PLC0415 - the same

    token = settings.bot.telegram_bot_token
    write_logs(token.get_secret_value() if token else "")
    with _memory(settings.knowledge) as memory, _editions(settings.knowledge, memory) as editions:
        try:
            service = TelegramService(settings.bot, editions.serving, Conversation, memory=memory, watch=editions.watch)
            asyncio.run(_until_told_to_stop(service.serve))
        except InvalidToken:
            return _explained(texts.REFUSED_BY_TELEGRAM, 2)
    return 0


async def _until_told_to_stop(serve: Callable[[], Coroutine[None, None, None]]) -> None:
    """Serve until Ctrl-C or SIGTERM; a second one does not wait for what was begun."""
    serving = asyncio.create_task(serve())
    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        loop.remove_signal_handler(number)
        serving.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has none; there asyncio.run takes Ctrl-C
            loop.add_signal_handler(number, stop, number)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _explained(sentence: str, exit_code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return exit_code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bot", description=texts.PROGRAM)
    parser.set_defaults(run=start)
    commands = parser.add_subparsers(metavar=texts.COMMAND)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.help, description=command.help)
        command.declare(own)
        own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
