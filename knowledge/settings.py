"""What the operator may set for answering, and how every package reads its settings."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A variable has a value that cannot be used; `str()` is the Vietnamese sentence for the operator."""


class EnvironmentSettings(BaseSettings):
    """Settings from the environment and `.env`; a blank value counts as none. Never changed once read."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8-sig",  # Notepad begins its files with a mark
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    """Editions, state and administrators' documents."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}


def _without_slash(address: str) -> str:
    TypeAdapter(AnyHttpUrl).validate_python(address)
    return address.rstrip("/")


HttpAddress = Annotated[str, AfterValidator(_without_slash)]
"""An http(s) address without a slash at its end."""


def _unbroken(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\x21-\x7e]+", secret.get_secret_value()):
        raise ValueError("a secret is printable ASCII without spaces")
    return secret


Secret = Annotated[SecretStr, AfterValidator(_unbroken)]
"""A key or token: printable ASCII without spaces; not shown when printed."""


class KnowledgeSettings(EnvironmentSettings):
    """What answers are made with; without any of these everything works offline."""

    openai_api_key: Secret | None = None
    openai_base_url: HttpAddress | None = None
    chat_model: str | None = None
    embeddings: Annotated[str, Field(pattern=r"^(embedded|openai:\S+)$")] = "embedded"


SettingsKind = TypeVar("SettingsKind", bound=EnvironmentSettings)


def read_settings(
    kind: type[SettingsKind], hints: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> SettingsKind:
    """Read settings from the environment and from `env_file`, which need not exist.

    `hints` says for each further variable what to write. Raises SettingsError with one line for each wrong
    one; the value itself never stands in it, for it may be a secret.
    """
    words = _words()
    try:
        return kind(_env_file=env_file)
    except UnicodeDecodeError:
        raise SettingsError(words["unreadable_file"].format(path=env_file)) from None
    except ValidationError as error:
        known = words["hints"] | dict(hints or {})
        names = dict.fromkeys(str(fault["loc"][0]).upper() for fault in error.errors())
        sentences = (words["sentence"].format(name=name, hint=known[name]) for name in names)
        raise SettingsError("\n".join(sentences)) from None


def _words() -> dict[str, Any]:
    text = files("knowledge").joinpath("data/settings.toml").read_text("utf-8")
    return tomllib.loads(text)
