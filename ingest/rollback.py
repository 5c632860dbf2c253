"""Go back to a kept edition, and stay there until an administrator publishes another one."""

from argparse import ArgumentParser, Namespace

from ingest import deeds, texts
from ingest.changing import only_one
from ingest.commands import Command, declare_by
from ingest.errors import EditionRefusedError
from ingest.report import Report
from ingest.settings import Settings
from ingest.which import which_edition
from knowledge.errors import IndexDamagedError, IndexMismatchError
from knowledge.manifest import Manifest
from knowledge.settings import KnowledgeSettings


def declare(parser: ArgumentParser) -> None:
    """Take the edition."""
    parser.add_argument("edition", metavar=texts.EDITION, help=texts.ROLLBACK)
    declare_by(parser)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Go back, and tell what answers now."""
    manifest = roll_back(arguments.edition, settings, report)
    deeds.record(settings, report, arguments.by, "rollback", edition=manifest.id)
    facts = {"edition": manifest.id, "documents": manifest.documents, "passages": manifest.passages}
    report.result(facts, texts.ROLLED_BACK.format(**facts))
    return 0


def roll_back(name: str, settings: KnowledgeSettings, report: Report) -> Manifest:
    """Verify a kept edition whole and make it the current one, pinned.

    Raises `NoSuchEditionError`, `EditionRefusedError` where it is damaged or this program cannot open it, and
    `EditionBusyError`; the current edition then stays.
    """
    from knowledge.editions import embeddings_of  # noqa: PLC0415 - brings in Chroma
    from knowledge.publishing import go_back  # noqa: PLC0415 - as above

    with only_one(settings.data_dir, report):
        edition = which_edition(name, settings.data_dir)
        try:
            return go_back(settings.data_dir, edition.name, embeddings_of(settings))
        except IndexMismatchError as error:
            raise EditionRefusedError(texts.CANNOT_OPEN_EDITION.format(edition=edition.name)) from error
        except IndexDamagedError as error:
            told = texts.DAMAGED_EDITION.format(edition=edition.name, reason=error)
            raise EditionRefusedError(told) from error


COMMAND = Command("rollback", texts.ROLLBACK, declare, run)
