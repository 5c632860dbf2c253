"""Fetch updates so that one that nobody can read is skipped, instead of stopping all others for ever.

The library parses a batch as a whole: where one update is malformed it fetches the same batch again and
again. Here each update is tried by itself on the way in, and one that cannot be read is replaced by an empty
one, which is confirmed like any other.
"""

import asyncio
import json
import logging
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData

_EMPTY_HANDED_PAUSE_S = 1.0
_CONNECTS_WITHIN_S = 10
_ANSWERS_WITHIN_S = 10
"""On top of the time for which Telegram may hold the request."""
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})

_log = logging.getLogger(__name__)


class UpdatesRequest(HTTPXRequest):
    """Requests for updates whose answers hold only what can be read."""

    def __init__(self, proxy: str | None = None) -> None:
        super().__init__(
            connection_pool_size=1,
            proxy=proxy,
            connect_timeout=_CONNECTS_WITHIN_S,
            read_timeout=_ANSWERS_WITHIN_S,
            pool_timeout=_ANSWERS_WITHIN_S,
        )
        self.rejected = asyncio.Event()
        """Set when Telegram no longer accepts the token; the library only stops polling then, in silence."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ANN401 - the timeouts, passed on as they come
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> tuple[int, bytes]:
        """Make a request; NetworkError where the answer is no list of updates."""
        code, payload = await super().do_request(url, method, request_data, *args, **kwargs)
        if code in _REFUSED:
            self.rejected.set()
        if code != HTTPStatus.OK:
            return code, payload
        updates = _list_of_updates(payload)
        readable = _readable(updates, _offset(request_data))
        if updates and not readable:
            await asyncio.sleep(_EMPTY_HANDED_PAUSE_S)
        return code, json.dumps({"ok": True, "result": readable}).encode()


def _list_of_updates(payload: bytes) -> list[object]:
    try:
        updates = json.loads(payload.decode(errors="replace"))["result"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NetworkError("the answer to getUpdates is not JSON with a result") from error
    if not isinstance(updates, list):
        raise NetworkError("the result of getUpdates is not a list")
    return updates


def _readable(updates: list[object], offset: int) -> list[object]:
    """Return the updates, an empty one with the same id for each that cannot be read.

    Updates come in the order of their ids, which grow one by one. So where one has no id, the id after the
    last one can be confirmed without losing another; at the first request even that is unknown.
    """
    readable: list[object] = []
    for update in updates:
        number = _id_of(update) or offset
        offset = number + 1 if number else 0
        if _can_be_read(update):
            readable.append(update)
        else:
            _log.warning("update %s cannot be read and is skipped", number or "without id")
            readable.extend([{"update_id": number}] if number else [])
    return readable


def _can_be_read(update: object) -> bool:
    try:
        return bool(_id_of(update) and Update.de_json(update, None))  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - whatever the library stumbles over, it must not stop the others
        return False


def _id_of(update: object) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None


def _offset(request_data: RequestData | None) -> int:
    offset = request_data.parameters.get("offset") if request_data else None
    return offset if isinstance(offset, int) and offset > 0 else 0
