"""What every handler gets, and the shape of a command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Message

from bot.administration.office import Office
from bot.conversations import Conversations
from bot.records import Records
from bot.replies import Replies
from bot.serving import Serving


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people's requests are taken: the documents, the conversations, the commands, the office."""

    serving: Serving
    conversations: Conversations
    commands: "tuple[Command, ...]"
    office: Office
    replies: Replies
    """The answers that are being made."""
    records: Records
    """Where they are written down."""


Handler = Callable[[Message, Desk], Awaitable[None]]
"""Serves one message; what it raises is logged and told to the person in one sentence."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command; the menu and `/help` are made from these."""

    name: str
    description: str
    handle: Handler
