"""Tell whether it is the same body or person that acts in a statement and in its quotes."""

from collections.abc import Iterator, Sequence
from functools import cache

from knowledge.writing.wording import Phrases, Words, all_words, first_words, is_stop, phrase, table

_SENTENCE_ENDS = frozenset(".!?")
_BEGINS = 4
"""Words within which the actor of a statement is named."""


@cache
def _actors() -> Phrases:
    groups: Sequence[Sequence[str]] = table()["actors"]["groups"]
    return Phrases({phrase(words): group[0] for group in groups for words in group})


def _found(words: Words) -> Iterator[tuple[str, int, int]]:
    return _actors().find(words)


def are_known(statement: Words, known: Words, *, translated: bool) -> bool:
    """Tell whether everybody whom a statement names is named in what it rests on."""
    there = {who for who, _, _ in _found(known)} | set(table()["actors"]["everywhere"])
    often = set(table()["actors"]["often"]) if translated else set()
    return all(who in there or (who in often and start >= _BEGINS) for who, start, _ in _found(statement))


def words_of_known(statement: Words, known: Words) -> frozenset[str]:
    """Return the words with which a statement names somebody whom what it rests on names otherwise."""
    there = {who for who, _, _ in _found(known)}
    return frozenset(word for who, start, end in _found(statement) if who in there for word in statement[start:end])


def acts_the_same(statement: Words, passages: Sequence[Words]) -> bool:
    """Tell whether who begins the statement also stands before the deed in a passage that names anybody before it."""
    first = next((found for found in _found(statement) if found[1] < _BEGINS), None)
    if first is None:
        return True
    who, _, end = first
    deed = _deed(statement, end)
    before = [doers for words in passages for doers in _doers(deed, words)]
    named = [doers for doers in before if doers]
    return (
        not deed
        or len(named) < max(1, len(before))
        or any(who in doers for doers in named)
        or any(_is_place(who, words) for words in passages)
    )


def _is_place(who: str, words: Words) -> bool:
    """Tell whether somebody is named as where something is done: "tại các cơ sở khám, chữa bệnh"."""
    places = first_words("actors", "place")
    return any(who == found and places & set(words[max(0, start - 2) : start]) for found, start, _ in _found(words))


def _deed(statement: Words, at: int) -> Words:
    """Return the two words after what binds or allows; none in the passive, where who begins does not act."""
    start = at
    while at < len(statement) and statement[at] in _skipped():
        at += 1
    deed = statement[at : at + 2]
    passive = any(word in first_words("actors", "passive") for word in statement[start:at])
    return () if passive or len(deed) < 2 or any(map(is_stop, deed)) else deed  # noqa: PLR2004 - two words


def _doers(deed: Words, words: Words) -> Iterator[set[str]]:
    """Yield for each time the deed is named who is named before it in the sentence."""
    for at in range(len(words) - 1):
        if deed and words[at : at + 2] == deed:
            start = max((place for place in range(at) if words[place] in _SENTENCE_ENDS), default=-1)
            yield {who for who, _, end in _found(words) if start < end <= at}


@cache
def _skipped() -> frozenset[str]:
    kinds = ("duty", "advice", "leave", "light", "negation")
    return frozenset(word for kind in kinds for word in all_words("modality", kind))
