"""Find what stands above the text: letterhead, number, place and date, kind, title, addressees."""

import re
from dataclasses import dataclass, field
from functools import cache

from ingest.letters import LOWER, UPPER
from ingest.lines import Line
from ingest.marks import find_mark, without_dash
from ingest.vocabulary import any_of, kinds, words
from knowledge.vietnamese import fold


@dataclass(slots=True)
class Head:
    """The lines above the text, sorted by what they tell; each is as printed."""

    letterhead: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Nothing that marks an official document was found."""
        return not (self.number or self.kind or self.addressees)


_LETTERHEAD = 80
"""Longer lines are text."""

_SIGN = rf"[{UPPER}][\w&]*(?:\s*[-/]\s*[\wĐ&]+)*"
NUMBER = re.compile(
    r"(?:(?:Bộ )?[Ll]uật\s+)?(?:Số|SỐ|số)\s*[:.]?\s*"
    rf"(?P<number>(?P<serial>\d+)?[\s.…_]*[-/]\s*(?:\d{{4}}\s*/\s*)?{_SIGN})"
)
"""A line that gives the document's number, `serial` being None where the print leaves it blank."""

_BLANK = r"[\s.…_]*"
DATED = re.compile(
    rf"(?:(?P<place>[^\W\d][^,;:]{{1,40}}),\s*)?ngày{_BLANK}"
    rf"(?:(?P<day>\d{{1,2}})?{_BLANK}tháng{_BLANK}(?P<month>\d{{1,2}})?{_BLANK}năm{_BLANK}(?P<year>\d{{4}})?|(?P<day2>\d{{1,2}})/(?P<month2>\d{{1,2}})/(?P<year2>\d{{4}})){_BLANK}$",
    re.IGNORECASE,
)
"""A line that ends in the document's date, with the place before it; days and months may be left blank."""


def split_head(lines: tuple[Line, ...]) -> tuple[Head, tuple[Line, ...]]:
    """Return the head and the lines of the text under it."""
    head = Head()
    role: str | None = None
    for place, line in enumerate(lines):
        role = _role(line, head, role)
        if role is None:
            return head, lines[place:]
        getattr(head, role).append(line.text)
        if role == "number" and DATED.search(line.text):
            head.dated.append(line.text)
    return head, ()


def _role(line: Line, head: Head, before: str | None) -> str | None:
    """Name the field of `Head` that a line belongs to, or None where the text begins."""
    if _goes_on(line, head, before):
        return before
    recognised = _recognise(line.text, head)
    if recognised:
        return recognised
    if find_mark(line.text):
        return None
    if before == "kind" and not head.title:
        return "kind" if line.text.startswith(("CỦA ", "Của ")) else "title"
    return "letterhead" if _is_letterhead(line.text) and not (head.title or head.addressees) else None


def _goes_on(line: Line, head: Head, before: str | None) -> bool:
    if before == "addressees":
        whole = head.addressees[-1].endswith(".") or len(line.text) > _LETTERHEAD
        return without_dash(line.text) is not None or not (line.gap or whole)
    if before != "title" or find_mark(line.text) or _is_prose(line.text) or is_motto(line.text):
        return False
    if DATED.fullmatch(line.text) or line.text.isupper() != head.title[-1].isupper():
        return False
    return not line.gap or (line.text[0].islower() and len("".join(head.title)) < _LETTERHEAD)


def _recognise(text: str, head: Head) -> str | None:
    if not head.number and NUMBER.match(text):
        return "number"
    if not head.dated and DATED.match(text):
        return "dated"
    if is_motto(text):
        return "letterhead"
    if not (head.kind or head.title) and _kind_pattern().match(text):
        return "kind"
    if head.number and not (head.kind or head.title) and _subject_pattern().match(text):
        return "title"
    return "addressees" if not head.addressees and text.lower().startswith("kính gửi") else None


@cache
def _kind_pattern() -> re.Pattern[str]:
    """Match a line in capitals that names the kind, alone or with its issuer or title after it."""
    return re.compile(rf"(?:{any_of(kind.upper() for kind in kinds())})(?:$|\s+[^{LOWER}]+$)")


@cache
def _subject_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('head', 'subjects'))})\s+\S")


def is_motto(text: str) -> bool:
    """Tell whether a line is a motto of state or party, or a rule of signs without a word."""
    bare = re.sub(r"[\W_]+", " ", fold(text)).strip()
    mottos = {re.sub(r"[\W_]+", " ", fold(motto)) for motto in words("head", "mottos")}
    return not bare or bare in mottos


def _is_letterhead(text: str) -> bool:
    return len(text) <= _LETTERHEAD and not text.endswith((".", ";", ":"))


def _is_prose(text: str) -> bool:
    return text.endswith((".", ";", ":")) or text.startswith("Căn cứ ")
