"""A model that orders passages: asked with a masked question, in three seconds, and never needed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, Delivery, Failure, ModelServer, Reset
from model_server.honest import Honest
from model_server.reading import handed
from model_server.trial import ask_all, assistant_with
from model_server.wire import ChatRequest

from knowledge.reranking import Reranker

FOUND = ("Dạy bơi.", "Báo cáo hằng năm.", "Khu vui chơi.")
QUESTION = "Trường học phải làm gì để phòng đuối nước cho trẻ em?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve for one test."""
    with ModelServer(Honest()) as server:
        yield server


def _reranker(server: ModelServer) -> Reranker:
    return Reranker("a-model", base_url=server.url, api_key=KEY)


def test_what_answers_best_comes_first(server: ModelServer) -> None:
    """The order is the service's; equals stay in their old order."""
    assert _reranker(server).in_order("báo cáo", FOUND, str) == ["Báo cáo hằng năm.", "Dạy bơi.", "Khu vui chơi."]
    (asked,) = server.requests("rerank")
    assert asked.body == {"model": "a-model", "query": "báo cáo", "documents": list(FOUND), "top_n": 3}


def test_what_people_say_of_themselves_is_not_sent(server: ModelServer) -> None:
    """A telephone number in the question is masked."""
    _reranker(server).in_order("Tôi là 0912345678, báo cáo ở đâu?", FOUND, str)
    (asked,) = server.requests("rerank")
    assert "0912345678" not in asked.body["query"]
    assert "báo cáo ở đâu" in asked.body["query"]


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(Failure(500), id="down"),
        pytest.param(Failure(404), id="no-such-model"),
        pytest.param(Failure(200), id="other-json"),
        pytest.param(Failure(200, html=True), id="page-of-a-portal"),
        pytest.param(Reset(), id="connection-broken"),
        pytest.param(Failure(200, drip_s=0.5), id="drips"),
    ],
)
def test_whatever_fails_leaves_the_order(server: ModelServer, trouble: Delivery) -> None:
    """Within three seconds, and the next questions do not wait for the service at all."""
    reranker = _reranker(server)
    server.fails(trouble)
    began = time.monotonic()
    assert reranker.in_order("báo cáo", FOUND, str) == list(FOUND)
    assert time.monotonic() - began < 4
    assert reranker.in_order("báo cáo", FOUND, str) == list(FOUND)
    assert len(server.requests("rerank")) == 1


def test_the_model_reads_passages_in_the_new_order(server: ModelServer, data_dir: Path) -> None:
    """With RERANK_MODEL set, what was found is put in its order for the chat model; without, nothing is asked."""
    orders: list[list[str]] = []
    honest = Honest()

    def noting(chat: ChatRequest) -> Delivery:
        orders.append(list(handed(chat).passages.values()))
        return honest(chat)

    server.character = noting
    server.rank = lambda _, document: float(len(document))
    for settings in ({}, {"rerank_model": "a-model"}):
        with assistant_with(server, data_dir, **settings) as assistant:
            (reply,) = ask_all(assistant, [QUESTION])
            assert reply.answer.engine == "model"
        assert len(server.requests("rerank")) == len(settings)
    assert orders[0] != orders[1]
