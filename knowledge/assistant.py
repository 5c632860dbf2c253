"""Answer questions: first look for a child in danger, then understand, search, answer, cite.

`Assistant.answer` answers with quotes. `Assistant.reply`, which front ends call, lets a model write where one is set
and the question gains from it; whatever comes of that, the answer made of quotes is there already.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

from knowledge.answers import of_citations, of_documents, of_standing, of_subjects, of_telephones
from knowledge.answers.desk import Desk, with_notices
from knowledge.chat_models import ChatModel, chat_model_of
from knowledge.discretion import answering
from knowledge.documents import Answer, Document, Reference
from knowledge.editions import Edition, embeddings_of, open_current
from knowledge.language import Language, load_language
from knowledge.library import Place
from knowledge.mentions import NamedDocuments
from knowledge.off_topic import load_off_topic
from knowledge.phrases import load_phrases
from knowledge.register import load_register
from knowledge.relevance import Relevance
from knowledge.reranking import Reranker, reranker_of
from knowledge.safety import SafetyRules, load_safety
from knowledge.settings import KnowledgeSettings
from knowledge.spelling import count_words
from knowledge.understand import Conversation, Kind, Understand, Understanding
from knowledge.writing.gains import gains
from knowledge.writing.quoted import Quoted
from knowledge.writing.spending import Limits, Spending
from knowledge.writing.verification import Verification
from knowledge.writing.writer import ModelUse, Progress, Tell, Writer
from prompts import load_prompts

if TYPE_CHECKING:
    from knowledge.writing.retriever import PassageRetriever

__all__ = ["Assistant", "Conversation", "Progress", "Reply"]

_REMEMBERED = 3
"""How many of the latest questions a follow-up is understood by."""
_SAID_OF_FAILURES = {"not_answered": None, "spent": "model_spent"}
_MODEL_FAILED = "model_failed"


def _greeting(desk: Desk, _asked: Understanding) -> Answer:
    return Answer(status="not_found", lead=desk.say("greeting"))


def _command(desk: Desk, _asked: Understanding) -> Answer:
    return Answer(status="not_found", lead=desk.say("command"), notices=(desk.covered(),))


_ANSWERS: dict[Kind, Callable[[Desk, Understanding], Answer]] = {
    "greeting": _greeting,
    "command": _command,
    "overview": of_documents.overview,
    "unknown": of_documents.unknown,
    "which_place": of_documents.which_place,
    "particulars": of_documents.particulars,
    "stamps": of_documents.stamps,
    "carried_out_by": of_documents.carried_out_by,
    "standing": of_standing.standing,
    "replaces": of_standing.replaced,
    "carries_out": of_documents.carries_out,
    "outline": of_documents.outline,
    "about": of_documents.about,
    "section": of_documents.section,
    "cited_by": of_citations.cited_by,
    "cites": of_citations.cites,
    "cited": of_citations.cited,
    "hotline": of_telephones.hotline,
    "report": of_subjects.report,
    "compare": of_subjects.compare,
    "duty": of_subjects.duty,
    "fact": of_subjects.fact,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with what front ends note of it; neither has a word of the question."""

    answer: Answer
    kind: str
    """The kind of question, `safety` for a disclosure."""
    use: ModelUse | None = None
    """What asking a model cost; None where none was asked."""


class Assistant:
    """Answers from one edition; any number of threads may ask at once."""

    def __init__(
        self,
        edition: Edition,
        model: ChatModel | None = None,
        limits: Limits = Limits(),  # noqa: B008 - a frozen value
        reranker: Reranker | None = None,
    ) -> None:
        """Take the model that writes, and the limits of what it may take; without a model all answers are quotes.

        `reranker` puts the passages that the model is handed into a better order.
        """
        self._edition = edition
        self._held = frozenset(document.id for document in edition.documents)
        self._safety: SafetyRules = load_safety()
        texts = (f"{edition.library.above(p)}\n{p.passage.text}" for p in edition.library.places())
        self._language: Language = load_language().with_vocabulary(*count_words(texts))
        self._register = load_register().with_told(edition.documents)
        self._named = NamedDocuments(
            edition.library, self._register, self._language.places, lambda text: self._language.read(text).words
        )
        self._relevance = Relevance(edition.library, edition.index)
        self._understand = Understand(self._named, self._relevance.weights)
        self._phrases = load_phrases()
        self._off_topic = load_off_topic()
        self._limits = limits
        self._reranker = reranker
        self._writer = self._writing_with(model) if model else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that it answers from."""
        return self._edition.documents

    def held(self, reference: Reference) -> Document | None:
        """Return the document that a citation names, if its text or a summary of it is held."""
        return next((d for d in self.documents if self._register.names(reference, d)), None)

    def cited_by(self, document_id: str) -> Answer:
        """Answer which documents cite one that is held; KeyError where it is not."""
        document = self._edition.library.document(document_id)
        asked = Understanding("cited_by", english=False, words="", subject="", documents=(document.id,))
        return of_citations.cited_by(self._desk(asked), asked)

    def answer(self, question: str, conversation: Conversation) -> Answer:
        """Answer a question with quotes, as the next one of a conversation; a disclosure is answered and forgotten."""
        conversation.keep_to(self._held)
        with answering(*conversation.asked, question):
            found = self._look_up(question, conversation)
        return found.answer if isinstance(found, Quoted) else found

    async def reply(
        self,
        question: str,
        conversation: Conversation,
        *,
        person: str = "",
        tell: Tell | None = None,
    ) -> Reply:
        """Answer a question in time, written by a model where one is set and may do better than quotes.

        `person` is whose limits hold; `tell` hears what may be shown meanwhile. Blocks no event loop.
        """
        with answering(*conversation.asked, question):
            return await self._reply(question, conversation, person, tell)

    async def _reply(self, question: str, conversation: Conversation, person: str, tell: Tell | None) -> Reply:
        deadline = time.monotonic() + self._limits.whole
        conversation.keep_to(self._held)
        before = replace(conversation)
        quoted = await asyncio.to_thread(self._look_up, question, conversation)
        if isinstance(quoted, Answer):
            return Reply(quoted, "safety")
        if self._writer is None or not gains(quoted):
            return Reply(quoted.answer, quoted.asked.kind)
        written = await self._writer.write(quoted, before, person=person, tell=tell, deadline=deadline)
        if written.answer is None:
            return Reply(_with_failure(quoted, written.use.failure), quoted.asked.kind, written.use)
        _remember(conversation, written.asked, written.answer, (*before.asked, written.question))
        return Reply(written.answer, quoted.asked.kind, written.use)

    def retriever(self) -> "PassageRetriever":
        """Return the search of this edition as a LangChain retriever, for chains of one's own."""
        from knowledge.writing.retriever import PassageRetriever  # noqa: PLC0415 - LangChain takes half a second to load

        return PassageRetriever(find=self._passages)

    def _passages(self, question: str) -> list[Place]:
        """Return the passages on a question's subject, best first; none on what tells of danger."""
        if self._safety.assess(question):
            return []
        with answering(question):
            asked, _ = self._understood(question, Conversation())
            found = self._relevance.find(asked.topics, asked.documents, other=asked.other_wordings)
            places = [f.place for f in found]
            return self._reranker.in_order(question, places, _as_read) if self._reranker else places

    def _look_up(self, question: str, conversation: Conversation) -> Quoted | Answer:
        """Answer with quotes; what tells of danger is answered with help, and leaves no trace."""
        danger = self._safety.assess(question)
        if danger:
            return self._safety.answer(danger, question)
        asked, leans = self._understood(question, conversation)
        desk = self._desk(asked)
        answer = _ANSWERS[asked.kind](desk, asked)
        if answer.status == "answered":
            answer = of_standing.with_standing(desk, answer, bodies=asked.kind != "hotline")
            _remember(conversation, asked, answer, (*conversation.asked, question))
        return Quoted(question, asked, answer, desk, leans)

    def _look_up_again(self, question: str) -> Quoted | None:
        """Look up a question that a model rewrote; None where it made it something else than a question."""
        found = self._look_up(question, Conversation())
        return found if isinstance(found, Quoted) and gains(found) else None

    def _understood(self, question: str, conversation: Conversation) -> tuple[Understanding, bool]:
        """Understand a question, and tell whether that took the one before it."""
        reading = self._language.read(question)
        asked = self._understand(reading, conversation)
        leans = conversation.last is not None and asked != self._understand(reading, Conversation())
        asked = replace(
            asked,
            other_wordings=tuple(self._language.expansions(asked.wording or asked.topic)),
            rewordings=tuple(map(self._understand.subject, self._language.rewordings(asked.wording or asked.rest))),
            off_topic=self._off_topic.named(f"{reading.words} . {question}"),
        )
        return asked, leans

    def _writing_with(self, model: ChatModel) -> Writer:
        secret = [prompt.words for prompt in load_prompts().values()]
        verification = Verification(self._edition.library, self._register, self._relevance.weights, secret)
        return Writer(model, verification, self.retriever, self._look_up_again, self._limits)

    def _desk(self, asked: Understanding) -> Desk:
        phrases = self._phrases[asked.english]
        return Desk(self._edition.library, self._relevance, self._named, self._register, phrases)


def _as_read(place: Place) -> str:
    return f"{place.section.heading}\n{place.passage.text}"


def _remember(conversation: Conversation, asked: Understanding, answer: Answer, questions: tuple[str, ...]) -> None:
    """Keep what the next question may lean on."""
    conversation.last = asked
    conversation.answered_by = tuple(dict.fromkeys(c.document_id for c in answer.citations))
    conversation.asked = questions[-_REMEMBERED:]


def _with_failure(quoted: Quoted, failure: str | None) -> Answer:
    """Return the answer made of quotes, with a line on why no model wrote it where a person should know."""
    sentence = _SAID_OF_FAILURES.get(failure or "", _MODEL_FAILED)
    return with_notices(quoted.answer, quoted.desk.say(sentence)) if sentence else quoted.answer


def assistants(settings: KnowledgeSettings, spending: Spending | None = None) -> Callable[[Edition], Assistant]:
    """Return what makes the assistant of an edition, with the model that the settings name, if they name one.

    What the model takes is loaded meanwhile, once; `spending` holds the limits of what it may cost.
    """
    model = chat_model_of(settings)
    if model:
        Thread(target=model.load, daemon=True).start()
    reranker = reranker_of(settings)
    return lambda edition: Assistant(edition, model, Limits(spending), reranker)


@contextmanager
def open_assistant(settings: KnowledgeSettings, spending: Spending | None = None) -> Iterator[Assistant]:
    """Answer from the current edition, as `assistants` does; raises as `knowledge.editions.open_current` does."""
    of_edition = assistants(settings, spending)
    edition = open_current(settings.data_dir, embeddings_of(settings))
    try:
        yield of_edition(edition)
    finally:
        edition.close()
