"""Keep who a person is from services that are asked with other forms of a question: single words, mended, translated.

A question is masked as it was written, for capitals, commas and the words between tell a name. Of the forms that
search makes of it little of that is left; so what the mask takes from the question is taken from them word by word.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from knowledge.masking import mask
from knowledge.vietnamese import fold

_WORD = re.compile(r"\w+")
_AT_ONCE = 256
_asked: ContextVar[tuple[str, ...]] = ContextVar("asked", default=())


@contextmanager
def answering(*questions: str) -> Iterator[None]:
    """Say for the work inside, in whatever thread, what a person asked; the questions before may still be leant on."""
    before = _asked.set((*_asked.get(), *questions))
    try:
        yield
    finally:
        _asked.reset(before)


def discreet(query: str) -> str:
    """Return a query without who the person is."""
    private = frozenset[str]().union(*map(_private, _asked.get()))
    return mask(_WORD.sub(lambda word: "" if fold(word[0]) in private else word[0], query))


@lru_cache(_AT_ONCE)
def _private(question: str) -> frozenset[str]:
    """Return the words that stand nowhere but in what the mask takes from a question."""
    return _words(question) - _words(mask(question))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
