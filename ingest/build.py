"""Turn all documents into a new edition of the knowledge base: `python -m ingest build`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest import texts
from ingest.commands import Command
from ingest.digests import completed, read_digest
from ingest.errors import DoubledDocumentError, NoDocumentsError, UnreadableFileError, UnreadableFilesError
from ingest.read import read
from ingest.settings import Settings
from ingest.shelf import shelf
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.manifest import Manifest
from knowledge.settings import KnowledgeSettings
from knowledge.sources import DIGESTS, document_folders, own_documents, source_fingerprint

_SIDECAR = ".toml"
_INTERRUPTED = 130  # what shells give for Ctrl-C


def declare(parser: ArgumentParser) -> None:
    """Take no arguments: the settings say where the documents lie."""


def run(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001 - a command without arguments
    """Build, and tell the operator in a line what came of it."""
    started = datetime.now(UTC)
    problems = Console(stderr=True)
    try:
        manifest = build(settings)
    except KeyboardInterrupt:
        problems.print(texts.BUILD_INTERRUPTED)
        return _INTERRUPTED
    except KnowledgeError as error:
        problems.print(texts.BUILD_FAILED.format(reason=error.operator_message), markup=False)
        problems.print(str(error), markup=False, highlight=False, soft_wrap=True, style="dim")
        return 1
    sentence = texts.BUILT if manifest.created > started else texts.NOTHING_NEW
    seconds = (datetime.now(UTC) - started).total_seconds()
    Console().print(
        sentence.format(documents=manifest.documents, passages=manifest.passages, edition=manifest.id, seconds=seconds),
        highlight=False,
        soft_wrap=True,
    )
    return 0


def build(settings: KnowledgeSettings) -> Manifest:
    """Publish an edition of all documents; return the current one's manifest where it is of the same sources.

    Raises `UnreadableFilesError` or `DoubledDocumentError`, and what `knowledge.publishing.publish` raises;
    the current edition then stays.
    """
    # These two bring in Chroma, which costs seconds that the other commands need not wait for.
    from knowledge.editions import current_edition, embeddings_of, is_up_to_date  # noqa: PLC0415
    from knowledge.publishing import Step, publish  # noqa: PLC0415

    embeddings = embeddings_of(settings)
    fingerprint = source_fingerprint(settings.data_dir, embeddings.name)
    if is_up_to_date(settings.data_dir, fingerprint):
        return Manifest.read(current_edition(settings.data_dir))
    with _progress() as progress:
        read_now = _read_all(_files(settings.data_dir, progress), progress)
        documents = list(completed(read_now, map(read_digest, sorted(DIGESTS.glob("*.toml")))))
        bars = {step: progress.add_task(label, total=None) for step, label in texts.BUILD_STEPS.items()}

        def report(step: Step, done: int, whole: int) -> None:
            progress.update(bars[step], completed=done, total=whole)

        return publish(documents, settings.data_dir, embeddings, fingerprint=fingerprint, on_progress=report)


def _files(data_dir: Path, progress: Progress) -> list[Path]:
    """Return the files to read, and say which of the administrators' files are left out."""
    folders = document_folders(data_dir)
    files = shelf(folders)
    for path in sorted(own_documents(data_dir).glob("[!.]*")):
        if path not in files and path.suffix != _SIDECAR:
            progress.console.print(texts.LEFT_OUT.format(file=path.name), markup=False, soft_wrap=True)
    if not files:
        raise NoDocumentsError(folders)
    return files


def _read_all(files: Sequence[Path], progress: Progress) -> list[Document]:
    """Read every file; when some cannot be read, all of them are named at once."""
    documents: dict[str, Document] = {}
    unreadable: list[UnreadableFileError] = []
    for path in progress.track(files, description=texts.BUILD_READS):
        try:
            reading = read(path)
        except UnreadableFileError as error:
            unreadable.append(error)
            continue
        for warning in reading.warnings:
            progress.console.print(
                texts.BUILD_WARNING.format(file=path.name, warning=warning), markup=False, soft_wrap=True
            )
        document = reading.document
        if document.id in documents:
            raise DoubledDocumentError(document.id, documents[document.id].source, document.source)
        documents[document.id] = document
    if unreadable:
        raise UnreadableFilesError(unreadable)
    return list(documents.values())


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield progress


COMMAND = Command("build", texts.BUILD, declare, run)
