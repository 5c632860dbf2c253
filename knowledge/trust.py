"""Tell passages that may be shown from those that somebody planted: `data/trust.toml`.

Administrators add files from anywhere. A passage that instructs its reader, sends people to a foreign address or gives
another number for a known help line is not quoted; one that prints any link, or a number nobody checked, is not handed
to a model, for a model repeats what it reads.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from knowledge.documents import Document
from knowledge.help_numbers import load_help_lines
from knowledge.instructions import instructs, visible
from knowledge.library import Place, name_of
from knowledge.vietnamese import fold

_HANDLE = r"(?<![\w@.])@[A-Za-z][\w.]{2,}"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_ADDRESS = r"(?:h(?:tt|xx)ps?\s*:\s*//|www\s*\.)\s*\S+"
_LONG = r"(?:\+?84|\(?0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)|1[89]00(?:[ .\-]?\d){4,6}(?!\d)"
_SHORT = r"\d{3,6}(?![\d/.,]\d|[\w%])|\d(?:[ .\-]\d){2}(?![ .\-]?\d)"
_NUMBER = re.compile(rf"(?<![\w/.,-])(?:(?P<long>{_LONG})|(?P<short>{_SHORT}))")
_NEAR = 60
"""Letters before a short number within which a word for calling makes it a telephone number."""
_AFTER = 70
"""Letters after a number that may say whose it is."""
_CLAUSE = re.compile(r"[.;\n](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A telephone number as a text prints it."""

    number: str
    """Digits only."""
    said: str
    """The folded words around it, which say whose it is."""


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("knowledge").joinpath("data", "trust.toml").read_text(encoding="utf-8"))


@cache
def _links() -> re.Pattern[str]:
    endings, dots = ("|".join(_table()["links"][name]) for name in ("endings", "dots"))
    hidden = rf"\w+\s?[\[(](?:\.|{dots})[\])]\s?\w+"
    domain = rf"(?<![\w@.])(?:[A-Za-z0-9-]+\.)+(?:{endings})\b(?:[/:?#]\S*)?"
    return re.compile(f"{_ADDRESS}|{hidden}|{_MAIL}|{_HANDLE}|{domain}", re.IGNORECASE)


def links(text: str) -> list[str]:
    """Return the web addresses, mail addresses and handles of a text."""
    return [found.strip(".,;:!?)”\"'") for found in _links().findall(visible(text))]


def telephones(text: str) -> list[Printed]:
    """Return the telephone numbers of a text, in digits or spoken, with the words that say whose they are."""
    folded = _spoken().sub(_in_digits, fold(visible(text)))
    found = [n for n in _NUMBER.finditer(folded) if n["long"] or _is_called(folded, n.start())]
    return [Printed(re.sub(r"\D", "", n[0]), _said(folded, found, place)) for place, n in enumerate(found)]


@cache
def _spoken() -> re.Pattern[str]:
    """Return a number said digit by digit: "một một hai"."""
    digit = "|".join(_table()["telephones"]["digits"])
    return re.compile(rf"\b(?:{digit})(?:[ \-]+(?:{digit})){{2,}}\b")


def _in_digits(spoken: re.Match[str]) -> str:
    digits: Sequence[str] = _table()["telephones"]["digits"]
    return "".join(str(digits.index(word)) for word in re.split(r"[ \-]+", spoken[0]))


def _is_called(folded: str, at: int) -> bool:
    """Tell whether a short number stands next to a word for calling."""
    before = _CLAUSE.split(folded[max(0, at - _NEAR) : at])[-1]
    return any(re.search(rf"\b{word}\b", before) for word in _table()["telephones"]["calls"])


def _said(folded: str, found: Sequence[re.Match[str]], place: int) -> str:
    """Return what stands between the number before and the number after, within the clause."""
    number = found[place]
    start = found[place - 1].end() if place else 0
    end = found[place + 1].start() if place + 1 < len(found) else len(folded)
    before = _CLAUSE.split(folded[start : number.start()])[-1]
    after = _CLAUSE.split(folded[number.end() : min(end, number.end() + _AFTER)])[0]
    return f"{before} {after if place + 1 == len(found) else after.split(',')[0]}"


@cache
def _lines() -> Mapping[str, Sequence[str]]:
    """Return the words of each help line, for those that `data/help_numbers.toml` has."""
    known = {line.number for line in load_help_lines()}
    return {line["number"]: line["of"] for line in _table()["telephones"]["line"] if line["number"] in known}


def is_known(number: str) -> bool:
    """Tell whether a number is one of the help lines."""
    return any(line.number == number for line in load_help_lines())


def is_right(printed: Printed) -> bool:
    """Tell whether a number is given for what it is for, and for no help line that has another."""
    if any(_has(printed.said, word) for word in _table()["telephones"]["denied"]["words"]):
        return False
    own = _lines().get(printed.number, ())
    others = [word for number, words in _lines().items() if number != printed.number for word in words]
    return any(_has(printed.said, word) for word in own) or not any(_has(printed.said, word) for word in others)


def _has(said: str, words: str) -> bool:
    return re.search(rf"\b{words}\b", said) is not None


def withholding(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents with the passages marked that are to be shown to nobody."""
    return tuple(map(_withholding, documents))


def _withholding(document: Document) -> Document:
    sections = (
        replace(s, passages=tuple(replace(p, withheld=not may_be_quoted(Place(document, s, p))) for p in s.passages))
        for s in document.sections
    )
    return replace(document, sections=tuple(sections))


def may_be_quoted(place: Place) -> bool:
    """Tell whether a passage may be shown: it instructs nobody, and has no foreign link and no wrong help number."""
    return all(map(_is_clean, _texts(place)))


def may_be_handed(place: Place) -> bool:
    """Tell whether a passage may be given to a model: it may be quoted, and prints no link and no unknown number."""
    return may_be_quoted(place) and all(map(_is_plain, _texts(place)))


def _texts(place: Place) -> tuple[str, ...]:
    return name_of(place.document), place.document.title, place.section.heading, place.passage.text


@lru_cache(maxsize=8192)
def _is_clean(text: str) -> bool:
    return not instructs(text) and all(map(_is_official, links(text))) and all(map(is_right, telephones(text)))


@lru_cache(maxsize=8192)
def _is_plain(text: str) -> bool:
    return not links(text) and all(is_known(printed.number) for printed in telephones(text))


def _is_official(link: str) -> bool:
    """Tell whether an address lies under an ending that only the state gives out."""
    host = re.split(r"[/:?#]", re.sub(r"^(?:https?://|.*@)", "", link.lower()))[0]
    return any(host.endswith(f".{ending}") for ending in _table()["links"]["official"])
