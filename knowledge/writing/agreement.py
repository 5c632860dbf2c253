"""Tell whether a statement says what its quotes say: may, must or must not; who; below or above; all or only.

Words are compared as `wording.words_of` gives them. What binds, allows or forbids governs what follows it, up to the
next such wording or the end of the clause; what a statement puts under one must stand under one like it in the passage.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from knowledge.writing.wording import STOPS, Phrases, Words, is_number, is_stop, phrase, stands, table, words_of

_CLAUSE_ENDS = frozenset(".;:!?")
_KEY = 2
_TOLD = frozenset({"negation", "only", "except"})
"""What may neither be added nor left out."""
_JUST = 2
_BEFORE = 6
_COVERED = 0.6
"""Share of the words after a negation in the quote that a statement must repeat to be about the same thing."""
_PARTLY = 0.4
"""The same where the statement has no negation at all."""
_HALF = 0.5
_WINDOW = 5
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


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with what governs each of its words."""

    words: Words
    governed: tuple[frozenset[str], ...]
    """For each word the kinds of the nearest wordings before it: `negation`, `duty`, `leave` …"""
    marks: tuple[tuple[frozenset[str], int, int], ...]
    """Each group of such wordings: its kinds, and where it begins and ends."""


_MEANT = {
    "negation": frozenset({"negation"}),
    "forbidding": frozenset({"negation", "forbidding"}),
    "exempting": frozenset({"negation", "exempting"}),
    **{kind: frozenset({kind}) for kind in ("lack", "duty", "advice", "leave", "may", "only", "except")},
}
"""What each kind of wording counts as."""
_TWICE = frozenset({"twice negated"})


def _provided(words: Words, group: tuple[frozenset[str], int, int]) -> tuple[frozenset[str], int, int]:
    """Mark an "only" that a condition follows in its clause: "chỉ được … khi"."""
    kinds, start, end = group
    rest = words[end : next((at for at in range(end, len(words)) if words[at] in _CLAUSE_ENDS), len(words))]
    conditions = {phrase(word)[0] for word in table()["modality"]["provided"]}
    return (kinds | {"provided"}, start, end) if "only" in kinds and conditions & set(rest) else group


@cache
def _forbids() -> frozenset[str]:
    return frozenset(letters for words in table()["modality"]["forbids"] for letters in phrase(words))


def forbids(heading: str, opening: str) -> bool:
    """Tell whether a heading, or the sentence that opens a list, forbids what stands under it."""
    above = (("forbidding_heading", heading), ("forbidding_opening", opening))
    return any(stands(phrase(words), words_of(text)) for kind, text in above for words in table()["modality"][kind])


@cache
def _turns() -> frozenset[str]:
    return frozenset(phrase(word)[0] for word in table()["modality"]["turns"])


@cache
def _modality() -> Phrases:
    return Phrases({phrase(words): kind for kind in (*_MEANT, "none") for words in table()["modality"][kind]})


@cache
def _light() -> frozenset[str]:
    return frozenset(letters for words in table()["modality"]["light"] for letters in phrase(words))


def _mark(words: Words, *, forbidden: bool = False) -> _Marked:
    """Find the wordings of a text and what each governs; what is forbidden from above is so where nothing is said."""
    reach = table()["modality"]["reach"]
    groups: list[tuple[frozenset[str], int, int]] = []
    for kind, start, end in _modality().find(words):
        if kind == "none":
            continue
        if groups and groups[-1][2] == start:
            both = _TWICE if "negation" in groups[-1][0] & _MEANT[kind] else frozenset()
            groups[-1] = (groups[-1][0] | _MEANT[kind] | both, groups[-1][1], end)
        else:
            groups.append((_MEANT[kind], start, end))
    groups = [_provided(words, group) for group in groups]
    governed: list[frozenset[str]] = [_MEANT["forbidding"] if forbidden else frozenset()] * len(words)
    for kinds, _, end in groups:
        left = reach
        for at in range(end, len(words)):
            if words[at] in _CLAUSE_ENDS or words[at] in _turns() or left == 0:
                break
            governed[at] = kinds
            left -= words[at] not in _light() and not is_stop(words[at])
    for _, start, end in groups:
        governed[start:end] = [frozenset({"mark"})] * (end - start)
    return _Marked(words, tuple(governed), tuple(groups))


def _key(marked: _Marked, at: int, size: int = _KEY) -> tuple[Words, int]:
    """Return the next words of weight from a place on, and where they begin; fewer where the clause ends."""
    words = marked.words
    while at < len(words) and (words[at] in _light() or (is_stop(words[at]) and words[at] not in _CLAUSE_ENDS)):
        at += 1
    end = at
    while end < len(words) and end < at + size and not is_stop(words[end]) and "mark" not in marked.governed[end]:
        end += 1
    return words[at:end], at


def _places(key: Words, words: Words) -> list[int]:
    """Return where words stand in a text; where two do not, the first of them alone if it is the only one there."""
    size = len(key)
    return [at for at in range(len(words) - size + 1) if words[at : at + size] == key] if size else []


def disagreement(
    statement: Words,
    quoted: Words,
    passages: Sequence[Quoted],
    *,
    translated: bool = False,
) -> str | None:
    """Return in what a statement disagrees with its quotes; None where it does not.

    `translated` words may stand in another order than the quotes'.
    """
    if any(_repeats(statement, each) for each in passages):
        return None
    said = _mark(statement)
    sources = [(_mark(each.words, forbidden=each.forbidden), each.start, each.end) for each in passages]
    if any(each.forbidden for each in passages) and not any(word in statement for word in _forbids()):
        return "modality"
    if not _modality_agrees(said, sources, translated=translated):
        return "modality"
    if not _bounds_agree(statement, quoted):
        return "number"
    if not (_sides_agree(statement, quoted) and _joints_agree(statement, quoted)):
        return "contrary"
    return None


def _repeats(statement: Words, quoted: Quoted) -> bool:
    """Tell whether a statement repeats whole clauses of a quote word for word."""
    while statement and is_stop(statement[-1]):
        statement = statement[:-1]
    ends = [at + len(statement) for at in _places(statement, quoted.words[: quoted.end])]
    return not quoted.forbidden and any(
        quoted.start <= end - len(statement)
        and (end == len(statement) or quoted.words[end - len(statement) - 1] in _CLAUSE_ENDS)
        and (end == len(quoted.words) or quoted.words[end] in _CLAUSE_ENDS)
        for end in ends
    )


def _modality_agrees(said: _Marked, sources: Sequence[tuple[_Marked, int, int]], *, translated: bool) -> bool:
    return all(_mark_stands(said, mark, sources, translated=translated) for mark in said.marks) and not any(
        _is_left_out(said, source, mark, translated=translated) for source in sources for mark in source[0].marks
    )


def _mark_stands(
    said: _Marked,
    mark: tuple[frozenset[str], int, int],
    sources: Sequence[tuple[_Marked, int, int]],
    *,
    translated: bool,
) -> bool:
    """Tell whether a wording of the statement governs what one like it governs in a passage."""
    kinds, _, end = mark
    if not _key(said, end)[0]:
        return kinds == {"negation"} or any(kinds == group[0] for source, _, _ in sources for group in source.marks)
    found = _governing(_key(said, end)[0], sources) or _governing(_key(said, end, 1)[0], sources)
    if translated:
        told = (_TOLD | {"lack"} if "negation" in kinds else _TOLD) & kinds
        found = [governing - _TOLD for governing in found]
        return _is_anywhere(told, said, sources) and (not found or any(_binds(kinds, g) for g in found))
    if found:
        return _is_passive(said, mark) or any(_fits(kinds, governing) for governing in found)
    told = _TOLD & kinds - ({"only"} if "provided" in kinds else set())
    return _is_anywhere(told, said, sources)


def _is_passive(said: _Marked, mark: tuple[frozenset[str], int, int]) -> bool:
    """Tell whether a leave only makes a passive under a duty named before it: "phải phù hợp và được sắp xếp"."""
    kinds, start, _ = mark
    before = [
        group for group in said.marks if group[1] < start and not _CLAUSE_ENDS & set(said.words[group[2] : start])
    ]
    return kinds == {"leave"} and any("duty" in group[0] for group in before)


def _is_anywhere(told: frozenset[str], said: _Marked, sources: Sequence[tuple[_Marked, int, int]]) -> bool:
    """Tell whether a quote has wordings like these, over something that the statement speaks of as well."""
    found = frozenset(
        kind
        for marked, start, end in sources
        for group in marked.marks
        if _touches(marked, group, start, end) and _is_spoken_of(said, marked, group, start)
        for kind in group[0]
    )
    stands_for = {"negation"} if "lack" in found and "lack" not in told else set()
    return told - {"lack"} <= found | stands_for


def _is_spoken_of(said: _Marked, marked: _Marked, group: tuple[frozenset[str], int, int], start: int) -> bool:
    """Tell whether a statement speaks of what a wording governs, and of what stands before it."""
    _, begin, after = group
    before = _clause_before(marked.words, begin, max(start, begin - _BEFORE))
    return _covered(_clause_after(marked.words, after), said.words, _HALF) and (
        not before or _covered(before, said.words, _HALF)
    )


def _governing(key: Words, sources: Sequence[tuple[_Marked, int, int]]) -> list[frozenset[str]]:
    """Return what governs some words wherever they stand in the quotes; an order to do them governs as well."""
    return [
        source.governed[at] or (_ORDERED if _is_ordered(source.words, at) else frozenset())
        for source, start, end in sources
        for at in _places(key, source.words)
        if start <= at < end and "mark" not in source.governed[at]
    ]


def _is_ordered(words: Words, at: int) -> bool:
    """Tell whether a deed begins its clause, or follows who is to do it: "Tăng cường …", "Trường báo …"."""
    while at and (words[at - 1] in _light() or words[at - 1] in _doers()):
        at -= 1
    return at == 0 or is_stop(words[at - 1])


@cache
def _doers() -> frozenset[str]:
    groups: Sequence[Sequence[str]] = table()["actors"]["groups"]
    return frozenset(letters for group in groups for words in group for letters in phrase(words))


def _touches(source: _Marked, group: tuple[frozenset[str], int, int], start: int, end: int) -> bool:
    """Tell whether a wording stands in a quote, or so just before it that it governs its beginning."""
    _, begin, after = group
    return start <= begin < end or (
        begin < start <= after + _JUST and not _CLAUSE_ENDS & set(source.words[after:start])
    )


_CONTRARY = {
    "duty": frozenset({"leave", "may", "advice"}),
    "advice": frozenset({"duty", "leave"}),
    "leave": frozenset({"duty"}),
    "may": frozenset({"duty", "ordered"}),
    "forbidding": frozenset({"exempting"}),
    "exempting": frozenset({"forbidding"}),
}


def _fits(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether what governs words in a statement may stand for what governs them in the quote."""
    if not _negates_alike(kinds, governing):
        return False
    only = {"only"} & kinds - governing and not ("provided" in kinds and "duty" in governing)
    return not (only or {"except"} & kinds - governing) and _binds(kinds, governing)


def _negates_alike(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether both negate or neither does; what lacks may stand for a negation, but not beside one."""
    negated, lacking = "negation" in governing, "lack" in governing
    if "negation" in kinds:
        return negated if "lack" in kinds else negated != lacking
    return not (negated and lacking) if "lack" in kinds else not negated


def _binds(kinds: frozenset[str], governing: frozenset[str]) -> bool:
    """Tell whether a statement makes of a duty no leave, and of a leave no duty."""
    if _TWICE & kinds - governing:
        return False
    return not any(
        kind in kinds and kind not in governing and contrary & governing and not contrary & kinds
        for kind, contrary in _CONTRARY.items()
    )


def _is_left_out(
    said: _Marked, source: tuple[_Marked, int, int], mark: tuple[frozenset[str], int, int], *, translated: bool
) -> bool:
    """Tell whether the statement repeats what a quote forbids, limits or excepts, and leaves just that wording out."""
    marked, start, end = source
    kinds, begin, after = mark
    told = _TOLD & kinds
    if "except" in told and start <= begin <= end + _JUST:
        before = _clause_before(marked.words, begin, start, _CLAUSE_ENDS)
        return _covered(before, said.words) and not any({"except", "only"} & group[0] for group in said.marks)
    if not told or not _touches(marked, mark, start, end):
        return False
    if _is_condition(marked.words, begin) and any("duty" in group[0] for group in said.marks):
        return False
    before = _clause_before(marked.words, begin, max(start, begin - _BEFORE))
    key, at = _key(marked, after)
    window = _clause_after(marked.words, at)
    least = _COVERED if any(told & group[0] for group in said.marks) else _PARTLY
    if at >= end or not _covered(window, said.words, least) or (before and not _covered(before, said.words)):
        return False
    if translated:
        return not any(told & (group[0] | _lacking(group[0])) for group in said.marks)
    places = _places(key, said.words) or _places(key[:1], said.words)
    if not places and _covered(window, said.words):
        places = [place for place, word in enumerate(said.words) if word in window and word not in _light()]
    governed = [said.governed[place] for place in places]
    return bool(governed) and not any(told <= governing | _lacking(governing) for governing in governed)


def _lacking(kinds: frozenset[str]) -> frozenset[str]:
    """Return a negation for what says the same without one."""
    return frozenset({"negation"}) if "lack" in kinds else frozenset()


def _is_condition(words: Words, at: int) -> bool:
    return at > 0 and words[at - 1] in {phrase(word)[0] for word in table()["modality"]["conditions"]}


def _clause_after(words: Words, at: int) -> list[str]:
    """Return the words from a place to the end of the clause, a few at most."""
    end = at
    while end < min(len(words), at + _WINDOW) and not is_stop(words[end]):
        end += 1
    return list(words[at:end])


def _clause_before(words: Words, at: int, start: int, ends: AbstractSet[str] = STOPS) -> list[str]:
    """Return the words before a place, back to the end of a clause or to a start."""
    begin = at
    while begin > start and words[begin - 1] not in ends:
        begin -= 1
    return [word for word in words[begin:at] if not is_stop(word)]


def _covered(wanted: Sequence[str], words: Words, least: float = _COVERED) -> bool:
    weighty = [word for word in wanted if word not in _light()]
    return bool(weighty) and sum(word in words for word in weighty) >= least * len(weighty)


@cache
def _bound_words() -> Phrases:
    kinds = ("under", "over", "least", "most", "before", "after")
    return Phrases({phrase(words): kind for kind in kinds for words in table()["bounds"][kind]})


@cache
def _bound_words_after() -> Phrases:
    return Phrases({phrase(words): kind for kind in ("least", "most") for words in table()["bounds"][f"{kind}_after"]})


def _bounds(words: Words) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each number with the sides of it that a text speaks of; none where it speaks of none."""
    before = {end: kind for kind, _, end in _bound_words().find(words)}
    after = {start: kind for kind, start, _ in _bound_words_after().find(words)}
    for at, word in enumerate(words):
        if is_number(word):
            sides = {before[place] for place in (at, at - 1) if place in before}
            sides |= {after[place] for place in range(at + 1, at + 4) if place in after}
            yield word, frozenset(sides)


def _bounds_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether each number of the statement is on the side of it that the quote speaks of."""
    known: dict[str, list[frozenset[str]]] = {}
    for number, sides in _bounds(quoted):
        known.setdefault(number, []).append(_alike(sides))
    return all(
        number not in known or any(_same_side(_alike(sides), other) for other in known[number])
        for number, sides in _bounds(statement)
    )


def _alike(sides: frozenset[str]) -> frozenset[str]:
    """Return sides with one for those that may stand for each other."""
    first = {kind: kinds[0] for kinds in table()["bounds"]["like"] for kind in kinds}
    return frozenset(first.get(side, side) for side in sides)


def _same_side(one: frozenset[str], other: frozenset[str]) -> bool:
    strict = frozenset(table()["bounds"]["strict"])
    return one & strict == other & strict and (bool(one & other) or not (one and other))


@cache
def _opposites() -> tuple[tuple[Words, Words], ...]:
    pairs: Sequence[Sequence[str]] = table()["opposites"]["pairs"]
    return tuple((phrase(one), phrase(two)) for one, two in [*pairs, *(pair[::-1] for pair in pairs)])


def _sides_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether no word of the statement stands for its contrary in the quotes."""

    def more(words: Words, one: Words, other: Words) -> bool:
        return len(_places(words, one)) > len(_places(words, other))

    return not any(more(one, statement, quoted) and more(two, quoted, statement) for one, two in _opposites())


def _joints_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether "and" stays "and" between the same two words, and "or" stays "or"."""
    joints = {phrase(word)[0]: kind for kind, words in table()["joints"].items() for word in words}

    def joined(words: Words) -> set[tuple[str, str, str]]:
        inner = range(1, len(words) - 1)
        return {(words[at - 1], joints[words[at]], words[at + 1]) for at in inner if words[at] in joints}

    there = joined(quoted)
    other = {"and": "or", "or": "and"}
    return not any(
        (left, other[joint], right) in there and (left, joint, right) not in there
        for left, joint, right in joined(statement)
    )
