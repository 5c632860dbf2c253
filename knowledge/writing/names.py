"""Hold the names of a statement against what it rests on: bodies, places, documents, people."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.writing.wording import Words, is_stop, plain_words_of, stands, table, written_out

_CAPITAL = re.compile(r"[^\W\d_]\w*(?:[-/&.][^\W_]+)*|[.!?:;,()“”\"]")
_SENTENCE_ENDS = frozenset(".!?:")
_OPENINGS = frozenset('“"(')
_FRAGMENT = 2


def names_stand(text: str, known: Words) -> bool:
    """Tell whether each name of a text stands among known words, whole or in pieces of two words."""
    return all(_stands_in_pieces(plain_words_of(name), known) for name in _names(_prefix().sub("", written_out(text))))


def _names(text: str) -> Iterator[str]:
    """Yield the names of a text: runs of words with capitals."""
    tokens = [(found[0], found.start(), found.end()) for found in _CAPITAL.finditer(text)]
    at = 0
    begins = True
    while at < len(tokens):
        word = tokens[at][0]
        if not word[0].isalpha():
            begins = word in _SENTENCE_ENDS or (begins and word in '“"(')
            at += 1
            continue
        end = at
        while end < len(tokens) and tokens[end][0][0].isupper():
            end += 1
        first = at + 1 if begins and (end == at + 1 or not _is_body(word)) else at
        name, whole = (text[tokens[begin][1] : tokens[end - 1][2]] for begin in (min(first, end - 1), at))
        if end > first and not {plain_words_of(name), plain_words_of(whole)} & _always():
            yield name
        at = max(end, at + 1)
        begins = False


@cache
def _heads() -> frozenset[str]:
    return frozenset(table()["names"]["heads"])


def _is_body(word: str) -> bool:
    """Tell whether a word begins the name of a body."""
    return word.lower() in _heads()


def _stands_in_pieces(name: Words, known: Words) -> bool:
    """Tell whether a name is covered by pieces of at least two words that stand in what is known."""
    name = tuple(word for word in name if not is_stop(word))
    if len(name) < _FRAGMENT or stands(name, known):
        return stands(name, known)
    covered = [False] * len(name)
    for start in range(len(name) - 1):
        for end in range(len(name), start + 1, -1):
            if stands(name[start:end], known):
                covered[start:end] = [True] * (end - start)
                break
    return all(covered)


@cache
def _prefix() -> re.Pattern[str]:
    """Return what may stand before a name that is known: "thành phố Hải Phòng"."""
    return re.compile(rf"(?<!ủy )(?<!Ủy )(?i:\b(?:{'|'.join(table()['names']['before'])}))\s+(?=[^\W\d_a-zđ])")


@cache
def _always() -> frozenset[Words]:
    return frozenset(plain_words_of(words) for words in table()["names"]["always"])
