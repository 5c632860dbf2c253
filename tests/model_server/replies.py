"""What the server may send: an answer whole or in pieces, a failure, a broken connection, or nothing."""

import asyncio
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from model_server.wire import ChatRequest, JsonObject

_PIECE = 24  # letters in one piece of a stream
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """A completion."""

    content: str | None
    refusal: str | None = None
    finish: str = "stop"
    after_s: float = 0
    """Before its first byte."""
    drip_s: float = 0
    """Between its pieces; a reply that is not streamed drips its bytes."""
    cut_at: float = 1
    """The share of it after which the connection breaks; a finished reply has none left."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer of another status."""

    status: int
    message: str = "something went wrong"
    headers: Mapping[str, str] = field(default_factory=dict)
    html: bool = False
    after_s: float = 0
    drip_s: float = 0
    """Between the letters of its body."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection breaks before any answer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer ever comes."""


Delivery = Reply | Failure | Reset | Silence


async def deliver(request: web.Request, chat: ChatRequest, delivery: Delivery) -> web.StreamResponse:
    """Send a delivery as an answer to a request for a completion."""
    match delivery:
        case Silence():
            await asyncio.Event().wait()
        case Reset():
            return reset(request)
        case Failure():
            return await failed(request, delivery)
        case Reply():
            await asyncio.sleep(delivery.after_s)
    pieces = _events(chat, delivery) if chat.stream else _slices(_whole(chat, delivery))
    kind = "text/event-stream" if chat.stream else "application/json"
    return await _dripped(request, pieces, kind, delivery)


def reset(request: web.Request) -> web.Response:
    """Break the connection."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def failed(request: web.Request, failure: Failure) -> web.StreamResponse:
    """Answer with an error, in JSON or as the page of a proxy."""
    await asyncio.sleep(failure.after_s)
    error = {"error": {"message": failure.message, "type": "error", "param": None, "code": None}}
    page = f"<html><body><h1>{failure.status}</h1></body></html>"
    kind = "text/html" if failure.html else "application/json"
    response = web.StreamResponse(status=failure.status, headers={"Content-Type": kind, **failure.headers})
    await response.prepare(request)
    for letter in page if failure.html else json.dumps(error):
        await response.write(letter.encode())
        await asyncio.sleep(failure.drip_s)
    await response.write_eof()
    return response


async def _dripped(request: web.Request, pieces: Sequence[bytes], kind: str, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": kind})
    await response.prepare(request)
    for place, piece in enumerate(pieces):
        if place >= reply.cut_at * len(pieces):
            if request.transport:
                request.transport.abort()
            return response
        await response.write(piece)
        if reply.drip_s:
            await asyncio.sleep(reply.drip_s)
    await response.write_eof()
    return response


def _slices(body: bytes) -> list[bytes]:
    return [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)]


def _whole(chat: ChatRequest, reply: Reply) -> bytes:
    message: JsonObject = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    finish = reply.finish
    if chat.tools and chat.tool_choice not in {None, "none"}:
        message |= {"content": None, "tool_calls": [_tool_call(chat, reply.content or "")]}
        finish = "tool_calls"
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    head = _head(chat, "chat.completion")
    return json.dumps(head | {"choices": [choice], "usage": _usage(chat, reply)}, ensure_ascii=False).encode()


def _events(chat: ChatRequest, reply: Reply) -> list[bytes]:
    head = _head(chat, "chat.completion.chunk")
    deltas: list[JsonObject] = [{"role": "assistant", "content": ""}]
    text = reply.content or ""
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    if chat.tools and chat.tool_choice not in {None, "none"}:
        call = _tool_call(chat, "") | {"index": 0}
        deltas.append({"tool_calls": [call]})
        deltas += [{"tool_calls": [{"index": 0, "function": {"arguments": piece}}]} for piece in pieces]
    else:
        deltas += [{"content": piece} for piece in pieces]
    if reply.refusal is not None:
        deltas.append({"refusal": reply.refusal})
    chunks = [head | {"choices": [_delta(delta)]} for delta in deltas]
    chunks.append(head | {"choices": [_delta({}, reply.finish)]})
    if chat.stream_options and chat.stream_options.include_usage:
        chunks.append(head | {"choices": [], "usage": _usage(chat, reply)})
    return [f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode() for chunk in chunks] + [b"data: [DONE]\n\n"]


def _delta(delta: JsonObject, finish: str | None = None) -> JsonObject:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _tool_call(chat: ChatRequest, arguments: str) -> JsonObject:
    name = chat.tools[0].function.name if chat.tools else ""
    return {"id": f"call_{next(_numbers)}", "type": "function", "function": {"name": name, "arguments": arguments}}


def _head(chat: ChatRequest, kind: str) -> JsonObject:
    return {"id": f"chatcmpl-{next(_numbers)}", "object": kind, "created": 1_795_000_000, "model": chat.model}


def _usage(chat: ChatRequest, reply: Reply) -> JsonObject:
    read, written = len(chat.text) // 3, len(reply.content or "") // 3
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
