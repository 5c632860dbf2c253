"""The day's limits of a model hold, whatever happens to the process that asks: `python -m bot ask` and kill -9."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, ModelServer, Silence
from model_server.honest import Honest

from knowledge.phrases import load_phrases

PROJECT = Path(__file__).parent.parent
QUESTIONS = (
    "Trường học phải làm gì để phòng đuối nước cho trẻ em?",
    "Chỉ thị 28 giao trách nhiệm người đứng đầu thế nào?",
    "Hội Bảo vệ quyền trẻ em Việt Nam có nhiệm vụ gì?",
)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve for one test."""
    with ModelServer() as server:
        yield server


def _asking(server: ModelServer, data_dir: Path, database: Path, *arguments: str) -> "subprocess.Popen[str]":
    settings = {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": f"sqlite:///{database}",
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": server.url,
        "CHAT_MODEL": "scripted",
        "MODEL_CALLS_A_DAY": "2",
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "bot", "ask", *arguments],
        cwd=PROJECT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_limits_hold_after_kill_9_and_restart(server: ModelServer, data_dir: Path, tmp_path: Path) -> None:
    """A call under way when its process was killed is counted; when all are spent, quotes answer and say so."""
    database = tmp_path / "memory.sqlite3"
    server.character = lambda _: Silence()
    with _asking(server, data_dir, database, QUESTIONS[0]) as killed:
        with server.changed:
            assert server.changed.wait_for(lambda: server.open_requests == 1, 60), killed.communicate(timeout=5)
        killed.kill()
    server.character = Honest()
    batch = tmp_path / "batch.jsonl"
    lines = [json.dumps({"id": place, "question": question}) for place, question in enumerate(QUESTIONS)]
    batch.write_text("\n".join(lines), encoding="utf-8")
    with _asking(server, data_dir, database, "--batch", str(batch)) as restarted:
        out, err = restarted.communicate(timeout=120)
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["engine"] for answer in answers] == ["model", "quotes", "quotes"], err
    assert [answer["status"] for answer in answers] == ["answered"] * 3
    spent = load_phrases()[False].say("model_spent")
    assert [spent in answer["answer"] for answer in answers] == [False, True, True]
    assert len(server.requests("chat/completions")) == 2
