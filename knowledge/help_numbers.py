"""Say whom to call in which danger: the numbers of `data/help_numbers.toml`, never numbers from generated text."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Self

from knowledge.documents import HelpNumber

_FIRST = "111"
_POLICE = "113"
_AMBULANCE = "115"


@dataclass(frozen=True, slots=True)
class Danger:
    """What a disclosure tells of the danger, as far as its words show it."""

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
    """A number in both languages, with where it was found and when it was checked."""

    number: str
    name: Mapping[str, str]
    when: Mapping[str, str]
    shown: str
    """`always`, `fire`, or the place whose people it serves."""
    source: str
    checked: date

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read one `[[number]]`; KeyError where something is missing."""
        return cls(table["number"], table["name"], table["when"], table["shown"], table["source"], table["checked"])

    def needed(self, danger: Danger) -> bool:
        """Tell whether to show it."""
        return self.shown == "always" or (danger.fire if self.shown == "fire" else self.shown == danger.place)

    def say(self, *, english: bool) -> HelpNumber:
        """Return it in one language."""
        language = "en" if english else "vi"
        return HelpNumber(self.number, self.name[language], self.when[language])


@cache
def load_help_lines() -> tuple[HelpLine, ...]:
    """Return the whole table."""
    text = resources.files("knowledge").joinpath("data", "help_numbers.toml").read_text(encoding="utf-8")
    return tuple(map(HelpLine.from_table, tomllib.loads(text)["number"]))


def load_help_numbers(*, english: bool = False) -> tuple[HelpNumber, ...]:
    """Return every number with its name and when to call it."""
    return tuple(line.say(english=english) for line in load_help_lines())


def numbers_for(danger: Danger, *, english: bool = False) -> tuple[HelpNumber, ...]:
    """Return whom to call: the child helpline first, then the police, or the ambulance where a body is in danger."""
    order: Sequence[str] = (_FIRST, _AMBULANCE, _POLICE) if danger.body else (_FIRST, _POLICE, _AMBULANCE)
    needed = [line for line in load_help_lines() if line.needed(danger)]
    needed.sort(key=lambda line: order.index(line.number) if line.number in order else len(order))
    return tuple(line.say(english=english) for line in needed)
