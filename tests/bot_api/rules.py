"""What Telegram accepts: texts, entities, keyboards, commands. Everything else is refused in its words."""

import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp.web import FileField
from PIL import Image, UnidentifiedImageError

JsonObject = dict[str, Any]

MOST_TEXT_UNITS = 4096
MOST_ENTITIES = 100
MOST_BUTTONS = 100
MOST_BUTTONS_IN_A_ROW = 8
MOST_CALLBACK_BYTES = 64
MOST_ALERT_CHARACTERS = 200
MOST_FILE_BYTES = 20_000_000
MOST_CAPTION_UNITS = 1024
MOST_PHOTO_BYTES = 10_000_000
MOST_PHOTO_SIDES = 10_000
"""Width and height of a photo together."""
"""A bot can download no more."""
BLOCKQUOTES = {"blockquote", "expandable_blockquote"}
UNMIXED = {"code", "pre"}
FOUND_BY_TELEGRAM = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
ENTITY_TYPES = {
    *BLOCKQUOTES,
    *UNMIXED,
    *FOUND_BY_TELEGRAM,
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
NEEDED_BY_ENTITY = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
BUTTON_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
UPDATE_TYPES = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}


class Refused(Exception):  # noqa: N818 - it is an answer of the server, not a fault of it
    """An answer that is not `ok`."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refused:
    """Return the refusal of a request that breaks a rule."""
    return Refused(400, f"Bad Request: {description}")


def integer(value: object) -> int:
    """Read an Integer, which may come as text."""
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+", str(value)):
        raise bad(f"parameter must be of type Integer, not {value!r}")
    return int(str(value))


def boolean(value: object) -> bool:
    """Read a Boolean, which may come as text."""
    if str(value).lower() not in {"true", "false"}:
        raise bad(f"parameter must be of type Boolean, not {value!r}")
    return str(value).lower() == "true"


def string(value: object) -> str:
    """Read a String."""
    if not isinstance(value, str):
        raise bad(f"parameter must be of type String, not {value!r}")
    return value


def photo(value: object) -> tuple[bytes, tuple[int, int]]:
    """Read a photo that is uploaded: its content, width and height (https://core.telegram.org/bots/api#sendphoto)."""
    if not isinstance(value, FileField):
        raise bad("this server takes photos that are uploaded")
    content = value.file.read()
    try:
        width, height = Image.open(io.BytesIO(content)).size
    except UnidentifiedImageError:
        raise bad("IMAGE_PROCESS_FAILED") from None
    if len(content) > MOST_PHOTO_BYTES:
        raise bad("file is too big")
    if width + height > MOST_PHOTO_SIDES or not 1 / 20 <= width / height <= 20:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return content, (width, height)


def array(value: object) -> list[Any]:
    """Read an Array, which comes as JSON."""
    read = _json(value)
    if not isinstance(read, list):
        raise bad("parameter must be of type Array")
    return read


def json_object(value: object) -> JsonObject:
    """Read an object, which comes as JSON."""
    read = _json(value)
    if not isinstance(read, dict):
        raise bad("object expected")
    return read


def _json(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise bad("can't parse JSON") from error


Reader = Callable[[Any], Any]


def read(given: Mapping[str, object], required: Mapping[str, Reader], optional: Mapping[str, Reader]) -> JsonObject:
    """Read the parameters of a method; those it does not know are ignored, as Telegram does."""
    for name in required:
        if name not in given:
            raise bad(f'parameter "{name}" is required')
    known = {**required, **optional}
    return {name: known[name](value) for name, value in given.items() if name in known}


def units(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cleaned_text(
    text: str, entities: Sequence[JsonObject], most_units: int = MOST_TEXT_UNITS
) -> tuple[str, list[JsonObject]]:
    """Return a text and its entities as they are shown, white space at the ends taken off."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise bad("strings must be encoded in UTF-8")
    for entity in entities:
        check_entity(entity, text)
    check_nesting(entities)
    before = units(text) - units(text.lstrip())
    shown = text.strip()
    if not any(unicodedata.category(letter) not in {"Cf", "Cc", "Zs"} for letter in shown):
        raise bad("message text is empty")
    if units(shown) > most_units:
        raise bad("message is too long")
    return shown, [moved for entity in entities if (moved := _moved(entity, before, units(shown)))]


def _moved(entity: JsonObject, before: int, length: int) -> JsonObject | None:
    start = max(entity["offset"] - before, 0)
    end = min(entity["offset"] + entity["length"] - before, length)
    return {**entity, "offset": start, "length": end - start} if end > start else None


def check_entity(entity: object, text: str) -> None:
    """Refuse an entity that is none, or does not lie in the text, or cuts a letter in two."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad("can't parse MessageEntity: can't find field \"type\"")
    for name in ("offset", "length"):
        if not isinstance(entity.get(name), int) or isinstance(entity[name], bool):
            raise bad(f'can\'t parse MessageEntity: field "{name}" must be of type Number')
    if entity["type"] not in ENTITY_TYPES:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    needed = NEEDED_BY_ENTITY.get(entity["type"])
    if needed and needed not in entity:
        raise bad(f"can't parse MessageEntity: can't find field \"{needed}\"")
    _check_place(entity["offset"], entity["length"], text)


def _check_place(offset: int, length: int, text: str) -> None:
    if offset < 0:
        raise bad("receive an entity with incorrect offset")
    if length <= 0:
        raise bad("receive an entity with incorrect length")
    if offset >= units(text):
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    end = offset + length
    if end > units(text):
        raise _ends_after(offset, end)
    encoded = text.encode("utf-16-le")
    for place in (offset, end):
        if 0xDC00 <= int.from_bytes(encoded[place * 2 : place * 2 + 2], "little") <= 0xDFFF:
            raise bad(f"entity at UTF-16 offset {offset} begins or ends in a middle of a UTF-16 symbol")


def _ends_after(offset: int, end: int) -> Refused:
    where = f"entity beginning at UTF-16 offset {offset}"
    return bad(f"{where} ends after the end of the text at UTF-16 offset {end}")


def check_nesting(entities: Sequence[JsonObject]) -> None:
    """Refuse entities that overlap without one holding the other, and those that may not be nested."""
    if len(entities) > MOST_ENTITIES:
        raise bad(f"more than {MOST_ENTITIES} entities; Telegram would drop the rest")
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    for place, outer in enumerate(ordered):
        for inner in ordered[place + 1 :]:
            if inner["offset"] < outer["offset"] + outer["length"]:
                _check_pair(outer, inner)


def _check_pair(outer: JsonObject, inner: JsonObject) -> None:
    end = inner["offset"] + inner["length"]
    if end > outer["offset"] + outer["length"]:
        offset = inner["offset"]
        raise _ends_after(offset, end)
    if {outer["type"], inner["type"]} <= BLOCKQUOTES:
        raise bad("blockquote entities can't be nested")
    if {outer["type"], inner["type"]} & UNMIXED:
        raise bad("pre and code entities can't contain other entities")


def check_inline_keyboard(markup: JsonObject) -> None:
    """Refuse a keyboard under a message that Telegram would refuse."""
    if "inline_keyboard" not in markup:
        raise bad("this server takes no reply keyboards")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_BUTTONS_IN_A_ROW for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        if not row:
            raise bad("can't parse inline keyboard: a row is empty")
        for button in row:
            _check_button(button)


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: Text can't be empty")
    actions = BUTTON_ACTIONS & set(button)
    if len(actions) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data", "x")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MOST_CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def check_commands(commands: Sequence[object]) -> None:
    """Refuse a menu that Telegram would refuse."""
    if len(commands) > MOST_BUTTONS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command"))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
