"""What stands where on a printed page: words, lines of words and ruled tables, in points from the top left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.text import extract_words

from ingest.formats.pdf_hidden import sighted
from ingest.lines import SUPERSCRIPTS, clean, invisible_letters

_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_HAIRLINE = 3.0
"""A rectangle thicker than this is shading, not a rule of a table."""
_RAISED = 0.2
"""A raised letter's foot stands this share of the line's height above its neighbours'."""
_SMALL = 0.78
"""A raised letter is at most this share of its neighbours' size."""
_OVERPRINT = 0.12
"""The same letter again, shifted by less than this share of its size, is printed twice to look bold."""
_SPACE = 0.2
"""A gap of this share of the letter's size parts two words where no space is printed."""
_A_STAMP = 200
"""Letters that may be printed on a scan without being its text."""
_MOST_OF_IT = 0.5
"""A picture over so much of a page is a scan of it."""
_OUTLINES = 50
"""Curves from which on they are letters rather than an ornament."""
_FEW = 20
"""More letters set sideways than these are text, not a mark across the page."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    raised: str = ""
    """Its small raised digits, as plain ones: perhaps the mark of a footnote."""


@dataclass(frozen=True)
class PrintedLine:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """The upper edge of its highest letter."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """The lower edge of its lowest letter."""
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The usual size of its letters."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """All of it is bold."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with rules around its cells."""

    top: float
    bottom: float
    rows: tuple[str, ...]
    """Each row's cells from left to right."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PrintedTable, ...]
    is_picture: bool
    """Its text, if it has any, is a picture."""
    rules: tuple[float, ...] = ()
    """Heights of level rules; one stands above footnotes."""
    turned: bool = False
    """It has text set sideways, which is not read."""
    letters: int = 0
    """How many letters the file has for it, seen or not."""
    invisible: int = 0
    """Characters that show nothing."""
    hidden: str = ""
    """Text that is printed but cannot be seen; it stands in no line."""


def printed(page: Page) -> PrintedPage:
    """Take a page apart."""
    seen, hidden = sighted(page)
    words = _words(_once(seen))
    tables = _tables(page)
    inside = [[word for word in words if _within(word, table.bbox)] for table in tables]
    outside = [word for word in words if not any(_within(word, table.bbox) for table in tables)]
    return PrintedPage(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        lines=in_lines(outside),
        tables=tuple(_table(table, own) for table, own in zip(tables, inside, strict=True)),
        is_picture=_is_picture(page, words),
        rules=tuple(thing["top"] for thing in (*page.lines, *page.rects) if _is_level_rule(thing)),
        turned=sum(not letter["upright"] for letter in page.chars) > _FEW,
        letters=sum(not letter["text"].isspace() for letter in page.chars),
        invisible=sum(invisible_letters(letter["text"]) for letter in seen),
        hidden=" ".join(word["text"] for word in extract_words(hidden)),
    )


def in_lines(words: Iterable[Word]) -> tuple[PrintedLine, ...]:
    """Put words that stand at one height into lines, from the top down."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        row = next((row for row in reversed(rows[-2:]) if _beside(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    lines = (PrintedLine(tuple(_with_raised(sorted(row, key=lambda word: word.x0)))) for row in rows)
    return tuple(sorted(lines, key=lambda line: line.top))


def _with_raised(row: Sequence[Word]) -> Iterator[Word]:
    """Find numbers that are raised as a whole, such as those before footnotes."""
    size, foot = median(word.size for word in row), median(word.bottom for word in row)
    for word in row:
        small = word.size <= size * _SMALL and foot - word.bottom >= size * _RAISED
        if small and word.text.isdecimal():
            yield replace(word, text=word.text.translate(SUPERSCRIPTS), raised=word.text)
        else:
            yield word


def _beside(word: Word, row: Sequence[Word]) -> bool:
    top, bottom = median(other.top for other in row), median(other.bottom for other in row)
    overlap = min(bottom, word.bottom) - max(top, word.top)
    return overlap > 0.5 * min(bottom - top, word.bottom - word.top)


def _is_picture(page: Page, words: Sequence[Word]) -> bool:
    """Tell a scan, also one that a stamp or an electronic signature is printed on, and text drawn as outlines."""
    if sum(len(word.text) for word in words) > _A_STAMP:
        return False
    shown = sum(image["width"] * image["height"] for image in page.images)
    pictured = shown > page.width * page.height * _MOST_OF_IT
    return pictured or (not words and bool(page.images or len(page.curves) > _OUTLINES))


def _once(letters: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return letters each once: some print bold letters twice."""
    letters = list(letters)
    twice: set[int] = set()
    in_order = sorted(letters, key=lambda letter: (letter["text"], round(letter["top"]), letter["x0"]))
    for before, letter in pairwise(in_order):
        apart = max(abs(letter["x0"] - before["x0"]), abs(letter["top"] - before["top"]))
        if letter["text"] == before["text"] and apart < letter["size"] * _OVERPRINT:
            twice.add(id(letter))
    return [letter for letter in letters if id(letter) not in twice]


def _words(letters: list[dict[str, Any]]) -> list[Word]:
    found = extract_words(letters, return_chars=True, x_tolerance_ratio=_SPACE, y_tolerance=3)
    return [word for one in found if (word := _word(one)) is not None]


def _word(found: dict[str, Any]) -> Word | None:
    letters: list[dict[str, Any]] = found["chars"]
    size = max(letter["size"] for letter in letters)
    foot = max(letter["bottom"] for letter in letters)
    raised = [_is_raised(letter, size, foot) for letter in letters]
    text = clean("".join(_shown(letter, up=up) for letter, up in zip(letters, raised, strict=True)))
    bold = sum(_BOLD_FONT.search(letter["fontname"]) is not None for letter in letters)
    if not text.strip():
        return None
    return Word(
        text=text,
        x0=found["x0"],
        x1=found["x1"],
        top=found["top"],
        bottom=found["bottom"],
        size=size,
        bold=bold * 2 > len(letters),
        raised="".join(letter["text"] for letter, up in zip(letters, raised, strict=True) if up),
    )


def _is_raised(letter: dict[str, Any], size: float, foot: float) -> bool:
    """Tell a small digit that stands above the foot of its word."""
    small = letter["size"] <= size * _SMALL and foot - letter["bottom"] >= size * _RAISED
    return bool(small and letter["text"].isdecimal())


def _shown(letter: dict[str, Any], *, up: bool) -> str:
    text: str = letter["text"]
    return text.translate(SUPERSCRIPTS) if up else text


def _tables(page: Page) -> list[Table]:
    """Find tables by their rules; shading behind words is no table, nor is a frame around them."""
    ruled = page.filter(_is_no_shading)
    return [table for table in ruled.find_tables() if _columns(table) > 1 and len(table.rows) > 1]


def _is_no_shading(thing: dict[str, Any]) -> bool:
    thick = thing["object_type"] == "rect" and min(thing["width"], thing["height"]) > _HAIRLINE
    return not thick or bool(thing["stroke"])


def _is_level_rule(thing: dict[str, Any]) -> bool:
    return bool(thing["height"] <= _HAIRLINE < thing["width"])


def _columns(table: Table) -> int:
    return max(sum(cell is not None for cell in row.cells) for row in table.rows)


def _table(table: Table, words: Sequence[Word]) -> PrintedTable:
    rows = []
    for row in table.rows:
        cells = [cell for cell in row.cells if cell is not None]
        texts = (_joined([word for word in words if _within(word, cell)]) for cell in cells)
        rows.append(" ".join(text for text in texts if text))
    return PrintedTable(table.bbox[1], table.bbox[3], tuple(row for row in rows if row))


def _joined(words: Sequence[Word]) -> str:
    return " ".join(line.text for line in in_lines(words))


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
