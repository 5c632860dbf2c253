"""Check that the numbers of a text run on without gaps, and say where they do not."""

from collections.abc import Iterable, Iterator, Mapping

from ingest import texts
from ingest.marks import APPENDIX, ARTICLE, ATTACHMENT, FORM, Found
from ingest.paragraphs import Paragraph


def gaps(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Return a Vietnamese sentence for every number that does not follow the one before it."""
    return tuple(_gaps([paragraph.mark for paragraph in paragraphs if paragraph.mark]))


def _gaps(marks: Iterable[Found]) -> Iterator[str]:
    last: dict[int, Found] = {}
    for found in marks:
        before = last.get(found.rank)
        if found.order is not None and not _follows(found, before, last):
            yield texts.GAP.format(found=_name(found), before=_name(before) if before else texts.NOTHING)
        # Articles run on through chapters; every other number starts again under a new part.
        last = {
            rank: earlier for rank, earlier in last.items() if rank < found.rank or _runs_on(earlier, found)
        }
        last[found.rank] = found


def _follows(found: Found, before: Found | None, last: Mapping[int, Found]) -> bool:
    step = 0 if found.inserted else 1
    if found.order != ((before.order or 0) + step if before else 1):
        return False
    # "3.3" under "2" has the right last number and the wrong first one.
    parent = last.get(found.rank - 1)
    return "." not in found.number or parent is None or found.number.rpartition(".")[0] == parent.number


def _runs_on(earlier: Found, found: Found) -> bool:
    return earlier.mark is ARTICLE and found.mark not in {APPENDIX, ATTACHMENT, FORM}


def _name(found: Found) -> str:
    return found.mark.path.format(found.number)
