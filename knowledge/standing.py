"""Read what an administrator says of a document's standing, and say it to those who ask: `data/standing.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from string import Template
from typing import Any

from knowledge.documents import Standing, ToldStanding
from knowledge.vietnamese import fold

_SINCE = r"(?:ke\s+)?tu(?:\s+ngay)?\s+\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}\s*(?:[/.-]|nam)\s*\d{4}"
_DOCUMENT = re.compile(r"(?=.*(?:\d|\bluat\b))[\w\s/.,()&-]{3,120}")
"""What can be the name of a document, folded: it has a number or is a law, and is no address of the web."""
_SHOWN = 80


class UnclearStandingError(ValueError):
    """Words that tell no standing; `str()` is the Vietnamese sentence for the administrator, with examples."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The table, ready for use."""

    states: Mapping[str, Standing]
    said: re.Pattern[str]
    sentences: Mapping[str, str]

    def say(self, sentence: str, **values: str) -> str:
        return Template(self.sentences[sentence]).substitute(values)


def read_standing(said: str, told: date | None = None) -> ToldStanding:
    """Read "hết hiệu lực từ 05/10/2026 theo 335/2026/NĐ-CP" and the like, with or without marks; `told` is the day.

    Raises `UnclearStandingError`.
    """
    words = " ".join(unicodedata.normalize("NFC", said).split()).rstrip(" .;")
    folded = fold(words)
    found = _table().said.fullmatch(folded) if len(folded) == len(words) else None
    try:
        if found is None or (found["by"] and not _DOCUMENT.fullmatch(found["by"])):
            raise ValueError  # noqa: TRY301 - as what follows where the calendar has no such day
        state = _table().states[found["state"]]
        since = _date(found["since"] or found["since_after"])
        by = words[slice(*found.span("by"))] if found["by"] else ""
        return ToldStanding(state, since, by, told)
    except ValueError:
        raise UnclearStandingError(_table().say("unclear", said=said.strip()[:_SHOWN])) from None


def sentence(name: str, standing: ToldStanding) -> str:
    """Say the standing of a document of this name, and who says so."""
    say = _table().say
    begins = standing.state == "in force" and standing.since is not None
    said = say("in force since" if begins else standing.state, name=name)
    since = say("since", day=_day(standing.since)) if standing.since else ""
    by = say("by", by=standing.by) if standing.by else ""
    return said + since + by + (say("told", day=_day(standing.told)) if standing.told else say("told_once"))


def teller() -> str:
    """Return who is named as the source."""
    return _table().say("teller")


def _date(said: str | None) -> date | None:
    """Read a date that the calendar has; ValueError where it has not."""
    if not said:
        return None
    day, month, year = map(int, re.findall(r"\d+", said))
    return date(year, month, day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@cache
def _table() -> _Table:
    text = resources.files("knowledge").joinpath("data", "standing.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    states = {words: state for state, several in table["words"].items() for words in several}
    either = "|".join(sorted(map(re.escape, states), key=len, reverse=True))
    said = rf"(?P<state>{either})(?:,?\s+(?P<since>{_SINCE}))?(?:,?\s+(?:theo|boi|bang)\s+(?P<by>.+?))?"
    return _Table(states, re.compile(rf"{said}(?:,?\s+(?P<since_after>{_SINCE}))?"), table["sentences"])
