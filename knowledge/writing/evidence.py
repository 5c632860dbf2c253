"""What a statement rests on: its quotes, and what stands above them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.documents import Document
from knowledge.library import Library, Place
from knowledge.register import Register
from knowledge.writing.attribution import names_of, without_documents
from knowledge.writing.numbers import issued, numbers_of
from knowledge.writing.parts import without_parts
from knowledge.writing.wording import Words, alike, places_of, plain_words_of, table, words_of


@dataclass(frozen=True)
class Evidence:
    """What a statement rests on: the passages, and the parts of them that are shown."""

    spans: tuple[tuple[Place, str], ...]
    library: Library
    register: Register

    @cached_property
    def quoted(self) -> str:
        """The quotes, each a sentence."""
        return " ; ".join(span for _, span in self.spans)

    @cached_property
    def words(self) -> Words:
        """The words of the quotes."""
        return words_of(self.quoted)

    @cached_property
    def counting(self) -> Words:
        """The words of the quotes without the parts and numbers of documents, whose digits count nothing."""
        return words_of(without_documents(without_parts(self.quoted)))

    @cached_property
    def above(self) -> str:
        """What names the quoted passages and stands above them: documents, sections, headings, openings of lists."""
        return " ; ".join(dict.fromkeys((*self._names(), *self._headings())))

    @cached_property
    def headed(self) -> Words:
        """The words of the nearest headings, and of the openings of lists."""
        return words_of(
            " . ".join(text for place in self.places for text in (place.section.heading, self.opening(place)))
        )

    def opening(self, place: Place) -> str:
        """Return the sentence that opens the list of a passage; nothing where there is none."""
        opening = self.library.list_opening(place)
        return opening.passage.text if opening else ""

    @cached_property
    def above_words(self) -> Words:
        """The words of what stands above."""
        return words_of(self.above)

    @cached_property
    def addressed(self) -> Words:
        """The words with which the quoted documents name whom they address, at their beginnings and ends."""
        documents = {place.document.id: place.document for place in self.places}.values()
        return tuple(word for document in documents for word in _addressed(document))

    @cached_property
    def titles(self) -> str:
        """The titles of the quoted documents, which name others."""
        return " ; ".join(dict.fromkeys(place.document.title for place in self.places))

    @cached_property
    def plain_words(self) -> Words:
        """The words of the quotes and of all that stands above, as they are."""
        return plain_words_of(f"{self.quoted} ; {self.above}")

    @cached_property
    def counted(self) -> frozenset[str]:
        """The numbers and dates that names and headings give."""
        headings = without_documents(without_parts(" ; ".join(self._headings())))
        return frozenset({*numbers_of(words_of(headings)), *(date for place in self.places for date in issued(place))})

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The quoted passages, each once."""
        return tuple({place.passage.id: place for place, _ in self.spans}.values())

    def _names(self) -> tuple[str, ...]:
        return tuple(name for place in self.places for name in names_of(place, self.register))

    def _headings(self) -> tuple[str, ...]:
        return tuple(heading for place in self.places for heading in _headings(self.library, place) if heading)


def _headings(library: Library, place: Place) -> Iterator[str]:
    """Yield the title and the printed headings above a passage, and the sentence that opens its list."""
    yield place.document.title
    steps = place.section.path.split(".")
    paths = {".".join(steps[: depth + 1]) for depth in range(len(steps))}
    yield from (section.heading for section in place.document.sections if section.path in paths)
    opening = library.list_opening(place)
    if opening:
        yield opening.passage.text


def _addressed(document: Document) -> Words:
    """Return what follows "đề nghị các …" in the first and the last section of a document that is no law."""
    if document.is_law:
        return ()
    sections = (document.sections[0], document.sections[-1])
    texts = [plain_words_of(passage.text) for section in sections for passage in section.passages]
    starts = [plain_words_of(words) for words in table()["actors"]["addressing"]]
    most = table()["actors"]["addressed"]
    named = (text[at : at + most] for text in texts for start in starts for at in places_of(start, text))
    return tuple(word for words in named for word in (";", *alike(words)))
