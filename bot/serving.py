"""Hold the assistant that is answering now, so that a new edition can take its place while the bot runs."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.catalogue import Catalogue
from knowledge.documents import Answer, Document, Reference

if TYPE_CHECKING:
    from knowledge.assistant import Conversation


class Answering(Protocol):
    """What the bot needs of `knowledge.assistant.Assistant`."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the edition that is being served."""

    def answer(self, question: str, conversation: "Conversation") -> Answer:
        """Answer a question; blocks for some milliseconds and may be called from any thread."""

    def held(self, reference: Reference) -> Document | None:
        """Return the document that a citation names; None where neither its text nor a summary is held."""

    def cited_by(self, document_id: str) -> Answer:
        """Answer which documents cite one that is held; may be called from any thread."""


class Served(NamedTuple):
    """An assistant with the catalogue of its documents, changed together so that they never disagree."""

    assistant: Answering
    catalogue: Catalogue


class Serving:
    """The current assistant; `swap` puts another in its place."""

    def __init__(self, assistant: Answering) -> None:
        self.swap(assistant)

    def now(self) -> Served:
        """Return the assistant that answers now with its own catalogue."""
        return self._served

    def current(self) -> Answering:
        """Return the assistant that answers now."""
        return self._served.assistant

    def catalogue(self) -> Catalogue:
        """Return the documents that are served now, by the keys of buttons."""
        return self._served.catalogue

    def swap(self, assistant: Answering) -> None:
        """Serve another assistant from now on; whoever is answering with the old one finishes with it."""
        self._served = Served(assistant, Catalogue(assistant.documents))
