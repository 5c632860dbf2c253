"""Read the TOML file beside a text: what the print leaves out, what people call it, where it came from."""

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import BadSidecarError

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
    source: str = ""
    """Where the file came from, in one line."""

    def particulars(self) -> dict[str, str | date]:
        """Return the particulars that are given, by name."""
        return self.model_dump(exclude={"id", "source"}, exclude_none=True)

    def with_corrections(self, given: "Sidecar | None") -> "Sidecar":
        """Return it with what an administrator gives instead."""
        return self.model_copy(update=given.model_dump(exclude_defaults=True)) if given else self

    @property
    def names_one_document(self) -> bool:
        """It gives a particular or an id, which cannot hold for several documents of one file."""
        return self.id is not None or bool(self.particulars())


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
