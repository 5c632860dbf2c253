"""List the documents of the edition that answers, each with its standing, size and file."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from rich.table import Table

from ingest import texts
from ingest.commands import Command
from ingest.report import Report
from ingest.settings import Settings
from knowledge.documents import Document
from knowledge.library import name_of
from knowledge.manifest import Manifest
from knowledge.register import Register, load_register
from knowledge.sources import own_documents


@dataclass(frozen=True, slots=True)
class Held:
    """One document of the edition."""

    id: str
    name: str
    title: str
    standing: str
    """A sentence; empty where the register does not know the document."""
    state: str
    """The same in two or three words."""
    passages: int
    digest: bool
    own: bool
    """An administrator's file."""
    file: str


def declare(parser: ArgumentParser) -> None:
    """Take no arguments: the settings say where the edition lies."""


def run(_: Namespace, settings: Settings, report: Report) -> int:
    """Print the documents in their order."""
    from knowledge.editions import check_edition, current_edition, read_documents  # noqa: PLC0415 - brings in Chroma

    edition = current_edition(settings.data_dir)
    manifest = check_edition(edition)
    own = {path.name for path in own_documents(settings.data_dir).glob("[!.]*")}
    documents = read_documents(edition)
    register = load_register().with_told(documents)
    held = [_held(document, register, own=document.source in own) for document in documents]
    report.result({"edition": manifest.id, "documents": [asdict(one) for one in held]}, *_shown(manifest, held))
    return 0


def _held(document: Document, register: Register, *, own: bool) -> Held:
    entry = register.of_document(document)
    return Held(
        id=document.id,
        name=name_of(document),
        title=document.title,
        standing=entry.standing_note_vi if entry else "",
        state=texts.STANDINGS[entry.standing if entry else None],
        passages=sum(len(section.passages) for section in document.sections),
        digest=document.digest,
        own=own and not document.digest,
        file=document.source,
    )


def _shown(manifest: Manifest, held: Sequence[Held]) -> tuple[str, Table]:
    created = f"{datetime.astimezone(manifest.created):%d/%m/%Y %H:%M}"
    sentence = texts.STATUS_EDITION.format(
        edition=manifest.id, created=created, documents=manifest.documents, passages=manifest.passages
    )
    table = Table(*texts.STATUS_COLUMNS, box=None)
    for one in held:
        name = texts.AS_A_DIGEST.format(name=one.name) if one.digest else one.name
        table.add_row(name, one.id, one.state, str(one.passages), one.file)
    return sentence, table


COMMAND = Command("status", texts.STATUS, declare, run)
