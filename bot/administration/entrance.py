"""Let administrators' messages and presses in, and tell all others plainly that they may not."""

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import Bot, BotCommandScopeChat, CallbackQuery, Message
from telegram.error import TelegramError

from bot.addressing import Request
from bot.administration import adding, previews, texts, uploads
from bot.administration.albums import Albums
from bot.administration.commands import COMMANDS
from bot.administration.drafts import Drafts
from bot.administration.incoming import Incoming
from bot.administration.offers import Offers, is_offered
from bot.administration.office import Handler, Office
from bot.administration.permission import may_press, refusal
from bot.administration.works import Works
from bot.delivery import acknowledge, reply
from bot.serving import Serving
from bot.settings import BotSettings

if TYPE_CHECKING:
    from knowledge.memory import Memory

_log = logging.getLogger(__name__)


class Administration:
    """Everything that only administrators may do."""

    def __init__(self, settings: BotSettings, serving: Serving, memory: "Memory | None" = None) -> None:
        incoming = Incoming(settings.data_dir)
        self.office = Office(
            administrators=frozenset(settings.admin_ids),
            data_dir=settings.data_dir,
            serving=serving,
            memory=memory,
            incoming=incoming,
            drafts=Drafts(incoming),
            albums=Albums(),
            offers=Offers(),
            works=Works(),
        )
        self._handlers: dict[str, Handler] = {command.name: command.handle for command in COMMANDS}

    async def start(self) -> None:
        """Remove the files that an earlier run has left."""
        await asyncio.to_thread(self.office.incoming.clear)

    async def show_menus(self, bot: Bot, menu: Sequence[tuple[str, str]]) -> None:
        """Give each administrator a menu with everybody's commands and their own."""
        whole = [*menu, *((command.name, command.description) for command in COMMANDS)]
        for administrator in self.office.administrators:
            try:
                await bot.set_my_commands(whole, scope=BotCommandScopeChat(administrator))
            except TelegramError as error:  # somebody who has never written to the bot
                _log.info("administrator %s gets no menu: %s", administrator, error.message)

    async def stop(self) -> None:
        """End what is under way; the messages that show it say so."""
        await self.office.works.stop()

    async def takes(self, message: Message, asked: Request) -> bool:
        """Serve a message that is meant for administration; tell whether it was."""
        handler = self._handler(message, asked)
        if handler is None:
            return False
        if reason := refusal(message, self.office.administrators):
            await reply(message, texts.REFUSALS[reason])
        else:
            await handler(message, self.office)
        return True

    async def takes_press(self, press: CallbackQuery) -> bool:
        """Serve a press on an administrator's button; tell whether it was one."""
        if not is_offered(press.data or ""):
            return False
        if not may_press(press, self.office.administrators):
            await acknowledge(press, texts.BUTTON_OF_STRANGER)
        elif pressed := self.office.offers.pressed(press):
            await acknowledge(press, await pressed.offer.act(pressed))
        else:
            await acknowledge(press, texts.BUTTON_CLOSED)
        return True

    def _handler(self, message: Message, asked: Request) -> Handler | None:
        """Return what serves a message; None where it is no matter of administrators.

        A command is theirs whoever types it; a file or a correction only where an administrator sends it, as others
        who send files get the sentence that everybody gets.
        """
        if asked.kind == "command":
            return self._handlers.get(asked.text)
        if refusal(message, self.office.administrators) in {"stranger", "elsewhere"}:
            return None
        if uploads.is_file(message):
            return uploads.handle
        if adding.is_answered(message):
            return adding.answer
        return previews.correct if previews.corrected(message, self.office) else None
