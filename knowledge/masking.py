"""Take out of a text who a person is, before it leaves the machine or is kept: `data/masking.toml`.

Names, telephone, identity and account numbers, addresses of mail and home, dates of birth become words in brackets and
are never put back. Numbers of documents, help lines, places and bodies stay: a question cannot be answered without.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Self

from knowledge.help_numbers import load_help_lines
from knowledge.places import Gazetteer
from knowledge.vietnamese import fold

_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{2,}")
_DIGITS = r"\d(?:[ .\-]?\d)"
_TELEPHONE = re.compile(r"(?<![\w/.,-])(?:\+?84|\(?0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)")
_PAPER = re.compile(rf"(?<![\w/.,-])(?:[A-Za-z]{{2}}\s?\d[\d ]{{11,16}}\d|{_DIGITS}{{11}}|[A-Z]\d{{7,8}})(?![\d/])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST_NAME = 4
_LONGEST_CUE = 5
_TITLES = ("mr", "mrs", "ms", "dr")
"""After these a full stop ends no sentence."""
_FULL = 2
"""Words that a full name has at least."""
_YEAR = 4
_HASTY = 0.2
"""Share of words with marks below which a text was typed without them."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """The table, ready for use."""

    shown: Mapping[str, str]
    paper: re.Pattern[str]
    account: re.Pattern[str]
    telephone: re.Pattern[str]
    birth: re.Pattern[str]
    address: re.Pattern[str]
    home: re.Pattern[str]
    clause_end: re.Pattern[str]
    names: Mapping[str, frozenset[str]]
    help_numbers: frozenset[str]
    places: Gazetteer


def mask(text: str) -> str:
    """Return a text without who people are."""
    table = _tables()
    names = [(start, end, table.shown["name"]) for start, end in _names(text, table)]
    spans = [*names, *_numbers(text, table, named=bool(names)), *_homes(text, table)]
    masked, last = "", 0
    for start, end, shown in sorted(spans):
        if start >= last:
            masked += text[last:start] + shown
            last = end
    return masked + text[last:]


def _numbers(text: str, table: _Tables, *, named: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers, mail addresses and dates that belong to a person."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    for pattern, shown in ((_MAIL, "mail"), (_HANDLE, "handle"), (_PAPER, "paper")):
        yield from ((*found.span(), table.shown[shown]) for found in pattern.finditer(text))
    for found in _TELEPHONE.finditer(text):
        if re.sub(r"\D", "", found[0]) not in table.help_numbers:
            yield *found.span(), table.shown["telephone"]
    for pattern, shown in (
        (table.paper, "paper"),
        (table.account, "account"),
        (table.telephone, "telephone"),
        (table.birth, "birth"),
    ):
        for found in pattern.finditer(folded):
            bare_year = shown == "birth" and len(found["number"]) == _YEAR and not named
            if not bare_year and re.sub(r"\D", "", found["number"]) not in table.help_numbers:
                yield *found.span("number"), table.shown[shown]


def _homes(text: str, table: _Tables) -> Iterator[tuple[int, int, str]]:
    """Yield where somebody lives: what a cue introduces, or the number of a house with its road."""
    folded = fold(text)
    if len(folded) != len(text):
        return
    for pattern in (table.address, table.home):
        for found in pattern.finditer(folded):
            start = found.start("home")
            end = _clause_end(folded, found.end("home"), table)
            said = text[start:end].rstrip()
            if any(sign.isdigit() for sign in said) or any(word[:1].isupper() for word in said.split()):
                yield start, start + len(said), table.shown["address"]


def _clause_end(folded: str, at: int, table: _Tables) -> int:
    found = table.clause_end.search(folded, at)
    return found.start() if found else len(folded)


def _names(text: str, table: _Tables) -> Iterator[tuple[int, int]]:
    """Yield where people are named."""
    line = _Line.of(text)
    places = {at for place in table.places.find(line.words) for at in range(place.start, place.end)}
    kept = {at for words in table.names["kept"] for at in line.places_of(words)}
    at = 0
    while at < len(line.words):
        length = 0 if at in places or at in kept else _length(line, at, table.names)
        if length and not line.follows(at, table.names["called_after"]):
            yield line.spans[at][0], line.spans[at + length - 1][1]
        at += max(length, 1)


@dataclass(frozen=True, slots=True)
class _Line:
    """A text as words, with what stands between them."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    joined: tuple[bool, ...]
    """For each word, whether nothing but space stands between it and the one before."""
    hasty: bool
    """It was typed without marks, so that a word may be any that it is without its marks."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a text."""
        found = list(_WORD.finditer(text))
        ends = [0, *(word.end() for word in found)]
        titles = [False, *(word[0].lower() in _TITLES for word in found)]
        joined = tuple(
            not text[end : word.start()].strip(" :." if title else " :")
            for end, title, word in zip(ends, titles, found, strict=False)
        )
        marked = sum(not word[0].isascii() for word in found)
        words = tuple(word[0] for word in found)
        return cls(text, words, tuple(word.span() for word in found), joined, hasty=marked < _HASTY * len(found))

    def from_(self, at: int) -> list[str]:
        """Return the words from a place on that belong together, in small letters."""
        words = [self.words[at].lower()]
        while at + len(words) < len(self.words) and self.joined[at + len(words)] and len(words) <= _LONGEST_NAME:
            words.append(self.words[at + len(words)].lower())
        return words

    def rest(self, at: int) -> str:
        """Return what follows the word at a place, in small letters, after numbers."""
        return self.text[self.spans[at][1] :].lower().lstrip(" 0123456789")

    def capitals(self, at: int) -> int:
        """Return how many words from a place on begin with a capital and are no abbreviation."""
        if all(word.isupper() for word in self.words):
            return 0
        words = self.words[at : at + len(self.from_(at))][:_LONGEST_NAME]
        named = [word[0].isupper() and (len(word) == 1 or not word.isupper()) for word in words]
        return named.index(False) if False in named else len(named)

    def follows(self, at: int, cues: Iterable[str]) -> bool:
        """Tell whether one of some wordings stands just before a place."""
        start = at
        while start > max(0, at - _LONGEST_CUE) and self.joined[start]:
            start -= 1
        before = " ".join(self.words[start:at]).lower()
        return any(
            f" {before}".endswith(f" {cue}") or (self.hasty and f" {before}".endswith(f" {fold(cue)}")) for cue in cues
        )

    def is_one(self, word: str, names: Iterable[str]) -> bool:
        """Tell whether a word is one of some names, with its marks, or with none where none were typed."""
        return word in names or (
            word.isascii() and (self.hasty or word[:1].isupper()) and word.lower() in map(fold, names)
        )

    def places_of(self, phrase: str) -> Iterator[int]:
        """Yield the places of the words of a phrase."""
        words, size = [word.lower() for word in self.words], len(phrase.split())
        for at in range(len(words) - size + 1):
            said = " ".join(words[at : at + size])
            if said == phrase or (said.isascii() and said == fold(phrase)):
                yield from range(at, at + size)


_Names = Mapping[str, frozenset[str]]


def _length(line: _Line, at: int, names: _Names) -> int:
    """Return how many words the name at a place has; 0 where there is none."""
    words, capitals = line.from_(at), line.capitals(at)
    full = _full_name(line, words, capitals, names)
    if full or words[0] in names["others"] or (not capitals and words[0] in names["small"]):
        return full
    if capitals >= _FULL and line.follows(at, names["identity"]):
        return capitals
    if line.follows(at, names["surely"]):
        return capitals or _small_names(line, words, names)
    if line.follows(at, names["kin"]):
        return capitals or _small_name(line, at, names)
    return 0


def _full_name(line: _Line, words: Sequence[str], capitals: int, names: _Names) -> int:
    """Return the words of a name that begins with a family name: "Nguyễn Văn An", "tran thi hoa"."""
    if len(words) < _FULL or not _is_unmarked(words[0], names["family"]):
        return 0
    sure = not _is_unmarked(words[0], names["doubtful"]) and words[1] not in names["others"]
    if capitals >= _FULL and (sure or _is_unmarked(words[1], names["middle"])):
        return capitals
    small = (line.hasty and words[0] in names["plain"]) or (not words[0].isascii() and sure)
    if not small or fold(words[1]) not in names["plain_middle"]:
        return 0
    sizes = (size for size in (4, 3) if len(words) >= size and line.is_one(words[size - 1], names["given"]))
    return next(sizes, 0)


def _is_unmarked(word: str, names: Iterable[str]) -> bool:
    return word in names or (word.isascii() and word in map(fold, names))


def _small_names(line: _Line, words: Sequence[str], names: _Names) -> int:
    """Return the words in small letters that can be a name, after what introduces one."""
    any_name = names["given"] | names["family"] | names["middle"]
    known = [line.is_one(word, any_name) for word in words[:_LONGEST_NAME]]
    return known.index(False) if False in known else len(known)


def _small_name(line: _Line, at: int, names: _Names) -> int:
    """Return 1 for a given name in small letters before a word that shows it, as in "be na lop 3a"; else 0."""
    rest = f"{line.rest(at)} "
    shown = any(rest.startswith((f"{cue} ", f"{fold(cue)} " if line.hasty else f"{cue} ")) for cue in names["after"])
    shown = shown or (not line.hasty and any(rest.startswith(f"{cue} ") for cue in names["after_marked"]))
    return int(shown and line.is_one(line.words[at].lower(), names["given"]))


@cache
def _tables() -> _Tables:
    text = resources.files("knowledge").joinpath("data", "masking.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    between = _either(table["between"]["words"])
    clauses = _either(table["between"]["clauses"])

    def after(cues: Iterable[str], number: str) -> re.Pattern[str]:
        gap = rf"[\s:.\-–=]*(?:(?:{between})\b[\s:.\-–]*){{0,4}}"
        return re.compile(rf"\b(?:{_either(cues)})\b{gap}(?P<number>{number})")

    return _Tables(
        shown=table["shown"],
        paper=after(table["papers"]["cues"], rf"(?:[a-z]{{2}}\s?)?{_DIGITS}{{7,16}}(?!\d)"),
        account=after(table["papers"]["accounts"], rf"{_DIGITS}{{5,18}}(?!\d)"),
        telephone=after(table["papers"]["telephones"], rf"{_DIGITS}{{7,11}}(?!\d)"),
        birth=after(table["birth"]["cues"], _date(table["birth"])),
        address=re.compile(
            rf"\b(?:{_either(table['address']['cues'])})\b\s*(?:la\b|o\b|tai\b|is\b|:)?[\s:]*(?P<home>\S)"
        ),
        home=_home(table["address"]["roads"], table["address"]["streets"]),
        clause_end=re.compile(rf"[;\n?!]|[.](?=\s|$)|,(?=\s*(?:{clauses})\b)"),
        names={name: frozenset(words) for name, words in table["names"].items()},
        help_numbers=frozenset(line.number for line in load_help_lines()),
        places=Gazetteer.load(),
    )


def _date(words: Mapping[str, Sequence[str]]) -> str:
    """Make a pattern of a date in small letters: in digits, in Vietnamese words, in English ones."""
    months, years = _either(words["months"]), _either(words["years"])
    in_words = rf"\d{{1,2}}\s+(?:{months})\s+\d{{1,2}}(?:\s+(?:{years})\s+\d{{4}})?"
    in_english = r"[a-z]+ \d{1,2},? \d{4}|\d{1,2} [a-z]+ \d{4}"
    in_digits = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}"
    in_part = r"\d{1,2}\s?[/-]\s?\d{4}|(?:19|20)\d{2}|\d{1,2}\s?[/-]\s?\d{1,2}"
    return f"(?:{in_digits}|{in_words}|{in_part}|{in_english})"


def _home(roads: Iterable[str], streets: Iterable[str]) -> re.Pattern[str]:
    numbered = rf"(?:{_either(roads)})\s+(?:so\s+)?[a-z]?\d+\w*"
    street = rf"(?:so\s+)?\d+(?:/\d+)*[a-z]?\s+(?:{_either(streets)})\s+[a-z]\w*"
    return re.compile(rf"\b(?P<home>{numbered}|{street})")


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
