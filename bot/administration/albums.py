"""Gather the photos that come as one album: Telegram brings each as a message of its own."""

import asyncio

from telegram import Message

_QUIET_S = 1.5
"""An album is whole when nothing more of it comes for so long."""


class Albums:
    """The albums that are coming in."""

    def __init__(self) -> None:
        self._coming: dict[tuple[int, str], list[Message]] = {}

    def joins(self, message: Message) -> bool:
        """Put a message to the others of its album; tell whether there was one before it."""
        others = self._coming.setdefault(_key(message), [])
        others.append(message)
        return len(others) > 1

    async def whole(self, first: Message) -> list[Message]:
        """Return all messages of an album in their order, when no more come."""
        gathered = self._coming[_key(first)]
        count = 0
        while count < len(gathered):
            count = len(gathered)
            await asyncio.sleep(_QUIET_S)
        del self._coming[_key(first)]
        return sorted(gathered, key=lambda message: message.message_id)


def _key(message: Message) -> tuple[int, str]:
    return message.chat_id, message.media_group_id or f"alone {message.message_id}"
