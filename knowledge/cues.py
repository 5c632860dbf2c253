"""Recognise how a question is asked: the wordings of `data/cues.toml`.

A word fits with the marks it has in the table. Where the person types few marks or none, it also fits without: "muc
nao" may ask for a section, but "mức nào" in a question with its marks does not.
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
_TYPES_MARKS = 0.35
_PIECE = re.compile(r"\(([^)]*)\)(\??)|(\S+)")


def _pattern(cue: str, *, hasty: bool) -> str:
    """Make a pattern of a cue: `*` is a gap of up to six words, `(a|b c)` is either, `(a)?` may be missing."""
    pattern = ""
    for choices, optional, word in _PIECE.findall(cue):
        if word == "*":
            pattern += _GAP
        else:
            either = "|".join(_phrase(choice, hasty=hasty) for choice in (choices or word).split("|"))
            pattern += f"(?: (?:{either})){optional}"
    return pattern


def _phrase(words: str, *, hasty: bool) -> str:
    """Make a pattern of a phrase; in hasty writing each word may also come without its marks."""
    if not hasty:
        return re.escape(words).replace("\\ ", " ")
    return " ".join(f"(?:{re.escape(word)}|{re.escape(fold(word))})" for word in words.split())


def plain(text: str) -> str:
    """Reduce a text to lower-case words with one space before each and one after the last, as the patterns expect."""
    return " " + " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower())) + " "


@dataclass(frozen=True, slots=True)
class Cues:
    """Wordings of one group of `data/cues.toml`, by name."""

    marked: Mapping[str, re.Pattern[str]]
    hasty: Mapping[str, re.Pattern[str]]
    """The same for texts with few marks or none."""

    def has(self, name: str, text: str) -> bool:
        """Tell whether the text has a wording of this name."""
        words = plain(text)
        return self._patterns(words)[name].search(words) is not None

    def starts(self, name: str, text: str) -> bool:
        """Tell whether the text begins with a wording of this name."""
        words = plain(text)
        return self._patterns(words)[name].match(words) is not None

    def named(self, text: str) -> tuple[str, ...]:
        """Return the names that have a wording in the text, in the order of the table."""
        words = plain(text)
        return tuple(name for name, pattern in self._patterns(words).items() if pattern.search(words))

    def without(self, name: str, text: str) -> str:
        """Return the words of the text with the wordings of this name taken out."""
        words = plain(text)
        pattern = self._patterns(words)[name]
        before = ""
        while before != words:  # neighbours share a space, so that one pass leaves every second one
            before, words = words, pattern.sub(" ", words)
            words = f" {words.strip()} "
        return words.strip()

    def _patterns(self, words: str) -> Mapping[str, re.Pattern[str]]:
        """Choose by how many words have marks; in plain Vietnamese it is more than half."""
        typed = words.split()
        with_marks = sum(word != fold(word) for word in typed)
        return self.marked if with_marks >= _TYPES_MARKS * len(typed) else self.hasty


def _compile(cues: Iterable[str], *, hasty: bool) -> re.Pattern[str]:
    """Compile wordings, the longest first, so that "làm gì" is taken out before "làm"."""
    longest_first = sorted(cues, key=len, reverse=True)
    return re.compile("(?:" + "|".join(_pattern(cue, hasty=hasty) for cue in longest_first) + ")(?= )")


def load_cues(group: str) -> Cues:
    """Load one group (a table) of `data/cues.toml`; KeyError where there is none of that name."""
    table = _table(group)
    marked, hasty = ({name: _compile(cues, hasty=h) for name, cues in table.items()} for h in (False, True))
    return Cues(marked, hasty)


def load_fillers() -> tuple[frozenset[str], frozenset[str]]:
    """Load the words that fill a question: those typed with tone marks, and those safe to leave out without."""
    table = _table("filler")
    return frozenset(table["marked"]), frozenset(table["bare"])


def _table(group: str) -> dict[str, list[str]]:
    text = resources.files("knowledge").joinpath("data", "cues.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)[group]
    return table
