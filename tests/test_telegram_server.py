"""The test server keeps Telegram's rules: what they refuse is refused, in its words."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from bot_api import BotApi, Person

pytest_plugins = ("bot_api.fixtures",)


@pytest.fixture
def lan(api: BotApi) -> Person:
    """Return somebody who has written to the bot."""
    return api.person()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """Return a plain HTTP client."""
    with httpx.Client(timeout=5, trust_env=False) as plain:
        yield plain


def _call(api: BotApi, client: httpx.Client, method: str, **given: Any) -> tuple[int, Any]:  # noqa: ANN401
    answer = client.post(f"{api.url}/bot{api.token}/{method}", json=given)
    body = answer.json()
    return answer.status_code, body.get("result", body.get("description"))


BUTTON = {"text": "x", "callback_data": "x"}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"text": ""}, "message text is empty", id="empty"),
        pytest.param({"text": " \n\u200b"}, "message text is empty", id="invisible"),
        pytest.param({"text": "😀" * 2049}, "message is too long", id="4098-units"),
        pytest.param({"text": "x", "chat_id": 1}, "chat not found", id="unknown-chat"),
        pytest.param({"text": "x", "chat_id": "Lan"}, "must be of type Integer", id="chat-of-wrong-type"),
        pytest.param({}, 'parameter "text" is required', id="no-text"),
        pytest.param({"text": "abc", "entities": [("bold", 5, 1)]}, "begins after the end", id="entity-beyond"),
        pytest.param({"text": "abc", "entities": [("bold", 1, 5)]}, "ends after the end", id="entity-too-long"),
        pytest.param({"text": "abc", "entities": [("bold", 1, 0)]}, "incorrect length", id="entity-empty"),
        pytest.param({"text": "abc", "entities": [("bold", -1, 2)]}, "incorrect offset", id="entity-before"),
        pytest.param({"text": "😀", "entities": [("bold", 1, 1)]}, "in a middle of a UTF-16", id="half-a-letter"),
        pytest.param({"text": "abc", "entities": [("loud", 0, 1)]}, "Unsupported type", id="entity-unknown"),
        pytest.param(
            {"text": "abcd", "entities": [("bold", 0, 3), ("italic", 1, 3)]},
            "ends after the end",
            id="overlap",
        ),
        pytest.param(
            {"text": "abcd", "entities": [("blockquote", 0, 4), ("expandable_blockquote", 1, 2)]},
            "can't be nested",
            id="quote-in-a-quote",
        ),
        pytest.param({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities", id="markup"),
        pytest.param({"text": "x", "buttons": [[{**BUTTON, "callback_data": "é" * 33}]]}, "BUTTON_DATA", id="66-bytes"),
        pytest.param({"text": "x", "buttons": [[{**BUTTON, "callback_data": ""}]]}, "BUTTON_DATA", id="0-bytes"),
        pytest.param({"text": "x", "buttons": [[{"text": "x"}]]}, "Text buttons are unallowed", id="no-action"),
        pytest.param({"text": "x", "buttons": [BUTTON]}, "Array of Arrays", id="no-rows"),
        pytest.param({"text": "x", "buttons": [[BUTTON] * 9]}, "REPLY_MARKUP_TOO_LONG", id="nine-in-a-row"),
        pytest.param({"text": "x", "message_thread_id": 4}, "message thread not found", id="no-topic"),
        pytest.param({"text": "x", "reply_parameters": {"message_id": 99}}, "to be replied not found", id="no-reply"),
    ],
)
def test_send_message_refuses(
    api: BotApi, client: httpx.Client, lan: Person, given: dict[str, Any], reason: str
) -> None:
    """A message that breaks a rule is a bad request and is not shown."""
    given = {"chat_id": lan.chat.id, **given}
    if "entities" in given:
        given["entities"] = [{"type": t, "offset": o, "length": n} for t, o, n in given["entities"]]
    if "buttons" in given:
        given["reply_markup"] = {"inline_keyboard": given.pop("buttons")}
    code, description = _call(api, client, "sendMessage", **given)
    assert (code, reason in description) == (400, True), description
    assert lan.unread() == []


@pytest.mark.parametrize("way", ["address", "form", "json", "multipart"])
def test_parameters_come_in_four_ways(api: BotApi, client: httpx.Client, lan: Person, way: str) -> None:
    """Address, form, JSON and multipart say the same."""
    given = {"chat_id": str(lan.chat.id), "text": "đ <b> 😀"}
    url = f"{api.url}/bot{api.token}/sendMessage"
    ways = {
        "address": lambda: client.get(url, params=given),
        "form": lambda: client.post(url, data=given),
        "json": lambda: client.post(url, json=given),
        "multipart": lambda: client.post(url, files={name: (None, value) for name, value in given.items()}),
    }
    assert ways[way]().status_code == 200
    assert lan.hears_one().text == "đ <b> 😀"


def test_white_space_at_the_ends_is_taken_off_with_its_entities(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """As Telegram shows it: text stripped, entities moved and shortened."""
    entities = [{"type": "bold", "offset": 0, "length": 6}]
    _call(api, client, "sendMessage", chat_id=lan.chat.id, text="  abc   ", entities=entities)
    reply = lan.hears_one()
    assert (reply.text, reply.styled("bold")) == ("abc", ["abc"])


def test_edits_must_change_something_that_is_there(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """The same content, a message that is not there, and somebody else's message cannot be edited."""
    _call(api, client, "sendMessage", chat_id=lan.chat.id, text="x")
    sent, theirs = lan.hears_one().id, lan.says("y")["message_id"]
    for message_id, text, reason in (
        (sent, "x", "message is not modified"),
        (999, "y", "message to edit not found"),
        (theirs, "z", "message can't be edited"),
    ):
        code, description = _call(api, client, "editMessageText", chat_id=lan.chat.id, message_id=message_id, text=text)
        assert (code, reason in description) == (400, True)
    assert _call(api, client, "editMessageText", chat_id=lan.chat.id, message_id=sent, text="y")[0] == 200


def test_updates_wait_until_they_are_confirmed(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """Updates come again until a higher offset confirms them; a negative one counts from the end."""
    for text in "abc":
        lan.says(text)
    first = _call(api, client, "getUpdates", limit=2)[1]
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert _call(api, client, "getUpdates", limit=2)[1] == first
    rest = _call(api, client, "getUpdates", offset=first[-1]["update_id"] + 1)[1]
    assert [update["message"]["text"] for update in rest] == ["c"]
    assert _call(api, client, "getUpdates", offset=-1)[1] == rest
    assert _call(api, client, "getUpdates", offset=rest[0]["update_id"] + 1)[1] == []


def test_updates_that_are_not_wanted_are_not_made(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """`allowed_updates` holds for what comes after."""
    _call(api, client, "getUpdates", allowed_updates=json.dumps(["callback_query"]))
    lan.says("a")
    assert _call(api, client, "getUpdates")[1] == []


def test_press_is_answered_once(api: BotApi, client: httpx.Client) -> None:
    """An unknown press cannot be answered, nor can 201 characters be an answer."""
    code, description = _call(api, client, "answerCallbackQuery", callback_query_id="7")
    assert (code, "query ID is invalid" in description) == (400, True)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("/bot110201543:wrong/getMe", 401, id="wrong-token"),
        pytest.param("/botnonsense/getMe", 404, id="malformed-token"),
        pytest.param("/bot{token}/getYou", 404, id="unknown-method"),
        pytest.param("/bot{token}/GETME", 200, id="method-in-capitals"),
        pytest.param("/file/bot{token}/documents/none", 404, id="no-file"),
    ],
)
def test_address_must_be_right(api: BotApi, client: httpx.Client, url: str, code: int) -> None:
    """Token and method are part of the address."""
    assert client.get(api.url + url.format(token=api.token)).status_code == code


def test_files_are_downloaded_by_their_path(api: BotApi, client: httpx.Client) -> None:
    """`getFile` gives a path under `/file/bot<token>/`."""
    api.world.files["f1"] = b"%PDF"
    path = _call(api, client, "getFile", file_id="f1")[1]["file_path"]
    assert client.get(f"{api.url}/file/bot{api.token}/{path}").content == b"%PDF"
    assert _call(api, client, "getFile", file_id="f2")[0] == 400


def test_bot_cannot_begin_a_conversation(api: BotApi, client: httpx.Client) -> None:
    """People must write first."""
    stranger = api.person(started=False)
    assert _call(api, client, "sendMessage", chat_id=stranger.chat.id, text="x")[0] == 403


def test_pace_of_a_chat_is_kept(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """Where it is switched on, a second message within a second is one too many."""
    api.world.seconds_between_messages = 1
    assert _call(api, client, "sendMessage", chat_id=lan.chat.id, text="x")[0] == 200
    answer = client.post(f"{api.url}/bot{api.token}/sendMessage", json={"chat_id": lan.chat.id, "text": "y"})
    assert answer.status_code == 429
    assert answer.json()["parameters"] == {"retry_after": 1}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"draft_id": 0}, "draft_id must be non-zero", id="no-draft-id"),
        pytest.param({"text": "😀" * 2049}, "message is too long", id="4098-units"),
        pytest.param({"chat_id": "group"}, "only to private chats", id="group"),
        pytest.param({"text": "abc", "entities": [{"type": "bold", "offset": 5, "length": 1}]}, "begins", id="entity"),
    ],
)
def test_send_message_draft_refuses(
    api: BotApi, client: httpx.Client, lan: Person, given: dict[str, Any], reason: str
) -> None:
    """Drafts go to private chats, under a number of their own, within the limits of a message."""
    chat_id = api.group().chat.id if given.get("chat_id") == "group" else lan.chat.id
    code, description = _call(
        api, client, "sendMessageDraft", **{"draft_id": 7, "text": "x", **given, "chat_id": chat_id}
    )
    assert code == 400
    assert reason in description


def test_draft_is_no_message(api: BotApi, client: httpx.Client, lan: Person) -> None:
    """A draft is shown and not kept; without text it shows that somebody is thinking."""
    for text in ("đang viết", ""):
        assert _call(api, client, "sendMessageDraft", chat_id=lan.chat.id, draft_id=7, text=text) == (200, True)
    assert lan.chat.drafts == [(7, "đang viết"), (7, "")]
    assert lan.chat.messages == {}
