"""Decide whose text is taken where several files hold the same document."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest import texts
from ingest.errors import DoubledDocumentError
from ingest.expected import article_numbers
from ingest.left_out import LeftOut
from ingest.read import Reading
from knowledge.documents import Document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as one file has it."""

    reading: Reading
    own: bool
    """An administrator's file."""
    alone: bool
    """It is the only document of its file; a page of the codification leaves out preamble and appendices."""

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.reading.document

    @property
    def worth(self) -> tuple[bool, int, bool]:
        """What is compared: an administrator's file counts most, then how many Điều it has."""
        return self.own, len(article_numbers(self.document)), self.alone


def choose(candidates: Iterable[Candidate]) -> tuple[dict[str, Candidate], tuple[str, ...]]:
    """Return for each id the candidate that is taken, and a Vietnamese sentence for each that is passed over.

    Raises `DoubledDocumentError` where an administrator, or the project, has put in one document as two files.
    """
    taken: dict[str, Candidate] = {}
    passed: list[str] = []
    for candidate in candidates:
        other = taken.setdefault(candidate.document.id, candidate)
        if other is candidate:
            continue
        if candidate.alone and other.alone and candidate.own == other.own:
            raise DoubledDocumentError(candidate.document.id, other.document.source, candidate.document.source)
        better, worse = sorted((other, candidate), key=lambda one: one.worth, reverse=True)
        taken[candidate.document.id] = better
        passed.append(_sentence(better.document, worse.document))
    return taken, tuple(passed)


def is_left_out(candidate: Candidate, left_out: LeftOut) -> bool:
    """Tell whether an administrator has left a document out; their own file of it alone counts more."""
    if candidate.own:
        return not candidate.alone and candidate.document.id in left_out.of_several
    return candidate.document.id in left_out.shipped


def _sentence(better: Document, worse: Document) -> str:
    return texts.PASSED_OVER.format(id=better.id, file=better.source, other=worse.source)
