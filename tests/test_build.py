"""`python -m ingest build` and the bot's first look at what there is to answer from."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bot.first_edition import ensure_edition
from ingest.__main__ import main
from knowledge.editions import current_edition, published_editions
from knowledge.manifest import Manifest
from knowledge.settings import KnowledgeSettings
from knowledge.sources import own_documents

PROJECT = Path(__file__).parent.parent
DOCUMENT = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 12/KH-SGDĐT

KẾ HOẠCH
Tổ chức hoạt động hè cho trẻ em

1. Các trường mở cửa sân chơi.
2. Đoàn thanh niên tổ chức lớp bơi.
"""


pytestmark = pytest.mark.usefixtures("untried")


@pytest.fixture
def shelf(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of the shipped documents, set as DATA_DIR."""
    own = Path(shutil.copytree(small_data_dir, tmp_path / "data"))
    own_documents(own).mkdir(exist_ok=True)
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


def test_nothing_new_builds_nothing(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the current edition is of the present documents, the build says so and is done at once."""
    before = published_editions(shelf)
    assert main(["build"]) == 0
    assert "không thay đổi" in capsys.readouterr().out
    assert published_editions(shelf) == before


def test_a_new_document_makes_a_new_edition(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document put into the administrators' folder is in the next edition; the report counts it."""
    shipped = Manifest.read(current_edition(shelf)).documents
    (own_documents(shelf) / "he.txt").write_text(DOCUMENT, encoding="utf-8")
    (own_documents(shelf) / "bang.xlsx").write_bytes(b"PK")
    before = current_edition(shelf)
    assert main(["build"]) == 0
    out, err = capsys.readouterr()
    assert f"{shipped + 1} văn bản" in out
    assert "bang.xlsx: chưa đọc được" in err
    assert current_edition(shelf) != before
    assert current_edition(shelf).name in out


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({"trong.txt": "", "trang.txt": "\n\n"}, ("trong.txt", "trang.txt"), id="empty-files"),
        pytest.param({"a.txt": DOCUMENT, "b.txt": DOCUMENT}, ("a.txt", "b.txt"), id="one-document-twice"),
        pytest.param({"a.txt": DOCUMENT, "a.toml": "id ="}, ("a.toml",), id="broken-sidecar"),
    ],
)
def test_a_file_at_fault_stops_the_build(
    shelf: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], told: tuple[str, ...]
) -> None:
    """Files that cannot be in an edition are all named, with what to do; the current edition stays."""
    for name, text in files.items():
        (own_documents(shelf) / name).write_text(text, encoding="utf-8")
    before = published_editions(shelf)
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert all(name in err for name in told)
    assert "phiên bản đang dùng không thay đổi" in err
    assert "dựng lại" in err
    assert published_editions(shelf) == before


def test_ctrl_c_leaves_the_current_edition(shelf: Path) -> None:
    """Ctrl-C in the middle of a build ends with one sentence, and nothing is left of what was begun."""
    (own_documents(shelf) / "he.txt").write_text(DOCUMENT, encoding="utf-8")
    before = published_editions(shelf)
    command = [sys.executable, "-m", "ingest", "build"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as build:  # noqa: S603
        while not list(before[0].parent.glob("*.building/documents.json")) and build.poll() is None:
            time.sleep(0.001)
        build.send_signal(signal.SIGINT)
        _, err = build.communicate()
    assert build.returncode == 128 + signal.SIGINT
    assert "Đã dừng" in err
    assert "Traceback" not in err
    assert published_editions(shelf) == before
    assert not list(before[0].parent.glob("*.building"))


def test_editions_are_listed(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`editions` names every edition, the one in use, and those that are damaged."""
    current = current_edition(shelf)
    damaged = Path(shutil.copytree(current, current.with_name("20200101-000000-000000")))
    (damaged / "documents.json").write_bytes(b"[]")
    assert main(["editions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(current.name in line and "đang dùng" in line for line in lines)
    assert any(damaged.name in line and "bị hỏng" in line for line in lines)


def test_the_bot_builds_when_documents_changed(shelf: Path) -> None:
    """The bot has a new edition built of changed documents, but keeps nobody waiting for it; the next time nothing."""
    (own_documents(shelf) / "he.txt").write_text(DOCUMENT, encoding="utf-8")
    before = current_edition(shelf)
    ensure_edition(KnowledgeSettings(data_dir=shelf))
    assert [child.nice() for child in psutil.Process().children() if "ingest" in child.cmdline()] == [10]
    command = [sys.executable, "-m", "bot", "ask", "Chỉ thị 28 giao việc gì?"]
    asked = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    assert current_edition(shelf) == before  # although its warnings came through a pipe, which a build could hold open
    assert "đang dựng kho mới" in asked.stderr
    assert "28-CT/TW" in asked.stdout
    until = time.perf_counter() + 120
    while current_edition(shelf) == before and time.perf_counter() < until:
        time.sleep(0.1)
    after = current_edition(shelf)
    assert after != before
    builds = set(psutil.Process().children())
    ensure_edition(KnowledgeSettings(data_dir=shelf))
    assert set(psutil.Process().children()) <= builds
    assert current_edition(shelf) == after


def test_the_bot_goes_on_with_the_edition_before(shelf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """When the new build fails, the bot warns and serves what it had; nothing of it goes to stdout."""
    (own_documents(shelf) / "trong.txt").write_text("", encoding="utf-8")
    before = current_edition(shelf)
    ensure_edition(KnowledgeSettings(data_dir=shelf))
    out, err = capfd.readouterr()
    until = time.perf_counter() + 60
    while "trong.txt" not in err and time.perf_counter() < until:
        time.sleep(0.1)
        err += capfd.readouterr().err
    assert current_edition(shelf) == before
    assert "trong.txt" in err
    assert "kho đã dựng trước đó" in err
    assert out == ""
    ensure_edition(KnowledgeSettings(data_dir=shelf))
    assert told(capfd, "trong.txt"), "it is not tried again at the next start"


def told(capfd: pytest.CaptureFixture[str], words: str) -> bool:
    """Wait until it is said on stderr."""
    until, err = time.perf_counter() + 60, ""
    while words not in err and time.perf_counter() < until:
        time.sleep(0.1)
        err += capfd.readouterr().err
    return words in err


def test_a_build_that_breaks_tells_its_last_words(
    shelf: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the build beside ends without a sentence of its own, what it said last is told instead."""
    (own_documents(shelf) / "he.txt").write_text(DOCUMENT, encoding="utf-8")
    monkeypatch.setattr("bot.first_edition._BUILD", (sys.executable, "-c", "raise RuntimeError('out of order')"))
    ensure_edition(KnowledgeSettings(data_dir=shelf))
    assert told(capfd, "RuntimeError: out of order")


def test_the_bot_does_not_start_without_an_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the first build fails there is nothing to answer from: a sentence, and an exit code."""
    own_documents(tmp_path).mkdir()
    (own_documents(tmp_path) / "trong.txt").write_text("", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit, match="chưa thể trả lời"):
        ensure_edition(KnowledgeSettings(data_dir=tmp_path))
    assert published_editions(tmp_path) == []
