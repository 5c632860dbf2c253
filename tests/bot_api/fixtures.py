"""Fixtures: a Bot API server, an assistant, and the bot serving on them."""

from collections.abc import Iterator

import pytest
from sample_assistant import SampleAssistant

from bot_api import BotApi
from bot_api.running import RunningBot


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Serve the Bot API for one test."""
    with BotApi() as server:
        yield server


@pytest.fixture
def sample() -> SampleAssistant:
    """Return an assistant over two small documents."""
    return SampleAssistant()


@pytest.fixture
def bot(api: BotApi, sample: SampleAssistant) -> Iterator[RunningBot]:
    """Run the bot."""
    with RunningBot(api, sample) as running:
        yield running
