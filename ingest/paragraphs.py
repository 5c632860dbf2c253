"""Join lines into paragraphs: over page breaks and line ends, but never over a new number or dash."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ingest.letters import UPPER
from ingest.lines import Line
from ingest.marks import ARTICLE, ATTACHMENT, NUMBER, POINT, Found, find_mark, without_dash
from ingest.vocabulary import any_of, words

_ENDED = re.compile(r"[.;:!?…][”\"’)\]/.]*$")
_INNER_END = re.compile(rf"[.;]\s+[{UPPER}]")
_HEADING = 200
"""Headings are shorter than this; a longer numbered line is text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or item, with the mark it begins with."""

    text: str
    """Without the mark."""
    mark: Found | None = None
    dash: bool = False
    strong: bool = False
    row: bool = False
    """It is a row of a table."""

    @property
    def ended(self) -> bool:
        """Its last sentence is whole."""
        return _ENDED.search(self.text) is not None

    @property
    def runs_on(self) -> bool:
        """It holds the end of a sentence and the beginning of another, as no heading does."""
        return _INNER_END.search(self.text) is not None

    @property
    def is_structural(self) -> bool:
        """It begins a part no smaller than an Điều."""
        return self.mark is not None and self.mark.rank <= _article_rank()


def paragraphs(lines: Sequence[Line], *, attached: bool = False) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in order; `attached` says that it stands below the signature.

    What a text quotes over several lines, such as the new wording of another law's article, is text with its
    numbers, not parts of this document.
    """
    found: list[Paragraph] = []
    quoted = _quoted(lines)
    for place, line in enumerate(lines):
        before = found[-1] if found else None
        mark = _mark(line, before, found, attached=attached)
        item = None if mark or line.role == "row" else without_dash(line.text)
        if mark is None and item is None and before and _continues(before, line):
            found[-1] = replace(before, text=f"{before.text} {line.text}".strip())
        elif place in quoted:
            found.append(Paragraph(line.text))
        else:
            text = mark.rest if mark else line.text if item is None else item
            found.append(Paragraph(text, mark, item is not None, line.strong, line.role == "row"))
    return tuple(found)


def _quoted(lines: Sequence[Line]) -> set[int]:
    """Return the places of lines inside a quotation that begins with a line and ends lines later."""
    ends = _ends_of_quotations(lines) | _ends_of_straight_quotations(lines)
    articles = [(place, mark.order) for place, line in enumerate(lines) if (mark := _article(line.text))]
    inside: set[int] = set()
    for start, end in sorted(ends.items()):
        if start not in inside:
            last = _unclosed_end(articles, start) if end is None else end
            inside.update(range(start, last + 1) if last is not None else ())
    return inside


def _ends_of_quotations(lines: Sequence[Line]) -> dict[int, int | None]:
    """Return the last line of every quotation that begins with a line, None where it is not closed in print."""
    ends: dict[int, int | None] = {}
    open_: list[tuple[int, int]] = []
    depth = 0
    for place, line in enumerate(lines):
        before, depth = depth, depth + line.text.count("“") - line.text.count("”")
        while open_ and depth <= open_[-1][1]:
            ends[open_.pop()[0]] = place
        if line.text.startswith("“") and depth > before:
            ends[place] = None
            open_.append((place, before))
    return ends


def _ends_of_straight_quotations(lines: Sequence[Line]) -> dict[int, int | None]:
    """Return the same for signs that open and close alike: the next line with an odd number of them ends it."""
    odd = [place for place, line in enumerate(lines) if line.text.count('"') % 2]
    return {start: end for start, end in pairwise(odd) if lines[start].text.startswith('"')}


def _unclosed_end(articles: Sequence[tuple[int, int | None]], start: int) -> int | None:
    """End a quotation that is not closed in print before the next Điều of the text itself.

    Without one the numbers below are read as the text's own.
    """
    last = next((order for place, order in reversed(articles) if place < start and order), 0)
    return next((place - 1 for place, order in articles if place > start and order == last + 1), None)


def _article(text: str) -> Found | None:
    mark = find_mark(text)
    return mark if mark and mark.mark is ARTICLE else None


def _mark(line: Line, before: Paragraph | None, found: list[Paragraph], *, attached: bool) -> Found | None:
    """Return the number that a line begins with; the format says of a whole paragraph that it is one."""
    if line.role == "row":
        return None
    if line.attachment:
        return Found(ATTACHMENT, line.text.capitalize(), "")
    mark = find_mark(line.text, attached=attached)
    if line.role == "text":
        return mark if mark and mark.mark in {NUMBER, POINT} else None
    if line.role == "paragraph":
        return mark
    if mark and mark.mark is ARTICLE and not _has_stop(line.text) and before and not before.ended:
        # "theo quy định tại⏎Điều 12⏎của Luật này" is a sentence.
        return None
    return _accepted(mark, before, found)


def _has_stop(text: str) -> bool:
    return "." in text or ":" in text


def _accepted(mark: Found | None, before: Paragraph | None, found: list[Paragraph]) -> Found | None:
    """Refuse a number that merely happens to begin a line: "năm⏎30. Kết quả"."""
    if mark is None or mark.mark is not NUMBER or before is None or before.ended or mark.order == 1:
        return mark
    marks = (paragraph.mark for paragraph in reversed(found) if paragraph.mark)
    last = next((earlier for earlier in marks if earlier.rank <= mark.rank), None)
    expected = last is not None and last.rank == mark.rank and (last.order or 0) + 1 == mark.order
    return mark if expected or _may_be_heading(before) or before.dash else None


def _continues(before: Paragraph, line: Line) -> bool:
    if line.role == "row" or before.row:
        return False
    if line.role != "line":
        # Word processors set a paragraph's lines as paragraphs when they convert print.
        return line.text[0].islower() and not before.ended and not before.strong
    if line.text[0].islower() or line.text[0] in ",;)":
        return not (before.strong and line.gap)
    if line.gap and line.text.startswith("("):
        # "(Ban hành kèm theo …)" stands below a title.
        return False
    if before.ended or before.strong != line.strong or _is_title(before.text) > _is_title(line.text):
        return False
    return not line.gap if before.strong else _goes_on(before, line)


def _goes_on(before: Paragraph, line: Line) -> bool:
    if line.text[0].isdigit() and not before.is_structural:
        return True
    return not _may_be_heading(before) or _is_unfinished(before.text)


def _is_title(text: str) -> bool:
    """Tell words in capitals, such as who issues or what follows; one abbreviation alone is none."""
    return text.isupper() and " " in text


def _may_be_heading(paragraph: Paragraph) -> bool:
    if paragraph.mark is None:
        return False
    return paragraph.is_structural or not (len(paragraph.text) > _HEADING or paragraph.runs_on)


def _is_unfinished(text: str) -> bool:
    return _unfinished_pattern().search(text) is not None


@cache
def _unfinished_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:,|\b(?:{any_of(words('joining', 'unfinished'))}))$")


@cache
def _article_rank() -> int:
    return Found(ARTICLE, "1", "").rank
