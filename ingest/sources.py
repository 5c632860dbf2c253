"""Know every text of every document: the administrators' files, the project's own and its digests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.choose import Candidate, is_left_out
from ingest.digests import read_digest
from ingest.errors import AmbiguousDocumentError, UnknownDocumentError, UnreadableFileError
from ingest.left_out import LeftOut
from ingest.readings import Readings
from ingest.shelf import introduce, names, plain, shelf
from knowledge.documents import Document
from knowledge.sources import DIGESTS, document_folders, own_documents


@dataclass(frozen=True, slots=True)
class Source:
    """One text of a document."""

    path: Path
    document: Document | None
    """None where the file cannot be read."""
    own: bool
    """An administrator's file."""
    alone: bool
    """Nothing else stands in the file."""

    @property
    def id(self) -> str:
        """The document's id, the file's name where it cannot be read."""
        return self.document.id if self.document else self.path.name

    def is_called(self, name: str) -> bool:
        """Tell whether a person may mean it, by id, number, title or file."""
        of_file = {plain(self.path.name), plain(self.path.stem)} if self.alone else set()
        return plain(name) in of_file | (names(self.document) if self.document else set())


def sources(data_dir: Path, readings: Readings) -> list[Source]:
    """Return all texts, but for those that an administrator has left out."""
    left_out = LeftOut.read(data_dir)
    whole = _files(data_dir, readings, left_out)
    digests = ((path, read_digest(path)) for path in sorted(DIGESTS.glob("*.toml")))
    summaries = (Source(path, digest, own=False, alone=True) for path, digest in digests)
    return [*whole, *(digest for digest in summaries if digest.id not in left_out.shipped)]


def meant(name: str, known: Sequence[Source]) -> list[Source]:
    """Return all texts of the one document that a person means.

    Raises `UnknownDocumentError` where none answers to the name, `AmbiguousDocumentError` where several do.
    """
    ids = {source.id for source in known if source.is_called(name)}
    if not ids:
        introduced = {source.id: introduce(source.document) for source in known if source.document}
        raise UnknownDocumentError(name, tuple(introduced.values()))
    if len(ids) > 1:
        raise AmbiguousDocumentError(name, tuple(sorted(ids)))
    return [source for source in known if source.id in ids]


def _files(data_dir: Path, readings: Readings, left_out: LeftOut) -> Iterator[Source]:
    for path, outcome in readings.of(shelf(document_folders(data_dir))):
        own = path.parent == own_documents(data_dir)
        if isinstance(outcome, UnreadableFileError):
            yield Source(path, None, own, alone=True)
            continue
        alone = len(outcome) == 1
        for reading in outcome:
            if not is_left_out(Candidate(reading, own, alone), left_out):
                yield Source(path, reading.document, own, alone)
