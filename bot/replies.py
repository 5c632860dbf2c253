"""Await the answers that are being made, and cut short those of a model when the bot is told to stop.

A model may take half a minute. Whoever waits for it then gets an answer made of quotes instead of none.
"""

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from knowledge.assistant import Reply

_GRACE_S = 2.0
"""How long an answer that is being made at the stop may still take."""


class Replies:
    """The answers that are being made now."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Reply]] = set()
        self._stopping = False

    async def of(self, replying: "Coroutine[Any, Any, Reply]") -> "Reply | None":
        """Await an answer; None where the bot is told to stop before it is there."""
        task = asyncio.create_task(replying)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        if self._stopping:
            task.cancel()
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            raise
        return None if task.cancelled() else task.result()

    async def cut_short(self) -> None:
        """Give those under way a moment, then cancel them; those that come later are cancelled at once."""
        self._stopping = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_GRACE_S)
            for task in late:
                task.cancel()
