"""Find in a message the signs of `data/safety_words.toml`, and the rules that join signs into a disclosure.

A sign is a phrase that means something here: a child, somebody who hurts, a wish to die, a rule that is asked about.
Marks count where they are written ("đánh" is no "danh"), and do not where they are left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, Self

from knowledge.vietnamese import fold

_PIECE = re.compile(r"[^\W_]+(?:[^\w\s.!?;…]+[^\W_]+|\.[^\W_]+)*|[.!?;\n…]+")
_SLOT = re.compile(r"\{(\w+)\}")
_TONES = {"\u0301": "´", "\u0300": "`", "\u0309": "~", "\u0303": "~", "\u0323": "."}
"""Combining marks of tone; hỏi and ngã are one, for half the country writes one for the other."""
_PERSONS = frozenset({"aside", "generic", "sure", "writer", "child"})
"""Signs of which the longer phrase hides the shorter: "trẻ em" is no "em"."""
_HIDING = ("aside", "generic")
"""Signs that hide other signs in them as well: "đánh giá" is no "đánh"."""
_NEVER_HIDDEN = frozenset({"policy", "child_asks", "asks_law", "everyday"})
_ANYWHERE = 99
_GAPS = {"+": 0, "~": 8, "…": _ANYWHERE}
_GAP = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message: as written (small letters, NFC), folded, and the number of its sentence."""

    written: str
    plain: str
    sentence: int

    @property
    def marked(self) -> bool:
        """Tell whether any mark is written on it."""
        return self.written != self.plain


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sign stands: from word `start` to word `end`, the last not included."""

    start: int
    end: int
    sentence: int

    def __len__(self) -> int:
        """Return the number of words."""
        return self.end - self.start

    def meets(self, other: "Span") -> bool:
        """Tell whether the two have a word in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Tell whether every word of the other is in this one."""
        return self.start <= other.start and other.end <= self.end


Signs = Mapping[str, Sequence[Span]]
"""The signs of a message by name."""


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    """Return a word folded; the same words come again and again."""
    return fold(word)


def split(text: str) -> list[Word]:
    """Return the words of a text, sentence by sentence; a word keeps signs inside it: `ch.ết`, `28-CT/TW`."""
    words: list[Word] = []
    sentence = 0
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text).lower()):
        if piece[0].isalnum():
            words.append(Word(piece, _plain(piece), sentence))
        else:
            sentence += 1
    return words


@lru_cache(maxsize=16384)
def _marks(word: str) -> tuple[str, tuple[str, ...]]:
    """Return the tone of a syllable and the shape of each of its letters."""
    tone = ""
    shapes: list[str] = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter]
        elif unicodedata.combining(letter) and shapes:
            shapes[-1] += letter
        else:
            shapes.append("-" if letter == "đ" else "")
    return tone, tuple(shapes)


@lru_cache(maxsize=16384)
def _may_mean(written: str, meant: str) -> bool:
    """Tell whether a word may be a hasty spelling of another that folds alike: none of its marks speaks against it."""
    tone, shapes = _marks(written)
    meant_tone, meant_shapes = _marks(meant)
    return tone in ("", meant_tone) and all(
        shape in ("", meant_shape) for shape, meant_shape in zip(shapes, meant_shapes, strict=False)
    )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of the table: the sign that it is, its words with their marks, and what it is without its marks."""

    sign: str
    words: tuple[str, ...]
    unmarked: str
    """The sign where its marks are left out; empty where it is none then."""

    @classmethod
    def from_table(cls, sign: str, phrase: str) -> Self:
        """Read a phrase as the head of `data/safety_words.toml` describes."""
        unmarked = {"*": "", "?": f"faint_{sign}"}.get(phrase[0], sign)
        return cls(sign, tuple(word.written for word in split(phrase)), unmarked)

    def sign_of(self, written: Sequence[Word], *, strict: bool) -> str:
        """Return what sign these words, which fold alike, are; empty where their marks say that they are another word.

        Where the message writes its marks (`strict`), a single word must have all of its own: "hai" is no "hại".
        """
        exact = all(_marks(word.written) == _marks(meant) for word, meant in zip(written, self.words, strict=True))
        clear = strict or self.unmarked == self.sign or any(word.marked for word in written)
        if exact and clear:
            return self.sign
        if strict and len(written) == 1:
            return ""
        if not all(_may_mean(word.written, meant) for word, meant in zip(written, self.words, strict=True)):
            return ""
        return self.unmarked


@dataclass(slots=True)
class _Node:
    """A step in the tree of phrases: what may follow, and the phrases that end here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    phrases: list[_Phrase] = field(default_factory=list)


class Phrasebook:
    """The phrases of one language."""

    def __init__(self, table: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._root = _Node()
        self.words: set[str] = set()
        """Every folded word of a phrase."""
        for sign, phrases in table["words"].items():
            for phrase in phrases:
                for spelt_out in _spelt_out(phrase, table["parts"]):
                    self._add(_Phrase.from_table(sign, spelt_out))

    def _add(self, phrase: _Phrase) -> None:
        node = self._root
        for word in map(_plain, phrase.words):
            node = node.following.setdefault(word, _Node())
            self.words.add(word)
        node.phrases.append(phrase)

    def signs(self, words: Sequence[Word], *, strict: bool) -> dict[str, list[Span]]:
        """Return the signs in a message; `strict` says that it writes its marks."""
        found = set(self._found(words, strict=strict))
        persons = _longest(each for each in found if each[0] in _PERSONS)
        hiding = [span for sign, span in persons if sign in _HIDING]
        others = [
            (sign, span)
            for sign, span in found
            if sign in _NEVER_HIDDEN or (sign not in _PERSONS and not any(_hides(over, span) for over in hiding))
        ]
        signs: dict[str, list[Span]] = {}
        for sign, span in [*persons, *others]:
            signs.setdefault(sign, []).append(span)
        return signs

    def _found(self, words: Sequence[Word], *, strict: bool) -> Iterator[tuple[str, Span]]:
        """Yield every phrase of the table that stands in a sentence."""
        for start, first in enumerate(words):
            node: _Node | None = self._root
            for end in range(start, len(words)):
                node = node.following.get(words[end].plain) if node else None
                if node is None or words[end].sentence != first.sentence:
                    break
                for phrase in node.phrases:
                    sign = phrase.sign_of(words[start : end + 1], strict=strict)
                    if sign:
                        yield sign, Span(start, end + 1, first.sentence)


def _spelt_out(phrase: str, parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a phrase with each `{part}` replaced by every phrase of that name."""
    names = _SLOT.findall(phrase)
    pattern = _SLOT.sub("{}", phrase)
    for choice in product(*(parts[name] for name in names)):
        yield pattern.format(*choice)


def _longest(persons: Iterator[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Keep of phrases that meet the longest, and of equals the one that hides."""
    kept: list[tuple[str, Span]] = []
    for sign, span in sorted(persons, key=lambda each: (-len(each[1]), each[0] not in _HIDING, each[1].start)):
        if not any(other.meets(span) and other != span for _, other in kept):
            kept.append((sign, span))
    return kept


def _hides(over: Span, span: Span) -> bool:
    """Tell whether a sign lies in what hides it, or runs across its edge."""
    return over.meets(span) and (over.holds(span) or not span.holds(over))


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of a rule: any of these signs, at most `gap` words after the step before."""

    signs: tuple[str, ...]
    gap: int


def _steps(pattern: str, groups: Mapping[str, Sequence[str]]) -> tuple[_Step, ...]:
    """Read `adult ~ hurts|wrongs + victim`; a group stands for its signs."""
    steps: list[_Step] = []
    gap = _GAP
    for token in pattern.split():
        if token in _GAPS:
            gap = _GAPS[token]
            continue
        steps.append(_Step(tuple(sign for name in token.split("|") for sign in groups.get(name, [name])), gap))
        gap = _GAP
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs that make a disclosure, and signs that speak against it."""

    means: str
    patterns: tuple[tuple[tuple[_Step, ...], ...], ...]
    """Any of these; each is made of parts that must all be found."""
    unless: tuple[str, ...]

    @classmethod
    def from_table(cls, table: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Self:
        """Read one `[[telling]]`."""
        patterns = tuple(tuple(_steps(part, groups) for part in signs.split("&")) for signs in table["signs"])
        return cls(table["means"], patterns, tuple(table.get("unless", ())))

    def holds(self, signs: Signs) -> bool:
        """Tell whether the signs of a message make what this rule describes."""
        if any(sign in signs for sign in self.unless):
            return False
        return any(all(_follow(part, signs, None) for part in pattern) for pattern in self.patterns)


def _follow(steps: Sequence[_Step], signs: Signs, before: Span | None) -> bool:
    """Tell whether signs of the steps stand one after another, near enough."""
    if not steps:
        return True
    spans = (span for sign in steps[0].signs for span in signs.get(sign, ()))
    return any(_follow(steps[1:], signs, span) for span in spans if _near(before, span, steps[0].gap, signs))


def _near(before: Span | None, after: Span, gap: int, signs: Signs) -> bool:
    """Tell whether a sign follows the one before within `gap` words and in one thought."""
    if before is None:
        return True
    if before.sentence != after.sentence or not 0 <= after.start - before.end <= gap:
        return False
    between = Span(before.end, after.start, before.sentence)
    parting = ("generic",) if gap == _ANYWHERE else ("generic", "break")
    return not any(between.holds(span) for sign in parting for span in signs.get(sign, ()))
