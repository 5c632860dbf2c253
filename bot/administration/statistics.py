"""`/thongke`: how much the bot is used and how well it answers, in a few lines and one picture."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from telegram import Message
from telegram.constants import ChatAction

from bot.administration import record_texts as texts
from bot.administration.child_process import child_process
from bot.administration.display import count, day, seconds
from bot.administration.figures import FIGURES, Figures, figures
from bot.administration.office import Office
from bot.administration.remembering import number, with_memory
from bot.delivery import reply

if TYPE_CHECKING:
    from knowledge.memory import Memory

_USUAL_DAYS, _MOST_DAYS = 30, 90
_LASTS_S = 60
"""Mostly two; the first time matplotlib looks at all letters of the machine."""

_log = logging.getLogger(__name__)


@with_memory
async def handle(message: Message, _: Office, memory: "Memory") -> None:
    """Tell and show the use of the last days."""
    days = await asyncio.to_thread(memory.usage.days, number(message, _USUAL_DAYS, _MOST_DAYS))
    use = figures(days)
    if not use.questions:
        await reply(message, texts.NO_USE.format(count=len(days)))
        return
    await message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    told = "\n".join(_told(use))
    picture = await _drawn(use)
    if picture:
        await message.reply_photo(picture, caption=told, do_quote=False)
    else:
        await reply(message, f"{told}\n{texts.NO_PICTURE}")


def _told(use: Figures) -> Iterator[str]:
    """Tell what a picture cannot; fits the 1,024 characters of a caption."""
    first, last = day(use.days[0]), day(use.days[-1])
    yield texts.STATISTICS_TITLE.format(count=len(use.days), first=first, last=last)
    yield texts.USE.format(questions=count(use.questions))
    for counts, line in (
        (use.answered, texts.USE_ANSWERED),
        (use.not_found, texts.USE_NOT_FOUND),
        (use.safety, texts.USE_SAFETY),
    ):
        yield line.format(count=count(sum(counts)), percent=round(100 * sum(counts) / use.questions))
    if use.time:
        yield texts.USE_TIME.format(half=seconds(use.time.half), most=seconds(use.time.most))
    yield texts.USE_ENGINES.format(quotes=count(use.engines.get("quotes", 0)), model=count(use.engines.get("model", 0)))
    if use.calls:
        yield texts.USE_MODEL.format(
            calls=count(use.calls), tokens=count(use.tokens), kept=count(use.kept), dropped=count(use.dropped)
        )
    if use.failures:
        yield texts.USE_FAILURES.format(count=count(use.failures))


async def _drawn(use: Figures) -> bytes | None:
    """Have a picture drawn by a process of its own; None where that fails, for the figures are told anyway."""
    figures_json = FIGURES.dump_json(use).decode()
    png, code = b"", None
    with contextlib.suppress(TimeoutError):
        async with child_process("bot.administration.picture", [figures_json]) as process, asyncio.timeout(_LASTS_S):
            assert process.stdout  # noqa: S101 - it was asked for
            png, code = await process.stdout.read(), await process.wait()
    if code != 0:
        _log.error("the picture was not drawn: exit code %s", code)
        return None
    return png
