"""Put the Telegram bot together and serve until told to stop."""

import asyncio
import contextlib
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from telegram import Message, Update
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from bot import failures, texts
from bot.addressing import Request, request
from bot.administration.entrance import Administration
from bot.commands import COMMANDS
from bot.conversations import Conversations
from bot.delivery import Place, reply, send
from bot.desk import Desk
from bot.handlers import buttons, question
from bot.layout import messages, paragraph
from bot.patience import PatientSender, is_passing, pause_s
from bot.records import Records
from bot.replies import Replies
from bot.serving import Serving
from bot.settings import BotSettings
from bot.turns import InTurn
from bot.updates import UpdatesRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.editions import Tell
    from knowledge.assistant import Conversation
    from knowledge.memory import Memory

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY)
_POLL_S = 30
"""How long Telegram may hold a request for updates while there are none."""
_LONGEST_STOP_S = 10
_CONNECTS_WITHIN_S = 10
_ANSWERS_WITHIN_S = 20
"""Long, as Telegram is often reached through a slow proxy, and a message that seems lost is sent again."""
_ALBUMS_REMEMBERED = 100

_log = logging.getLogger(__name__)


class TelegramService:
    """The bot on Telegram, by long polling."""

    def __init__(
        self,
        settings: BotSettings,
        serving: Serving,
        start_conversation: "Callable[[], Conversation]",
        *,
        memory: "Memory | None" = None,
        watch: "Callable[[Tell], Coroutine[Any, Any, None]] | None" = None,
    ) -> None:
        """Take what is served, what is remembered, and who watches for another edition until cancelled."""
        self._administration = Administration(settings, serving, memory)
        self._administrators = settings.admin_ids
        self._watch = watch
        self._watching: asyncio.Task[None] | None = None
        self._desk = Desk(
            serving,
            Conversations(start_conversation),
            COMMANDS,
            self._administration.office,
            Replies(),
            Records(memory),
        )
        self._albums: deque[str] = deque(maxlen=_ALBUMS_REMEMBERED)
        self._updates = UpdatesRequest(settings.telegram_proxy)
        self._application = _application(settings, self._updates)
        ordinary = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
        self._application.add_handler(MessageHandler(ordinary, self._on_message))
        self._application.add_handler(CallbackQueryHandler(self._on_press))
        self._application.add_error_handler(failures.tell)

    async def serve(self) -> None:
        """Serve until cancelled, then finish what was begun.

        Raises InvalidToken where Telegram does not accept the token, at the start or later.
        """
        try:
            await _reach(self._application)
            await self._start()
            await self._updates.rejected.wait()
            raise InvalidToken
        finally:
            await self._stop()

    async def _start(self) -> None:
        application = self._application
        await application.start()
        await self._administration.start()
        assert application.updater  # noqa: S101 - it has one unless it was built without
        await application.updater.start_polling(
            timeout=_POLL_S,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_note_polling_error,
        )
        menu = [(command.name, command.description) for command in self._desk.commands]
        application.create_task(application.bot.set_my_commands(menu), name="menu")
        application.create_task(self._administration.show_menus(application.bot, menu), name="administrators' menus")
        if self._watch:
            self._watching = asyncio.create_task(self._watch(self._tell_administrators))
        _log.info(texts.SERVING.format(username=application.bot.username))

    async def _stop(self) -> None:
        """Fetch no more, answer what was fetched, and let go of the connections."""
        application = self._application
        if self._watching:
            self._watching.cancel()
        with contextlib.suppress(TelegramError):
            if application.updater and application.updater.running:
                await application.updater.stop()
        await self._administration.stop()
        await self._desk.replies.cut_short()
        with contextlib.suppress(TimeoutError):
            if application.running:
                await asyncio.wait_for(application.stop(), _LONGEST_STOP_S)
        await asyncio.to_thread(self._desk.records.close)
        await application.shutdown()
        await application.bot.shutdown()

    async def _tell_administrators(self, text: str) -> None:
        """Send a sentence to each administrator who has ever written to the bot."""
        for administrator in self._administrators:
            with contextlib.suppress(TelegramError):
                await send(Place(self._application.bot, administrator), messages([paragraph(text)]))

    async def _on_message(self, update: Update, _: object) -> None:
        message = update.message
        asked = request(message, message.get_bot().bot) if message else None
        if message is None or asked is None or await self._administration.takes(message, asked):
            return
        if self._is_told_of(message, asked):
            return
        if asked.kind == "question":
            await question.handle(message, asked.text, self._desk)
        elif asked.kind == "command":
            await self._on_command(message, asked.text)
        else:
            await reply(message, texts.ONLY_TEXT)

    def _is_told_of(self, message: Message, asked: Request) -> bool:
        """Tell whether a picture belongs to an album of which another was answered: one sentence is enough."""
        album = message.media_group_id
        told = album in self._albums
        if album:
            self._albums.append(album)
        return told and asked.kind == "unreadable"

    async def _on_command(self, message: Message, name: str) -> None:
        command = next((command for command in self._desk.commands if command.name == name), None)
        if command:
            await command.handle(message, self._desk)
        else:
            await reply(message, texts.UNKNOWN_COMMAND)

    async def _on_press(self, update: Update, _: object) -> None:
        press = update.callback_query
        if press and not await self._administration.takes_press(press):
            await buttons.handle(press, self._desk)


AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def _application(settings: BotSettings, updates: UpdatesRequest) -> AnyApplication:
    if settings.telegram_bot_token is None:
        raise ValueError("a Telegram service needs a token")
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .get_updates_request(updates)
        .rate_limiter(PatientSender())
        .concurrent_updates(InTurn())
        .job_queue(None)
        .connect_timeout(_CONNECTS_WITHIN_S)
        .read_timeout(_ANSWERS_WITHIN_S)
        .write_timeout(_ANSWERS_WITHIN_S)
        .pool_timeout(_ANSWERS_WITHIN_S)
    )
    if settings.telegram_proxy:
        builder = builder.proxy(settings.telegram_proxy)
    if root := settings.telegram_api_url:
        builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    return builder.build()


async def _reach(application: AnyApplication) -> None:
    """Greet Telegram, again and again while the network does not let us through."""

    def tell(attempt: RetryCallState) -> None:
        error = attempt.outcome.exception() if attempt.outcome else None
        _log.warning(texts.UNREACHABLE.format(reason=type(error).__name__, seconds=attempt.upcoming_sleep))

    await AsyncRetrying(retry=retry_if_exception(is_passing), wait=pause_s, before_sleep=tell)(application.initialize)


def _note_polling_error(error: TelegramError) -> None:
    """Log why updates cannot be fetched; the library goes on trying, more and more slowly."""
    if isinstance(error, Conflict):
        _log.error(texts.ANOTHER_POLLER)
    else:
        _log.warning("getUpdates: %s", type(error).__name__)
