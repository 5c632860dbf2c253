"""Tell whether a statement says may, must or must not where its quotes do.

What a statement puts under a wording that binds, allows or forbids must stand under one like it in the passage, and no
negation, limit or exception may be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.writing.left_out import is_left_out
from knowledge.writing.marks import (
    TOLD,
    TWICE,
    Mark,
    Marked,
    Source,
    clause_after,
    covered,
    just_before,
    key,
    light_words,
    mark,
    touches,
)
from knowledge.writing.wording import (
    CLAUSE_ENDS,
    Words,
    all_words,
    first_words,
    is_stop,
    phrase,
    places_of,
    stands,
    table,
    words_of,
)

_HALF = 0.5
"""Share of the words around a wording in the quote that a statement must repeat to have it."""
_STRICT = frozenset({"duty", "only"})
_FORBIDDING = frozenset({"forbidding"})
_ORDERED = frozenset({"ordered"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with what is quoted of it, so that a negation just before a quote is not lost."""

    words: Words
    """Of the whole passage."""
    start: int
    end: int
    """Where the quote begins and ends among them."""
    forbidden: bool
    """What stands above the passage forbids what it says."""


def forbids(heading: str, opening: str) -> bool:
    """Tell whether a heading, or the sentence that opens a list, forbids what stands under it."""
    above = (("forbidding_heading", heading), ("forbidding_opening", opening))
    return any(stands(phrase(words), words_of(text)) for kind, text in above for words in table()["modality"][kind])


def modality_agrees(statement: Words, passages: Sequence[Quoted], *, translated: bool) -> bool:
    """Tell whether a statement binds, allows and forbids what the quoted passages do, no more and no less."""
    if any(each.forbidden for each in passages) and all_words("modality", "forbids").isdisjoint(statement):
        return False
    said = mark(statement)
    sources = [(mark(each.words, forbidden=each.forbidden), each.start, each.end) for each in passages]
    if _excepts_nothing(statement, sources):
        return False
    return all(_stands(said, group, sources, translated=translated) for group in said.marks) and not any(
        is_left_out(said, source, group, translated=translated) for source in sources for group in source[0].marks
    )


def _excepts_nothing(statement: Words, sources: Sequence[Source]) -> bool:
    """Tell whether a statement holds for all cases what the quotes make exceptions from, or put under a condition."""
    absolute = [phrase(words) for words in table()["modality"]["absolute"] if stands(phrase(words), statement)]
    quoted = [source.words[start:end] for source, start, end in sources]
    added = any(not any(stands(words, quote) for quote in quoted) for words in absolute)
    conditional = any(first_words("modality", "conditions") & {*quote} for quote in quoted)
    return added and (conditional or any("except" in kinds for kinds in _kinds(sources)))


def _stands(said: Marked, group: Mark, sources: Sequence[Source], *, translated: bool) -> bool:
    """Tell whether a wording of the statement governs what one like it governs in a passage."""
    kinds, _, end = group
    wanted, _ = key(said, end)
    there = _kinds(sources)
    if not wanted:
        return kinds in ({"negation"}, {"leave"}) or kinds in there
    if "except" in kinds and _is_vague(clause_after(said.words, end)):
        return any("except" in other for other in there)
    if "provided" in kinds and any(other & _STRICT for other in there):
        return True
    found = _governing(wanted, sources) or _governing(wanted[:1], sources)
    agrees = _stands_translated if translated else _stands_in_order
    return _is_at_all(kinds, there, found=bool(found)) and agrees(said, group, found, sources)


def _stands_in_order(said: Marked, group: Mark, found: Sequence[frozenset[str]], sources: Sequence[Source]) -> bool:
    """Tell whether a wording is like one that governs the same words in the quotes, or one over the same subject."""
    if found:
        return _is_passive(said, group) or any(_fits(group[0], governing) for governing in found)
    return _is_anywhere(TOLD & group[0], said, sources)


def _stands_translated(said: Marked, group: Mark, found: Sequence[frozenset[str]], sources: Sequence[Source]) -> bool:
    """Tell the same of a statement whose words stand in another order."""
    kinds = group[0]
    told = (TOLD | {"lack"} if "negation" in kinds else TOLD) & kinds
    there = any(told <= governing for governing in found) or _is_anywhere(told, said, sources)
    governed = [governing for governing in found if governing] or found
    return there and (not governed or any(_binds(kinds, governing - TOLD) for governing in governed))


def _kinds(sources: Sequence[Source]) -> list[frozenset[str]]:
    """Return the kinds of every wording of the quotes."""
    return [group[0] for marked, start, end in sources for group in marked.marks if touches(marked, group, start, end)]


def _is_at_all(kinds: frozenset[str], groups: Sequence[frozenset[str]], *, found: bool) -> bool:
    """Tell whether the quotes allow anything where the statement does, and lack anything where it does."""
    there = frozenset(kind for group in groups for kind in group)
    allows = found or "negation" in kinds or not kinds & {"may", "right"} or bool(there & {"leave", "may", "advice"})
    return allows and ("lack" not in kinds or bool(there & {"lack", "negation"}))


def _is_vague(words: Sequence[str]) -> bool:
    """Tell whether an exception is not named: "trừ một số trường hợp"."""
    return all_words("modality", "vague").issuperset(words)


def _is_passive(said: Marked, group: Mark) -> bool:
    """Tell whether a leave only makes a passive under what binds before it: "phải phù hợp và được sắp xếp"."""
    kinds, start, _ = group
    before = [other for other in said.marks if other[1] < start and not CLAUSE_ENDS & set(said.words[other[2] : start])]
    return kinds == {"leave"} and any({"duty", "advice"} & other[0] for other in before)


def _is_anywhere(told: frozenset[str], said: Marked, sources: Sequence[Source]) -> bool:
    """Tell whether a quote has wordings like these, over something that the statement speaks of as well."""
    found = frozenset(
        kind
        for marked, start, end in sources
        for group in marked.marks
        if touches(marked, group, start, end) and _is_spoken_of(said, marked, group, start)
        for kind in group[0]
    )
    stands_for = {"negation"} if "lack" in found and "lack" not in told else set()
    return told - {"lack"} <= found | stands_for


def _is_spoken_of(said: Marked, marked: Marked, group: Mark, start: int) -> bool:
    """Tell whether a statement speaks of what a wording governs, and of what stands before it."""
    _, begin, after = group
    before = just_before(marked.words, begin, start)
    return covered(clause_after(marked.words, after), said.words, _HALF) and (
        not before or covered(before, said.words, _HALF)
    )


def _governing(wanted: Words, sources: Sequence[Source]) -> list[frozenset[str]]:
    """Return what governs some words wherever they stand in the quotes; an order to do them governs as well."""
    return [
        source.governed[at] or (_ORDERED if _is_ordered(source.words, at) else frozenset())
        for source, start, end in sources
        for at in places_of(wanted, source.words)
        if start <= at < end and "mark" not in source.governed[at]
    ]


def _is_ordered(words: Words, at: int) -> bool:
    """Tell whether a deed begins its clause, or follows who is to do it: "Tăng cường …", "Trường báo …"."""
    while at and (words[at - 1] in light_words() or words[at - 1] in _doers()):
        at -= 1
    return at == 0 or is_stop(words[at - 1])


@cache
def _doers() -> frozenset[str]:
    groups: Sequence[Sequence[str]] = table()["actors"]["groups"]
    return frozenset(letters for group in groups for words in group for letters in phrase(words))


_CONTRARY = {
    "duty": frozenset({"leave", "may", "advice", "forbidding", "exempting"}),
    "advice": frozenset({"duty", "leave"}),
    "leave": frozenset({"duty", "forbidding"}),
    "may": frozenset({"duty", "ordered", "forbidding"}),
    "forbidding": frozenset({"exempting"}),
    "exempting": frozenset({"forbidding"}),
}


def _fits(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether what governs words in a statement may stand for what governs them in the quote."""
    if not _negates_alike(kinds, governing):
        return False
    return not {"only", "except"} & kinds - governing and _binds(kinds, governing)


def _negates_alike(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether both negate or neither does; what lacks may stand for a negation, but not beside one."""
    negated, lacking = "negation" in governing, "lack" in governing
    if "negation" in kinds:
        return negated if "lack" in kinds else negated != lacking
    return not (negated and lacking) if "lack" in kinds else not negated


def _binds(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether a statement makes of a duty no leave, and of a leave no duty."""
    if TWICE & kinds - governing:
        return False
    passed_over = _FORBIDDING if "negation" in kinds else frozenset()
    return not any(
        kind in kinds and kind not in governing and contrary & governing - passed_over and not contrary & kinds
        for kind, contrary in _CONTRARY.items()
    )
