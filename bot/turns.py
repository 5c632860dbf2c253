"""Take the updates of one chat in turn, and those of different chats side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_MOST_AT_ONCE = 4096
"""So many that one chat that floods the bot does not take all places."""


class InTurn(BaseUpdateProcessor):
    """Handles each chat's updates in the order they came."""

    def __init__(self) -> None:
        super().__init__(_MOST_AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update when those before it in its chat are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
        else:
            async with self._turns.setdefault(chat.id, asyncio.Lock()):
                await coroutine
