"""Weigh the words of a question: what is asked counts, what is only told or named counts less.

Questions come as one line, or as a story of ten sentences with the question at the end. The story brings
many words that stand in wrong texts, and "theo Bộ luật Dân sự 2015" says in which law to look, not for what.
How the weights were chosen, and what was tried besides, stands in `knowledge.search`.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from knowledge.vietnamese import fold, syllables

_TOLD = 0.4
"""Weight of a sentence that tells, beside one that asks."""
_NAMED = 0.3
"""Weight of the words that name a law."""
_ADDED = 0.4
"""Weight of the words that `data/question_forms.toml` adds."""
_PAIR = 1.5
"""Weight of two neighbouring syllables, which mostly are one word, beside that of one syllable."""

_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
# Folded: "theo quy định của Luật Trẻ em năm 2016", "Bộ luật Dân sự 2015"; or, without a year, "theo luật …,".
_LAW = re.compile(
    r"""(?:\b(?:theo|trong|cua)\s)? (?:\bquy\sdinh\s(?:cua|tai)\s)? \b(?:bo\s)?luat\s
            (?:[a-z]+\s){1,7}? (?:nam\s)? (?:19|20)\d\d
      | \btheo\s (?:quy\sdinh\s(?:cua|tai)\s)? (?:bo\s)?luat\s (?!ve\b) [^,.:;?!]{1,60},""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring syllables of one weight."""

    syllables: Sequence[str]
    weight: float


@dataclass(frozen=True, slots=True)
class WeighedQuestion:
    """A question as search reads it."""

    said: dict[str, float]
    """The weight of each syllable and pair that it says."""
    wanted: dict[str, float]
    """The same with words that it does not say, but that the asked-for part of a text has."""
    is_story: bool
    """Whether it has more than one sentence."""


def weigh(question: str) -> WeighedQuestion:
    """Split a question into runs of syllables and weigh them."""
    sentences = [sentence for sentence in _SENTENCE.split(fold(question)) if sentence.strip()]
    asking = [sentence for sentence in sentences if "?" in sentence] or sentences[-1:]
    said = [
        Run(run.syllables, run.weight if sentence in asking else run.weight * _TOLD)
        for sentence in sentences
        for run in _runs(sentence)
    ]
    added = [Run(words, _ADDED) for words in _added_to(" ".join(syllables(question)))]
    return WeighedQuestion(_weights(said), _weights(said + added), is_story=len(sentences) > 1)


def terms(words: Sequence[str]) -> list[str]:
    """Return syllables and the pairs of neighbours among them, as texts are indexed."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def _runs(sentence: str) -> Iterator[Run]:
    """Yield the parts of a folded sentence: names of laws, and what stands between them."""
    start = 0
    for law in _LAW.finditer(sentence):
        yield Run(syllables(sentence[start : law.start()]), 1.0)
        yield Run(syllables(law.group()), _NAMED)
        start = law.end()
    yield Run(syllables(sentence[start:]), 1.0)


def _weights(runs: Iterable[Run]) -> dict[str, float]:
    """Add up the weights of each term; what is said again counts less each time."""
    said: defaultdict[str, float] = defaultdict(float)
    for run in runs:
        for term in terms(run.syllables):
            said[term] += run.weight
    return {term: (_PAIR if " " in term else 1.0) * 2 * often / (1 + often) for term, often in said.items()}


@cache
def _forms() -> tuple[tuple[re.Pattern[str], list[str]], ...]:
    """Read the table of question forms, when the first question is asked."""
    table = tomllib.loads(files("knowledge").joinpath("data/question_forms.toml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(map(fold, form['asked']))})\b"), syllables(form["adds"]))
        for form in table["form"]
    )


def _added_to(folded: str) -> Iterator[list[str]]:
    """Yield the words that the forms of a question add to it."""
    for asked, adds in _forms():
        if asked.search(folded):
            yield adds
