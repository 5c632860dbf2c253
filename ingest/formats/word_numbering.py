"""Work out the numbers that a word processor shows before paragraphs, which stand nowhere in the text.

Source: ECMA-376 part 1, 17.9 (numbering): a paragraph or its style names a list (`num`), the list its pattern
(`abstractNum`), the pattern a format for each of nine levels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ingest.formats.numerals import FORMATS

_LEVELS = 9
_BULLET = "•"
_PLAIN_BULLETS = frozenset("-–—+*")
_NO_LIST = "0"
_PLACEHOLDER = re.compile(r"%(\d)")

Element = Any
"""An element of the file's XML; `docx.oxml` gives them no types."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    format: str
    pattern: str
    """E.g. `Điều %1.` or `%1.%2)`."""
    apart: str
    """What stands between number and text."""
    legal: bool
    """Every number of the pattern is written in digits."""
    restart: int | None
    """The level whose numbers begin it anew, counted from 1; 0 for none, None for the one above."""


class Numbering:
    """The lists of a document; paragraphs must be asked for in their order, for every one is counted."""

    def __init__(self, document: WordDocument) -> None:
        """Read the lists; a document without any has no part for them."""
        root = _numbering_root(document)
        self._patterns = {_value(item, "abstractNumId"): item for item in _children(root, "abstractNum")}
        self._lists = {_value(item, "numId"): item for item in _children(root, "num")}
        self._of_styles = _styles_with_lists(document)
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def prefix(self, paragraph: Element) -> str:
        """Return what is shown before a paragraph, with the space after it; empty where nothing is."""
        properties = paragraph.find(qn("w:pPr"))
        own = _list_of(properties.find(qn("w:numPr"))) if properties is not None else (None, None)
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        inherited = self._of_styles.get(_value(style, "val") if style is not None else "", (None, None))
        number = own[0] if own[0] is not None else inherited[0]
        level = own[1] if own[1] is not None else inherited[1] or 0
        if number is None or number == _NO_LIST or number not in self._lists or level >= _LEVELS:
            return ""
        return self._count(number, level)

    def _count(self, number: str, level: int) -> str:
        pattern = self._pattern_of(number)
        counts = self._counts.setdefault(pattern, [None] * _LEVELS)
        shown = self._level(number, level)
        override = self._start_override(number, level)
        if override is not None and (number, level) not in self._begun:
            counts[level] = override - 1
        self._begun.add((number, level))
        before = counts[level]
        counts[level] = shown.start if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = self._level(number, deeper).restart
            if restart is None or (restart and level < restart):
                counts[deeper] = None
        return self._written(number, shown, counts)

    def _written(self, number: str, shown: _Level, counts: list[int | None]) -> str:
        if shown.format == "none":
            return ""
        if shown.format == "bullet":
            sign = shown.pattern if shown.pattern in _PLAIN_BULLETS else _BULLET
            return f"{sign} "

        def numeral(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            level = self._level(number, place)
            count = counts[place]
            write = str if shown.legal else FORMATS.get(level.format, str)
            return write(max(level.start if count is None else count, 0)) if level.format != "none" else ""

        return f"{_PLACEHOLDER.sub(numeral, shown.pattern)}{shown.apart}" if shown.pattern else ""

    def _pattern_of(self, number: str) -> str:
        found = self._lists[number].find(qn("w:abstractNumId"))
        pattern = _value(found, "val") if found is not None else ""
        link = self._patterns[pattern].find(qn("w:numStyleLink")) if pattern in self._patterns else None
        linked = self._of_styles.get(_value(link, "val"), (None, None))[0] if link is not None else None
        return self._pattern_of(linked) if linked in self._lists and linked != number else pattern

    def _level(self, number: str, place: int) -> _Level:
        if (number, place) not in self._levels:
            self._levels[number, place] = _level(self._level_element(number, place))
        return self._levels[number, place]

    def _level_element(self, number: str, place: int) -> Element | None:
        override = self._override(number, place)
        own = override.find(qn("w:lvl")) if override is not None else None
        if own is not None:
            return own
        levels = _children(self._patterns.get(self._pattern_of(number)), "lvl")
        return next((level for level in levels if _value(level, "ilvl") == str(place)), None)

    def _override(self, number: str, place: int) -> Element | None:
        overrides = _children(self._lists[number], "lvlOverride")
        return next((item for item in overrides if _value(item, "ilvl") == str(place)), None)

    def _start_override(self, number: str, place: int) -> int | None:
        override = self._override(number, place)
        return _number(override, "startOverride") if override is not None else None


def _level(element: Element | None) -> _Level:
    if element is None:
        return _Level(1, "decimal", "", "", legal=False, restart=None)
    text, kind, suffix = (element.find(qn(f"w:{name}")) for name in ("lvlText", "numFmt", "suff"))
    start = _number(element, "start")
    return _Level(
        start=1 if start is None else start,
        format=_value(kind, "val") if kind is not None else "decimal",
        pattern=_value(text, "val") if text is not None else "",
        apart="" if suffix is not None and _value(suffix, "val") == "nothing" else " ",
        legal=element.find(qn("w:isLgl")) is not None,
        restart=_number(element, "lvlRestart"),
    )


def _numbering_root(document: WordDocument) -> Element | None:
    # Asking a document without lists for its numbering part would make one.
    parts = document.part.rels.values()
    root: Element = next(
        (part.target_part.element for part in parts if part.reltype.endswith("/numbering")),
        None,
    )
    return root


def _styles_with_lists(document: WordDocument) -> dict[str, tuple[str | None, int | None]]:
    """Return the list and level of every paragraph style, its own or that of the style it is based on."""
    styles = {_value(style, "styleId"): style for style in _children(document.styles.element, "style")}
    return {name: _list_of_style(name, styles, depth=0) for name in styles}


def _list_of_style(name: str, styles: dict[str, Element], *, depth: int) -> tuple[str | None, int | None]:
    properties = styles[name].find(qn("w:pPr"))
    own = _list_of(properties.find(qn("w:numPr"))) if properties is not None else (None, None)
    based = styles[name].find(qn("w:basedOn"))
    parent = _value(based, "val") if based is not None else ""
    if own[0] is not None or parent not in styles or depth > _LEVELS:
        return own
    inherited = _list_of_style(parent, styles, depth=depth + 1)
    return inherited[0], own[1] if own[1] is not None else inherited[1]


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number = properties.find(qn("w:numId"))
    return (_value(number, "val") if number is not None else None), _number(properties, "ilvl")


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if element is None else element.iterchildren(qn(f"w:{name}"))


def _value(element: Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}"), ""))


def _number(element: Element, name: str) -> int | None:
    found = element.find(qn(f"w:{name}"))
    value = _value(found, "val") if found is not None else ""
    return int(value) if re.fullmatch(r"-?\d+", value) else None
