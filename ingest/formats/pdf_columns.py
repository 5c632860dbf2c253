"""Find the order in which a page is read: column after column where it is set in columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf_formulas import formulas, in_reading_order
from ingest.formats.pdf_print import PrintedLine, in_lines
from ingest.marks import without_dash

_GUTTER = 0.6
"""A gutter is at least this wide, as a share of the letters' size …"""
_TWO_LINES = 0.85
"""… and this where only two lines show it."""
_WIDER = 2.2
"""It is so many times wider than the usual space between the words beside it."""
_FAR, _APART = 4.0, 0.9
"""Columns do not go on below an empty space of so many letters' height; one alone ends sooner."""
_CENTRED = 6.0
"""A line whose middle is so near the page's stands under the columns, not in one."""
_DEEPEST = 4

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that are read one after the other, within their own margins."""

    lines: tuple[PrintedLine, ...]
    in_column: bool = False
    is_formula: bool = False


def regions(lines: Sequence[PrintedLine]) -> Iterator[Region]:
    """Part lines into regions in the order of reading."""
    start = 0
    for above, below in formulas(lines):
        yield from _columns(lines[start:above])
        yield Region(in_reading_order(lines[above:below]), in_column=True, is_formula=True)
        start = below
    yield from _columns(lines[start:])


def _columns(lines: Sequence[PrintedLine], depth: int = 0) -> Iterator[Region]:
    plain: list[PrintedLine] = []
    place = 0
    while place < len(lines):
        end, gutter = _columns_from(lines, place) if depth < _DEEPEST else (place, None)
        if gutter:
            yield from _plain(plain, depth)
            yield from _parted(lines[place:end], gutter, depth)
            plain, place = [], end
        else:
            plain.append(lines[place])
            place += 1
    yield from _plain(plain, depth)


def _plain(lines: Sequence[PrintedLine], depth: int) -> Iterator[Region]:
    if lines:
        yield Region(tuple(lines), in_column=depth > 0)


def _parted(lines: Sequence[PrintedLine], gutter: Span, depth: int) -> Iterator[Region]:
    words = [word for line in lines for word in line.words]
    yield from _columns(in_lines(word for word in words if word.x1 <= gutter[0] + 1), depth + 1)
    yield from _columns(in_lines(word for word in words if word.x1 > gutter[0] + 1), depth + 1)


def _columns_from(lines: Sequence[PrintedLine], start: int) -> tuple[int, Span | None]:
    """Return where columns that begin at a line end, and the gutter between them; None where none begin."""
    best: tuple[int, Span | None] = (start, None)
    for gap in _gaps(lines[start]):
        end, gutter = _followed(lines, start, gap)
        if end > best[0]:
            best = (end, gutter)
    return best


def _followed(lines: Sequence[PrintedLine], start: int, gap: Span) -> tuple[int, Span | None]:
    """Follow a gap down the page as long as no line crosses it."""
    gutter, end, both = gap, start, 0
    narrowed: Span | None = gap
    for place in range(start, len(lines)):
        narrowed = _narrowed(lines[place], gutter)
        if narrowed is None:
            break
        both_sides = _sides(lines[place], narrowed) == (True, True)
        if place > start and _is_below(lines[place], lines[place - 1], both_sides=both_sides):
            break
        if not both_sides and abs(_middle([lines[place]]) - _middle(lines)) < _CENTRED:
            break
        if both_sides:
            gutter, end, both = narrowed, place + 1, both + 1
    if not _is_gutter(lines[start:end], gutter, both):
        return start, None
    while end < len(lines) and _goes_on(lines[end], lines[end - 1], gutter):
        end += 1
    return end, gutter


def _is_gutter(lines: Sequence[PrintedLine], gutter: Span, both: int) -> bool:
    """Tell a gutter from spaces that happen to stand above each other."""
    if both < 2:  # noqa: PLR2004 - one line alone has only a wide space
        return False
    sure = both > 2  # noqa: PLR2004 - two may agree by chance
    wide = gutter[1] - gutter[0]
    size = median(line.size for line in lines)
    return wide >= (_GUTTER if sure else _TWO_LINES) * size and wide >= _usual_space(lines) * _WIDER


def _goes_on(line: PrintedLine, before: PrintedLine, gutter: Span) -> bool:
    """Tell a line of the longer column, below the end of the shorter one."""
    if _narrowed(line, gutter) is None or line.top - before.bottom > line.size:
        return False
    left, right = _sides(line, gutter)
    listed = without_dash(line.text) is not None or line.text[0].islower()
    return right != left and (right or listed)


def _narrowed(line: PrintedLine, gutter: Span) -> Span | None:
    """Return the widest part of a gutter that a line leaves free, None where it leaves none wide enough."""
    free, left = [], gutter[0]
    for word in line.words:
        if word.x1 > gutter[0] and word.x0 < gutter[1]:
            free.append((left, word.x0))
            left = max(left, word.x1)
    free.append((left, gutter[1]))
    widest = max(free, key=lambda span: span[1] - span[0])
    return widest if widest[1] - widest[0] > line.size * _GUTTER else None


def _sides(line: PrintedLine, gutter: Span) -> tuple[bool, bool]:
    return line.x0 < gutter[0] + 1, line.x1 > gutter[1] - 1


def _gaps(line: PrintedLine) -> Iterator[Span]:
    for before, after in pairwise(line.words):
        if after.x0 - before.x1 > line.size * _GUTTER:
            yield before.x1, after.x0


def _usual_space(lines: Sequence[PrintedLine]) -> float:
    spaces = [after.x0 - before.x1 for line in lines for before, after in pairwise(line.words)]
    return median(spaces) if spaces else 0.0


def _is_below(line: PrintedLine, before: PrintedLine, *, both_sides: bool) -> bool:
    """Tell a line that an empty space parts from the columns above it."""
    return line.top - before.bottom > (_FAR if both_sides else _APART) * line.size


def _middle(lines: Sequence[PrintedLine]) -> float:
    return (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2
