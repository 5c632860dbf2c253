"""People who write to the bot, press its buttons and read what it says, in tests written as a story."""

import re
import time
from typing import Any

from bot_api.rules import JsonObject, units
from bot_api.world import Chat, Press, World

PATIENCE_S = 8.0


class Reply:
    """A message of the bot, as it stands now."""

    def __init__(self, message: JsonObject) -> None:
        self.message = message

    @property
    def text(self) -> str:
        """Its text, or what stands under its picture."""
        return str(self.message["caption"] if "photo" in self.message else self.message["text"])

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return int(self.message["message_id"])

    @property
    def buttons(self) -> list[str]:
        """The names of its buttons, row after row."""
        return [button["text"] for button in self._buttons()]

    @property
    def answers(self) -> JsonObject | None:
        """The message that it points at."""
        return self.message.get("reply_to_message")

    def styled(self, style: str) -> list[str]:
        """Return the parts of its text in one style."""
        encoded = self.text.encode("utf-16-le")
        return [
            encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
            for entity in self.message.get("entities", [])
            if entity["type"] == style
        ]

    def data_of(self, name: str) -> str:
        """Return what the first button whose name holds `name` sends."""
        for button in self._buttons():
            if name in button["text"]:
                return str(button["callback_data"])
        raise AssertionError(f"no button {name!r} among {self.buttons}")

    def _buttons(self) -> list[JsonObject]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


class _Reader:
    """Reads the bot's messages in a chat, each once."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat
        self._read = 0

    def hears(self, count: int = 1, seconds: float = PATIENCE_S) -> list[Reply]:
        """Wait for the next messages of the bot."""
        until = self._read + count
        self.world.wait(lambda: len(self.chat.from_bot) >= until, seconds, f"{count} messages to {self.chat.id}")
        replies = [Reply(message) for message in self.chat.from_bot[self._read : until]]
        self._read = until
        return replies

    def hears_one(self, seconds: float = PATIENCE_S) -> Reply:
        """Wait for the next message of the bot."""
        return self.hears(1, seconds)[0]

    def hears_until_buttons(self) -> list[Reply]:
        """Read an answer in several messages, up to the one with buttons."""
        parts = self.hears()
        while not parts[-1].buttons:
            parts += self.hears()
        return parts

    def unread(self) -> list[str]:
        """Return what the bot has said and nobody has read."""
        return [message["text"] for message in self.chat.from_bot[self._read :]]

    def press(self, presser: JsonObject, reply: Reply, name: str = "", data: str | None = None) -> Press:
        """Press a button under a message, and wait until the bot has answered the press."""
        press = Press(self.chat)
        query_id = str(self.world.new_id())
        with self.world.changed:
            self.world.presses[query_id] = press
        query = {
            "id": query_id,
            "from": presser,
            "message": reply.message,
            "chat_instance": str(self.chat.id),
            "data": data or reply.data_of(name),
        }
        self.world.add_update("callback_query", query)
        self.world.wait(lambda: press.answer is not None, PATIENCE_S, "an answer to a press")
        return press


class Person(_Reader):
    """Somebody in a private chat with the bot."""

    def __init__(self, world: World, name: str, *, started: bool = True) -> None:
        number = world.new_id()
        self.user: JsonObject = {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}
        chat = Chat({"id": number, "type": "private", "first_name": name}, started=started)
        world.chats[number] = chat
        super().__init__(world, chat)

    def turns(self, reply: Reply, name: str) -> None:
        """Press a button that puts something else in the message's place, and wait until it is there."""
        before = reply.text, reply.buttons
        self.presses(reply, name)
        self.world.wait(lambda: (reply.text, reply.buttons) != before, PATIENCE_S, "an edited message")

    def says(self, text: str, **more: Any) -> JsonObject:  # noqa: ANN401 - fields of a message, as in the Bot API
        """Write a message."""
        return self.sends(text=text, **_entities(text), **more)

    def sends(self, **content: Any) -> JsonObject:  # noqa: ANN401 - the same
        """Send anything: a photo, a sticker, a service message."""
        self.chat.started = True
        message = self.world.add_message(self.chat, self.user, **content)
        self.world.add_update("message", message)
        return message

    def uploads(self, name: str, content: bytes, mime_type: str = "", **more: Any) -> JsonObject:  # noqa: ANN401 - the same
        """Send a file; `more` may hold a caption, an album, or a size that differs."""
        file = {**self._file(content), "file_name": name, **({"mime_type": mime_type} if mime_type else {})}
        return self.sends(document=file, **more)

    def photographs(self, content: bytes, **more: Any) -> JsonObject:  # noqa: ANN401 - the same
        """Send a picture as a photo, which comes in two sizes."""
        small = {**self._file(content[:100]), "width": 90, "height": 128}
        return self.sends(photo=[small, {**self._file(content), "width": 900, "height": 1280}], **more)

    def _file(self, content: bytes) -> JsonObject:
        """Let the server keep a file, and return how messages name it."""
        number = f"file{self.world.new_id()}"
        self.world.files[number] = content
        return {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(content)}

    def asks(self, text: str) -> Reply:
        """Write a message and read the one that comes back."""
        self.says(text)
        return self.hears_one()

    def presses(self, reply: Reply, name: str) -> Press:
        """Press the first button whose name holds `name`."""
        return self.press(self.user, reply, name)


class Group(_Reader):
    """A group in which people and the bot write."""

    def __init__(self, world: World, title: str, topic: int | None = None) -> None:
        number = -100_000_000_000 - world.new_id()
        about = {"id": number, "type": "supergroup", "title": title, **({"is_forum": True} if topic else {})}
        chat = Chat(about, topics={topic} if topic else set())
        world.chats[number] = chat
        super().__init__(world, chat)
        self.topic = topic

    def says(
        self,
        who: Person | JsonObject,
        text: str,
        *,
        to: JsonObject | None = None,
        **more: Any,  # noqa: ANN401
    ) -> JsonObject:
        """Let somebody write a message, as an answer to another one where `to` is given."""
        return self.sends(who, text=text, **_entities(text), **({"reply_to_message": to} if to else {}), **more)

    def sends(self, who: Person | JsonObject, **content: Any) -> JsonObject:  # noqa: ANN401 - as in the Bot API
        """Let somebody send anything."""
        sender = who.user if isinstance(who, Person) else who
        topic = {"message_thread_id": self.topic, "is_topic_message": True} if self.topic else {}
        message = self.world.add_message(self.chat, sender, **{**topic, **content})
        self.world.add_update("message", message)
        return message


def a_while(seconds: float) -> None:
    """Let time pass; for tests that show that nothing happens."""
    time.sleep(seconds)


def _entities(text: str) -> JsonObject:
    """Return the entities that Telegram's clients find by themselves: commands and mentions."""
    found = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
        for kind, pattern in (("bot_command", r"(?<![\w/])/\w+(?:@\w+)?"), ("mention", r"(?<![\w/])@\w+"))
        for match in re.finditer(pattern, text)
    ]
    return {"entities": sorted(found, key=lambda entity: entity["offset"])} if found else {}
