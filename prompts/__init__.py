"""What is said to a model: prose files with declared `$variables`, and the loader that checks them.

A prompt is `<name>.md`: a line `variables: question, passages`, then parts headed `# system` and `# user`. What was
made outside (a person's words, passages, what a model wrote) stands between marks that nobody can guess; see `fence`.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import Literal, get_args

__all__ = ["Fence", "Message", "Prompt", "PromptError", "fence", "load_prompts", "parse_prompt"]

Role = Literal["system", "user", "assistant"]
_DECLARED = re.compile(r"variables:(?P<names>[ \w,]*)\n")
_PART = re.compile(rf"^# ({'|'.join(get_args(Role))})\n", re.MULTILINE)
_HASH_LETTERS = 8
_ENDING = ".md"


class PromptError(ValueError):
    """A prompt file whose variables are not those that it declares, or that has no parts."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file as it was loaded and checked."""

    name: str
    version: str
    """Name and the first letters of the file's SHA-256, for logs: `answer@1f2e3d4c`."""
    parts: tuple[tuple[Role, Template], ...]

    @property
    def words(self) -> str:
        """What it says, its variables unfilled."""
        return "\n".join(text.template for _, text in self.parts)

    def messages(self, values: Mapping[str, str]) -> list[Message]:
        """Fill in the variables; KeyError where one has no value."""
        return [Message(role, text.substitute(values)) for role, text in self.parts]


@dataclass(frozen=True, slots=True)
class Fence:
    """Sets what is data apart from what is said; made anew for each request, so that no data can close it."""

    opening: str
    closing: str

    def around(self, data: str) -> str:
        """Set some data between the marks, on lines of its own."""
        return f"{self.opening}\n{data}\n{self.closing}"


def fence() -> Fence:
    """Return marks that nobody can guess."""
    token = secrets.token_hex(8)
    return Fence(f"<<<{token}", f"{token}>>>")


def load_prompts() -> dict[str, Prompt]:
    """Load all prompts, by name; raises `PromptError` as `parse_prompt` does."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(_ENDING))
    texts = {file.name.removesuffix(_ENDING): file.read_text(encoding="utf-8") for file in files}
    return {name: parse_prompt(name, text) for name, text in texts.items()}


def parse_prompt(name: str, text: str) -> Prompt:
    """Read a prompt; raises `PromptError` where the variables used are not those declared, or no part is headed."""
    declared = _DECLARED.match(text)
    pieces = _PART.split(text[declared.end() :]) if declared else []
    parts = tuple((_role(role), Template(part.strip())) for role, part in zip(pieces[1::2], pieces[2::2], strict=True))
    if declared is None or not parts or pieces[0].strip():
        raise PromptError(f"{name}: a line of variables comes first, then parts headed '# system' or '# user'")
    _check(name, {each.strip() for each in declared["names"].split(",")} - {""}, [part for _, part in parts])
    version = f"{name}@{hashlib.sha256(text.encode()).hexdigest()[:_HASH_LETTERS]}"
    return Prompt(name, version, parts)


def _check(name: str, declared: set[str], parts: list[Template]) -> None:
    if not all(part.is_valid() for part in parts):
        raise PromptError(f"{name}: a dollar sign that begins no variable is written twice")
    used = {variable for part in parts for variable in part.get_identifiers()}
    if used != declared:
        raise PromptError(f"{name}: declared {sorted(declared)}, used {sorted(used)}")


def _role(name: str) -> Role:
    return next(role for role in get_args(Role) if role == name)
