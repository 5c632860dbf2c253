"""Fixtures: a Bot API server, an assistant, the bot serving on them, and two people."""

from collections.abc import Iterator

import pytest
from sample_assistant import SampleAssistant

from bot_api import BotApi, Person
from bot_api.running import RunningBot


@pytest.fixture
def api() -> Iterator[BotApi]:
    """Serve the Bot API for one test."""
    with BotApi() as server:
        yield server


@pytest.fixture
def hoa(api: BotApi) -> Person:
    """Return somebody, who may be made an administrator."""
    return api.person("Hoa")


@pytest.fixture
def minh(api: BotApi) -> Person:
    """Return somebody else."""
    return api.person("Minh")


@pytest.fixture
def sample() -> SampleAssistant:
    """Return an assistant over two small documents."""
    return SampleAssistant()


@pytest.fixture
def bot(api: BotApi, sample: SampleAssistant) -> Iterator[RunningBot]:
    """Run the bot."""
    with RunningBot(api, sample) as running:
        yield running
