"""Tell whether each number of a statement is on the side of it that its quotes speak of: below, above, at least.

How often something is to be done is as strict as a number.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.writing.wording import Phrases, Words, first_words, is_number, is_stop, phrase, stands, table, words_of


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
            # "ít nhất mỗi 6 tháng một lần" bounds how often, not the number.
            near = (at,) if at and words[at - 1] in first_words("bounds", "each") else (at, at - 1)
            sides = {before[place] for place in near if place in before}
            sides |= {after[place] for place in range(at + 1, at + 4) if place in after}
            yield word, frozenset(sides)


def bounds_agree(statement: Words, quoted: Words) -> bool:
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


def pairs_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether numbers that a statement puts together belong together in the quotes: the age and its amount."""
    there = set(_pairs(quoted))
    paired = {number for pair in there for number in pair}
    return all(pair in there or not pair <= paired for pair in _pairs(statement))


def _pairs(words: Words) -> Iterator[frozenset[str]]:
    """Yield every two numbers of a stretch between stops and joints, each with "<" where it is one from above."""
    found: list[str] = []
    for at, (word, sides) in enumerate(zip(words, _sided(words), strict=True)):
        if is_stop(word) or word in first_words("together", "apart"):
            found = []
        elif is_number(word) and not (at and words[at - 1] in first_words("together", "parts")):
            number = f"{word}<" if "under" in sides else word
            yield from (frozenset({number, other}) for other in found if other != number)
            found.append(number)


def _sided(words: Words) -> list[frozenset[str]]:
    """Return for each word the sides of it that a text speaks of; none but for numbers."""
    numbers = iter(_bounds(words))
    return [next(numbers)[1] if is_number(word) else frozenset() for word in words]


def times_stand(statement: Words, known: Words) -> bool:
    """Tell whether how often or how fast something is to be done stands in what is known."""
    often: Mapping[str, str] = table()["numbers"]["often"]
    return all(stands(words_of(unit), known) for words, unit in often.items() if stands(words_of(words), statement))
