"""Count what was answered and keep what was not: after the answer, in a thread of its own, without the person."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.masking import mask

if TYPE_CHECKING:
    from knowledge.assistant import Reply
    from knowledge.documents import Answer
    from knowledge.memory import Memory

_TOO_LONG = "too_long"
"""The kind under which texts are counted that are not read as one question."""
_NO_QUESTIONS = frozenset({"greeting", "command"})
"""Kinds to which a person expects no answer out of the documents."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Noted:
    """A question with its answer, the edition that gave it and the milliseconds it took."""

    question: str
    reply: "Reply"
    edition: str
    took_ms: float


class Records:
    """Writes to the memory, where there is one; whatever happens there, nobody waits for it."""

    def __init__(self, memory: "Memory | None") -> None:
        self._memory = memory
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="records")

    def note(self, noted: Noted) -> None:
        """Write an answer down soon."""
        if self._memory:
            self._writer.submit(_write, self._memory, noted).add_done_callback(_tell_of_failure)

    def count_too_long(self, answer: "Answer", edition: str, took_ms: float) -> None:
        """Count a text that was too long; `answer` is shown where it tells of danger, and else counts for nothing."""
        if self._memory:
            status = "safety" if answer.status == "safety" else "not_found"
            counted = self._writer.submit(self._memory.usage.record, _TOO_LONG, status, answer.engine, took_ms, edition)
            counted.add_done_callback(_tell_of_failure)

    def close(self) -> None:
        """Finish what is to be written."""
        self._writer.shutdown()


def _write(memory: "Memory", noted: Noted) -> None:
    reply, answer = noted.reply, noted.reply.answer
    memory.usage.record(reply.kind, answer.status, answer.engine, noted.took_ms, noted.edition, reply.use)
    if answer.status == "not_found" and reply.kind not in _NO_QUESTIONS:
        memory.unanswered.record(mask(noted.question))


def _tell_of_failure(writing: Future[None]) -> None:
    if error := writing.exception():
        _log.error("an answer could not be noted", exc_info=error)
