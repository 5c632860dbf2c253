"""What the calls of one answer may cost: its time, its tries, and what is left of the day's limits."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from knowledge.chat_models import ChatModel, Shape, estimated_tokens
from knowledge.errors import ModelError, ModelSpentError, ModelUnavailableError
from prompts import Message

_EARLIER = 0.05
"""Seconds by which a call ends before the whole answer's time, so that it is known to have failed."""


class Spending(Protocol):
    """The day's limits, as `knowledge.memory` keeps them."""

    def book(self, person: str, calls: int, tokens: int) -> bool:
        """Book calls before they are sent, and tokens after; tell whether the calls may be sent."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take: seconds, and of the day's calls and tokens."""

    spending: Spending | None = None
    """None where nothing limits the day."""
    whole: float = 40.0
    """From question to answer; what is not done then is not waited for."""
    call: float = 25.0
    """One call; no call lives longer."""
    rewriting: float = 10.0
    """A call that rewrites the question: it must leave time for the answer, which can do without it."""
    least: float = 3.0
    """With less time left no call is begun."""
    pause: float = 1.0
    """Before a call is tried again."""


class Calls:
    """Sends what one answer asks of a model, and counts it."""

    def __init__(self, model: ChatModel, limits: Limits, person: str, deadline: float) -> None:
        """Take until when (by `time.monotonic`) all must be done."""
        self._model = model
        self._person = person
        self._limits = limits
        self._deadline = deadline
        self.count = 0
        self.tokens_in = 0
        self.tokens_out = 0

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return self._deadline - time.monotonic()

    async def ask(self, messages: Sequence[Message], shape: type[Shape], seconds: float, tries: int = 2) -> Shape:
        """Return the model's answer; a call that failed is tried again as the time allows.

        Raises as `ChatModel.ask` does, and `ModelSpentError`.
        """
        trying = AsyncRetrying(
            stop=lambda state: (
                stop_after_attempt(tries)(state)
                or self._model.rests
                or self.left - self._pause(state) < self._limits.least
            ),
            wait=self._pause,
            retry=retry_if_exception(lambda error: isinstance(error, ModelError) and error.retry_helps),
            reraise=True,
        )
        return await trying(self._once, messages, shape, seconds)

    async def _once(self, messages: Sequence[Message], shape: type[Shape], seconds: float) -> Shape:
        if self.left < self._limits.least:
            raise ModelUnavailableError("there is no time left for the chat model", timeout=True)
        try:
            reply = await self._model.ask(messages, shape, min(seconds, self.left - _EARLIER), self._sending)
        except ModelSpentError:
            raise
        except ModelError:
            await self._book_tokens(estimated_tokens(sum(len(message.text) for message in messages)), 0)
            raise
        await self._book_tokens(reply.tokens_in, reply.tokens_out)
        return reply.value

    async def _sending(self) -> None:
        """Book a call before it is sent, so that the limits hold whatever happens to us then."""
        if self._limits.spending is not None and not await asyncio.to_thread(
            self._limits.spending.book, self._person, 1, 0
        ):
            raise ModelSpentError("the day's calls or tokens are spent")
        self.count += 1

    def _pause(self, state: RetryCallState) -> float:
        """Return how long to wait: as the service says, else a moment."""
        error = state.outcome.exception() if state.outcome else None
        return max(self._limits.pause, error.retry_after if isinstance(error, ModelUnavailableError) else 0.0)

    async def _book_tokens(self, tokens_in: int, tokens_out: int) -> None:
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out
        if self._limits.spending is not None and tokens_in + tokens_out:
            await asyncio.to_thread(self._limits.spending.book, self._person, 0, tokens_in + tokens_out)
