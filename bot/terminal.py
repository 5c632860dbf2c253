"""Chat in the terminal, on the very same answering code as Telegram."""

import sys
from asyncio import Runner
from typing import TextIO

from bot import texts
from bot.editions import Editions
from bot.render import as_text
from knowledge.assistant import Conversation


def chat(editions: Editions, typed: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """Answer line by line until the input ends, or the person types /thoat.

    All answers share one event loop, which stands still while the person types, so that Ctrl-C ends the chat.
    """
    print(texts.TERMINAL_WELCOME, file=out)
    conversation = Conversation()
    with Runner() as runner:
        while (line := _next_line(typed, out)) is not None:
            if line:
                print(f"\n{runner.run(_answered(editions, line, conversation))}\n", file=out)
    print(texts.TERMINAL_GOODBYE, file=out)


def _next_line(typed: TextIO, out: TextIO) -> str | None:
    """Return what is typed next, which may be nothing; None at the end."""
    print(texts.TERMINAL_PROMPT, end="", file=out, flush=True)
    line = typed.readline()
    return None if not line or line.strip() in texts.TERMINAL_LEAVE else line.strip()


async def _answered(editions: Editions, question: str, conversation: Conversation) -> str:
    """Answer from the edition that is published now."""
    editions.look()
    with editions.serving.lease() as served:
        reply = await served.assistant.reply(question, conversation)
    return "\n\n".join([*editions.news(), as_text(reply.answer)])
