"""Turn all documents into a new edition of the knowledge base: `python -m ingest build`."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import deeds, gate, texts
from ingest.changing import only_one
from ingest.choose import Candidate, choose, is_left_out
from ingest.commands import Command, declare_publishing
from ingest.digests import completed, read_digest
from ingest.errors import NoDocumentsError, UnreadableFileError, UnreadableFilesError
from ingest.left_out import LeftOut
from ingest.read import Reading
from ingest.readings import Readings
from ingest.report import Report
from ingest.settings import Settings
from ingest.shelf import shelf
from ingest.sidecar import SIDECAR
from knowledge.documents import Document
from knowledge.manifest import Manifest
from knowledge.settings import KnowledgeSettings
from knowledge.sources import DIGESTS, document_folders, own_documents, source_fingerprint

if TYPE_CHECKING:
    from knowledge.gate import Comparison


@dataclass(frozen=True, slots=True)
class Order:
    """How an edition is to be published."""

    by: str = ""
    """Who wants it."""
    force: bool = False
    """Also when it answers worse."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    manifest: Manifest
    is_new: bool
    seconds: float
    comparison: "Comparison"

    def facts(self) -> dict[str, Any]:
        """Return what a program is told."""
        manifest = self.manifest
        return {
            "edition": manifest.id,
            "new": self.is_new,
            "documents": manifest.documents,
            "passages": manifest.passages,
            "seconds": round(self.seconds, 1),
            "embedded": manifest.embedded if self.is_new else 0,
            "gate": gate.facts(self.comparison),
        }

    def sentences(self) -> list[str]:
        """Return what a person is told."""
        sentence = texts.BUILT if self.is_new else texts.NOTHING_NEW
        manifest = self.manifest
        built = sentence.format(
            documents=manifest.documents, passages=manifest.passages, edition=manifest.id, seconds=self.seconds
        )
        return [built, *gate.told(self.comparison)]


def declare(parser: ArgumentParser) -> None:
    """Take how to publish; the settings say where the documents lie."""
    declare_publishing(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Build, and tell what came of it."""
    built = build(settings, report, Order(arguments.by, arguments.force))
    if built.is_new:
        deeds.record(settings, report, arguments.by, "build", edition=built.manifest.id)
    report.result(built.facts(), *built.sentences())
    return 0


def build(settings: KnowledgeSettings, report: Report | None = None, order: Order | None = None) -> Built:
    """Publish an edition of all documents; return the current one where it is of the same sources.

    Raises as `publish_all` does, and `EditionBusyError` where another process takes too long to change documents;
    the current edition then stays.
    """
    report = report or Report()
    with only_one(settings.data_dir, report):
        return publish_all(settings, report, order or Order())


def publish_all(
    settings: KnowledgeSettings, report: Report, order: Order, added: Collection[Path] | None = None
) -> Built:
    """Publish an edition of all documents, for whoever holds `changing.only_one`.

    `added` are the files whose warnings are told; without it all are. Raises `UnreadableFilesError` or
    `DoubledDocumentError`, what `knowledge.publishing.publish` raises, and `GateRefusedError`; the current edition
    then stays.
    """
    # These bring in Chroma, which costs seconds that the other commands need not wait for.
    from knowledge.editions import current_edition, embeddings_of, is_up_to_date  # noqa: PLC0415
    from knowledge.gate import Comparison, Gate  # noqa: PLC0415
    from knowledge.publishing import Step, publish, unpin  # noqa: PLC0415

    started = time.perf_counter()
    data_dir, embeddings = settings.data_dir, embeddings_of(settings)
    fingerprint = source_fingerprint(data_dir, embeddings.name)
    if is_up_to_date(data_dir, fingerprint):
        unpin(data_dir)
        manifest = Manifest.read(current_edition(data_dir))
        return Built(manifest, is_new=False, seconds=time.perf_counter() - started, comparison=Comparison())

    def advance(step: Step, done: int, whole: int) -> None:
        report.advance(texts.BUILD_STEPS[step], done, whole)

    asked = gate.questions(settings, report)
    with Gate(asked, data_dir, embeddings, force=order.force) as door:
        manifest = publish(
            _documents(settings, report, added),
            data_dir,
            embeddings,
            fingerprint=fingerprint,
            by=order.by,
            kept=settings.kept_editions,
            inspect=door.inspect,
            on_progress=advance,
        )
    return Built(manifest, is_new=True, seconds=time.perf_counter() - started, comparison=door.comparison)


def _documents(settings: KnowledgeSettings, report: Report, added: Collection[Path] | None) -> list[Document]:
    """Read all files, decide whose text is taken, and complete them with the digests."""
    readings = Readings(settings.data_dir, report)
    left_out = LeftOut.read(settings.data_dir)
    candidates = _candidates(_files(settings.data_dir, report), readings, report, settings.data_dir, added)
    taken, passed_over = choose(candidate for candidate in candidates if not is_left_out(candidate, left_out))
    for sentence in passed_over:
        report.notice(sentence)
    digests = map(read_digest, sorted(DIGESTS.glob("*.toml")))
    wanted = (digest for digest in digests if digest.id in taken or digest.id not in left_out.shipped)
    documents = list(completed((candidate.document for candidate in taken.values()), wanted))
    if not documents:
        raise NoDocumentsError(document_folders(settings.data_dir))
    readings.forget_others()
    return documents


def _files(data_dir: Path, report: Report) -> list[Path]:
    """Return the files to read, and say which of the administrators' files are left out."""
    folders = document_folders(data_dir)
    files = shelf(folders)
    for path in sorted(own_documents(data_dir).glob("[!.]*")):
        if path not in files and path.suffix != SIDECAR:
            report.notice(texts.UNKNOWN_KIND_LEFT_OUT.format(file=path.name))
    if not files:
        raise NoDocumentsError(folders)
    return files


def _candidates(
    files: Sequence[Path], readings: Readings, report: Report, data_dir: Path, added: Collection[Path] | None
) -> list[Candidate]:
    """Read every file; when some cannot be read, all of them are named at once."""
    candidates: list[Candidate] = []
    unreadable: list[UnreadableFileError] = []
    for path, outcome in readings.of(files):
        if isinstance(outcome, UnreadableFileError):
            unreadable.append(outcome)
            continue
        alone = len(outcome) == 1
        for reading in outcome:
            if added is None or path in added:
                _tell_warnings(reading, report, alone=alone)
            candidates.append(Candidate(reading, own=path.parent == own_documents(data_dir), alone=alone))
    if unreadable:
        raise UnreadableFilesError(unreadable)
    return candidates


def _tell_warnings(reading: Reading, report: Report, *, alone: bool) -> None:
    document = reading.document
    named = texts.OF_SEVERAL.format(file=document.source, number=document.number or document.id)
    for warning in reading.warnings:
        report.notice(texts.BUILD_WARNING.format(file=document.source if alone else named, warning=warning))


COMMAND = Command("build", texts.BUILD, declare, run)
