"""Decide, before any search, whether a message tells of a child in danger or of wanting to die; and answer it.

The rules and the wording stand in `data/safety.toml`. Missing a disclosure is worse than taking a question for one:
then the person still reads whom to call, and how to ask again. What people write here is never logged and never kept.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from knowledge.documents import Answer, HelpNumber
from knowledge.hearing import Heard, Hearing
from knowledge.help_numbers import Danger, load_help_numbers, numbers_for
from knowledge.likeness import Likeness
from knowledge.telling import Rule
from knowledge.vietnamese import fold

__all__ = ["Danger", "HelpNumber", "SafetyRules", "load_help_numbers", "load_safety", "numbers_for"]


class SafetyRules:
    """Hears disclosures and answers them; any number of threads may use it at once."""

    def __init__(self, table: Mapping[str, Any], hearing: Hearing, likeness: Likeness) -> None:
        """Take the table of `data/safety.toml`, and what hears and weighs messages."""
        self._hearing = hearing
        self._likeness = likeness
        self._rules = tuple(Rule.from_table(rule, table["groups"]) for rule in table["telling"])
        self._harm = tuple(Rule.from_table(rule, table["groups"]) for rule in table["harm"])
        self._sounding: Mapping[str, Any] = table["sounding"]
        self._wording: Mapping[str, Mapping[str, str]] = table["wording"]

    def assess(self, message: str) -> Danger | None:
        """Return the danger that a message tells of; None where it is no disclosure."""
        tells = (heard for heard in self._hearing.hear(message) if self._tells(heard))
        return next((_danger(heard) for heard in tells), None)

    def answer(self, danger: Danger, message: str) -> Answer:
        """Return what a person in need reads: whom to call, warm words, and how to ask if it was not meant so."""
        english = self._hearing.is_english(message)
        say = self._wording["en" if english else "vi"]
        return Answer(
            status="safety",
            lead=say["opening_self_harm" if danger.self_harm else "opening"],
            notices=(say["closing"], say["not_meant_so"]),
            help_numbers=numbers_for(danger, english=english),
        )

    def _tells(self, heard: Heard) -> bool:
        by_rule = any(rule.holds(heard.signs) for rule in self._rules) and not self._sounds_like_asking(heard)
        return (by_rule and not self._asks_of_law_alone(heard)) or self._sounds_like_telling(heard)

    def _asks_of_law_alone(self, heard: Heard) -> bool:
        """Tell whether every sentence asks of law, and no harm is named, or nobody whom the writer knows."""
        if not heard.has_in_every_sentence(self._sounding["law"]):
            return False
        return not self._names_harm(heard) or self._means_anybody(heard)

    def _means_anybody(self, heard: Heard) -> bool:
        """Tell whether everybody in a message may be anybody: "một bạn", but no "lớp em có một bạn"."""
        anybody = heard.spans(self._sounding["anybody"])
        meant = all(any(span.meets(one) for one in anybody) for span in heard.spans(self._sounding["somebody"]))
        return bool(anybody) and meant and not heard.has(self._sounding["known"])

    def _sounds_like_asking(self, heard: Heard) -> bool:
        """Tell whether a message sounds much like the examples of asking, and names nobody, or rules before anybody."""
        somebody = heard.spans(self._sounding["somebody"])
        asks = heard.has(self._sounding["rules"]) and all(span.start for span in somebody)
        if (asks or not somebody) and self._likeness.weigh(heard.words) < self._sounding["at_most"]:
            return True
        of_law = heard.has_in_every_sentence(self._sounding["law"]) and not heard.has(self._sounding["named"])
        return of_law and self._likeness.weigh(heard.words) < self._sounding["at_most_of_law"]

    def _sounds_like_telling(self, heard: Heard) -> bool:
        """Tell whether a message about a person sounds enough like the examples of telling."""
        return heard.has(self._sounding["about"]) and self._likeness.weigh(heard.words) > self._enough(heard)

    def _enough(self, heard: Heard) -> float:
        """Return how much a message must sound like telling: more if it names rules, most if it asks of law alone."""
        if self._asks_of_law_alone(heard):
            everyday = heard.has(self._sounding["everyday"])
            return float(self._sounding["at_least_of_everyday_law" if everyday else "at_least_of_law"])
        if not heard.has(self._sounding["rules"]):
            return float(self._sounding["at_least"])
        harm = self._names_harm(heard) and not heard.has(self._sounding["general"])
        return float(self._sounding["at_least_beside_rules_and_harm" if harm else "at_least_beside_rules"])

    def _names_harm(self, heard: Heard) -> bool:
        """Tell whether a message names what is harm beside a question of law."""
        return any(rule.holds(heard.signs) for rule in self._harm)


def _danger(heard: Heard) -> Danger:
    """Return what the signs show of the danger."""
    return Danger(
        now="now" in heard.signs,
        body="body" in heard.signs,
        self_harm="despair" in heard.signs or "harming_oneself" in heard.signs,
        fire="fire" in heard.signs,
        place="Hải Phòng" if "hai phong" in " ".join(heard.words) else "",
    )


@cache
def load_safety() -> SafetyRules:
    """Load the tables and learn from the examples, once a process; takes one to two seconds."""
    text = resources.files("knowledge").joinpath("data", "safety.toml").read_text(encoding="utf-8")
    hearing = Hearing.load()
    return SafetyRules(tomllib.loads(text), hearing, _learn(hearing))


def _learn(hearing: Hearing) -> Likeness:
    """Learn from the examples how people tell and ask, and more of how they ask from the question sets.

    All are learnt without marks: half the people write none, and a word weighs the same with them.
    """
    examples = [(hearing.words(fold(each["text"])), each["telling"]) for each in _lines("telling_examples.jsonl")]
    sets = [*_lines("questions", "own.jsonl"), *_lines("questions", "laws.jsonl")]
    questions = (each["question"] for each in sets if each["kind"] != "safety")
    asking = [words for words, telling in examples if not telling]
    asking += [hearing.words(fold(question)) for question in questions]
    return Likeness((words for words, telling in examples if telling), asking)


def _lines(*path: str) -> Iterator[dict[str, Any]]:
    text = resources.files("knowledge").joinpath("data", *path).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())
