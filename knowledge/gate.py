"""Let no edition go live that answers wrong what was answered right before.

Both editions are asked by the program as it is now: the one that answers now while the other is being built, the new
one by the child process that also reads it back. So a difference comes from the documents and from how they are read,
be it that somebody changed them or that the program has learnt to read them otherwise. What an edition answered is
kept, for an edition does not change: it is asked only what is new in the question set, and everything by a new program.

Where nothing answers now, or nothing that this program can open, there is nothing to compare with: the new edition
goes live without being asked, for any answer is better than none.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from knowledge.child import Child, verify_in_child
from knowledge.editions import BUILDING, last_good
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import GateRefusedError, IndexDamagedError, SearchIndexError
from knowledge.evaluate import Question
from knowledge.kept_answers import KeptAnswers, Trials, keys
from knowledge.manifest import Manifest
from knowledge.publishing import Progress
from knowledge.trial import TRIALS, Trial

_TOLD_EVERY = 10
"""After so many questions the progress is told."""


@dataclass(frozen=True, slots=True)
class Worse:
    """A question that was answered right before and is answered wrong now."""

    question: Question
    now: Trial


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a new edition answers beside the one before it; all zero where there is none before it."""

    asked: int = 0
    right_before: int = 0
    right_now: int = 0
    worse: tuple[Worse, ...] = ()


class Gate:
    """Stands between an edition that was built and the people who ask.

    As a context it asks the edition that answers now while the work inside goes on, in which `inspect` is handed to
    `knowledge.publishing.publish`.
    """

    def __init__(
        self, questions: Sequence[Question], data_dir: Path, embeddings: EditionEmbeddings, *, force: bool = False
    ) -> None:
        self._questions = questions
        self._data_dir = data_dir
        self._embeddings = embeddings
        self._force = force
        self._keys = keys(questions)
        self._kept = KeptAnswers(data_dir, embeddings)
        self._at_work = ExitStack()
        self._before: Callable[[], Trials | None] | None = None
        self.comparison = Comparison()
        """How the edition that was inspected compares."""

    def __enter__(self) -> Self:
        """Begin to ask the edition that answers now what is not known of it."""
        self._before = self._asks_current()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what is still at work."""
        self._at_work.close()

    def inspect(self, building: Path, report: Progress) -> None:
        """Read an edition back whole and ask it the questions.

        Raises `IndexDamagedError`, and `GateRefusedError` where it answers worse and nobody forces it.
        """
        if self._before is None:
            verify_in_child(building)
            return
        passages = Manifest.read(building).passages
        report("verify", 0, passages)

        def count(asked: int) -> None:
            if asked == 1:
                report("verify", passages, passages)
            if asked % _TOLD_EVERY == 0 or asked == len(self._questions):
                report("ask", asked, len(self._questions))

        now = dict(zip(self._keys, _trials(self._child(self._questions, building, "--verify"), count), strict=True))
        self.comparison = self._compared(self._before(), now)
        if self.comparison.worse and not self._force:
            raise GateRefusedError(self.comparison)
        self._kept.keep(building.name.removesuffix(BUILDING), now)

    def _asks_current(self) -> Callable[[], Trials | None] | None:
        """Return what gives the answers of the edition that answers now; None where there is nothing to compare."""
        if not self._questions:
            return None
        try:
            current, _ = last_good(self._data_dir, self._embeddings)
        except SearchIndexError:
            return None
        known = self._kept.of(current.name)
        unknown = {key: asked for key, asked in zip(self._keys, self._questions, strict=True) if key not in known}
        if not unknown:
            return lambda: known
        child = self._child(unknown.values(), current)

        def answers() -> Trials | None:
            try:
                trials = {**known, **dict(zip(unknown, _trials(child, lambda _: None), strict=True))}
            except IndexDamagedError:  # whole by its checksums, yet nobody can be answered from it
                return None
            self._kept.keep(current.name, trials)
            return trials

        return answers

    def _child(self, questions: Iterable[Question], edition: Path, *more: str) -> Child:
        """Start asking an edition."""
        asked = "".join(f"{question.model_dump_json()}\n" for question in questions)
        return self._at_work.enter_context(Child("try", str(edition), *more, told=asked))

    def _compared(self, before: Trials | None, now: Trials) -> Comparison:
        pairs = [
            (asked, (before or now)[key], now[key]) for key, asked in zip(self._keys, self._questions, strict=True)
        ]
        return Comparison(
            asked=len(pairs),
            right_before=sum(old.right for _, old, _ in pairs) if before else 0,
            right_now=sum(new.right for _, _, new in pairs),
            worse=tuple(Worse(asked, new) for asked, old, new in pairs if old.right and not new.right),
        )


def _trials(child: Child, count: Callable[[int], None]) -> tuple[Trial, ...]:
    last = ""
    for asked, line in enumerate(child.lines(), start=1):
        last = line
        if not last.strip():
            count(asked)
    return TRIALS.validate_json(last)
