"""Find what binds, allows or forbids in a text, and what of it each such wording governs.

Words are compared as `wording.words_of` gives them. Such a wording governs what follows it, up to the next one or the
end of the clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.writing.wording import CLAUSE_ENDS, Phrases, Words, all_words, first_words, is_stop, phrase, table

TWICE = frozenset({"twice negated"})
TOLD = frozenset({"negation", "only", "except"})
"""What may neither be added nor left out."""
_KEY = 2
Mark = tuple[frozenset[str], int, int]
"""A group of wordings: its kinds, and where it begins and ends."""
_JUST = 2
_BEFORE = 6
_AFTER = 5
"""Words around a wording that show what it is about."""
COVERED = 0.6
"""Share of some words that a statement must repeat to be about the same thing."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with what governs each of its words."""

    words: Words
    governed: tuple[frozenset[str], ...]
    """For each word the kinds of the nearest wordings before it: `negation`, `duty`, `leave` …"""
    marks: tuple[Mark, ...]
    """Each group of such wordings: its kinds, and where it begins and ends."""


Source = tuple[Marked, int, int]
"""A passage, and where what is quoted of it begins and ends."""
_MEANT = {
    "negation": frozenset({"negation"}),
    "forbidding": frozenset({"negation", "forbidding"}),
    "exempting": frozenset({"negation", "exempting"}),
    "right": frozenset({"leave", "right"}),
    "limiting": frozenset({"only", "leave"}),
    "urging": frozenset({"advice", "urging"}),
    **{kind: frozenset({kind}) for kind in ("lack", "duty", "advice", "leave", "may", "only", "except")},
}
"""What each kind of wording counts as."""


def _provided(words: Words, group: Mark) -> Mark:
    """Mark leave given only where a condition follows in its clause: "chỉ được … khi"."""
    kinds, start, end = group
    rest = words[end : clause_end(words, end)]
    is_provided = {"only", "leave"} <= kinds and first_words("modality", "provided") & set(rest)
    return ((kinds - {"leave", "may"}) | {"provided"}, start, end) if is_provided else group


@cache
def _modality() -> Phrases:
    return Phrases({phrase(words): kind for kind in (*_MEANT, "none") for words in table()["modality"][kind]})


def light_words() -> frozenset[str]:
    """Return the words that say little of what is bound, allowed or forbidden."""
    return all_words("modality", "light")


def mark(words: Words, *, forbidden: bool = False) -> Marked:
    """Find the wordings of a text and what each governs; what is forbidden from above is so where nothing is said."""
    groups: list[Mark] = []
    for kind, start, end in _modality().find(words):
        if kind == "none":
            continue
        if groups and groups[-1][2] == start:
            both = TWICE if "negation" in groups[-1][0] & _MEANT[kind] else frozenset()
            groups[-1] = (groups[-1][0] | _MEANT[kind] | both, groups[-1][1], end)
        else:
            groups.append((_MEANT[kind], start, end))
    groups = [_provided(words, group) for group in groups]
    governed: list[frozenset[str]] = [_MEANT["forbidding"] if forbidden else frozenset()] * len(words)
    for kinds, start, end in groups:
        for at in _ended(words, start, end) or _reached(words, end, _reach(kinds)):
            governed[at] = kinds
    for _, start, end in groups:
        governed[start:end] = [frozenset({"mark"})] * (end - start)
    return Marked(words, tuple(governed), tuple(groups))


def _reach(kinds: frozenset[str]) -> int:
    reach: int = table()["modality"]["far" if {"urging", "only"} & kinds else "reach"]
    return reach


def _reached(words: Words, start: int, reach: int) -> list[int]:
    """Return the places from one on to the end of the clause, as far as a wording reaches."""
    found: list[int] = []
    for at in range(start, len(words)):
        if words[at] in CLAUSE_ENDS or words[at] in first_words("modality", "turns") or reach == 0:
            break
        found.append(at)
        reach -= words[at] not in light_words() and not is_stop(words[at])
    return found


def _ended(words: Words, start: int, end: int) -> range:
    """Return the places of the clause that a wording ends; none where it goes on: "… cũng bị cấm"."""
    if words[start:end] not in _endings() or (end < len(words) and not is_stop(words[end])):
        return range(0)
    return range(next((at + 1 for at in range(start - 1, -1, -1) if words[at] in CLAUSE_ENDS), 0), start)


@cache
def _endings() -> frozenset[Words]:
    return frozenset(phrase(words) for words in table()["modality"]["ending"])


def key(marked: Marked, at: int, size: int = _KEY) -> tuple[Words, int]:
    """Return the next words of weight from a place on, and where they begin; fewer where the clause ends."""
    words = marked.words
    while at < len(words) and (words[at] in light_words() or (is_stop(words[at]) and words[at] not in CLAUSE_ENDS)):
        at += 1
    end = at
    while end < len(words) and end < at + size and not is_stop(words[end]) and "mark" not in marked.governed[end]:
        end += 1
    return words[at:end], at


def touches(source: Marked, group: Mark, start: int, end: int) -> bool:
    """Tell whether a wording stands in a quote, or so just before it that it governs its beginning."""
    _, begin, after = group
    return start <= begin < end or (begin < start <= after + _JUST and not CLAUSE_ENDS & set(source.words[after:start]))


def clause_after(words: Words, at: int) -> list[str]:
    """Return the words from a place to the end of the clause, a few at most."""
    end = at
    while end < min(len(words), at + _AFTER) and not is_stop(words[end]):
        end += 1
    return list(words[at:end])


def just_before(words: Words, at: int, start: int) -> list[str]:
    """Return the words before a place, back to a stop or to a start, a few at most."""
    begin = at
    while begin > max(start, at - _BEFORE) and not is_stop(words[begin - 1]):
        begin -= 1
    return list(words[begin:at])


def clause_before(words: Words, at: int, start: int) -> list[str]:
    """Return the words before a place, back to the end of a clause or to a start."""
    begin = at
    while begin > start and words[begin - 1] not in CLAUSE_ENDS:
        begin -= 1
    return [word for word in words[begin:at] if not is_stop(word)]


def clause_end(words: Words, at: int) -> int:
    """Return where the clause ends in which a place lies."""
    return next((end for end in range(at, len(words)) if words[end] in CLAUSE_ENDS), len(words))


def covered(wanted: Sequence[str], words: Words, least: float = COVERED) -> bool:
    """Tell whether a share of the weighty words of one text stands in another."""
    weighty = [word for word in wanted if word not in light_words()]
    return bool(weighty) and sum(word in words for word in weighty) >= least * len(weighty)
