"""Read the TOML file beside a text: what the print leaves out, what people call it, where it came from."""

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ingest.errors import BadSidecarError
from knowledge.documents import ToldStanding
from knowledge.standing import read_standing

SIDECAR = ".toml"
"""The suffix of the file beside a text."""


class Sidecar(BaseModel):
    """Everything is optional; a particular given here replaces what was read from the text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    number: str | None = None
    kind: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued: date | None = None
    signer: str | None = None
    standing: str | None = None
    """Whether it still holds, in the words of `knowledge.standing`."""
    standing_told: date | None = None
    """The day on which an administrator said so."""
    source: str = ""
    """Where the file came from, in one line."""

    @field_validator("standing")
    @classmethod
    def _tells_a_standing(cls, said: str | None) -> str | None:
        if said is not None:
            read_standing(said)
        return said

    def particulars(self) -> dict[str, str | date]:
        """Return the particulars that are given, by name."""
        return self.model_dump(exclude={"id", "standing", "standing_told", "source"}, exclude_none=True)

    def told_standing(self) -> ToldStanding | None:
        """Return what it says of the document's standing; None where it says nothing."""
        return read_standing(self.standing, self.standing_told) if self.standing else None

    def with_corrections(self, given: "Sidecar | None") -> "Sidecar":
        """Return it with what an administrator gives instead."""
        return self.model_copy(update=given.model_dump(exclude_defaults=True)) if given else self

    @property
    def names_one_document(self) -> bool:
        """It gives a particular or an id, which cannot hold for several documents of one file."""
        return self.id is not None or self.standing is not None or bool(self.particulars())


def read_sidecar(text: Path) -> Sidecar:
    """Return what stands in `<name>.toml` beside `<name>.txt`; an empty one where there is no such file.

    Raises `BadSidecarError` for broken TOML and for names that no document has.
    """
    path = text.with_suffix(SIDECAR)
    if not path.is_file():
        return Sidecar()
    try:
        return Sidecar.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSidecarError(path, reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSidecarError(path, reason=f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
