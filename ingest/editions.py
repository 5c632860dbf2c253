"""List the editions that are kept, and say which one answers, who had each built and whether each is whole."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from ingest import texts
from ingest.commands import Command
from ingest.report import Report
from ingest.settings import Settings
from knowledge.errors import SearchIndexError
from knowledge.pointer import Pointer, read_pointer


@dataclass(frozen=True, slots=True)
class Listed:
    """One kept edition; what a damaged one does not tell any more is 0 or empty."""

    id: str
    created: str
    """When it was built, in ISO 8601."""
    documents: int
    passages: int
    current: bool
    pinned: bool
    whole: bool
    by: str


def declare(parser: ArgumentParser) -> None:
    """Take no arguments: the settings say where editions lie."""


def run(_: Namespace, settings: Settings, report: Report) -> int:
    """Print the editions, newest first."""
    listed = list(editions(settings.data_dir))
    table = Table(*texts.EDITION_COLUMNS, box=None)
    for edition in listed:
        table.add_row(*_row(edition))
    report.result({"editions": [asdict(edition) for edition in listed]}, table if listed else texts.NO_EDITIONS)
    return 0


def editions(data_dir: Path) -> Iterator[Listed]:
    """Yield the kept editions, newest first."""
    from knowledge.editions import editions_folder, published_editions  # noqa: PLC0415 - brings in Chroma

    try:
        pointer = read_pointer(editions_folder(data_dir))
    except SearchIndexError:
        pointer = Pointer("")
    for path in reversed(published_editions(data_dir)):
        yield _listed(path, pointer)


def _listed(path: Path, pointer: Pointer) -> Listed:
    from knowledge.editions import check_edition  # noqa: PLC0415 - as above

    current = path.name == pointer.edition
    try:
        found = check_edition(path)
    except SearchIndexError:
        begun = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
        return Listed(path.name, begun, 0, 0, current, current and pointer.pinned, whole=False, by="")
    return Listed(
        id=found.id,
        created=found.created.isoformat(),
        documents=found.documents,
        passages=found.passages,
        current=current,
        pinned=current and pointer.pinned,
        whole=True,
        by=found.by,
    )


def _row(edition: Listed) -> tuple[str, ...]:
    use = texts.EDITION_PINNED if edition.pinned else texts.EDITION_IN_USE if edition.current else ""
    if not edition.whole:
        return (edition.id, texts.EDITION_DAMAGED, "", "", "", use)
    created = f"{datetime.fromisoformat(edition.created).astimezone():%d/%m/%Y %H:%M}"
    return (edition.id, created, str(edition.documents), str(edition.passages), edition.by, use)


COMMAND = Command("editions", texts.EDITIONS, declare, run)
