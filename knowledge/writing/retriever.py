"""The search of an edition as a LangChain retriever: our own chain uses it, and any other may.

Imports LangChain's runnables, which takes half a second: import it where a chain is made.
"""

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from knowledge.library import Place, name_of
from knowledge.trust import may_be_handed
from knowledge.writing.material import MOST_PASSAGES


class PassageRetriever(BaseRetriever):
    """Finds passages of an edition for a question as people write it, best first."""

    find: Callable[[str], Sequence[Place]]
    """Returns the passages on a question's subject, best first."""
    most: int = MOST_PASSAGES

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 - LangChain's interface
        return [as_document(place) for place in self.find(query) if may_be_handed(place)][: self.most]


def as_document(place: Place) -> Document:
    """Return a passage as LangChain has it: its text letter for letter, and where it stands."""
    return Document(
        id=place.passage.id,
        page_content=place.passage.text,
        metadata={
            "id": place.passage.id,
            "document": name_of(place.document),
            "section": place.section.path,
            "label": place.passage.label,
            "digest": place.document.digest,
        },
    )
