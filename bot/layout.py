"""Lay styled text out as messages that Telegram accepts: short enough, counted in UTF-16, entities whole.

Nothing here imports Telegram's library, so that the terminal can use the same text. Styles travel beside the
text as spans and never inside it, so that nothing people or documents write can break them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Literal

Style = Literal["bold", "italic", "blockquote", "expandable_blockquote"]

MOST_UNITS = 4096
"""UTF-16 code units that one message may hold (https://core.telegram.org/bots/api#sendmessage)."""
MOST_SPANS = 100
"""Styled spans that one message may hold; Telegram drops what exceeds them."""

_BREAKS = (r"\n+", r"(?<=[.;:!?…])\s+", r"\s+")
_LEAST_FILLED = 0.5
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style, or in none."""

    text: str
    style: Style | None = None


Block = tuple[Run, ...]
"""Runs that stay in one message where they fit into one; blocks are set apart by an empty line."""


@dataclass(frozen=True, slots=True)
class Span:
    """A styled stretch of a message, in UTF-16 code units as Telegram counts."""

    style: Style
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message: at most 4,096 UTF-16 code units, and its styled spans."""

    text: str
    spans: tuple[Span, ...] = ()


def plain(blocks: Iterable[Block]) -> str:
    """Return the text of the blocks without styles, whole."""
    return "\n\n".join("".join(run.text for run in block) for block in blocks)


def paragraph(text: str, style: Style | None = None) -> Block:
    """Return a block of a single run."""
    return (Run(text, style),)


def clean(text: str) -> str:
    """Replace what no message can carry: lone surrogates, which have no UTF-8, and NUL."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def units(text: str) -> int:
    """Count UTF-16 code units, as Telegram does."""
    return len(text.encode("utf-16-le")) // 2


def messages(blocks: Iterable[Block], most: int = MOST_UNITS) -> list[Message]:
    """Lay blocks out as messages of at most `most` code units; only a block too long for one is divided."""
    pages: list[_Page] = []
    for piece in chain.from_iterable(_pieces(_page_of(block), most) for block in blocks):
        joined = pages[-1].followed_by(piece) if pages else piece
        if pages and joined.fits(most):
            pages[-1] = joined
        else:
            pages.append(piece)
    return [page.message() for page in pages]


@dataclass(frozen=True, slots=True)
class _Page:
    """Text and its styled spans counted in Python's characters: `(style, start, end)`."""

    text: str
    spans: tuple[tuple[Style, int, int], ...] = ()

    def fits(self, most: int) -> bool:
        return units(self.text) <= most and len(self.spans) <= MOST_SPANS

    def followed_by(self, other: "_Page") -> "_Page":
        start = len(self.text) + 2
        moved = ((style, start + first, start + last) for style, first, last in other.spans)
        return _Page(f"{self.text}\n\n{other.text}", (*self.spans, *moved))

    def part(self, start: int, end: int) -> "_Page":
        """Return what stands between two places, white space at its ends left out."""
        start += _leading_space(self.text[start:end])
        end -= _leading_space(self.text[start:end][::-1])
        spans = tuple(
            (style, max(first, start) - start, min(last, end) - start)
            for style, first, last in self.spans
            if first < end and last > start
        )
        return _Page(self.text[start:end], spans)

    def message(self) -> Message:
        spans = (
            Span(style, units(self.text[:start]), units(self.text[start:end]))
            for style, start, end in self.spans
            if _visible(self.text[start:end])
        )
        return Message(self.text, tuple(spans))


def _page_of(block: Block) -> _Page:
    texts = [clean(run.text) for run in block]
    edges = pairwise(accumulate(map(len, texts), initial=0))
    spans = tuple((run.style, *edge) for run, edge in zip(block, edges, strict=True) if run.style)
    whole = _Page("".join(texts), spans)
    return whole.part(0, len(whole.text))


def _pieces(page: _Page, most: int) -> Iterator[_Page]:
    """Divide a page into parts that fit, each up to a good place to cut; leave out invisible ones."""
    while not page.fits(most):
        place = _cut(page, most)
        head, page = page.part(0, place), page.part(place, len(page.text))
        if _visible(head.text):
            yield head
    if _visible(page.text):
        yield page


def _cut(page: _Page, most: int) -> int:
    """Return where to end the first part: before a span that fits into the next one, else between words."""
    room = len(page.text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore"))
    if len(page.spans) > MOST_SPANS:
        room = min(room, page.spans[MOST_SPANS][1])
    for _, start, end in page.spans:
        if 0 < start < room < end and units(page.text[start:end]) <= most:
            return start
    return _between_words(page.text, room)


def _between_words(text: str, room: int) -> int:
    """Return the last end of a paragraph within `room`; of a sentence or word where that leaves a gap."""
    for pattern in _BREAKS:
        places = [found.start() for found in re.finditer(pattern, text[: room + 1]) if found.start() > 0]
        if places and (places[-1] >= room * _LEAST_FILLED or pattern == _BREAKS[-1]):
            return places[-1]
    return _between_letters(text, room)


def _between_letters(text: str, room: int) -> int:
    """Return the last place within `room` that parts no letter from its marks and no emoji from its parts."""
    for place in range(room, 0, -1):
        following, before = text[place : place + 1], text[place - 1]
        if not (following and (unicodedata.combining(following) or following in _JOINERS or before == "\u200d")):
            return place
    return room


def _leading_space(text: str) -> int:
    return len(text) - len(text.lstrip())


def _visible(text: str) -> bool:
    """Tell whether anything can be seen; Telegram refuses messages of white space and format marks alone."""
    return any(not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"} for letter in text)
