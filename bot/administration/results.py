"""What `python -m ingest … --json` says, as values."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from knowledge.documents import Standing


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True)


class Step(_Said):
    """How far the work is."""

    step: str
    done: int = 0
    whole: int | None = None


class Worse(_Said):
    """A question that was answered right before and would be answered wrong now."""

    question: str
    expected: str = ""
    now: str = ""


class Gate(_Said):
    """How an edition did on the question set."""

    asked: int
    right_before: int | None = None
    right_now: int
    worse: tuple[Worse, ...] = ()


class Refused(_Said):
    """Why the work was not done."""

    sentence: str
    gate: Gate | None = None


class Line(_Said):
    """One line of what it says: one of the three."""

    progress: Step | None = None
    result: dict[str, object] | None = None
    error: Refused | None = None


class OutlineLine(_Said):
    """A section that was read."""

    path: str
    label: str
    heading: str = ""
    passages: int


class Replaced(_Said):
    """The document of which the file is a new text."""

    id: str
    name: str
    source: str = ""
    digest: bool = False


class Change(_Said):
    """What became of one section."""

    path: str
    label: str
    change: str
    """`added`, `removed` or `altered`."""
    before: str | None = None
    after: str | None = None


class ReadDocument(_Said):
    """A document as it was read from a file."""

    id: str
    number: str | None = None
    kind: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    signer: str | None = None
    standing: str | None = None
    state: Standing | None = None
    """The same in a word."""
    passages: int
    outline: tuple[OutlineLine, ...] = ()
    replaces: Replaced | None = None
    changes: tuple[Change, ...] = ()


class Preview(_Said):
    """What would come of a file."""

    file: str
    documents: tuple[ReadDocument, ...]
    warnings: tuple[str, ...] = ()


class Remaining(_Said):
    """A text of the program's own that now answers in place of the one that went."""

    digest: bool


class Removed(_Said):
    """What became of a document that was taken out."""

    id: str
    name: str
    kept: dict[str, str] = {}
    """The files that went, and where inside DATA_DIR each is kept."""
    remains: Remaining | None = None


class Published(_Said):
    """An edition that is now served."""

    edition: str
    documents: int
    passages: int
    new: bool = True
    """False where nothing had changed since the edition that answers."""
    seconds: float | None = None
    gate: Gate | None = None
    removed: Removed | None = None


class Edition(_Said):
    """An edition that is kept."""

    id: str
    created: datetime
    documents: int
    passages: int
    current: bool = False
    pinned: bool = False
    whole: bool = True
    by: str | None = None


class Editions(_Said):
    """The editions that are kept, newest first."""

    editions: tuple[Edition, ...]


class HeldDocument(_Said):
    """A document of the current edition."""

    id: str
    name: str
    title: str = ""
    state: str | None = None
    """Its standing in two or three words."""
    passages: int
    digest: bool = False
    own: bool = False
    file: str | None = None


class Status(_Said):
    """What the current edition holds."""

    edition: str
    documents: tuple[HeldDocument, ...]
