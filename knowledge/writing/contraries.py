"""Tell whether no word of a statement stands for its contrary in the quotes, and no "and" for "or"."""

from functools import cache
from typing import TYPE_CHECKING

from knowledge.writing.wording import CLAUSE_ENDS, Words, first_words, phrase, places_of, table

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def _opposites() -> tuple[tuple[Words, Words], ...]:
    pairs: Sequence[Sequence[str]] = table()["opposites"]["pairs"]
    return tuple((phrase(one), phrase(two)) for one, two in [*pairs, *(pair[::-1] for pair in pairs)])


def sides_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether no word of the statement stands for its contrary in the quotes."""

    def more(words: Words, one: Words, other: Words) -> bool:
        return len(places_of(words, one)) > len(places_of(words, other))

    return not any(more(one, statement, quoted) and more(two, quoted, statement) for one, two in _opposites())


def joints_agree(statement: Words, quoted: Words) -> bool:
    """Tell whether "and" stays "and" between the same two words, and "or" stays "or".

    Under a negation they say the same: "cấm A và B" forbids A or B.
    """
    other = {"and": "or", "or": "and"}
    there = _joined(quoted)
    return not any(
        (left, other[joint], right) in there and (left, joint, right) not in there
        for left, joint, right in _joined(statement)
    )


def _joined(words: Words) -> set[tuple[str, str, str]]:
    """Return the pairs of words that "and" or "or" joins, with no negation before them in the clause."""
    joints = {phrase(word)[0]: kind for kind, words_ in table()["joints"].items() for word in words_}
    found: set[tuple[str, str, str]] = set()
    negated = False
    for at, word in enumerate(words):
        negated = word in first_words("turning", "negation") or (negated and word not in CLAUSE_ENDS)
        if word in joints and not negated and 0 < at < len(words) - 1:
            found.add((words[at - 1], joints[word], words[at + 1]))
    return found
