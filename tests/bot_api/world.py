"""The chats, messages, updates and presses that a server knows; shared by its thread and the tests."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot_api.rules import JsonObject, Refused, bad


@dataclass
class Chat:
    """A private chat or a group, with its messages by id."""

    about: JsonObject
    messages: dict[int, JsonObject] = field(default_factory=dict)
    from_bot: list[JsonObject] = field(default_factory=list)
    """The bot's messages in the order they were sent, as they stand now."""
    started: bool = True
    """Whether the person has written to the bot; a bot may not begin."""
    blocked: bool = False
    topics: set[int] = field(default_factory=set)
    last_sent: float = 0.0
    actions: list[str] = field(default_factory=list)
    drafts: list[tuple[int, str]] = field(default_factory=list)
    """What was shown for a while: the draft's id and its text."""

    @property
    def id(self) -> int:
        """The chat's id; negative for groups."""
        return int(self.about["id"])


@dataclass
class Press:
    """A press on a button, which waits for the bot's answer."""

    chat: Chat
    answer: JsonObject | None = None
    """What the bot answered; None until it has."""


@dataclass
class Call:
    """One request of the bot."""

    method: str
    parameters: JsonObject
    at: float
    code: int = 200
    description: str = ""


class World:
    """Everything that happened, guarded by one condition that is told of every change."""

    def __init__(self, token: str, username: str) -> None:
        self.token = token
        self.bot: JsonObject = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Hỏi đáp",
            "username": username,
        }
        self.changed = threading.Condition()
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.updates: list[tuple[int, object]] = []
        self.calls: list[Call] = []
        self.menu: list[JsonObject] = []
        self.menus: dict[int, list[JsonObject]] = {}
        """The menus of single chats."""
        self.allowed_updates: set[str] | None = None
        self.webhook = ""
        self.seconds_between_messages = 0.0
        self.files: dict[str, bytes] = {}
        self.on_update: Callable[[], None] = lambda: None
        self._update_ids = itertools.count(700_001)
        self._message_ids = itertools.count(1)
        self._ids = itertools.count(5_000_001)

    def new_id(self) -> int:
        """Return a number that nothing else has."""
        return next(self._ids)

    def chat(self, chat_id: int) -> Chat:
        """Return a chat; refused where there is none."""
        try:
            return self.chats[chat_id]
        except KeyError:
            raise bad("chat not found") from None

    def add_message(self, chat: Chat, sender: JsonObject | None, **content: Any) -> JsonObject:  # noqa: ANN401
        """Put a message into a chat and return it."""
        message = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": chat.about,
            **content,
        }
        if sender is not None:
            message["from"] = sender
        chat.messages[message["message_id"]] = message
        return message

    def add_update(self, kind: str, content: JsonObject) -> None:
        """Queue an update, unless the bot asked not to get its kind."""
        with self.changed:
            if self.allowed_updates is None or kind in self.allowed_updates:
                number = next(self._update_ids)
                self.updates.append((number, {"update_id": number, kind: content}))
        self.on_update()

    def add_raw_update(self, update: object) -> None:
        """Queue something that only resembles an update; `{id}` in the place of an id is the next one."""
        with self.changed:
            number = next(self._update_ids)
            if isinstance(update, dict) and update.get("update_id") == "{id}":
                update = {**update, "update_id": number}
            self.updates.append((number, update))
        self.on_update()

    def check_pace(self, chat: Chat) -> None:
        """Refuse a message that comes too soon after the last one in its chat."""
        pause = self.seconds_between_messages
        wait = chat.last_sent + pause - time.monotonic()
        if pause and wait > 0:
            seconds = max(1, round(wait))
            raise Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        chat.last_sent = time.monotonic()

    def wait(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until something is so; AssertionError that names it where it does not come to be."""
        with self.changed:
            if not self.changed.wait_for(ready, seconds):
                calls = [(call.method, call.code, call.description) for call in self.calls[-12:]]
                raise AssertionError(f"waited {seconds} s for {what}; the last calls: {calls}")
