"""One message that edits itself while work goes on, and in the end becomes what came of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from telegram import InlineKeyboardMarkup
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, TelegramError

from bot.administration import texts
from bot.administration.results import Step
from bot.delivery import Place, edit_once, send, show_instead
from bot.layout import Message, messages, paragraph

_BETWEEN_EDITS_S = 2.0
"""Telegram takes about one change a second in a chat, and the answers in it need room, too."""


class LiveMessage:
    """A message whose text changes; `live_message` sends one."""

    def __init__(self, message: TelegramMessage, title: str) -> None:
        self._message = message
        self._title = title
        self._wanted = self._shown = title
        self._news = asyncio.Event()
        self._editing = asyncio.Lock()

    def tell(self, step: Step) -> None:
        """Show soon how far the work is; of what comes in quick succession only the last is shown."""
        name = texts.STEP_OF.format(step=step.step, done=step.done, whole=step.whole) if step.whole else step.step
        self._wanted = texts.AT_WORK.format(title=self._title, step=name)
        self._news.set()

    async def end(self, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None) -> list[int]:
        """Show what came of the work, and return the numbers of the messages in which it stands."""
        async with self._editing:
            self._wanted = self._shown
            return await show_instead(self._message, parts, keyboard)

    async def say(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Show a sentence in the end."""
        await self.end(messages([paragraph(text)]), keyboard)

    async def take_buttons_from(self, message_id: int) -> None:
        """Take the buttons from an earlier message of the chat, which leads nowhere any more."""
        with contextlib.suppress(BadRequest):
            await self._message.get_bot().edit_message_reply_markup(self._message.chat_id, message_id)

    async def follow(self) -> None:
        """Edit the message whenever there is something new, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            async with self._editing:
                await self._show()
            await asyncio.sleep(_BETWEEN_EDITS_S)

    async def _show(self) -> None:
        if self._wanted != self._shown:
            self._shown = self._wanted
            with contextlib.suppress(TelegramError):  # the work goes on without being watched
                await edit_once(self._message, messages([paragraph(self._shown)])[0])


@contextlib.asynccontextmanager
async def live_message(place: Place, title: str) -> AsyncIterator[LiveMessage]:
    """Send a message that follows the work inside."""
    (sent,) = await send(place, messages([paragraph(title)]))
    live = LiveMessage(sent, title)
    following = asyncio.create_task(live.follow())
    try:
        yield live
    finally:
        following.cancel()
