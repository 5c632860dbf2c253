"""Say in the words of officials what people ask in everyday Vietnamese, so that retrieval finds it.

People say "con nít", "chích ngừa", "rót vốn"; the documents say "trẻ em", "tiêm chủng mở rộng", "đầu tư".
`data/everyday.toml` leads from the one to the other, never back.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import product
from typing import Any, Self

from knowledge.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")
_SET = re.compile(r"<(\w+)>")
_PIECE = re.compile(r"\(([^)]*)\)(\??)|([^()\s]+)")
_MOST = 3
"""Wordings made of one text."""


@dataclass(frozen=True, slots=True)
class _Expression:
    """An everyday expression and its official wordings, the best first; none where it stays as it is."""

    keys: tuple[str, ...]
    needs_marks: bool
    official: tuple[str, ...]

    def fits(self, keys: tuple[str, ...], folded: tuple[str, ...]) -> bool:
        """Tell whether words are this expression, each with its marks or with none."""
        if self.needs_marks:
            return keys == self.keys
        return all(key in {own, plain} for key, own, plain in zip(keys, self.keys, folded, strict=True))


@dataclass(frozen=True, slots=True)
class _Match:
    """Where in a text an expression stands, in characters."""

    start: int
    end: int
    official: tuple[str, ...]


class Everyday:
    """The expressions of `data/everyday.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._sets: Mapping[str, str] = table.get("sets", {})
        self._known: dict[tuple[str, ...], list[_Expression]] = {}
        self.expressions: list[str] = []
        for entry in table["meaning"]:
            for phrase in entry["official"]:
                self._add(phrase, (), needs_marks=False)
        for name, needs_marks in (("said", False), ("marked", True)):
            for entry in table["meaning"]:
                for phrase in self._spelled_out(entry.get(name, ())):
                    self._add(phrase, tuple(entry["official"]), needs_marks=needs_marks)
        for phrase in self._spelled_out(table.get("stays", ())):
            self._add(phrase, (), needs_marks=False)
        self._longest = max(map(len, self._known), default=0)

    @classmethod
    def load(cls) -> Self:
        """Read the table."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "everyday.toml").read_text(encoding="utf-8")))

    def _spelled_out(self, phrases: Iterable[str]) -> Iterator[str]:
        """Yield each phrase that `(a|b)`, `(a)?` and `<set>` stand for."""
        for phrase in phrases:
            written = _SET.sub(lambda name: f"({self._sets[name[1]]})", phrase)
            pieces = [
                [*choices.split("|"), *([""] if optional else [])] if choices else [word]
                for choices, optional, word in _PIECE.findall(written)
            ]
            for chosen in product(*pieces):
                yield " ".join(" ".join(chosen).split())

    def _add(self, phrase: str, official: tuple[str, ...], *, needs_marks: bool) -> None:
        """Keep one expression; a single syllable needs its marks, and what is said later counts."""
        words = _WORD.findall(phrase.lower())
        keys, folded = tuple(map(_key, words)), tuple(map(fold, words))
        expression = _Expression(keys, needs_marks or len(words) == 1, official)
        others = [other for other in self._known.get(folded, ()) if other.keys != keys]
        self._known[folded] = [*others, expression]
        self.expressions.append(phrase)

    def rewordings(self, text: str) -> list[str]:
        """Return a text with its everyday expressions put officially, at most three ways; none without any."""
        matches = [match for match in self._matches(text) if match.official]
        if not matches:
            return []
        ways = min(_MOST, max(len(match.official) for match in matches))
        return list(dict.fromkeys(_put(text, matches, way) for way in range(ways)))

    def _matches(self, text: str) -> Iterator[_Match]:
        """Yield the expressions of a text from left to right, the longest at each word."""
        words = list(_WORD.finditer(text.lower()))
        keys, folded = [_key(word[0]) for word in words], [fold(word[0]) for word in words]
        at = 0
        while at < len(words):
            length, expression = self._at(keys, folded, at)
            if expression:
                yield _Match(words[at].start(), words[at + length - 1].end(), expression.official)
            at += length

    def _at(self, keys: list[str], folded: list[str], at: int) -> tuple[int, _Expression | None]:
        """Return the longest expression that starts at a word and how many words it has."""
        for length in range(min(self._longest, len(keys) - at), 0, -1):
            span = tuple(folded[at : at + length])
            for expression in self._known.get(span, ()):
                if expression.fits(tuple(keys[at : at + length]), span):
                    return length, expression
        return 1, None


def _put(text: str, matches: Iterable[_Match], way: int) -> str:
    """Return a text with each match in the wording of this rank, or in its first one."""
    put, done = "", 0
    for match in matches:
        wording = match.official[way] if way < len(match.official) else match.official[0]
        put += text[done : match.start] + wording
        done = match.end
    return put + text[done:]


def _key(word: str) -> str:
    """Return letters and then marks, so that "hoá" and "hóa" are one."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return letters + "".join(sorted(part for part in parts if unicodedata.combining(part)))
