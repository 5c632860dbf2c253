"""Find the documents that a section cites and that are held, so that each can be opened from its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from bot.catalogue import section_key
from bot.serving import Served
from knowledge.documents import Document, Passage, Reference, Section

_UNITS = frozenset({"điều", "khoản", "điểm"})
_JOINTS = frozenset({"các", "và", "hoặc", "của"})
"""What stands between the articles, clauses and points of one citation."""


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
    """Yield the articles that are named right before a citation: "khoản 13 Điều 6 của Luật trẻ em" gives `Điều 6`."""
    for found in re.finditer(re.escape(reference.text), passage.text, re.IGNORECASE):
        words = passage.text[: found.start()].replace(",", " ").lower().split()
        before = words[:-1] if words[-1:] == ["của"] else words
        if before and before[-1][0].isdecimal():
            yield from _listed(list(takewhile(_belongs, reversed(before)))[::-1])


def _listed(words: list[str]) -> Iterator[str]:
    """Yield the articles of a list of articles, clauses and points, as in "khoản 2 điều 48 , 49"."""
    unit = ""
    for word in words:
        if word in _UNITS:
            unit = word
        elif unit == "điều" and word[0].isdecimal():
            yield f"Điều {word}"


def _belongs(word: str) -> bool:
    return word in _UNITS or word in _JOINTS or len(word) == 1 or word[0].isdecimal()
