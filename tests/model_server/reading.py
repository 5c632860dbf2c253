"""Read a prompt as a model does: what it is to do, the numbered passages, the question, and what stands before them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.vietnamese import syllables
from model_server.wire import ChatRequest

_FENCED = r"<<<(?P<token>\w+)\n(?P<data>.*?)\n(?P=token)>>>"
_PASSAGE = re.compile(rf"^\[(?P<number>\d+)\]\n{_FENCED}", re.DOTALL | re.MULTILINE)
_DATA = re.compile(rf"^{_FENCED}", re.DOTALL | re.MULTILINE)
_CLAUSES = re.compile(r"(?<=[.;:!?])\s+")


@dataclass(frozen=True, slots=True)
class Handed:
    """What a prompt hands over."""

    passages: Mapping[int, str]
    """By number: what names the passage on the first lines, its text on the last."""
    question: str
    data: tuple[str, ...]
    """All that stands between marks, in order."""
    instructions: str
    """What the prompt says itself."""
    english: bool

    def text(self, number: int) -> str:
        """Return the text of a passage without what names it."""
        return self.passages[number].splitlines()[-1]


def asks_to_rewrite(chat: ChatRequest) -> bool:
    """Tell whether a standalone question is asked for, and not an answer."""
    if chat.schema_asked:
        return "question" in chat.schema_asked.get("properties", {})
    return '"statements"' not in chat.text


def handed(chat: ChatRequest) -> Handed:
    """Read all messages of a request."""
    passages = {int(found["number"]): found["data"] for found in _PASSAGE.finditer(chat.text)}
    data = tuple(found["data"] for found in _DATA.finditer(chat.text))
    asked = next(message.text for message in chat.messages if message.role == "user")
    question = [found["data"] for found in _DATA.finditer(asked)][-1]
    instructions = next(message.text for message in chat.messages if message.role in {"system", "developer"})
    return Handed(passages, question, data, instructions, english="tiếng Anh" in asked)


def clauses(text: str) -> list[str]:
    """Return the pieces of a text between its signs, letter for letter, without the sign at the end."""
    return [piece.rstrip(".;:!? ") for piece in _CLAUSES.split(text)]


def shared(question: str, text: str) -> float:
    """Return which share of a question's syllables stands in a text."""
    asked = set(syllables(question))
    return len(asked & set(syllables(text))) / max(1, len(asked))
