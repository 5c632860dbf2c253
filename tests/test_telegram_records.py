"""What the bot writes down of its answers: counts in the memory and a line in the log, never words or names."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_api import BotApi
from bot_api.running import RunningBot
from sample_assistant import Progress, SampleAssistant, SampleModel

from knowledge.memory import Memory
from knowledge.settings import KnowledgeSettings

pytest_plugins = ("bot_api.fixtures",)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """Open a memory of its own."""
    with Memory.open(KnowledgeSettings(data_dir=tmp_path)) as memory:
        yield memory


def test_answers_are_counted_and_open_questions_kept(api: BotApi, sample: SampleAssistant, memory: Memory) -> None:
    """Each answer is counted; of a question without an answer its masked words stay, of a greeting nothing."""
    with RunningBot(api, sample, memory=memory):
        lan = api.person()
        for text in ("THƯ viện?", "học phí của bé, gọi tôi số 0912345678 nhé?", "chào", "cháu đang nguy hiểm"):
            lan.asks(text)
    today = memory.usage.days(1)[0]
    assert today.statuses == {"answered": 1, "not_found": 2, "safety": 1}
    assert today.kinds == {"fact": 2, "greeting": 1}
    assert len(today.took_ms) == 3
    (kept,) = memory.unanswered.groups()
    assert kept.question.startswith("học phí của bé")
    assert "0912345678" not in kept.question


def test_texts_too_long_are_counted(api: BotApi, sample: SampleAssistant, memory: Memory) -> None:
    """They are counted as such, a child's long story as what it is; not a word of either is kept."""
    with RunningBot(api, sample, memory=memory):
        lan = api.person()
        lan.asks("THƯ viện " * 230)
        lan.asks("cháu đang nguy hiểm " * 110)
    today = memory.usage.days(1)[0]
    assert today.statuses == {"not_found": 1, "safety": 1}
    assert today.kinds == {"too_long": 1}
    assert memory.unanswered.groups() == []


def test_use_of_the_model_is_counted_with_each_answer(api: BotApi, sample: SampleAssistant, memory: Memory) -> None:
    """Engine, calls, tokens, statements kept and dropped; the person's id goes to the assistant alone."""
    sample.model = SampleModel((0.0, Progress("Đang viết…")))
    with RunningBot(api, sample, memory=memory):
        lan = api.person()
        lan.asks("THƯ viện?")
    today = memory.usage.days(1)[0]
    assert today.engines == {"model": 1}
    assert (today.model_calls, today.tokens, today.kept, today.dropped) == (1, 1280, 2, {"number": 1})
    assert sample.persons == [str(lan.user["id"])]


def test_log_tells_how_an_answer_was_made(
    api: BotApi, sample: SampleAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    """One line for each answer: chat, outcome, engine, time, edition, model, prompt, tokens, kept and dropped."""
    caplog.set_level(logging.INFO)
    sample.model = SampleModel((0.0, Progress("Đang viết…")))
    with RunningBot(api, sample):
        lan = api.person()
        lan.asks("THƯ viện?")
        lan.asks("cháu đang nguy hiểm")
    written, help_given = [line for line in caplog.messages if line.startswith(f"chat {lan.chat.id}: ")]
    assert "answered by model in" in written
    assert "model model-x, prompt answer@1f2e3d4c, 1 calls, 1200+80 tokens" in written
    assert "kept 2, dropped 1 number, quoted 0, failure -" in written
    assert "safety by quotes in" in help_given
    assert "viện" not in caplog.text


def test_memory_that_fails_costs_no_answer(
    api: BotApi, sample: SampleAssistant, memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing can be written any more, people are answered all the same, and the log tells of it."""
    memory._database.writing = None  # type: ignore[assignment]  # noqa: SLF001 - as broken as can be
    with RunningBot(api, sample, memory=memory):
        lan = api.person()
        assert lan.asks("THƯ viện?").text.startswith("Về THƯ")
        assert lan.asks("HÈ?").text.startswith("Về HÈ")
    assert "an answer could not be noted" in caplog.text
    assert "viện" not in caplog.text
