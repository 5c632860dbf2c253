"""Decide, before any search, whether a message tells of a child in danger or of wanting to die; and say whom to call.

The words and rules stand in `data/safety.toml`, the numbers in `data/help_numbers.toml`. Missing a disclosure is worse
than taking a question for one: then the person still reads whom to call, and how to ask again. What people write here
is never logged and never kept.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, Self

from knowledge.documents import Answer, HelpNumber
from knowledge.hasty_writing import HastyReader
from knowledge.likeness import Likeness
from knowledge.spelling import Syllables
from knowledge.telling import Phrasebook, Rule, Span, Word, split
from knowledge.vietnamese import fold

_WRITES_MARKS = 0.25
"""Share of words with marks from which a message is taken to write them all; plain Vietnamese has about half."""
_SOME_ENGLISH = 0.15
_MOSTLY_ENGLISH = 0.5

Need = Literal["always", "fire", "Hải Phòng"]


@dataclass(frozen=True, slots=True)
class Danger:
    """What a disclosure tells of the danger, as far as the words show it."""

    now: bool
    """It is happening, or about to happen."""
    body: bool
    """Somebody is hurt or ill, or is about to be."""
    self_harm: bool
    """Somebody wants to die or hurts themselves."""
    fire: bool = False
    """Somebody is in a fire, or trapped."""
    place: str = ""
    """`Hải Phòng` if the message names it: the city has a number of its own."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number of `data/help_numbers.toml` in both languages, with where it was found and when it was checked."""

    number: str
    name: Mapping[str, str]
    when: Mapping[str, str]
    shown: Need
    source: str
    checked: date

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read one `[[number]]`; KeyError where something is missing."""
        return cls(table["number"], table["name"], table["when"], table["shown"], table["source"], table["checked"])

    def needed(self, danger: Danger) -> bool:
        """Tell whether to show it."""
        return {"always": True, "fire": danger.fire}.get(self.shown, danger.place == self.shown)

    def say(self, language: str) -> HelpNumber:
        """Return it in one language, `vi` or `en`."""
        return HelpNumber(self.number, self.name[language], self.when[language])


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message in one language: its words and the signs in them."""

    words: Sequence[Word]
    signs: Mapping[str, Sequence[Span]]


class _Ear:
    """Reads messages of one language."""

    def __init__(self, table: Mapping[str, Any], syllables: frozenset[str], chat: Mapping[str, str]) -> None:
        self._book = Phrasebook(table)
        self._reader = HastyReader(self._book.words, syllables, chat)
        self._polite = frozenset(map(fold, table["polite"]))
        self.own_words = (self._book.words - syllables) | set(table.get("cues", ()))
        """Words that show the language: no Vietnamese syllables, or too rare as such."""

    def hear(self, message: str) -> _Heard:
        """Return the words of a message and their signs."""
        words = self._reader.read(message)
        marked = sum(word.marked for word in words)
        signs = self._book.signs(words, strict=marked >= _WRITES_MARKS * len(words))
        return _Heard(words, self._with_whole_messages(words, signs))

    def words(self, message: str) -> list[str]:
        """Return the folded words of a message, mended."""
        return [word.plain for word in self._reader.read(message)]

    def _with_whole_messages(
        self, words: Sequence[Word], signs: Mapping[str, Sequence[Span]]
    ) -> dict[str, Sequence[Span]]:
        """Keep `alone` only where it is all that the message says, politeness aside."""
        said = [place for place, word in enumerate(words) if word.plain not in self._polite]
        whole = [s for s in signs.get("alone", ()) if not said or (s.start <= said[0] and said[-1] < s.end)]
        others = {sign: spans for sign, spans in signs.items() if sign != "alone"}
        return {**others, "alone": whole} if whole else others


class SafetyRules:
    """Hears disclosures and answers them; any number of threads may use it at once."""

    def __init__(
        self, table: Mapping[str, Any], ears: Mapping[str, _Ear], lines: Sequence[HelpLine], likeness: Likeness
    ) -> None:
        """Take the table of `data/safety.toml`; `load_safety` brings the rest."""
        self._ears = ears
        self._rules = tuple(Rule.from_table(rule, table["groups"]) for rule in table["telling"])
        self._lines = tuple(lines)
        self._likeness = likeness
        self._sounding: Mapping[str, Any] = table["sounding"]
        self._wording: Mapping[str, Mapping[str, str]] = table["wording"]

    def assess(self, message: str) -> Danger | None:
        """Return the danger that a message tells of; None where it is no disclosure."""
        for heard in self._hearings(message):
            if any(rule.holds(heard.signs) for rule in self._rules) or self._sounds_like_telling(heard):
                return self._danger(heard)
        return None

    def numbers_for(self, danger: Danger, *, english: bool = False) -> tuple[HelpNumber, ...]:
        """Return whom to call: the child helpline first, then, where a body is in danger, the ambulance."""
        first = ["111", "115", "113"] if danger.body else ["111", "113", "115"]
        needed = [line for line in self._lines if line.needed(danger)]
        needed.sort(key=lambda line: first.index(line.number) if line.number in first else len(first))
        return tuple(line.say("en" if english else "vi") for line in needed)

    def answer(self, danger: Danger, message: str) -> Answer:
        """Return what a person in need reads: whom to call, warm words, and how to ask if it was not meant so."""
        english = self._english(message) >= _MOSTLY_ENGLISH
        say = self._wording["en" if english else "vi"]
        return Answer(
            status="safety",
            lead=say["opening_self_harm"] if danger.self_harm else say["opening"],
            notices=(say["closing"], say["not_meant_so"]),
            help_numbers=self.numbers_for(danger, english=english),
        )

    def _hearings(self, message: str) -> Iterator[_Heard]:
        """Yield the message as each language that it may be in."""
        english = self._english(message)
        if english < _MOSTLY_ENGLISH:
            yield self._ears["vi"].hear(message)
        if english > _SOME_ENGLISH:
            yield self._ears["en"].hear(message)

    def _english(self, message: str) -> float:
        """Return the share of words that are English and nothing else."""
        words = split(message)
        return sum(word.written in self._ears["en"].own_words for word in words) / max(len(words), 1)

    def _sounds_like_telling(self, heard: _Heard) -> bool:
        """Tell whether a message about a person sounds like the examples of telling; it must more so if it names rules."""
        if not any(sign in heard.signs for sign in self._sounding["about"]):
            return False
        about_rules = any(sign in heard.signs for sign in self._sounding["rules"])
        enough = self._sounding["at_least_beside_rules" if about_rules else "at_least"]
        return self._likeness.weigh([word.plain for word in heard.words]) > enough

    @staticmethod
    def _danger(heard: _Heard) -> Danger:
        words = " ".join(word.plain for word in heard.words)
        return Danger(
            now="now" in heard.signs,
            body="body" in heard.signs,
            self_harm="despair" in heard.signs or "harming_oneself" in heard.signs,
            fire="fire" in heard.signs,
            place="Hải Phòng" if "hai phong" in words else "",
        )


def load_help_numbers(*, english: bool = False) -> tuple[HelpNumber, ...]:
    """Return every number of the table with its name and when to call it."""
    return tuple(line.say("en" if english else "vi") for line in _help_lines())


@cache
def load_safety() -> SafetyRules:
    """Load the tables and learn from the examples, once a process; about half a second."""
    table = _table("safety.toml")
    syllables = Syllables.load().all()
    own = {written: meant for meant, spellings in table["chat"].items() for written in spellings}
    chat = {**_table("abbreviations.toml")["always"], **own}
    ears = {"vi": _Ear(table["vi"], syllables, chat), "en": _Ear(table["en"], syllables, {})}
    return SafetyRules(table, ears, _help_lines(), _learn(ears["vi"]))


def _learn(ear: _Ear) -> Likeness:
    """Learn from the examples, and from the question set how people ask; all without marks, as many write."""
    telling: list[list[str]] = []
    asking: list[list[str]] = []
    for example in _lines("telling_examples.jsonl"):
        (telling if example["telling"] else asking).append(ear.words(fold(example["text"])))
    for question in _lines("questions", "own.jsonl"):
        if question["kind"] != "safety":
            asking.append(ear.words(fold(question["question"])))
    return Likeness(telling, asking)


def _help_lines() -> tuple[HelpLine, ...]:
    return tuple(HelpLine.from_table(table) for table in _table("help_numbers.toml")["number"])


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("knowledge").joinpath("data", name).read_text(encoding="utf-8"))


def _lines(*path: str) -> Iterator[dict[str, Any]]:
    text = resources.files("knowledge").joinpath("data", *path).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())
