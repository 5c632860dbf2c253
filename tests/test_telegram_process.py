"""The bot as a process of its own, on the shipped documents, against a Bot API server over HTTP."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from bot_api import BotApi
from bot_api.people import Person

from bot import texts

pytest_plugins = ("bot_api.fixtures",)

ROOT = Path(__file__).parent.parent
MOST_MEMORY_MB = 450


@contextlib.contextmanager
def _process(api: BotApi, data_dir: Path, token: str) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": api.url,
        "TELEGRAM_PROXY": "",
        "DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT),
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "bot"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, cwd=data_dir, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def _wait_for_poll(api: BotApi, running: subprocess.Popen[str]) -> None:
    """Wait for the start, but not for a process that has ended."""
    for _ in range(60):
        with contextlib.suppress(AssertionError):
            api.wait_for_poll(1)
            return
        assert running.poll() is None, running.communicate()
    raise AssertionError("the bot does not ask for updates")


def _walks_to_a_decree(lan: Person) -> None:
    """From the list to a section of Hải Phòng's letter, the decree that it cites, and back to what cites that."""
    view = lan.asks("/tailieu")
    assert "Hải Phòng" in view.buttons[4]
    assert view.buttons[8:] == ["1/2", "▶"]
    for button in ("Hải Phòng", "Mục 1.a."):
        lan.turns(view, button)
    lan.presses(view, "Nghị định 80/2017/NĐ-CP")
    outline = lan.hears_one()
    assert outline.buttons[0].startswith("Điều 1. Phạm vi điều chỉnh")
    lan.presses(outline, texts.CITED_BY_BUTTON)
    assert "Mục 1.a · Công văn của Sở GD&ĐT Hải Phòng" in lan.hears_one().buttons[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_bot_serves_the_shipped_documents(api: BotApi, data_dir: Path, number: signal.Signals) -> None:
    """From the start to a cited answer, its section, the documents, and a clean end with exit code 0."""
    with _process(api, data_dir, api.token) as running:
        _wait_for_poll(api, running)
        lan = api.person()
        assert "trợ lý tự động" in lan.asks("/start").text
        answer = lan.asks("Chỉ thị 28 giao trách nhiệm người đứng đầu thế nào?")
        assert re.search(r"^\[1\] Mục 1\b.*28-CT/TW", answer.text, flags=re.MULTILINE)
        lan.presses(answer, "[1]")
        assert "người đứng đầu" in lan.hears_one().text
        assert lan.asks("bố cháu đánh cháu chảy máu").text.startswith("Gọi 111 ")
        _walks_to_a_decree(lan)
        assert psutil.Process(running.pid).memory_info().rss < MOST_MEMORY_MB * 2**20
        running.send_signal(number)
        _, log = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in log
    assert "chảy máu" not in log
    assert api.token not in log


def test_wrong_token_is_told_in_a_sentence(api: BotApi, data_dir: Path) -> None:
    """The operator reads what to do, without a traceback, and the exit code is 2."""
    with _process(api, data_dir, "110201543:wrong") as running:
        _, log = running.communicate(timeout=60)
    assert running.returncode == 2
    assert texts.REFUSED_BY_TELEGRAM in log
    assert "Traceback" not in log
    assert "wrong" not in log
