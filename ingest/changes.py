"""Compare two texts of a document, section by section."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingest import texts
from knowledge.documents import PARTICULARS, Document, Section

ChangeKind = Literal["added", "removed", "altered"]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of a section."""

    path: str
    """As printed; empty for the particulars of head and foot."""
    label: str
    change: ChangeKind
    before: str = ""
    """Heading and passages, one a line."""
    after: str = ""


def section_changes(before: Document, after: Document) -> tuple[SectionChange, ...]:
    """Return what was altered or added, in the order of the newer text, and then what is gone."""
    old, new = dict(_by_place(before.sections)), dict(_by_place(after.sections))
    told = [*_particulars(before, after)]
    for place, section in new.items():
        if place not in old:
            told.append(SectionChange(section.path, section.label, "added", after=_text(section)))
        elif _text(old[place]) != _text(section):
            told.append(SectionChange(section.path, section.label, "altered", _text(old[place]), _text(section)))
    gone = (section for place, section in old.items() if place not in new)
    told += (SectionChange(section.path, section.label, "removed", before=_text(section)) for section in gone)
    return tuple(told)


def _by_place(sections: Iterable[Section]) -> Iterator[tuple[tuple[str, int], Section]]:
    """Yield sections by path, and by how many of the same path stand before: appendices begin to count anew."""
    seen: Counter[str] = Counter()
    for section in sections:
        yield (section.path, seen[section.path]), section
        seen[section.path] += 1


def _text(section: Section) -> str:
    return "\n".join(filter(None, (section.heading, *(passage.text for passage in section.passages))))


def _particulars(before: Document, after: Document) -> Iterator[SectionChange]:
    old, new = _told(before), _told(after)
    if old != new:
        different = [label for label in old if old[label] != new[label]]
        yield SectionChange(
            PARTICULARS,
            texts.PARTICULARS_LABEL,
            "altered",
            "\n".join(f"{label}: {old[label]}" for label in different),
            "\n".join(f"{label}: {new[label]}" for label in different),
        )


def _told(document: Document) -> dict[str, str]:
    """Return what head and foot tell, in words."""
    issued = f"{document.issued:%d/%m/%Y}" if document.issued else None
    values = {name: getattr(document, name) for name in texts.COMPARED} | {"issued": issued}
    return {texts.PARTICULARS[name]: value or texts.NOT_WRITTEN for name, value in values.items()}
