"""What a loader makes of one text in a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ingest.lines import Line
from ingest.particulars import Particulars

OnPages = Callable[[int, int], None]
"""Called with how many pages of a file are read, and how many it has."""


def to_nobody(_done: int, _whole: int) -> None:
    """Tell nobody how far the reading is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One text of a file; most files hold one."""

    lines: tuple[Line, ...]
    given: Particulars | None = None
    """What the file tells beside the text; None where head and foot stand in the text itself."""
    warnings: tuple[str, ...] = ()
    """Vietnamese sentences for the operator about what was left out of the text."""

    invisible: int = 0
    """Characters that show nothing and were left out of the lines."""

    def with_warnings(self, more: Iterable[str]) -> "Loaded":
        """Return it with warnings before its own."""
        return replace(self, warnings=(*more, *self.warnings))
