"""List the editions that are kept, and say which one answers and whether each is whole."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ingest import texts
from ingest.commands import Command
from ingest.settings import Settings
from knowledge.errors import SearchIndexError


def declare(parser: ArgumentParser) -> None:
    """Take no arguments: the settings say where editions lie."""


def run(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001 - a command without arguments
    """Print the editions, newest first."""
    from knowledge.editions import current_edition, published_editions  # noqa: PLC0415 - brings in Chroma

    try:
        current = current_edition(settings.data_dir)
    except SearchIndexError:
        current = None
    table = Table(*texts.EDITION_COLUMNS, box=None)
    for edition in reversed(published_editions(settings.data_dir)):
        table.add_row(edition.name, *_facts(edition), texts.EDITION_IN_USE if edition == current else "")
    Console().print(table if table.row_count else texts.NO_EDITIONS)
    return 0


def _facts(edition: Path) -> tuple[str, str, str]:
    from knowledge.editions import check_edition  # noqa: PLC0415 - as above

    try:
        manifest = check_edition(edition)
    except SearchIndexError:
        return (texts.EDITION_DAMAGED, "", "")
    created = f"{manifest.created.astimezone():%d/%m/%Y %H:%M}"
    return (created, str(manifest.documents), str(manifest.passages))


COMMAND = Command("editions", texts.EDITIONS, declare, run)
