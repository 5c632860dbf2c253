"""Embeddings of a service: another edition, the same search, and errors that say whether to try again."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from knowledge.embeddings import EditionEmbeddings, make_embeddings
from knowledge.errors import EmbeddingsError, EmbeddingsRefusedError, EmbeddingsUnavailableError
from knowledge.search import HybridIndex, IndexedText

TEXTS = (
    IndexedText("a", "a", "", "", "Nhà trường dạy bơi cho học sinh."),
    IndexedText("b", "b", "", "", "Báo cáo gửi về Ban Tuyên giáo."),
)
AXES = ("bơi", "báo cáo", "")
"""The service's only notions: a text lies along the first that it names."""


class _Service(BaseHTTPRequestHandler):
    """An OpenAI-compatible `/v1/embeddings` that knows one key."""

    status = 200
    requests: list[dict[str, object]]

    def do_POST(self) -> None:
        """Answer with one vector for each text, or with the status set."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.requests.append(asked | {"path": self.path})
        status = self.status if self.headers["Authorization"] == "Bearer right" else 401
        body = {"object": "list", "model": asked["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        body |= {"data": [_vector(place, text) for place, text in enumerate(asked["input"])]}
        content = json.dumps(body if status == 200 else {"error": {"message": "no"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


def _vector(place: int, text: str) -> dict[str, object]:
    axis = next(number for number, word in enumerate(AXES) if word in text.lower())
    return {"object": "embedding", "index": place, "embedding": [float(n == axis) for n in range(len(AXES))]}


@pytest.fixture
def service() -> Iterator[ThreadingHTTPServer]:
    """Give a running service."""
    handler = type("Service", (_Service,), {"requests": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _embeddings(service: ThreadingHTTPServer, key: str = "right") -> EditionEmbeddings:
    return make_embeddings("openai:a-model", base_url=f"http://127.0.0.1:{service.server_port}/v1", api_key=key)


def test_an_edition_can_be_built_with_a_service(service: ThreadingHTTPServer, tmp_path: Path) -> None:
    """Its vectors have the service's dimension, and its notions find a passage that shares no word."""
    HybridIndex.build(TEXTS, tmp_path, _embeddings(service))
    index = HybridIndex.open(tmp_path, _embeddings(service))
    hits = index.search("BƠI lội: bể nào?")
    index.close()
    assert hits[0].id == "a"
    assert json.loads((tmp_path / "index.json").read_bytes())["dimension"] == 3
    requests = service.RequestHandlerClass.requests  # type: ignore[attr-defined] - the handler above
    assert {request["path"] for request in requests} == {"/v1/embeddings"}
    assert {request["model"] for request in requests} == {"a-model"}


def test_a_service_that_fails_while_people_ask_leaves_the_words(
    service: ThreadingHTTPServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Search goes on by words alone, and the log says so without the question."""
    HybridIndex.build(TEXTS, tmp_path, _embeddings(service))
    index = HybridIndex.open(tmp_path, _embeddings(service, key="revoked"))
    with caplog.at_level(logging.WARNING, "knowledge"):
        hits = index.search("dạy bơi")
    index.close()
    assert [hit.id for hit in hits] == ["a"]
    assert "words alone" in caplog.text
    assert "bơi" not in caplog.text


@pytest.mark.parametrize(
    ("status", "key", "error"),
    [
        pytest.param(200, "wrong", EmbeddingsRefusedError, id="key-refused"),
        pytest.param(404, "right", EmbeddingsRefusedError, id="no-such-model"),
        pytest.param(503, "right", EmbeddingsUnavailableError, id="down"),
        pytest.param(429, "right", EmbeddingsUnavailableError, id="overloaded"),
    ],
)
def test_errors_of_the_service_say_whether_to_try_again(
    service: ThreadingHTTPServer, status: int, key: str, error: type[EmbeddingsError]
) -> None:
    """What the operator set wrong is told from what passes."""
    service.RequestHandlerClass.status = status  # type: ignore[attr-defined] - the handler above
    with pytest.raises(error) as refusal:
        _embeddings(service, key).embed_query("trẻ em")
    assert refusal.value.retry_helps == (error is EmbeddingsUnavailableError)


def test_no_service_at_all_is_unavailable() -> None:
    """Nobody listens at the address."""
    nowhere = make_embeddings("openai:a-model", base_url="http://127.0.0.1:9/v1", api_key="right")
    with pytest.raises(EmbeddingsUnavailableError):
        nowhere.embed_query("trẻ em")


def test_embeddings_that_learnt_nothing_say_so() -> None:
    """The embedded model must be fitted or restored before it embeds."""
    with pytest.raises(EmbeddingsError):
        make_embeddings().embed_query("trẻ em")
