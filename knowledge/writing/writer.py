"""Let a model write an answer, and keep of it what code can verify.

A question that leans on the one before, or that finds nothing, is first put into a standalone one in the words of the
documents. Then: retrieve, write, verify; where the greater part fails, write once more with what failed. What then
fails for its wording gives way to its quotes. Every way out that is no verified answer leaves the answer to the quotes
engine.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.chat_models import ChatModel, untraced
from knowledge.documents import Answer
from knowledge.errors import (
    KnowledgeError,
    ModelError,
    ModelRefusedError,
    ModelRestingError,
    ModelSpentError,
    ModelUnavailableError,
    ModelUnreadableError,
)
from knowledge.library import Place
from knowledge.masking import mask
from knowledge.understand import Conversation, Understanding
from knowledge.vietnamese import fold
from knowledge.writing.composing import compose, in_place
from knowledge.writing.material import as_data, material
from knowledge.writing.model_use import ModelUse
from knowledge.writing.quoted import Quoted
from knowledge.writing.spending import Calls, Limits
from knowledge.writing.statements import StandaloneQuestion, WrittenAnswer, WrittenStatement
from knowledge.writing.verification import Dropped, Verification, Verified
from prompts import Message, Prompt, fence, load_prompts

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

__all__ = ["ModelUse", "Progress", "Tell", "Writer", "Written"]

_MOST_STATEMENTS = 6
_MOST_LETTERS = 400
"""Of a standalone question, and of a statement that a model is told about."""
_MOST_RETURNED = 8000
"""Letters of its own answer that a model is shown again."""
_LANGUAGES = {False: "tiếng Việt", True: "tiếng Anh"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person may see while an answer is written."""

    step: str
    """What is being done, in the person's language."""
    statements: tuple[str, ...] = ()
    """Statements that already stood verification."""


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of letting a model write."""

    answer: Answer | None
    """None where the quotes engine must answer."""
    asked: Understanding
    """How the question that was answered is understood."""
    question: str
    """The question that was answered, standalone where the model made it so."""
    use: ModelUse


@dataclass(slots=True)
class _Progressing:
    """One answer on its way."""

    quoted: Quoted
    before: Conversation
    calls: Calls
    tell: Tell | None
    prompts: list[str] = field(default_factory=list)
    kept: int = 0
    quoted_instead: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    retried: bool = False

    def step(self, name: str, statements: Sequence[str] = ()) -> None:
        if self.tell:
            self.tell(Progress(self.quoted.desk.say(name), tuple(statements)))

    def messages(self, prompt: Prompt, **values: str) -> list[Message]:
        """Fill in a prompt; its language is that of the person."""
        if prompt.version not in self.prompts:
            self.prompts.append(prompt.version)
        return prompt.messages(values)


@dataclass(frozen=True, slots=True)
class _Checked:
    """The statements that a model wrote at once, and what verification says of each."""

    statements: tuple[WrittenStatement, ...] = ()
    verdicts: tuple[Verified | Dropped, ...] = ()

    @property
    def stood(self) -> list[Verified]:
        return [each for each in self.verdicts if isinstance(each, Verified)]

    @property
    def failed(self) -> list[tuple[WrittenStatement, Dropped]]:
        both = zip(self.statements, self.verdicts, strict=True)
        return [(statement, each) for statement, each in both if isinstance(each, Dropped)]


class _NotAnswered(Exception):  # noqa: N818 - no error: the passages do not answer
    pass


class _Unverified(Exception):  # noqa: N818 - no error of ours: nothing that the model wrote stood
    pass


class Writer:
    """Writes with one model from one edition; any number of answers at once."""

    def __init__(
        self,
        model: ChatModel,
        verification: Verification,
        retriever: "Callable[[], BaseRetriever]",
        understand: Callable[[str], Quoted | None],
        limits: Limits,
    ) -> None:
        """Take how a rewritten question is looked up; None where that tells of a child in danger."""
        self._model = model
        self._verification = verification
        self._retriever = retriever
        self._understand = understand
        self._limits = limits
        self._prompts = load_prompts()

    async def write(
        self, quoted: Quoted, before: Conversation, *, person: str, tell: Tell | None, deadline: float
    ) -> Written:
        """Write an answer to a question as the next one of the conversation `before` it.

        `deadline` is by `time.monotonic`. Raises nothing but cancellation: what fails stands in `use.failure`.
        """
        started = time.monotonic()
        work = _Progressing(quoted, before, Calls(self._model, self._limits, person, deadline), tell)
        failure, answer, base = None, None, quoted
        try:
            self._model.check_awake()
            async with asyncio.timeout(max(0.0, work.calls.left)):
                base = await self._standing_alone(work)
                answer = await self._written(work, base)
        except Exception as error:  # noqa: BLE001 - a person who asked gets the quotes, whatever went wrong here
            failure = _failure(error)
        use = ModelUse(
            model=self._model.name,
            prompt="+".join(work.prompts),
            calls=work.calls.count,
            tokens_in=work.calls.tokens_in,
            tokens_out=work.calls.tokens_out,
            took_ms=(time.monotonic() - started) * 1000,
            kept=work.kept,
            dropped=dict(work.dropped),
            quoted=work.quoted_instead,
            retried=work.retried,
            failure=failure,
        )
        return Written(answer, base.asked, base.question, use)

    async def _standing_alone(self, work: _Progressing) -> Quoted:
        """Return the question as it can be looked up: rewritten where it leans on another or finds nothing."""
        found = work.quoted.answer.status == "answered"
        if found and not work.quoted.leans:
            return work.quoted
        work.step("step_rewriting")
        question = await self._rewritten(work, work.before if work.quoted.leans else Conversation())
        again = await asyncio.to_thread(self._understand, question) if question else None
        if again and again.answer.status == "answered" and fold(again.question) != fold(work.quoted.question):
            return again
        if not found:
            raise _NotAnswered
        return work.quoted

    async def _rewritten(self, work: _Progressing, before: Conversation) -> str:
        """Let the model put a question so that it stands alone; empty where it does not or cannot."""
        marks = fence()
        names = work.quoted.desk.names(before.answered_by)
        turns = [*(mask(question) for question in before.asked), *([f"({names})"] if names else [])]
        messages = work.messages(
            self._prompts["standalone_question"],
            opening=marks.opening,
            closing=marks.closing,
            history=marks.around("\n".join(turns)),
            question=marks.around(mask(work.quoted.question)),
        )
        try:
            written = await work.calls.ask(messages, StandaloneQuestion, self._limits.rewriting, tries=1)
        except (ModelUnavailableError, ModelUnreadableError):
            if work.quoted.answer.status == "answered":
                return ""  # the understanding of the quotes engine will do
            raise
        return " ".join(written.question.split())[:_MOST_LETTERS]

    async def _written(self, work: _Progressing, base: Quoted) -> Answer:
        """Retrieve, write, verify; once more with what failed where that is the greater part."""
        offered = await asyncio.to_thread(self._offered, base)
        if not offered:
            raise _NotAnswered
        work.step("step_writing")
        messages = self._ask_for_answer(work, base, offered)
        written = await work.calls.ask(messages, WrittenAnswer, self._limits.call)
        checked = await self._checked(work, written, offered)
        if len(checked.failed) > len(checked.stood):
            messages += [
                Message("assistant", written.model_dump_json()[:_MOST_RETURNED]),
                *self._tell_what_failed(work, checked.failed),
            ]
            again = await self._written_again(work, messages, offered, checked.stood)
            checked = max(checked, again, key=lambda each: len(each.stood))
        if not checked.stood:
            raise _Unverified if checked.verdicts else _NotAnswered
        first, desk = work.quoted.asked, replace(base.desk, phrases=work.quoted.desk.phrases)
        statements = in_place(desk, checked.verdicts)
        work.kept, work.quoted_instead = len(checked.stood), len(statements) - len(checked.stood)
        asked = replace(base.asked, flags=base.asked.flags | first.flags, details=base.asked.details or first.details)
        return await asyncio.to_thread(compose, desk, asked, statements, base.answer)

    async def _written_again(
        self, work: _Progressing, messages: Sequence[Message], offered: Mapping[int, Place], kept: Sequence[Verified]
    ) -> _Checked:
        """Return what became of a second try; where that fails, what stood of the first will do."""
        work.retried = True
        work.step("step_writing_again", [each.text for each in kept])
        try:
            written = await work.calls.ask(messages, WrittenAnswer, self._limits.call)
        except ModelError:
            if kept:
                return _Checked()
            raise
        return await self._checked(work, written, offered)

    def _offered(self, base: Quoted) -> dict[int, Place]:
        """Return the passages that the model may write from."""
        asked, desk = base.asked, base.desk
        query = f"{asked.topic} {desk.names(asked.documents)}" if base.leans else base.question
        with untraced():
            found = self._retriever().invoke(query)
        return material(base, [desk.library.place(document.metadata["id"]) for document in found])

    def _ask_for_answer(self, work: _Progressing, base: Quoted, offered: Mapping[int, Place]) -> list[Message]:
        """Fill in the prompt; a question that could not be made to stand alone comes with the one before it."""
        marks = fence()
        led_up_to = work.before.asked[-1:] if base.leans else ()
        return work.messages(
            self._prompts["answer"],
            language=_LANGUAGES[work.quoted.asked.english],
            opening=marks.opening,
            closing=marks.closing,
            passages=as_data(offered, self._prompts["passage"], marks),
            question=marks.around(mask("\n".join([*led_up_to, base.question]))),
        )

    def _tell_what_failed(
        self, work: _Progressing, failed: Sequence[tuple[WrittenStatement, Dropped]]
    ) -> list[Message]:
        marks = fence()
        return work.messages(
            self._prompts["what_failed"],
            language=_LANGUAGES[work.quoted.asked.english],
            opening=marks.opening,
            closing=marks.closing,
            failures=marks.around("\n".join(f"{each.text[:_MOST_LETTERS]} – {why.reason}" for each, why in failed)),
        )

    async def _checked(self, work: _Progressing, written: WrittenAnswer, offered: Mapping[int, Place]) -> _Checked:
        """Verify the statements, and count those that do not stand."""
        work.step("step_checking")
        english = work.quoted.asked.english
        statements = tuple(written.statements[:_MOST_STATEMENTS])

        def check() -> tuple[Verified | Dropped, ...]:
            return tuple(self._verification.check(statement, offered, english=english) for statement in statements)

        checked = _Checked(statements, await asyncio.to_thread(check))
        work.dropped.update(why.reason for _, why in checked.failed)
        return checked


def _failure(error: Exception) -> str:
    """Name why there is no answer of the model; what nobody foresaw is logged by its name alone, without a word."""
    if isinstance(error, TimeoutError) or (isinstance(error, ModelUnavailableError) and error.timeout):
        return "timeout"
    for kind, name in _FAILURES.items():
        if isinstance(error, kind):
            return name
    _log.error("writing an answer failed: %s", type(error).__name__)
    return "failed"


_FAILURES: Mapping[type[Exception], str] = {
    _NotAnswered: "not_answered",
    _Unverified: "unverified",
    ModelSpentError: "spent",
    ModelRestingError: "resting",
    ModelUnavailableError: "unavailable",
    ModelUnreadableError: "unreadable",
    ModelRefusedError: "refused",
    KnowledgeError: "failed",
}
