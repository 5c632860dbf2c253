"""Settings of the bot and of answering, the table of commands, and `.env.example`."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from bot import texts
from bot.commands import COMMANDS
from bot.settings import BotSettings
from knowledge.settings import EnvironmentSettings, KnowledgeSettings, SettingsError, read_settings

ROOT = Path(__file__).parent.parent
KINDS = (BotSettings, KnowledgeSettings)
NAMES = {
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "TELEGRAM_PROXY",
    "ADMIN_IDS",
    "DATA_DIR",
    "KEPT_EDITIONS",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "CHAT_MODEL",
    "MODEL_TRACING",
    "EMBEDDINGS",
    "EMBEDDINGS_TRUST",
    "RERANK_MODEL",
    "RERANK_URL",
    "DATABASE_URL",
    "MODEL_CALLS_PER_PERSON_A_DAY",
    "MODEL_CALLS_A_DAY",
    "MODEL_TOKENS_A_DAY",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _read(kind: type[EnvironmentSettings]) -> EnvironmentSettings:
    return read_settings(kind, texts.WHAT_TO_WRITE)


def test_every_setting_stands_in_the_example() -> None:
    """`.env.example` names each setting once, and nothing else; as it is, it sets nothing unusual."""
    written = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), flags=re.MULTILINE)
    fields = {name.upper() for kind in KINDS for name in kind.model_fields}
    assert sorted(written) == sorted(NAMES) == sorted(fields)
    for kind in KINDS:
        assert read_settings(kind, env_file=ROOT / ".env.example") == read_settings(kind, env_file=None)


def test_nothing_is_needed() -> None:
    """Without any setting the defaults hold."""
    settings = _read(BotSettings)
    assert isinstance(settings, BotSettings)
    assert (settings.telegram_bot_token, settings.data_dir) == (None, Path("data"))


def test_blank_values_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty strings and spaces are the same as nothing."""
    for name in NAMES:
        monkeypatch.setenv(name, " " if name != "ADMIN_IDS" else "")
    for kind in KINDS:
        assert _read(kind) == kind(_env_file=None)


def test_values_are_read_from_the_environment_and_from_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment goes before `.env`, whose Notepad mark does no harm."""
    Path(".env").write_text("\ufeffTELEGRAM_BOT_TOKEN=1:a\nADMIN_IDS=5, 6;7\n", "utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "2:b")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    settings = read_settings(BotSettings)
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == "2:b"
    assert settings.admin_ids == (5, 6, 7)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert "2:b" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("TELEGRAM_BOT_TOKEN", "1:a b", id="token-with-a-space"),
        pytest.param("TELEGRAM_BOT_TOKEN", "1:a/../getMe", id="token-with-a-path"),
        pytest.param("TELEGRAM_BOT_TOKEN", "mã-bí-mật", id="token-with-marks"),
        pytest.param("TELEGRAM_API_URL", "localhost:8081", id="address-without-http"),
        pytest.param("TELEGRAM_PROXY", "ftp://a", id="proxy-of-another-kind"),
        pytest.param("ADMIN_IDS", "@lan", id="name-for-number"),
        pytest.param("OPENAI_BASE_URL", "api", id="no-address"),
        pytest.param("OPENAI_API_KEY", "sk 1", id="key-with-a-space"),
        pytest.param("EMBEDDINGS", "best", id="unknown-embeddings"),
        pytest.param("DATABASE_URL", "mysql://lan:mat-khau@127.0.0.1/bot", id="unknown-database"),
        pytest.param("MODEL_CALLS_A_DAY", "-1", id="fewer-than-none"),
        pytest.param("KEPT_EDITIONS", "1", id="nothing-to-go-back-to"),
    ],
)
def test_wrong_value_is_told_by_name_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The sentence names the variable and says what to write; the value may be a secret and is left out."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^Biến {name} .*Hãy ghi: \S.{{10,}}") as caught:
        list(map(_read, KINDS))
    assert value not in str(caught.value)


def test_file_that_is_no_text_is_told() -> None:
    """A `.env` in another encoding is named."""
    Path(".env").write_bytes("TELEGRAM_BOT_TOKEN=1:a # mã".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env.*UTF-8"):
        _read(BotSettings)


@pytest.mark.parametrize("command", [pytest.param(command, id=command.name) for command in COMMANDS])
def test_every_command_has_a_file_and_a_description(command: object) -> None:
    """A row of the table comes with `bot/handlers/<name>.py` and one line for the menu."""
    name = command.name  # type: ignore[attr-defined]
    assert command.handle is import_module(f"bot.handlers.{name}").handle  # type: ignore[attr-defined]
    assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
    assert 3 <= len(command.description) <= 256  # type: ignore[attr-defined]


def test_no_handler_is_forgotten_in_the_table() -> None:
    """Every file of a command has its row."""
    files = {path.stem for path in (ROOT / "bot" / "handlers").glob("*.py")}
    assert files - {"__init__", "question", "buttons"} == {command.name for command in COMMANDS}
