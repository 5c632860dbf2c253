"""Do what takes long beside everything else: one file is read at a time, one edition is built at a time.

Each work shows itself in one message. Whatever happens to it, that message says so in a sentence.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot import texts as everyday_texts
from bot.administration import texts
from bot.administration.ingest_process import IngestFailedError
from bot.administration.live_message import LiveMessage, live_message
from bot.delivery import Place

_LONGEST_STOP_S = 8.0

_log = logging.getLogger(__name__)
Work = Callable[[LiveMessage], Awaitable[None]]


class Works:
    """The works under way."""

    def __init__(self) -> None:
        self.reading = asyncio.Lock()
        """Held while a file is read; others wait."""
        self.publishing = asyncio.Lock()
        """Held while an edition is built; others are told to come back."""
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, place: Place, title: str, work: Work) -> None:
        """Send a message with a title and begin a work that shows itself there."""
        task = asyncio.create_task(_shown(place, title, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all works; their messages say so, unless Telegram is away for too long."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LONGEST_STOP_S)


async def _shown(place: Place, title: str, work: Work) -> None:
    async with live_message(place, title) as live:
        try:
            await work(live)
        except IngestFailedError as error:
            await live.say(str(error))
        except asyncio.CancelledError:
            with contextlib.suppress(TelegramError):
                await live.say(texts.WORK_STOPPED)
            raise
        except Exception:  # noqa: BLE001 - whatever it is, somebody waits for a word
            _log.exception("an administrator's work failed")
            await live.say(everyday_texts.FAILED)
