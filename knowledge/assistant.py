"""Answer questions: first look for a child in danger, then understand, search, answer, cite."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from knowledge.answers import of_citations, of_documents, of_standing, of_subjects, of_telephones
from knowledge.answers.desk import Desk
from knowledge.documents import Answer, Document, Reference
from knowledge.editions import Edition, embeddings_of, open_current
from knowledge.language import Language, load_language
from knowledge.mentions import NamedDocuments
from knowledge.off_topic import load_off_topic
from knowledge.phrases import load_phrases
from knowledge.register import load_register
from knowledge.relevance import Relevance
from knowledge.safety import SafetyRules, load_safety
from knowledge.settings import KnowledgeSettings
from knowledge.spelling import count_words
from knowledge.understand import Conversation, Kind, Understand, Understanding

__all__ = ["Assistant", "Conversation"]


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


class Assistant:
    """Answers from one edition; any number of threads may ask at once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._safety: SafetyRules = load_safety()
        texts = (f"{edition.library.above(p)}\n{p.passage.text}" for p in edition.library.places())
        self._language: Language = load_language().with_vocabulary(*count_words(texts))
        self._register = load_register()
        self._named = NamedDocuments(
            edition.library, self._register, self._language.places, lambda text: self._language.read(text).words
        )
        self._relevance = Relevance(edition.library, edition.index)
        self._understand = Understand(self._named, self._relevance.weights)
        self._phrases = load_phrases()
        self._off_topic = load_off_topic()

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
        """Answer a question as the next one of a conversation; a disclosure is answered and forgotten."""
        danger = self._safety.assess(question)
        if danger:
            return self._safety.answer(danger, question)
        reading = self._language.read(question)
        asked = self._understand(reading, conversation)
        asked = replace(
            asked,
            other_wordings=tuple(self._language.expansions(asked.wording or asked.topic)),
            rewordings=tuple(map(self._understand.subject, self._language.rewordings(asked.wording or asked.rest))),
            off_topic=self._off_topic.named(f"{reading.words} . {question}"),
        )
        desk = self._desk(asked)
        answer = _ANSWERS[asked.kind](desk, asked)
        if answer.status == "answered":
            answer = of_standing.with_standing(desk, answer, bodies=asked.kind != "hotline")
            conversation.last = asked
            conversation.answered_by = tuple(dict.fromkeys(c.document_id for c in answer.citations))
        return answer

    def _desk(self, asked: Understanding) -> Desk:
        phrases = self._phrases[asked.english]
        return Desk(self._edition.library, self._relevance, self._named, self._register, phrases)


@contextmanager
def open_assistant(settings: KnowledgeSettings) -> Iterator[Assistant]:
    """Answer from the current edition; raises as `knowledge.editions.open_current` does."""
    edition = open_current(settings.data_dir, embeddings_of(settings))
    try:
        yield Assistant(edition)
    finally:
        edition.close()
