"""Find the document and the section that an administrator names in a few words, or what comes near."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.documents import Document, Section
from knowledge.library import name_of
from knowledge.mentions import number_mentions
from knowledge.vietnamese import fold

_NEAR = 3
_LEAST_LIKENESS = 60
_BEFORE_SECTION = re.compile(
    r"\s*[|;\n]\s*|,?\s+(?=(?:m[uụ]c|ph[aầ]n|ch[uư][oơ]ng|kho[aả]n|[dđ]i[eề]u)\s)", re.IGNORECASE
)
_BEFORE_PATH = re.compile(r"^(?:muc|phan|chuong)\s+(?:so\s+)?")
_ARTICLE = re.compile(r"\bdieu\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Where:
    """A section with its document."""

    document: Document
    section: Section


def divided(typed: str) -> tuple[str, str]:
    """Divide "276-KH/TU, mục II.4" or "276-KH/TU | II.4" into document and section; the second may be empty."""
    document, *section = _BEFORE_SECTION.split(typed.strip(), maxsplit=1)
    return document.strip(), " ".join(section).strip()


def documents_called(typed: str, documents: Sequence[Document]) -> list[Document]:
    """Return the documents that go by a name: number, title or issuer, with or without tone marks, or a part of it."""
    wanted = _words(typed)
    for fits in (_is_called, _is_numbered, _is_called_partly):
        if found := [document for document in documents if wanted and fits(wanted, document)]:
            return found
    return []


def near_documents(typed: str, documents: Sequence[Document]) -> list[Document]:
    """Return the few documents whose names come nearest."""
    names = {place: " ".join(_names(document)) for place, document in enumerate(documents)}
    near = process.extract(_words(typed), names, scorer=fuzz.partial_ratio, limit=_NEAR, score_cutoff=_LEAST_LIKENESS)
    return [documents[place] for _, _, place in near]


def section_called(typed: str, document: Document) -> Section | None:
    """Return the section of a printed path: "II.4", "mục II.4", "51" or "khoản 2 Điều 51" of a law."""
    wanted = _words(typed)
    article = _ARTICLE.search(wanted)
    paths = {wanted, _BEFORE_PATH.sub("", wanted), f"dieu {article[1] if article else wanted}"}
    return next((one for one in document.sections if {fold(one.path), fold(one.label)} & paths), None)


def near_sections(typed: str, document: Document) -> list[Section]:
    """Return the few sections whose paths or headings come nearest."""
    wanted = _BEFORE_PATH.sub("", _words(typed))

    def likeness(section: Section) -> float:
        return max(fuzz.ratio(wanted, fold(section.path)), fuzz.token_set_ratio(wanted, fold(section.heading)))

    return sorted(document.sections, key=likeness, reverse=True)[:_NEAR]


def _is_called(wanted: str, document: Document) -> bool:
    return wanted in {fold(document.id), *_names(document)}


def _is_numbered(wanted: str, document: Document) -> bool:
    """Tell whether a number is meant, with its letters or without: "276-KH/TU", "kế hoạch 276", "276"."""
    if wanted.isdecimal():
        return re.split(r"\D", document.number or "")[0] == wanted
    return any(mention.fits(document.number, document.kind, document.issued) for mention in number_mentions(wanted))


def _is_called_partly(wanted: str, document: Document) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", name) for name in _names(document))


def _names(document: Document) -> list[str]:
    return [_words(name) for name in (name_of(document), document.number, document.title, document.issuer) if name]


def _words(text: str) -> str:
    return " ".join(fold(text).split())
