"""Hold the particulars of a statement against its quotes: numbers, dates, documents, parts, telephones, links, names.

Each must stand in the quotes, or in the names of what is quoted; nothing else is believed.
"""

from typing import TYPE_CHECKING

from knowledge.trust import is_known, is_right, links, telephones
from knowledge.writing.attribution import documents_stand, without_documents
from knowledge.writing.english_statements import names_stand_in_english
from knowledge.writing.evidence import Evidence
from knowledge.writing.names import names_stand
from knowledge.writing.numbers import numbers_stand, ranges_stand
from knowledge.writing.parts import parts_stand, without_parts

if TYPE_CHECKING:
    from collections.abc import Callable


def first_wrong(text: str, evidence: Evidence, *, english: bool) -> str | None:
    """Return what of a statement's particulars is not in its evidence, by kind; None where all of them are."""
    counting = without_documents(without_parts(text))
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("link", lambda: not links(text)),
        ("telephone", lambda: _telephones_stand(text, evidence)),
        (
            "document",
            lambda: documents_stand(text, evidence.quoted, evidence.titles, evidence.places, evidence.register),
        ),
        ("section", lambda: parts_stand(text, evidence.quoted, evidence.places)),
        ("number", lambda: numbers_stand(counting, evidence.counting, evidence.counted, len(evidence.places))),
        ("number", lambda: ranges_stand(counting, f"{evidence.quoted} ; {evidence.above}")),
        ("name", lambda: (names_stand_in_english if english else names_stand)(text, evidence.plain_words)),
    )
    return next((kind for kind, stands in checks if not stands()), None)


def _telephones_stand(text: str, evidence: Evidence) -> bool:
    """Tell whether each number is a help line given for what it is for, or one that the quotes print."""
    printed = {phone.number for phone in telephones(evidence.quoted)}
    return all(is_right(phone) and (is_known(phone.number) or phone.number in printed) for phone in telephones(text))
