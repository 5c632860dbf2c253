"""What the operator may set for Telegram."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from knowledge.settings import EnvironmentSettings, HttpAddress, Secret


def _fit_for_a_path(token: SecretStr) -> SecretStr:
    if re.search(r"[/?#%\\]", token.get_secret_value()):
        raise ValueError("a token is part of an address")
    return token


def _separated(value: object) -> object:
    return [part for part in re.split(r"[\s,;]+", value) if part] if isinstance(value, str) else value


class BotSettings(EnvironmentSettings):
    """Read once in `__main__` by `read_settings(BotSettings, texts.WHAT_TO_WRITE)` and passed down."""

    telegram_bot_token: Annotated[Secret, AfterValidator(_fit_for_a_path)] | None = None
    """Without it the bot talks in the terminal."""
    telegram_api_url: HttpAddress | None = None
    """Root of a Bot API server; `/bot<token>/` and `/file/bot<token>/` are added."""
    telegram_proxy: Annotated[str, Field(pattern=r"^(https?|socks5h?)://[^\s/]+/?$")] | None = None
    admin_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_separated)] = ()
    """Telegram ids of the people who may change what the bot answers from."""
