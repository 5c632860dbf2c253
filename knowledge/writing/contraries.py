"""Tell whether no word of a statement stands for its contrary in the quotes, and no "and" for "or"."""

from functools import cache
from typing import TYPE_CHECKING

from knowledge.writing.wording import Words, phrase, places_of, table

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
