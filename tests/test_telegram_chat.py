"""The bot in a private chat, over HTTP: greeting, questions, citations, buttons, documents."""

import re

import pytest
from bot_api import BotApi
from bot_api.running import RunningBot
from sample_assistant import LONG, MARKUP, SENTENCES, SampleAssistant

from bot import texts
from bot.layout import MOST_UNITS, units
from bot.serving import Served

pytest_plugins = ("bot_api.fixtures",)
pytestmark = pytest.mark.usefixtures("bot")


def test_first_message_says_that_a_machine_answers(api: BotApi) -> None:
    """`/start` says first that this is an automatic assistant, then whom to call and what one may ask."""
    greeting = api.person().asks("/start").text
    assert "trợ lý tự động" in greeting.split("\n")[0]
    assert "2 văn bản" in greeting
    assert re.search(r"\b111\b", greeting)
    assert all(example in greeting for example in texts.EXAMPLES)


def test_help_and_menu_are_made_from_the_same_table(api: BotApi) -> None:
    """`/help` lists the commands of the menu with the same descriptions."""
    help_text = api.person().asks("/help").text
    api.world.wait(lambda: bool(api.world.menu), 5, "a menu")
    assert [command["command"] for command in api.world.menu] == ["start", "help", "tailieu", "phienban"]
    for command in api.world.menu:
        assert f"/{command['command']} – {command['description']}" in help_text


def test_answer_names_its_sources_and_quotes_them(api: BotApi) -> None:
    """An answer has a lead, numbered sources in bold with their quotes, and notices; previews are off."""
    answer = api.person().asks("THƯ viện thế nào?")
    assert answer.text.startswith(
        "Về THƯ, văn bản ghi:\n\n[1] Mục III, đoạn 1, Kế hoạch 12-KH/XYZ (Ủy ban xã Hòa Bình)\n"
    )
    assert answer.styled("bold") == [
        "[1] Mục III, đoạn 1, Kế hoạch 12-KH/XYZ (Ủy ban xã Hòa Bình)",
        "[2] Mục III, đoạn 2, Kế hoạch 12-KH/XYZ (Ủy ban xã Hòa Bình)",
    ]
    assert answer.styled("blockquote") == ["“THƯ viện mở cửa hằng ngày.”", "“THƯ viện có sách mới.”"]
    assert answer.text.endswith("\n\n" + texts.NOTICE.format(notice="văn bản không ghi thời hạn"))
    assert answer.buttons == ["[1] Mục III · 12-KH/XYZ", "[2] Mục III · 12-KH/XYZ"]
    assert '"is_disabled": true' in str(api.calls("sendMessage")[-1].parameters["link_preview_options"])


def test_document_without_number_goes_by_its_issuer(api: BotApi) -> None:
    """A source without number is named by kind and issuer, and the issuer is not said twice."""
    answer = api.person().asks("HÈ này ai trực?")
    assert answer.styled("bold") == ["[1] Mục 1, đoạn 1, Công văn của Phòng Giáo dục Sông Hồng"]


def test_button_under_an_answer_opens_the_whole_section(api: BotApi) -> None:
    """The button of a citation shows all passages of its section in a new message, and the answer stays."""
    lan = api.person()
    answer = lan.asks("THƯ viện thế nào?")
    press = lan.presses(answer, "[1]")
    section = lan.hears_one()
    assert press.answer is not None
    assert section.text == (
        "Kế hoạch 12-KH/XYZ (Ủy ban xã Hòa Bình)\nMục III. TỔ CHỨC\n\n"
        "THƯ viện mở cửa hằng ngày.\n\nTHƯ viện có sách mới."
    )
    assert answer.text.startswith("Về THƯ")


def test_what_is_not_found_comes_with_what_is_near(api: BotApi) -> None:
    """Not knowing says so and offers the nearest sections, with buttons."""
    answer = api.person().asks("học phí?")
    assert answer.text.startswith("Không có trong văn bản: học phí?\n\nGần nhất trong tài liệu:\n\n[1] Mục II.1,")
    assert answer.buttons == ["[1] Mục II.1 · 12-KH/XYZ", "[2] Mục II.2 · 12-KH/XYZ"]


def test_help_numbers_come_before_everything_else(api: BotApi) -> None:
    """To somebody in danger the numbers to call are the first lines."""
    answer = api.person().asks("cháu đang nguy hiểm")
    first, second, empty, warm = answer.text.split("\n")[:4]
    assert first == "Gọi 111 – Tổng đài quốc gia bảo vệ trẻ em: ngày đêm, không mất tiền"
    assert second == "Gọi 113 – Công an: khi việc đang xảy ra"
    assert (empty, warm) == ("", "Bạn đã rất can đảm khi nói ra điều này.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<b>đậm</b> <script>", id="html"),
        pytest.param("_*[x](y)*_ `z` ||w|| \\", id="markdown"),
        pytest.param("👨‍👩‍👧‍👦 🇻🇳 😀" * 20, id="emoji"),
        pytest.param("a\u200b\u202e\u2066b\ufeff", id="invisible"),
        pytest.param("\ud83d nửa chữ \udc00", id="lone-surrogates"),
        pytest.param("á" * 40 + "e\u0302\u0301", id="decomposed"),
    ],
)
def test_nothing_that_people_write_breaks_the_answer(api: BotApi, text: str) -> None:
    """Whatever is written, the answer that repeats it arrives."""
    answer = api.person().asks(text)
    assert answer.text.startswith("Không có trong văn bản: ")
    assert len(answer.styled("blockquote")) == 2


def test_nothing_that_documents_write_breaks_the_answer(api: BotApi) -> None:
    """Marks, emoji and invisible letters of a document stand in the quote as they are."""
    answer = api.person().asks("MARKUP là gì?")
    assert answer.styled("blockquote") == [f"“{MARKUP} MARKUP”"]


def test_long_quote_arrives_whole_over_several_messages(api: BotApi) -> None:
    """A quote longer than a message goes on in the next, no word is cut, the buttons are under the last."""
    lan = api.person()
    lan.says("DÀI thế nào?")
    parts = lan.hears_until_buttons()
    assert len(parts) > 2
    quoted = [quote for part in parts for quote in part.styled("expandable_blockquote")]
    assert " ".join(quoted) == f"“{LONG} DÀI”"
    assert all(units(part.text) <= MOST_UNITS for part in parts)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_long_section_arrives_whole(api: BotApi) -> None:
    """All of a long section is shown, split between sentences."""
    lan = api.person()
    lan.says("DÀI thế nào?")
    answer = lan.hears_until_buttons()[-1]
    lan.presses(answer, "[1]")
    parts = lan.hears_until_buttons()
    assert parts[0].text.startswith("Kế hoạch 12-KH/XYZ (Ủy ban xã Hòa Bình)\nMục V. Đoạn dài\n\nCâu thứ 1 ")
    assert parts[-1].text.endswith("DÀI\n\nĐoạn cuối.")
    assert " ".join(" ".join(part.text for part in parts).split()).count("Câu thứ") == SENTENCES
    assert all(part.text.endswith(".") for part in parts)


def test_walk_through_the_documents(api: BotApi) -> None:
    """The list opens an outline, its second page, a section, and the way back, all in one message."""
    lan = api.person()
    view = lan.asks("/tailieu")
    assert view.buttons == [
        "12-KH/XYZ – Ủy ban xã Hòa Bình – 06/03/2024",
        "Công văn (không số) – Phòng Giáo dục Sông Hồng",
    ]
    lan.turns(view, "12-KH/XYZ")
    assert "Về sân chơi và thư viện" in view.text
    assert "Người ký: Nguyễn Văn A" in view.text
    assert "Kính gửi: không ghi" in view.text
    assert "Nơi ban hành: Hòa Bình (văn bản không ghi" in view.text
    assert view.buttons[:2] == ["Phần mở đầu: Kế hoạch này nói về TRƯỜNG học.", "Mục II. NHIỆM VỤ"]
    assert view.buttons[8:] == ["1/3", "▶", "↩ Danh sách văn bản"]
    lan.turns(view, "▶")
    assert view.buttons[7:] == ["Mục II.14. Nhiệm vụ thứ 14", "◀", "2/3", "▶", "↩ Danh sách văn bản"]
    lan.turns(view, "Mục II.7.")
    assert view.text.endswith("Mục II.7. Nhiệm vụ thứ 7\n\nSÂN chơi số 7.")
    lan.turns(view, "Mục lục")
    assert "2/3" in view.buttons
    lan.turns(view, "Danh sách")
    assert "2 văn bản" in view.text
    assert lan.unread() == []


def test_section_without_text_names_what_stands_under_it(api: BotApi) -> None:
    """A heading without passages of its own lists the sections under it."""
    lan = api.person()
    view = lan.asks("/tailieu")
    lan.turns(view, "12-KH/XYZ")
    lan.turns(view, "Mục II. NHIỆM VỤ")
    assert "Gồm các mục:\nMục II.1. Nhiệm vụ thứ 1\nMục II.2." in view.text


def test_long_section_from_the_outline_ends_with_the_way_back(api: BotApi) -> None:
    """A section of several messages begins in the old message and ends with buttons under the last one."""
    lan = api.person()
    view = lan.asks("/tailieu")
    for button in ("12-KH/XYZ", "▶", "▶", "Mục V. Đoạn dài"):
        lan.turns(view, button)
    assert "Câu thứ 1 " in view.text
    assert view.buttons == []
    last = lan.hears_until_buttons()[-1]
    assert last.text.endswith("Đoạn cuối.")
    lan.turns(last, "Mục lục")
    assert "3/3" in last.buttons


def test_second_press_on_the_same_page_changes_nothing(api: BotApi) -> None:
    """A press that leads to where one is already is answered, and no error is told."""
    lan = api.person()
    view = lan.asks("/tailieu")
    lan.turns(view, "12-KH/XYZ")
    data = view.data_of("▶")
    lan.turns(view, "▶")
    lan.press(lan.user, view, data=data)
    lan.presses(view, "2/3")
    assert lan.asks("/start").text.startswith("Xin chào")


def test_message_that_is_gone_is_sent_anew(api: BotApi) -> None:
    """Where the message of the documents was deleted, the next view comes as a new message."""
    lan = api.person()
    view = lan.asks("/tailieu")
    del lan.chat.messages[view.id]
    lan.presses(view, "12-KH/XYZ")
    assert "Về sân chơi" in lan.hears_one().text


def test_button_of_an_older_edition_says_so(api: BotApi, bot: RunningBot) -> None:
    """After a new edition without its document, a button tells what to do; others go on working."""
    lan = api.person()
    answer = lan.asks("HÈ và THƯ viện?")
    plan, _ = bot.serving.now().assistant.documents
    bot.serving.swap(Served.by(SampleAssistant((plan,))))
    stale = lan.presses(answer, "[1]")
    assert stale.answer == {
        "callback_query_id": stale.answer and stale.answer["callback_query_id"],
        "text": texts.STALE_BUTTON,
        "show_alert": True,
    }
    lan.presses(answer, "[2]")
    assert "Mục III. TỔ CHỨC" in lan.hears_one().text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("gone", id="unknown-verb"),
        pytest.param("outline:x:999999999999", id="page-beyond"),
        pytest.param("documents::-1", id="negative-page"),
        pytest.param("cited:" + "ê" * 20, id="not-ascii"),
    ],
)
def test_foreign_button_is_answered(api: BotApi, data: str) -> None:
    """A press with data that this bot never made is answered and does no harm."""
    lan = api.person()
    view = lan.asks("/tailieu")
    assert lan.press(lan.user, view, data=data).answer is not None
    assert lan.asks("/help").text.startswith("Tôi là trợ lý tự động")


def test_conversation_goes_on_within_a_chat_and_not_between_chats(api: BotApi) -> None:
    """Each chat has a memory of its own."""
    lan, minh = api.person("Lan"), api.person("Minh")
    lan.asks("THƯ viện?")
    minh.asks("HÈ?")
    assert lan.asks("vừa hỏi gì?").text == "THƯ viện? | vừa hỏi gì?"
    assert minh.asks("vừa hỏi gì?").text == "HÈ? | vừa hỏi gì?"


@pytest.mark.parametrize(
    "content",
    [
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
        pytest.param({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, id="voice"),
        pytest.param({"location": {"latitude": 10.0, "longitude": 105.7}}, id="place"),
    ],
)
def test_what_is_no_text_gets_one_polite_sentence(api: BotApi, content: dict[str, object]) -> None:
    """Pictures, voices and the like get one sentence with the number to call."""
    lan = api.person()
    lan.sends(**content)
    assert lan.hears_one().text == texts.ONLY_TEXT


def test_album_gets_one_sentence(api: BotApi) -> None:
    """Five pictures sent together are five messages and get one sentence; the next album gets its own."""
    lan = api.person()
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for album in ("1", "1", "1", "2", "2"):
        lan.sends(photo=photo, media_group_id=album)
    assert lan.asks("/start").text == lan.hears_one().text == texts.ONLY_TEXT
    assert lan.hears_one().text.startswith("Xin chào")


def test_caption_of_a_picture_is_read_as_a_question(api: BotApi) -> None:
    """Words under a picture are answered."""
    lan = api.person()
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    lan.sends(photo=photo, caption="cháu đang nguy hiểm")
    assert lan.hears_one().text.startswith("Gọi 111")


def test_too_long_a_question_is_declined_unless_somebody_is_in_danger(api: BotApi) -> None:
    """More than 2,000 characters get one sentence; a long story of danger gets the numbers to call."""
    lan = api.person()
    assert lan.asks("THƯ viện " * 230).text == texts.TOO_LONG.format(most=2000)
    assert lan.asks("kể dài " * 300 + "nguy hiểm").text.startswith("Gọi 111")
    assert lan.asks("vừa hỏi gì?").text == "vừa hỏi gì?"


def test_unknown_command_points_to_help(api: BotApi) -> None:
    """A command that there is not is told apart from a question."""
    assert api.person().asks("/abc xyz").text == texts.UNKNOWN_COMMAND


def test_typing_is_shown_before_the_answer(api: BotApi) -> None:
    """While it works the bot shows "typing…", and not after the answer."""
    lan = api.person()
    lan.asks("THƯ viện?")
    methods = [call.method for call in api.world.calls if call.method in {"sendChatAction", "sendMessage"}]
    assert methods == ["sendChatAction", "sendMessage"]


def test_edited_messages_and_service_messages_are_let_be(api: BotApi) -> None:
    """An edited message and a pinned one get no answer."""
    lan = api.person()
    first = lan.says("THƯ viện?")
    lan.hears_one()
    api.world.add_raw_update({"update_id": "{id}", "edited_message": {**first, "edit_date": 1, "text": "HÈ?"}})
    lan.sends(pinned_message={**first})
    assert lan.asks("/help").text.startswith("Tôi là trợ lý tự động")
    assert lan.unread() == []
