"""While a model writes: what the chat shows meanwhile, and that only the verified answer stays."""

import time

import pytest
from bot_api import BotApi
from bot_api.rules import Refused
from bot_api.running import RunningBot
from sample_assistant import Progress, SampleAssistant, SampleModel

pytest_plugins = ("bot_api.fixtures",)
pytestmark = [
    pytest.mark.usefixtures("bot"),
    pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
]

SEARCHING = Progress("Đang tìm trong văn bản…")
WRITING = Progress("Đang viết…", ("Thư viện mở cửa hằng ngày. [1]",))
NO_SUCH_METHOD = Refused(404, "Not Found: method not found")
ANSWER = "Mô hình viết: Về THƯ, văn bản ghi:"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let progress come more often than in earnest."""
    monkeypatch.setattr("bot.progress._DRAFT_PAUSE_S", 0.1)
    monkeypatch.setattr("bot.progress._EDIT_PAUSE_S", 0.1)


@pytest.fixture
def model(sample: SampleAssistant) -> SampleModel:
    """Let a model write the answers, in two steps."""
    sample.model = SampleModel((0.05, SEARCHING), (0.3, WRITING))
    sample.model.last_s = 0.4
    return sample.model


def _methods(api: BotApi) -> list[str]:
    shown = {"sendMessageDraft", "sendMessage", "editMessageText", "deleteMessage"}
    return [call.method for call in api.world.calls if call.method in shown and call.code == 200]


@pytest.mark.usefixtures("model")
def test_private_chat_sees_drafts_and_keeps_the_answer(api: BotApi) -> None:
    """Steps and verified statements are drafts of one message; what stays is the answer with its buttons."""
    lan = api.person()
    answer = lan.asks("THƯ viện?")
    assert answer.text.startswith(ANSWER)
    assert answer.buttons == ["[1] Mục III · 12-KH/XYZ", "[2] Mục III · 12-KH/XYZ"]
    assert [text for _, text in lan.chat.drafts] == [SEARCHING.step, f"{WRITING.statements[0]}\n\n{WRITING.step}"]
    assert len({draft_id for draft_id, _ in lan.chat.drafts}) == 1
    assert _methods(api) == ["sendMessageDraft", "sendMessageDraft", "sendMessage"]


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(NO_SUCH_METHOD, id="server-without-drafts"),
        pytest.param(Refused(400, "Bad Request: drafts are not supported"), id="chat-without-drafts"),
    ],
)
@pytest.mark.usefixtures("model")
def test_where_there_are_no_drafts_one_message_is_edited(api: BotApi, refused: Refused) -> None:
    """The message that showed the progress becomes the answer; no other message is left."""
    api.fails("sendMessageDraft", refused, times=9)
    lan = api.person()
    progress = lan.asks("THƯ viện?")
    api.world.wait(lambda: progress.text.startswith(ANSWER), 5, "the answer in its place")
    assert progress.buttons == ["[1] Mục III · 12-KH/XYZ", "[2] Mục III · 12-KH/XYZ"]
    assert progress.styled("bold")[0].startswith("[1] Mục III")
    assert _methods(api) == ["sendMessage", "editMessageText", "editMessageText"]
    assert len(api.calls("sendMessageDraft")) == 1
    assert lan.unread() == []


@pytest.mark.usefixtures("model")
def test_group_sees_one_message_that_is_edited(api: BotApi, bot: RunningBot) -> None:
    """A group has no drafts; the message points at the question and becomes the answer."""
    group, lan = api.group(), api.person()
    question = group.says(lan, f"@{bot.api.world.bot['username']} THƯ viện?")
    progress = group.hears_one()
    assert progress.answers
    assert progress.answers["message_id"] == question["message_id"]
    api.world.wait(lambda: progress.text.startswith(ANSWER), 5, "the answer in its place")
    assert api.calls("sendMessageDraft") == []
    assert group.unread() == []


@pytest.mark.usefixtures("model")
def test_long_answer_begins_in_the_progress_message(api: BotApi) -> None:
    """An answer of several messages begins where the progress stood and ends with the buttons."""
    api.fails("sendMessageDraft", NO_SUCH_METHOD)
    lan = api.person()
    lan.says("DÀI thế nào?")
    parts = lan.hears_until_buttons()
    assert parts[0].text.startswith("Mô hình viết: Về DÀI")
    assert len(parts) > 2


def test_quick_answer_shows_no_progress(api: BotApi, sample: SampleAssistant) -> None:
    """What is answered within the first pause comes as ever: one message and nothing before it."""
    sample.model = SampleModel((0.0, SEARCHING))
    lan = api.person()
    assert lan.asks("THƯ viện?").text.startswith(ANSWER)
    assert _methods(api) == ["sendMessage"]


def test_without_a_model_nothing_is_shown_but_typing(api: BotApi, sample: SampleAssistant) -> None:
    """A slow answer made of quotes comes as ever."""
    sample.before_answer = lambda _: time.sleep(0.4)
    lan = api.person()
    assert lan.asks("THƯ viện?").text.startswith("Về THƯ")
    assert _methods(api) == ["sendMessage"]
    assert lan.chat.drafts == []


@pytest.mark.usefixtures("model")
def test_disclosure_is_answered_without_the_model(api: BotApi) -> None:
    """To somebody in danger the numbers come at once; no draft, no model."""
    lan = api.person()
    assert lan.asks("cháu đang nguy hiểm").text.startswith("Gọi 111")
    assert _methods(api) == ["sendMessage"]


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(Refused(502, "Bad Gateway"), id="bad-gateway"),
        pytest.param(Refused(429, "Too Many Requests: retry after 30", {"retry_after": 30}), id="too-many-requests"),
        pytest.param(Refused(403, "Forbidden: no drafts for you"), id="forbidden"),
    ],
)
@pytest.mark.alone
@pytest.mark.usefixtures("model")
def test_progress_that_cannot_be_shown_harms_no_answer(api: BotApi, refused: Refused) -> None:
    """Drafts and messages that Telegram refuses are not repeated, and the answer does not wait for them."""
    api.fails("sendMessageDraft", refused, times=20)
    if refused.code == 403:
        api.fails("sendMessage", refused)
    lan = api.person()
    started = time.monotonic()
    assert lan.asks("THƯ viện?").text.startswith(ANSWER)
    assert time.monotonic() - started < 2.5
    assert lan.unread() == []


def test_progress_that_is_stuck_does_not_hold_the_answer(
    api: BotApi, model: SampleModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A progress message that arrives after the answer is taken away again."""
    monkeypatch.setattr("bot.progress._WAITS_S", 0.1)
    model.last_s = 0.0
    api.fails("sendMessageDraft", NO_SUCH_METHOD)
    api.delays("sendMessage", 1.0)
    lan = api.person()
    lan.says("THƯ viện?")
    first, second = lan.hears(2)
    assert first.text.startswith(ANSWER)
    api.world.wait(lambda: second.id not in lan.chat.messages, 5, "the late progress to be taken away")


def test_failing_answer_takes_its_progress_with_it(api: BotApi, sample: SampleAssistant) -> None:
    """Where no answer is made, the apology is all that stays."""

    class Failing(SampleModel):
        async def write(self, *arguments: object) -> None:  # type: ignore[override]
            await super().write(*arguments)  # type: ignore[arg-type]
            raise ValueError("no answer")

    sample.model = Failing((0.05, SEARCHING))
    sample.model.last_s = 0.4
    api.fails("sendMessageDraft", NO_SUCH_METHOD)
    lan = api.person()
    progress, apology = (lan.asks("THƯ viện?"), lan.hears_one())
    assert apology.text.startswith("Xin lỗi")
    assert progress.id not in lan.chat.messages


def test_stopping_cuts_the_model_short_and_answers_with_quotes(
    api: BotApi, bot: RunningBot, model: SampleModel
) -> None:
    """Told to stop, the bot breaks calls to the model off within seconds; who waits gets quotes."""
    model.last_s = 60.0
    lan, minh = api.person("Lan"), api.person("Minh")
    lan.says("THƯ viện?")
    minh.says("HÈ?")
    minh.says("THƯ?")
    api.world.wait(lambda: bool(lan.chat.drafts and minh.chat.drafts), 5, "drafts")
    started = time.monotonic()
    bot.stop()
    assert time.monotonic() - started < 6
    assert lan.hears_one().text.startswith("Về THƯ")
    assert [reply.text[:6] for reply in minh.hears(2)] == ["Về HÈ,", "Về THƯ"]
    assert model.cancelled >= 2
    assert bot.error is None
