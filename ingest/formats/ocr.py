"""Read pictures of pages with Tesseract: words where they stand on the page, and how sure it is of them."""

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from statistics import fmean, median
from typing import NamedTuple

import pytesseract
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from ingest import texts
from ingest.formats.pdf_print import PrintedLine, PrintedPage, Word, in_lines
from ingest.lines import clean
from ingest.vocabulary import vocabulary

_LANGUAGE = "vie"
"""Alone it reads Vietnamese better than together with English."""
_AT_ONCE = 2
"""Pages that are read side by side, each by a process of up to 150 MB."""
_NOISY = 4.0
"""Grey levels by which the paper of a grainy page differs from its surroundings."""
_PAPER = 200
"""Paper is lighter than this."""
_ASKEW = tuple(quarter / 4 for quarter in range(-20, 21))
"""Degrees by which a page may lie askew."""
_UNSURE = 60.0
"""Below this confidence a page may stand on its side or its head."""
_SMALL = 0.75
"""A line of less than this share of the usual height is set smaller."""
_WORD_LEVEL = 5
"""What Tesseract calls a word, below page, block, paragraph and line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture of a page, in grey."""

    number: int
    picture: Image.Image
    width: float
    """Of the page, in points."""

    def turned(self, degrees: int) -> "Sheet":
        """Return it turned to the right."""
        return replace(self, picture=self.picture.rotate(-degrees, expand=True, fillcolor=255))


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was read of a sheet."""

    page: PrintedPage
    confidence: float
    """Of its words, 0 to 100; 0 where there are none."""


class _Found(NamedTuple):
    """A word as Tesseract gives it, in pixels."""

    line: tuple[int, int, int]
    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


def lack() -> str | None:
    """Return what this machine lacks to read pictures, in Vietnamese; None where it can."""
    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError):
        return texts.LACKS_TESSERACT
    return None if _LANGUAGE in languages else texts.LACKS_VIETNAMESE


def recognize(sheets: Iterable[Sheet]) -> Iterator[Recognized]:
    """Read sheets in their order, some side by side, and hold no more of them in memory than that."""
    waiting = iter(sheets)
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as readers:
        while some := list(islice(waiting, _AT_ONCE)):
            yield from readers.map(_recognize, some)


def _recognize(sheet: Sheet) -> Recognized:
    straight = replace(sheet, picture=_straightened(_without_grain(sheet.picture)))
    best = _read(straight)
    if best.confidence < _UNSURE and (degrees := _on_its_side(sheet)):
        best = max(best, _read(sheet.turned(degrees)), key=lambda one: one.confidence)
    return best


def _read(sheet: Sheet) -> Recognized:
    found = _words(sheet.picture)
    lengths = sum(len(word.text) for word in found)
    confidence = sum(word.confidence * len(word.text) for word in found) / lengths if lengths else 0.0
    scale = sheet.width / sheet.picture.width
    page = PrintedPage(
        number=sheet.number,
        width=sheet.width,
        height=sheet.picture.height * scale,
        lines=tuple(_mended(line) for line in in_lines(_placed(found, scale))),
        tables=(),
        is_picture=False,
    )
    return Recognized(page, confidence)


def _words(picture: Image.Image) -> list[_Found]:
    try:
        rows = pytesseract.image_to_data(picture, lang=_LANGUAGE, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:
        return []  # a page that Tesseract cannot read has no words, which is said
    names = ("level", "block_num", "par_num", "line_num", "text", "conf", "left", "top", "width", "height")
    return [
        _Found((block, paragraph, line), clean(text), conf, left, top, left + width, top + height)
        for level, block, paragraph, line, text, conf, left, top, width, height in zip(
            *(rows[name] for name in names), strict=True
        )
        if level == _WORD_LEVEL and clean(text).strip()
    ]


def _placed(found: list[_Found], scale: float) -> Iterator[Word]:
    """Give all words of a line its height, and all lines the usual one: ink is higher in "Ộ" than in "o"."""
    lines: dict[tuple[int, int, int], list[_Found]] = {}
    for word in found:
        lines.setdefault(word.line, []).append(word)
    heights = {line: max(w.bottom for w in row) - min(w.top for w in row) for line, row in lines.items()}
    usual = median(heights.values()) if heights else 0
    for line, row in lines.items():
        height = usual if heights[line] >= usual * _SMALL else heights[line]
        middle = fmean((w.top + w.bottom) / 2 for w in row)
        for word in row:
            yield Word(
                text=word.text,
                x0=word.left * scale,
                x1=word.right * scale,
                top=(middle - height / 2) * scale,
                bottom=(middle + height / 2) * scale,
                size=height * scale,
                bold=False,
            )


def _without_grain(picture: Image.Image) -> Image.Image:
    """Smooth a grainy picture; a clean one would lose marks of letters."""
    smooth = picture.filter(ImageFilter.MedianFilter(3))
    paper = smooth.point([255 if level > _PAPER else 0 for level in range(256)])
    grain = ImageStat.Stat(ImageChops.difference(picture, smooth), paper)
    return smooth if grain.count[0] and grain.mean[0] > _NOISY else picture


def _straightened(picture: Image.Image) -> Image.Image:
    """Turn a picture so that its lines are level: then the rows between them are the emptiest."""
    small = ImageOps.invert(ImageOps.autocontrast(picture.reduce(4)))

    def stripes(degrees: float) -> float:
        rows = small.rotate(degrees, fillcolor=0).resize((1, small.height), Image.Resampling.BOX).tobytes()
        return sum((above - below) ** 2 for above, below in pairwise(rows))

    degrees = max(_ASKEW, key=lambda degrees: (stripes(degrees), -abs(degrees)))
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255) if degrees else picture


def _on_its_side(sheet: Sheet) -> int:
    """Return by how many degrees a page must be turned to the right to stand upright."""
    try:
        found = pytesseract.image_to_osd(sheet.picture, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # too few letters to tell, or no data for it
        return 0
    return int(found["rotate"])


def _mended(line: PrintedLine) -> PrintedLine:
    """Put right what Tesseract misreads, where its reading is no Vietnamese: "Š" for 5, "đữ liệu" for "dữ liệu"."""
    letters: dict[str, str] = vocabulary()["ocr"]["letters"]
    text = line.text
    for wrong, right in letters.items():
        text = text.replace(wrong, right)
    for pattern, right in _slips():
        text = pattern.sub(right, text)
    pieces = text.split(" ")
    if len(pieces) != len(line.words):
        return line
    return PrintedLine(tuple(replace(word, text=piece) for word, piece in zip(line.words, pieces, strict=True)))


@cache
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: list[tuple[str, str]] = vocabulary()["ocr"]["slips"]
    return tuple((re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)"), right) for wrong, right in table)
