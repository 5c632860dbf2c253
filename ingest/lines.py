"""The lines that every loader makes of a file: clean Unicode, and how sure it is where paragraphs end."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

SUPERSCRIPTS = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
SUBSCRIPTS = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
"""How raised and lowered digits are written where type has no sizes: "4 m²", not "4 m2"."""

Role = Literal["line", "paragraph", "text", "row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document that is not empty."""

    text: str
    """Without white space at its ends and with single spaces inside."""
    strong: bool = False
    """Set apart as a whole: bold, or a Markdown heading."""
    gap: bool = False
    """An empty line, or the beginning of the file, stands before it."""
    role: Role = "line"
    """`line`: as typed, perhaps part of a paragraph. `paragraph`: a whole one, as the file's format says.
    `text`: a whole one inside an Điều, so that it begins a khoản or điểm at most.
    `row`: a row of a table, whose numbers number no section."""
    attachment: bool = False
    """It names a text that the document puts into force and that follows its signature: "QUY CHẾ"."""


def clean(text: str) -> str:
    """Return a text in NFC, with single spaces and without invisible characters; line ends stay."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(letter for letter in text if letter in "\n\t" or not is_invisible(letter))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def is_invisible(letter: str) -> bool:
    """Tell control characters such as NUL, zero-width marks, byte order marks, soft hyphens and lone surrogates."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or letter in _BLANKS


def invisible_letters(text: str) -> int:
    """Count the invisible characters of a text, but for those that every typesetter and browser leaves behind."""
    return sum(is_invisible(letter) and letter not in _COMMON for letter in text)


def whole(text: str, *, strong: bool = False, gap: bool = False, role: Role = "paragraph") -> Line | None:
    """Return a paragraph or row as a line, None where nothing is left of it."""
    cleaned = " ".join(clean(text).split())
    return Line(cleaned, strong, gap, role) if cleaned else None


def with_first_gap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark that nothing stands before the first line."""
    return (replace(lines[0], gap=True), *lines[1:]) if lines else ()


def shortened(text: str, most: int = 160) -> str:
    """Return a text on one line, cut where it is long, for a warning."""
    text = " ".join(clean(text).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
"""Fillers, joiners and variation selectors: no category says that they show nothing."""
_COMMON = frozenset("\n\t\r\f\v\x85\ufeff\u00ad")
_SPACES = re.compile(r"[^\S\n]+")
