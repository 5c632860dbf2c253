"""Find the documents that a section cites and that are held, so that each can be opened from its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from bot.catalogue import section_key
from bot.serving import Served
from knowledge.documents import Document, Passage, Reference, Section

_BETWEEN = frozenset({"các", "điều", "khoản", "điểm", "và", "hoặc", "của"})
"""What stands between the articles, clauses and points of one citation, beside numbers and letters."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is held, and the article that is cited of it; None for no article, or for several."""

    document: Document
    article: Section | None = None


def cited_documents(served: Served, citing: Document, section: Section) -> list[Cited]:
    """Return the held documents that a section cites, each once, in the order of the text."""
    articles: dict[str, set[str]] = {}
    for passage in section.passages:
        for reference in passage.references:
            document = served.assistant.held(reference)
            if document and document.id != citing.id:
                articles.setdefault(document.id, set()).update(_articles(passage, reference))
    return [_cited(served, document_id, named) for document_id, named in articles.items()]


def _cited(served: Served, document_id: str, articles: set[str]) -> Cited:
    document = next(d for d in served.catalogue.documents if d.id == document_id)
    if len(articles) != 1:
        return Cited(document)
    found = served.catalogue.section(section_key(document_id, *articles))
    return Cited(document, found[1] if found else None)


def _articles(passage: Passage, reference: Reference) -> Iterator[str]:
    """Yield the articles that a passage names before a citation: "khoản 13 Điều 6 của Luật trẻ em" gives `Điều 6`."""
    for found in re.finditer(re.escape(reference.text), passage.text, re.IGNORECASE):
        words = passage.text[: found.start()].replace(",", " ").lower().split()
        before = list(takewhile(_belongs, reversed(words)))
        numbers = before[1:] if before[:1] == ["của"] else before
        yield from _numbered(numbers)


def _numbered(backwards: list[str]) -> Iterator[str]:
    """Yield `Điều 6` of the words "6 điều 13 khoản"; each article of a list, as in "50 49 điều"."""
    if "điều" not in backwards:
        return
    steps = list(reversed(backwards))
    unit = ""
    for step in steps:
        if step in {"điều", "khoản", "điểm"}:
            unit = step
        elif unit == "điều" and step[:1].isdecimal():
            yield f"Điều {step}"


def _belongs(word: str) -> bool:
    return word in _BETWEEN or len(word) == 1 or word[:1].isdecimal()
