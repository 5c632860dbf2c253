"""Join printed pages into one text: paragraphs and tables without what frames the pages."""

from collections.abc import Iterator, Sequence

from ingest import texts
from ingest.formats.pdf_columns import Region, regions
from ingest.formats.pdf_furniture import Cleared, cleared
from ingest.formats.pdf_paragraphs import Gatherer, Margins, usual_margins
from ingest.formats.pdf_print import PrintedPage, PrintedTable
from ingest.lines import shortened, with_first_gap
from ingest.loaded import Loaded


def text_of(pages: Sequence[PrintedPage]) -> Loaded:
    """Return the text of pages, with a warning for everything that was left out of it."""
    clear = cleared(pages)
    gatherer = Gatherer()
    margins = [_margins(clear.pages, parity) for parity in (0, 1)]
    for page in clear.pages:
        _gather(page, gatherer, margins[page.number % 2])
    gatherer.end()
    return Loaded(
        with_first_gap(tuple(gatherer.done)),
        warnings=tuple(_warnings(pages, clear)),
        invisible=sum(page.invisible for page in pages),
    )


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
    if turned := [str(page.number) for page in pages if page.turned]:
        yield texts.PAGES_TURNED.format(pages=", ".join(turned))
    for page in pages:
        if page.hidden:
            yield texts.HIDDEN_TEXT.format(place=texts.PAGE.format(page.number), text=shortened(page.hidden))
