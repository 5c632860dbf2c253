"""Turn the elements of a web page into lines: paragraphs, list items with their numbers, rows of tables."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.formats.numerals import FORMATS
from ingest.formats.web_hidden import is_unseen
from ingest.lines import SUBSCRIPTS, SUPERSCRIPTS, Line, whole
from ingest.marks import ARTICLE

_SKIPPED = frozenset(
    [
        "aside",
        "button",
        "footer",
        "form",
        "head",
        "iframe",
        "img",
        "input",
        "label",
        "nav",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SMALL = {"sup": SUPERSCRIPTS, "sub": SUBSCRIPTS}
_DIGITS = re.compile(r"[\d+-]{1,4}")
_NOTE_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|\*+)\s*[\])]?")
_TO_NOTE = re.compile(r"#(?!.*ref).*(?:ftn|fn|note|_edn)", re.IGNORECASE)
_FROM_NOTE = re.compile(r"#.*(?:ftn|fn|note|edn)\w*ref", re.IGNORECASE)
_PREFIX = "data-prefix"
"""An attribute of ours: what the page shows before an item of a list."""
_LIST_NUMERALS = {
    "a": FORMATS["lowerLetter"],
    "A": FORMATS["upperLetter"],
    "i": FORMATS["lowerRoman"],
    "I": FORMATS["upperRoman"],
}
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 3, 2
"""Letterhead and signature stand in tables no larger than this; such a table is read cell by cell."""
_LONG_CELL = 1500
"""A cell that holds more is no cell of a table but a part of the page."""


@dataclass(slots=True)
class _Flow:
    """The lines so far, and the one that is being filled."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    prefix: str = ""
    gap: bool = True
    """Nothing stands right before the next line."""

    def end_line(self, *, blank: bool = False) -> None:
        """Finish the line; where a `blank` one has no text, it makes a gap before the next."""
        text = "".join(piece for piece, _ in self.pieces)
        bold = all(strong for piece, strong in self.pieces if piece.strip())
        line = whole(f"{self.prefix}{text}", strong=bold, gap=self.gap) if text.strip() else None
        if line:
            self.lines.append(line)
            self.prefix, self.gap = "", False
        self.gap = self.gap or (blank and line is None)
        self.pieces = []


def lines_of(node: LexborNode) -> tuple[Line, ...]:
    """Return the lines of an element in the order of the page."""
    flow = _Flow()
    _walk(node, flow, bold=False)
    flow.end_line()
    return tuple(flow.lines)


def notes_of(node: LexborNode) -> int:
    """Count the footnotes that are referred to in an element; they are left out of its lines."""
    return sum(_is_note_mark(link) for link in node.css("a"))


def is_hidden(node: LexborNode) -> bool:
    """Tell whether an element is not shown, or is furniture of the page such as menus and forms."""
    return node.tag in _SKIPPED or is_unseen(node)


def _walk(node: LexborNode, flow: _Flow, *, bold: bool) -> None:
    if node.is_text_node:
        flow.pieces.append((node.text_content or "", bold))
    elif node.is_element_node and not (is_hidden(node) or _is_note_mark(node) or _is_note(node)):
        bold = bold or node.tag in _BOLD or bool(_BOLD_STYLE.search(node.attributes.get("style") or ""))
        if node.tag == "br":
            flow.end_line(blank=True)
        elif node.tag == "table" and not _is_layout(node):
            _table(node, flow)
        elif node.tag in _SMALL and _DIGITS.fullmatch(node.text().strip()):
            flow.pieces.append((node.text().strip().translate(_SMALL[node.tag]), bold))
        elif node.tag in _INLINE:
            _children(node, flow, bold=bold)
        else:
            _block(node, flow, bold=bold)


def _children(node: LexborNode, flow: _Flow, *, bold: bool) -> None:
    for child in node.iter(include_text=True):
        _walk(child, flow, bold=bold)


def _block(node: LexborNode, flow: _Flow, *, bold: bool) -> None:
    flow.end_line()
    before = len(flow.lines)
    _number_items(node)
    flow.prefix = node.attributes.get(_PREFIX) or flow.prefix
    _children(node, flow, bold=bold)
    flow.end_line(blank=len(flow.lines) == before)


def _table(table: LexborNode, flow: _Flow) -> None:
    flow.end_line()
    for row in table.css("tr"):
        cells = (" ".join(line.text for line in lines_of(cell)) for cell in row.css("td, th"))
        line = whole(" ".join(cells), role="row")
        if line:
            flow.lines.append(line)
            flow.gap = False


def _is_layout(table: LexborNode) -> bool:
    rows = table.css("tr")
    columns = max((len([cell for cell in row.iter() if cell.tag in {"td", "th"}]) for row in rows), default=0)
    texts = [cell.text(separator="\n") for cell in table.css("td")]
    holds_text = any(len(text) > _LONG_CELL or _has_article(text) for text in texts)
    return holds_text or columns < _LAYOUT_COLUMNS or (len(rows) <= _LAYOUT_ROWS and columns <= _LAYOUT_COLUMNS)


def _has_article(text: str) -> bool:
    return any(ARTICLE.compiled.match(" ".join(line.split())) for line in text.splitlines())


def _number_items(items: LexborNode) -> None:
    """Write before each item of a list what the page shows before it."""
    if items.tag not in {"ol", "ul"}:
        return
    kind = items.attributes.get("type") or "1"
    start = items.attributes.get("start") or "1"
    number = int(start) if start.isdecimal() else 1
    for item in items.iter():
        if item.tag == "li":
            item.attrs[_PREFIX] = f"{_numeral(number, kind)} " if items.tag == "ol" else "- "
            number += 1


def _numeral(number: int, kind: str) -> str:
    written = _LIST_NUMERALS.get(kind, str)(max(number, 1))
    return f"{written})" if kind in {"a", "A"} else f"{written}."


def _is_note_mark(node: LexborNode) -> bool:
    """Tell the mark of a footnote in the text: a number that links to a note."""
    if node.tag not in {"a", "sup"} or not _NOTE_MARK.fullmatch((node.text() or "").strip()):
        return False
    links = [node] if node.tag == "a" else [*node.css("a")]
    return any(_TO_NOTE.match(link.attributes.get("href") or "") for link in links)


def _is_note(node: LexborNode) -> bool:
    """Tell a footnote: a block that begins with a link back to its mark, or is named as one."""
    if node.tag not in {"p", "div", "li", "td"}:
        return False
    if re.fullmatch(r"(?:_?ftn|fn|edn)\d+", node.attributes.get("id") or ""):
        return True
    link = node.css_first("a")
    begins = link is not None and (node.text() or "").strip().startswith((link.text() or "").strip())
    return begins and link is not None and bool(_FROM_NOTE.match(link.attributes.get("href") or ""))
