"""Let no edition go live that answers wrong what was answered right before.

Both editions are asked by the program as it is now: the one that answers now while the other is being built, the new
one by the child process that also reads it back. So a difference comes from the documents and from how they are read,
be it that somebody changed them or that the program has learnt to read them otherwise. What an edition answered is
kept, for an edition does not change.

Where nothing answers now, or nothing that this program can open, there is nothing to compare with: the new edition
goes live without being asked, for any answer is better than none.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.child import Child, verify_in_child
from knowledge.editions import BUILDING, last_good, published_editions
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import GateRefusedError, IndexDamagedError, SearchIndexError
from knowledge.evaluate import Question
from knowledge.manifest import Manifest
from knowledge.publishing import Progress
from knowledge.sources import cache_folder, code_fingerprint
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
        self._answers = _KeptAnswers(data_dir, _fingerprint(questions, embeddings))
        self._at_work = ExitStack()
        self._before: Callable[[], tuple[Trial, ...] | None] | None = None
        self.comparison = Comparison()
        """How the edition that was inspected compares."""

    def __enter__(self) -> Self:
        """Begin to ask the edition that answers now, unless its answers are known."""
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

        now = _trials(self._child(building, "--verify"), count)
        self.comparison = self._compared(self._before(), now)
        if self.comparison.worse and not self._force:
            raise GateRefusedError(self.comparison)
        self._answers.keep(building.name.removesuffix(BUILDING), now)

    def _asks_current(self) -> Callable[[], tuple[Trial, ...] | None] | None:
        """Return what gives the answers of the edition that answers now; None where there is nothing to compare."""
        if not self._questions:
            return None
        try:
            current, _ = last_good(self._data_dir, self._embeddings)
        except SearchIndexError:
            return None
        kept = self._answers.of(current.name)
        if kept is not None:
            return lambda: kept
        child = self._child(current)

        def answers() -> tuple[Trial, ...] | None:
            try:
                trials = _trials(child, lambda _: None)
            except IndexDamagedError:  # whole by its checksums, yet nobody can be answered from it
                return None
            self._answers.keep(current.name, trials)
            return trials

        return answers

    def _child(self, edition: Path, *more: str) -> Child:
        """Start asking an edition."""
        asked = "".join(f"{question.model_dump_json()}\n" for question in self._questions)
        return self._at_work.enter_context(Child("try", str(edition), *more, told=asked))

    def _compared(self, before: tuple[Trial, ...] | None, now: tuple[Trial, ...]) -> Comparison:
        pairs = list(zip(self._questions, before or now, now, strict=True))
        return Comparison(
            asked=len(now),
            right_before=sum(trial.right for trial in before or ()),
            right_now=sum(trial.right for trial in now),
            worse=tuple(Worse(asked, new) for asked, old, new in pairs if old.right and not new.right),
        )


def _trials(child: Child, count: Callable[[int], None]) -> tuple[Trial, ...]:
    last = ""
    for asked, line in enumerate(child.lines(), start=1):
        last = line
        if not last.strip():
            count(asked)
    return TRIALS.validate_json(last)


def _fingerprint(questions: Sequence[Question], embeddings: EditionEmbeddings) -> str:
    whole = hashlib.sha256(f"{code_fingerprint()}\n{embeddings.name}\n".encode())
    for question in questions:
        whole.update(f"{question.model_dump_json()}\n".encode())
    return whole.hexdigest()


class _Kept(BaseModel):
    """What an edition answered."""

    model_config = ConfigDict(frozen=True)

    asked: str
    """Fingerprint of the questions and of the program that answered."""
    trials: tuple[Trial, ...]


class _KeptAnswers:
    """What the editions answered, a file for each; they may be deleted at any time."""

    def __init__(self, data_dir: Path, asked: str) -> None:
        self._data_dir = data_dir
        self._folder = cache_folder(data_dir) / "answers"
        self._asked = asked

    def of(self, edition_id: str) -> tuple[Trial, ...] | None:
        """Return what an edition answered; None where that is not known of these questions."""
        try:
            kept = _Kept.model_validate_json(self._path(edition_id).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return kept.trials if kept.asked == self._asked else None

    def keep(self, edition_id: str, trials: tuple[Trial, ...]) -> None:
        """Keep what an edition answered, and forget those of editions that are gone."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(edition_id)
        new = path.with_suffix(".new")
        new.write_text(_Kept(asked=self._asked, trials=trials).model_dump_json(), encoding="utf-8")
        new.replace(path)
        editions = {edition.name for edition in published_editions(self._data_dir)} | {edition_id}
        for other in self._folder.iterdir():
            if other.stem not in editions:
                other.unlink()

    def _path(self, edition_id: str) -> Path:
        return self._folder / f"{edition_id}.json"
