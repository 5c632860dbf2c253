"""Read pages that are pictures, of a scanned PDF or a photo, and say how well each could be read."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageOps

from ingest import texts
from ingest.errors import BrokenFileError, NoOcrError
from ingest.formats.numerals import roman
from ingest.formats.pages import text_of
from ingest.formats.pdf_print import PrintedPage
from ingest.letters import LOWER, UPPER
from ingest.loaded import Loaded, OnPages

if TYPE_CHECKING:
    from ingest.formats.ocr import Recognized, Sheet

_DPI = 200
_POINTS = 72
"""To the inch."""
_A4_WIDTH = 595.0
"""Points; a photo is taken to show such a page from edge to edge."""
_MOST_PIXELS = 9_000_000
"""An A4 page at 300 dpi; larger pictures are made smaller."""
_LEAST_WIDTH = 1240
"""Pixels of an A4 page at 150 dpi; smaller photos are made larger."""
_LARGEST_PICTURE = 100_000_000
"""Pixels; no telephone takes larger photos."""
_PART = re.compile(
    rf"(?P<number>[IVXH]+)(?:(?P<stop>\s?[.–-])\s*(?P<rest>[{UPPER}].*)|\s+(?P<capitals>[{UPPER}]{{2}}[^{LOWER}]*))",
)
"""The number of a part and its heading, which is in capitals where the full stop was lost."""
_MISREAD = {
    *(("H", "II"), ("II", "III"), ("HI", "III"), ("IH", "III"), ("HII", "III")),
    *(("VH", "VII"), ("VII", "VIII"), ("VHI", "VIII"), ("VIH", "VIII")),
}
"""What is read, and the number that it stands for where that number is the next one."""
_SURE = 90.0
"""Pages of lower confidence were seen to have three and more wrong letters in a hundred."""


def load_picture(path: Path, on_pages: OnPages) -> tuple[Loaded, ...]:
    """Read a photo or scan of one page; one without any text gives no lines."""
    from ingest.formats.ocr import Sheet  # noqa: PLC0415 - brings in NumPy, which only pictures need

    on_pages(0, 1)
    found = list(recognized(path, [Sheet(1, _photographed(path), _A4_WIDTH)]))
    on_pages(1, 1)
    return (joined([one.page for one in found], found),)


def joined(pages: Sequence[PrintedPage], found: "Sequence[Recognized]") -> Loaded:
    """Return the text of pages of which some were recognized."""
    return _counted(text_of(pages)).with_warnings(_warnings(found))


def recognized(path: Path, sheets: "Iterable[Sheet]") -> "Iterator[Recognized]":
    """Read pictures of pages; raises `NoOcrError` where this machine cannot."""
    from ingest.formats import ocr  # noqa: PLC0415 - as above

    if lacks := ocr.lack():
        raise NoOcrError(path, lacks=lacks)
    return ocr.recognize(sheets)


def rendered(path: Path, numbers: Iterable[int]) -> "Iterator[Sheet]":
    """Draw pages of a PDF, named by their 1-based numbers."""
    from ingest.formats.ocr import Sheet  # noqa: PLC0415 - as above

    document = pypdfium2.PdfDocument(path)
    try:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_DPI / _POINTS, math.sqrt(_MOST_PIXELS / (width * height)))
            yield Sheet(number, page.render(scale=scale, grayscale=True).to_pil().convert("L"), width)
            page.close()
    finally:
        document.close()


def _warnings(found: "Iterable[Recognized]") -> Iterator[str]:
    """Say which pages were read from pictures, which of them badly, and which have no text."""
    read = {one.page.number: one for one in found}
    texted = [one for one in read.values() if one.page.lines]
    if texted:
        yield texts.READ_FROM_PICTURES.format(pages=_numbers(one.page.number for one in texted))
    for one in texted:
        if one.confidence < _SURE:
            yield texts.UNSURE_PAGE.format(page=one.page.number, confidence=one.confidence, sure=_SURE)
    if empty := [number for number, one in read.items() if not one.page.lines]:
        yield texts.PAGES_WITHOUT_TEXT.format(pages=_numbers(empty))


def _counted(loaded: Loaded) -> Loaded:
    """Put right the numbers of parts: no text counts I, II, II, and a full stop after one is easily lost."""
    lines, last = [], 0
    for line in loaded.lines:
        begins = _PART.fullmatch(line.text)
        next_one = roman(last + 1)
        if begins and (begins["number"] == next_one or (begins["number"], next_one) in _MISREAD):
            rest = f"{begins['stop']} {begins['rest']}" if begins["stop"] else f". {begins['capitals']}"
            lines.append(replace(line, text=f"{next_one}{rest}"))
            last += 1
        else:
            lines.append(line)
            last = 1 if begins and begins["number"] == "I" else last
    return replace(loaded, lines=tuple(lines))


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _photographed(path: Path) -> Image.Image:
    """Open a photo as grey on white, upright, of a size that letters can be read in."""
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as photo:
            if photo.width * photo.height > _LARGEST_PICTURE:
                raise BrokenFileError(path, reason=texts.HUGE_PICTURE)
            # A JPEG can be unpacked at a half, a quarter or an eighth of its size.
            photo.draft("L", _fitting(photo.size))
            return _resized(_on_white(ImageOps.exif_transpose(photo)))
    except Image.DecompressionBombError as error:
        raise BrokenFileError(path, reason=texts.HUGE_PICTURE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise BrokenFileError(path, reason=texts.NO_PICTURE) from error


def _on_white(photo: Image.Image) -> Image.Image:
    """Set a picture that can be seen through on white paper."""
    if not photo.has_transparency_data:
        return photo.convert("L")
    layer = photo.convert("LA")
    paper = Image.new("L", layer.size, 255)
    paper.paste(layer.getchannel("L"), mask=layer.getchannel("A"))
    return paper


def _resized(photo: Image.Image) -> Image.Image:
    size = _fitting(photo.size)
    return photo if size == photo.size else photo.resize(size, Image.Resampling.LANCZOS)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    scale = min(max(1.0, _LEAST_WIDTH / width), math.sqrt(_MOST_PIXELS / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))
