"""Trim a passage to the words that answer, without changing a letter."""

import re
from collections.abc import Callable
from itertools import combinations_with_replacement

SHORT = 300
"""A passage up to this many characters is quoted whole."""
LONG = 750
"""A quote is not longer than this, unless one clause is."""
_COST = 0.15
"""How much of the question's weight a quote must gain to be worth growing from nothing to `LONG`."""
_START_IS_WORTH = 0.7
"""Share of the best quote's worth that one from the beginning must have to be taken instead."""
_LONG_SENTENCE = 400
_ENDS = (re.compile(r"(?<=[.!?])\s+"), re.compile(r"(?<=;)\s+"), re.compile(r"(?<=,)\s+"))
"""Where a text may be cut: between sentences; a long sentence at its semicolons, a longer part at its commas."""


def trim(text: str, weight: Callable[[str], float], *, keep_start: bool = False, keep_all: bool = False) -> str:
    """Return the part of `text` that speaks most of what is asked for its length, cut at sentence or clause ends.

    `weight` tells how much of the question a piece of text speaks of. `keep_start` keeps the beginning, which says
    who is to act, if what is asked is not too far from it; `keep_all` keeps as much as a quote may have. The result
    stands in `text` letter for letter.
    """
    if len(text) <= SHORT:
        return text
    cost = 0.0 if keep_all else _COST * (weight(text) or 1.0) / LONG
    pieces = _pieces(text)
    spans = ((start, end) for (start, _), (_, end) in combinations_with_replacement(pieces, 2))
    windows = [(start, end) for start, end in spans if end - start <= LONG] or pieces
    worth = {(start, end): weight(text[start:end]) - cost * (end - start) for start, end in windows}
    best = max(worth, key=lambda window: (worth[window], window[1] - window[0]))
    if keep_start and best[0] > 0:
        first = max((w for w in worth if w[0] == 0), key=lambda window: worth[window], default=best)
        best = first if worth[first] >= _START_IS_WORTH * worth[best] else best
    return text[slice(*best)]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, and what is too long for a quote further."""
    pieces = [(0, len(text))]
    for ends, most in zip(_ENDS, (0, _LONG_SENTENCE, LONG), strict=True):
        pieces = [
            part
            for start, end in pieces
            for part in ([(start, end)] if end - start <= most else _spans(text[start:end], start, ends))
        ]
    return pieces


def _spans(text: str, offset: int, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return where the parts between the matches of `ends` stand."""
    spans, start = [], 0
    for match in ends.finditer(text):
        spans.append((offset + start, offset + match.start()))
        start = match.end()
    return [*spans, (offset + start, offset + len(text))]
