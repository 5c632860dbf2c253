"""Find formulas with fractions, whose pieces stand on lines that do not follow each other."""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from ingest.formats.pdf_print import PrintedLine, Word, in_lines
from ingest.marks import find_mark, without_dash

_HIGH = 6.0
"""The lines of a fraction stand within so many letters' height of its equals sign."""
_APART = 0.4
"""What parts a fraction from the sign beside it, as a share of the letters' size."""
_EQUALS = "="


def formulas(lines: Sequence[PrintedLine]) -> Iterator[tuple[int, int]]:
    """Return where each formula of more than one line begins and ends."""
    last = 0
    for place, line in enumerate(lines):
        equals = next((word for word in line.words if word.text == _EQUALS), None)
        if equals is None or place < last:
            continue
        above = len(list(takewhile(_belongs_to(equals), reversed(lines[last:place]))))
        below = len(list(takewhile(_belongs_to(equals), lines[place + 1 :])))
        if above + below:
            last = place + 1 + below
            yield place - above, last


def in_reading_order(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Return a formula from left to right, each part of it from the top down."""
    words = sorted((word for line in lines for word in line.words), key=lambda word: word.x0)
    return tuple(line for part in _parts(words) for line in in_lines(part))


def _belongs_to(equals: Word) -> Callable[[PrintedLine], bool]:
    """Tell a line of the formula: near the sign, never across it, and no sentence, number or item of a list."""

    def belongs(line: PrintedLine) -> bool:
        near = abs(line.top - equals.top) <= _HIGH * line.size
        crosses = line.x0 < equals.x0 and line.x1 > equals.x1 and not _parted(line, equals)
        begins = find_mark(line.text) is not None or without_dash(line.text) is not None
        return near and not crosses and not begins and not line.text.endswith((":", ".", ";"))

    return belongs


def _parted(line: PrintedLine, equals: Word) -> bool:
    """Tell whether a line that stands on both sides of the sign leaves room for it."""
    others = [word for word in line.words if word.text != _EQUALS]
    return all(word.x1 <= equals.x0 + 1 or word.x0 >= equals.x1 - 1 for word in others)


def _parts(words: Sequence[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for word in words:
        if part and word.x0 - max(before.x1 for before in part) > _APART * word.size:
            yield part
            part = []
        part.append(word)
    if part:
        yield part
