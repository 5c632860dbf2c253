"""Look at a file before it is added: what it is, its outline, what it would replace and change. Nothing is written."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from ingest import texts
from ingest.changes import SectionChange, section_changes
from ingest.commands import Command
from ingest.corrections import corrections, declare_set
from ingest.diff import change_lines
from ingest.held import held_documents
from ingest.lines import shortened
from ingest.read import Reading
from ingest.reading import read_one_safely
from ingest.report import Report
from ingest.settings import Settings
from ingest.show import outline_of, particulars_of
from ingest.sidecar import Sidecar
from knowledge.documents import Document, Reference, Standing
from knowledge.library import name_of
from knowledge.register import Entry, Register, load_register
from knowledge.sources import own_documents

_EXCERPT = 240
"""Letters of a section that are shown before and after a change."""
_AROUND = 60
"""Letters that are the same on both sides and stand before what differs."""
_WANTED = ("number", "issuer", "issued")
"""Without these a document cannot be named, found in the register or told from another."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the outline."""

    path: str
    label: str
    heading: str
    passages: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """The older text of a document, which goes out when this one comes in."""

    id: str
    name: str
    source: str
    """Its file."""
    digest: bool
    own: bool
    """An administrator's file."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """One document of a file as it would be added."""

    id: str
    number: str | None
    kind: str
    title: str
    issuer: str
    issued: date | None
    signer: str | None
    standing: str
    """A sentence."""
    state: Standing | None
    """The same in a word; None where nobody knows."""
    passages: int
    outline: tuple[Part, ...]
    replaces: Replaced | None
    changes: tuple[SectionChange, ...]
    """Shortened to what differs; none where a summary is replaced by the text itself."""


def declare(parser: ArgumentParser) -> None:
    """Take the file, and corrections of what is read in it."""
    parser.add_argument("file", type=Path, metavar=texts.FILE, help=texts.PREVIEW_FILE)
    declare_set(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Read the file and show what would come of it; raises an `UnreadableFileError` or `NoSuchFileError`."""
    readings = _read(arguments.file, corrections(arguments), report)
    held = {document.id: document for document in held_documents(settings.data_dir)}
    register = load_register()
    seen = [_previewed(one.document, held.get(one.document.id), register, settings.data_dir) for one in readings]
    alone = len(readings) == 1
    warnings = [warning for reading in readings for warning in _warnings(reading, register, alone=alone)]
    facts = {"file": arguments.file.name, "documents": [_facts(one) for one in seen], "warnings": warnings}
    report.result(facts, *_shown(readings, seen, warnings))
    return 0


def _read(file: Path, given: Sidecar | None, report: Report) -> tuple[Reading, ...]:
    def on_pages(path: Path, done: int, whole: int) -> None:
        report.advance(texts.READS_PAGES.format(file=path.name), done, whole)

    return read_one_safely(file, on_pages, given=given)


def _previewed(document: Document, older: Document | None, register: Register, data_dir: Path) -> Previewed:
    entry = _entry(document, register.with_told([document]))
    return Previewed(
        id=document.id,
        number=document.number,
        kind=document.kind,
        title=document.title,
        issuer=document.issuer,
        issued=document.issued,
        signer=document.signer,
        standing=entry.standing_note_vi if entry else texts.NOT_IN_REGISTER,
        state=entry.standing if entry else None,
        passages=sum(len(section.passages) for section in document.sections),
        outline=tuple(Part(s.path, s.label, s.heading, len(s.passages)) for s in document.sections),
        replaces=_replaced(older, data_dir) if older else None,
        changes=_changes(older, document) if older and not older.digest else (),
    )


def _entry(document: Document, register: Register) -> Entry | None:
    """Return what is known of a document's standing, by its number or, where it has none, by its title."""
    named = Reference(name_of(document), document.kind, document.number, document.title, document.issued)
    return register.of_document(document) or register.of_reference(named)


def _replaced(older: Document, data_dir: Path) -> Replaced:
    own = not older.digest and (own_documents(data_dir) / older.source).is_file()
    return Replaced(older.id, name_of(older), older.source, older.digest, own)


def _changes(older: Document, newer: Document) -> tuple[SectionChange, ...]:
    return tuple(_shortened(change) for change in section_changes(older, newer))


def _shortened(change: SectionChange) -> SectionChange:
    """Keep of both texts what differs, with some words before it."""
    before, after = " ".join(change.before.split()), " ".join(change.after.split())
    different = (place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    alike = next(different, min(len(before), len(after)))
    start = before.rfind(" ", 0, max(0, alike - _AROUND)) + 1
    return replace(change, before=_excerpt(before, start), after=_excerpt(after, start))


def _excerpt(text: str, start: int) -> str:
    return f"{'… ' if start and text else ''}{shortened(text[start:], _EXCERPT)}"


def _warnings(reading: Reading, register: Register, *, alone: bool) -> Iterator[str]:
    document = reading.document
    known = _entry(document, register)
    if document.standing and known and known.standing != document.standing.state:
        yield texts.OTHER_STANDING.format(known=known.standing_note_vi)
    of_it = "" if alone else f"{document.number or document.id}: "
    unknown = [texts.PARTICULARS[name].lower() for name in _WANTED if not getattr(document, name)]
    if unknown:
        yield of_it + texts.UNKNOWN_PARTICULARS.format(names=", ".join(unknown))
    yield from (of_it + warning for warning in reading.warnings)


def _facts(previewed: Previewed) -> dict[str, Any]:
    return {**asdict(previewed), "issued": previewed.issued.isoformat() if previewed.issued else None}


def _shown(readings: Sequence[Reading], seen: Sequence[Previewed], warnings: Sequence[str]) -> Iterator[RenderableType]:
    for reading, previewed in zip(readings, seen, strict=True):
        yield particulars_of(reading)
        yield outline_of(reading.document)
        yield texts.STANDING.format(previewed.standing)
        yield _told(previewed.replaces)
        yield Group(*(line for change in previewed.changes for line in change_lines(change)))
    yield from (Text(texts.WARNING.format(warning), style="yellow") for warning in warnings)
    yield texts.NOTHING_WRITTEN


def _told(replaced: Replaced | None) -> str:
    if replaced is None:
        return texts.REPLACES_NOTHING
    if replaced.digest:
        return texts.REPLACES_DIGEST.format(name=replaced.name)
    return (texts.REPLACES_OWN if replaced.own else texts.REPLACES_SHIPPED).format(
        name=replaced.name, file=replaced.source
    )


COMMAND = Command("preview", texts.PREVIEW, declare, run)
