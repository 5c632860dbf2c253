"""The memory among processes: opened at once, killed at any moment, run from anywhere, on a full disk."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.memory import Memory
from knowledge.settings import KnowledgeSettings

ROOT = Path(__file__).parent.parent
START = """
import sys
from pathlib import Path
from knowledge.errors import KnowledgeError
from knowledge.memory import Memory
from knowledge.settings import KnowledgeSettings
folder, word = Path(sys.argv[1]), sys.argv[2]
print("loaded", flush=True)
sys.stdin.readline()
"""
OPEN_AND_WRITE = """
memory = Memory.open(KnowledgeSettings(data_dir=folder))
for number in range(20):
    memory.deeds.record(word, "add", str(number))
"""
OPEN = """
Memory.open(KnowledgeSettings(data_dir=folder)).deeds.record(word, "add")
"""
SEND = """
memory = Memory.open(KnowledgeSettings(data_dir=folder, model_calls_per_person_a_day=300))
while memory.spending.book("lan", 1, 0):
    sys.stdout.write("x")
    sys.stdout.flush()
"""
FILL = """
import resource
memory = Memory.open(KnowledgeSettings(data_dir=folder))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for number in range(10_000):
        memory.deeds.record(word, "add", "x" * 500)
except KnowledgeError as error:
    print(error.operator_message)
memory.usage.record("fact", "answered", "quotes", 1.0, "e1")
print([deed.who for deed in memory.deeds.latest(1)])
"""


def _child(code: str, folder: Path, word: str = "terminal", cwd: Path | None = None) -> "subprocess.Popen[str]":
    """Start a process that has loaded what it needs, and waits for `_go`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", START + code, str(folder), word],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=cwd,
    )
    assert child.stdout
    assert child.stdout.readline() == "loaded\n"
    return child


def _go(child: "subprocess.Popen[str]") -> None:
    assert child.stdin
    child.stdin.write("\n")
    child.stdin.flush()


def _ended(child: "subprocess.Popen[str]", returncode: int = 0) -> str:
    out, errors = child.communicate(timeout=60)
    assert child.returncode == returncode, errors
    return out


def test_many_that_open_a_new_memory_at_once_do_not_clash(tmp_path: Path) -> None:
    """One makes the tables while the others wait; nothing of what they all write is lost."""
    words = [f"writer {number}" for number in range(4)]
    children = [_child(OPEN_AND_WRITE, tmp_path, word) for word in words]
    for child in children:
        _go(child)
    for child in children:
        _ended(child)
    with Memory.open(KnowledgeSettings(data_dir=tmp_path)) as memory:
        deeds = memory.deeds.latest(1000)
    assert sorted((deed.who, int(deed.about)) for deed in deeds) == [(w, n) for w in words for n in range(20)]


def test_kill_while_the_tables_are_made_leaves_all_or_none(tmp_path: Path) -> None:
    """Whatever the moment, the next one who opens finds or makes whole tables and can write."""
    chance = random.Random(28)  # noqa: S311 - any moment will do, the same ones in each run
    for number in range(5):
        folder = tmp_path / str(number)
        child = _child(OPEN, folder)
        _go(child)
        while not (folder / "memory.sqlite3").exists():
            assert child.poll() is None
        time.sleep(chance.uniform(0, 0.02))
        child.kill()
        child.communicate(timeout=60)
        with Memory.open(KnowledgeSettings(data_dir=folder)) as memory:
            memory.deeds.record("5001", "build")
            assert memory.moved_aside is None
            assert memory.deeds.latest()[0].what == "build"


def test_limits_hold_after_kill_9(tmp_path: Path) -> None:
    """A call is booked before it is sent: processes killed one after the other never send more than is allowed."""
    sent = ""
    for many in (1, 17, 40):
        child = _child(SEND, tmp_path)
        _go(child)
        assert child.stdout
        sent += child.stdout.read(many)
        child.send_signal(signal.SIGKILL)
        sent += _ended(child, -signal.SIGKILL)
    assert len(sent) < 300
    last = _child(SEND, tmp_path)
    _go(last)
    sent += _ended(last)
    assert 300 - 3 <= len(sent) <= 300  # each kill may fall between booking a call and sending it
    with Memory.open(KnowledgeSettings(data_dir=tmp_path, model_calls_per_person_a_day=300)) as memory:
        assert memory.spending.book("lan", 1, 0) is False
        assert memory.moved_aside is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_full_disk_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    """Recording a deed fails with a sentence, counting an answer fails in silence, reading goes on."""
    child = _child(FILL, tmp_path)
    _go(child)
    out = _ended(child)
    assert "chỗ trống" in out
    assert "['terminal']" in out
    with Memory.open(KnowledgeSettings(data_dir=tmp_path)) as memory:
        memory.deeds.record("5001", "build")
        assert memory.moved_aside is None
        assert [deed.what for deed in memory.deeds.latest(2)] == ["build", "add"]


def test_memory_is_made_wherever_the_program_is_started(tmp_path: Path) -> None:
    """Tables are made from inside the package, though the directory it runs in is empty and closed to writing."""
    cwd = tmp_path / "closed"
    cwd.mkdir(mode=0o555)
    child = _child(OPEN, tmp_path / "data", cwd=cwd)
    _go(child)
    _ended(child)
    assert (tmp_path / "data" / "memory.sqlite3").is_file()
    assert not list(cwd.iterdir())
