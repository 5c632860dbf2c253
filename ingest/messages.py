"""What the process that reads files and the one that asked for it say to each other: a JSON object a line."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter

from ingest.errors import UnreadableFileError
from ingest.read import Reading
from ingest.sidecar import Sidecar


class Job(BaseModel):
    """Read this file in the folder that both know."""

    file: str
    given: Sidecar | None = None
    """What the administrator corrects; it goes before the file's own sidecar."""


class Ready(BaseModel):
    """The reader stands ready for its first job."""

    says: Literal["ready"] = "ready"
    offline: bool


class Pages(BaseModel):
    """So many pages of a job are read."""

    says: Literal["pages"] = "pages"
    done: int
    whole: int


class Read(BaseModel):
    """A job is done."""

    says: Literal["read"] = "read"
    readings: tuple[Reading, ...]


class Refused(BaseModel):
    """A file cannot become a document."""

    says: Literal["refused"] = "refused"
    error: str
    """Name of the leaf in `ingest.errors`."""
    file: str
    """The file at fault: the job's, or its sidecar."""
    details: dict[str, str]
    fault: str = ""
    """For the log: where a parser failed that should not."""


Message = Ready | Pages | Read | Refused
MESSAGE: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="says")])


def refusal(error: UnreadableFileError, fault: str = "") -> Refused:
    """Write an error down."""
    return Refused(error=type(error).__name__, file=error.path.name, details=error.details, fault=fault)
