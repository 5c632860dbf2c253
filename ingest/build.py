"""Turn all documents into a new edition of the knowledge base: `python -m ingest build`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from ingest import texts
from ingest.choose import Candidate, choose
from ingest.commands import Command
from ingest.digests import completed, read_digest
from ingest.errors import NoDocumentsError, UnreadableFileError, UnreadableFilesError
from ingest.progress import progress_bars, tell
from ingest.read import Reading, read_all
from ingest.settings import Settings
from ingest.shelf import shelf
from ingest.sidecar import SIDECAR
from knowledge.errors import KnowledgeError
from knowledge.manifest import Manifest
from knowledge.settings import KnowledgeSettings
from knowledge.sources import DIGESTS, document_folders, own_documents, source_fingerprint

_INTERRUPTED = 130  # what shells give for Ctrl-C


def declare(parser: ArgumentParser) -> None:
    """Take no arguments: the settings say where the documents lie."""


def run(arguments: Namespace, settings: Settings) -> int:  # noqa: ARG001 - a command without arguments
    """Build, and tell the operator in a line what came of it."""
    return told_outcome(lambda: build(settings))


def told_outcome(work: Callable[[], Manifest]) -> int:
    """Do work that ends in an edition, tell the operator in a line what came of it, and return the exit code."""
    started = datetime.now(UTC)
    problems = Console(stderr=True)
    try:
        manifest = work()
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


def build(settings: KnowledgeSettings, added: Mapping[str, Sequence[Reading]] | None = None) -> Manifest:
    """Publish an edition of all documents; return the current one's manifest where it is of the same sources.

    `added` holds what was just read from administrators' files, by the files' names: they are not read again,
    and only what was noticed in them is told to the operator. Without it, all that was noticed is told.
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
    with progress_bars() as progress:
        own = own_documents(settings.data_dir)
        known = {own / name: tuple(readings) for name, readings in (added or {}).items()}
        candidates = _read_all(_files(settings.data_dir, progress), own, progress, known)
        taken, passed_over = choose(candidates)
        for sentence in passed_over:
            tell(progress, sentence)
        texts_and_digests = completed(
            (candidate.document for candidate in taken.values()), map(read_digest, sorted(DIGESTS.glob("*.toml")))
        )
        bars = {step: progress.add_task(label, total=None) for step, label in texts.BUILD_STEPS.items()}

        def report(step: Step, done: int, whole: int) -> None:
            progress.update(bars[step], completed=done, total=whole)

        return publish(
            list(texts_and_digests), settings.data_dir, embeddings, fingerprint=fingerprint, on_progress=report
        )


def _files(data_dir: Path, progress: Progress) -> list[Path]:
    """Return the files to read, and say which of the administrators' files are left out."""
    folders = document_folders(data_dir)
    files = shelf(folders)
    for path in sorted(own_documents(data_dir).glob("[!.]*")):
        if path not in files and path.suffix != SIDECAR:
            tell(progress, texts.LEFT_OUT.format(file=path.name))
    if not files:
        raise NoDocumentsError(folders)
    return files


def _read_all(
    files: Sequence[Path], own: Path, progress: Progress, known: Mapping[Path, tuple[Reading, ...]]
) -> list[Candidate]:
    """Read every file; when some cannot be read, all of them are named at once."""
    candidates: list[Candidate] = []
    unreadable: list[UnreadableFileError] = []
    for path in progress.track(files, description=texts.BUILD_READS):
        try:
            readings = known.get(path) or read_all(path)
        except UnreadableFileError as error:
            unreadable.append(error)
            continue
        alone = len(readings) == 1
        for reading in readings:
            if path in known or not known:
                _tell_warnings(reading, progress, alone=alone)
            candidates.append(Candidate(reading, own=path.parent == own, alone=alone))
    if unreadable:
        raise UnreadableFilesError(unreadable)
    return candidates


def _tell_warnings(reading: Reading, progress: Progress, *, alone: bool) -> None:
    document = reading.document
    named = texts.OF_SEVERAL.format(file=document.source, number=document.number or document.id)
    for warning in reading.warnings:
        tell(progress, texts.BUILD_WARNING.format(file=document.source if alone else named, warning=warning))


COMMAND = Command("build", texts.BUILD, declare, run)
