"""`python -m bot ask` with a model: which engine answers, and what holds over processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, ModelServer
from model_server.honest import Honest

from bot import texts
from knowledge.errors import MemoryUnavailableError

ROOT = Path(__file__).parent.parent
QUESTION = "Các trường phải làm gì để phòng chống bạo lực học đường?"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve a model that writes honestly."""
    with ModelServer(Honest()) as server:
        yield server


def _ask(server: ModelServer, data_dir: Path, tmp_path: Path, **more: str) -> tuple[dict[str, object], str]:
    """Ask in a process of its own, the memory in a file of the test; return the object and what stderr says."""
    settings = {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'memory.sqlite3'}",
        "OPENAI_BASE_URL": server.url,
        "OPENAI_API_KEY": KEY,
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "bot", "ask", "--json", QUESTION]
    asked = subprocess.run(  # noqa: S603 - our own interpreter and module
        command, cwd=ROOT, env=os.environ | settings | more, capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(asked.stdout), asked.stderr


def test_limits_hold_from_one_process_to_the_next(server: ModelServer, data_dir: Path, tmp_path: Path) -> None:
    """The day's single call is spent by the first process; the second answers with quotes and sends nothing."""
    first, _ = _ask(server, data_dir, tmp_path, MODEL_CALLS_A_DAY="1")
    sent = len(server.asked)
    second, _ = _ask(server, data_dir, tmp_path, MODEL_CALLS_A_DAY="1")
    assert (first["engine"], second["engine"]) == ("model", "quotes")
    assert sent == 1
    assert len(server.asked) == sent
    assert {first["status"], second["status"]} == {"answered"}


def test_without_a_memory_no_model_is_asked(server: ModelServer, data_dir: Path, tmp_path: Path) -> None:
    """Where nothing can be remembered limits could not hold: quotes answer, and the operator is told why."""
    database = f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 'x.sqlite3'}"
    (tmp_path / "no").write_text("a file in the way", encoding="utf-8")
    answer, told = _ask(server, data_dir, tmp_path, DATABASE_URL=database)
    assert answer["engine"] == "quotes"
    assert server.asked == []
    assert texts.NO_MEMORY.format(reason=MemoryUnavailableError.operator_message) in told
