"""Say what came of letting a model write: how often it answered, what of it stood verification, what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rich.table import Table

from knowledge.documents import Answer
from knowledge.writing.model_use import ModelUse


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """Counts over many answers."""

    answers: int = 0
    asked: int = 0
    """Answers for which the model was asked; of the others there was nothing to gain, or nothing may be sent."""
    by_model: int = 0
    retried: int = 0
    kept: int = 0
    quoted: int = 0
    """Statements in whose place their quotes stand; they are counted as dropped as well."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Statements by the reason for which they were dropped."""
    failures: Mapping[str, int] = field(default_factory=dict)
    """Answers by the reason for which quotes were sent in the model's place."""
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def share_kept(self) -> float | None:
        """Share of the statements that stood; None where there was none."""
        whole = self.kept + sum(self.dropped.values())
        return self.kept / whole if whole else None

    def to_json(self) -> dict[str, object]:
        """Return what scripts read."""
        counts = {name: getattr(self, name) for name in ("asked", "by_model", "retried", "kept", "quoted", "calls")}
        share = None if self.share_kept is None else round(self.share_kept, 4)
        tokens = {"tokens_in": self.tokens_in, "tokens_out": self.tokens_out}
        return counts | tokens | {"share_kept": share, "dropped": dict(self.dropped), "failures": dict(self.failures)}


def faithfulness(replies: Iterable[tuple[Answer, ModelUse | None]]) -> Faithfulness:
    """Count over answers with the use that each made of the model."""
    pairs = list(replies)
    uses = [use for _, use in pairs if use]
    dropped: Counter[str] = Counter()
    for use in uses:
        dropped.update(use.dropped)
    return Faithfulness(
        answers=len(pairs),
        asked=len(uses),
        by_model=sum(answer.engine == "model" for answer, _ in pairs),
        retried=sum(use.retried for use in uses),
        kept=sum(use.kept for use in uses),
        quoted=sum(use.quoted for use in uses),
        dropped=dropped,
        failures=Counter(use.failure for use in uses if use.failure),
        calls=sum(use.calls for use in uses),
        tokens_in=sum(use.tokens_in for use in uses),
        tokens_out=sum(use.tokens_out for use in uses),
    )


def faithfulness_table(came: Faithfulness) -> Table:
    """Return the counts as a person reads them."""
    table = Table("what", "number", title="What the model wrote")
    table.columns[1].justify = "right"
    share = "–" if came.share_kept is None else f"{came.share_kept:.1%}"
    rows = {
        "answers written by the model": f"{came.by_model} of {came.answers} (asked for {came.asked})",
        "statements that stood": f"{came.kept} ({share})",
        **{f"statements dropped: {reason}": str(times) for reason, times in sorted(came.dropped.items())},
        "of these, quotes in their place": str(came.quoted),
        "answers written twice": str(came.retried),
        **{f"quotes instead: {reason}": str(times) for reason, times in sorted(came.failures.items())},
        "calls": str(came.calls),
        "tokens read / written": f"{came.tokens_in} / {came.tokens_out}",
    }
    for row in rows.items():
        table.add_row(*row)
    return table
