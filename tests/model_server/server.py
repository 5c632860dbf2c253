"""Serve chat, embeddings and reranking over HTTP from a thread of its own, and remember all that was asked."""

import asyncio
import base64
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from aiohttp import web
from numpy.typing import NDArray
from pydantic import ValidationError

from knowledge.vietnamese import syllables
from model_server import replies
from model_server.replies import Delivery, Failure, Reply, Reset
from model_server.wire import ChatRequest, EmbeddingsRequest, JsonObject, RerankRequest, is_key

KEY = "sk-scripted"
DIMENSION = 256
Character = Callable[[ChatRequest], Delivery]
"""Answers what it is asked; called in the server's thread."""
Embed = Callable[[Sequence[str], int], NDArray[np.float32]]
"""Given texts and a dimension, returns their vectors, one a row."""
_BODY: web.RequestKey[JsonObject] = web.RequestKey("body")
_TROUBLE: web.RequestKey[Delivery | None] = web.RequestKey("trouble")


@dataclass(slots=True)
class Asked:
    """One request, as it came."""

    path: str
    body: JsonObject
    began: float
    """`time.monotonic()`, as the times below."""
    ended: float | None = None
    status: int | None = None
    """What was answered; None while it waits, and where the client hung up first."""
    hung_up: bool = False


class ModelServer:
    """An OpenAI-compatible service; a context manager. `url` ends in `/v1`."""

    def __init__(self, character: Character | None = None) -> None:
        self.character = character or (lambda _: Reply("{}"))
        self.embed: Embed = bag_of_syllables
        self.rank: Callable[[str, str], float] = shared_syllables
        self.dimension = DIMENSION
        self.shuffles = False
        """Send vectors in another order than the texts came in."""
        self.asked: list[Asked] = []
        self.url = ""
        self.changed = threading.Condition()
        self._troubles: deque[Delivery | None] = deque()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        """Open a port and serve."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the port and end the thread."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def open_requests(self) -> int:
        """How many requests wait for an answer now."""
        return sum(asked.ended is None for asked in list(self.asked))

    def requests(self, path: str) -> list[Asked]:
        """Return the requests for a path below `/v1` so far."""
        return [asked for asked in list(self.asked) if asked.path == f"/v1/{path}"]

    def embedded_texts(self) -> list[str]:
        """Return all texts that were embedded so far."""
        given = [asked.body["input"] for asked in self.requests("embeddings") if asked.status == 200]
        return [text for texts in given for text in ([texts] if isinstance(texts, str) else texts)]

    def fails(self, *deliveries: Delivery | None) -> None:
        """Let the next requests, of whatever kind, end so; None lets one through."""
        self._troubles.extend(deliveries)

    async def _open(self) -> None:
        application = web.Application(client_max_size=32 << 20)
        application.router.add_get("/v1/models", self._on_models)
        application.router.add_post("/v1/chat/completions", self._on_chat)
        application.router.add_post("/v1/embeddings", self._on_embeddings)
        application.router.add_post("/v1/rerank", self._on_rerank)
        application.middlewares.append(self._remembered)
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"

    @property
    def _remembered(self):  # noqa: ANN202 - aiohttp's type of middlewares is private
        @web.middleware
        async def remember(request: web.Request, handler):  # noqa: ANN001, ANN202 - the same
            asked = Asked(request.path, await _body(request), time.monotonic())
            with self.changed:
                self.asked.append(asked)
                self.changed.notify_all()
            try:
                response = await self._answer(request, asked, handler)
                asked.status = response.status
            except (asyncio.CancelledError, ConnectionResetError):
                asked.hung_up = True
                raise
            finally:
                with self.changed:
                    asked.ended = time.monotonic()
                    self.changed.notify_all()
            return response

        return remember

    async def _answer(self, request: web.Request, asked: Asked, handler) -> web.StreamResponse:  # noqa: ANN001
        if not is_key(request.headers.get("Authorization"), KEY):
            return _refusal("Incorrect API key provided", 401, "invalid_api_key")
        trouble = self._troubles.popleft() if self._troubles else None
        request[_BODY], request[_TROUBLE] = asked.body, trouble
        if isinstance(trouble, Failure):
            return await replies.failed(request, trouble)
        if isinstance(trouble, Reset):
            return replies.reset(request)
        try:
            return await handler(request)
        except ValidationError as error:
            return _refusal(str(error))

    async def _on_models(self, _: web.Request) -> web.Response:
        model = {"id": "scripted", "object": "model", "created": 1_795_000_000, "owned_by": "tests"}
        return web.json_response({"object": "list", "data": [model]})

    async def _on_chat(self, request: web.Request) -> web.StreamResponse:
        chat = ChatRequest.model_validate(request[_BODY])
        return await replies.deliver(request, chat, request[_TROUBLE] or self.character(chat))

    async def _on_embeddings(self, request: web.Request) -> web.Response:
        asked = EmbeddingsRequest.model_validate(request[_BODY])
        vectors = self.embed(asked.texts, asked.dimensions or self.dimension)
        data = [
            {"object": "embedding", "index": place, "embedding": _written(vector, asked.encoding_format)}
            for place, vector in enumerate(vectors)
        ]
        if self.shuffles:
            data.reverse()
        tokens = sum(map(len, asked.texts)) // 3
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        body = {"object": "list", "data": data, "model": asked.model, "usage": usage}
        return web.json_response(body)

    async def _on_rerank(self, request: web.Request) -> web.Response:
        asked = RerankRequest.model_validate(request[_BODY])
        scores = [self.rank(asked.query, document) for document in asked.documents]
        order = sorted(range(len(scores)), key=lambda place: -scores[place])[: asked.top_n]
        results = [{"index": place, "relevance_score": scores[place]} for place in order]
        return web.json_response({"id": "rerank-1", "results": results, "meta": {"api_version": {"version": "2"}}})


async def _body(request: web.Request) -> JsonObject:
    """Return the request's JSON; nothing where it has none or is of another kind."""
    if request.method != "POST" or request.content_type != "application/json":
        return {}
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refusal(message: str, status: int = 400, code: str | None = None) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return web.json_response({"error": error}, status=status)


def _written(vector: NDArray[np.float32], encoding: str) -> list[float] | str:
    if encoding == "base64":
        return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode()
    return [float(number) for number in vector]


def bag_of_syllables(texts: Sequence[str], dimension: int) -> NDArray[np.float32]:
    """Return unit vectors in which texts that share syllables are near to each other."""
    vectors = np.zeros((len(texts), dimension), dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        for syllable in syllables(text):
            row[sum(map(ord, syllable)) * 31 % dimension] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)


def shared_syllables(query: str, document: str) -> float:
    """Return which share of a query's syllables stands in a document."""
    asked = set(syllables(query))
    return len(asked & set(syllables(document))) / max(1, len(asked))
