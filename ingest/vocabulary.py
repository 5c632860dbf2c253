"""The words of official documents, read from `vocabulary.toml` and ready to be built into patterns."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """Return the tables of `vocabulary.toml`, read once and only when first needed."""
    return tomllib.loads(files("ingest").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """Return one list of the vocabulary, longest first, so that "Về việc" is tried before "Về"."""
    return tuple(sorted(vocabulary()[table][key], key=len, reverse=True))


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of the kinds of document, longest first."""
    return tuple(sorted(vocabulary()["kinds"], key=len, reverse=True))


def any_of(alternatives: Iterable[str]) -> str:
    """Return a pattern for one of the alternatives, with any white space where they have a space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in alternatives)
