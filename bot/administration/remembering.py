"""Give administrators' commands the memory, and say plainly where it cannot be used."""

import logging
from typing import TYPE_CHECKING

from telegram import Message

from bot.administration import record_texts as texts
from bot.administration.office import Handler, Office
from bot.delivery import reply
from knowledge.errors import MemoryUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from knowledge.memory import Memory

_log = logging.getLogger(__name__)


def with_memory(handle: "Callable[[Message, Office, Memory], Awaitable[None]]") -> Handler:
    """Return a handler that serves where there is a memory, and tells the administrator where there is none."""

    async def handle_or_tell(message: Message, office: Office) -> None:
        if office.memory is None:
            await reply(message, texts.NO_MEMORY)
            return
        try:
            await handle(message, office, office.memory)
        except MemoryUnavailableError:
            _log.exception("chat %s: the memory cannot be used", message.chat_id)
            await reply(message, texts.NO_MEMORY)

    return handle_or_tell


def argument(message: Message) -> str:
    """Return what stands after a command."""
    _, _, given = (message.text or "").strip().partition(" ")
    return given.strip()


def number(message: Message, usual: int, most: int) -> int:
    """Return the number after a command, from 1 to `most`; the usual one where there is none."""
    given = argument(message)
    return min(max(int(given), 1), most) if given.isdecimal() else usual
