"""Try again when Telegram is busy or away, so that one slow chat delays nobody else.

The limiter that comes with the library needs another package, makes every chat wait for one, and by default
loses the reply. Here only what is sent to the same chat waits in line.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any, Literal
from weakref import WeakValueDictionary

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_random_exponential,
)

_MOST_ATTEMPTS = 10
_LONGEST_PAUSE_S = 30.0
_ROUNDING_S = 0.1
"""Telegram gives whole seconds; a little more makes sure that they are over."""
_SPREAD_S = 0.3
"""So that those who wait for the same second do not all come at once."""
_AT_ONCE = frozenset({"sendChatAction", "sendMessageDraft", "getMe"})
"""Not repeated: "typing…" and drafts are not worth it, and the greeting at the start has its own loop."""
Worth = Literal["once"]
"""For a single call: `once` neither waits in line nor is repeated."""

_log = logging.getLogger(__name__)
_backoff = wait_random_exponential(multiplier=0.5, max=_LONGEST_PAUSE_S)

Result = Any


class PatientSender(BaseRateLimiter[Worth]):
    """Sends to each chat in order, waits as long as Telegram asks, and repeats what got lost on the way.

    A message whose confirmation got lost is sent twice rather than not at all.
    """

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 - the same
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Worth | None,
    ) -> Result:
        """Make one request, in line behind those to the same chat."""
        if endpoint in _AT_ONCE or rate_limit_args == "once":
            return await callback(*args, **kwargs)
        async with self._line(data.get("chat_id", object())):
            return await _retrying(endpoint)(callback, *args, **kwargs)

    def _line(self, chat: object) -> asyncio.Lock:
        return self._lines.setdefault(chat, asyncio.Lock())


def is_passing(error: BaseException) -> bool:
    """Tell whether the same request may succeed later."""
    return isinstance(error, RetryAfter | NetworkError) and not isinstance(error, BadRequest)


def pause_s(attempt: RetryCallState) -> float:
    """Return how many seconds to wait: what Telegram asks for, else longer from one attempt to the next."""
    error = attempt.outcome.exception() if attempt.outcome else None
    if isinstance(error, RetryAfter):
        asked = error.retry_after  # a number now, a timedelta in a later release of the library
        seconds = asked if isinstance(asked, int) else asked.total_seconds()
        return seconds + random.uniform(_ROUNDING_S, _SPREAD_S)  # noqa: S311 - no secret
    return _backoff(attempt)


def _is_hopeless(attempt: RetryCallState) -> bool:
    """Tell when to give up: after many attempts, but never because Telegram asks to wait."""
    error = attempt.outcome.exception() if attempt.outcome else None
    return attempt.attempt_number >= _MOST_ATTEMPTS and not isinstance(error, RetryAfter)


def _retrying(endpoint: str) -> AsyncRetrying:
    def note(attempt: RetryCallState) -> None:
        error = attempt.outcome.exception() if attempt.outcome else None
        _log.warning("%s: %s, next in %.1f s", endpoint, type(error).__name__, attempt.upcoming_sleep)

    return AsyncRetrying(
        retry=retry_if_exception(is_passing),
        wait=pause_s,
        stop=_is_hopeless,
        before_sleep=note,
        reraise=True,
    )
