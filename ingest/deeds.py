"""Write down who did what to the documents and editions."""

from ingest import texts
from ingest.report import Report
from knowledge.errors import MemoryUnavailableError
from knowledge.settings import KnowledgeSettings


def record(  # noqa: PLR0913 - a deed in full, and where to write it
    settings: KnowledgeSettings, report: Report, who: str, what: str, *, about: str = "", edition: str = ""
) -> None:
    """Write a deed down; what is done stays done where that cannot be, and the operator is told."""
    from knowledge.memory import Memory  # noqa: PLC0415 - brings in SQLAlchemy, which the other commands do not need

    try:
        with Memory.open(settings) as memory:
            memory.deeds.record(who, what, about, edition)
    except MemoryUnavailableError as error:
        report.notice(texts.NOT_REMEMBERED.format(what=texts.NO_DEED, reason=error.operator_message))
