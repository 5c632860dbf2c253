"""Find what a question names: documents by number, title, kind or place; sections by their printed number."""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.documents import CLOSING, OPENING, Document, Reference
from knowledge.library import Library
from knowledge.register import Register, same_number
from knowledge.vietnamese import fold

_KINDS = (
    "bo luat|luat|phap lenh|nghi quyet|nghi dinh|thong tu|quyet dinh|chi thi|ke hoach|huong dan|cong van|quy dinh"
    "|ket luan|thong bao|bao cao|van ban|to trinh|cong dien"
)
_ANY_KIND = "van ban"
_TELLING = 3
"""Syllables of an issuer's name that tell which one is meant."""
_COMPARING = r"\bso sanh (?:.{0,60} (?:va|voi|cua) )?"
_BEFORE_ISSUER = (
    r"(?:^|\b(?:cua|do|theo|tu|o|ke hoach|cong van|chi thi|van ban|huong dan|ban thuong vu|boi) |" + _COMPARING + ")"
)

_NUMBER = re.compile(
    rf"(?<![\w/.-])(?:(?P<kind>{_KINDS})\s+)?(?:so\s+)?(?P<digits>\d{{1,4}})(?![\d.,])"
    r"(?:\s?[-–/]\s?(?P<suffix>(?:\d{4}(?:\s?[-/]\s?)?)?[a-z][a-z&]*\d*(?:\s?[-/]\s?[a-z][a-z&]*\d*)*|\d{4}(?!\d)))?"
    r"(?P<date>\s+(?:ngay\s+[\d/-]+|nam\s+\d{4}))?"
)
_SYMBOLS = r"(?:ct|cv|kh|nd|tt|qd|nq|hd|bc|tb|kl|qh|qp|pl|vbhn|bs|ttr|l)(?:[a-z]|$)"
"""How the letters of a document's number begin."""
_YEAR = re.compile(r"\b(19|20)\d{2}\b")
_NOT_A_TITLE = "nao|gi|phap|ve|va|cua|co|quy|lien|hien|do|de|cho|duoc|ma|thi|su|viet|thanh|moi|la|khong|neu|sao|the"
_LAW_TITLE = re.compile(rf"(?<!phap )(?<!ky )(?<!phat )\b(?:bo )?luat (?!(?:{_NOT_A_TITLE})\b)\w+(?:,? \w+){{0,6}}")
_BARE_PATH = re.compile(r"(?<![\w/.,-])(?:[ivx]+|\d{1,2})\.(?:\d{1,2}|[a-z])(?![\w/.,-])")

_ROMAN = r"[ivx]+"
_ARABIC = r"\d{1,2}(?:\.\d{1,2})*"
_STEP = rf"(?:{_ROMAN}|{_ARABIC})(?:\.(?:{_ARABIC}|[a-z]))*"
_ARTICLE = re.compile(
    r"(?:diem\s+(?P<point>[a-z])\b[\s,]*)?(?:khoan\s+(?P<clause>\d{1,2})\b[\s,]*)?\bdieu\s+(?P<article>\d{1,3})\b"
    r"(?:\s*,?\s*khoan\s+(?P<clause_after>\d{1,2}))?(?:\s*,?\s*diem\s+(?P<point_after>[a-z])\b)?"
)
_PART = re.compile(
    rf"\b(?P<level>muc|phan|diem|khoan|chuong|tieu muc|phu luc)\s+(?:so\s+)?(?P<step>{_STEP}|[a-z])(?![\w/-])"
)
_OPENING = re.compile(r"\b(?:phan\s+|doan\s+|loi\s+)?(?:mo dau|mo bai|dau tien cua van ban)\b")
_CLOSING = re.compile(r"\b(?:(?:phan|doan|loi)\s+(?:ket luan|ket|cuoi)|ket luan(?!\s+(?:so|\d|cua ai)))\b")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A document named by its number, as typed."""

    text: str
    kind: str | None
    digits: str
    suffix: str
    """Folded letters and digits after the number, without separators; may be cut short by the person."""
    year: str | None

    def fits(self, number: str | None, kind: str, issued: date | None) -> bool:
        """Tell whether a document of this number, kind and date may be meant."""
        if number is None:
            return False
        parts = re.findall(r"[a-z&]+\d*|\d+", fold(number))
        year = next((p for p in parts[1:] if _YEAR.fullmatch(p)), str(issued.year) if issued else None)
        letters = "".join(p for p in parts[1:] if p != year)
        return (
            parts[:1] == [self.digits.lstrip("0")]
            and (not self.suffix or letters.startswith(self.suffix))
            and (not self.year or not year or self.year == year)
            and (bool(self.suffix) or self._is_kind(kind))
        )

    def _is_kind(self, kind: str) -> bool:
        return self.kind in (None, _ANY_KIND) or fold(kind) == self.kind


def number_mentions(folded: str) -> list[NumberMention]:
    """Find the documents that a folded text names by number; a bare number with neither kind nor letters is none."""
    found = []
    for match in _NUMBER.finditer(folded):
        parts = re.findall(r"[a-z&]+\d*|\d+", match["suffix"] or "")
        year = next((p for p in parts if _YEAR.fullmatch(p)), None)
        letters = "".join(p for p in parts if p != year)
        said = _YEAR.search(match["date"] or "")
        is_year = bool(_YEAR.fullmatch(match["digits"])) and not letters
        if (match["kind"] and not is_year) or (letters and not _is_measure(letters)):
            found.append(
                NumberMention(
                    match[0].strip(),
                    match["kind"],
                    match["digits"],
                    letters,
                    year or (said[0] if said else None),
                )
            )
    return found


def _is_measure(letters: str) -> bool:
    """Tell whether the letters after a number are no document's symbol ("5-tuoi", "16-year-old")."""
    return re.match(_SYMBOLS, letters) is None


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question names."""

    documents: tuple[str, ...] = ()
    """Ids of the edition's documents."""
    cited: tuple[Reference, ...] = ()
    """Documents that the edition's documents cite without holding their text."""
    missing: tuple[str, ...] = ()
    """Documents and places that the edition does not know, as typed."""
    sections: tuple[str, ...] = ()
    """Printed paths that may be meant, the fullest first."""
    kinds: tuple[str, ...] = ()
    """Folded kinds named without a number ("kế hoạch nào …")."""
    places: tuple[str, ...] = ()
    """Names of places named."""
    signed: bool = False
    """It names a document by its signer."""
    rest: str = ""
    """The question without what it names of documents and sections."""


class NamedDocuments:
    """Knows by which names the documents of an edition, and those they cite, may be called."""

    def __init__(
        self,
        library: Library,
        register: Register,
        places_in: Callable[[str], Iterable[str]],
        plain_words: Callable[[str], str],
    ) -> None:
        self._library = library
        self._aliases = tuple(
            (alias, re.compile(rf"(?<!phap )(?<![\w/-]){re.escape(alias)}(?![\w/-])"), entry)
            for alias, entry in register.aliases()
        )
        self._places_in = places_in
        cited: dict[tuple[str, str], Reference] = {}
        for _, reference in library.references():
            cited.setdefault((fold(reference.number or ""), fold(reference.title or "")), reference)
        registered = [entry.as_reference() for entry in register.entries]
        self._known = (*cited.values(), *(r for r in registered if not any(same(r, other) for other in cited.values())))
        self._issuer_names = dict(
            sorted(
                ((d.id, _without_places(plain_words(d.issuer), places_in)) for d in library.documents if not d.is_law),
                key=lambda pair: -len(pair[1]),
            )
        )
        self._by_place: dict[str, list[str]] = {}
        for document in library.documents:
            for place in places_in(document.issuer):
                self._by_place.setdefault(place, []).append(document.id)

    def read(self, words: str) -> Mentions:
        """Find what a question, in plain Vietnamese words with or without marks, names."""
        folded = fold(words)
        documents: list[str] = []
        cited: list[Reference] = []
        missing: list[str] = []
        rest = words if len(folded) == len(words) else folded
        for mention in number_mentions(folded):
            held = [d.id for d in self._library.documents if mention.fits(d.number, d.kind, d.issued)]
            known = [r for r in self._known if mention.fits(r.number, r.kind, r.issued)]
            documents += held
            cited += [] if held else known
            missing += [] if held or known else [_as_typed(mention.text, folded, words)]
            rest = _cut(rest, mention.text)
        held, known, rest = self._by_alias(rest)
        documents += held
        cited += known
        for title in _LAW_TITLE.findall(fold(rest)):
            typed = _as_typed(title, fold(rest), rest)
            missing += [typed] if _is_title(typed) else []
        places = tuple(self._places_in(words))
        local = {id_ for place in places for id_ in self.of_place(place)}
        of_issuer, rest = self._issuers(rest, local)
        documents += of_issuer
        signed = [d.id for d in self._library.documents if d.signer and f" {fold(d.signer)} " in f" {fold(rest)} "]
        documents += signed
        sections, rest = _sections(rest)
        return Mentions(
            documents=tuple(dict.fromkeys(documents)),
            cited=tuple(dict.fromkeys(cited)),
            missing=tuple(dict.fromkeys(missing)),
            sections=sections,
            kinds=tuple(dict.fromkeys(re.findall(rf"\b(?:{_KINDS})\b", fold(rest)))),
            places=places,
            signed=bool(signed),
            rest=rest,
        )

    def of_place(self, place: str) -> tuple[str, ...]:
        """Return the ids of the documents that bodies of this place issued."""
        return tuple(self._by_place.get(place, ()))

    def is_law(self, document_id: str) -> bool:
        """Tell whether a document is divided into articles."""
        return self._library.document(document_id).is_law

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the documents of a folded kind."""
        return tuple(d.id for d in self._library.documents if fold(d.kind) == kind)

    def carriers(self, document_id: str) -> tuple[str, ...]:
        """Return the ids of the documents that carry a document out."""
        document = self._library.document(document_id)
        return tuple(d.id for d in self._library.documents if any(names(r, document) for r in d.carries_out))

    def _issuers(self, rest: str, local: AbstractSet[str]) -> tuple[list[str], str]:
        """Find the issuers that a text names by at least the first syllables of their names.

        Where it names places too, only issuers of these places, the `local` ones; one of no place where it is compared.
        """
        found: list[str] = []
        elsewhere = {id_ for ids in self._by_place.values() for id_ in ids} - local if local else set()
        for document_id, name in self._issuer_names.items():
            folded = " ".join(fold(rest).split())
            before = _BEFORE_ISSUER if document_id in local or not local else _COMPARING
            longest = next((p for p in _beginnings(name) if re.search(rf"{before}{p}\b", folded)), None)
            if longest and document_id not in elsewhere:
                rest = _cut(rest, longest)
                others = [other for id_, other in self._issuer_names.items() if id_ != document_id]
                found += [] if any(longest in other for other in others) and not local else [document_id]
        return found, rest

    def _by_alias(self, rest: str) -> tuple[list[str], list[Reference], str]:
        """Find the documents that a text names by a title or a common name."""
        held: list[str] = []
        cited: list[Reference] = []
        words = _words(rest)
        for alias, pattern, entry in self._aliases:
            if pattern.search(words):
                ids = [d.id for d in self._library.documents if entry.is_of(d.number, d.issued)]
                held += ids
                cited += [] if ids else [entry.as_reference()]
                rest = _cut(rest, alias)
                words = _words(rest)
        return held, cited, rest


def names(reference: Reference, document: Document) -> bool:
    """Tell whether a citation names this document."""
    return same_number(reference.number, reference.issued, document.number, document.issued)


def same(reference: Reference, other: Reference) -> bool:
    """Tell whether two citations name one document."""
    if reference.number and other.number:
        return same_number(reference.number, reference.issued, other.number, other.issued)
    return bool(reference.title and other.title) and fold(reference.title or "") == fold(other.title or "")


def _is_title(typed: str) -> bool:
    """Tell whether a wording that begins with "luật" is typed as a title ("Luật Giáo dục"), not as a word."""
    after = typed.removeprefix("Bộ ").split()[1:2]
    return typed[:1].isupper() and bool(after) and after[0][:1].isupper()


def _words(text: str) -> str:
    """Fold a text to words with one space between them."""
    return " ".join(re.findall(r"[^\s,;:]+", fold(text)))


def _as_typed(part: str, folded: str, words: str) -> str:
    """Return a part of the folded text as the person typed it, where folding kept the length."""
    start = folded.find(part)
    return words[start : start + len(part)] if start >= 0 and len(folded) == len(words) else part


def _cut(text: str, part: str) -> str:
    """Take a folded part out of a text that may have marks."""
    folded = fold(text)
    start = folded.find(part)
    if start < 0 or len(folded) != len(text):
        return text
    return text[:start] + " " + text[start + len(part) :]


def _sections(text: str) -> tuple[tuple[str, ...], str]:
    """Find the printed paths a text may mean, the fullest first, and the text without them."""
    folded = fold(text)
    if match := _ARTICLE.search(folded):
        steps = (
            match["article"],
            match["clause"] or match["clause_after"],
            match["point"] or match["point_after"],
        )
        path = "Điều " + ".".join(step for step in steps if step)
        return (path, f"Điều {match['article']}"), _cut(text, match[0])
    if match := _OPENING.search(folded):
        return (OPENING,), _cut(text, match[0])
    if match := _CLOSING.search(folded):
        return (CLOSING,), _cut(text, match[0])
    if match := _BARE_PATH.search(folded):
        return (_printed(match[0]),), _cut(text, match[0])
    parts = list(_PART.finditer(folded))
    for match in parts:
        text = _cut(text, match[0])
    if any(match["level"] == "phu luc" for match in parts):
        return tuple(f"Phụ lục {match['step'].upper()}" for match in parts if match["level"] == "phu luc"), text
    return _paths(tuple(_printed(match["step"]) for match in parts)), text


def _printed(path: str) -> str:
    """Return a folded path as it is printed: roman numerals in capitals."""
    first, *others = path.split(".")
    return ".".join([first.upper() if re.fullmatch(_ROMAN, first) else first, *others])


def _paths(steps: tuple[str, ...]) -> tuple[str, ...]:
    """Join the named steps in either order: "mục 4 phần II" and "phần II mục 4" are both `II.4`."""
    if not steps:
        return ()
    joined = [".".join(steps), ".".join(reversed(steps))]
    return tuple(dict.fromkeys(sorted(joined, key=_rank)))


def _rank(path: str) -> int:
    """Rank paths by how they are printed: roman before arabic before letter."""
    levels = [0 if re.fullmatch(_ROMAN, s.lower()) else 1 if s[0].isdigit() else 2 for s in path.split(".")]
    return sum(1 for upper, lower in pairwise(levels) if upper > lower)


def _beginnings(name: str) -> Iterator[str]:
    """Yield the beginnings of a name, the whole first, down to those that tell which name it is."""
    syllables = name.split()
    for length in range(len(syllables), _TELLING - 1, -1):
        yield " ".join(syllables[:length])


def _without_places(name: str, places_in: Callable[[str], Iterable[str]]) -> str:
    """Return a folded name without the places in it."""
    for place in places_in(name):
        name = without_place(name, place)
    return " ".join(fold(name).split())


def without_place(text: str, place: str) -> str:
    """Take a place's name out of a text, with the words that introduce it."""
    folded, name = fold(text), fold(place)
    for form in (f"thanh pho {name}", f"tp. {name}", f"tp {name}", f"tinh {name}", name):
        if form in folded:
            return _cut(text, form)
    return text
