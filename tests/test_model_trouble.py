"""A model that is slow, broken or hangs: everybody gets an answer in time, and no request is left behind."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import Delivery, ModelServer, Silence
from model_server.honest import Honest
from model_server.trial import FULL, ask_all, assistant_with, questions, size, tell
from model_server.troubled import BROKEN, SLOW, InTurn, Late

from knowledge.assistant import Assistant, Conversation
from knowledge.evaluate import read_questions
from knowledge.sources import OWN_QUESTIONS
from knowledge.writing.spending import Limits

LIMITS = Limits() if FULL else Limits(whole=5.0, call=2.0, rewriting=1.0, least=0.2, pause=0.1)
"""As people meet them, or ten times as strict: a quick trial cannot wait for a minute."""
_LONGEST_ANSWER_S = LIMITS.whole + 5
_LONGEST_CALL_S = LIMITS.call + 5
_MOST_AT_ONCE = 50
QUESTION = "Trường học phải làm gì để phòng đuối nước cho trẻ em?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve for one test."""
    with ModelServer() as server:
        yield server


@pytest.mark.parametrize("deliveries", [pytest.param(BROKEN, id="broken"), pytest.param(SLOW, id="slow")])
def test_everybody_is_answered_in_time(server: ModelServer, data_dir: Path, deliveries: tuple[Delivery, ...]) -> None:
    """Whatever the service does, each question is answered in time, and no call lives longer than it may."""
    server.character = InTurn(deliveries)
    asked = questions(size(30, 200))
    with assistant_with(server, data_dir, LIMITS) as assistant:
        took = _ask_timed(assistant, asked)
    calls = [(call.ended or time.monotonic()) - call.began for call in server.requests("chat/completions")]
    tell(f"{len(took)} answers, longest {max(took):.1f} s; {len(calls)} calls, longest {max(calls):.1f} s")
    assert len(took) == len(asked)
    assert max(took) <= _LONGEST_ANSWER_S
    assert len(calls) >= len(deliveries)
    assert max(calls) <= _LONGEST_CALL_S
    assert server.open_requests == 0


def _ask_timed(assistant: Assistant, asked: list[str]) -> list[float]:
    """Ask all and return the seconds that each took; fails for one that brings no answer."""

    async def ask(question: str, places: asyncio.Semaphore) -> float:
        async with places:
            began = time.monotonic()
            reply = await assistant.reply(question, Conversation())
            assert reply.answer.lead
            return time.monotonic() - began

    async def ask_all_of_them() -> list[float]:
        places = asyncio.Semaphore(_MOST_AT_ONCE)
        return list(await asyncio.gather(*(ask(question, places) for question in asked)))

    return asyncio.run(ask_all_of_them())


def test_a_late_answer_is_an_answer(server: ModelServer, data_dir: Path) -> None:
    """A model that takes its time within the limits is waited for."""
    server.character = Late(0.8)
    with assistant_with(server, data_dir, LIMITS) as assistant:
        replies = ask_all(assistant, questions(4))
    assert Counter(reply.answer.engine for reply in replies)["model"] >= 3


def test_a_person_who_leaves_is_not_answered_for(server: ModelServer, data_dir: Path) -> None:
    """When the one who asked is gone, so is the request that was made for them."""
    server.character = lambda _: Silence()
    with assistant_with(server, data_dir) as assistant:

        async def leave() -> None:
            asking = asyncio.create_task(assistant.reply(QUESTION, Conversation()))
            await asyncio.to_thread(_wait_for_request, server)
            asking.cancel()
            await asyncio.wait([asking])

        asyncio.run(leave())
    with server.changed:
        assert server.changed.wait_for(lambda: server.open_requests == 0, 2)
    assert all(call.hung_up for call in server.requests("chat/completions"))


def _wait_for_request(server: ModelServer) -> None:
    with server.changed:
        assert server.changed.wait_for(lambda: server.open_requests == 1, 20)


def test_disclosures_never_leave_the_machine(server: ModelServer, data_dir: Path) -> None:
    """Nothing of a message that tells of a child in danger is sent: not to the chat model, nor for vectors or order."""
    server.character = Honest()
    told = [question.question for question in read_questions(OWN_QUESTIONS) if question.kind == "safety"]
    more = {"rerank_model": "scripted"}
    with assistant_with(server, data_dir, **more) as assistant:
        replies = ask_all(assistant, told)
        for question in told:
            assert assistant.retriever().invoke(question) == []
    assert len(told) >= 10
    assert {reply.kind for reply in replies} == {"safety"}
    assert server.asked == []
