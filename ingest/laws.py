"""Fetch the laws of the register from their official pages and add them: `python -m ingest laws`."""

import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from ingest import texts
from ingest.add import Wanted, add_and_tell
from ingest.build import Order
from ingest.commands import TERMINAL, Command, declare_publishing
from ingest.download import Failed, Fetched, Limits, Page, download
from ingest.errors import UnreadableFileError
from ingest.expected import article_numbers
from ingest.held import held_documents
from ingest.read import identity
from ingest.reading import read_one_safely
from ingest.report import Report
from ingest.settings import Settings
from knowledge.documents import Document
from knowledge.register import Entry, load_register

_CITED = "cited"


def declare(parser: ArgumentParser) -> None:
    """Take whether to list only, and whether to fetch what is held already."""
    parser.add_argument("--list", action="store_true", help=texts.LAWS_LIST)
    parser.add_argument("--again", action="store_true", help=texts.LAWS_AGAIN)
    declare_publishing(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """List the register, or fetch what it has an official page for and add it."""
    held = held_documents(settings.data_dir)
    entries = load_register().entries
    if arguments.list:
        rows = list(_rows(entries, held))
        report.result({"laws": [row._asdict() for row in rows]}, _table(rows))
        return 0
    wanted = [entry for entry in entries if entry.official_page and (arguments.again or not _is_full(entry, held))]
    return fetch(wanted, settings, report, Order(arguments.by, arguments.force))


def fetch(
    entries: Sequence[Entry],
    settings: Settings,
    report: Report,
    order: Order | None = None,
    limits: Limits | None = None,
) -> int:
    """Fetch the official pages of entries, add what came, and return the exit code: 1 where some are missing."""
    if not entries:
        report.result({}, texts.NOTHING_TO_FETCH)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(_outcomes(entries, Path(folder), limits))
        failures = [_by_hand(outcome) for outcome in outcomes if isinstance(outcome, Failed)]
        files = tuple(outcome.file for outcome in outcomes if isinstance(outcome, Fetched))
        if not files:
            report.error("\n".join(failures))
            return 1
        for failure in failures:
            report.notice(failure)
        add_and_tell(Wanted(files), settings, report, order or Order(TERMINAL))
    return int(bool(failures))


def _outcomes(entries: Sequence[Entry], folder: Path, limits: Limits | None) -> Iterator[Fetched | Failed]:
    """Fetch each address once, and look into what came whether it is what was wanted."""
    wanted: dict[str, list[Entry]] = {}
    for entry in entries:
        wanted.setdefault(entry.official_page or "", []).append(entry)
    pages = [_page(same[0]) for same in wanted.values()]
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[Page, TaskID] = {}

        def report(page: Page, done: int, whole: int | None) -> None:
            if page not in tasks:
                tasks[page] = bars.add_task(page.title)
            bars.update(tasks[page], completed=done, total=whole)

        for outcome in download(pages, folder, report, limits):
            yield from _checked(outcome, wanted[outcome.page.address])


def _checked(outcome: Fetched | Failed, entries: Sequence[Entry]) -> Iterator[Fetched | Failed]:
    """Let a file pass that holds the wanted documents with all their Điều: an excerpt must not replace a law."""
    reasons = [_fault(outcome, entry) for entry in entries]
    if None in reasons and isinstance(outcome, Fetched):
        yield outcome
    for entry, reason in zip(entries, reasons, strict=True):
        if reason is not None:
            yield Failed(_page(entry), reason)


def _fault(outcome: Fetched | Failed, entry: Entry) -> str | None:
    if isinstance(outcome, Failed):
        return outcome.reason
    try:
        documents = [reading.document for reading in read_one_safely(outcome.file)]
    except UnreadableFileError:
        return texts.NO_DOCUMENT
    document = next((one for one in documents if one.number and entry.is_of(one.number, one.issued)), None)
    if document is None:
        return texts.OTHER_DOCUMENT
    found, expected = len(article_numbers(document)), entry.articles_expected or 0
    return texts.INCOMPLETE.format(found=found, expected=expected) if found < expected else None


def _page(entry: Entry) -> Page:
    year = entry.issued.year if entry.issued else None
    return Page(identity(entry.key, entry.number, year), entry.name, entry.official_page or "")


def _by_hand(failed: Failed) -> str:
    page = failed.page
    return texts.FETCH_FAILED.format(title=page.title, reason=failed.reason, address=page.address)


def _is_full(entry: Entry, held: Sequence[Document]) -> bool:
    return any(entry.is_of(one.number, one.issued) and not one.digest for one in held)


def _state(entry: Entry, held: Sequence[Document]) -> str:
    if _is_full(entry, held):
        return texts.IN_FULL
    return texts.AS_DIGEST if any(entry.is_of(one.number, one.issued) for one in held) else texts.NO_TEXT


class _Row(NamedTuple):
    name: str
    number: str | None
    held: str
    official_page: str | None


def _rows(entries: Sequence[Entry], held: Sequence[Document]) -> Iterator[_Row]:
    for entry in entries:
        if entry.role == _CITED or entry.official_page:
            yield _Row(entry.name, entry.number, _state(entry, held), entry.official_page)


def _table(rows: Sequence[_Row]) -> Table:
    table = Table(box=None)
    for column in texts.LAWS_COLUMNS:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(row.name, row.number, row.held, row.official_page or texts.NO_PAGE)
    return table


COMMAND = Command("laws", texts.LAWS, declare, run)
