"""Read a message for the signs of `data/safety.toml`: phrases that mean something, and the rules that join them.

People in need write without marks, in chat spelling, with slips, in Telex left raw or letter by letter, so that the
words are mended first, towards the words of the table alone. Marks that are written count: "đánh" is no "danh".
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.spelling import decode_telex, decode_vni
from knowledge.vietnamese import fold

_PIECE = re.compile(r"[^\W_]+(?:[^\w\s]+[^\W_]+)*|[.!?;\n…]+")
_INNER = re.compile(r"[^\w\s]+")
_RUN = re.compile(r"(.)\1{2,}")
_SLOT = re.compile(r"\{(\w+)\}")
_DIGITS_FOR_LETTERS = str.maketrans("01345", "oieas")
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "r", "\u0323": "j"}
"""Combining marks of tone; hỏi and ngã are one, for half the country writes one for the other."""
_NEAR = 3
_FAR = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message: as written (small letters, NFC), folded, and the sentence it stands in."""

    written: str
    plain: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sign stands: words `start` to `end`, the last not included."""

    start: int
    end: int
    sentence: int


@lru_cache(maxsize=8192)
def _marks(word: str) -> tuple[str, tuple[str, ...]]:
    """Return the tone of a syllable and the shape of each of its letters."""
    tone = ""
    shapes: list[str] = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter]
        elif unicodedata.combining(letter):
            shapes[-1] += letter
        else:
            shapes.append("-" if letter == "đ" else "")
    return tone, tuple(shapes)


@lru_cache(maxsize=8192)
def _agrees(written: str, meant: str) -> bool:
    """Tell whether a word could be a hasty spelling of another that folds alike: no mark of its own speaks against it."""
    tone, shapes = _marks(written)
    meant_tone, meant_shapes = _marks(meant)
    return tone in ("", meant_tone) and all(
        shape in ("", meant_shape) for shape, meant_shape in zip(shapes, meant_shapes, strict=False)
    )


@dataclass(slots=True)
class _Node:
    """A step in the tree of phrases: what may follow, and the signs that end here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    """Sign, words with their marks, and what becomes of the sign where the marks are left out: `*`, `?` or nothing."""


class Phrasebook:
    """The phrases of one language and the signs that they are."""

    def __init__(self, parts: Mapping[str, Sequence[str]], signs: Mapping[str, Sequence[str]]) -> None:
        self._root = _Node()
        self.words: set[str] = set()
        for sign, phrases in signs.items():
            for phrase in phrases:
                for spelt_out in _spelt_out(phrase, parts):
                    self._add(sign, spelt_out)

    def _add(self, sign: str, phrase: str) -> None:
        words = tuple(word.written for word in split(phrase))
        node = self._root
        for word in words:
            node = node.following.setdefault(fold(word), _Node())
        node.ends.append((sign, words, phrase[0] if phrase[0] in "*?" else ""))
        self.words.update(map(fold, words))

    def find(self, words: Sequence[Word], *, strict: bool) -> Iterator[tuple[str, Span]]:
        """Yield every sign of a message with its place."""
        for start in range(len(words)):
            node: _Node | None = self._root
            for end in range(start, len(words)):
                node = node.following.get(words[end].plain) if node else None
                if node is None or words[end].sentence != words[start].sentence:
                    break
                span = Span(start, end + 1, words[start].sentence)
                for sign, meant, without_marks in node.ends:
                    written = words[start : end + 1]
                    if not _agree(written, meant, strict=strict):
                        continue
                    if not without_marks or any(word.written != word.plain for word in written):
                        yield sign, span
                    elif without_marks == "?":
                        yield f"faint_{sign}", span


def _agree(words: Sequence[Word], meant: Sequence[str], *, strict: bool) -> bool:
    """Tell whether words that fold alike have no mark against the meant ones.

    Where a message writes its marks (`strict`), a single word must have all of its own: "hai" is then no "hại".
    """
    if strict and len(words) == 1:
        return _marks(words[0].written) == _marks(meant[0])
    return all(_agrees(word.written, spelt) for word, spelt in zip(words, meant, strict=True))


def _spelt_out(phrase: str, parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a phrase with each `{part}` replaced by every phrase of that name."""
    names = _SLOT.findall(phrase)
    for choice in product(*(parts[name] for name in names)):
        chosen = iter(choice)
        yield _SLOT.sub(lambda _: next(chosen), phrase)  # noqa: B023 -- used up before the next round


def split(text: str) -> list[Word]:
    """Return the words of a text as written, sentence by sentence."""
    words: list[Word] = []
    sentence = 0
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text).lower()):
        if not piece[0].isalnum():
            sentence += 1
            continue
        words.append(Word(piece, fold(piece), sentence))
    return words


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of a rule: any of these signs, at most `gap` words after the step before."""

    signs: tuple[str, ...]
    gap: int


def _steps(pattern: str, groups: Mapping[str, Sequence[str]]) -> tuple[_Step, ...]:
    gaps = {"+": 0, "~": _FAR}
    steps: list[_Step] = []
    gap = _NEAR
    for token in pattern.split():
        if token in gaps:
            gap = gaps[token]
        else:
            signs = tuple(sign for name in token.split("|") for sign in groups.get(name, (name,)))
            steps.append(_Step(signs, gap))
            gap = _NEAR
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs that make a disclosure, and signs that speak against it."""

    means: str
    patterns: tuple[tuple[tuple[_Step, ...], ...], ...]
    unless: frozenset[str]

    @classmethod
    def from_table(cls, table: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Self:
        """Read one `[[telling]]`; `groups` names several signs as one."""
        patterns = tuple(tuple(_steps(part, groups) for part in signs.split("&")) for signs in table["signs"])
        return cls(table["means"], patterns, frozenset(table.get("unless", ())))

    def holds(self, found: Mapping[str, Sequence[Span]]) -> bool:
        """Tell whether the signs found make what this rule describes."""
        if any(found.get(sign) for sign in self.unless):
            return False
        return any(all(_follows(part, found, None) for part in pattern) for pattern in self.patterns)


def _follows(steps: Sequence[_Step], found: Mapping[str, Sequence[Span]], before: Span | None) -> bool:
    """Tell whether the signs of the steps stand one after another, near enough, in one thought."""
    if not steps:
        return True
    step = steps[0]
    spans = (span for sign in step.signs for span in found.get(sign, ()))
    return any(
        _follows(steps[1:], found, span)
        for span in spans
        if before is None or _near(before, span, step.gap, found)
    )


def _near(before: Span, after: Span, gap: int, found: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether one sign follows another within `gap` words, with no break between."""
    if before.sentence != after.sentence or not 0 <= after.start - before.end <= gap:
        return False
    return not any(before.end <= stop.start and stop.end <= after.start for stop in found.get("break", ()))


class Reader:
    """Splits a message into words and mends them towards the words of the table."""

    def __init__(self, syllables: Collection[str], chat: Mapping[str, str], known: Collection[str]) -> None:
        self._syllables = frozenset(syllables)
        self._chat = {key: tuple(split(meant)) for key, meant in chat.items()}
        self._cues = frozenset(("i", "my", "is", "she", "im"))
        self._known = frozenset(known)
        self._long_known = sorted(word for word in known if len(word) >= 4)

    def read(self, message: str) -> list[Word]:
        """Return the words of a message, mended."""
        return [mended for word in _joined_letters(split(message)) for mended in self._mend(word)]

    def share(self, words: Sequence[Word]) -> float:
        """Return the share of words that stand in the table and cannot be Vietnamese."""
        return sum(
            word.plain.isalpha()
            and word.plain in self._known
            and word.plain not in self._syllables
            or word.plain in self._cues
            for word in words
        ) / max(len(words), 1)

    def _mend(self, word: Word) -> Iterable[Word]:
        """Return the word, or the words, that one piece of writing stands for."""
        for candidate in _readings(word):
            if meant := self._chat.get(candidate) or self._chat.get(fold(candidate)):
                return [Word(each.written, each.plain, word.sentence) for each in meant]
            if fold(candidate) in self._known or fold(candidate) in self._syllables:
                return [Word(candidate, fold(candidate), word.sentence)]
        return [Word(part, fold(part), word.sentence) for part in self._guess(word)]

    def _guess(self, word: Word) -> Sequence[str]:
        """Return what a piece that is no word may be: Telex or VNI keys, joined words, a slip."""
        pieces = _INNER.split(word.written)
        if len(pieces) > 1:
            whole = "".join(pieces)
            if fold(whole) in self._known or not all(fold(piece) in self._syllables for piece in pieces):
                return [whole] if fold(whole) in self._known else pieces
            return pieces
        for decode in (decode_telex, decode_vni):
            meant, signs = decode(word.written)
            if signs and fold(meant) in self._syllables:
                return [meant]
        return self._parts(word.plain) or [self._slip(word)]

    def _parts(self, plain: str) -> list[str]:
        """Return the words that were typed without spaces between, if every one is in the table."""
        best: dict[int, list[str]] = {0: []}
        for end in range(1, len(plain) + 1):
            for start in range(max(0, end - 7), end):
                if start in best and plain[start:end] in self._known and plain[start:end] in self._syllables:
                    parts = [*best[start], plain[start:end]]
                    if end not in best or len(parts) < len(best[end]):
                        best[end] = parts
        return best.get(len(plain), [])

    def _slip(self, word: Word) -> str:
        """Return the word of the table that is one slip away, else the word as it stands."""
        if len(word.plain) < 4 or not word.plain.isalpha():
            return word.written
        near = process.extractOne(word.plain, self._long_known, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near and near[0][0] == word.plain[0] else word.written


def _joined_letters(words: Sequence[Word]) -> list[Word]:
    """Return the words with runs of single letters made one word: "c h e t" hides a word from a reader."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*words, Word("", "", -1)]:
        if len(word.written) == 1 and word.written.isalpha():
            run.append(word)
            continue
        if len(run) > 3:
            joined.append(
                Word("".join(w.written for w in run), "".join(w.plain for w in run), run[0].sentence)
            )
        else:
            joined += run
        run = []
        joined.append(word)
    return joined[:-1]


def _readings(word: Word) -> Iterator[str]:
    """Yield the spellings to try, the one written first: drawn-out letters shortened, digits for letters."""
    written = word.written
    yield written
    short = _RUN.sub(r"\1", written)
    if short != written:
        yield short
    single = re.sub(r"(.)\1", r"\1", short)
    if single != short:
        yield single
    if not written.isalpha() and written[0].isalpha() and written.isalnum():
        yield written.translate(_DIGITS_FOR_LETTERS)


def signs_of(words: Sequence[Word], books: Iterable[Phrasebook], *, strict: bool) -> dict[str, list[Span]]:
    """Return the signs of a message by name; longer phrases of persons and asides hide the shorter."""
    found = [each for book in books for each in book.find(words, strict=strict)]
    persons = sorted((each for each in found if each[0] in _HIDING), key=_longest_first)
    kept: list[tuple[str, Span]] = []
    for sign, span in persons:
        if not any(_touches(other, span) and other != span for _, other in kept):
            kept.append((sign, span))
    hidden = [span for sign, span in kept if sign in ("aside", "generic")]
    signs: dict[str, list[Span]] = {}
    for sign, span in kept:
        signs.setdefault(sign, []).append(span)
    for sign, span in found:
        if sign not in _HIDING and not any(_cuts(other, span) for other in hidden):
            signs.setdefault(sign, []).append(span)
    return signs


def _longest_first(each: tuple[str, Span]) -> tuple[int, bool, int]:
    """Order phrases of persons by how much they say; of equals the general one goes first."""
    sign, span = each
    return span.start - span.end, sign not in ("aside", "generic"), span.start


_HIDING = frozenset({"aside", "generic", "sure", "writer", "child"})


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cuts(hiding: Span, other: Span) -> bool:
    """Tell whether a phrase lies in one that hides it, or runs across its end."""
    return _touches(hiding, other) and not (
        other.start <= hiding.start and hiding.end <= other.end and other != hiding
    )
