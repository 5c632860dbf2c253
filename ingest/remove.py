"""Take a document out and build an edition without it: `python -m ingest remove DOCUMENT`.

A file of the administrators goes to DATA_DIR/removed. What comes with the program, and what stands in a page that
holds several documents, is marked as left out; `add` with its number takes it in again.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import deeds, texts
from ingest.build import Built, Order, publish_all
from ingest.changing import Change, changed, kept_folder, only_one
from ingest.commands import Command, declare_publishing
from ingest.left_out import LeftOut
from ingest.placing import inside, with_sidecar
from ingest.readings import Readings
from ingest.report import Report
from ingest.settings import Settings
from ingest.sources import Source, meant, sources
from knowledge.library import name_of
from knowledge.settings import KnowledgeSettings


@dataclass(frozen=True, slots=True)
class Removed:
    """What came of removing."""

    source: Source
    """One of the texts that went."""
    kept: dict[str, str]
    """The files that went, by name, and where inside DATA_DIR each is kept."""
    remains: Source | None
    """The text of the same document that is used now: one that comes with the program."""
    built: Built

    @property
    def name(self) -> str:
        """As a person names it."""
        document = self.source.document
        return name_of(document) if document else self.source.id

    def facts(self) -> dict[str, object]:
        """Return what a program is told."""
        remains = None
        if self.remains and self.remains.document:
            remains = {"file": self.remains.path.name, "digest": self.remains.document.digest}
        removed = {"id": self.source.id, "name": self.name, "kept": self.kept, "remains": remains}
        return {"removed": removed, **self.built.facts()}

    def sentences(self) -> list[str]:
        """Return what a person is told."""
        told = [texts.REMOVED_DOCUMENT.format(name=self.name)]
        told += (texts.KEPT_FILE.format(file=file, kept=kept) for file, kept in self.kept.items())
        if self.remains and self.remains.document:
            told.append(texts.REMAINS_DIGEST if self.remains.document.digest else texts.REMAINS_TEXT)
        elif not self.kept:
            told.append(texts.TAKE_IN_AGAIN.format(id=self.source.id))
        return [*told, *self.built.sentences()]


def declare(parser: ArgumentParser) -> None:
    """Take the document, and how to publish."""
    parser.add_argument("document", metavar=texts.DOCUMENT, help=texts.SHOW_NAME)
    declare_publishing(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Remove, and tell what is used instead, if anything is."""
    removed = remove(arguments.document, settings, report, Order(arguments.by, arguments.force))
    deeds.record(settings, report, arguments.by, "remove", about=removed.name, edition=removed.built.manifest.id)
    report.result(removed.facts(), *removed.sentences())
    return 0


def remove(name: str, settings: KnowledgeSettings, report: Report, order: Order) -> Removed:
    """Take the document that is called so out of the administrators' folder, else out of what the program brings.

    Raises `UnknownDocumentError` where no document, or more than one, is called so, and what `build` raises; the
    folder and the current edition then are as they were.
    """
    data_dir = settings.data_dir
    with only_one(data_dir, report):
        found = meant(name, sources(data_dir, Readings(data_dir, report)))
        going = [source for source in found if source.own] or found
        kept = _kept(going)
        files = Change({to: path for path, to in kept.items()}, tuple(inside(path.name) for path in kept))
        left_out = _left_out(going, LeftOut.read(data_dir))
        with changed(data_dir, files | left_out.change()):
            built = publish_all(settings, report, order, added=())
    remains = next((source for source in found if source not in going), None)
    return Removed(going[0], {path.name: to for path, to in kept.items()}, remains, built)


def _kept(going: Sequence[Source]) -> dict[Path, str]:
    """Return the own files that hold nothing else, with their sidecars, and where they will be kept."""
    folder = kept_folder()
    files = [path for source in going if source.own and source.alone for path in with_sidecar(source.path)]
    return {path: f"{folder}/{path.name}" for path in files}


def _left_out(going: Sequence[Source], before: LeftOut) -> LeftOut:
    after = before
    for source in going:
        if not source.own:
            after = after.with_shipped(source.id)
        elif not source.alone:
            after = after.with_of_several(source.id)
    return after


COMMAND = Command("remove", texts.REMOVE, declare, run)
