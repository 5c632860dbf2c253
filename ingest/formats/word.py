"""Read a Word file: paragraphs with the numbers that Word shows, rows of tables, no marks of footnotes."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest import texts
from ingest.errors import BrokenFileError
from ingest.formats.archive import refuse_harm
from ingest.formats.word_hidden import Sight
from ingest.formats.word_numbering import Numbering
from ingest.head import DATED, is_motto
from ingest.lines import SUBSCRIPTS, SUPERSCRIPTS, Line, invisible_letters, shortened, whole
from ingest.loaded import Loaded, OnPages
from ingest.marks import ARTICLE, find_mark, without_dash

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OpcError),
    *(ArithmeticError, AttributeError, EOFError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError),
)
"""What zipfile, lxml and python-docx raise for files that are damaged or no Word files."""
_LEFT_OUT = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "pict", "drawing", "object", "rPr", "pPr"))
_NOTES = frozenset(qn(f"w:{name}") for name in ("footnoteReference", "endnoteReference"))
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 3, 2
_LONG_CELL = 1500
_PLACE = 40
"""Letters that tell a place in a warning."""


@dataclass(slots=True)
class _Reader:
    """What is counted while a document is read."""

    document: WordDocument
    numbering: Numbering
    sight: Sight
    lines: list[Line] = field(default_factory=list)
    gap: bool = True
    set_apart: bool = False
    """A cell of a letterhead or signature is being read, whose lines are broken on purpose."""
    notes: int = 0
    invisible: int = 0
    hidden: dict[str, list[str]] = field(default_factory=dict)
    """Text that cannot be seen, by the text before it that can."""


def load_word(path: Path, _on_pages: OnPages) -> tuple[Loaded, ...]:
    """Read a file of one text."""
    document = _open(path)
    reader = _Reader(document, Numbering(document), Sight(document))
    _read(document.element.body, reader)
    return (Loaded(tuple(reader.lines), warnings=tuple(_warnings(reader)), invisible=reader.invisible),)


def _open(path: Path) -> WordDocument:
    content = path.read_bytes()
    try:
        refuse_harm(path, content)
        return docx.Document(BytesIO(content))
    except _DAMAGE as error:
        raise BrokenFileError(path, reason=texts.NO_WORD_FILE) from error


def _read(container: Any, reader: _Reader) -> None:  # noqa: ANN401 - XML elements have no types
    """Read paragraphs and tables in their order, also those inside content controls and insertions."""
    for child in container.iterchildren():
        if child.tag == qn("w:p"):
            _read_paragraph(child, reader)
        elif child.tag == qn("w:tbl"):
            _read_table(Table(child, reader.document), reader)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
            _read(child, reader)


def _read_paragraph(element: Any, reader: _Reader) -> None:  # noqa: ANN401 - as above
    prefix = reader.numbering.prefix(element)
    text, strong = _text(Paragraph(element, reader.document), reader)
    pieces = _printed_lines(f"{prefix}{text}", apart=reader.set_apart) if text.strip() else []
    for piece in pieces:
        if line := whole(piece, strong=strong, gap=reader.gap):
            reader.lines.append(line)
            reader.gap = False
    reader.gap = reader.gap or not pieces


def _text(paragraph: Paragraph, reader: _Reader) -> tuple[str, bool]:
    """Return a paragraph's text, and whether all of it is bold."""
    runs = [Run(element, paragraph) for element in _runs(paragraph._p)]  # noqa: SLF001 - `runs` leaves out inner ones
    pieces = [_run_text(place, runs, reader) for place in range(len(runs))]
    style = paragraph.style
    by_style = bool(style is not None and style.font.bold)
    bold = [by_style if run.bold is None else run.bold for run in runs]
    shown = [strong for strong, piece in zip(bold, pieces, strict=True) if piece.strip()]
    return "".join(pieces), bool(shown) and all(shown)


def _runs(element: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Walk over a paragraph's runs: also those of links, fields, smart tags and accepted insertions."""
    for child in element.iterchildren():
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _runs(child)


def _run_text(place: int, runs: Sequence[Run], reader: _Reader) -> str:
    run = runs[place]
    element = run._r  # noqa: SLF001 - references to notes are not in the public interface
    if any(child.tag in _NOTES for child in element.iterchildren()):
        reader.notes += 1
        return ""
    text = "".join(_letters(element))
    reader.invisible += invisible_letters(text)
    if text.strip() and not reader.sight.sees(element):
        before = reader.lines[-1].text if reader.lines else ""
        reader.hidden.setdefault(before, []).append(text)
        return ""
    if run.font.superscript:
        # Typists put a note's number in by hand beside the reference.
        beside = runs[max(0, place - 1) : place + 2]
        noted = any(child.tag in _NOTES for near in beside for child in near._r.iterchildren())  # noqa: SLF001 - as above
        is_mark = noted or re.fullmatch(r"\s*[\[(]\d{1,3}[\])]\s*", text)
        return "" if is_mark else text.translate(SUPERSCRIPTS)
    return text.translate(SUBSCRIPTS) if run.font.subscript else text


def _letters(run: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for child in run.iterchildren():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:tab"), qn("w:ptab")}:
            yield "\t"
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"


def _printed_lines(text: str, *, apart: bool) -> list[str]:
    """Part a paragraph where a break of line begins a number or item, and where a tab parts two columns."""
    if apart:
        return text.split("\n")
    columns = [piece for piece in text.split("\t") if piece.strip()]
    if len(columns) > 1 and any(is_motto(piece) or DATED.fullmatch(piece.strip()) for piece in columns[1:]):
        return columns
    parts: list[str] = []
    for piece in text.split("\n"):
        begins = find_mark(piece.strip()) is not None or without_dash(piece.strip()) is not None
        if parts and not begins:
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def _read_table(table: Table, reader: _Reader) -> None:
    rows = [[cell for cell in row.iterchildren(qn("w:tc")) if not _goes_on(cell)] for row in table._tbl.tr_lst]  # noqa: SLF001 - `cells` repeats merged ones
    if _is_layout(rows):
        for row in rows:
            for cell in row:
                reader.gap, reader.set_apart = True, not _has_article(_raw(cell))
                _read(cell, reader)
        reader.gap, reader.set_apart = True, False
        return
    for row in rows:
        if line := whole(" ".join(_cell_text(cell, reader) for cell in row), role="row"):
            reader.lines.append(line)


def _cell_text(cell: Any, reader: _Reader) -> str:  # noqa: ANN401 - as above
    inside = replace(reader, lines=[], gap=True, set_apart=False, notes=0, invisible=0)
    _read(cell, inside)
    reader.notes += inside.notes
    reader.invisible += inside.invisible
    return " ".join(line.text for line in inside.lines)


def _goes_on(cell: Any) -> bool:  # noqa: ANN401 - as above
    """Tell a cell that only continues the one above it."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _is_layout(rows: Sequence[Sequence[Any]]) -> bool:
    """Tell a table that only sets text side by side, such as letterhead and signature."""
    columns = max(map(len, rows), default=0)
    cells = [_raw(cell) for row in rows for cell in row]
    holds_text = any(len(cell) > _LONG_CELL or _has_article(cell) for cell in cells)
    return holds_text or columns < _LAYOUT_COLUMNS or (len(rows) <= _LAYOUT_ROWS and columns <= _LAYOUT_COLUMNS)


def _raw(cell: Any) -> str:  # noqa: ANN401 - as above
    """Return a cell's text without numbers and notes."""
    return "\n".join("".join(paragraph.itertext(qn("w:t"))) for paragraph in cell.iter(qn("w:p")))


def _has_article(text: str) -> bool:
    return any(ARTICLE.compiled.match(line.strip()) for line in text.splitlines())


def _warnings(reader: _Reader) -> Iterator[str]:
    if reader.notes:
        yield texts.NOTES_LEFT_OUT.format(count=reader.notes)
    for before, hidden in reader.hidden.items():
        place = texts.NEAR.format(shortened(before, _PLACE)) if before else texts.DOCUMENT_START
        yield texts.HIDDEN_TEXT.format(place=place, text=shortened("".join(hidden)))
    boxes = (box for box in reader.document.element.body.iter(qn("w:txbxContent")))
    shown = dict.fromkeys(" ".join("".join(box.itertext(qn("w:t"))).split()) for box in boxes)
    for box in filter(None, shown):
        yield texts.BOX_LEFT_OUT.format(text=box[:200])
