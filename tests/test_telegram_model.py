"""The bot on Telegram with a model over HTTP: what stays in the chat, and what a stop does to a call."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_api import BotApi
from bot_api.running import RunningBot
from model_server import KEY, ModelServer, Silence
from model_server.honest import Honest
from pydantic import SecretStr

from bot.editions import Editions
from knowledge.assistant import assistants
from knowledge.editions import embeddings_of
from knowledge.settings import KnowledgeSettings

pytest_plugins = ("bot_api.fixtures",)

QUESTION = "Các trường phải làm gì để phòng chống bạo lực học đường?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve a model that writes honestly."""
    with ModelServer(Honest()) as server:
        yield server


@pytest.fixture
def bot(api: BotApi, server: ModelServer, data_dir: Path) -> Iterator[RunningBot]:
    """Run the bot on the shipped documents with this model."""
    settings = KnowledgeSettings(data_dir=data_dir, openai_base_url=server.url, openai_api_key=SecretStr(KEY))
    with (
        closing(Editions(data_dir, embeddings_of(settings), assistants(settings))) as editions,
        RunningBot(api, editions=editions) as running,
    ):
        yield running


@pytest.mark.usefixtures("bot")
def test_written_answer_has_its_sources_and_their_buttons(api: BotApi) -> None:
    """The statements come first, marked with the sources below them, and each source opens its section."""
    lan = api.person()
    answer = lan.asks(QUESTION)
    assert "[1]" in answer.text.partition("\n\n")[0]
    assert answer.styled("bold")[0].startswith("[1] ")
    lan.presses(answer, "[1]")
    assert lan.hears_one().text


@pytest.mark.usefixtures("bot")
def test_disclosure_is_not_sent(api: BotApi, server: ModelServer) -> None:
    """Who tells of danger gets the numbers, and no model hears of it."""
    assert api.person().asks("bố cháu đánh cháu chảy máu").text.startswith("Gọi 111")
    assert server.asked == []


def test_stop_ends_the_call_and_the_person_gets_quotes(api: BotApi, bot: RunningBot, server: ModelServer) -> None:
    """Told to stop, the bot hangs up on a silent model within seconds; drafts showed that it was at work."""
    server.character = lambda _: Silence()
    lan = api.person()
    lan.says(QUESTION)
    api.world.wait(lambda: bool(lan.chat.drafts), 20, "a draft")
    with server.changed:
        server.changed.wait_for(lambda: bool(server.asked), 20)
    started = time.monotonic()
    bot.stop()
    assert time.monotonic() - started < 6
    answer = lan.hears_one()
    assert answer.buttons
    with server.changed:
        server.changed.wait_for(lambda: server.asked[0].hung_up, 3)
    assert server.asked[0].hung_up
    assert server.open_requests == 0
