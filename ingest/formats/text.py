"""Read plain text and Markdown: lines as typed, without marks of layout and invisible characters."""

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UnreadableEncodingError
from ingest.lines import Line, invisible_letters, is_invisible
from ingest.loaded import Loaded, OnPages


def load_text(path: Path, _on_pages: OnPages) -> tuple[Loaded, ...]:
    """Read a file of one text."""
    text = decoded(path)
    return (Loaded(tuple(_lines(text)), invisible=invisible_letters(text)),)


def decoded(path: Path) -> str:
    """Return the letters of a file in any kind of Unicode; raises `UnreadableEncodingError` for another."""
    content = path.read_bytes()
    # Notepad's "Unicode" is UTF-16 with a byte order mark; "utf-8-sig" also reads UTF-8 without one.
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableEncodingError(path) from error


_SPACES = re.compile(r"[^\S\n]+")
_GUTTER = re.compile(r"(?<=\S)(?<!ngày)(?<!tháng)(?<!năm)(?<!Số:)(?:[^\S\n]{5,}|[^\S\n]*\t\s*?)(?=[^\s/])(?!tháng|năm)")
"""What parts two columns; the blanks of an unfilled number or date are none."""
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?(?:i|u|em|s|p|span|div|font|center|sup|sub|small)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")
_ITALIC = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]*?\S)\*(?![*\w])")
_ENTITY = re.compile(r"&#?\w+;")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def _lines(text: str) -> Iterator[Line]:
    gap, bold = True, False
    for raw in _columns(_clean(text)).split("\n"):
        stripped, strong, bold = _without_marks(raw.strip(), bold=bold)
        if stripped:
            yield Line(stripped, strong, gap)
        gap = not stripped and (gap or not raw.strip())
        # Nobody sets several paragraphs bold by one pair of marks; an odd `**` must not run on for ever.
        bold = bold and not gap


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = _OTHER_TAG.sub("", _BREAK_TAG.sub("\n", _BOLD_TAG.sub("**", text)))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return "".join(letter for letter in text if letter in "\n\t" or not is_invisible(letter))


def _columns(text: str) -> str:
    """Set two columns of print, such as issuer and motto, under each other: left, then right."""
    return _SPACES.sub(" ", _GUTTER.sub("\n", text))


def _without_marks(raw: str, *, bold: bool) -> tuple[str, bool, bool]:
    """Return the line without marks, whether it was strong as a whole, and whether bold goes on after it."""
    heading = _HEADING.match(raw)
    pieces = raw[heading.end() if heading else 0 :].split("**")
    faint = "".join(piece for place, piece in enumerate(pieces) if (place % 2 == 1) == bold)
    text = _ESCAPE.sub(r"\1", _ITALIC.sub(r"\1", "".join(pieces)))
    goes_on = bold != (len(pieces) % 2 == 0)
    return text.strip(), heading is not None or not faint.strip(), goes_on
