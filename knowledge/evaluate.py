"""Try an assistant against question sets: right section, required words, refusals and disclosures, per kind.

With `--engine model` the configured model writes where it may, and the table of `knowledge.faithfulness` says what
came of that. With `--trusts` the sets are tried once for each weight of the vectors.
"""

import asyncio
import json
import statistics
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from knowledge.assistant import Assistant, Conversation, open_assistant
from knowledge.chat_models import chat_model_of
from knowledge.documents import Answer
from knowledge.editions import embeddings_of, open_current
from knowledge.errors import QuestionSetError
from knowledge.faithfulness import faithfulness, faithfulness_table
from knowledge.settings import KnowledgeSettings, SettingsError, read_settings, sentence
from knowledge.sources import QUESTION_SETS
from knowledge.writing.model_use import ModelUse

_AMONG = 3
_AT_ONCE = 4  # as many as a small local model serves without making them wait for each other


class Gold(BaseModel):
    """A section that answers a question."""

    model_config = ConfigDict(frozen=True)

    document: str
    """The document's number, or its issuer where it has none."""
    section: str


class Question(BaseModel):
    """One line of a question set."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    must: tuple[str, ...] = ()
    """Words that a right answer shows; `|` stands between alternatives."""
    chat: str | None = None

    def of_any_edition(self) -> Self:
        """Return what any edition is asked: the words for a law are its digest's, and its text may use others."""
        return self.model_copy(update={"must": ()}) if self.kind == "law" else self


@dataclass(frozen=True, slots=True)
class Result:
    """How one question was answered."""

    question: Question
    answer: Answer
    took_ms: float
    use: ModelUse | None = None

    @property
    def first(self) -> bool:
        """The first citation is a section that answers."""
        return self._cited(1)

    @property
    def among(self) -> bool:
        """One of the first three citations is a section that answers."""
        return self._cited(_AMONG)

    @property
    def words(self) -> bool:
        """The required words are shown."""
        shown = _shown(self.answer)
        return all(any(word.lower() in shown for word in must.split("|")) for must in self.question.must)

    @property
    def status(self) -> bool:
        """It was answered, refused or taken as a disclosure as it should be."""
        wanted = {"out": "not_found", "safety": "safety"}.get(self.question.kind, "answered")
        return self.answer.status == wanted

    @property
    def right(self) -> bool:
        """All that is asked of the answer holds."""
        return self.status and self.words and (self.among or not self.question.gold)

    def _cited(self, most: int) -> bool:
        gold = {(g.document, g.section) for g in self.question.gold}
        cited = self.answer.citations[:most]
        return any((name, c.section) in gold for c in cited for name in (c.document, c.issuer))


def read_questions(path: Path) -> list[Question]:
    """Read a question set (JSON lines); raises `QuestionSetError` that names the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [Question.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, ValidationError) as error:
        raise QuestionSetError(f"{path}: {error}") from error


def answer_all(assistant: Assistant, questions: Iterable[Question]) -> list[Result]:
    """Answer the questions in order; those of one chat are one conversation."""
    chats: defaultdict[str, Conversation] = defaultdict(Conversation)
    results = []
    for question in questions:
        conversation = chats[question.chat] if question.chat else Conversation()
        start = time.perf_counter()
        answer = assistant.answer(question.question, conversation)
        results.append(Result(question, answer, (time.perf_counter() - start) * 1000))
    return results


async def reply_all(assistant: Assistant, questions: Sequence[Question], progress: Progress) -> list[Result]:
    """Answer the questions as `answer_all` does, by the model where it may write, several chats at once."""
    task = progress.add_task("Hỏi", total=len(questions))
    places = asyncio.Semaphore(_AT_ONCE)
    chats: defaultdict[str | int, list[Question]] = defaultdict(list)
    for place, question in enumerate(questions):
        chats[question.chat or place].append(question)

    async def converse(asked: Sequence[Question]) -> list[Result]:
        conversation = Conversation()
        results = []
        async with places:
            for question in asked:
                start = time.perf_counter()
                reply = await assistant.reply(question.question, conversation)
                results.append(Result(question, reply.answer, (time.perf_counter() - start) * 1000, reply.use))
                progress.advance(task)
        return results

    return [result for results in await asyncio.gather(*map(converse, chats.values())) for result in results]


def _shown(answer: Answer) -> str:
    """Return all that a person reads of an answer, in lower case."""
    quotes = [f"{c.label} {c.name} {c.quote}" for c in answer.citations]
    numbers = [f"{n.number} {n.name}" for n in answer.help_numbers]
    return "\n".join([answer.lead, *quotes, *answer.notices, *numbers]).lower()


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments of `evaluate` that concern question sets."""
    parser.add_argument("--questions", type=Path, nargs="+", metavar="FILE", help="question sets (JSON lines)")
    parser.add_argument("--wrong", action="store_true", help="list the questions that were answered wrong")
    parser.add_argument("--engine", choices=("quotes", "model"), default="quotes", help="who answers")


def run(arguments: Namespace) -> int:
    """Try the current edition against question sets and print a table; the last line is one JSON object."""
    questions = [q for path in arguments.questions or QUESTION_SETS for q in read_questions(path)]
    settings = read_settings(KnowledgeSettings)
    if arguments.trusts:
        return _weigh(settings, questions, arguments.trusts)
    results = _ask(settings, questions, arguments.engine)
    console = Console()
    console.print(_table(results))
    if arguments.wrong:
        for result in results:
            if not result.right:
                console.print(_wrong(result), markup=False, highlight=False, soft_wrap=True)
    summary: dict[str, object] = {**_summary(results)}
    if arguments.engine == "model":
        came = faithfulness([(result.answer, result.use) for result in results])
        console.print(faithfulness_table(came))
        summary |= came.to_json()
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 0


def _ask(settings: KnowledgeSettings, questions: Sequence[Question], engine: str) -> list[Result]:
    """Answer all with quotes, or by the model; raises `SettingsError` where none is set."""
    bar = Console(stderr=True)
    if engine == "quotes":
        with open_assistant(settings) as assistant:
            return answer_all(assistant, track(questions, console=bar, description="Hỏi"))
    if chat_model_of(settings) is None:
        raise SettingsError(sentence("no_model"))
    with open_assistant(settings) as assistant, Progress(console=bar) as progress:
        return asyncio.run(reply_all(assistant, questions, progress))


def _weigh(settings: KnowledgeSettings, questions: Sequence[Question], trusts: Sequence[float]) -> int:
    """Answer all once for each weight of the vectors, and print a line for each; the last names the best."""
    table = Table(title=f"Right answers by weight of the vectors of {settings.embeddings} (EMBEDDINGS_TRUST)")
    for column in ("weight", "questions", "first", "among three", "words", "status", "right"):
        table.add_column(column, justify="right")
    right: dict[float, int] = {}
    embeddings = embeddings_of(settings)  # one for all weights, so that each question is embedded once
    for trust in track(trusts, console=Console(stderr=True), description="Hỏi"):
        with closing(open_current(settings.data_dir, embeddings.trusted(trust))) as edition:
            results = answer_all(Assistant(edition), questions)
        right[trust] = sum(result.right for result in results)
        table.add_row(str(trust), *_row(results))
    Console().print(table)
    best = min(right, key=lambda trust: (-right[trust], trust))  # of equals the least: words are there for nothing
    sys.stdout.write(json.dumps({"right": right, "best": best}) + "\n")
    return 0


def _table(results: Sequence[Result]) -> Table:
    table = Table(title="Right answers by kind of question")
    for column in ("kind", "questions", "first", "among three", "words", "status", "right"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    by_kind: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result.question.kind].append(result)
    for kind, of_kind in sorted(by_kind.items()):
        table.add_row(kind, *_row(of_kind))
    table.add_row("all", *_row(results), style="bold")
    return table


def _row(results: Sequence[Result]) -> list[str]:
    golden = [r for r in results if r.question.gold]
    first, among = sum(r.first for r in golden), sum(r.among for r in golden)
    return [
        str(len(results)),
        f"{first}/{len(golden)}",
        f"{among}/{len(golden)}",
        str(sum(r.words for r in results)),
        str(sum(r.status for r in results)),
        str(sum(r.right for r in results)),
    ]


def _wrong(result: Result) -> str:
    gold = "; ".join(f"{g.document} {g.section}" for g in result.question.gold)
    cited = "; ".join(f"{c.document or c.issuer} {c.section}" for c in result.answer.citations[:_AMONG])
    question = result.question
    return (
        f"{question.id} [{question.kind}] {question.question}\n   wanted {gold or question.kind} {list(question.must)}"
        f"\n   got {result.answer.status}: {cited} | {result.answer.lead[:100]}"
    )


def _summary(results: Sequence[Result]) -> dict[str, float | int]:
    times = sorted(r.took_ms for r in results)
    return {
        "questions": len(results),
        "right": sum(r.right for r in results),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
    }
