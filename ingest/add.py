"""Add an administrator's documents and build an edition with them: `python -m ingest add FILE…`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from ingest import texts
from ingest.build import build, told_outcome
from ingest.commands import Command
from ingest.digests import read_digest
from ingest.errors import DoubledDocumentError, NoSuchFileError, UnreadableFileError, UnreadableFilesError
from ingest.expected import article_numbers
from ingest.placing import Addition, Placed, placed
from ingest.progress import progress_bars
from ingest.read import read_all
from ingest.settings import Settings
from ingest.shelf import SHIPPED_DOCUMENTS, shelf
from knowledge.documents import Document
from knowledge.manifest import Manifest
from knowledge.sources import DIGESTS


def declare(parser: ArgumentParser) -> None:
    """Take the files."""
    parser.add_argument("files", nargs="+", type=Path, metavar=texts.FILE, help=texts.ADD_FILES)


def run(arguments: Namespace, settings: Settings) -> int:
    """Add the files, and tell the operator what was added in place of what."""
    return told_outcome(lambda: add(arguments.files, settings))


def add(files: Sequence[Path], settings: Settings) -> Manifest:
    """Put files into the administrators' folder and publish an edition with them.

    All are read first. Raises `NoSuchFileError`, `UnreadableFilesError` or `DoubledDocumentError` for files that
    cannot be added, and what `build` raises; the folder and the current edition then are as they were.
    """
    additions = read_files(files)
    with placed(additions, settings.own_documents) as outcome:
        manifest = build(settings, outcome.readings)
    _tell(outcome)
    return manifest


def read_files(files: Sequence[Path]) -> list[Addition]:
    """Read files that are to be added; when some cannot be, all of them are named at once."""
    absent = [path for path in files if not path.is_file()]
    if absent:
        raise NoSuchFileError(absent)
    additions: list[Addition] = []
    unreadable: list[UnreadableFileError] = []
    with progress_bars() as progress:
        for path in progress.track(dict.fromkeys(files), description=texts.BUILD_READS):
            try:
                additions.append(Addition(path, read_all(path)))
            except UnreadableFileError as error:
                unreadable.append(error)
    if unreadable:
        raise UnreadableFilesError(unreadable, texts.NOT_ADDED)
    _refuse_doubles(additions)
    return additions


def _refuse_doubles(additions: Iterable[Addition]) -> None:
    """Refuse two files of one document; of pages that hold several, the build takes the fullest."""
    files: dict[str, str] = {}
    for addition in additions:
        if len(addition.readings) == 1:
            (one,) = addition.ids
            if one in files:
                raise DoubledDocumentError(one, files[one], addition.file.name)
            files[one] = addition.file.name


def _tell(outcome: Placed) -> None:
    console = Console()
    shipped = _shipped()
    sentences: list[str] = []
    for name, readings in outcome.readings.items():
        for document in (reading.document for reading in readings):
            sentences.append(_added(document, name))
            if document.id in shipped:
                sentences.append(f"  {shipped[document.id].format(name=document.title)}")
    sentences += [texts.REPLACED_FILE.format(file=name) for name in outcome.replaced]
    for sentence in sentences:
        console.print(sentence, highlight=False, markup=False, soft_wrap=True)


def _added(document: Document, file: str) -> str:
    return texts.ADDED.format(
        name=" ".join(filter(None, (document.kind, document.number))),
        title=document.title,
        articles=len(article_numbers(document)),
        passages=sum(len(section.passages) for section in document.sections),
        file=file,
    )


def _shipped() -> dict[str, str]:
    """Return, for the documents that the project brings, what to say where a file takes their place."""
    digests = {read_digest(path).id: texts.REPLACES_DIGEST for path in DIGESTS.glob("*.toml")}
    whole = {
        reading.document.id: texts.REPLACES_SHIPPED for path in shelf([SHIPPED_DOCUMENTS]) for reading in read_all(path)
    }
    return digests | whole


COMMAND = Command("add", texts.ADD, declare, run)
