"""Set aside what a page prints around its text: running heads, page numbers, footnotes, electronic signatures."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from ingest.formats.pdf_print import PrintedLine, PrintedPage, Word
from ingest.lines import SUPERSCRIPTS
from ingest.vocabulary import any_of, words

_EDGE = 0.14
"""Running heads stand within this share of the page's height from its upper or lower edge."""
_APART = 1.2
"""A gap wider than this many letters parts a page number from the running head beside it."""
_OFTEN, _SHARE = 2, 0.4
"""What stands in the same words at the edge of so many pages, and of such a share of them, is no text: left and
right pages may have a head each, but a heading that comes again and again does not always begin a page."""
_SMALLER = 0.95
"""Footnotes are set smaller than the text, by this share at least."""
_SMALL_PRINT = 0.8
"""An electronic signature is set at most at this share of the text's size; a form to be filled in is not."""
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:(?:Trang|Page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_GAZETTE = re.compile(r"(?:\d+\s+)?CÔNG BÁO\s*/\s*Số.*(?:\s+\d+)?", re.IGNORECASE)
_CONTINUED = re.compile(r"\(?\s*(?:Xem tiếp|Tiếp theo)\s+Công báo\s+số\s[^()]*\)?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?P<number>\d{1,3})\]")
_AREA = re.compile(r"[\d.,]*(?:k|c|d|m)?m[²³]\W*")
"""Square and cubic metres: their raised digit is no footnote's."""
_RULE = re.compile(r"[_\-–—=*]{3,}")
"""A rule that was typed, under the letterhead as a rule."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The pages without what stood around their text, and what that was."""

    pages: tuple[PrintedPage, ...]
    heads: Counter[str]
    """Running heads and page numbers, with how often each stood there."""
    notes: int
    """Footnotes."""
    signatures: int
    """Lines of electronic signatures."""


def cleared(pages: Sequence[PrintedPage]) -> Cleared:
    """Take the furniture off all pages."""
    body = _body_size(pages)
    # A signature may stand above the running head, so it goes first.
    unsigned, signatures = _each(pages, lambda page: _without_signature(page.lines, body))
    often = _repeated(unsigned)
    heads: Counter[str] = Counter()

    def without_heads(page: PrintedPage) -> tuple[list[PrintedLine], int]:
        lines, removed = _without_heads(page, often)
        heads.update(removed)
        return [line for line in map(_without_rule, lines) if line.words], len(removed)

    framed, _ = _each(unsigned, without_heads)
    clear, notes = _without_notes(framed, body)
    return Cleared(clear, heads, notes, signatures)


def _each(
    pages: Iterable[PrintedPage], step: Callable[[PrintedPage], tuple[list[PrintedLine], int]]
) -> tuple[tuple[PrintedPage, ...], int]:
    """Take something off every page, and count what was taken off."""
    done = [(page, step(page)) for page in pages]
    return tuple(replace(page, lines=tuple(lines)) for page, (lines, _) in done), sum(count for _, (_, count) in done)


def _repeated(pages: Sequence[PrintedPage]) -> frozenset[str]:
    """Return what stands at the upper or lower edge of several pages in the same words."""
    seen = Counter(name for page in pages for name in {_name(line) for line in page.lines if _is_at_edge(line, page)})
    enough = max(_OFTEN, len(pages) * _SHARE)
    return frozenset(name for name, count in seen.items() if name and count >= enough)


def _name(line: PrintedLine) -> str:
    """Return a line without the page number that stands apart at one of its ends."""
    return " ".join(" ".join(word.text for word in piece) for piece in _pieces(line) if not _is_number(piece))


def _pieces(line: PrintedLine) -> Iterator[tuple[Word, ...]]:
    piece: list[Word] = []
    for word in line.words:
        if piece and word.x0 - piece[-1].x1 > _APART * line.size:
            yield tuple(piece)
            piece = []
        piece.append(word)
    yield tuple(piece)


def _is_number(piece: Iterable[Word]) -> bool:
    return _PAGE_NUMBER.fullmatch(" ".join(word.text for word in piece)) is not None


def _is_at_edge(line: PrintedLine, page: PrintedPage) -> bool:
    return line.top < page.height * _EDGE or line.bottom > page.height * (1 - _EDGE)


def _without_heads(page: PrintedPage, often: frozenset[str]) -> tuple[list[PrintedLine], list[str]]:
    """Peel running heads off the page from its edges inwards, and never a line that text stands outside of."""
    lines = [line for line in page.lines if not _CONTINUED.fullmatch(line.text)]
    removed = [line.text for line in page.lines if _CONTINUED.fullmatch(line.text)]
    for edge in (0, -1):
        while lines and _is_at_edge(lines[edge], page) and _is_head(lines[edge], often):
            removed.append(_name(lines.pop(edge)) or "1, 2, 3 …")
    return lines, removed


def _is_head(line: PrintedLine, often: frozenset[str]) -> bool:
    name = _name(line)
    return not name or name in often or _GAZETTE.fullmatch(line.text) is not None


def _without_rule(line: PrintedLine) -> PrintedLine:
    return PrintedLine(tuple(word for word in line.words if not _RULE.fullmatch(word.text)))


def _without_signature(lines: Sequence[PrintedLine], body: float) -> tuple[list[PrintedLine], int]:
    """Leave out an electronic signature: small print of who signed the file, when, and from which address.

    It may stand beside the letterhead, at the same height.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    signed = [
        piece
        for piece in pieces
        if piece[0].size < body * _SMALL_PRINT and _signature_pattern().match(" ".join(word.text for word in piece))
    ]
    if len(signed) < 2:  # noqa: PLR2004 - one such line alone may be text
        return list(lines), 0
    around = _around([word for piece in signed for word in piece])
    out = {id(word) for piece in signed for word in piece}
    out |= {id(word) for piece in pieces for word in piece if _is_small_print(word, around, body)}
    kept = (PrintedLine(tuple(word for word in line.words if id(word) not in out)) for line in lines)
    return [line for line in kept if line.words], len(signed)


def _around(words_of_it: Sequence[Word]) -> tuple[float, float, float, float]:
    """Return a box around words, a line higher and lower than they are."""
    line = max(word.size for word in words_of_it) * 1.5
    return (
        min(word.x0 for word in words_of_it) - 1,
        min(word.top for word in words_of_it) - line,
        max(word.x1 for word in words_of_it) + 1,
        max(word.bottom for word in words_of_it) + line,
    )


def _is_small_print(word: Word, box: tuple[float, float, float, float], body: float) -> bool:
    inside = box[0] <= word.x0 and word.x1 <= box[2] and box[1] <= word.top and word.bottom <= box[3]
    return inside and word.size < body * _SMALL_PRINT


@cache
def _signature_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('stamps', 'signature'))})\s*:", re.IGNORECASE)


def _body_size(pages: Sequence[PrintedPage]) -> float:
    sizes = [line.size for page in pages for line in page.lines for _ in line.words]
    return median(sizes) if sizes else 0.0


def _without_notes(pages: Iterable[PrintedPage], body: float) -> tuple[tuple[PrintedPage, ...], int]:
    """Leave out the footnotes at the end of pages, and their marks in the text above them."""
    done: list[PrintedPage] = []
    count, noted = 0, False
    for page in pages:
        lines = page.lines
        start = next((at for at in range(1, len(lines)) if _begin_notes(page, at, body, noted=noted)), len(lines))
        numbers = {number for line in lines[start:] if (number := _note_number(line))}
        text = [_without_marks(line, numbers) for line in lines[:start]]
        done.append(replace(page, lines=tuple(line for line in text if line.words)))
        count, noted = count + len(numbers), start < len(lines)
    return tuple(done), count


def _begin_notes(page: PrintedPage, place: int, body: float, *, noted: bool) -> bool:
    """Tell the first line of the footnotes: it and all below is small, and its number is a mark in the text above.

    Below a rule it may also go on with the last note of the page before.
    """
    lines = page.lines
    if any(line.size > body * _SMALLER for line in lines[place:]):
        return False
    number = _note_number(lines[place])
    if number is None:
        ruled = any(lines[place - 1].bottom - 2 <= rule <= lines[place].top + 2 for rule in page.rules)
        return noted and ruled
    return any(_mark(word) == number for line in lines[:place] for word in line.words)


def _note_number(line: PrintedLine) -> str | None:
    """Return the number of the footnote that a line begins: raised, or in brackets."""
    first = line.words[0]
    if first.raised and first.text.startswith(first.raised.translate(SUPERSCRIPTS)):
        return first.raised
    bracketed = _BRACKETED.match(first.text)
    return bracketed["number"] if bracketed else None


def _mark(word: Word) -> str | None:
    """Return the number of the footnote that a word refers to."""
    if _AREA.fullmatch(word.text):
        return None
    bracketed = _BRACKETED.search(word.text)
    return word.raised or (bracketed["number"] if bracketed else None)


def _without_marks(line: PrintedLine, numbers: set[str]) -> PrintedLine:
    kept = (_without_mark(word, numbers) for word in line.words)
    return PrintedLine(tuple(word for word in kept if word.text))


def _without_mark(word: Word, numbers: set[str]) -> Word:
    if _mark(word) not in numbers:
        return word
    pattern = re.escape(word.raised.translate(SUPERSCRIPTS)) if word.raised else _BRACKETED.pattern
    mark = re.search(pattern, word.text)
    if mark is None:
        return word
    before, after = word.text[: mark.start()], word.text[mark.end() :]
    # "a)²Thành lập": between a number and its text the mark stands for a space.
    return replace(word, text=f"{before} {after}" if before and after[:1].isalnum() else before + after)
