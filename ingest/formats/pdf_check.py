"""Count a PDF's pages and letters with a second reader, so that what the first one loses does not go unnoticed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from ingest import texts
from ingest.errors import BrokenFileError
from ingest.formats.pdf_print import PrintedPage

_MORE, _FEW = 1.1, 20
"""Both readers never agree on every sign; by so much they do not differ on a page that is whole."""


def missing(path: Path, pages: Sequence[PrintedPage]) -> Iterator[str]:
    """Say which pages have no text, and which have more letters than were read.

    Raises `BrokenFileError` where whole pages of a text were not found.
    """
    counts = _letters(path)
    if len(counts) > len(pages) and any(counts):
        raise BrokenFileError(path, reason=texts.PART_LOST)
    texted = [page for page in pages if not page.is_picture]
    if empty := [page.number for page in texted if not page.letters]:
        yield texts.PAGES_WITHOUT_TEXT.format(pages=", ".join(map(str, empty)))
    there = dict(enumerate(counts, start=1))
    if short := [page.number for page in texted if there.get(page.number, 0) > page.letters * _MORE + _FEW]:
        yield texts.PAGES_READ_SHORT.format(pages=", ".join(map(str, short)))


def _letters(path: Path) -> list[int]:
    """Return the letters on each page; none where this reader cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    counts: list[int] = []
    try:
        for page in document:
            text = page.get_textpage()
            counts.append(sum(not letter.isspace() for letter in text.get_text_range()))
            text.close()
            page.close()
    except pypdfium2.PdfiumError:  # a page that it cannot open
        return counts
    finally:
        document.close()
    return counts
