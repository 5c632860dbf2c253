"""Part the letters of a printed page that can be seen from those that cannot: white, tiny or beside the page."""

from collections.abc import Sequence
from typing import Any

from pdfplumber.page import Page

Letter = dict[str, Any]

_TINY = 3.0
"""Points; smaller letters cannot be read on paper."""
_NEARLY = 0.97
"""From this share of light on, colour is white."""


def sighted(page: Page) -> tuple[list[Letter], list[Letter]]:
    """Return the upright letters that can be seen and all letters that cannot."""
    grounds = [*page.images, *(thing for thing in (*page.rects, *page.curves) if _is_dark(thing))]
    seen: list[Letter] = []
    hidden: list[Letter] = []
    for letter in page.chars:
        if not _is_on(letter, page) or letter["size"] < _TINY or _is_white_on_white(letter, grounds):
            hidden.append(letter)
        elif letter["upright"]:
            seen.append(letter)
    return seen, hidden


def _is_on(letter: Letter, page: Page) -> bool:
    return bool(0 <= letter["x0"] <= page.width and 0 <= letter["top"] <= page.height)


def _is_dark(thing: Letter) -> bool:
    return bool(thing["fill"]) and not _is_white(thing["non_stroking_color"])


def _is_white_on_white(letter: Letter, grounds: Sequence[Letter]) -> bool:
    """Tell a white letter that stands on the paper itself: on a dark ground it can be read."""
    return _is_white(letter["non_stroking_color"]) and not any(_stands_on(letter, ground) for ground in grounds)


def _is_white(colour: Any) -> bool:  # noqa: ANN401 - a number of shades, a name, or nothing
    match colour:
        case (int() | float(),) | (int() | float(), int() | float(), int() | float()):
            return all(shade >= _NEARLY for shade in colour)
        case (int() | float(), int() | float(), int() | float(), int() | float()):
            return all(ink <= 1 - _NEARLY for ink in colour)
        case int() | float():
            return colour >= _NEARLY
        case _:
            return False


def _stands_on(letter: Letter, ground: Letter) -> bool:
    x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(ground["x0"] <= x <= ground["x1"] and ground["top"] <= y <= ground["bottom"])
