"""Bring messages to a chat: styled by entities, in order, as one reply, with "typing…" before them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    MessageEntity,
    ReplyParameters,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError

from bot.layout import Message, messages, paragraph

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TYPING_LASTS_S = 4.5
"""Telegram shows "typing…" for five seconds (https://core.telegram.org/bots/api#sendchataction)."""
_TYPING_WAITS_S = 1.0
"""How long a finished answer waits for a "typing…" that is under way, so that it does not come after."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to send: a chat, a topic in it, and the message that is answered."""

    bot: Bot
    chat_id: int
    thread_id: int | None = None
    answers: int | None = None


def place_of(message: TelegramMessage) -> Place:
    """Return where to answer a message; in a group the answer points at the question."""
    thread_id = message.message_thread_id if message.is_topic_message else None
    answers = None if message.chat.type == ChatType.PRIVATE else message.message_id
    return Place(message.get_bot(), message.chat_id, thread_id, answers)


def place_of_press(message: MaybeInaccessibleMessage) -> Place:
    """Return where to show what a button opens; of a very old message Telegram tells only the chat."""
    if isinstance(message, TelegramMessage):
        return replace(place_of(message), answers=None)
    return Place(message.get_bot(), message.chat.id)


async def reply(message: TelegramMessage, text: str) -> None:
    """Answer a message with a plain text."""
    await send(place_of(message), messages([paragraph(text)]))


async def send(place: Place, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Send parts one after the other; the first is the reply, the last has the buttons."""
    for number, part in enumerate(parts, 1):
        await place.bot.send_message(
            place.chat_id,
            part.text,
            entities=_entities(part),
            message_thread_id=place.thread_id,
            reply_parameters=_answering(place.answers if number == 1 else None),
            reply_markup=keyboard if number == len(parts) else None,
            link_preview_options=_NO_PREVIEW,
        )


async def show_instead(
    message: MaybeInaccessibleMessage, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None
) -> None:
    """Put the first part in a message's place and the others after it; send all where it cannot be edited."""
    first, *others = parts
    if await _edited(message, first, None if others else keyboard):
        await send(place_of_press(message), others, keyboard)
    else:
        await send(place_of_press(message), parts, keyboard)


async def acknowledge(press: CallbackQuery, warning: str = "") -> None:
    """Answer a press, so that the button stops spinning; a press that is too old needs no answer any more."""
    try:
        await press.answer(warning or None, show_alert=bool(warning) or None)
    except BadRequest as error:
        if not _says(error, "query is too old", "query id is invalid"):
            raise


@contextlib.asynccontextmanager
async def typing(place: Place) -> AsyncIterator[None]:
    """Show "typing…" as long as the work inside takes."""
    shown = asyncio.Event()
    task = asyncio.create_task(_keep_typing(place, shown))
    try:
        yield
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(shown.wait(), _TYPING_WAITS_S)
    finally:
        task.cancel()


async def _keep_typing(place: Place, shown: asyncio.Event) -> None:
    while True:
        with contextlib.suppress(TelegramError):  # an answer without "typing…" is still an answer
            await place.bot.send_chat_action(place.chat_id, ChatAction.TYPING, place.thread_id)
        shown.set()
        await asyncio.sleep(_TYPING_LASTS_S)


async def _edited(message: MaybeInaccessibleMessage, part: Message, keyboard: InlineKeyboardMarkup | None) -> bool:
    """Edit a message and tell whether it could be; a second press on the same button changes nothing."""
    try:
        await message.get_bot().edit_message_text(
            part.text,
            message.chat.id,
            message.message_id,
            entities=_entities(part),
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if _says(error, "message to edit not found", "message can't be edited"):
            return False
        if not _says(error, "message is not modified"):
            raise
    return True


def _says(error: BadRequest, *reasons: str) -> bool:
    return any(reason in error.message.lower() for reason in reasons)


def _entities(part: Message) -> list[MessageEntity] | None:
    return [MessageEntity(span.style, span.offset, span.length) for span in part.spans] or None


def _answering(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None
