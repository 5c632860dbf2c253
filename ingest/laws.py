"""Fetch the laws of the register from their official pages and add them: `python -m ingest laws`."""

import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from ingest import texts
from ingest.add import add
from ingest.build import told_outcome
from ingest.commands import Command
from ingest.download import Failed, Fetched, Limits, Page, download
from ingest.errors import UnreadableFileError
from ingest.expected import article_numbers
from ingest.read import identity, read_all
from ingest.settings import Settings
from knowledge.documents import Document
from knowledge.errors import SearchIndexError
from knowledge.register import Entry, load_register

_CITED = "cited"


def declare(parser: ArgumentParser) -> None:
    """Take whether to list only, and whether to fetch what is held already."""
    parser.add_argument("--list", action="store_true", help=texts.LAWS_LIST)
    parser.add_argument("--again", action="store_true", help=texts.LAWS_AGAIN)


def run(arguments: Namespace, settings: Settings) -> int:
    """List the register, or fetch what it has an official page for and add it."""
    held = _held(settings)
    entries = load_register().entries
    if arguments.list:
        Console().print(_table(entries, held))
        return 0
    wanted = [entry for entry in entries if entry.official_page and (arguments.again or not _is_full(entry, held))]
    return fetch(wanted, settings)


def fetch(entries: Sequence[Entry], settings: Settings, limits: Limits | None = None) -> int:
    """Fetch the official pages of entries, add what came, and return the exit code: 1 where some are missing."""
    problems = Console(stderr=True)
    if not entries:
        Console().print(texts.NOTHING_TO_FETCH)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(_outcomes(entries, Path(folder), limits))
        for failed in (outcome for outcome in outcomes if isinstance(outcome, Failed)):
            problems.print(_by_hand(failed), markup=False, highlight=False, soft_wrap=True)
        files = [outcome.file for outcome in outcomes if isinstance(outcome, Fetched)]
        code = told_outcome(lambda: add(files, settings)) if files else 1
    return code or int(len(files) < len(outcomes))


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
        documents = [reading.document for reading in read_all(outcome.file)]
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


def _held(settings: Settings) -> tuple[Document, ...]:
    """Return the documents of the current edition; none where there is none yet."""
    from knowledge.editions import DOCUMENTS, current_edition  # noqa: PLC0415 - brings in Chroma
    from knowledge.manifest import DOCUMENTS_FILE  # noqa: PLC0415 - as above

    try:
        content = (current_edition(settings.data_dir) / DOCUMENTS_FILE).read_bytes()
        return DOCUMENTS.validate_json(content)
    except (SearchIndexError, OSError, ValueError):
        return ()


def _is_full(entry: Entry, held: Sequence[Document]) -> bool:
    return any(entry.is_of(one.number, one.issued) and not one.digest for one in held)


def _state(entry: Entry, held: Sequence[Document]) -> str:
    if _is_full(entry, held):
        return texts.IN_FULL
    return texts.AS_DIGEST if any(entry.is_of(one.number, one.issued) for one in held) else texts.NO_TEXT


def _table(entries: Sequence[Entry], held: Sequence[Document]) -> Table:
    table = Table(box=None)
    for column in texts.LAWS_COLUMNS:
        table.add_column(column, overflow="fold")
    for entry in entries:
        if entry.role == _CITED or entry.official_page:
            table.add_row(entry.name, entry.number, _state(entry, held), entry.official_page or texts.NO_PAGE)
    return table


COMMAND = Command("laws", texts.LAWS, declare, run)
