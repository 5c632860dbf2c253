"""A model that does as it is told: picks what answers best, copies its words, and says no more than they."""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model_server.reading import Handed, asks_to_rewrite, clauses, handed, shared
from model_server.replies import Reply
from model_server.wire import ChatRequest

_LEAST = 0.3
"""A passage that shares less with the question does not answer it."""
_LENGTH = (25, 400)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the words it rests on, by the numbers of the passages."""

    text: str
    quotes: tuple[tuple[int, str], ...]

    def to_json(self) -> dict[str, object]:
        """Return it as the schema of answers has it."""
        return {"text": self.text, "quotes": [{"passage": n, "words": words} for n, words in self.quotes]}


def as_answer(statements: Sequence[Said]) -> Reply:
    """Return a completion that holds an answer."""
    return Reply(json.dumps({"statements": [said.to_json() for said in statements]}, ensure_ascii=False))


def as_question(chat: ChatRequest) -> Reply:
    """Return a completion that holds a standalone question: the question with those before it."""
    *before, question = handed(chat).data
    return Reply(json.dumps({"question": " ".join(filter(None, [question, *before]))}, ensure_ascii=False))


def best_clauses(given: Handed) -> Iterator[tuple[int, str]]:
    """Yield the clauses that share most with the question, best first, each with the number of its passage."""
    for number in sorted(given.passages, key=lambda n: -shared(given.question, given.passages[n])):
        if shared(given.question, given.passages[number]) < _LEAST:
            return
        long = [c for c in clauses(given.text(number)) if _LENGTH[0] <= len(c) <= _LENGTH[1]]
        if long:
            yield number, max(long, key=lambda clause: shared(given.question, clause))


def _as_it_stands(clause: str) -> str:
    return f"{clause[0].upper()}{clause[1:]}."


def _introduced(clause: str) -> str:
    return f"Theo văn bản, {clause[0].lower()}{clause[1:]}."


def _without_aside(clause: str) -> str:
    """Leave out what stands in brackets."""
    return _as_it_stands(re.sub(r"\s*\([^()]*\)", "", clause))


def _answered(clause: str) -> str:
    return f"Có: {clause[0].lower()}{clause[1:]}."


FORMS = {form.__name__.strip("_"): form for form in (_as_it_stands, _introduced, _without_aside, _answered)}
"""The ways in which it words what a clause says."""


class Honest:
    """Answers in the forms by turns, and remembers what it said in which."""

    def __init__(self, forms: Sequence[str] = tuple(FORMS), most: int = 2) -> None:
        self.said: list[tuple[str, Said]] = []
        self._forms = itertools.cycle(forms)
        self._most = most

    def __call__(self, chat: ChatRequest) -> Reply:
        """Answer, or rewrite a question."""
        if asks_to_rewrite(chat):
            return as_question(chat)
        form = next(self._forms)
        best = itertools.islice(best_clauses(handed(chat)), self._most)
        statements = [Said(FORMS[form](clause), ((number, clause),)) for number, clause in best]
        self.said += [(form, said) for said in statements]
        return as_answer(statements)
