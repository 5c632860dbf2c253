"""Read a PDF, such as an issue of the gazette or a scan: its pages as they are printed, or recognized."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page

from ingest import texts
from ingest.errors import BrokenFileError, LockedFileError, NoOcrError, TooManyPagesError, UnreadableFileError
from ingest.formats import scans
from ingest.formats.pages import text_of
from ingest.formats.pdf_check import missing
from ingest.formats.pdf_print import PrintedPage, printed
from ingest.limits import LIMITS
from ingest.loaded import Loaded, OnPages

if TYPE_CHECKING:
    from ingest.formats.ocr import Recognized

_LOSS = "Data-loss"
"""What pdfminer logs where it cannot unpack a part of the file."""


def load_pdf(path: Path, on_pages: OnPages) -> tuple[Loaded, ...]:
    """Read a file of one text; pages that are pictures are recognized where this machine can."""
    pages = _pages(path, on_pages)
    missed = tuple(missing(path, pages))
    pictures = [page.number for page in pages if page.is_picture]
    if not pictures:
        return (text_of(pages).with_warnings(missed),)
    try:
        found = _recognized(path, pictures, len(pages), on_pages)
    except NoOcrError:
        if len(pictures) == len(pages):
            raise
        unread = texts.PAGES_OF_PICTURES.format(pages=", ".join(map(str, pictures)))
        return (text_of(pages).with_warnings([unread, *missed]),)
    read = {one.page.number: one.page for one in found}
    return (scans.joined([read.get(page.number, page) for page in pages], found).with_warnings(missed),)


def _recognized(path: Path, pictures: list[int], whole: int, on_pages: OnPages) -> "list[Recognized]":
    found: list[Recognized] = []
    for one in scans.recognized(path, scans.rendered(path, pictures)):
        found.append(one)
        on_pages(whole - len(pictures) + len(found), whole)
    return found


def _pages(path: Path, on_pages: OnPages) -> list[PrintedPage]:
    try:
        with _complaints() as complaints, pdfplumber.open(path) as document:
            whole = len(document.pages)
            _refuse_length(path, whole)
            pages = [_page(page, on_pages, whole) for page in document.pages]
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        if any(isinstance(inner, PDFPasswordIncorrect) for inner in error.args):
            raise LockedFileError(path) from error
        raise BrokenFileError(path, reason=texts.NO_PDF) from error
    if any(_LOSS in complaint for complaint in complaints):
        raise BrokenFileError(path, reason=texts.PART_LOST)
    return pages


def _refuse_length(path: Path, pages: int) -> None:
    if pages > LIMITS.pages:
        raise TooManyPagesError(path, pages=str(pages), most=str(LIMITS.pages))


def _page(page: Page, on_pages: OnPages, whole: int) -> PrintedPage:
    found = printed(page)
    # A page keeps all its letters in memory until it is closed.
    page.close()
    if not found.is_picture:
        on_pages(found.number, whole)
    return found


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
