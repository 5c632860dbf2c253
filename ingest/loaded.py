"""What a loader makes of one text in a file."""

from dataclasses import dataclass

from ingest.lines import Line
from ingest.particulars import Particulars


@dataclass(frozen=True, slots=True)
class Loaded:
    """One text of a file; most files hold one."""

    lines: tuple[Line, ...]
    given: Particulars | None = None
    """What the file tells beside the text; None where head and foot stand in the text itself."""
    warnings: tuple[str, ...] = ()
    """Vietnamese sentences for the operator about what was left out of the text."""
