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

KEPT_EDITIONS = 5


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


def _database(address: SecretStr) -> SecretStr:
    if not re.fullmatch(r"sqlite:///.+|postgresql\+psycopg://\S+", address.get_secret_value()):
        raise ValueError("a database is a SQLite file or a PostgreSQL address")
    return address


class KnowledgeSettings(EnvironmentSettings):
    """What answers are made with; without any of these everything works offline."""

    openai_api_key: Secret | None = None
    openai_base_url: HttpAddress | None = None
    chat_model: str | None = None
    model_tracing: bool = False
    """Let LangChain send what the model is asked to LangSmith; nothing else in the environment can."""
    embeddings: Annotated[str, Field(pattern=r"^(embedded|openai:\S+)$")] = "embedded"
    embeddings_trust: Annotated[float, Field(ge=0, le=10)] | None = None
    """Weight of a vector's likeness beside the share of words; None is the embeddings' own."""
    rerank_model: str | None = None
    """The model that reads the passages again before the chat model does; without it none does."""
    rerank_url: HttpAddress | None = None
    """Where it is, if not at `openai_base_url`."""
    kept_editions: Annotated[int, Field(ge=2)] = KEPT_EDITIONS
    """Editions that stay for going back, the current one among them."""
    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = None
    """What the bot remembers is kept there; without it in a SQLite file in `data_dir`."""
    model_calls_per_person_a_day: Annotated[int, Field(ge=0)] = 50
    model_calls_a_day: Annotated[int, Field(ge=0)] = 2000
    model_tokens_a_day: Annotated[int, Field(ge=0)] = 2_000_000


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


def sentence(name: str) -> str:
    """Return one of the sentences for the operator."""
    text: str = _words()[name]
    return text


def _words() -> dict[str, Any]:
    text = files("knowledge").joinpath("data/settings.toml").read_text("utf-8")
    return tomllib.loads(text)
