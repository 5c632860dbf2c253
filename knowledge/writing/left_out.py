"""Tell whether a statement repeats what a quote forbids, limits or excepts, and leaves just that out."""

from knowledge.writing.marks import (
    COVERED,
    TOLD,
    Mark,
    Marked,
    Source,
    clause_after,
    clause_before,
    clause_end,
    covered,
    just_before,
    key,
    light_words,
    touches,
)
from knowledge.writing.wording import Words, first_words, is_number, places_of

_JUST = 2
_PARTLY = 0.4
"""Share of the words after a negation that a statement without any must repeat to be about the same thing."""
_HALF = 0.5
_WELL = 0.8
_LIMITS = TOLD | {"lack", "duty"}
"""One of these in a statement may stand for what a quote forbids."""


def is_left_out(said: Marked, source: Source, group: Mark, *, translated: bool) -> bool:
    """Tell whether a statement says what a wording of a quote governs, and has none like it there.

    `translated` words may stand in another order than the quote's.
    """
    marked, start, end = source
    kinds, begin, after = group
    if "except" in kinds and start <= begin <= end + _JUST:
        return _is_without_exception(said, clause_before(marked.words, begin, start))
    _, at = key(marked, after)
    if not TOLD & kinds or not touches(marked, group, start, end) or at >= end or _is_told_as_duty(said, marked, begin):
        return False
    window = clause_after(marked.words, at)
    if "forbidding" in kinds and not any(other[0] & _LIMITS for other in said.marks):
        return covered(window, said.words, _WELL)
    before = just_before(marked.words, begin, start)
    if _is_of_other_numbers(said, marked, begin) or not _is_spoken_of(said, kinds, window, before):
        return False
    if translated:
        return not any(_tells(TOLD & kinds, other[0]) for other in said.marks)
    return _is_ungoverned(said, TOLD & kinds, key(marked, after)[0], window)


def _is_of_other_numbers(said: Marked, marked: Marked, begin: int) -> bool:
    """Tell whether a statement gives numbers, and none of those that stand in the clause of a wording."""
    clause = clause_before(marked.words, clause_end(marked.words, begin), 0)
    numbers = {word for word in clause if is_number(word)}
    told = {word for word in said.words if is_number(word)}
    return bool(numbers and told) and not numbers & told


def _is_without_exception(said: Marked, before: list[str]) -> bool:
    return covered(before, said.words) and not any({"except", "only"} & other[0] for other in said.marks)


def _is_told_as_duty(said: Marked, marked: Marked, begin: int) -> bool:
    """Tell whether a condition that lacks something is told as a duty to have it."""
    conditions = first_words("modality", "conditions")
    return begin > 0 and marked.words[begin - 1] in conditions and any("duty" in other[0] for other in said.marks)


def _is_spoken_of(said: Marked, kinds: frozenset[str], window: list[str], before: list[str]) -> bool:
    """Tell whether a statement speaks of what a wording governs, and of what stands before it."""
    least = COVERED if any(TOLD & kinds & other[0] for other in said.marks) else _PARTLY
    return covered(window, said.words, least) and (not before or covered(before, said.words))


def _is_ungoverned(said: Marked, told: frozenset[str], wanted: Words, window: list[str]) -> bool:
    """Tell whether nothing like a wording governs in the statement what it governs in the quote."""
    around = [place for place, word in enumerate(said.words) if word in window and word not in light_words()]
    places = places_of(wanted, said.words) or places_of(wanted[:1], said.words)
    if not places and covered(window, said.words):
        places = around
    if not places or any(_tells(told, said.governed[place]) for place in places):
        return False
    return sum(_tells(told, said.governed[place]) for place in around) < _HALF * len(around)


def _tells(told: frozenset[str], kinds: frozenset[str]) -> bool:
    """Tell whether wordings say what is to be told; what lacks says the same as a negation."""
    return told <= (kinds | {"negation"} if "lack" in kinds else kinds)
