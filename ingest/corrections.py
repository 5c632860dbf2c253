"""Take an administrator's corrections of what was read: `--set number=28-CT/TW --set issued=2023-12-25`."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest import texts
from ingest.errors import UnclearStandingToldError, WrongCorrectionError
from ingest.sidecar import Sidecar
from knowledge.clock import now
from knowledge.standing import UnclearStandingError

if TYPE_CHECKING:
    from collections.abc import Sequence


def declare_set(parser: ArgumentParser) -> None:
    """Take corrections, any number of them."""
    parser.add_argument("--set", action="append", default=[], metavar=texts.SET_VALUE, help=texts.SET)


def corrections(arguments: Namespace) -> Sidecar | None:
    """Return what `--set` gives; None where nothing is. A standing is told today.

    Raises `WrongCorrectionError` that names the one at fault, `UnclearStandingToldError` for a standing.
    """
    given: Sequence[str] = arguments.set
    if not given:
        return None
    pairs = {name.strip(): value.strip() for name, _, value in (pair.partition("=") for pair in given)}
    if "standing" in pairs:
        pairs.setdefault("standing_told", now().date().isoformat())
    try:
        return Sidecar.model_validate_strings(pairs)
    except ValidationError as error:
        first = error.errors()[0]
        if isinstance(unclear := first.get("ctx", {}).get("error"), UnclearStandingError):
            raise UnclearStandingToldError(str(unclear)) from error
        known = tuple(name for name in Sidecar.model_fields if name != "standing_told")
        raise WrongCorrectionError(str(first["loc"][0]), known) from error


def as_toml(sidecar: Sidecar) -> bytes:
    """Write a sidecar as it is read back."""
    given = sidecar.model_dump(exclude_defaults=True)
    lines = (f"{name} = {_value(value)}\n" for name, value in given.items())
    return "".join(lines).encode()


def _value(value: str | date) -> str:
    # What JSON writes between quotes is a string of TOML too, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "") if isinstance(value, str) else value.isoformat()
