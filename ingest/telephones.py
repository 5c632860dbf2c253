"""Find every telephone number that a text prints, with the words that say whose it is."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.letters import LOWER, UPPER
from ingest.vocabulary import any_of, words
from knowledge.documents import Telephone

_DIGITS = r"(?:1[89]00(?:[ .]?\d){4,6}|(?:\+84|0)(?:[ .-]?\d){8,10}|1[01]\d)"
_NUMBER = re.compile(rf"\(?(?:số\s*)?(?P<digits>(?<!\d){_DIGITS}(?![\d/]))\)?")
_OF = re.compile(rf"\s+của\s+[{UPPER}].*?(?=\s+(?:và|để|khi|nhằm)\s+[{LOWER}]|[,;.:]|$)")
_LONGEST_NAME = 300
_SHORT = 3
"""Numbers such as 111 are also quantities: they count only next to a word for a telephone."""


def telephones(text: str) -> tuple[Telephone, ...]:
    """Return the telephone numbers of a text in its order."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Telephone]:
    start = 0
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found["digits"])
        owner = _owner(text, start, found.start())
        if owner is None and len(digits) == _SHORT:
            continue
        start = found.end()
        yield Telephone(digits, _purpose(text, owner, found))


def _owner(text: str, start: int, end: int) -> int | None:
    """Return where the nearest words for a telephone begin, before the number and in its clause."""
    nearest: int | None = None
    start = max(start, end - _LONGEST_NAME)
    for owner in reversed(list(_owner_pattern().finditer(text, start, end))):
        between = text[owner.end() : end if nearest is None else nearest]
        # "Tổng đài điện thoại …" is one name though it holds two of the words.
        if re.search(r"[;.]\s" if nearest is None else r"[,;.:()]", between):
            break
        nearest = owner.start()
    return nearest


def _purpose(text: str, owner: int | None, found: re.Match[str]) -> str:
    begin = _clause_start(text, found.start()) if owner is None else owner
    owned = _OF.match(text, found.end())
    return text[begin : owned.end() if owned else found.start()].strip(" ,:(")


def _clause_start(text: str, end: int) -> int:
    start = max(0, end - _LONGEST_NAME)
    return max(start - 1, *(text.rfind(sign, start, end) for sign in (",", ";", ".", ":", "("))) + 1


@cache
def _owner_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(words('telephones', 'owners'))})\b", re.IGNORECASE)
