"""Notice a text that tries to instruct the machine that reads it: `data/instructions.toml`.

Such a text is no official document's. It is flagged before it is added, never handed to a model, and never quoted.
Who writes one may leave out marks, space letters out or put what nobody sees between them: all of that is undone first.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from knowledge.vietnamese import fold

_GAP = r"(?: [^ ]+){0,5}?"
_PIECE = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)(\?)?|(\S+)")
_NAME = re.compile(r"<(\w+)>")
_WORD = re.compile(r"[^\W_]+|:")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·|/,]{1,3}[^\W_]){5,}(?![^\W_])")
_BETWEEN_LETTERS = re.compile(r"[ .\-_*·|/,]{1,3}")
_BETWEEN_WORDS = re.compile(r"\s{2,}|[ ]*[|/·][ ]*")
_SENTENCE = re.compile(r"[.!?;\n]+\s*")
_HASTY = 0.3
"""Share of words with marks below which a Vietnamese sentence was typed without them."""
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһοαεινρτυκ013457@$", "aeopcyxijsdhoaeivptukoieastas")
"""Cyrillic and Greek letters, and digits and signs, that are written for Latin letters."""


@dataclass(frozen=True, slots=True)
class _Instructions:
    """The compiled table."""

    wordings: re.Pattern[str]
    squeezed: re.Pattern[str]
    """The same without any space, for letters that were spaced out."""
    marks: re.Pattern[str]


@lru_cache(maxsize=8192)
def instructs(text: str) -> bool:
    """Tell whether a text tries to instruct an assistant, whatever it is written with."""
    table = _table()
    seen = visible(text)
    if table.marks.search(seen.lower()):
        return True
    if any(table.wordings.search(words) for words in _readings(seen)):
        return True
    return any(table.squeezed.search(run) for run in _spelt_out(seen))


def visible(text: str) -> str:
    """Return a text as a person sees it: compatible letters made plain, and what nobody sees left out."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        sign
        for sign in plain
        if unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Mn") or sign in "\n\t" or _is_mark(sign)
    )


def _is_mark(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"


def _readings(seen: str) -> Iterator[str]:
    """Yield the words of a text in small letters, and again folded where marks or Latin letters were left out."""
    lower = unicodedata.normalize("NFC", seen).lower()
    yield _plain(lower)
    for sentence in _SENTENCE.split(seen):
        words = _WORD.findall(sentence.lower())
        if _HASTY * len(words) > sum(not word.isascii() for word in words) > 0:
            yield _plain(fold(sentence))
    likened = _without_lookalikes(lower)
    if likened != lower:
        yield _plain(likened)


def _without_lookalikes(lower: str) -> str:
    """Return a text with foreign letters and digits inside words made Latin; numbers stay."""
    return re.sub(r"\S*[^\W\d_]\S*", lambda word: word[0].translate(_LOOKALIKES), lower)


def _plain(text: str) -> str:
    return " " + " ".join(_WORD.findall(text)) + " "


def _spelt_out(seen: str) -> Iterator[str]:
    """Yield the letters of words that were spaced out, joined."""
    folded = fold(seen)
    for run in _SPACED.findall(folded):
        yield _BETWEEN_LETTERS.sub("", run)
    joined = "".join(_BETWEEN_LETTERS.sub("", run) for run in _SPACED.findall(_BETWEEN_WORDS.sub(" ", folded)))
    if joined:
        yield joined


@cache
def _table() -> _Instructions:
    text = resources.files("knowledge").joinpath("data", "instructions.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    wordings = [*table["wordings"]["vietnamese"], *table["wordings"]["english"]]
    words: Mapping[str, str] = table["words"]
    named = [_named(wording, words) for wording in wordings]
    marked, bare = ([_pattern(wording, bare=bare) for wording in named] for bare in (False, True))
    squeezed = (pattern.replace(_GAP, ".{0,20}?").replace(" ", "") for pattern in bare)
    return _Instructions(
        wordings=re.compile(f"(?:{'|'.join(dict.fromkeys(marked + bare))})(?= )"),
        squeezed=re.compile("|".join(squeezed)),
        marks=re.compile("|".join(table["wordings"]["marks"]), re.MULTILINE),
    )


def _named(wording: str, words: Mapping[str, str]) -> str:
    """Put the words that a wording names into it."""
    return _NAME.sub(lambda name: words[name[1]], wording)


def _pattern(wording: str, *, bare: bool) -> str:
    """Make a pattern over words, one space before each, with their marks or with none."""
    pattern = ""
    for choices, optional, word in _PIECE.findall(fold(wording) if bare else wording):
        if word == "*":
            pattern += _GAP
            continue
        either = "|".join(sorted(_phrases(choices or word), key=len, reverse=True))
        pattern += f"(?: (?:{either})){optional}"
    return pattern


def _phrases(choices: str) -> set[str]:
    """Return the phrases of a choice; those of a choice inside it count among them."""
    phrases = (" ".join(_WORD.findall(phrase)) for phrase in re.split(r"[|()]", choices))
    return {phrase for phrase in phrases if phrase}
