"""Hold the edition that is answering now, so that another can take its place while the bot runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from bot.catalogue import Catalogue
from knowledge.documents import Answer, Document, Reference

if TYPE_CHECKING:
    from knowledge.assistant import Conversation, Reply
    from knowledge.manifest import Manifest
    from knowledge.writing.writer import Progress


class Answering(Protocol):
    """What the bot needs of `knowledge.assistant.Assistant`."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the edition that is being served."""

    def answer(self, question: str, conversation: "Conversation") -> Answer:
        """Answer a question with quotes; blocks for some milliseconds and may be called from any thread."""

    async def reply(
        self,
        question: str,
        conversation: "Conversation",
        *,
        person: str = "",
        tell: "Callable[[Progress], None] | None" = None,
    ) -> "Reply":
        """Answer a question, by a model where one is set; `tell` gets what may be shown while it writes."""

    def held(self, reference: Reference) -> Document | None:
        """Return the document that a citation names; None where neither its text nor a summary is held."""

    def cited_by(self, document_id: str) -> Answer:
        """Answer which documents cite one that is held; may be called from any thread."""


class Served(NamedTuple):
    """An assistant, the catalogue of its documents and the facts of its edition: they never disagree."""

    assistant: Answering
    catalogue: Catalogue
    manifest: "Manifest | None" = None
    """None where the documents are of no edition."""

    @classmethod
    def by(cls, assistant: Answering, manifest: "Manifest | None" = None) -> Self:
        """Return what an assistant serves."""
        return cls(assistant, Catalogue(assistant.documents), manifest)

    @property
    def edition(self) -> str:
        """The id of the edition; empty where there is none."""
        return self.manifest.id if self.manifest else ""


class Serving:
    """What is being served; `swap` puts another edition in its place.

    An edition is closed when another has taken its place and nobody is answering with it any more.
    """

    def __init__(self, first: Served, close: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._held = _Held(first, close)

    @contextmanager
    def lease(self) -> Iterator[Served]:
        """Give what is served now, and keep it open as long as the work inside takes."""
        with self._lock:
            held = self._held
            held.holders += 1
        try:
            yield held.served
        finally:
            self._let_go(held)

    def now(self) -> Served:
        """Return what is served now, for a look at its documents; to search in it, take a lease."""
        return self._held.served

    def swap(self, other: Served, close: Callable[[], None] = lambda: None) -> None:
        """Serve another edition from now on; whoever is answering with the old one finishes with it."""
        with self._lock:
            old, self._held = self._held, _Held(other, close)
        self._let_go(old)

    def close(self) -> None:
        """Let go of what is served; nothing may be asked afterwards."""
        self._let_go(self._held)

    def _let_go(self, held: "_Held") -> None:
        with self._lock:
            held.holders -= 1
            last = held.holders == 0
        if last:
            held.close()


@dataclass(slots=True)
class _Held:
    """What is served, with the number of those who hold it; being the current one counts as one."""

    served: Served
    close: Callable[[], None]
    holders: int = 1
