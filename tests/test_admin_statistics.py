"""`/thongke`, `/chuatraloi` and `/nhatky`: what administrators read about the use of the bot, over HTTP."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from bot_api import BotApi, Person
from bot_api.running import RunningBot
from PIL import Image
from sample_assistant import SampleAssistant

from bot.administration import record_texts as texts
from bot.administration.display import seconds
from knowledge.clock import VIETNAM
from knowledge.memory import Memory
from knowledge.settings import KnowledgeSettings
from knowledge.understand import Kind
from knowledge.writing.model_use import ModelUse

pytest_plugins = ("bot_api.fixtures",)

TODAY = datetime(2026, 11, 22, 20, 30, tzinfo=VIETNAM)


class Calendar:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.at = TODAY

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at


@pytest.fixture
def calendar() -> Calendar:
    """Begin on an evening in November."""
    return Calendar()


@pytest.fixture
def memory(tmp_path: Path, calendar: Calendar) -> Iterator[Memory]:
    """Open a memory of its own."""
    with Memory.open(KnowledgeSettings(data_dir=tmp_path), calendar) as memory:
        yield memory


@pytest.fixture
def clerk(api: BotApi, hoa: Person, sample: SampleAssistant, memory: Memory) -> Iterator[Person]:
    """Run the bot with one administrator, and return that person."""
    with RunningBot(api, sample, administrators=(hoa.chat.id,), memory=memory):
        yield hoa


def _use_of_a_month(memory: Memory, calendar: Calendar) -> None:
    for back in (29, 3, 0):
        calendar.at = TODAY - timedelta(days=back)
        for took_ms in (12.0, 20.0, 35.0, 2400.0):
            memory.usage.record("fact", "answered", "quotes", took_ms, "e1")
        memory.usage.record("hotline", "not_found", "quotes", 9.0, "e1")
    memory.usage.record("", "safety", "quotes", 1.0, "e1")
    use = ModelUse("m", "p", calls=2, tokens_in=1500, tokens_out=300, kept=4, dropped={"number": 1})
    memory.usage.record("duty", "answered", "model", 6100.0, "e1", use)
    memory.usage.record("duty", "answered", "quotes", 9000.0, "e1", ModelUse("m", "p", calls=2, failure="timeout"))


def test_use_is_told_and_drawn(clerk: Person, api: BotApi, memory: Memory, calendar: Calendar) -> None:
    """Counts, times and engines in a few lines under one picture, which is as wide as a phone shows."""
    _use_of_a_month(memory, calendar)
    clerk.says("/thongke")
    reply = clerk.hears_one(30)
    assert reply.text.splitlines() == [
        "Thống kê 30 ngày (24/10 – 22/11)",
        "Số câu hỏi: 18",
        "• Trả lời được: 14 (78%)",
        "• Chưa trả lời được: 3 (17%), xem /chuatraloi",
        "• Kể về trẻ gặp nguy hiểm, đã đưa số 111: 1 (chỉ đếm, không ghi gì khác)",
        "Thời gian trả lời: một nửa số câu trong 0,02 giây, 95% trong 9 giây",
        "Trả lời bằng trích dẫn: 13; bằng mô hình: 1",
        "Mô hình: 4 lần gọi, 1.800 token; giữ 4 câu, bỏ 1 câu không đủ căn cứ",
        "Mô hình không dùng được 1 lần, đã thay bằng trích dẫn",
    ]
    picture = Image.open(io.BytesIO(api.world.files[reply.message["photo"][-1]["file_id"]]))
    assert (picture.format, picture.width) == ("PNG", 1080)
    assert len(set(picture.convert("RGB").get_flattened_data())) > 100
    assert "upload_photo" in clerk.chat.actions


def test_days_can_be_chosen(clerk: Person, memory: Memory, calendar: Calendar) -> None:
    """`/thongke 2` leaves out what was before yesterday."""
    _use_of_a_month(memory, calendar)
    clerk.says("/thongke 2")
    assert clerk.hears_one(30).text.splitlines()[:2] == ["Thống kê 2 ngày (21/11 – 22/11)", "Số câu hỏi: 8"]


def test_without_a_question_there_is_no_picture(clerk: Person) -> None:
    """One sentence says so."""
    assert clerk.asks("/thongke 7").text == "Chưa có câu hỏi nào trong 7 ngày qua."


def test_figures_are_told_where_no_picture_can_be_drawn(
    clerk: Person, memory: Memory, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that draws breaks: the lines come all the same, and say that the picture is missing."""
    _use_of_a_month(memory, calendar)
    monkeypatch.setenv("MPLBACKEND", "no such thing")
    clerk.says("/thongke")
    told = clerk.hears_one(30)
    assert told.text.startswith("Thống kê 30 ngày")
    assert told.text.endswith(texts.NO_PICTURE)


def test_every_kind_of_question_has_a_name() -> None:
    """Administrators read no words of the program."""
    assert set(get_args(Kind)) <= set(texts.KINDS)


@pytest.mark.parametrize(
    ("took_ms", "written"),
    [
        pytest.param(0.4, "0,01 giây", id="hardly-any"),
        pytest.param(35.0, "0,04 giây", id="part-of-a-second"),
        pytest.param(2540.0, "2,5 giây", id="seconds"),
        pytest.param(9000.0, "9 giây", id="whole-seconds"),
        pytest.param(30_400.0, "30 giây", id="long"),
    ],
)
def test_times_are_written_as_they_matter(took_ms: float, written: str) -> None:
    """The shorter a time, the finer."""
    assert seconds(took_ms) == written


def test_unanswered_questions_are_listed_with_a_button_each(clerk: Person, memory: Memory, calendar: Calendar) -> None:
    """The most frequent first, with how often and when last; at most twenty."""
    assert clerk.asks("/chuatraloi").text == texts.UNANSWERED_NONE
    for word in (f"chuyện thứ {number} {'abcdefghiklmnopqrstuvxy'[number] * 9}" for number in range(22)):
        memory.unanswered.record(word)
    calendar.at = TODAY - timedelta(days=2)
    for _ in range(3):
        memory.unanswered.record("Học phí trường tư là bao nhiêu?")
    reply = clerk.asks("/chuatraloi")
    assert "1. Học phí trường tư là bao nhiêu?\n3 lần, gần nhất 20/11" in reply.text
    assert "20. chuyện thứ" in reply.text
    assert "21." not in reply.text
    assert reply.buttons == [str(place) for place in range(1, 21)]


def test_deeds_are_told_newest_first_by_name(clerk: Person, minh: Person, memory: Memory, calendar: Calendar) -> None:
    """Who, when, what and which edition; the reader is `bạn`, others are named as Telegram names them."""
    assert clerk.asks("/nhatky").text == texts.NO_DEEDS
    memory.deeds.record(str(minh.chat.id), "add", "luat.docx", "20261122-133000-aaaaaa")
    calendar.at += timedelta(minutes=5)
    memory.deeds.record(str(clerk.chat.id), "remove_question", "Ai ký?")
    memory.deeds.record("terminal", "build")
    text = clerk.asks("/nhatky").text
    assert text.index("Cập nhật kho") < text.index("20:35 ngày 22/11/2026 · bạn\nXóa câu hỏi thử: Ai ký?")
    assert "20:30 ngày 22/11/2026 · Minh\nThêm văn bản: luat.docx → phiên bản 20:30 ngày 22/11/2026" in text
    assert clerk.asks("/nhatky 1").text.count(" · ") == 1


@pytest.mark.parametrize("command", ["/thongke", "/chuatraloi", "/themcauhoi", "/nhatky"])
def test_without_a_memory_commands_say_so(api: BotApi, hoa: Person, sample: SampleAssistant, command: str) -> None:
    """Where the memory could not be opened the bot answers on, and these commands tell what is the matter."""
    with RunningBot(api, sample, administrators=(hoa.chat.id,)):
        assert hoa.asks(command).text == texts.NO_MEMORY
