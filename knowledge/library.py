"""Look up documents, sections and passages of an edition by what people and answers call them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from knowledge.documents import PARTICULARS, Citation, Document, Mark, Passage, Reference, Section
from knowledge.vietnamese import fold

LAWS = ("Luật", "Bộ luật")
"""Kinds of document that people name by title."""


def name_of(document: Document) -> str:
    """Name a document as a person does: a law by its title, others by kind and number, or by kind and issuer."""
    if document.title.startswith(f"{document.kind} ") and document.kind in LAWS:
        return document.title
    return f"{document.kind} {document.number}" if document.number else f"{document.kind} của {document.issuer}"


_UNDER: Mapping[Mark, tuple[Mark, ...]] = {
    "paragraph": ("clause", "point", "dash"),
    "clause": ("point", "dash"),
    "point": ("dash",),
    "dash": (),
}
"""What the items of a list are marked with, by the mark of the passage that opens it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    document: Document
    section: Section
    passage: Passage


class Library:
    """The documents of one edition without what is withheld, with the look-ups that answers need."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(map(_without_withheld, documents))
        self._by_id = {document.id: document for document in self.documents}
        self._places = {place.passage.id: place for place in self._walk()}

    def document(self, document_id: str) -> Document:
        """Return a document; KeyError where the edition has none of that id."""
        return self._by_id[document_id]

    def place(self, passage_id: str) -> Place:
        """Return where a passage stands; KeyError where the edition has none of that id."""
        return self._places[passage_id]

    def laws_and_others(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of the laws, and those of all other documents."""
        laws = tuple(document.id for document in self.documents if document.is_law)
        return laws, tuple(document.id for document in self.documents if document.id not in laws)

    def places(self, within: Iterable[str] = ()) -> tuple[Place, ...]:
        """Return all passages in the order of the texts, of the named documents or of all."""
        wanted = set(within)
        return tuple(p for p in self._places.values() if not wanted or p.document.id in wanted)

    def above(self, place: Place) -> str:
        """Return what stands above a passage: the headings down to it, and the sentence that opens its list."""
        steps = place.section.path.split(".")
        paths = [".".join(steps[: depth + 1]) for depth in range(len(steps))]
        headings = [s.heading for s in place.document.sections if s.path in paths and s.heading]
        opening = self.list_opening(place)
        return "\n".join([*headings, *place.section.asked_as, *([opening.passage.text] if opening else [])])

    def list_opening(self, place: Place) -> Place | None:
        """Return the passage that opens the list a passage belongs to ("… nhiệm vụ sau:"), if there is one."""
        before = [p for p in place.section.passages if p.place < place.passage.place]
        openings = [p for p in before if p.text.endswith(":")] if place.passage.mark != "paragraph" else []
        return self._places[openings[-1].id] if openings else None

    def list_items(self, opening: Place) -> tuple[Place, ...]:
        """Return the passages of the list that a passage opens; none where it opens none."""
        if not opening.passage.text.endswith(":"):
            return ()
        under = _UNDER[opening.passage.mark]
        following = (p for p in opening.section.passages if p.place > opening.passage.place)
        return tuple(self._places[p.id] for p in takewhile(lambda p: p.mark in under, following))

    def section(self, document_id: str, path: str) -> Section | None:
        """Return a section by its printed path, whatever the case of its letters; None where there is none."""
        return next((s for s in self.document(document_id).sections if fold(s.path) == fold(path)), None)

    def part(self, document_id: str, path: str) -> tuple[Section, ...]:
        """Return a section with all that stand under it (`II` gives `II`, `II.1`, `II.2` …), in order."""
        root = fold(path)
        return tuple(
            section
            for section in self.document(document_id).sections
            if fold(section.path) == root or fold(section.path).startswith(root + ".")
        )

    def article(self, document_id: str, path: str) -> tuple[Place, ...]:
        """Return the passages of an article (`Điều 51`); none where there is none."""
        return tuple(p for p in self.places((document_id,)) if p.section.path == path)

    def clause(self, document_id: str, path: str) -> tuple[Place, ...]:
        """Return the passages of a clause or point of an article (`Điều 51.2`, `Điều 51.2.a`), if there is one."""
        article, *steps = path.split(".")
        label = f"Khoản {steps[0]} {article}" if len(steps) == 1 else f"Điểm {steps[1]} khoản {steps[0]} {article}"
        places = (p for p in self.places((document_id,)) if p.section.path == article)
        return tuple(p for p in places if fold(p.passage.label).endswith(fold(label)))

    def references(self) -> Iterator[tuple[Place, Reference]]:
        """Walk over every citation of another document, with the passage it stands in."""
        for place in self._places.values():
            for reference in place.passage.references:
                yield place, reference

    def _walk(self) -> Iterator[Place]:
        for document in self.documents:
            for section in document.sections:
                for passage in section.passages:
                    yield Place(document, section, passage)


def _without_withheld(document: Document) -> Document:
    if not any(passage.withheld for section in document.sections for passage in section.passages):
        return document
    sections = (replace(s, passages=tuple(p for p in s.passages if not p.withheld)) for s in document.sections)
    return replace(document, sections=tuple(sections))


def cite(place: Place, quote: str | None = None) -> Citation:
    """Cite a passage, whole or by a quote that stands in it.

    Raises ValueError where the quote does not stand in the passage letter for letter.
    """
    words = place.passage.text if quote is None else quote
    if words not in place.passage.text:
        raise ValueError(f"the quote does not stand in {place.passage.id}")
    return Citation(
        passage_id=place.passage.id,
        document_id=place.document.id,
        document=place.document.number,
        title=place.document.title,
        issuer=place.document.issuer,
        name=name_of(place.document),
        section=place.section.path,
        label=place.passage.label,
        quote=words,
        digest=place.document.digest,
    )


def cite_particular(document: Document, particular: str, label: str) -> Citation:
    """Cite the line of a document's head or foot that gives a particular; KeyError where none does."""
    return cite_line(document, document.quotes[particular], label)


def cite_line(document: Document, line: str, label: str) -> Citation:
    """Cite a line of a document's head, foot or stamps."""
    return Citation(
        passage_id=f"{document.id}#{PARTICULARS}#{label}",
        document_id=document.id,
        document=document.number,
        title=document.title,
        issuer=document.issuer,
        name=name_of(document),
        section=PARTICULARS,
        label=label,
        quote=line,
        digest=document.digest,
    )
