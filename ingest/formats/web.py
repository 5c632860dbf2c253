"""Read a web page: find the document among the page's menus, or split a page of the codification."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest import texts
from ingest.errors import BrokenFileError, UnreadableEncodingError
from ingest.formats.codification import is_codification, load_codification
from ingest.formats.markup import is_hidden, lines_of, notes_of
from ingest.formats.web_hidden import hidden_texts, switch_off
from ingest.head import DATED, NUMBER, is_motto
from ingest.lines import Line, invisible_letters, shortened
from ingest.loaded import Loaded, OnPages
from ingest.marks import ARTICLE, find_mark

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(?P<name>[\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes in which a page says how it is encoded."""
_ALL_BUT_A_FEW = 0.9
_ABOVE_NUMBER = 3
"""Lines of the issuer's name above motto and number."""


def load_page(path: Path, _on_pages: OnPages) -> tuple[Loaded, ...]:
    """Read a page of one text, or of the several that the codification interleaves."""
    page = LexborHTMLParser(_decoded(path))
    try:
        switch_off(page)
        return load_codification(page) if is_codification(page) else _load_document(page)
    except RecursionError as error:
        raise BrokenFileError(path, reason=texts.TOO_DEEP) from error


def _load_document(page: LexborHTMLParser) -> tuple[Loaded, ...]:
    if page.body is None:
        return ()
    content = _content(page.body)
    notes = notes_of(content)
    warnings = [texts.NOTES_LEFT_OUT.format(count=notes)] if notes else []
    if unseen := hidden_texts(content):
        warnings.append(texts.HIDDEN_TEXT.format(place=texts.THE_PAGE, text=shortened(" / ".join(unseen))))
    invisible = invisible_letters(content.text())
    return (Loaded(_from_head(lines_of(content)), warnings=tuple(warnings), invisible=invisible),)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    declared = _CHARSET.search(content, 0, _DECLARED_WITHIN)
    encoding = declared["name"].decode("ascii") if declared else "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableEncodingError(path) from error


def _content(body: LexborNode) -> LexborNode:
    """Return the smallest element that holds the document: its letterhead and nearly all of its numbers."""
    wanted = _signs(body)
    content = body
    while inner := next((child for child in _parts(content) if _holds(child, wanted)), None):
        content = inner
    return content


def _parts(element: LexborNode) -> Iterator[LexborNode]:
    return (child for child in element.iter() if child.is_element_node and not is_hidden(child))


def _holds(element: LexborNode, wanted: Counter[str]) -> bool:
    """Tell whether an element holds enough: beside the document, a page may name others and number its menus."""
    signs = _signs(element)
    counted = "article" if wanted["article"] else "number"
    particulars = all(signs[sign] for sign in ("letterhead", "motto") if wanted[sign])
    return 0 < signs[counted] >= wanted[counted] * _ALL_BUT_A_FEW and particulars


def _signs(element: LexborNode) -> Counter[str]:
    """Count the lines that number a part, those that number an Điều, and those that stand in a letterhead."""
    signs: Counter[str] = Counter()
    for line in lines_of(element):
        mark = find_mark(line.text)
        signs["number"] += mark is not None
        signs["article"] += mark is not None and mark.mark is ARTICLE
        signs["motto"] += _is_motto(line)
        signs["letterhead"] += _is_particular(line) and not _is_motto(line)
    return signs


def _is_motto(line: Line) -> bool:
    return is_motto(line.text) and any(map(str.isalpha, line.text))


def _is_particular(line: Line) -> bool:
    text = line.text
    return bool(NUMBER.match(text) or DATED.fullmatch(text) or _is_motto(line))


def _from_head(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out what a page shows above the letterhead, such as tabs and the way to the page."""
    start = next((place for place, line in enumerate(lines) if _is_particular(line)), 0)
    above = lines[max(0, start - _ABOVE_NUMBER) : start]
    issuer = next((before for before, line in enumerate(reversed(above)) if not _is_name(line)), len(above))
    return tuple(lines[start - issuer :])


def _is_name(line: Line) -> bool:
    return line.text.isupper() or not any(map(str.isalpha, line.text))
