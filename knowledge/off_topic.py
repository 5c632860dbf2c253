"""Notice when a question is about something that the documents do not treat, whatever words it shares with them.

`data/off_topic.toml` lists everyday subjects. One of them stops an answer only as long as no passage speaks of it: a
law that treats wages makes "tiền lương" a subject of the edition.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from knowledge.cues import plain
from knowledge.vietnamese import fold


@dataclass(frozen=True, slots=True)
class OffTopic:
    """The everyday subjects, with their tone marks and without."""

    marked: re.Pattern[str]
    bare: re.Pattern[str]
    others: frozenset[str]
    """Expressions in which a subject's words stand and something else is meant: "soạn văn bản"."""

    def named(self, text: str) -> tuple[str, ...]:
        """Return the subjects that a text names, in lower case as typed.

        Where the person types tone marks they must agree: without them "quán nào" is the end of "cơ quan nào".
        """
        words = plain(text)
        pattern = self.bare if fold(words) == words else self.marked
        return tuple(named for named in dict.fromkeys(pattern.findall(words)) if named not in self.others)


def load_off_topic() -> OffTopic:
    """Load the table."""
    text = resources.files("knowledge").joinpath("data", "off_topic.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    others = {words for expression in table["others"]["words"] for words in (expression, fold(expression))}
    terms = {term.lower() for group in table["subjects"].values() for term in group} | others
    return OffTopic(marked=_pattern(terms), bare=_pattern(map(fold, terms)), others=frozenset(others))


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Compile terms, the longest first; they may overlap, so that only their place is taken."""
    longest_first = sorted(set(terms), key=lambda term: (-len(term), term))
    return re.compile("(?<= )(?=((?:" + "|".join(map(re.escape, longest_first)) + ")) )")
