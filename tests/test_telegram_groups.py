"""The bot in a group: it speaks only when it is addressed."""

from typing import Any

import pytest
from bot_api import BotApi, Group, Person
from bot_api.server import USERNAME
from sample_assistant import SampleAssistant

from bot import texts

pytest_plugins = ("bot_api.fixtures",)
pytestmark = pytest.mark.usefixtures("bot")

OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Bot khác", "username": "bot_khac"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param(f"@{USERNAME} THƯ viện?", "THƯ viện?", id="mention-first"),
        pytest.param(f"Cho hỏi THƯ viện @{USERNAME.lower()}", "Cho hỏi THƯ viện", id="mention-last-in-small-letters"),
        pytest.param(f"THƯ viện, @{USERNAME}, ra sao?", "THƯ viện, , ra sao?", id="mention-in-the-middle"),
    ],
)
def test_mention_is_answered_without_the_name(api: BotApi, sample: SampleAssistant, text: str, asked: str) -> None:
    """A question that mentions the bot is answered, pointing at it; the name is no part of the question."""
    group = api.group()
    question = group.says(api.person(), text)
    answer = group.hears_one()
    assert answer.text.startswith("Về THƯ")
    assert answer.answers is not None
    assert answer.answers["message_id"] == question["message_id"]
    assert sample.conversations[-1].questions == [asked]


def test_reply_to_the_bot_is_answered(api: BotApi) -> None:
    """Whoever replies to the bot's message speaks to it."""
    group, lan = api.group(), api.person()
    group.says(lan, f"/help@{USERNAME}")
    greeting = group.hears_one()
    group.says(lan, "THƯ viện?", to=greeting.message)
    assert group.hears_one().text.startswith("Về THƯ")


def test_mention_by_name_is_answered(api: BotApi) -> None:
    """A mention that a client made without the user name counts as well."""
    group = api.group()
    entity = {"type": "text_mention", "offset": 3, "length": 7, "user": api.world.bot}
    group.sends(api.person(), text="👧 Hỏi đáp THƯ viện?", entities=[entity])
    assert group.hears_one().text.startswith("Về THƯ")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("THƯ viện?", id="talk"),
        pytest.param("/help", id="command-for-nobody"),
        pytest.param("/help@bot_khac", id="command-for-another-bot"),
        pytest.param(f"@{USERNAME}2 THƯ viện?", id="longer-name"),
        pytest.param(f"thu@{USERNAME}.vn THƯ", id="mail-address"),
        pytest.param("@bot_khac THƯ viện?", id="another-bot"),
    ],
)
def test_what_is_not_addressed_to_it_is_let_be(api: BotApi, text: str) -> None:
    """Other people's talk gets no answer."""
    group, lan = api.group(), api.person()
    group.says(lan, text)
    _expect_silence(group, lan)


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        pytest.param(OTHER_BOT, {}, id="bot"),
        pytest.param(CHANNEL, {"is_automatic_forward": True}, id="post-of-the-linked-channel"),
    ],
)
def test_bots_and_channels_are_let_be(api: BotApi, sender: dict[str, Any], more: dict[str, Any]) -> None:
    """Even when they mention the bot: two bots could talk for ever."""
    group, lan = api.group(), api.person()
    group.says(sender, f"@{USERNAME} THƯ viện?", **more)
    _expect_silence(group, lan)


def test_anonymous_administrator_is_a_person(api: BotApi) -> None:
    """An administrator who writes in the group's name is answered."""
    group = api.group()
    group.says(ANONYMOUS, f"@{USERNAME} THƯ viện?", sender_chat=group.chat.about)
    assert group.hears_one().text.startswith("Về THƯ")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Mới"}]}, id="new-member"),
        pytest.param(
            {
                "sticker": {
                    "file_id": "s",
                    "file_unique_id": "s",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            id="sticker",
        ),
        pytest.param({"new_chat_title": f"@{USERNAME}"}, id="new-title"),
    ],
)
def test_what_is_no_talk_is_let_be(api: BotApi, content: dict[str, object]) -> None:
    """Service messages and pictures in a group get no answer."""
    group, lan = api.group(), api.person()
    group.sends(lan, **content)
    _expect_silence(group, lan)


def test_mention_alone_is_asked_for_a_question(api: BotApi) -> None:
    """The bot's bare name gets one sentence that says how to ask."""
    group = api.group()
    group.says(api.person(), f"@{USERNAME}")
    assert group.hears_one().text == texts.NO_QUESTION.format(mention=f"@{USERNAME}", example=texts.EXAMPLES[0])


def test_people_of_a_group_have_conversations_of_their_own(api: BotApi) -> None:
    """One person's follow-up does not hang on what another asked."""
    group, lan, minh = api.group(), api.person("Lan"), api.person("Minh")
    group.says(lan, f"@{USERNAME} THƯ viện?")
    group.says(minh, f"@{USERNAME} HÈ?")
    group.says(lan, f"@{USERNAME} vừa hỏi gì?")
    assert group.hears(3)[-1].text == "THƯ viện? | vừa hỏi gì?"


def test_answer_stays_in_its_topic(api: BotApi) -> None:
    """In a forum the answer, its "typing…" and its sections go to the topic of the question."""
    group, lan = api.group(topic=41), api.person()
    group.says(lan, f"@{USERNAME} THƯ viện?")
    answer = group.hears_one()
    group.press(lan.user, answer, "[1]")
    section = group.hears_one()
    assert [reply.message["message_thread_id"] for reply in (answer, section)] == [41, 41]
    assert api.calls("sendChatAction")[-1].parameters["message_thread_id"] == "41"


def test_question_that_was_deleted_is_answered_all_the_same(api: BotApi) -> None:
    """The answer then points at nothing."""
    group = api.group()
    question = group.says(api.person(), f"@{USERNAME} THƯ viện?")
    del group.chat.messages[question["message_id"]]
    assert group.hears_one().answers is None


def _expect_silence(group: Group, lan: Person) -> None:
    """Ask something after it: updates of one chat are answered in order, so silence has been kept before."""
    group.says(lan, f"/start@{USERNAME}")
    assert group.hears_one().text.startswith("Xin chào")
    assert group.unread() == []
