"""Read a PDF with text, such as an issue of the gazette: paragraphs and tables without what frames the pages."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pdfplumber

from ingest import texts
from ingest.errors import BrokenFileError
from ingest.formats.pdf_columns import Region, regions
from ingest.formats.pdf_furniture import Cleared, cleared
from ingest.formats.pdf_paragraphs import Gatherer, Margins, usual_margins
from ingest.formats.pdf_print import PrintedPage, PrintedTable, printed
from ingest.lines import with_first_gap
from ingest.loaded import Loaded

_LOSS = "Data-loss"
"""What pdfminer logs where it cannot unpack a part of the file."""


def load_pdf(path: Path) -> tuple[Loaded, ...]:
    """Read a file of one text; a scan without letters gives none."""
    pages = _pages(path)
    clear = cleared(pages)
    gatherer = Gatherer()
    margins = [_margins(clear.pages, parity) for parity in (0, 1)]
    for page in clear.pages:
        _gather(page, gatherer, margins[page.number % 2])
    gatherer.end()
    return (Loaded(with_first_gap(tuple(gatherer.done)), warnings=tuple(_warnings(pages, clear))),)


def _pages(path: Path) -> list[PrintedPage]:
    pages: list[PrintedPage] = []
    try:
        with _complaints() as complaints, pdfplumber.open(path) as document:
            for page in document.pages:
                pages.append(printed(page))
                # A page keeps all its letters in memory until it is closed.
                page.close()
    except Exception as error:
        raise BrokenFileError(path, reason=texts.NO_PDF) from error
    if any(_LOSS in complaint for complaint in complaints):
        raise BrokenFileError(path, reason=texts.PART_LOST)
    return pages


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather what pdfminer only logs, such as text that it leaves out because it cannot be unpacked."""
    complaints: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pdfminer")
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)


def _margins(pages: Sequence[PrintedPage], parity: int) -> Margins:
    some = [page.lines for page in pages if page.number % 2 == parity]
    return usual_margins(some or [page.lines for page in pages])


def _gather(page: PrintedPage, gatherer: Gatherer, margins: Margins) -> None:
    turned = page.number > 1
    for part in _parts(page):
        if isinstance(part, PrintedTable):
            gatherer.table(part)
        else:
            gatherer.region(part, margins, turned=turned)
        turned = False


def _parts(page: PrintedPage) -> Iterator[Region | PrintedTable]:
    """Return a page's tables, and the regions of text between them, in the order of reading."""
    rest = list(page.lines)
    for table in sorted(page.tables, key=lambda table: table.top):
        above = [line for line in rest if line.bottom <= table.bottom]
        yield from regions(above)
        yield table
        rest = rest[len(above) :]
    yield from regions(rest)


def _warnings(pages: Sequence[PrintedPage], clear: Cleared) -> Iterator[str]:
    for head, count in clear.heads.items():
        yield texts.HEAD_LEFT_OUT.format(text=head, count=count)
    if clear.signatures:
        yield texts.SIGNATURE_LEFT_OUT.format(count=clear.signatures)
    if clear.notes:
        yield texts.NOTES_LEFT_OUT.format(count=clear.notes)
    if pictures := [str(page.number) for page in pages if page.is_picture]:
        yield texts.PAGES_OF_PICTURES.format(pages=", ".join(pictures))
    if turned := [str(page.number) for page in pages if page.turned]:
        yield texts.PAGES_TURNED.format(pages=", ".join(turned))
