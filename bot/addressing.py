"""Tell whether a message is meant for the bot, and what it asks: a command, a question, or nothing readable.

In a private chat everything is; in a group only a command with the bot's name, a mention, or a reply to the
bot. Commands and mentions are read from the text itself, whose form is fixed, so they need no entities.
"""

import re
from dataclasses import dataclass
from typing import Literal

from telegram import Chat, Message, MessageEntity, User
from telegram.constants import ChatID

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s|$)")
_BY_NAME: list[str | None] = [MessageEntity.TEXT_MENTION]
"""How a client marks a user that is mentioned by name."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person wants of the bot."""

    kind: Literal["command", "question", "unreadable"]
    text: str = ""
    """The name of the command, or the question without the bot's name; empty where nothing was asked."""


def request(message: Message, bot: User) -> Request | None:
    """Return what a message asks of the bot; None where it is not meant for it."""
    if not _from_a_person(message):
        return None
    private = message.chat.type == Chat.PRIVATE
    text, mentioned = _without_mention(message, bot)
    addressed = private or mentioned or _replies_to(message, bot)
    if found := _COMMAND.match(text):
        return _command(found, bot, addressed=addressed)
    if addressed and (text or message.text):
        return Request("question", text)
    return Request("unreadable") if private or mentioned else None


def conversation_key(message: Message) -> tuple[int, int]:
    """Return what tells conversations apart: the chat, and in it the person."""
    sender = message.from_user or message.sender_chat or message.chat
    return message.chat_id, sender.id


def _from_a_person(message: Message) -> bool:
    """Tell people from bots and channels; an anonymous administrator is one, behind a bot of Telegram's."""
    sender = message.from_user
    if sender is None or message.is_automatic_forward or message.chat.type == Chat.CHANNEL:
        return False
    return not sender.is_bot or sender.id == ChatID.ANONYMOUS_ADMIN


def _command(found: re.Match[str], bot: User, *, addressed: bool) -> Request | None:
    """Return a command that names this bot, or names none in a message that is meant for it."""
    named = found["bot"]
    if (named and named.lower() == (bot.username or "").lower()) or (not named and addressed):
        return Request("command", found["name"].lower())
    return None


def _replies_to(message: Message, bot: User) -> bool:
    answered = message.reply_to_message
    return bool(answered and answered.from_user and answered.from_user.id == bot.id)


def _without_mention(message: Message, bot: User) -> tuple[str, bool]:
    """Return the text without the bot's name, and whether the name stood in it."""
    text = message.text or message.caption or ""
    entities = message.parse_entities if message.text else message.parse_caption_entities
    by_name = entities(_BY_NAME).items() if text else ()
    named = [words for entity, words in by_name if entity.user and entity.user.id == bot.id]
    names = "|".join([rf"(?<![\w/@])@{re.escape(bot.username or '')}(?!\w)", *map(re.escape, named)])
    without, count = re.subn(rf"[ \t]*(?:{names})[ \t]*", " ", text, flags=re.IGNORECASE)
    return without.strip(), count > 0
