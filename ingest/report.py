"""Tell how a command gets on: by bars and sentences to a person, by lines of JSON to the bot that started it."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Item = TypeVar("Item")


class Report:
    """What every command says, and to whom; this one keeps silent, for work that nobody watches.

    Use it as a context: at its end bars are put away.
    """

    def advance(self, step: str, done: int, whole: int | None = None) -> None:
        """Say how far a step is, named in Vietnamese; `whole` may not be known yet."""

    def notice(self, sentence: str) -> None:
        """Say, while the work goes on, what the operator should know."""

    def result(self, facts: Mapping[str, Any], *shown: RenderableType) -> None:
        """Say what came of it: the facts to a program, what is shown to a person."""

    def error(self, sentence: str, facts: Mapping[str, Any] | None = None) -> None:
        """Say that nothing came of it, and why; `detail` among the facts is for those who look after the program."""

    def close(self) -> None:
        """Put the bars away; a second call does nothing."""

    def track(self, items: Sequence[Item], step: str) -> Iterator[Item]:
        """Yield items one after the other, and say how far that is."""
        for done, item in enumerate(items):
            self.advance(step, done, len(items))
            yield item
        self.advance(step, len(items), len(items))

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the bars away."""
        self.close()


class ForPerson(Report):
    """Bars and notices on standard error, the result on standard output."""

    def __init__(self) -> None:
        self._problems = Console(stderr=True)
        self._bars: Progress | None = None
        self._steps: dict[str, TaskID] = {}

    def advance(self, step: str, done: int, whole: int | None = None) -> None:
        """Move the step's bar; the first step brings the bars up."""
        if self._bars is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bars = Progress(*columns, console=self._problems)
            self._bars.start()
        if step not in self._steps:
            self._steps[step] = self._bars.add_task(step, total=None)
        self._bars.update(self._steps[step], completed=done, total=whole)

    def notice(self, sentence: str) -> None:
        """Print a sentence above the bars as it stands: brackets in it are no markup."""
        self._problems.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def result(self, facts: Mapping[str, Any], *shown: RenderableType) -> None:  # noqa: ARG002 - for programs
        """Print what is shown; sentences as they stand."""
        self.close()
        console = Console()
        for one in shown:
            if isinstance(one, str):
                console.print(one, markup=False, highlight=False, soft_wrap=True)
            else:
                console.print(one)

    def error(self, sentence: str, facts: Mapping[str, Any] | None = None) -> None:
        """Print the sentence as it stands, and the detail."""
        self.close()
        self.notice(sentence)
        if detail := (facts or {}).get("detail"):
            self._problems.print(detail, markup=False, highlight=False, soft_wrap=True, style="dim")

    def close(self) -> None:
        """Put the bars away; a second call does nothing."""
        if self._bars is not None:
            self._bars.stop()
            self._bars, self._steps = None, {}


class ForProgram(Report):
    """Lines of JSON on standard output: any number with `progress`, the last with `result` or `error`.

    Notices come with the last line, as its list `notices`.
    """

    def __init__(self) -> None:
        self._notices: list[str] = []

    def advance(self, step: str, done: int, whole: int | None = None) -> None:
        """Write a line of progress."""
        _write({"progress": {"step": step, "done": done, "whole": whole}})

    def notice(self, sentence: str) -> None:
        """Keep the sentence for the last line."""
        self._notices.append(sentence.strip())

    def result(self, facts: Mapping[str, Any], *shown: RenderableType) -> None:  # noqa: ARG002 - for people
        """Write the last line."""
        _write({"result": {**facts, "notices": self._notices}})

    def error(self, sentence: str, facts: Mapping[str, Any] | None = None) -> None:
        """Write the last line."""
        _write({"error": {"sentence": sentence, **(facts or {}), "notices": self._notices}})


def _write(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
