"""Serve the Bot API over HTTP from a thread of its own."""

import asyncio
import copy
import json
import re
import threading
import time
from collections import defaultdict, deque
from types import TracebackType
from typing import Self

from aiohttp import web

from bot_api import rules
from bot_api.methods import METHODS
from bot_api.people import Group, Person
from bot_api.rules import JsonObject, Refused, bad
from bot_api.world import Call, World

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - the example of the documentation
USERNAME = "HoiDap28TestBot"
LOST = Refused(599, "the connection broke")
"""Not an answer: the request is done, and the connection broken before the answer."""
_LONGEST_POLL_S = 50


class BotApi:
    """A Bot API server with one bot; a context manager. `url` is its root."""

    def __init__(self) -> None:
        self.world = World(TOKEN, USERNAME)
        self.token = TOKEN
        self.url = ""
        self._troubles: defaultdict[str, deque[Refused | None]] = defaultdict(deque)
        self._delays: defaultdict[str, deque[float]] = defaultdict(deque)
        self._pollers = 0
        self._polling: asyncio.Event | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._news = asyncio.Event()
        self.world.on_update = self._tell_of_news

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

    def person(self, name: str = "Lan", *, started: bool = True) -> Person:
        """Return somebody with a private chat."""
        return Person(self.world, name, started=started)

    def group(self, title: str = "Tổ dân phố 5", *, topic: int | None = None) -> Group:
        """Return a group with the bot in it, and a forum where it has a topic."""
        return Group(self.world, title, topic)

    def calls(self, method: str) -> list[Call]:
        """Return the requests for a method so far."""
        return [call for call in self.world.calls if call.method.lower() == method.lower()]

    def fails(self, method: str, refused: Refused, *, times: int = 1, after: int = 0) -> None:
        """Let the next requests for a method fail, after letting some through."""
        self._troubles[method.lower()].extend([None] * after + [refused] * times)

    def delays(self, method: str, seconds: float) -> None:
        """Let the next request for a method take its time."""
        self._delays[method.lower()].append(seconds)

    def loses_answer(self, method: str) -> None:
        """Let the next request for a method be done, but break the connection before its answer."""
        self._troubles[method.lower()].append(LOST)

    def wait_for_poll(self, seconds: float = 10) -> None:
        """Wait until the bot asks for updates."""
        asked = lambda: self._pollers > 0 or bool(self.calls("getUpdates"))  # noqa: E731 - it has no better name
        self.world.wait(asked, seconds, "a request for updates")

    def wait_until_confirmed(self, seconds: float = 10) -> None:
        """Wait until the bot has taken every update."""
        self.world.wait(lambda: not self.world.updates, seconds, "all updates to be confirmed")

    async def _open(self) -> None:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._on_request)
        application.router.add_get("/file/bot{token}/{path:.+}", self._on_download)
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def _on_request(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], await _parameters(request), time.monotonic())
        try:
            response = web.json_response({"ok": True, "result": await self._result(request, call)})
        except Refused as refused:
            call.code, call.description = refused.code, refused.description
            response = _refusal(refused)
        with self.world.changed:
            self.world.calls.append(call)
            self.world.changed.notify_all()
        if call.code == LOST.code and request.transport:
            request.transport.abort()
        return response

    async def _result(self, request: web.Request, call: Call) -> object:
        """Return what a method gives back; refused where token, method or parameters are wrong."""
        token, method = request.match_info["token"], call.method.lower()
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise Refused(404, "Not Found")
        if token != self.token:
            raise Refused(401, "Unauthorized")
        if self._delays[method]:
            await asyncio.sleep(self._delays[method].popleft())
        trouble = self._troubles[method].popleft() if self._troubles[method] else None
        if trouble and trouble is not LOST:
            raise trouble
        result = await self._answer(method, call.parameters)
        if trouble:
            raise trouble
        return result

    def _tell_of_news(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    async def _answer(self, method: str, given: JsonObject) -> object:
        if method == "getupdates":
            return await self._get_updates(given)
        if method not in METHODS:
            raise Refused(404, "Not Found")
        with self.world.changed:
            return copy.deepcopy(METHODS[method](self.world, given))

    async def _get_updates(self, given: JsonObject) -> object:
        """https://core.telegram.org/bots/api#getupdates."""
        optional = {"offset": rules.integer, "limit": rules.integer, "timeout": rules.integer}
        asked = rules.read(given, {}, {**optional, "allowed_updates": rules.array})
        limit, timeout = asked.get("limit", 100), asked.get("timeout", 0)
        if not 1 <= limit <= 100 or timeout < 0:
            raise bad("limit must be between 1 and 100, timeout must not be negative")
        if self.world.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._allow(asked.get("allowed_updates"))
        self._confirm(asked.get("offset", 0))
        return await self._poll(limit, min(timeout, _LONGEST_POLL_S))

    def _allow(self, kinds: list[str] | None) -> None:
        if kinds is None:
            return
        if unknown := set(kinds) - rules.UPDATE_TYPES:
            raise bad(f"unknown types of updates: {unknown}")
        self.world.allowed_updates = set(kinds) or None

    def _confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one counts from the end of the queue."""
        with self.world.changed:
            if offset < 0:
                self.world.updates[:] = self.world.updates[offset:]
            else:
                self.world.updates[:] = [waiting for waiting in self.world.updates if waiting[0] >= offset]
            self.world.changed.notify_all()

    async def _poll(self, limit: int, seconds: float) -> object:
        """Hold the request open until there is news; a second request for updates ends the first."""
        if self._polling:
            self._polling.set()
        ended = self._polling = asyncio.Event()
        deadline = time.monotonic() + seconds
        self._count_pollers(1)
        try:
            while not self.world.updates and (left := deadline - time.monotonic()) > 0:
                self._news.clear()
                await _either(self._news, ended, left)
                if ended.is_set():
                    description = "Conflict: terminated by other getUpdates request; make sure that only one bot "
                    raise Refused(409, description + "instance is running")
        finally:
            self._count_pollers(-1)
            if self._polling is ended:
                self._polling = None
        return copy.deepcopy([update for _, update in self.world.updates[:limit]])

    def _count_pollers(self, more: int) -> None:
        with self.world.changed:
            self._pollers += more
            self.world.changed.notify_all()

    async def _on_download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(Refused(401, "Unauthorized"))
        content = self.world.files.get(request.match_info["path"].removeprefix("documents/"))
        return web.Response(body=content) if content is not None else _refusal(Refused(404, "Not Found"))


async def _either(first: asyncio.Event, second: asyncio.Event, seconds: float) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in (first, second)]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def _parameters(request: web.Request) -> JsonObject:
    """Read parameters in any of the four ways: address, form, JSON, multipart."""
    given: JsonObject = dict(request.query)
    if request.content_type == "application/json":
        try:
            given.update(await request.json())
        except ValueError:
            return given
    elif request.method == "POST":
        given.update(await request.post())
    return given


def _refusal(refused: Refused) -> web.Response:
    code = refused.code
    body: JsonObject = {"ok": False, "error_code": code, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    if code == 502:
        return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
    return web.Response(status=code, text=json.dumps(body), content_type="application/json")
