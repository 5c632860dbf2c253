"""Find the words that a model says it copied, and cut them from the passage letter for letter."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from knowledge.writing.wording import same_letters

LONGEST = 1200
"""A quote whose parts stand further apart than this many characters is none."""
_TOKEN = re.compile(r"[^\W_]+|[^\s\w“”\"'‘’«»„`*_]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_GAP = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3,})(?:\s*\])?\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_EDGE = " \t\n.,;:!?…-–—\"'“”‘’«»()[]*_`"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def cut(words: str, text: str) -> str | None:
    """Return the part of a passage that a model copied, as it stands there; None where it does not stand there.

    White space, quotation marks, kinds of dash, the place of a tone in its word, and punctuation at either end are
    not looked at; every letter, digit and other sign is. Words left out must be shown by an ellipsis.
    """
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFC", words)).translate(_DASHES)
    parts = [_letters(part.strip(_EDGE)) for part in _GAP.split(clean)]
    parts = [part for part in parts if part]
    tokens = _tokens(text)
    spans = _spans(parts, [token for token, _, _ in tokens])
    if not spans:
        return None
    start, end = tokens[spans[0][0]][1], tokens[spans[-1][1] - 1][2]
    return text[start:end] if end - start <= LONGEST else None


def _letters(text: str) -> list[str]:
    return [same_letters(token) for token in _TOKEN.findall(text)]


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words and signs of a passage with where they stand."""
    plain = text.translate(_DASHES)
    found = ((same_letters(_INVISIBLE.sub("", t[0])), t.start(), t.end()) for t in _TOKEN.finditer(plain))
    return tuple(token for token in found if token[0] != "…")


def _spans(parts: Sequence[list[str]], tokens: list[str]) -> list[tuple[int, int]]:
    """Return where the parts of a quote stand one after the other; nothing where one does not."""
    spans: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        at = next((at for at in range(start, len(tokens) - len(part) + 1) if tokens[at : at + len(part)] == part), None)
        if at is None:
            return []
        start = at + len(part)
        spans.append((at, start))
    return spans


def in_sentences(words: str, text: str) -> str:
    """Return a quote with the whole of the sentences that it begins and ends in, unless that is too long to show."""
    start = text.index(words)
    begin = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
    found = _SENTENCE_END.search(text, start + len(words) - 1)
    end = found.start() if found else len(text)
    return text[begin:end] if end - begin <= LONGEST else words
