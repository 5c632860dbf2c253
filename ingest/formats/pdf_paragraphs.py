"""Join printed lines into paragraphs by where they begin and end, over the turn of a page too."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.formats.pdf_columns import Region
from ingest.formats.pdf_print import PrintedLine, PrintedTable
from ingest.lines import Line, whole
from ingest.marks import find_mark, without_dash

_INDENT = 6.0
"""Points by which a line must stand further right to be indented."""
_SAME = 4.0
"""Points within which two lines begin at the same place or have the same middle."""
_SPACE = 0.3
"""Width of a space, as a share of the letters' size."""
_GAP = 0.45
"""A space that is wider than usual by this share of the letters' size parts two paragraphs."""
_ENDED = re.compile(r"[.;:!?…][”\"’)\]/.]*$")
_BROKEN_WORD = re.compile(r"\w[-/]$")
_TO_BE_FILLED = ("..", "…")
"""How a line of a form ends that is left to be filled in."""
_OTHER_MARGIN = 40.0
"""Points by which a page's own margin must differ to be believed: an indent is smaller."""
_SOME = 0.1
"""Where fewer lines are indented, paragraphs are not."""
_LEAST = 2
"""So many lines must begin at a place for it to be a margin."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Where whole lines of a region begin and end."""

    left: float
    right: float
    spacing: float
    """The usual space between two lines of a paragraph."""
    of_column: bool = False
    indented: bool = True
    """Paragraphs begin further right than their other lines; else only space and sense part them."""


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while its lines are gathered."""

    lines: list[PrintedLine]
    gap: bool
    margins: Margins

    @property
    def first(self) -> PrintedLine:
        return self.lines[0]

    @property
    def last(self) -> PrintedLine:
        return self.lines[-1]

    @property
    def text(self) -> str:
        text = ""
        for line in self.lines:
            # "28-⏎CT/TW" is one number: what is broken at a hyphen has no space there.
            apart = "" if not text or _BROKEN_WORD.search(text) else " "
            text = f"{text}{apart}{line.text}"
        return text


@dataclass(slots=True)
class Gatherer:
    """Gathers paragraphs from the regions and tables of page after page."""

    done: list[Line] = field(default_factory=list)
    current: _Paragraph | None = None
    header: str = ""
    """The first row of the table before, which the next page repeats."""

    def region(self, region: Region, usual: Margins, *, turned: bool) -> None:
        """Add a region; `turned` says that a page was turned since the last one."""
        self.header = ""
        if region.is_formula:
            self.end()
            self._add(" ".join(line.text for line in region.lines), strong=False, gap=True)
            return
        margins = margins_of(region.lines, usual, within=region.in_column)
        before: PrintedLine | None = None
        for line in region.lines:
            continues = self.current is not None and (
                _continues(self.current, line, margins)
                if before
                else turned and not region.in_column and _goes_on(self.current, line, margins)
            )
            gap = before is None or _is_apart(before, line, margins)
            if continues and self.current:
                self.current.lines.append(line)
                self.current.margins = margins
            else:
                self.end()
                self.current = _Paragraph([line], gap and not (turned and before is None), margins)
            before = line
        if region.in_column:
            self.end()

    def table(self, table: PrintedTable) -> None:
        """Add a table's rows, without those that the page before has shown at its top."""
        self.end()
        rows = table.rows[1:] if self.header and table.rows[:1] == (self.header,) else table.rows
        for row in rows:
            line = whole(row, role="row")
            if line:
                self.done.append(line)
        self.header = table.rows[0] if table.rows else ""

    def end(self) -> None:
        """Finish the paragraph that is being gathered."""
        if self.current:
            strong = all(line.bold for line in self.current.lines)
            self._add(self.current.text, strong=strong, gap=self.current.gap)
        self.current = None

    def _add(self, text: str, *, strong: bool, gap: bool) -> None:
        line = whole(text, strong=strong, gap=gap)
        if line:
            self.done.append(line)


def margins_of(lines: Sequence[PrintedLine], usual: Margins, *, within: bool) -> Margins:
    """Return the margins of a region; those usual for the page where it has too few lines to tell."""
    if within:
        return Margins(min(line.x0 for line in lines), max(line.x1 for line in lines), usual.spacing, of_column=True)
    starts = Counter(round(line.x0) for line in lines)
    often = min((start for start, count in starts.items() if count >= _LEAST), default=usual.left)
    # An appendix may have margins of its own; on a page of short items none may begin at the margin.
    left = often if often < usual.left or often - usual.left > _OTHER_MARGIN else usual.left
    return replace(usual, left=left, right=max(usual.right, *(line.x1 for line in lines)))


def usual_margins(pages: Iterable[Sequence[PrintedLine]]) -> Margins:
    """Return the margins that most pages have; even and odd pages may differ and are asked for apart."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Margins(0, 0, 0)
    starts = Counter(round(line.x0) for line in lines)
    enough = max(_LEAST, len(lines) // 30)
    left = min((start for start, count in starts.items() if count >= enough), default=min(starts))
    indents = sum(_INDENT < line.x0 - left < _OTHER_MARGIN for line in lines)
    ends = sorted(line.x1 for line in lines)
    spaces = [
        after.top - before.bottom for before, after in pairwise(lines) if 0 < after.top - before.bottom < 2 * after.size
    ]
    spacing = median(spaces) if spaces else 0
    return Margins(left, ends[int(len(ends) * 0.95)], spacing, indented=indents > len(lines) * _SOME)


def _continues(paragraph: _Paragraph, line: PrintedLine, margins: Margins) -> bool:
    """Tell whether a line goes on with the paragraph above it on the page."""
    before = paragraph.last
    if before.bold != line.bold or _is_apart(before, line, margins) or _stands_alone(paragraph.text):
        return False
    if _in_capitals(before) != _in_capitals(line) or _are_lines_of_a_block(before, line, margins):
        return False
    if _is_centred(before, margins) and _is_centred(line, margins):
        return not _in_capitals(line) and not _ENDED.search(before.text) and _same_middle(before, line)
    if not _is_full(before, line, margins):
        return _in_open_bracket(paragraph.text) and not _begins(paragraph, line)
    return _is_below(paragraph, line, margins)


def _goes_on(paragraph: _Paragraph, line: PrintedLine, margins: Margins) -> bool:
    """Tell whether the first line of a page goes on with the last paragraph of the page before."""
    before = paragraph.last
    full = _is_full(before, line, paragraph.margins) and not _is_centred(before, paragraph.margins)
    whole_sentence = not margins.indented and _ENDED.search(paragraph.text) is not None
    return full and before.bold == line.bold and line.x0 - margins.left < _INDENT and not whole_sentence


def _is_below(paragraph: _Paragraph, line: PrintedLine, margins: Margins) -> bool:
    """Tell whether a line under a full one begins where the paragraph's own lines do."""
    if len(paragraph.lines) > 1:
        return abs(line.x0 - paragraph.last.x0) < _SAME
    shift = line.x0 - paragraph.first.x0
    if abs(shift) >= _INDENT:
        # The lines of an item may hang under its text.
        return shift < 0 or (_is_item(paragraph.first) and not _begins(paragraph, line))
    # It begins under the paragraph's first line: where those are indented it is a paragraph of its own.
    return line.x0 - margins.left < _INDENT and not _begins(paragraph, line)


def _is_full(line: PrintedLine, after: PrintedLine, margins: Margins) -> bool:
    """Tell whether the first word of the next line had no room on a line."""
    word = after.words[0]
    if line.text.endswith(_TO_BE_FILLED):
        return False
    return line.x1 + _SPACE * line.size + (word.x1 - word.x0) > margins.right - 1


def _is_centred(line: PrintedLine, margins: Margins) -> bool:
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > 2 * _SAME and abs(left - right) < 2 * _SAME


def _same_middle(before: PrintedLine, line: PrintedLine) -> bool:
    return abs((before.x0 + before.x1) - (line.x0 + line.x1)) / 2 < 2 * _SAME


def _is_apart(before: PrintedLine, line: PrintedLine, margins: Margins) -> bool:
    return line.top - before.bottom > margins.spacing + _GAP * line.size


def _stands_alone(text: str) -> bool:
    """Tell a number of a part whose heading stands on the next line: "Chương I"."""
    mark = find_mark(text)
    return mark is not None and not mark.rest


def _are_lines_of_a_block(before: PrintedLine, line: PrintedLine, margins: Margins) -> bool:
    """Tell lines in capitals set under each other's middle: a heading, or who signs for whom."""
    flush = abs(before.x0 - line.x0) < 1 and not margins.of_column
    return _in_capitals(line) and not flush and _same_middle(before, line)


def _in_capitals(line: PrintedLine) -> bool:
    """Tell a line of a heading in capitals; a single abbreviation is none."""
    return line.text.isupper() and len(line.words) > 1


def _in_open_bracket(text: str) -> bool:
    return text.startswith("(") and text.count("(") > text.count(")")


def _begins(paragraph: _Paragraph, line: PrintedLine) -> bool:
    """Tell a line that begins an item or part; "theo quy định tại⏎Mục 1 Chương XI" goes on with its sentence."""
    return _is_item(line) and (line.bold or _ENDED.search(paragraph.text) is not None)


def _is_item(line: PrintedLine) -> bool:
    return find_mark(line.text) is not None or without_dash(line.text) is not None
