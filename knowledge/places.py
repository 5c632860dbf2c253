"""Find the provinces and cities that a question names, in any of their names and spellings."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from knowledge.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One spelling of one place."""

    place: str
    words: tuple[str, ...]
    """In small letters, with marks, the marks of each syllable in one order wherever they were typed."""
    folded: tuple[str, ...]
    word: bool
    unmarked_word: bool
    not_before: frozenset[str]
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place among the words of a text, from `start` up to `end`."""

    name: str
    start: int
    end: int


def _marks(word: str) -> str:
    """Return a word in a form where "hoà" and "hòa" are the same: its letters, then its tone."""
    tones = "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if letter in _TONES)
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if letter not in _TONES)
    return unicodedata.normalize("NFC", plain) + tones


_TONES = "\u0300\u0301\u0303\u0309\u0323"


class Gazetteer:
    """The places of `data/places.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._cues = frozenset(fold(word) for word in table["after_these"])
        self._names: dict[str, list[PlaceName]] = {}
        self.short: dict[str, str] = {}
        self._now_in: dict[str, str] = {}
        for place in table["place"]:
            self._add(place)
        for names in self._names.values():
            names.sort(key=lambda name: len(name.words), reverse=True)

    @classmethod
    def load(cls) -> Self:
        """Read the table."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "places.toml").read_text(encoding="utf-8")))

    def _add(self, place: Mapping[str, Any]) -> None:
        """Keep one place by the first word of each of its spellings."""
        for written in (place["name"], *place.get("short", ()), *place.get("written", ())):
            words = tuple(_WORD.findall(written))
            name = PlaceName(
                place["name"],
                tuple(_marks(word) for word in words),
                tuple(fold(word) for word in words),
                place.get("word", False),
                place.get("unmarked_word", False),
                frozenset(fold(word) for word in place.get("not_before", ())),
                frozenset(place.get("not_after", ())),
            )
            self._names.setdefault(name.folded[0], []).append(name)
        self.short |= dict.fromkeys(place.get("short", ()), place["name"])
        if "now_in" in place:
            self._now_in[place["name"]] = place["now_in"]

    @property
    def names(self) -> list[str]:
        """Every place by its full name."""
        return list(dict.fromkeys(name.place for names in self._names.values() for name in names))

    def now_in(self, place: str) -> str | None:
        """Return what a place became part of on 1 July 2025, where that was looked up."""
        return self._now_in.get(place)

    def named(self, text: str) -> list[str]:
        """Return the places that a text names, each once, in the order of the text."""
        return list(dict.fromkeys(found.name for found in self.find(_WORD.findall(text))))

    def find(self, words: Sequence[str]) -> list[PlaceFound]:
        """Return the places among words as typed; the longest name wins."""
        folded = [fold(word) for word in words]
        shouted = all(word == word.upper() for word in words)
        found: list[PlaceFound] = []
        at = 0
        while at < len(words):
            name = next(
                (
                    name
                    for name in self._names.get(folded[at], ())
                    if self._stands(name, words, folded, at, shouted=shouted)
                ),
                None,
            )
            if name is None:
                at += 1
                continue
            found.append(PlaceFound(name.place, at, at + len(name.words)))
            at += len(name.words)
        return found

    def _stands(self, name: PlaceName, words: Sequence[str], folded: Sequence[str], at: int, *, shouted: bool) -> bool:
        """Tell whether a name stands at a word and is meant as a place."""
        end = at + len(name.words)
        if tuple(folded[at:end]) != name.folded or not _typed_so(words[at:end], name):
            return False
        if folded[end : end + 1] and folded[end] in name.not_before:
            return False
        before = " ".join(folded[max(0, at - 5) : at])
        if any(f" {before}".endswith(f" {phrase}") for phrase in name.not_after):
            return False
        doubtful = name.word or (name.unmarked_word and all(word.isascii() for word in words[at:end]))
        named = all(word[0].isupper() for word in words[at:end]) and not shouted
        return not doubtful or named or (at > 0 and folded[at - 1] in self._cues)


def _typed_so(typed: Sequence[str], name: PlaceName) -> bool:
    """Tell whether marks are those of the name; none at all, or none after a right first, will do."""
    if all(word.isascii() for word in typed):
        return True
    right = [_marks(word) == marked for word, marked in zip(typed, name.words, strict=True)]
    return right[0] and all(ok or word.isascii() for ok, word in zip(right, typed, strict=True))
