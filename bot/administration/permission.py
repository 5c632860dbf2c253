"""Tell whether a message or a press truly comes from an administrator, now, and in private.

Only Telegram's number of a person counts, never a name, and only for what this person has written or pressed:
not for what was forwarded, sent through a bot or on behalf of a chat, scheduled, edited, or left waiting for long.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Literal

from telegram import CallbackQuery, Chat, Message

Refusal = Literal["stranger", "elsewhere", "second_hand", "late"]

_LATE = timedelta(minutes=30)
"""What waited longer, as while the bot was off, may no longer be what the administrator wants."""
_SECOND_HAND = (
    "forward_origin",
    "is_automatic_forward",
    "via_bot",
    "sender_business_bot",
    "business_connection_id",
    "guest_query_id",
    "is_from_offline",
    "edit_date",
)
"""Marks of a message that its sender did not write here and now (https://core.telegram.org/bots/api#message)."""
_FORWARDED_BEFORE_2024 = ("forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
"""Marks that a Bot API server before 7.0 sends in place of `forward_origin`."""


def refusal(message: Message, administrators: Collection[int]) -> Refusal | None:
    """Return why a message is no order of an administrator; None where it is one."""
    sender = message.from_user
    if sender is None or sender.is_bot or message.sender_chat or sender.id not in administrators:
        return "stranger"
    if message.chat.type != Chat.PRIVATE or message.chat_id != sender.id:
        return "elsewhere"
    if _is_second_hand(message):
        return "second_hand"
    return "late" if datetime.now(UTC) - message.date > _LATE else None


def may_press(press: CallbackQuery, administrators: Collection[int]) -> bool:
    """Tell whether an administrator pressed a button in the private chat with the bot."""
    person, message = press.from_user, press.message
    if message is None or person.is_bot or person.id not in administrators:
        return False
    return message.chat.type == Chat.PRIVATE and message.chat.id == person.id


def _is_second_hand(message: Message) -> bool:
    older = any(name in message.api_kwargs for name in _FORWARDED_BEFORE_2024)
    return older or any(getattr(message, name) for name in _SECOND_HAND)
