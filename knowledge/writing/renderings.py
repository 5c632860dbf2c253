"""Read a model's English word by word, each with the Vietnamese that it may stand for: `data/renderings.toml`.

The glossary of questions gives one Vietnamese word for an English one, as a search needs it. A statement is held
against its quotes, so here every usual rendering counts, and which was meant is shown by the quote.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from knowledge.english import English
from knowledge.writing.wording import STOPS, dated, is_number, table

Kind = Literal["stop", "number", "marker", "known", "free", "foreign", "unknown"]

_MARKERS = ("negation", "duty", "advice", "leave", "only", "except", "none", "joints")
_TOKEN = re.compile(
    rf"d:[\d-]+|\d(?:[\w/.,-]*\w)?%?|[^\W\d_]+(?:['’](?=s\b)s|['’])?|[{re.escape(''.join(sorted(STOPS)))}]"
)
_NEAR = 3
"""Words within which a number follows what bounds it."""
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or an expression of a statement."""

    text: str
    """As it was written."""
    kind: Kind
    meanings: tuple[str, ...] = ()
    """The Vietnamese that it may stand for, the likeliest first."""
    parts: tuple["Unit", ...] = ()
    """An expression read in smaller pieces, which may be meant instead."""


@dataclass
class _Node:
    """A place in the tree of expressions."""

    meanings: dict[str, None] = field(default_factory=dict)
    words: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)

    def add(self, words: Sequence[str], meaning: str) -> None:
        """Put an expression below this place; a word that ends with `*` is a stem."""
        if not words:
            self.meanings.setdefault(meaning)
            return
        begin, below = words[0].rstrip("*"), self.stems if words[0].endswith("*") else self.words
        below.setdefault(begin, _Node()).add(words[1:], meaning)

    def after(self, word: str) -> Iterator["_Node"]:
        """Yield the places that a word leads to."""
        yield from (self.words[form] for form in _glossary().forms(word) if form in self.words)
        ends = range(len(word), _SHORTEST_STEM - 1, -1)
        yield from (self.stems[word[:end]] for end in ends if word[:end] in self.stems)


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Unit, ...]:
    """Return the words and expressions of an English text in order, the longest that are known."""
    return tuple(_units(_TOKEN.findall(dated(_plain(text)))))


def _units(tokens: Sequence[str], most: int | None = None) -> Iterator[Unit]:
    """Yield what tokens stand for; expressions of `most` words at most."""
    words = [_spelt(token) for token in tokens]
    at = 0
    while at < len(tokens):
        kind, meanings, size = _unit(tokens, words[: at + most] if most else words, at)
        whole = tokens[at : at + size]
        parts = tuple(_units(whole, size - 1)) if kind == "known" and size > 1 else ()
        yield Unit(" ".join(whole), kind, meanings, parts)
        at += size


def _plain(text: str) -> str:
    """Write short forms out: "IT", "No. 5", "don't"."""
    for short, long in table()["english"]["written_out"].items():
        text = re.sub(short, long, text)
    return text


def _spelt(token: str) -> str:
    """Return a word in small letters without "'s", spelt one way: "organization" is "organisation", "labour" is so."""
    word = re.sub(r"['’]s?$", "", token.lower())
    if word in table()["numbers"]["english"]:
        return word  # "four" is no "for"
    return re.sub(r"tre(s?\*?)$", r"ter\1", word.replace("z", "s").replace("our", "or"))


def _unit(tokens: Sequence[str], words: Sequence[str], at: int) -> tuple[Kind, tuple[str, ...], int]:
    """Return what stands at a place, what it may mean, and how many words it has."""
    token = tokens[at]
    if token in STOPS:
        return "stop", (token,), 1
    if _is_number(token.lower()):
        return "number", (token,), 1
    foreign = _begins_foreign(tokens, at)
    marker, marked = ((), 0) if foreign else _longest(_markers(), words, at)
    bound, bounding = _longest(_bounds(), words, at)
    known, size = ((), 0) if foreign else _longest(_renderings(), words, at)
    if bounding >= marked and any(word == "one" or _is_number(word) for word in words[at + bounding :][:_NEAR]):
        marker, marked = bound, bounding
    if marked and marked >= size:
        return "marker", marker, marked
    if size > 1 or (size and not _is_free(words[at])):
        return "known", known, size
    if foreign or not token.isascii():
        return "foreign", (re.sub(r"['’]s?$", "", token),), 1
    return ("free" if _is_free(words[at]) else "unknown"), (), 1


def _begins_foreign(tokens: Sequence[str], at: int) -> bool:
    """Tell whether a word without marks begins a Vietnamese name: "Ban Tuyên giáo", "Trung ương"."""
    follows = tokens[at + 1] if at + 1 < len(tokens) else ""
    is_head = tokens[at][0].isupper() and tokens[at].lower() in table()["names"]["heads"]
    return is_head and follows[:1].isalpha() and not follows.isascii()


def _longest(tree: _Node, words: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """Return what the longest expression at a place may mean and how many words it has; none has no words."""
    nodes: list[_Node] = [tree]
    found: tuple[tuple[str, ...], int] = ((), 0)
    for size, word in enumerate(words[at:], start=1):
        below = [place for node in nodes for place in node.after(word)]
        if not below and size > 1 and word in table()["english"]["free"]["within"]:
            continue
        nodes = below
        meanings = tuple(dict.fromkeys(meaning for node in nodes for meaning in node.meanings))
        if meanings:
            found = meanings, size
        if not nodes:
            break
    return found


def _is_number(word: str) -> bool:
    return is_number(word) or word in table()["numbers"]["english"]


@cache
def _glossary() -> English:
    return English.load()


def _is_free(word: str) -> bool:
    return _glossary().says_nothing(word) or word in _free_words()


@cache
def _free_words() -> frozenset[str]:
    return frozenset(map(_spelt, table()["english"]["free"]["words"]))


def _tree(entries: Mapping[str, str] | Sequence[tuple[str, str]]) -> _Node:
    tree = _Node()
    for english, vietnamese in entries.items() if isinstance(entries, Mapping) else entries:
        tree.add([_spelt(word) for word in re.findall(r"[^\W_]+(?:['’]s?)?\*?", english)], vietnamese)
    return tree


@cache
def _markers() -> _Node:
    """Return the English wordings that bind, allow, forbid and join; each has one meaning."""
    return _tree([pair for kind in _MARKERS for pair in table()["english"][kind].items()])


@cache
def _bounds() -> _Node:
    """Return the wordings that bound a number."""
    return _tree(table()["english"]["bounds"])


@cache
def _renderings() -> _Node:
    """Return all other expressions: the documents' own first, then what the glossary of questions adds."""
    written = tomllib.loads(
        resources.files("knowledge").joinpath("data", "renderings.toml").read_text(encoding="utf-8")
    )
    own = [(english, vietnamese) for vietnamese, all_of in written["renderings"].items() for english in all_of]
    return _tree([*own, *_glossary().entries])
