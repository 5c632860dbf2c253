"""Find other wordings of what a question says: people and documents often name one thing differently."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from knowledge.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Expression:
    """One wording, its words as written and folded, and the wordings that it brings."""

    words: tuple[str, ...]
    folded: tuple[str, ...]
    means: tuple[str, ...]


class Synonyms:
    """The wordings of `data/synonyms.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        meanings: dict[str, dict[str, None]] = {}
        for group in table["group"]:
            for said in group["same"]:
                meanings.setdefault(said, {}).update(dict.fromkeys(other for other in group["same"] if other != said))
        for entry in table["leads_to"]:
            for said in entry["said"]:
                meanings.setdefault(said, {}).update(dict.fromkeys(entry["means"]))
        self.expressions = [*meanings, *(means for found in meanings.values() for means in found)]
        self._by_first: dict[str, list[_Expression]] = {}
        for said, means in meanings.items():
            self._add(said, tuple(means))

    @classmethod
    def load(cls) -> Self:
        """Read the table."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "synonyms.toml").read_text(encoding="utf-8")))

    def _add(self, said: str, means: tuple[str, ...]) -> None:
        """Keep one wording by its first word, the longest first."""
        words = tuple(_WORD.findall(said.lower()))
        expression = _Expression(words, tuple(fold(word) for word in words), tuple(_folded(other) for other in means))
        same_start = self._by_first.setdefault(expression.folded[0], [])
        same_start.append(expression)
        same_start.sort(key=lambda other: len(other.words), reverse=True)

    def of(self, text: str) -> list[str]:
        """Return other wordings, folded, of what a text says, but for those that it has already."""
        words = _WORD.findall(text.lower())
        folded = [fold(word) for word in words]
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            expression = next((e for e in self._by_first.get(folded[at], ()) if _stands(e, words, folded, at)), None)
            found.update(dict.fromkeys(expression.means if expression else ()))
            at += len(expression.words) if expression else 1
        said = f" {' '.join(folded)} "
        return [meaning for meaning in found if f" {meaning} " not in said]


def _stands(expression: _Expression, words: list[str], folded: list[str], at: int) -> bool:
    """Tell whether an expression stands at a word; a single syllable must have its marks."""
    end = at + len(expression.words)
    if len(expression.words) == 1:
        return words[at] == expression.words[0]
    return tuple(folded[at:end]) == expression.folded


def _folded(text: str) -> str:
    """Return the words of a text folded, with single spaces."""
    return " ".join(_WORD.findall(fold(text)))
