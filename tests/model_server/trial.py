"""Ask many questions at once, of as many as the trial is to have: a few in `make test`, all in `make trial`."""

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from pydantic import SecretStr

from knowledge.assistant import Assistant, Conversation, Reply
from knowledge.chat_models import chat_model_of
from knowledge.editions import embeddings_of, open_current
from knowledge.evaluate import read_questions
from knowledge.reranking import reranker_of
from knowledge.settings import KnowledgeSettings
from knowledge.sources import QUESTION_SETS
from knowledge.writing.spending import Limits
from model_server.server import KEY, ModelServer

FULL = bool(os.environ.get("TRIAL"))
"""`make trial` sets it."""
_KINDS = {"fact", "duty", "report", "compare", "informal", "english", "typo", "law"}
_AT_ONCE = 8


def size(quick: int, full: int) -> int:
    """Return how many to try."""
    return full if FULL else quick


def tell(numbers: str) -> None:
    """Tell what was measured; pytest shows it with `-s`."""
    sys.stdout.write(f"\n{numbers}\n")


def questions(count: int) -> list[str]:
    """Return so many questions of the project's sets that ask for what sentences say, from all parts of the sets."""
    asked = [q.question for path in QUESTION_SETS for q in read_questions(path) if q.kind in _KINDS]
    step = max(1, len(asked) // count)
    return list(islice(cycle(asked[::step]), count))


@contextmanager
def assistant_with(
    server: ModelServer, data_dir: Path, limits: Limits | None = None, **more: object
) -> Iterator[Assistant]:
    """Open an assistant whose model is the server's; `more` are further settings."""
    known = {"data_dir": data_dir, "openai_api_key": SecretStr(KEY), "openai_base_url": server.url}
    settings = KnowledgeSettings.model_validate(known | {"chat_model": "scripted"} | more)
    model = chat_model_of(settings)
    assert model is not None
    model.load()  # takes longer than the strictest limits
    edition = open_current(data_dir, embeddings_of(settings))
    try:
        yield Assistant(edition, model, limits or Limits(), reranker_of(settings))
    finally:
        edition.close()


def ask_all(assistant: Assistant, asked: Sequence[str], at_once: int = _AT_ONCE) -> list[Reply]:
    """Ask each question as the first of a conversation, some at once, and return the replies in order."""
    return asyncio.run(_ask_all(assistant, asked, at_once))


async def _ask_all(assistant: Assistant, asked: Sequence[str], at_once: int) -> list[Reply]:
    places = asyncio.Semaphore(at_once)

    async def ask(question: str) -> Reply:
        async with places:
            return await assistant.reply(question, Conversation())

    return list(await asyncio.gather(*map(ask, asked)))
