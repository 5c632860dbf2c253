"""Answer questions from the command line: one, or a file of them, as a person reads it or as JSON."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from bot import texts
from bot.render import as_text
from bot.serving import Answering
from knowledge.assistant import Conversation
from knowledge.documents import Answer, Citation

_SHOWN = ("document_id", "document", "title", "issuer", "section", "label", "quote")


class Asked(BaseModel):
    """One line of a batch file."""

    model_config = ConfigDict(frozen=True)

    id: str | int
    question: str
    chat: str | int | None = None


class BatchError(Exception):
    """A batch file that cannot be read; the message is a Vietnamese sentence that names the line."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An answer with the time it took in milliseconds."""

    answer: Answer
    took_ms: float


async def ask(assistant: Answering, question: str, conversation: Conversation | None = None) -> Timed:
    """Answer one question and take the time."""
    start = time.perf_counter()
    reply = await assistant.reply(question, conversation or Conversation())
    return Timed(reply.answer, (time.perf_counter() - start) * 1000)


def as_object(id_: str | int, question: str, timed: Timed) -> dict[str, object]:
    """Return the one object by which every front end gives an answer."""
    return {
        "id": id_,
        "question": question,
        "status": timed.answer.status,
        "answer": as_text(timed.answer),
        "citations": [_citation(citation) for citation in timed.answer.citations],
        "engine": timed.answer.engine,
        "took_ms": round(timed.took_ms, 1),
    }


def _citation(citation: Citation) -> dict[str, str | None]:
    return {name: getattr(citation, name) for name in _SHOWN}


def read_batch(path: Path) -> list[Asked]:
    """Read a file of JSON lines; raises `BatchError` that names the line which is not as it should be."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(texts.BATCH_UNREADABLE.format(path=path)) from error
    return list(_asked(path, lines))


def _asked(path: Path, lines: Iterable[str]) -> Iterator[Asked]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield Asked.model_validate_json(line)
            except ValidationError as error:
                raise BatchError(texts.BATCH_LINE.format(path=path, line=number)) from error


async def answer_one(assistant: Answering, question: str, *, as_json: bool, out: TextIO = sys.stdout) -> None:
    """Print the answer to one question."""
    timed = await ask(assistant, question)
    print(_line(as_object("1", question, timed)) if as_json else as_text(timed.answer), file=out)


async def answer_batch(assistant: Answering, questions: Iterable[Asked], out: TextIO = sys.stdout) -> None:
    """Print one object a line, in the order of the questions; those of one chat are one conversation."""
    chats: defaultdict[str | int, Conversation] = defaultdict(Conversation)
    for asked in questions:
        conversation = chats[asked.chat] if asked.chat is not None else None
        timed = await ask(assistant, asked.question, conversation)
        print(_line(as_object(asked.id, asked.question, timed)), file=out, flush=True)


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
