"""The bot from start to end: what waits is answered, a wrong token ends it, an absent Telegram does not."""

import time

import pytest
from bot_api import BotApi
from bot_api.rules import Refused
from bot_api.running import RunningBot
from sample_assistant import SampleAssistant
from telegram.error import InvalidToken

pytest_plugins = ("bot_api.fixtures",)

BAD_GATEWAY = Refused(502, "Bad Gateway")


def test_malformed_update_without_id_comes_first_of_all(api: BotApi, sample: SampleAssistant) -> None:
    """Where nothing is known of the ids yet, the bot waits instead of asking in a whirl."""
    api.world.add_raw_update({"message": {"message_id": 1, "date": 1, "text": "x"}})
    with RunningBot(api, sample):
        time.sleep(0.5)
        assert len(api.calls("getUpdates")) < 3
        assert api.person().asks("THƯ viện?").text.startswith("Về THƯ")


def test_what_was_fetched_is_answered_before_the_end(api: BotApi, sample: SampleAssistant) -> None:
    """Told to stop, the bot answers what it has, confirms it, and ends; nothing is answered twice."""
    sample.before_answer = lambda _: time.sleep(0.3)
    lan = api.person()
    with RunningBot(api, sample):
        lan.says("THƯ viện?")
        api.world.wait(lambda: bool(lan.chat.actions), 5, "typing")
    assert lan.hears_one().text.startswith("Về THƯ")
    with RunningBot(api, sample):
        assert lan.asks("HÈ?").text.startswith("Về HÈ")
        assert lan.unread() == []


def test_what_was_written_while_the_bot_was_away_is_answered(api: BotApi, sample: SampleAssistant) -> None:
    """Nothing that waits is dropped at the start."""
    lan = api.person()
    lan.says("THƯ viện?")
    with RunningBot(api, sample):
        assert lan.hears_one().text.startswith("Về THƯ")


@pytest.mark.parametrize("token", ["110201543:wrong", "nonsense"])
def test_wrong_token_ends_the_bot(api: BotApi, sample: SampleAssistant, token: str) -> None:
    """A token that Telegram does not accept ends the start with an error for the operator."""
    running = RunningBot(api, sample, token)
    running.start()
    running.ends()
    assert isinstance(running.error, InvalidToken)


def test_token_revoked_while_running_ends_the_bot(api: BotApi, sample: SampleAssistant) -> None:
    """A token that Telegram accepts no more ends the bot, instead of leaving it idle in silence."""
    running = RunningBot(api, sample)
    running.start()
    api.wait_for_poll()
    api.fails("getUpdates", Refused(401, "Unauthorized"))
    api.person().says("THƯ?")
    running.ends()
    assert isinstance(running.error, InvalidToken)


def test_telegram_that_is_away_at_the_start_is_waited_for(
    api: BotApi, sample: SampleAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    """A network that does not let the bot through is tried again, and the operator told about proxies."""
    api.fails("getMe", BAD_GATEWAY, times=2)
    with RunningBot(api, sample):
        assert api.person().asks("THƯ viện?").text.startswith("Về THƯ")
    assert any("TELEGRAM_PROXY" in line for line in caplog.messages)
