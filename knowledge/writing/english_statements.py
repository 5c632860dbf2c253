"""Put a model's English statement into the words of the Vietnamese quotes, so that both can be held against each other.

It keeps what binds, allows or forbids, and what bounds a number; the rest goes through the glossary of questions.
"""

import re
from collections.abc import Mapping
from functools import cache

from knowledge.english import English
from knowledge.writing.wording import Words, table, words_of

_KINDS = ("negation", "duty", "advice", "leave", "only", "except", "none", "bounds", "expressions")


@cache
def _glossary() -> English:
    return English.load()


@cache
def _markers() -> Mapping[str, str]:
    """Return the English wordings that bind, allow, forbid or bound, and the Vietnamese for each."""
    return {english: vietnamese for kind in _KINDS for english, vietnamese in table()["english"][kind].items()}


@cache
def _pattern() -> re.Pattern[str]:
    wordings = sorted(_markers(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, wordings))})\b")


def in_vietnamese(text: str) -> Words:
    """Return the words of an English statement in Vietnamese; what the glossary does not know is left out."""
    pieces: list[str] = []
    for sentence in re.split(r"(?<=[.;:!?])\s+", text):
        for number, part in enumerate(_pattern().split(sentence.lower().replace("’", "'"))):
            pieces.append(_markers()[part] if number % 2 else _translated(part))
        pieces.append(".")
    return words_of(" ".join(pieces))


def _translated(part: str) -> str:
    found = _glossary().translate(part, _is_vietnamese)
    return " ".join(piece.text for piece in found if piece.kind != "unknown" or piece.text.isdigit())


def _is_vietnamese(word: str) -> bool:
    return not word.isascii() or word[:1].isdigit()
