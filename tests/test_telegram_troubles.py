"""The bot when things go wrong while it serves: limits, broken connections, malformed updates, crowds."""

import threading
import time
from typing import Any

import pytest
from bot_api import BotApi
from bot_api.rules import Refused
from sample_assistant import SENTENCES, SampleAssistant

from bot import texts

pytest_plugins = ("bot_api.fixtures",)
pytestmark = [
    pytest.mark.usefixtures("bot"),
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

TOO_MANY = Refused(429, "Too Many Requests: retry after 1", {"retry_after": 1})
BAD_GATEWAY = Refused(502, "Bad Gateway")


def test_two_messages_a_second_are_too_many_and_none_is_lost(api: BotApi) -> None:
    """Where a chat takes one message a second, a long answer arrives whole and in order."""
    api.world.seconds_between_messages = 1
    lan = api.person()
    lan.says("DÀI thế nào?")
    text = " ".join(" ".join(part.text for part in lan.hears_until_buttons()).split())
    assert text.count("Câu thứ") == SENTENCES
    assert 429 in {call.code for call in api.calls("sendMessage")}


def test_chat_that_must_wait_delays_no_other(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one chat waits as long and often as Telegram asks, others are answered; then it gets its answer."""
    monkeypatch.setattr("bot.patience._MOST_ATTEMPTS", 1)
    api.fails("sendMessage", TOO_MANY)
    api.fails("sendMessage", TOO_MANY, after=1)
    lan, minh = api.person("Lan"), api.person("Minh")
    started = time.monotonic()
    lan.says("THƯ viện?")
    api.world.wait(lambda: bool(api.calls("sendMessage")), 5, "the first attempt")
    minh.asks("THƯ viện?")
    assert lan.unread() == []
    lan.hears_one()
    assert time.monotonic() - started > 2


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction", "answerCallbackQuery"])
def test_bad_gateway_is_tried_again(api: BotApi, method: str) -> None:
    """A server that is away for a moment costs no answer."""
    api.fails(method, BAD_GATEWAY, times=2)
    lan = api.person()
    answer = lan.asks("THƯ viện?")
    assert answer.text.startswith("Về THƯ")
    lan.presses(answer, "[1]")
    assert lan.hears_one().text.startswith("Kế hoạch")
    assert lan.unread() == []


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param(BAD_GATEWAY, "getUpdates: NetworkError", id="bad-gateway"),
        pytest.param(TOO_MANY, "", id="too-many-requests"),
        pytest.param(Refused(409, "Conflict: other getUpdates request"), texts.ANOTHER_POLLER, id="another-poller"),
        pytest.param(Refused(200, "a page of a proxy"), "getUpdates: NetworkError", id="not-a-list"),
    ],
)
def test_polling_goes_on_after_trouble(
    api: BotApi, caplog: pytest.LogCaptureFixture, trouble: Refused, told: str
) -> None:
    """Whatever comes instead of updates, they are asked for again, and the operator is told."""
    api.fails("getUpdates", trouble)
    lan = api.person()
    lan.asks("THƯ viện?")  # ends the request that is waiting already
    assert lan.asks("HÈ?").text.startswith("Về HÈ")
    assert trouble.code in {call.code for call in api.calls("getUpdates") if call.description}
    assert told in caplog.text


def test_answer_whose_confirmation_is_lost_is_sent_again(api: BotApi) -> None:
    """Where nobody knows whether a message arrived, it is sent twice rather than never."""
    api.loses_answer("sendMessage")
    lan = api.person()
    lan.says("THƯ viện?")
    first, second = lan.hears(2)
    assert first.text == second.text


MESSAGE = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": 9, "type": "private"},
    "from": {"id": 9, "is_bot": False, "first_name": "X"},
    "text": "x",
}
MALFORMED = {
    "date-of-wrong-type": {"update_id": "{id}", "message": {**MESSAGE, "date": "hôm qua"}},
    "entities-of-wrong-type": {"update_id": "{id}", "message": {**MESSAGE, "entities": 5}},
    "message-of-wrong-type": {"update_id": "{id}", "message": "x"},
    "message-is-a-list": {"update_id": "{id}", "message": [1]},
    "no-update-id": {"message": MESSAGE},
    "update-id-of-wrong-type": {"update_id": "x", "message": MESSAGE},
    "no-chat": {"update_id": "{id}", "message": {"message_id": 1, "date": 1}},
    "chat-of-wrong-type": {"update_id": "{id}", "message": {**MESSAGE, "chat": 9}},
    "text-of-wrong-type": {"update_id": "{id}", "message": {**MESSAGE, "text": 5}},
    "sender-of-wrong-type": {"update_id": "{id}", "message": {**MESSAGE, "from": "X"}},
    "entity-beyond-the-text": {
        "update_id": "{id}",
        "message": {**MESSAGE, "entities": [{"type": "text_mention", "offset": 90, "length": -4, "user": 3}]},
    },
    "press-without-message": {
        "update_id": "{id}",
        "callback_query": {"id": "1", "from": MESSAGE["from"], "chat_instance": "1", "data": "x"},
    },
    "unknown-kind": {"update_id": "{id}", "telepathy": {}},
    "empty": {},
    "no-object": 5,
    "null": None,
}


@pytest.mark.parametrize("update", [pytest.param(update, id=name) for name, update in MALFORMED.items()])
def test_malformed_update_stops_nobody(api: BotApi, update: Any) -> None:  # noqa: ANN401
    """An update that cannot be read is skipped; those before and after it are answered, each once."""
    lan = api.person()
    lan.says("THƯ viện?")
    api.world.add_raw_update(update)
    lan.says("HÈ?")
    assert [reply.text[:7] for reply in lan.hears(2)] == ["Về THƯ,", "Về HÈ, "]
    api.world.add_raw_update(update)
    api.wait_until_confirmed()
    assert lan.asks("vừa hỏi gì?").text == "THƯ viện? | HÈ? | vừa hỏi gì?"


def test_person_who_blocked_the_bot_is_let_be(api: BotApi) -> None:
    """No second attempt, no error, and the others are answered."""
    lan = api.person("Lan")
    lan.chat.blocked = True
    lan.says("THƯ viện?")
    assert api.person("Minh").asks("THƯ viện?").text.startswith("Về THƯ")
    api.world.wait(lambda: bool(api.calls("sendMessage")), 5, "an attempt")
    assert [call.code for call in api.calls("sendMessage") if call.parameters["chat_id"] == str(lan.chat.id)] == [403]


def test_chats_are_answered_side_by_side_and_each_in_order(api: BotApi, sample: SampleAssistant) -> None:
    """A slow answer holds up the next one of its chat and nobody else; the event loop does no answering."""
    release = threading.Event()
    sample.before_answer = lambda question: _wait(release) if "chậm" in question else None
    lan, minh = api.person("Lan"), api.person("Minh")
    lan.says("THƯ chậm")
    lan.says("HÈ")
    assert minh.asks("THƯ").text.startswith("Về THƯ")
    assert lan.unread() == []
    release.set()
    assert [reply.text[:6] for reply in lan.hears(2)] == ["Về THƯ", "Về HÈ,"]
    assert all(name.startswith("asyncio_") for name in sample.threads)


def test_typing_is_shown_again_while_an_answer_takes_long(
    api: BotApi, sample: SampleAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram shows "typing…" for five seconds, so it is repeated before that."""
    monkeypatch.setattr("bot.delivery._TYPING_LASTS_S", 0.1)
    sample.before_answer = lambda _: time.sleep(0.45)
    lan = api.person()
    lan.asks("THƯ")
    assert len(lan.chat.actions) >= 3


def test_crowd_is_answered_each_once(api: BotApi) -> None:
    """Forty people asking at once get forty answers."""
    people = [api.person(f"Người {number}") for number in range(40)]
    for person in people:
        person.says("THƯ viện?")
    for person in people:
        assert person.hears_one().text.startswith("Về THƯ")
        assert person.unread() == []


def _wait(release: threading.Event) -> None:
    assert release.wait(5)
