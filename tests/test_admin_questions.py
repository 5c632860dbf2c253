"""`/themcauhoi`: from a question to the section that should answer it, on the shipped documents, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_api import BotApi, Person
from bot_api.people import Reply
from bot_api.running import RunningBot

from bot.administration import record_texts as texts
from bot.administration import texts as administration_texts
from bot.editions import Editions
from knowledge.assistant import Assistant
from knowledge.editions import embeddings_of
from knowledge.memory import Memory
from knowledge.settings import KnowledgeSettings

pytest_plugins = ("bot_api.fixtures",)

WHO_CHECKS = "Ai theo dõi, đôn đốc việc này ở Cần Thơ?"


@pytest.fixture(scope="module")
def editions(data_dir: Path) -> Iterator[Editions]:
    """Serve the shipped documents."""
    settings = KnowledgeSettings(data_dir=data_dir)
    editions = Editions(data_dir, embeddings_of(settings), Assistant)
    yield editions
    editions.close()


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """Open a memory of its own."""
    with Memory.open(KnowledgeSettings(data_dir=tmp_path)) as memory:
        yield memory


@pytest.fixture
def clerk(api: BotApi, hoa: Person, editions: Editions, memory: Memory) -> Iterator[Person]:
    """Run the bot with one administrator, and return that person."""
    with RunningBot(api, editions=editions, administrators=(hoa.chat.id,), memory=memory):
        yield hoa


def _added(memory: Memory) -> list[tuple[str, str, str]]:
    return [(one.question, one.document, one.section) for one in memory.added_questions.all()]


def _replies(clerk: Person, reply: Reply, text: str) -> Reply:
    clerk.says(text, reply_to_message=reply.message)
    return clerk.hears_one()


def test_question_is_added_in_one_line_and_a_tap(clerk: Person, memory: Memory) -> None:
    """The section is shown before it is confirmed; who added it stands in the log; the buttons work once."""
    shown = clerk.asks(f"/themcauhoi {WHO_CHECKS} | 276-KH/TU | III.5")
    for part in (WHO_CHECKS, "Mục III.5", "Kế hoạch 276-KH/TU", "Ban Tuyên giáo Thành ủy chủ trì"):
        assert part in shown.text
    assert _added(memory) == []
    data = shown.data_of(texts.ADD)
    clerk.turns(shown, texts.ADD)
    assert shown.text == texts.QUESTION_ADDED.format(question=WHO_CHECKS)
    assert _added(memory) == [(WHO_CHECKS, "276-KH/TU", "III.5")]
    (deed,) = memory.deeds.latest()
    assert (deed.who, deed.what, deed.about) == (str(clerk.chat.id), "add_question", WHO_CHECKS)
    again = clerk.press(clerk.user, shown, data=data)
    assert (again.answer or {}).get("text") == administration_texts.BUTTON_CLOSED
    assert len(_added(memory)) == 1


def test_question_is_not_added_twice(clerk: Person, memory: Memory) -> None:
    """The same words with the same section, with marks or without, are held once; the clerk is told."""
    memory.added_questions.add(WHO_CHECKS, "276-KH/TU", "III.5", str(clerk.chat.id))
    shown = clerk.asks(f"/themcauhoi {WHO_CHECKS.lower()} | 276-KH/TU | III.5")
    clerk.turns(shown, texts.ADD)
    assert shown.text == texts.QUESTION_HELD.format(question=WHO_CHECKS.lower())
    assert len(_added(memory)) == 1


def test_question_without_an_answer_is_added_by_tapping(clerk: Person, memory: Memory) -> None:
    """From `/chuatraloi` over its number and one of the sections that come near to the confirmation."""
    question = "Trường học ở Cần Thơ phải làm gì cho trẻ em?"
    memory.unanswered.record(question)
    listed = clerk.asks("/chuatraloi")
    clerk.presses(listed, "1")
    asked = clerk.hears_one()
    assert f"Câu hỏi: {question}" in asked.text
    assert len(set(asked.buttons)) == len(asked.buttons) >= 1
    clerk.presses(asked, "276-KH/TU")
    shown = clerk.hears_one()
    clerk.turns(shown, texts.ADD)
    ((kept, document, _),) = _added(memory)
    assert (kept, document) == (question, "276-KH/TU")


def test_question_is_added_step_by_step_even_over_a_restart(
    api: BotApi, hoa: Person, editions: Editions, memory: Memory
) -> None:
    """Each reply says one thing more; what was said stands in the bot's messages, so a new start loses nothing."""
    with RunningBot(api, editions=editions, administrators=(hoa.chat.id,), memory=memory):
        asked = hoa.asks(f"/themcauhoi {WHO_CHECKS}")
        which = _replies(hoa, asked, "ke hoach 276")
        assert "Văn bản: Kế hoạch 276-KH/TU" in which.text
        assert "Các mục: mở đầu, I, I.1" in which.text
    with RunningBot(api, editions=editions, administrators=(hoa.chat.id,), memory=memory):
        unclear = _replies(hoa, which, "mục XX.9")
        assert "không có “mục XX.9”" in unclear.text
        shown = _replies(hoa, unclear, "III.5")
        hoa.turns(shown, texts.ADD)
    assert _added(memory) == [(WHO_CHECKS, "276-KH/TU", "III.5")]


@pytest.mark.parametrize(
    ("typed", "document", "section"),
    [
        pytest.param("276-KH/TU | II.4", "276-KH/TU", "II.4", id="bars"),
        pytest.param("276-kh/tu, muc ii.4", "276-KH/TU", "II.4", id="without-marks"),
        pytest.param("Kế hoạch 276 mục II.4", "276-KH/TU", "II.4", id="as-spoken"),
        pytest.param("276\nII.4", "276-KH/TU", "II.4", id="two-lines"),
        pytest.param("Chỉ thị 28 | mở đầu", "28-CT/TW", "mở đầu", id="opening"),
        pytest.param("Luật Trẻ em, khoản 2 Điều 51", "102/2016/QH13", "Điều 51", id="article"),
        pytest.param("luat tre em | 51", "102/2016/QH13", "Điều 51", id="number-of-an-article"),
        pytest.param("Sở GD&ĐT Hải Phòng | 3.2", "Sở GD&ĐT Hải Phòng", "3.2", id="issuer"),
    ],
)
def test_section_is_found_by_what_people_call_it(
    clerk: Person, memory: Memory, typed: str, document: str, section: str
) -> None:
    """Numbers, titles and issuers in everyday spelling; it is kept as question sets name it."""
    asked = clerk.asks(f"/themcauhoi {WHO_CHECKS}")
    shown = _replies(clerk, asked, typed)
    clerk.turns(shown, texts.ADD)
    assert _added(memory) == [(WHO_CHECKS, document, section)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("277-KH/TU | II.4", "Kho không có văn bản “277-KH/TU”. Có phải bạn muốn nói: ", id="no-document"),
        pytest.param("kế hoạch | II.4", "“kế hoạch” có thể là: Kế hoạch ", id="several-documents"),
        pytest.param("276-KH/TU | II.44", "Văn bản này không có “II.44”. Gần nhất: ", id="no-section"),
        pytest.param("Luật Trẻ em | Điều 510", "Văn bản này không có “Điều 510”. Gần nhất: Điều ", id="no-article"),
    ],
)
def test_what_is_not_held_is_told_with_what_comes_near(
    clerk: Person, memory: Memory, typed: str, sentence: str
) -> None:
    """The clerk can reply to that very message with what was meant."""
    told = clerk.asks(f"/themcauhoi {WHO_CHECKS} | {typed}")
    assert sentence in told.text
    shown = _replies(clerk, told, "II.4" if "Văn bản: Kế hoạch" in told.text else "276-KH/TU | II.4")
    if "Luật" not in typed:
        clerk.turns(shown, texts.ADD)
        assert _added(memory) == [(WHO_CHECKS, "276-KH/TU", "II.4")]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param("/themcauhoi bố cháu đánh cháu chảy máu", texts.QUESTION_OF_DANGER, id="disclosure"),
        pytest.param(
            "/themcauhoi bố cháu đánh cháu chảy máu | 276-KH/TU | II.4",
            texts.QUESTION_OF_DANGER,
            id="disclosure-placed",
        ),
        pytest.param("/themcauhoi ai?", texts.QUESTION_SHORT, id="short"),
        pytest.param(f"/themcauhoi {'trường ' * 100}", texts.QUESTION_LONG.format(most=500), id="long"),
        pytest.param("/themcauhoi 7", texts.NO_SUCH_PLACE.format(place=7), id="no-such-place"),
    ],
)
def test_what_is_no_question_for_the_set_is_declined(
    clerk: Person, memory: Memory, command: str, sentence: str
) -> None:
    """Above all what tells of a child in danger: it is never kept."""
    assert clerk.asks(command).text == sentence
    assert _added(memory) == []
    assert memory.deeds.latest() == []


def test_dropping_adds_nothing(clerk: Person, memory: Memory) -> None:
    """The second button ends it."""
    shown = clerk.asks(f"/themcauhoi {WHO_CHECKS} | 276-KH/TU | III.5")
    clerk.turns(shown, texts.DROP)
    assert shown.text == texts.ADDING_DROPPED.format(question=WHO_CHECKS)
    assert _added(memory) == []


def test_added_questions_are_listed_and_removed(clerk: Person, memory: Memory) -> None:
    """The command alone shows how to add, what was added, and a button to remove each."""
    assert clerk.asks("/themcauhoi").text.startswith(texts.ADDED_NONE)
    memory.added_questions.add("Ai ký?", "276-KH/TU", "kết luận", "5")
    memory.added_questions.add(WHO_CHECKS, "276-KH/TU", "III.5", "5")
    listed = clerk.asks("/themcauhoi")
    assert "1. Ai ký?\n→ kết luận, 276-KH/TU" in listed.text
    assert listed.buttons == ["Xóa câu 1", "Xóa câu 2"]
    clerk.presses(listed, "Xóa câu 1")
    assert clerk.hears_one().text == texts.ADDED_REMOVED.format(question="Ai ký?")
    assert _added(memory) == [(WHO_CHECKS, "276-KH/TU", "III.5")]
    assert memory.deeds.latest()[0].what == "remove_question"
    clerk.presses(listed, "Xóa câu 1")
    assert clerk.hears_one().text == texts.ADDED_GONE


def test_names_and_numbers_of_people_are_masked_before_a_question_is_kept(clerk: Person, memory: Memory) -> None:
    """A real question may hold them."""
    shown = clerk.asks("/themcauhoi Trường của cháu, gọi 0912345678, phải làm gì? | 276-KH/TU | II.4")
    clerk.turns(shown, texts.ADD)
    ((question, _, _),) = _added(memory)
    assert "0912345678" not in question
    assert question.startswith("Trường của cháu, gọi [số điện thoại]")


def test_reply_of_somebody_else_is_a_question_like_any(api: BotApi, clerk: Person, memory: Memory) -> None:
    """Who is no administrator cannot go on with the talk, though the message replied to looks like it."""
    asked = clerk.asks(f"/themcauhoi {WHO_CHECKS}")
    lan = api.person("Lan")
    lan.says("276-KH/TU | II.4", reply_to_message=asked.message)
    assert texts.ADD not in lan.hears_one().buttons
    assert _added(memory) == []
