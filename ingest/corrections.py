"""Take an administrator's corrections of what was read: `--set number=28-CT/TW --set issued=2023-12-25`."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest import texts
from ingest.errors import WrongCorrectionError
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    from collections.abc import Sequence


def declare_set(parser: ArgumentParser) -> None:
    """Take corrections, any number of them."""
    parser.add_argument("--set", action="append", default=[], metavar=texts.SET_VALUE, help=texts.SET)


def corrections(arguments: Namespace) -> Sidecar | None:
    """Return what `--set` gives; None where nothing is. Raises `WrongCorrectionError` that names the one at fault."""
    given: Sequence[str] = arguments.set
    if not given:
        return None
    pairs = [pair.partition("=") for pair in given]
    try:
        return Sidecar.model_validate_strings({name.strip(): value.strip() for name, _, value in pairs})
    except ValidationError as error:
        wrong = str(error.errors()[0]["loc"][0])
        raise WrongCorrectionError(wrong, tuple(Sidecar.model_fields)) from error


def as_toml(sidecar: Sidecar) -> bytes:
    """Write a sidecar as it is read back."""
    given = sidecar.model_dump(exclude_defaults=True)
    lines = (f"{name} = {_value(value)}\n" for name, value in given.items())
    return "".join(lines).encode()


def _value(value: str | date) -> str:
    # What JSON writes between quotes is a string of TOML too, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "") if isinstance(value, str) else value.isoformat()
