"""Only administrators give orders: by their own fresh message or press, in private; others get one plain sentence."""

import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bot_api import BotApi, Person
from bot_api.people import Reply
from bot_api.rules import JsonObject
from bot_api.running import RunningBot
from clerks import PLAN, becomes, snapshot

from bot import texts as everyday_texts
from bot.administration import texts
from bot.administration.commands import COMMANDS
from bot.commands import COMMANDS as EVERYBODYS

pytest_plugins = ("bot_api.fixtures",)

UPDATES = int(os.environ.get("PRIVILEGED_UPDATES", "150"))
"""How many privileged updates from others are tried."""
DAY_S = 24 * 3600
_STEP = 11
"""From one order to the next."""
GROUP_ANONYMOUS_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Bot", "username": "OtherBot"}
CHANNEL = {"id": -1001234567890, "type": "channel", "title": "Kênh"}


@pytest.fixture
def served(api: BotApi, hoa: Person, minh: Person, tmp_path: Path) -> Iterator[Path]:
    """Run the bot with two administrators; return its folder."""
    administrators = (hoa.chat.id, minh.chat.id)
    with RunningBot(api, administrators=administrators, data_dir=tmp_path):
        yield tmp_path


def _previewed(clerk: Person) -> Reply:
    """Send a file and return its preview."""
    clerk.uploads("ke-hoach.txt", PLAN.encode())
    return becomes(clerk, clerk.hears_one(), texts.NOT_YET_PUBLISHED)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("command", [pytest.param(command.name, id=command.name) for command in COMMANDS])
def test_others_who_type_a_command_get_one_sentence(api: BotApi, command: str) -> None:
    """In private and in a group alike."""
    assert api.person().asks(f"/{command}").text == texts.REFUSALS["stranger"]
    group = api.group()
    group.says(api.person("Lan"), f"/{command}@HoiDap28TestBot")
    assert group.hears_one().text == texts.REFUSALS["stranger"]


@pytest.mark.usefixtures("served")
def test_menus_and_help_show_the_commands_to_administrators_alone(api: BotApi, hoa: Person) -> None:
    """The menu for all has none of them, the menus of the administrators' chats have all; so has `/help`."""
    api.world.wait(lambda: hoa.chat.id in api.world.menus and bool(api.world.menu), 5, "menus")
    everybodys = [command.name for command in EVERYBODYS]
    own = [command.name for command in COMMANDS]
    assert [command["command"] for command in api.world.menu] == everybodys
    assert [command["command"] for command in api.world.menus[hoa.chat.id]] == everybodys + own
    hoa.says("/help")
    _, more = hoa.hears(2)
    assert all(f"/{command.name} – {command.description}" in more.text for command in COMMANDS)
    lan = api.person()
    assert not any(f"/{name} " in lan.asks("/help").text for name in own)
    assert lan.asks("/phienban").text.startswith("Gồm ")
    assert lan.unread() == []


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        pytest.param({"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}}, "second_hand"),
        pytest.param({"forward_date": 1, "forward_sender_name": "x"}, "second_hand", id="forwarded by an old server"),
        pytest.param({"via_bot": OTHER_BOT}, "second_hand"),
        pytest.param({"is_from_offline": True}, "second_hand"),
        pytest.param({"edit_date": 2}, "second_hand"),
        pytest.param({"date": int(time.time()) - DAY_S}, "late"),
    ],
)
def test_administrator_is_told_why_a_message_is_no_order(hoa: Person, more: JsonObject, reason: str) -> None:
    """What was forwarded, sent by a bot, scheduled, edited, or left over from yesterday is not carried out."""
    for order in ({"text": "/capnhat"}, {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}):
        hoa.sends(**order, **more)
        assert hoa.hears_one().text == texts.REFUSALS[reason]


@pytest.mark.usefixtures("served")
def test_administrator_in_a_group_is_sent_to_the_private_chat(api: BotApi, hoa: Person) -> None:
    """Orders in a group are not carried out, whoever gives them."""
    group = api.group()
    group.says(hoa, "/kho@HoiDap28TestBot")
    assert group.hears_one().text == texts.REFUSALS["elsewhere"]


@pytest.mark.usefixtures("served")
def test_files_of_others_get_the_sentence_that_everybody_gets(api: BotApi) -> None:
    """A stranger's file is not even downloaded."""
    lan = api.person()
    lan.uploads("ke-hoach.txt", PLAN.encode())
    assert lan.hears_one().text == everyday_texts.ONLY_TEXT
    assert api.calls("getFile") == []


def test_buttons_lead_nowhere_after_a_restart(api: BotApi, hoa: Person, tmp_path: Path) -> None:
    """The new run says plainly what to do, and has removed the file that waited."""
    with RunningBot(api, administrators=(hoa.chat.id,), data_dir=tmp_path):
        preview = _previewed(hoa)
        assert snapshot(tmp_path / "incoming")
    with RunningBot(api, administrators=(hoa.chat.id,), data_dir=tmp_path):
        press = hoa.presses(preview, texts.PUBLISH)
        assert press.answer is not None
        assert press.answer["text"] == texts.BUTTON_CLOSED
        assert not snapshot(tmp_path)


class _Others:
    """Everybody who would like to give orders, and how they try."""

    def __init__(self, api: BotApi, administrator: Person, other: Person, preview: Reply, dropped: Reply) -> None:
        self.api = api
        self.world = api.world
        self.administrator = administrator
        self.other = other
        self.preview = preview
        self.dropped = dropped
        self.stranger = api.person("Người lạ")
        self.group = api.group()
        self.ways: tuple[Callable[[JsonObject], None], ...] = (
            self.writes_it,
            self.forwards_it,
            self.lets_the_administrator_forward_it,
            self.sends_it_through_a_bot,
            self.posts_it_in_a_channel,
            self.posts_it_in_a_linked_channel,
            self.writes_as_anonymous_administrator,
            self.writes_as_a_channel,
            self.writes_in_a_group,
            self.lets_the_administrator_write_in_a_group,
            self.edits_it,
            self.writes_as_a_bot,
            self.writes_for_a_business,
            self.schedules_it,
            self.writes_it_yesterday,
            self.presses,
            self.presses_as_another_administrator,
            self.presses_in_a_group,
            self.presses_inline,
            self.replays_a_press,
        )

    def writes_it(self, order: JsonObject) -> None:
        self.stranger.sends(**order)

    def forwards_it(self, order: JsonObject) -> None:
        origin = {"type": "user", "sender_user": self.administrator.user, "date": int(time.time())}
        self.stranger.sends(**order, forward_origin=origin)

    def lets_the_administrator_forward_it(self, order: JsonObject) -> None:
        origin = {"type": "user", "sender_user": self.stranger.user, "date": int(time.time())}
        self.administrator.sends(**order, forward_origin=origin)

    def sends_it_through_a_bot(self, order: JsonObject) -> None:
        self.administrator.sends(**order, via_bot=OTHER_BOT)

    def posts_it_in_a_channel(self, order: JsonObject) -> None:
        self._raw("channel_post", {**self._message(order, CHANNEL), "sender_chat": CHANNEL})

    def posts_it_in_a_linked_channel(self, order: JsonObject) -> None:
        telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        more = {"sender_chat": CHANNEL, "is_automatic_forward": True}
        self._raw("message", {**self._message(order, self.group.chat.about), "from": telegram, **more})

    def writes_as_anonymous_administrator(self, order: JsonObject) -> None:
        self.group.sends(GROUP_ANONYMOUS_BOT, **order, sender_chat=self.group.chat.about)

    def writes_as_a_channel(self, order: JsonObject) -> None:
        self.administrator.sends(**order, sender_chat=CHANNEL)

    def writes_in_a_group(self, order: JsonObject) -> None:
        self.group.sends(self.stranger, **order)

    def lets_the_administrator_write_in_a_group(self, order: JsonObject) -> None:
        self.group.sends(self.administrator, **order)

    def edits_it(self, order: JsonObject) -> None:
        edited = {**self._message(order, self.administrator.chat.about), "from": self.administrator.user}
        self._raw("edited_message", {**edited, "edit_date": int(time.time())})

    def writes_as_a_bot(self, order: JsonObject) -> None:
        sender = {**self.administrator.user, "is_bot": True}
        self._raw("message", {**self._message(order, self.administrator.chat.about), "from": sender})

    def writes_for_a_business(self, order: JsonObject) -> None:
        self.administrator.sends(**order, business_connection_id="b", sender_business_bot=OTHER_BOT)

    def schedules_it(self, order: JsonObject) -> None:
        self.administrator.sends(**order, is_from_offline=True)

    def writes_it_yesterday(self, order: JsonObject) -> None:
        self.administrator.sends(**order, date=int(time.time()) - DAY_S)

    def presses(self, _: JsonObject) -> None:
        self._press(self.stranger.user, self.preview, self.preview.message)

    def presses_as_another_administrator(self, _: JsonObject) -> None:
        self._press(self.other.user, self.preview, {**self.preview.message, "chat": self.other.chat.about})

    def presses_in_a_group(self, _: JsonObject) -> None:
        self._press(self.administrator.user, self.preview, {**self.preview.message, "chat": self.group.chat.about})

    def presses_inline(self, _: JsonObject) -> None:
        data = self.preview.data_of(texts.PUBLISH)
        query = {"id": "1", "from": self.administrator.user, "chat_instance": "1", "data": data}
        self._raw("callback_query", {**query, "inline_message_id": "x"})

    def replays_a_press(self, _: JsonObject) -> None:
        self._press(self.administrator.user, self.dropped, self.dropped.message)

    def _press(self, presser: JsonObject, reply: Reply, message: JsonObject) -> None:
        query = {"id": str(self.world.new_id()), "from": presser, "chat_instance": "1", "message": message}
        self._raw("callback_query", {**query, "data": reply.data_of(texts.PUBLISH)})

    def _message(self, order: JsonObject, chat: JsonObject) -> JsonObject:
        return {"message_id": self.world.new_id(), "date": int(time.time()), "chat": chat, **order}

    def _raw(self, kind: str, content: JsonObject) -> None:
        self.world.add_raw_update({"update_id": "{id}", kind: content})


def _orders(preview: Reply) -> list[JsonObject]:
    """Return what an administrator could send: every command, with and without a name, files, a correction."""
    named = [f"/{command.name}{name}" for command in COMMANDS for name in ("", "@HoiDap28TestBot", " 12/KH-UBND")]
    file = {"file_id": "f", "file_unique_id": "f", "file_size": 9}
    return [
        *({"text": text} for text in (*named, "/phienban", "/help")),
        {"document": {**file, "file_name": "ke-hoach.txt"}},
        {"photo": [{**file, "width": 9, "height": 9}]},
        {"photo": [{**file, "width": 9, "height": 9}], "media_group_id": "7"},
        {"text": "số: 99/KH-UBND"},
        {"text": "số: 99/KH-UBND", "reply_to_message": preview.message},
    ]


def test_nothing_that_others_order_is_carried_out(api: BotApi, hoa: Person, minh: Person, served: Path) -> None:
    """Of many privileged updates from others none is carried out, while a preview stands open all the time."""
    dropped = _previewed(hoa)
    replayed = Reply({**dropped.message})
    hoa.presses(dropped, texts.DROP)
    hoa.hears_one()
    preview = _previewed(hoa)
    before, calls, heard = snapshot(served), len(api.calls("getFile")), len(_said(api))
    others, orders = _Others(api, hoa, minh, preview, replayed), _orders(preview)
    assert math.gcd(_STEP, len(orders)) == 1
    for place in range(UPDATES):
        round_, way = divmod(place, len(others.ways))
        others.ways[way](orders[(way + round_ * _STEP) % len(orders)])  # so every way meets every order in the end
    for reader in (hoa, minh, others.stranger):  # the messages of a chat are answered in turn, so this comes last
        reader.says("/start")
        api.world.wait(lambda chat=reader.chat: _greets(chat.from_bot[-1:]), 60, "a greeting after all answers")
    others.group.says(others.stranger, "/start@HoiDap28TestBot")
    api.world.wait(lambda: _greets(others.group.chat.from_bot[-1:]), 60, "a greeting in the group")
    assert snapshot(served) == before
    assert len(api.calls("getFile")) == calls
    allowed = {*texts.REFUSALS.values(), everyday_texts.ONLY_TEXT}
    unexpected = {text for text in _said(api)[heard:] if not _is_harmless(text, allowed)}
    assert unexpected == set()
    assert {call.parameters.get("text") for call in api.calls("answerCallbackQuery")} <= {
        None,
        texts.BUTTON_OF_STRANGER,
        texts.BUTTON_CLOSED,
    }
    hoa.presses(preview, texts.DROP)
    assert preview.buttons == []
    assert not snapshot(served / "incoming")


def _said(api: BotApi) -> list[str]:
    return [str(call.parameters["text"]) for call in api.calls("sendMessage") if call.code == 200]


def _greets(messages: list[JsonObject]) -> bool:
    return any(message["text"].startswith("Xin chào") for message in messages)


def _is_harmless(text: str, allowed: set[str]) -> bool:
    """Tell answers to everybody from what administrators alone get."""
    beginnings = ("Xin chào", "Tôi là trợ lý tự động", "Gồm ", "Về ", "Không có trong văn bản", "Bạn muốn hỏi gì")
    return text in allowed or text.startswith(beginnings)
