"""Add an administrator's documents and build an edition with them: `python -m ingest add FILE…`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import deeds, texts
from ingest.build import Built, Order, publish_all
from ingest.changing import changed, only_one
from ingest.commands import Command, declare_publishing
from ingest.corrections import corrections, declare_set
from ingest.digests import read_digest
from ingest.errors import (
    DoubledDocumentError,
    NoSuchFileError,
    SeveralFilesError,
    UnreadableFileError,
    UnreadableFilesError,
)
from ingest.expected import article_numbers
from ingest.left_out import LeftOut
from ingest.placing import Addition, Placing, placing
from ingest.read import read_all
from ingest.readings import Readings
from ingest.report import Report
from ingest.settings import Settings
from ingest.shelf import SHIPPED_DOCUMENTS, shelf
from ingest.sidecar import Sidecar
from knowledge.documents import Document
from knowledge.settings import KnowledgeSettings
from knowledge.sources import DIGESTS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator names."""

    files: tuple[Path, ...]
    again: tuple[str, ...] = ()
    """Ids of documents that were left out."""
    given: Sidecar | None = None
    """Corrections of the one file."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding."""

    placing: Placing
    again: tuple[str, ...]
    built: Built


def declare(parser: ArgumentParser) -> None:
    """Take the files, corrections, and how to publish."""
    parser.add_argument("files", nargs="+", metavar=texts.FILE, help=texts.ADD_FILES)
    declare_set(parser)
    declare_publishing(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Add the files, and tell the operator what was added in place of what."""
    wanted = _wanted(arguments.files, corrections(arguments), settings.data_dir)
    add_and_tell(wanted, settings, report, Order(arguments.by, arguments.force))
    return 0


def add_and_tell(wanted: Wanted, settings: KnowledgeSettings, report: Report, order: Order) -> None:
    """Add, write it down, and tell what came of it; raises as `add` does."""
    added = add(wanted, settings, report, order)
    documents = added.placing.documents()
    about = ", ".join((*(document.number or document.id for document in documents), *added.again))
    deeds.record(settings, report, order.by, "add", about=about, edition=added.built.manifest.id)
    facts = {"added": [_facts(document) for document in documents], "again": added.again, **added.built.facts()}
    report.result(facts, *_sentences(added), *added.built.sentences())


def add(wanted: Wanted, settings: KnowledgeSettings, report: Report, order: Order) -> Added:
    """Put files into the administrators' folder and publish an edition with them.

    All are read first. Raises `NoSuchFileError`, `UnreadableFilesError` or `DoubledDocumentError` for files that
    cannot be added, and what `build` raises; the folder and the current edition then are as they were.
    """
    data_dir = settings.data_dir
    readings = Readings(data_dir, report)
    with only_one(data_dir, report):
        planned = placing(read_files(wanted.files, readings, wanted.given), data_dir, readings)
        left_out = LeftOut.read(data_dir)
        back = left_out.without(*wanted.again, *(document.id for document in planned.documents()))
        with changed(data_dir, planned.change | back.change()):
            for path, known in planned.readings.items():
                readings.know(path, known)
            built = publish_all(settings, report, order, planned.readings)
    return Added(planned, wanted.again, built)


def read_files(files: Sequence[Path], readings: Readings, given: Sidecar | None = None) -> list[Addition]:
    """Read files that are to be added; when some cannot be, all of them are named at once."""
    additions: list[Addition] = []
    unreadable: list[UnreadableFileError] = []
    for path, outcome in readings.of(list(dict.fromkeys(files)), given):
        if isinstance(outcome, UnreadableFileError):
            unreadable.append(outcome)
        else:
            additions.append(Addition(path, outcome, given))
    if unreadable:
        raise UnreadableFilesError(unreadable, texts.NOT_ADDED)
    _refuse_doubles(additions)
    return additions


def _wanted(names: Sequence[str], given: Sidecar | None, data_dir: Path) -> Wanted:
    """Tell files from documents that were left out; a name that is neither is taken for a file that is not there."""
    left_out = LeftOut.read(data_dir)
    again = {name: left_out.find(name) for name in names if not Path(name).is_file()}
    if absent := [Path(name) for name, found in again.items() if not found]:
        raise NoSuchFileError(absent)
    files = tuple(Path(name) for name in names if name not in again)
    if given and len(names) > 1:
        raise SeveralFilesError
    return Wanted(files, tuple(one for found in again.values() for one in found), given)


def _refuse_doubles(additions: Iterable[Addition]) -> None:
    """Refuse two files of one document; of pages that hold several, the build takes the fullest."""
    files: dict[str, str] = {}
    for addition in additions:
        if len(addition.readings) == 1:
            (one,) = addition.ids
            if one in files:
                raise DoubledDocumentError(one, files[one], addition.file.name)
            files[one] = addition.file.name


def _sentences(added: Added) -> list[str]:
    shipped = _shipped()
    sentences: list[str] = []
    for document in added.placing.documents():
        sentences.append(_added(document))
        if document.id in shipped:
            sentences.append(f"  {shipped[document.id].format(name=document.title)}")
    for file, kept in added.placing.replaced.items():
        sentences.append((texts.REPLACED_FILE if kept else texts.SAME_FILE).format(file=file, kept=kept))
    return [*sentences, *(texts.TAKEN_IN_AGAIN.format(id=one) for one in added.again)]


def _facts(document: Document) -> dict[str, Any]:
    passages = sum(len(section.passages) for section in document.sections)
    return {"id": document.id, "number": document.number, "title": document.title, "passages": passages}


def _added(document: Document) -> str:
    return texts.ADDED.format(
        name=" ".join(filter(None, (document.kind, document.number))),
        title=document.title,
        articles=len(article_numbers(document)),
        passages=sum(len(section.passages) for section in document.sections),
        file=document.source,
    )


def _shipped() -> dict[str, str]:
    """Return, for the documents that the project brings, what to say where a file takes their place."""
    digests = {read_digest(path).id: texts.REPLACES_DIGEST for path in DIGESTS.glob("*.toml")}
    whole = {
        reading.document.id: texts.REPLACES_SHIPPED for path in shelf([SHIPPED_DOCUMENTS]) for reading in read_all(path)
    }
    return digests | whole


COMMAND = Command("add", texts.ADD, declare, run)
