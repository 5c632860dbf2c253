"""A model's service that is down: after some failures nobody waits for it, and one try finds out that it is back."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, Failure, ModelServer, Silence
from model_server.honest import Honest
from model_server.replies import Delivery
from model_server.wire import ChatRequest

from knowledge.assistant import Assistant, Conversation, Reply
from knowledge.chat_models import ChatModel
from knowledge.editions import Edition, embeddings_of, open_current
from knowledge.phrases import load_phrases
from knowledge.resting import Resting
from knowledge.settings import KnowledgeSettings
from knowledge.writing.spending import Limits

QUESTION = "Trường học phải làm gì theo Chỉ thị 28?"
HURRIED = Limits(whole=4.0, call=0.5, rewriting=0.5, least=0.1, pause=0.01)
REST_S = 0.6
"""Instead of half a minute."""
AT_ONCE_S = 0.3


@pytest.fixture(scope="module")
def edition(data_dir: Path) -> Iterator[Edition]:
    """Give the edition of the shipped documents."""
    edition = open_current(data_dir, embeddings_of(KnowledgeSettings(data_dir=data_dir)))
    yield edition
    edition.close()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve for one test."""
    with ModelServer(Honest()) as server:
        yield server


def _assistant(edition: Edition, server: ModelServer) -> Assistant:
    model = ChatModel("m", base_url=server.url, api_key=KEY, resting=Resting(failures=3, first_s=REST_S, longest_s=60))
    model.load()
    return Assistant(edition, model, HURRIED)


def _ask(assistant: Assistant, times: int = 1) -> list[Reply]:
    """Ask so many times at once."""

    async def ask_all() -> list[Reply]:
        return list(await asyncio.gather(*(assistant.reply(QUESTION, Conversation()) for _ in range(times))))

    return asyncio.run(ask_all())


def _failures(replies: list[Reply]) -> list[str | None]:
    return [reply.use.failure for reply in replies if reply.use]


@pytest.mark.alone
@pytest.mark.parametrize("trouble", [pytest.param(Failure(503), id="down"), pytest.param(Silence(), id="hangs")])
def test_nobody_waits_for_a_dead_service(edition: Edition, server: ModelServer, trouble: Delivery) -> None:
    """After three failures in a row the quotes come at once with the usual line, and nothing is sent or prepared."""
    server.character = lambda _: trouble
    assistant = _assistant(edition, server)
    _ask(assistant)
    _ask(assistant)
    assert len(server.asked) == 3
    began = time.monotonic()
    (reply,) = _ask(assistant)
    assert time.monotonic() - began < AT_ONCE_S
    assert (reply.answer.status, reply.answer.engine) == ("answered", "quotes")
    assert reply.answer.notices[-1] == load_phrases()[False].say("model_failed")
    assert reply.use
    assert (reply.use.failure, reply.use.calls, reply.use.prompt) == ("resting", 0, "")
    assert len(server.asked) == 3


def test_one_try_opens_it_again(edition: Edition, server: ModelServer) -> None:
    """When the rest is over the service is asked again; works it, then everybody is answered by the model."""
    server.character = lambda _: Failure(500)
    assistant = _assistant(edition, server)
    _ask(assistant)
    _ask(assistant)
    server.character = Honest()
    time.sleep(REST_S)
    assert _failures(_ask(assistant)) == [None]
    assert _failures(_ask(assistant, 3)) == [None] * 3


def test_while_it_is_tried_the_others_go_without(edition: Edition, server: ModelServer) -> None:
    """After a rest one person's try is enough; fails it, then the next rest is longer."""
    server.character = lambda _: Failure(500)
    assistant = _assistant(edition, server)
    _ask(assistant)
    _ask(assistant)
    time.sleep(REST_S)
    sent = len(server.asked)
    assert sorted(map(str, _failures(_ask(assistant, 5)))) == ["resting"] * 4 + ["unavailable"]
    assert len(server.asked) == sent + 1
    time.sleep(REST_S)
    assert _failures(_ask(assistant)) == ["resting"]
    time.sleep(REST_S + 0.1)
    assert _failures(_ask(assistant)) == ["unavailable"]


def test_a_service_that_says_no_is_there(edition: Edition, server: ModelServer) -> None:
    """A refused key costs nobody any time: the service goes on being asked, so that the log tells the true reason."""
    server.character = lambda _: Failure(401)
    assistant = _assistant(edition, server)
    assert [_failures(_ask(assistant)) for _ in range(5)] == [["refused"]] * 5


def test_failures_among_answers_are_no_reason(edition: Edition, server: ModelServer) -> None:
    """Only failures in a row count: a service that answers now and then is asked."""
    assistant = _assistant(edition, server)
    for _ in range(3):
        server.fails(Failure(500))
        assert _failures(_ask(assistant)) == [None]
    assert len(server.asked) == 6


def test_a_refused_schema_is_tried_again_after_a_while(edition: Edition, server: ModelServer) -> None:
    """A service that did not know schemas is asked without one for some time, and with one when it was renewed."""
    model = ChatModel(
        "m", base_url=server.url, api_key=KEY, schema_resting=Resting(failures=1, first_s=REST_S, longest_s=60)
    )
    model.load()
    assistant = Assistant(edition, model)
    honest = Honest()

    def unknowing(chat: ChatRequest) -> Delivery:
        return Failure(400) if chat.response_format else honest(chat)

    server.character = unknowing
    assert _failures(_ask(assistant) + _ask(assistant)) == [None, None]
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, False]
    server.character = honest
    time.sleep(REST_S)
    assert _failures(_ask(assistant) + _ask(assistant)) == [None, None]
    assert ["response_format" in asked.body for asked in server.asked[3:]] == [True, True]
