"""Say in Vietnamese how a new edition answers beside the one before it, and which questions both are asked."""

from typing import TYPE_CHECKING, Any

from ingest import texts
from ingest.report import Report
from knowledge.errors import GateRefusedError, MemoryUnavailableError
from knowledge.settings import KnowledgeSettings
from knowledge.sources import QUESTION_SETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.evaluate import Question
    from knowledge.gate import Comparison, Worse

_MOST_NAMED = 20


def questions(settings: KnowledgeSettings, report: Report) -> "list[Question]":
    """Return the project's own questions, and those that administrators have added."""
    from knowledge.evaluate import read_questions  # noqa: PLC0415 - brings in Chroma

    own = [question.of_any_edition() for path in QUESTION_SETS for question in read_questions(path)]
    return own + _added(settings, report)


def _added(settings: KnowledgeSettings, report: Report) -> "list[Question]":
    from knowledge.evaluate import Gold, Question  # noqa: PLC0415 - as above
    from knowledge.memory import Memory  # noqa: PLC0415 - brings in SQLAlchemy, which the other commands do not need

    try:
        with Memory.open(settings) as memory:
            added = memory.added_questions.all()
    except MemoryUnavailableError as error:
        report.notice(texts.NOT_REMEMBERED.format(what=texts.NO_ADDED_QUESTIONS, reason=error.operator_message))
        return []
    return [
        Question(
            id=f"added-{one.id}",
            question=one.question,
            kind="added",
            gold=(Gold(document=one.document, section=one.section),),
        )
        for one in added
    ]


def facts(comparison: "Comparison") -> dict[str, Any]:
    """Return what a program is told."""
    return {
        "asked": comparison.asked,
        "right_before": comparison.right_before,
        "right_now": comparison.right_now,
        "worse": [
            {"question": worse.question.question, "expected": _expected(worse), "now": _now(worse)}
            for worse in comparison.worse
        ],
    }


def refused(error: GateRefusedError) -> str:
    """Say why an edition was not published."""
    worse = error.comparison.worse
    return texts.GATE_REFUSED.format(count=len(worse), worse=_named(worse))


def told(comparison: "Comparison") -> list[str]:
    """Say how the questions were answered; nothing where none was asked."""
    if not comparison.asked:
        return []
    counts = texts.TRIED.format(
        asked=comparison.asked, right_now=comparison.right_now, right_before=comparison.right_before
    )
    worse = comparison.worse
    return [counts, *([texts.FORCED.format(count=len(worse), worse=_named(worse))] if worse else [])]


def _named(all_worse: "Iterable[Worse]") -> str:
    sentences = [
        texts.WORSE.format(question=worse.question.question, expected=_expected(worse), now=_now(worse))
        for worse in all_worse
    ]
    more = len(sentences) - _MOST_NAMED
    return texts.bullets([*sentences[:_MOST_NAMED], *([texts.MORE_WORSE.format(count=more)] if more > 0 else [])])


def _expected(worse: "Worse") -> str:
    question = worse.question
    sections = "; ".join(f"{gold.document}, {gold.section}" for gold in question.gold)
    words = texts.EXPECTED_WORDS.format(words=", ".join(question.must)) if question.must else ""
    return "; ".join(filter(None, (sections, words))) or texts.EXPECTED.get(question.kind, question.kind)


def _now(worse: "Worse") -> str:
    return texts.NOW.get(worse.now.status) or texts.NOW_CITES.format(cited="; ".join(worse.now.cited))
