"""The methods of the Bot API that this server knows; any other does not exist."""

from collections.abc import Callable
from typing import Any

from bot_api import rules
from bot_api.rules import JsonObject, Refused, array, bad, boolean, integer, json_object, string
from bot_api.world import Chat, World

_SENDING = {
    "business_connection_id": string,
    "message_thread_id": integer,
    "parse_mode": string,
    "entities": array,
    "link_preview_options": json_object,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": json_object,
    "reply_markup": json_object,
}


def get_me(world: World, _: JsonObject) -> object:
    """https://core.telegram.org/bots/api#getme."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot, **abilities}


def send_message(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#sendmessage."""
    asked = rules.read(given, {"chat_id": integer, "text": string}, _SENDING)
    chat = _writable(world, asked["chat_id"])
    text, entities = _text(asked)
    markup = _markup(asked)
    _check_topic(chat, asked)
    answered = _answered(chat, asked)
    world.check_pace(chat)
    topic = asked.get("message_thread_id")
    message = world.add_message(
        chat,
        world.bot,
        text=text,
        **({"entities": entities} if entities else {}),
        **({"reply_markup": markup} if markup else {}),
        **({"reply_to_message": answered} if answered else {}),
        **({"message_thread_id": topic, "is_topic_message": True} if topic else {}),
    )
    chat.from_bot.append(message)
    return message


def send_photo(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#sendphoto."""
    optional = {**_SENDING, "caption": string, "caption_entities": array}
    asked = rules.read(given, {"chat_id": integer, "photo": rules.photo}, optional)
    chat = _writable(world, asked["chat_id"])
    if asked.get("parse_mode"):
        raise bad("can't parse entities: this server reads no markup; send entities")
    caption, entities = rules.cleaned_text(
        asked.get("caption", ""), asked.get("caption_entities", []), rules.MOST_CAPTION_UNITS
    )
    content, (width, height) = asked["photo"]
    number = f"photo{world.new_id()}"
    world.files[number] = content
    world.check_pace(chat)
    size = {
        "file_id": number,
        "file_unique_id": f"u{number}",
        "file_size": len(content),
        "width": width,
        "height": height,
    }
    message = world.add_message(chat, world.bot, photo=[size], caption=caption, caption_entities=entities)
    chat.from_bot.append(message)
    return message


def send_message_draft(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#sendmessagedraft."""
    optional = {"text": string, "message_thread_id": integer, "parse_mode": string, "entities": array}
    asked = rules.read(given, {"chat_id": integer, "draft_id": integer}, optional)
    chat = _writable(world, asked["chat_id"])
    if chat.about["type"] != "private":
        raise bad("drafts can be sent only to private chats")
    if asked["draft_id"] == 0:
        raise bad("draft_id must be non-zero")
    _check_topic(chat, asked)
    text = _text(asked)[0] if asked.get("text") else ""
    chat.drafts.append((asked["draft_id"], text))
    return True


def edit_message_text(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#editmessagetext."""
    asked = rules.read(given, {"text": string, "chat_id": integer, "message_id": integer}, _SENDING)
    chat = _writable(world, asked["chat_id"])
    message = _editable(world, chat, asked["message_id"])
    text, entities = _text(asked)
    return _changed(message, text=text, entities=entities, reply_markup=_markup(asked))


def edit_message_reply_markup(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    asked = rules.read(given, {"chat_id": integer, "message_id": integer}, {"reply_markup": json_object})
    chat = _writable(world, asked["chat_id"])
    message = _editable(world, chat, asked["message_id"])
    return _changed(message, text=message["text"], entities=message.get("entities", []), reply_markup=_markup(asked))


def delete_message(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#deletemessage."""
    asked = rules.read(given, {"chat_id": integer, "message_id": integer}, {})
    chat = world.chat(asked["chat_id"])
    if asked["message_id"] not in chat.messages:
        raise bad("message to delete not found")
    del chat.messages[asked["message_id"]]
    return True


def send_chat_action(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#sendchataction."""
    asked = rules.read(given, {"chat_id": integer, "action": string}, {"message_thread_id": integer})
    chat = _writable(world, asked["chat_id"])
    if asked["action"] not in rules.CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    _check_topic(chat, asked)
    chat.actions.append(asked["action"])
    return True


def answer_callback_query(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#answercallbackquery."""
    optional = {"text": string, "show_alert": boolean, "url": string, "cache_time": integer}
    asked = rules.read(given, {"callback_query_id": string}, optional)
    press = world.presses.get(asked["callback_query_id"])
    if press is None or press.answer is not None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(asked.get("text", "")) > rules.MOST_ALERT_CHARACTERS:
        raise bad("MESSAGE_TOO_LONG")
    press.answer = asked
    return True


def set_my_commands(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#setmycommands."""
    asked = rules.read(given, {"commands": array}, {"scope": json_object, "language_code": string})
    rules.check_commands(asked["commands"])
    chat = _scope(world, asked)
    if chat is None:
        world.menu = asked["commands"]
    else:
        world.menus[chat] = asked["commands"]
    return True


def get_my_commands(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#getmycommands."""
    asked = rules.read(given, {}, {"scope": json_object})
    chat = _scope(world, asked)
    return world.menu if chat is None else world.menus.get(chat, [])


def _scope(world: World, asked: JsonObject) -> int | None:
    """Return the chat for which commands hold, None for all; https://core.telegram.org/bots/api#botcommandscope."""
    scope = asked.get("scope") or {"type": "default"}
    if scope.get("type") == "default":
        return None
    if scope.get("type") != "chat":
        raise bad("this server knows the scopes default and chat")
    return _reachable(world, integer(scope.get("chat_id"))).id


def get_chat(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#getchat."""
    asked = rules.read(given, {"chat_id": integer}, {})
    chat = _reachable(world, asked["chat_id"])
    return {**chat.about, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def _reachable(world: World, chat_id: int) -> Chat:
    """Return a chat that the bot has met."""
    chat = world.chat(chat_id)
    if not chat.started:
        raise bad("chat not found")
    return chat


def delete_webhook(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#deletewebhook."""
    asked = rules.read(given, {}, {"drop_pending_updates": boolean})
    world.webhook = ""
    if asked.get("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: JsonObject) -> object:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    pending = len(world.updates)
    return {"url": world.webhook, "has_custom_certificate": False, "pending_update_count": pending}


def get_file(world: World, given: JsonObject) -> object:
    """https://core.telegram.org/bots/api#getfile."""
    asked = rules.read(given, {"file_id": string}, {})
    content = world.files.get(asked["file_id"])
    if content is None:
        raise bad("invalid file_id")
    if len(content) > rules.MOST_FILE_BYTES:
        raise bad("file is too big")
    file_id = asked["file_id"]
    unique = f"u{file_id}"
    return {
        "file_id": file_id,
        "file_unique_id": unique,
        "file_size": len(content),
        "file_path": f"documents/{file_id}",
    }


Method = Callable[[World, JsonObject], Any]
METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendmessagedraft": send_message_draft,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "getfile": get_file,
    "getchat": get_chat,
}
"""By name in small letters, as method names are case-insensitive; `getUpdates` stands in the server."""


def _writable(world: World, chat_id: int) -> Chat:
    chat = world.chat(chat_id)
    if chat.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    if not chat.started:
        raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def _text(asked: JsonObject) -> tuple[str, list[JsonObject]]:
    if asked.get("parse_mode"):
        raise bad("can't parse entities: this server reads no markup; send entities")
    return rules.cleaned_text(asked["text"], asked.get("entities", []))


def _markup(asked: JsonObject) -> JsonObject | None:
    markup: JsonObject | None = asked.get("reply_markup")
    if markup is not None:
        rules.check_inline_keyboard(markup)
    return markup


def _check_topic(chat: Chat, asked: JsonObject) -> None:
    topic = asked.get("message_thread_id")
    if topic is not None and topic not in chat.topics:
        raise bad("message thread not found")


def _answered(chat: Chat, asked: JsonObject) -> JsonObject | None:
    reply = asked.get("reply_parameters")
    if reply is None:
        return None
    answered = chat.messages.get(integer(reply.get("message_id")))
    if answered is None and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return answered and {name: value for name, value in answered.items() if name != "reply_to_message"}


def _editable(world: World, chat: Chat, message_id: int) -> JsonObject:
    message = chat.messages.get(message_id)
    if message is None:
        raise bad("message to edit not found")
    if message.get("from") != world.bot:
        raise bad("message can't be edited")
    return message


def _changed(message: JsonObject, *, text: str, entities: list[JsonObject], reply_markup: JsonObject | None) -> object:
    before = (message["text"], message.get("entities") or [], message.get("reply_markup"))
    if before == (text, entities, reply_markup):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    message.update(text=text, edit_date=message["date"])
    for name, value in (("entities", entities), ("reply_markup", reply_markup)):
        message.pop(name, None)
        if value:
            message[name] = value
    return message
