"""Set aside what offices put on a paper after it was written: arrivals, signatures, margin notes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.lines import Line
from ingest.marks import find_mark, without_dash
from ingest.vocabulary import any_of, kinds, words

Separated = tuple[tuple[Line, ...], tuple[str, ...]]
"""The lines that stay, and the stamps taken out."""

_SHORT = 60
"""A line of a stamp is never as long as a line of text."""
_SCRIBBLE = 30
_DOCUMENT_NUMBER = re.compile(r"Số\s*:?\s*\d*\s*[-/]\s*[A-ZĐ]|Số\s*:?\s*\d+\s*/\s*\d{4}\s*/", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[+-]\d{2}:\d{2})?")
_PAGE = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_FURNITURE = re.compile(r"(?:Trang|Page)\s+\d+(?:\s*/\s*\d+)?|[^.;:]{1,80}\.(?:docx?|pdf|xlsx?|rar|zip)", re.IGNORECASE)
"""Page numbers in words, and links to attached files that a web page left in the text."""


def without_stamps(lines: Iterable[Line]) -> Separated:
    """Take out stamps of arrival and electronic signatures, which stand anywhere."""
    kept: list[Line] = []
    stamps: list[str] = []
    for block in blocks(lines):
        if _is_signature(block):
            stamps.append("\n".join(line.text for line in block))
        else:
            kept.extend(block)
    kept, arrivals = _without_arrivals(kept)
    return tuple(kept), (*stamps, *arrivals)


def without_scribbles(body: Iterable[Line]) -> Separated:
    """Take page numbers and margin notes out of the running text: blocks of a few words, line by line."""
    kept: list[Line] = []
    scribbles: list[str] = []
    for block in blocks(body):
        if block[0].role == "line" and _is_scribble(block):
            scribbles.append("\n".join(line.text for line in block))
            continue
        for line in block:
            if line.role != "row" and _FURNITURE.fullmatch(line.text):
                scribbles.append(line.text)
            else:
                kept.append(line)
    return tuple(kept), tuple(scribbles)


def blocks(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Group lines that no empty line separates."""
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield tuple(block)
            block = []
        block.append(line)
    if block:
        yield tuple(block)


def _is_signature(block: tuple[Line, ...]) -> bool:
    if any(len(line.text) > _SHORT for line in block):
        return False
    begins = re.match(rf"(?:{any_of(words('stamps', 'signature'))})\b\s*:", block[0].text, re.IGNORECASE)
    return begins is not None or any(_TIME.fullmatch(line.text) for line in block)


def _without_arrivals(lines: list[Line]) -> tuple[list[Line], list[str]]:
    kept: list[Line] = []
    stamps: list[list[str]] = []
    inside = False
    for line in lines:
        if _begins_arrival(line):
            stamps.append([kept.pop().text, line.text] if kept and _is_office(kept[-1]) else [line.text])
            inside = True
        elif inside and _goes_on_arrival(line):
            stamps[-1].append(line.text)
        else:
            kept.append(replace(line, gap=line.gap or inside))
            inside = False
    return kept, ["\n".join(stamp) for stamp in stamps]


def _begins_arrival(line: Line) -> bool:
    begins = re.match(rf"(?:{any_of(words('stamps', 'arrival'))})\b(?P<rest>.*)", line.text, re.IGNORECASE)
    return begins is not None and line.text.split()[0].isupper() and len(line.text) <= _SHORT


def _goes_on_arrival(line: Line) -> bool:
    begins = re.match(rf"(?:{any_of(words('stamps', 'arrival_lines'))})\b", line.text, re.IGNORECASE)
    return begins is not None and len(line.text) <= _SHORT and not _DOCUMENT_NUMBER.match(line.text)


def _is_office(line: Line) -> bool:
    """Tell whether a line names, in capitals, the office whose stamp follows."""
    known = {*kinds(), *words("head", "mottos")}
    return line.text.isupper() and line.gap and line.text.lower() not in {name.lower() for name in known}


def _is_scribble(block: tuple[Line, ...]) -> bool:
    if len(block) == 1:
        return _PAGE.fullmatch(block[0].text) is not None
    return all(_is_scrap(line) for line in block)


def _is_scrap(line: Line) -> bool:
    text = line.text
    whole = text.endswith((".", ";", ":")) or find_mark(text) or without_dash(text) or line.strong
    return len(text) <= _SCRIBBLE and not whole
