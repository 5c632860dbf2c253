"""Show how far an answer is while a model writes it: as a draft, or in one message that becomes the answer.

What is shown are names of steps and statements that are verified already. It is never worth a delay: it is sent
seldom, once, and outside the line of the chat; where it cannot be sent, "typing…" has to do.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from telegram import InlineKeyboardMarkup
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.error import RetryAfter, TelegramError

from bot.delivery import Place, draft, edit_once, place_of, post_once, remove, send, show_instead
from bot.layout import Message
from bot.patience import is_passing
from bot.render import progress_message

if TYPE_CHECKING:
    from knowledge.writing.writer import Progress

_DRAFT_PAUSE_S = 1.0
_EDIT_PAUSE_S = 3.0
"""Longer, as an edit counts as a message, of which a chat takes about one a second: the answer must find its own."""
_WAITS_S = 1.0
"""How long an answer waits for progress that is on its way, so that it does not come after."""


class ProgressBoard:
    """The progress of one answer in its chat; a context manager, inside which the answer is made."""

    def __init__(self, question: TelegramMessage) -> None:
        self._place: Place = place_of(question)
        self._draft_id = question.message_id
        private = question.chat.type == ChatType.PRIVATE
        self._way: Callable[[Message], Coroutine[Any, Any, None]] | None = self._draft if private else self._post
        self._latest: Message | None = None
        self._sending: asyncio.Task[None] | None = None
        self._posted: TelegramMessage | None = None
        self._over = False

    def tell(self, progress: "Progress") -> None:
        """Show this soon, unless the answer or something newer comes first; may be called from any thread."""
        self._latest = progress_message(progress)

    async def __aenter__(self) -> Self:
        """Begin to show what is told."""
        self._showing = asyncio.create_task(self._keep_showing())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Show no more; where no answer was made, take away what was shown."""
        self._showing.cancel()
        if self._sending:
            await asyncio.wait({self._sending}, timeout=_WAITS_S)
        self._over = True
        if kind and self._posted:
            await remove(self._posted)

    async def give_way(self, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None) -> None:
        """Send the answer, in the place of the progress where that stands in a message."""
        if self._posted:
            await show_instead(self._posted, parts, keyboard)
        else:
            await send(self._place, parts, keyboard)

    async def _keep_showing(self) -> None:
        shown = None
        while self._way:
            await asyncio.sleep(_DRAFT_PAUSE_S if self._posted is None else _EDIT_PAUSE_S)
            if (latest := self._latest) and latest != shown:
                shown = latest
                self._sending = asyncio.create_task(self._way(latest))
                await asyncio.wait({self._sending})  # unlike an await, this does not break it off at the end

    async def _draft(self, part: Message) -> None:
        try:
            await draft(self._place, self._draft_id, part)
        except TelegramError as error:
            if not is_passing(error):  # the server or the client has no drafts
                self._way = self._post
                await self._post(part)

    async def _post(self, part: Message) -> None:
        try:
            self._posted = await post_once(self._place, part)
            self._way = self._edit
        except RetryAfter:
            return
        except TelegramError:
            self._way = None  # it may have arrived all the same: better none than a second one
        if self._over and self._posted:  # the answer did not wait
            await remove(self._posted)

    async def _edit(self, part: Message) -> None:
        if self._posted:
            with contextlib.suppress(TelegramError):
                await edit_once(self._posted, part)
