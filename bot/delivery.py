"""Bring messages to a chat: styled by entities, in order, as one reply, with "typing…" before them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

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
from telegram.ext import ExtBot

from bot.layout import Message, messages, paragraph
from bot.patience import Worth

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


async def send(
    place: Place, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None
) -> list[TelegramMessage]:
    """Send parts one after the other and return what was sent; the first is the reply, the last has the buttons."""
    return [
        await place.bot.send_message(
            place.chat_id,
            part.text,
            entities=_entities(part),
            message_thread_id=place.thread_id,
            reply_parameters=_answering(place.answers if number == 1 else None),
            reply_markup=keyboard if number == len(parts) else None,
            link_preview_options=_NO_PREVIEW,
        )
        for number, part in enumerate(parts, 1)
    ]


async def show_instead(
    message: MaybeInaccessibleMessage, parts: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None
) -> list[int]:
    """Put the first part in a message's place and the others after it; send all where it cannot be edited.

    Returns the numbers of the messages in which the parts now stand.
    """
    first, *others = parts
    if await _edited(message, first, None if others else keyboard):
        sent = await send(place_of_press(message), others, keyboard)
        return [message.message_id, *(one.message_id for one in sent)]
    return [one.message_id for one in await send(place_of_press(message), parts, keyboard)]


async def acknowledge(press: CallbackQuery, warning: str = "") -> None:
    """Answer a press, so that the button stops spinning; a press that is too old needs no answer any more."""
    try:
        await press.answer(warning or None, show_alert=bool(warning) or None)
    except BadRequest as error:
        if not _says(error, "query is too old", "query id is invalid"):
            raise


async def draft(place: Place, draft_id: int, part: Message) -> None:
    """Show a draft in a private chat: it is gone after half a minute, or when a message comes.

    https://core.telegram.org/bots/api#sendmessagedraft; raises TelegramError at once where it cannot be shown.
    """
    await place.bot.send_message_draft(place.chat_id, draft_id, part.text, place.thread_id, entities=_entities(part))


async def post_once(place: Place, part: Message) -> TelegramMessage:
    """Send a message that is not worth waiting for; raises TelegramError at once where it cannot be sent."""
    return await _impatient(place.bot).send_message(
        place.chat_id,
        part.text,
        entities=_entities(part),
        message_thread_id=place.thread_id,
        reply_parameters=_answering(place.answers),
        link_preview_options=_NO_PREVIEW,
        rate_limit_args="once",
    )


async def edit_once(message: TelegramMessage, part: Message) -> None:
    """Edit a message; raises TelegramError at once where it cannot be edited."""
    await _impatient(message.get_bot()).edit_message_text(
        part.text,
        message.chat_id,
        message.message_id,
        entities=_entities(part),
        link_preview_options=_NO_PREVIEW,
        rate_limit_args="once",
    )


async def remove(message: TelegramMessage) -> None:
    """Take a message of the bot away; where that fails, it stays."""
    with contextlib.suppress(TelegramError):
        await message.delete()


def _impatient(bot: Bot) -> ExtBot[Worth]:
    """Return the bot as what it is: one whose calls `bot.patience` makes."""
    return cast("ExtBot[Worth]", bot)


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
