"""Say in the words of officials what people ask in everyday Vietnamese, so that retrieval finds it.

People say "con nít", "chích ngừa", "rót vốn"; the documents say "trẻ em", "tiêm chủng mở rộng", "đầu tư".
`data/everyday.toml` leads from the one to the other, never back.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple, Self

from knowledge.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")
_SET = re.compile(r"<(\w+)>")
_SLOT = re.compile(r"\(([^)]*)\)(\??)|([^()\s]+)")
_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_MOST = 3
"""Wordings made of one text."""
_MARKED_TEXT = 0.5
"""Share of words with marks from which a text was typed with marks; two in three words of the language have some."""


class _Word(NamedTuple):
    """A word as typed and without its marks, so that "hoá" and "hóa" are one."""

    marked: str
    folded: str
    exact: bool = False
    """It was typed among words with marks."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """The phrases that may stand at one place of an expression, by their first word."""

    phrases: Mapping[str, Sequence[tuple[_Word, ...]]]
    optional: bool

    def ends(self, words: Sequence[_Word], at: int, *, needs_marks: bool) -> Iterator[int]:
        """Yield where a phrase that starts at a word of a text ends."""
        if self.optional:
            yield at
        for phrase in self.phrases.get(words[at].folded, ()) if at < len(words) else ():
            end = at + len(phrase)
            if end <= len(words) and all(map(_marked if needs_marks else _fits, words[at:end], phrase)):
                yield end


@dataclass(frozen=True, slots=True)
class _Expression:
    """An everyday expression and its official wordings, the best first; none where it stays as it is."""

    slots: tuple[_Slot, ...]
    needs_marks: bool
    official: tuple[str, ...]
    beside: bool
    """It says too little to be a reason to reword a text."""

    def first_words(self) -> Iterator[str]:
        """Yield the words, folded, that it may start with."""
        for slot in self.slots:
            yield from slot.phrases
            if not slot.optional:
                return

    def length(self, words: Sequence[_Word], at: int) -> int:
        """Return how many words it takes at a place at most; 0 where it does not stand there."""
        ends = {at}
        for slot in self.slots:
            ends = {end for start in ends for end in slot.ends(words, start, needs_marks=self.needs_marks)}
        length = max(ends, default=at) - at
        return length if length > 1 or self._has_marks(words, at) else 0

    def _has_marks(self, words: Sequence[_Word], at: int) -> bool:
        """Tell whether it stands there as a single syllable with its marks: "dan" is more often "đàn" than "dân"."""
        return all(slot.optional or any(slot.ends(words, at, needs_marks=True)) for slot in self.slots)


@dataclass(frozen=True, slots=True)
class _Match:
    """Where in a text an expression stands, in characters."""

    start: int
    end: int
    expression: _Expression


class Everyday:
    """The expressions of `data/everyday.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._sets: Mapping[str, str] = table["sets"]
        self._slots: dict[str, _Slot] = {}
        self._by_first: dict[str, list[_Expression]] = {}
        for phrase in [*table["stays"], *(phrase for entry in table["meaning"] for phrase in entry["official"])]:
            self._add(phrase.replace("(", " ").replace(")", " "), ())
        for entry in table["meaning"]:
            for phrase in entry.get("said", ()):
                self._add(phrase, tuple(entry["official"]))
            for phrase in entry.get("marked", ()):
                self._add(phrase, tuple(entry["official"]), needs_marks=True)
            for phrase in entry.get("beside", ()):
                self._add(phrase, tuple(entry["official"]), needs_marks=True, beside=True)

    @classmethod
    def load(cls) -> Self:
        """Read the table."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "everyday.toml").read_text(encoding="utf-8")))

    @property
    def expressions(self) -> list[str]:
        """The phrases of which expressions are made."""
        slots = (phrases for slot in self._slots.values() for phrases in slot.phrases.values())
        return [" ".join(word.folded for word in phrase) for phrases in slots for phrase in phrases]

    def _add(self, phrase: str, official: tuple[str, ...], *, needs_marks: bool = False, beside: bool = False) -> None:
        """Keep one expression by the words that it may start with."""
        found = _SLOT.findall(_GROUP.sub(_flat, _SET.sub(lambda name: f"({self._sets[name[1]]})", phrase)))
        slots = tuple(self._slot(choices or word, optional=bool(optional)) for choices, optional, word in found)
        expression = _Expression(slots, needs_marks, official, beside)
        for first in set(expression.first_words()):
            self._by_first.setdefault(first, []).append(expression)

    def _slot(self, choices: str, *, optional: bool) -> _Slot:
        """Return the slot of these choices; expressions share it."""
        name = choices + "?" * optional
        if name not in self._slots:
            phrases: dict[str, list[tuple[_Word, ...]]] = {}
            for choice in choices.split("|"):
                words = tuple(_words(choice))
                if words:
                    phrases.setdefault(words[0].folded, []).append(words)
            self._slots[name] = _Slot(phrases, optional)
        return self._slots[name]

    def rewordings(self, text: str) -> list[str]:
        """Return a text with its everyday expressions put officially, at most three ways; none without any."""
        matches = [match for match in self._matches(text) if match.expression.official]
        if all(match.expression.beside or not match.expression.official[0] for match in matches):
            return []
        ways = min(_MOST, max(len(match.expression.official) for match in matches))
        return list(dict.fromkeys(_put(text, matches, way) for way in range(ways)))

    def _matches(self, text: str) -> Iterator[_Match]:
        """Yield the expressions of a text from left to right, the longest at each word."""
        places = list(_WORD.finditer(text))
        words = _typed(text)
        at = 0
        while at < len(words):
            length, expression = self._at(words, at)
            if expression:
                yield _Match(places[at].start(), places[at + length - 1].end(), expression)
            at += length

    def _at(self, words: Sequence[_Word], at: int) -> tuple[int, _Expression | None]:
        """Return the longest expression that stands at a word and how many words it has."""
        best, found = 0, None
        for expression in self._by_first.get(words[at].folded, ()):
            length = expression.length(words, at)
            if length > best:
                best, found = length, expression
        return max(best, 1), found


def _flat(group: re.Match[str]) -> str:
    """Return "(a|(b|c))" as "(a|b|c)"."""
    return f"({group[0].replace('(', '').replace(')', '')})"


def _words(text: str) -> list[_Word]:
    """Split a text into words."""
    return [_Word(_key(word), fold(word)) for word in _WORD.findall(text.lower())]


def _typed(text: str) -> list[_Word]:
    """Split what a person typed into words; one without marks among words with marks means none."""
    words = _words(text)
    with_marks = sum(word.marked != word.folded for word in words)
    if with_marks < _MARKED_TEXT * len(words):
        return words
    return [word._replace(exact=True) for word in words]


def _key(word: str) -> str:
    """Return letters and then marks."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return letters + "".join(sorted(part for part in parts if unicodedata.combining(part)))


def _marked(typed: _Word, word: _Word) -> bool:
    return typed.marked == word.marked


def _fits(typed: _Word, word: _Word) -> bool:
    """Tell whether a word was typed with its marks or with none."""
    if typed.exact:
        return typed.marked == word.marked
    return typed.marked in (word.marked, word.folded)


def _put(text: str, matches: Iterable[_Match], way: int) -> str:
    """Return a text with each match in the wording of this rank, or in its first one."""
    put, done = "", 0
    for match in matches:
        official = match.expression.official
        wording = official[way] if way < len(official) else official[0]
        put += text[done : match.start] + wording
        done = match.end
    return " ".join((put + text[done:]).split())
