"""The marks that official texts put before their parts: one table from what is attached down to the dash."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.letters import LOWER, UPPER
from ingest.vocabulary import vocabulary

_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_COUNT = rf"{_ROMAN}|\d+|[Tt]hứ\s+\w+|THỨ\s+\w+"
# After "Chương I" or "Mục 2" comes a heading, nothing, or a bracket; "Mục 2 của Chương này …" is a sentence.
_TITLE = (
    rf"(?=\s*$|\s*[.:–(-]|\s+[{UPPER}]{{2}}|\s+\S+\s+[{UPPER}]{{2}})"
    r"\s*[.:–-]?\s*(?P<rest>.*)"
)
_APPENDIX = rf"(?:Phụ lục|PHỤ LỤC|Phụ Lục)\b\s*(?:(?:số|Số|SỐ)\s+)?(?P<number>(?:{_ROMAN})\b|\d+[A-ZĐa-zđ]?|){_TITLE}"
_FORM = rf"(?:Mẫu|MẪU|Biểu mẫu|BIỂU MẪU|Biểu|BIỂU)\s+(?:số|SỐ)\s*:?\s*(?P<number>\d+[A-ZĐa-zđ]?(?:[-/.]\w+)*){_TITLE}"
_PART = rf"(?:Phần|PHẦN)\s+(?P<number>{_COUNT})\b{_TITLE}"
_CHAPTER = rf"(?:Chương|CHƯƠNG)\s+(?P<number>{_COUNT})\b{_TITLE}"
_DIVISION = rf"(?:Mục|MỤC)\s+(?P<number>{_COUNT})\b{_TITLE}"
_SUBDIVISION = rf"(?:Tiểu mục|TIỂU MỤC)\s+(?P<number>{_COUNT})\b{_TITLE}"
_LETTER = r"(?P<number>[A-HĐ])\s*[.)]\s+(?P<rest>\S.*)"
_ROMAN_NUMBER = rf"(?P<number>{_ROMAN})\s*[.)–-]\s*(?P<rest>[“(]?[{UPPER}\d].*)"
# Tables of indicators number theirs 0101, 0102 … within an appendix.
_CODE = rf"(?P<number>0\d{{3}})\.\s+(?P<rest>[{UPPER}].*)"
_POINT = r"(?P<number>[a-zđ]\d?)\s*(?:\)\s*|\.\s+)(?P<rest>\S.*)"
_ARTICLE = r"Điều\s+(?P<number>\d+[a-zđ]?)\s*(?:[.:]\s*(?P<rest>.*)|$)"
_NUMBERED = (
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*[a-zđ]?)"
    rf"(?:\s*[.)/]\s+|(?<=\.\d)\s+|(?<=\.\d\d)\s+|\.(?=[{UPPER}])|\s*[-–]\s+(?=[{UPPER}])|[-–](?=[{UPPER}][{LOWER}]))"
    # "28- CT/TW" at the beginning of a line is a document's number.
    rf"(?![{UPPER}]+/)(?P<rest>\S.*)"
)

POINTS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points in their order: f, j, w, z are not used."""


@dataclass(frozen=True)
class SectionMark:
    """One way of numbering; its rank is its place in the table, a lower rank holds the higher ones."""

    name: str
    pattern: str
    path: str
    """How the printed number is written in a path."""
    order: Callable[[str], int | None]
    """The number's place in its sequence, by which gaps are found; None where it has none."""
    rooted: bool = False
    """Its path does not begin with the path of the part that holds it."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with the groups `number` and `rest`."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class Found:
    """A mark found at the beginning of a line."""

    mark: SectionMark
    number: str
    """As printed, without the sign after it: `II`, `1.1`, `a`, `51`."""
    rest: str
    """The line after the mark."""

    @property
    def rank(self) -> int:
        """Where the mark stands in the order of parts; a dotted number stands below a plain one."""
        return MARKS.index(self.mark) * 10 + self.number.count(".")

    @property
    def order(self) -> int | None:
        """The place in its sequence: 4 for `IV`, 5 for `đ`, 3 for `1.3`, 8 for `8a`."""
        return self.mark.order(self.number)

    @property
    def inserted(self) -> bool:
        """An amendment put it in after a number of the same order: `8a` after `8`, `a1` after `a`."""
        last_is_digit = self.number[-1:].isdecimal()
        return last_is_digit if self.mark is POINT else self.mark in {ARTICLE, NUMBER} and not last_is_digit


def _roman(number: str) -> int | None:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}.get(letter, 0) for letter in number] + [0]
    return sum(-value if value < after else value for value, after in pairwise(values)) or None


def _count(number: str) -> int | None:
    if number.isdecimal():
        return int(number)
    ordinal = number.lower().removeprefix("thứ").strip()
    ordinals = vocabulary()["marks"]["ordinals"]
    return ordinals.index(ordinal) + 1 if ordinal in ordinals else _roman(number)


def _last_number(number: str) -> int | None:
    digits = re.fullmatch(r"(?:\d+\.)*(\d+)[a-zđ]?", number)
    return int(digits[1]) if digits else None


def _letter(number: str) -> int | None:
    # An amendment puts "a1" in after "a".
    return POINTS.find(number[:1]) + 1 or None


def _without_order(_: str) -> None:
    return None


def _capital(number: str) -> int | None:
    return ord(number) - ord("A") + 1 if number.isascii() else None


MARKS = (
    SectionMark("attachment", "(?!)", "{}", _without_order, rooted=True),
    SectionMark("appendix", _APPENDIX, "Phụ lục {}", _count, rooted=True),
    SectionMark("form", _FORM, "Mẫu số {}", _without_order),
    SectionMark("part", _PART, "Phần {}", _count, rooted=True),
    SectionMark("letter", _LETTER, "{}", _capital),
    SectionMark("roman", _ROMAN_NUMBER, "{}", _roman),
    SectionMark("chapter", _CHAPTER, "Chương {}", _count),
    SectionMark("division", _DIVISION, "Mục {}", _count),
    SectionMark("subdivision", _SUBDIVISION, "Tiểu mục {}", _count),
    SectionMark("article", _ARTICLE, "Điều {}", _last_number, rooted=True),
    SectionMark("code", _CODE, "{}", _without_order, rooted=True),
    SectionMark("number", _NUMBERED, "{}", _last_number),
    SectionMark("point", _POINT, "{}", _letter),
)
"""From the widest part to the narrowest."""

LETTER = next(mark for mark in MARKS if mark.name == "letter")
ROMAN = next(mark for mark in MARKS if mark.name == "roman")
ARTICLE = next(mark for mark in MARKS if mark.name == "article")
NUMBER = next(mark for mark in MARKS if mark.name == "number")
POINT = next(mark for mark in MARKS if mark.name == "point")
APPENDIX = next(mark for mark in MARKS if mark.name == "appendix")
FORM = next(mark for mark in MARKS if mark.name == "form")
ATTACHMENT = MARKS[0]
"""A regulation, plan or list that a decision puts into force: "QUY CHẾ", with articles of its own. No line alone
tells it from a heading; `ingest.foot` finds it by where it stands."""

_ARTICLE_RANK = MARKS.index(ARTICLE) * 10


def ranks(marks: Iterable[Found]) -> tuple[int, ...]:
    """Return the rank of each mark of a text in its order, which for "I" and "A" depends on what they number.

    In a plan they hold all that is numbered below them. In a decision whose Điều 1 approves a programme they
    are parts of that Điều, if none of them stands before the first Điều.
    """
    ranked: list[int] = []
    within: bool | None = None
    for found in marks:
        if found.mark is ARTICLE and within is None:
            within = True
        if found.mark in {LETTER, ROMAN} and not within:
            within = False
        if found.mark in {APPENDIX, ATTACHMENT}:
            within = None
        nested = within and found.mark in {LETTER, ROMAN}
        ranked.append(_ARTICLE_RANK + MARKS.index(found.mark) if nested else found.rank)
    return tuple(ranked)


_DASH = re.compile(r"(?:[-–—•●▪+]\s*|[*·]\s+)(?=[^\W_]|[“\"(])")


def find_mark(text: str, *, attached: bool = False) -> Found | None:
    """Return the mark at the beginning of a line, if there is one; forms stand in what is attached alone."""
    for mark in MARKS:
        if mark is FORM and not attached:
            continue
        if found := mark.compiled.fullmatch(text):
            return Found(mark, _in_small_letters(found["number"]), (found["rest"] or "").strip())
    return None


def _in_small_letters(number: str) -> str:
    """Write "THỨ NHẤT" as people do, "thứ nhất"; numerals stay as printed."""
    return number.lower() if number.lower().startswith("thứ") else number


def without_dash(text: str) -> str | None:
    """Return the item's text where a line begins with a dash or bullet, else None."""
    dash = _DASH.match(text)
    return text[dash.end() :] if dash else None
