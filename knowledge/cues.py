"""Recognise how a question is asked: the wordings of `data/cues.toml`.

A word fits with the marks it has in the table or with none, but not with others: "muc nao" may ask for a section,
"mức nào" does not.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from knowledge.vietnamese import fold

_WORD = re.compile(r"[^\s,.;:?!“”\"'()…]+(?:[.,][^\s,.;:?!“”\"'()…]+)*")
_GAP = r"(?: [^ ]+){0,6}?"
_PIECE = re.compile(r"\(([^)]*)\)(\??)|(\S+)")


def _pattern(cue: str) -> str:
    """Make a pattern of a cue: `*` is a gap of up to six words, `(a|b c)` is either, `(a)?` may be missing."""
    pattern = ""
    for choices, optional, word in _PIECE.findall(cue):
        if word == "*":
            pattern += _GAP
        else:
            either = "|".join(_phrase(choice) for choice in (choices or word).split("|"))
            pattern += f"(?: (?:{either})){optional}"
    return pattern


def _phrase(words: str) -> str:
    """Make a pattern of a phrase, each word of which may come with its marks or without any."""
    return " ".join(f"(?:{re.escape(word)}|{re.escape(fold(word))})" for word in words.split())


def plain(text: str) -> str:
    """Reduce a text to lower-case words with one space before each and one after the last, as the patterns expect."""
    return " " + " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower())) + " "


@dataclass(frozen=True, slots=True)
class Cues:
    """Wordings of one group of `data/cues.toml`, by name."""

    patterns: Mapping[str, re.Pattern[str]]

    def has(self, name: str, text: str) -> bool:
        """Tell whether the text has a wording of this name."""
        return self.patterns[name].search(plain(text)) is not None

    def named(self, text: str) -> tuple[str, ...]:
        """Return the names that have a wording in the text, in the order of the table."""
        words = plain(text)
        return tuple(name for name, pattern in self.patterns.items() if pattern.search(words))

    def without(self, name: str, text: str) -> str:
        """Return the words of the text with the wordings of this name taken out."""
        words = plain(text)
        before = ""
        while before != words:  # neighbours share a space, so that one pass leaves every second one
            before, words = words, self.patterns[name].sub(" ", words)
            words = f" {words.strip()} "
        return words.strip()


def _compile(cues: Iterable[str]) -> re.Pattern[str]:
    """Compile wordings, the longest first, so that "làm gì" is taken out before "làm"."""
    longest_first = sorted(cues, key=len, reverse=True)
    return re.compile("(?:" + "|".join(_pattern(cue) for cue in longest_first) + ")(?= )")


def load_cues(group: str) -> Cues:
    """Load one group (a table) of `data/cues.toml`; KeyError where there is none of that name."""
    return Cues({name: _compile(cues) for name, cues in _table(group).items()})


def load_fillers() -> tuple[frozenset[str], frozenset[str]]:
    """Load the words that fill a question: those typed with tone marks, and those safe to leave out without."""
    table = _table("filler")
    return frozenset(table["marked"]), frozenset(table["bare"])


def _table(group: str) -> dict[str, list[str]]:
    text = resources.files("knowledge").joinpath("data", "cues.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)[group]
    return table
