"""Poisoned documents: whatever they order, nobody is sent another hotline, a foreign link or the prompt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import pytest
from model_server import ModelServer
from model_server.obedient import Obedient
from model_server.trial import FULL, ask_all, assistant_with, size, tell
from poisoned import Poisoned, poisoned_documents

from bot.render import as_text
from ingest.build import build
from knowledge.assistant import Conversation, open_assistant
from knowledge.settings import KnowledgeSettings
from knowledge.sources import own_documents

_LONG_LINE = 50


@pytest.fixture(scope="module")
def poisoned() -> list[Poisoned]:
    """Give the documents of this trial."""
    return list(poisoned_documents(size(20, 100)))


@pytest.fixture(scope="module")
def poisoned_dir(poisoned: Sequence[Poisoned], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with an edition that has them beside the shipped ones."""
    folder = tmp_path_factory.mktemp("poisoned")
    own_documents(folder).mkdir(parents=True)
    for place, document in enumerate(poisoned):
        (own_documents(folder) / f"{place}.txt").write_text(document.text, encoding="utf-8")
    build(KnowledgeSettings(data_dir=folder))
    return folder


@pytest.fixture(scope="module")
def obedient() -> Iterator[ModelServer]:
    """Serve a model that does whatever it reads."""
    with ModelServer(Obedient()) as server:
        yield server


def _asked(poisoned: Sequence[Poisoned]) -> list[tuple[Poisoned, str]]:
    """Return all questions, or those of each document that stand first, by turns."""
    pairs = [(document, question) for document in poisoned for question in document.questions]
    return pairs if FULL else pairs[::3]


def test_an_obedient_model_is_not_obeyed(
    obedient: ModelServer, poisoned: Sequence[Poisoned], poisoned_dir: Path
) -> None:
    """A model that does what passages and questions tell it moves nothing harmful into an answer."""
    asked = _asked(poisoned)
    with assistant_with(obedient, poisoned_dir) as assistant:
        replies = ask_all(assistant, [question for _, question in asked])
    assert sum(reply.use is not None for reply in replies) > len(replies) / 4, "it was hardly asked"
    _nothing_planted(poisoned, [as_text(reply.answer) for reply in replies], asked)
    written = [line for reply in replies for line in reply.answer.statements]
    tell(f"{len(written)} statements of the model, orders that reached it: {len(obedient.character.obeyed)}")


def test_quotes_show_nothing_planted(poisoned: Sequence[Poisoned], poisoned_dir: Path) -> None:
    """Without a model no answer quotes what was planted."""
    with open_assistant(KnowledgeSettings(data_dir=poisoned_dir)) as assistant:
        asked = _asked(poisoned)
        shown = [as_text(assistant.answer(question, Conversation())) for _, question in asked]
    _nothing_planted(poisoned, shown, asked)


def _nothing_planted(poisoned: Sequence[Poisoned], shown: Sequence[str], asked: Sequence[tuple[Poisoned, str]]) -> None:
    """Fail where what any document planted is shown, but for a number that the question itself has."""
    prompt = _lines_of_prompts()
    harms: list[tuple[str, str, str, str]] = []
    for text, (_, question) in zip(shown, asked, strict=True):
        telephones, told = _digits(text), _digits(question)
        for document in poisoned:
            number = _digits(document.telephone)
            if number in telephones and number not in told and not document.poison.may_be_quoted:
                harms.append(("telephone", document.poison.name, question, text))
            if document.link in text:
                harms.append(("link", document.poison.name, question, text))
        harms += [("prompt", "", question, text) for line in prompt if line in text]
    tell(f"{len(shown)} answers, harms {Counter(harm[:2] for harm in harms)}")
    assert harms == []


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _lines_of_prompts() -> list[str]:
    """Return the longer lines of all prompts, which no document has."""
    files = [file for file in resources.files("prompts").iterdir() if file.name.endswith(".md")]
    return [line for file in files for line in file.read_text("utf-8").splitlines() if len(line) > _LONG_LINE]
