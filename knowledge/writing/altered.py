"""Tell whether a statement that repeats a quote almost word for word alters just a word that turns its meaning.

Where most words of a statement stand in the quote in its order, a small difference between equal words is no
paraphrase: an added "không", a dropped "chưa" or "phải" for "được" is what a lie looks like.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from knowledge.writing.wording import Phrases, Words, is_stop, phrase, stands, table

_NEARLY = 0.7
"""Share of a statement's words that stand in the quote in its order."""
_SMALL = 5
"""Words that a small difference has at most, on either side."""
_BETWEEN = 1
_WILL = 10
"""Words within which somebody is named who has to agree."""


def is_altered(statement: Words, quotes: Sequence[Words]) -> bool:
    """Tell whether a statement alters a turning word of one of its quotes."""
    said = _plain(statement)
    return any(_alters(said, _plain(quote)) for quote in quotes)


def _plain(words: Words) -> list[str]:
    """Return words without stops; a "được" that needs somebody's will says no leave, and is left out."""
    plain = [word for word in words if not is_stop(word)]
    leave = phrase(table()["modality"]["leave"][0])[0]
    consent = [phrase(word) for word in table()["modality"]["consent"]]
    return [
        word
        for at, word in enumerate(plain)
        if word != leave or not any(stands(each, plain[at : at + _WILL]) for each in consent)
    ]


def _alters(said: list[str], quote: list[str]) -> bool:
    steps = SequenceMatcher(None, said, quote, autojunk=False).get_opcodes()
    equal = sum(end - start for kind, start, end, _, _ in steps if kind == "equal")
    if equal < _NEARLY * len(said):
        return False
    repeated = set(pairwise(said)) & set(pairwise(quote))
    moved = (_negations(said) - _negations(quote[max(0, _first(steps) - _SMALL) : steps[-1][4]])) % 2 == 0
    return any(
        _turns(_new(said[a : b + 1], repeated), quote[c:d], moved=moved)
        for a, b, c, d in _differences(steps)
        if a and b < len(said) and max(b - a, d - c) <= _SMALL
    )


def _new(words: list[str], repeated: AbstractSet[tuple[str, str]]) -> list[str]:
    """Return words but the last without those that stand before the same word in the quote."""
    return [one for one, two in pairwise(words) if (one, two) not in repeated]


def _differences(steps: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Return where two texts differ; differences with hardly a word between them are one."""
    found: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in steps:
        if kind == "equal":
            continue
        if found and a - found[-1][1] <= _BETWEEN and c - found[-1][3] <= _BETWEEN:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _first(steps: Sequence[tuple[str, int, int, int, int]]) -> int:
    """Return where in the quote the first words stand that the statement repeats."""
    return next(step[3] for step in steps if step[0] == "equal")


def _negations(words: list[str]) -> int:
    return _kinds(words)["negation"]


def _turns(mine: list[str], theirs: list[str], *, moved: bool) -> bool:
    """Tell whether a difference turns the meaning: not the same negations, another strength, another limit.

    Where the negations of the whole agree, one has only moved (`moved`).
    """
    one, other = _kinds(mine), _kinds(theirs)
    negated = not moved and (one["negation"] - other["negation"]) % 2
    if negated or one["only"] != other["only"] or one["except"] != other["except"]:
        return True
    if one["duty"] and not other["duty"] and (other["leave"] or other["may"]):
        return True
    weaker = (one["may"] and not other["may"]) or (one["leave"] and not other["leave"])
    return bool(
        (weaker and other["duty"] and not one["duty"]) or (one["may"] and not other["may"] and not other["leave"])
    )


def _kinds(words: list[str]) -> Counter[str]:
    return Counter(kind for kind, _, _ in _turning().find(words))


@cache
def _turning() -> Phrases:
    return Phrases({phrase(words): kind for kind, wordings in table()["turning"].items() for words in wordings})
