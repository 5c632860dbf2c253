"""Say what an edition is made of, so that damage and mismatch show before anyone is answered from it.

Beside `manifest.json` lies `manifest.sha256`, in the format of `sha256sum`, so that a flipped bit in the
manifest itself shows too, and a person can check an edition without this program.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from knowledge.errors import IndexDamagedError, IndexMismatchError, IndexMissingError

LAYOUT = 1
"""Which files an edition has and how they are written; raise it when older ones can no longer be read."""
PARSER_VERSION = "1"
"""What sections and passages mean; raise it when an older reading of the texts can give no answers."""
DOCUMENTS_FILE = "documents.json"
INDEX_FOLDER = "index"
_MANIFEST_FILE = "manifest.json"
_SUM_FILE = "manifest.sha256"


class Manifest(BaseModel):
    """The facts of one edition; never changed after it is published."""

    model_config = ConfigDict(frozen=True)

    id: str
    """Name of its directory: the moment of the build, so that names sort by age."""
    layout: int = LAYOUT
    created: AwareDatetime
    parser_version: str
    embeddings: str
    """Name of the embeddings that the vectors were made with."""
    dimension: int
    """Numbers in one vector."""
    fingerprint: str
    """`knowledge.sources.source_fingerprint` of what it was built from."""
    by: str = ""
    """Who had it built: a Telegram id, `terminal`, or empty where the bot built it by itself."""
    documents: int
    sections: int
    passages: int
    embedded: int = 0
    """How many passages were embedded for it; the vectors of the others were known."""
    files: Mapping[str, str]
    """SHA-256 of every other file of the edition, by its path inside the directory."""

    @classmethod
    def read(cls, edition: Path) -> Self:
        """Read an edition's manifest.

        Raises `IndexDamagedError` where it is lost or not as it was written, `IndexMissingError` where there is
        no such edition, `IndexMismatchError` where another release wrote it.
        """
        try:
            content = (edition / _MANIFEST_FILE).read_bytes()
            checksum = (edition / _SUM_FILE).read_bytes()
        except FileNotFoundError as error:
            missing = IndexDamagedError if edition.is_dir() else IndexMissingError
            raise missing(f"no manifest at {edition}") from error
        if checksum != _checksum_line(content):
            raise IndexDamagedError(f"the manifest at {edition} is not as it was written")
        try:
            return cls.model_validate_json(content)
        except ValidationError as error:  # whole, as its checksum says, yet of another shape
            raise IndexMismatchError(f"the manifest at {edition} is of another release") from error

    def write(self, edition: Path) -> None:
        """Write the manifest and its checksum into an edition that is being built."""
        content = self.model_dump_json(indent=1).encode()
        (edition / _MANIFEST_FILE).write_bytes(content)
        (edition / _SUM_FILE).write_bytes(_checksum_line(content))

    def check_file(self, name: str, path: Path) -> None:
        """Raise `IndexDamagedError` where the file at `path` is not the `name` that the manifest lists."""
        try:
            found = file_sha256(path)
        except FileNotFoundError as error:
            raise IndexDamagedError(f"edition {self.id} has lost {name}") from error
        if found != self.files.get(name):
            raise IndexDamagedError(f"edition {self.id}: {name} is not as it was written")


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_checksums(edition: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under a directory, by its path inside."""
    return {path.relative_to(edition).as_posix(): file_sha256(path) for path in _files(edition)}


def _files(directory: Path) -> Iterable[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _checksum_line(content: bytes) -> bytes:
    return f"{hashlib.sha256(content).hexdigest()}  {_MANIFEST_FILE}\n".encode()
