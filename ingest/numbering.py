"""Check that the numbers of a text run on without gaps, and say where they do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest import texts
from ingest.marks import APPENDIX, ARTICLE, ATTACHMENT, FORM, NUMBER, Found, ranks
from ingest.paragraphs import Paragraph

_ATTACHED = (APPENDIX, ATTACHMENT, FORM)
"""Every number begins anew in these."""


def gaps(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Return a Vietnamese sentence for every number that does not follow the one before it."""
    return tuple(_gaps([paragraph.mark for paragraph in paragraphs if paragraph.mark]))


def unmarked_items(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return a sentence for every khoản whose items have lost their letters, as automatic numbering is lost.

    Nobody could cite such an item by its điểm.
    """
    return tuple(dict.fromkeys(_unmarked(paragraphs)))


def _gaps(marks: Sequence[Found]) -> Iterator[str]:
    last: dict[int, Found] = {}
    in_form = False
    for found, own_rank in zip(marks, ranks(marks), strict=True):
        in_form = found.mark is FORM or (in_form and found.mark not in _ATTACHED)
        before = last.get(own_rank)
        # What is to be filled in is numbered as its designer liked.
        if found.order is not None and not in_form and not _follows(found, before, last):
            name = _name(before) if before else texts.NOTHING
            yield texts.GAP.format(found=_name(found), before=name, place=_place(found, last))
        # Articles run on through chapters; every other number starts again under a new part.
        last = {rank: earlier for rank, earlier in last.items() if rank < own_rank or _runs_on(earlier, found)}
        last[own_rank] = found


def _place(found: Found, last: Mapping[int, Found]) -> str:
    """Name the Điều or Phụ lục in which a smaller number stands."""
    holders = [earlier for earlier in last.values() if earlier.mark in {ARTICLE, *_ATTACHED}]
    return texts.WITHIN.format(_name(holders[-1])) if holders and found.rank > _ARTICLE_RANK else ""


def _follows(found: Found, before: Found | None, last: Mapping[int, Found]) -> bool:
    step = 0 if found.inserted else 1
    if found.order != ((before.order or 0) + step if before else 1):
        return False
    # "3.3" under "2" has the right last number and the wrong first one.
    parent = last.get(found.rank - 1)
    return "." not in found.number or parent is None or found.number.rpartition(".")[0] == parent.number


def _runs_on(earlier: Found, found: Found) -> bool:
    return earlier.mark is ARTICLE and found.mark not in _ATTACHED


def _name(found: Found) -> str:
    return found.mark.path.format(found.number).strip()


def _unmarked(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    article: Found | None = None
    for place, paragraph in enumerate(paragraphs[:-2]):
        if paragraph.mark and paragraph.mark.rank <= _ARTICLE_RANK:
            article = paragraph.mark if paragraph.mark.mark is ARTICLE else None
        first, second = paragraphs[place + 1 : place + 3]
        opens = paragraph.mark is not None and paragraph.mark.mark is NUMBER and paragraph.text.endswith(":")
        if article and opens and paragraph.mark and _is_item(first) and first.text.endswith(";") and _is_item(second):
            yield texts.UNMARKED.format(place=f"{texts.CLAUSE_LABEL.format(paragraph.mark.number)} {_name(article)}")


def _is_item(paragraph: Paragraph) -> bool:
    plain = paragraph.mark is None and not paragraph.dash and not paragraph.row
    return plain and not paragraph.text.startswith("“")


_ARTICLE_RANK = Found(ARTICLE, "1", "").rank
