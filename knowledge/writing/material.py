"""Choose the passages that are handed to a model, number them, and set them apart as data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.library import Library, Place, name_of
from knowledge.trust import may_be_handed
from knowledge.writing.quoted import Quoted
from prompts import Fence, Message, Prompt

MOST_PASSAGES = 12
_MOST_CHARACTERS = 14_000
"""About five thousand tokens: small local models read no more with care."""
_OF_CITED = 8
"""Places for what the quotes engine cites and what stands around it; the rest is for what search finds besides."""


def material(quoted: Quoted, found: Iterable[Place]) -> dict[int, Place]:
    """Return numbered passages: those cited, what stands around them, then the best found. May be empty."""
    library = quoted.desk.library
    cited = [library.place(c.passage_id) for c in quoted.answer.citations if c.section]
    openings = [opening for place in cited if (opening := library.list_opening(place))]
    around = [place for each in cited for place in _of_section(library, each)]
    first = list(_distinct([*cited, *openings, *around]))[:_OF_CITED]
    chosen = [place for place in _distinct([*first, *found, *around]) if may_be_handed(place)]
    return dict(enumerate(_within(chosen[:MOST_PASSAGES]), start=1))


def as_data(offered: Mapping[int, Place], prompt: Prompt, marks: Fence) -> str:
    """Write the passages as a model reads them, each with number, document, section and heading, each fenced."""
    return "\n\n".join(message.text for each in offered.items() for message in _described(*each, prompt, marks))


def _described(number: int, place: Place, prompt: Prompt, marks: Fence) -> list[Message]:
    values = {
        "number": str(number),
        "opening": marks.opening,
        "closing": marks.closing,
        "source": f"{name_of(place.document)}, {place.passage.label}",
        "heading": place.section.heading,
        "text": place.passage.text,
    }
    return prompt.messages(values)


def _of_section(library: Library, place: Place) -> Iterator[Place]:
    """Yield the passages of a place's section, those next to it first."""
    passages = sorted(place.section.passages, key=lambda passage: abs(passage.place - place.passage.place))
    return (library.place(passage.id) for passage in passages)


def _distinct(places: Iterable[Place]) -> Iterator[Place]:
    seen: set[str] = set()
    for place in places:
        if place.passage.id not in seen:
            seen.add(place.passage.id)
            yield place


def _within(places: Sequence[Place]) -> Iterator[Place]:
    """Keep as many as may be sent together, the first whatever its length."""
    left = _MOST_CHARACTERS
    for place in places:
        left -= len(place.passage.text)
        if left >= 0 or place is places[0]:
            yield place
