"""What the bot writes to its log: ids and tracebacks, never people's words, never the token."""

import logging
from collections.abc import Iterator

import pytest
from bot_api import BotApi
from bot_api.rules import Refused
from bot_api.running import RunningBot
from sample_assistant import SampleAssistant

from bot import texts
from bot.logs import write_logs

pytest_plugins = ("bot_api.fixtures",)
pytestmark = [
    pytest.mark.usefixtures("_logs_as_before"),
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

MALFORMED = {"update_id": "{id}", "message": {"message_id": 1, "date": "x", "text": "chuyện riêng tư"}}


@pytest.fixture
def _logs_as_before() -> Iterator[None]:
    """Give the logs back to pytest after the test."""
    root = logging.getLogger()
    handlers, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.usefixtures("bot")
def test_failing_answer_is_told_in_one_sentence(
    api: BotApi, sample: SampleAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    """The person gets one sentence; the log gets the traceback, but neither the words nor the token."""

    def fail(question: str) -> None:
        if "BÍ MẬT" in question:
            raise ValueError(f"cannot answer {question} with {api.token}")

    sample.before_answer = fail
    write_logs(api.token)
    lan = api.person()
    assert lan.asks("chuyện BÍ MẬT của tôi").text == texts.FAILED
    assert lan.asks("THƯ viện?").text.startswith("Về THƯ")
    written = capsys.readouterr().err
    assert "sample_assistant.py" in written
    assert "ValueError" in written
    assert str(lan.chat.id) in written
    assert "BÍ MẬT" not in written
    assert api.token not in written


def test_logs_of_a_busy_hour_hold_no_words_and_no_token(
    api: BotApi, sample: SampleAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    """Start, questions, presses, malformed updates, limits and the end leave nobody's words in the log."""
    write_logs(api.token)
    with RunningBot(api, sample):
        lan = api.person("Tên Riêng")
        api.fails("sendMessage", Refused(429, "Too Many Requests: retry after 1", {"retry_after": 1}))
        answer = lan.asks("THƯ viện riêng tư?")
        lan.presses(answer, "[1]")
        api.world.add_raw_update(MALFORMED)
        api.fails("getUpdates", Refused(502, "Bad Gateway"))
        lan.hears_one()
        lan.asks("riêng tư lần nữa")
    written = capsys.readouterr().err
    assert "cannot be read" in written
    for words in ("riêng tư", "Tên Riêng", api.token):
        assert words not in written


def test_requests_are_not_logged_and_a_token_is_blotted_out(
    api: BotApi, sample: SampleAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines that name addresses are not written; where a token turns up all the same, stars stand for it."""
    write_logs(api.token)
    with RunningBot(api, sample):
        api.person().asks("THƯ viện?")
    logging.getLogger("elsewhere").warning("bot%s/getMe", api.token)
    written = capsys.readouterr().err
    assert "HTTP Request" not in written
    assert "bot***/getMe" in written
