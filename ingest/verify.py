"""Read an edition back whole against its manifest: `python -m ingest verify [EDITION]`."""

from argparse import ArgumentParser, Namespace

from ingest import texts
from ingest.commands import Command
from ingest.errors import EditionRefusedError
from ingest.report import Report
from ingest.settings import Settings
from ingest.which import which_edition
from knowledge.errors import IndexDamagedError


def declare(parser: ArgumentParser) -> None:
    """Take the edition."""
    parser.add_argument("edition", nargs="?", metavar=texts.EDITION, help=texts.VERIFY)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Compare every byte, passage and vector, in a process that nobody minds losing."""
    from knowledge.child import verify_in_child  # noqa: PLC0415 - as below
    from knowledge.editions import check_edition, current_edition  # noqa: PLC0415 - brings in Chroma

    name, data_dir = arguments.edition, settings.data_dir
    edition = which_edition(name, data_dir) if name else current_edition(data_dir)
    report.advance(texts.BUILD_STEPS["verify"], 0, 1)
    try:
        manifest = check_edition(edition)
        verify_in_child(edition)
    except IndexDamagedError as error:
        raise EditionRefusedError(texts.DAMAGED_EDITION.format(edition=edition.name, reason=error)) from error
    report.advance(texts.BUILD_STEPS["verify"], 1, 1)
    counts = manifest.model_dump(include={"documents", "sections", "passages"}) | {"files": len(manifest.files)}
    report.result({"edition": edition.name, **counts}, texts.VERIFIED.format(edition=edition.name, **counts))
    return 0


COMMAND = Command("verify", texts.VERIFY, declare, run)
