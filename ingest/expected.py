"""Compare the number of Điều that was found with the number that the register expects."""

import re
from functools import cache
from itertools import count, groupby

from ingest import texts
from knowledge.documents import Document
from knowledge.register import Register, load_register

_ARTICLE = re.compile(rf"{texts.ARTICLE} (?P<number>\d+)[a-zđ]?")


def article_numbers(document: Document) -> set[int]:
    """Return the numbers of a document's own Điều, not of those in what is attached to it.

    An article that was put in later ("Điều 8a") counts with the one that it follows.
    """
    return {int(found["number"]) for section in document.sections if (found := _ARTICLE.fullmatch(section.path))}


def unexpected_count(document: Document) -> tuple[str, ...]:
    """Return a Vietnamese sentence where the register expects another number of Điều."""
    entry = _register().of_document(document)
    if entry is None or entry.articles_expected is None:
        return ()
    found, expected = article_numbers(document), entry.articles_expected
    if len(found) == expected:
        return ()
    absent = _ranges(sorted(set(range(1, expected + 1)) - found)) or texts.NONE_ABSENT
    return (texts.OTHER_COUNT.format(found=len(found), expected=expected, absent=absent),)


def _ranges(numbers: list[int]) -> str:
    """Write numbers as people do: 3, 5-7."""
    steps = count()
    runs = [list(run) for _, run in groupby(numbers, key=lambda number: number - next(steps))]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


@cache
def _register() -> Register:
    return load_register()
