"""Know which documents an administrator has left out, where there is no file of theirs to take away.

These are documents that come with the program, and those of a page that holds several.
"""

import json
import re
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.changing import Change
from ingest.errors import BrokenListError
from ingest.shelf import plain
from knowledge.sources import left_out_file


class LeftOut(BaseModel):
    """Ids of documents; never changed, `with_` and `without` return another."""

    model_config = ConfigDict(frozen=True)

    shipped: frozenset[str] = frozenset()
    """Of what comes with the program."""
    of_several: frozenset[str] = frozenset()
    """Of the administrators' pages that hold several documents."""

    @classmethod
    def read(cls, data_dir: Path) -> Self:
        """Read what is left out, nothing where there is no such file; raises `BrokenListError`."""
        path = left_out_file(data_dir)
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return cls()
        except ValidationError as error:
            raise BrokenListError(path) from error

    def with_shipped(self, document_id: str) -> Self:
        """Leave out a document that comes with the program."""
        return self.model_copy(update={"shipped": self.shipped | {document_id}})

    def with_of_several(self, document_id: str) -> Self:
        """Leave out a document of the pages that hold several."""
        return self.model_copy(update={"of_several": self.of_several | {document_id}})

    def without(self, *document_ids: str) -> Self:
        """Take documents in again."""
        return self.model_copy(
            update={"shipped": self.shipped - {*document_ids}, "of_several": self.of_several - {*document_ids}}
        )

    def find(self, name: str) -> tuple[str, ...]:
        """Return the documents that a person means by an id or a number in any spelling; none where none is meant."""
        ids = sorted(self.shipped | self.of_several)
        return tuple(one for one in ids if plain(name) in {plain(one), _unyeared(one)})

    def change(self) -> Change:
        """Return the change that writes this; where nothing is left out there is no file."""
        name = left_out_file(Path()).as_posix()
        if not self.shipped and not self.of_several:
            return Change(gone=(name,))
        lists = {"shipped": sorted(self.shipped), "of_several": sorted(self.of_several)}
        return Change({name: json.dumps(lists, indent=1).encode()})


def _unyeared(document_id: str) -> str:
    """Return an id without the year that follows the number where that does not tell it: "28-ct-tw-2023"."""
    return plain(re.sub(r"-(?:19|20)\d{2}$", "", document_id))
