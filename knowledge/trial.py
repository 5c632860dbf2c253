"""Ask an edition the questions it is tried against, in a process that nobody minds losing.

`python -m knowledge try DIRECTORY` reads the questions from standard input, as JSON lines. It prints an empty line for
each question that was asked, and at the end all trials as one line of JSON.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.assistant import Assistant
from knowledge.documents import Status
from knowledge.editions import embeddings_of, open_edition
from knowledge.evaluate import Question, Result, answer_all
from knowledge.settings import KnowledgeSettings, read_settings
from knowledge.verify import verify_opened

_MOST_CITED = 3


class Trial(BaseModel):
    """How an edition answered one question, by quotes."""

    model_config = ConfigDict(frozen=True)

    right: bool
    status: Status
    cited: tuple[str, ...]
    """The first sections that it cited: name of the document, and label."""


TRIALS = TypeAdapter(tuple[Trial, ...])
"""How the trials of a question set are written to JSON and read back."""


def declare(parser: ArgumentParser) -> None:
    """Take the edition's directory."""
    parser.add_argument("directory", type=Path, help="an edition, published or being built")
    parser.add_argument("--verify", action="store_true", help="first read it back whole")


def run(arguments: Namespace) -> int:
    """Ask, and print how each question was answered."""
    questions = [Question.model_validate_json(line) for line in sys.stdin if line.strip()]
    edition = open_edition(arguments.directory, embeddings_of(read_settings(KnowledgeSettings)))
    try:
        if arguments.verify:
            verify_opened(edition)
        results = answer_all(Assistant(edition), _counted(questions))
    finally:
        edition.close()
    sys.stdout.write(TRIALS.dump_json(tuple(map(_trial, results))).decode() + "\n")
    return 0


def _counted(questions: Iterable[Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        sys.stdout.write("\n")
        sys.stdout.flush()


def _trial(result: Result) -> Trial:
    cited = tuple(f"{citation.name}, {citation.label}" for citation in result.answer.citations[:_MOST_CITED])
    return Trial(right=result.right, status=result.answer.status, cited=cited)
