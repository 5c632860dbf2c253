"""Editions that change under a bot which people ask without pause: a process of its own, over HTTP.

`RELOADS=50 pytest tests/test_telegram_reloads.py -s` takes some minutes, prints what it measured and holds it
against issue 5, while editions are built beside it without pause; without the variable there are few reloads and no
builds, and times and memory are not judged.
"""

import contextlib
import itertools
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles

import psutil
import pytest
from bot_api import BotApi
from bot_api.people import Person

from bot import texts
from bot.giving_way import give_way
from knowledge.documents import Document
from knowledge.editions import current_edition, editions_folder, read_documents
from knowledge.embeddings import LatentSemanticEmbeddings
from knowledge.pointer import Pointer, point_to
from knowledge.publishing import publish
from knowledge.sources import own_documents

pytest_plugins = ("bot_api.fixtures",)

ROOT = Path(__file__).parent.parent
RELOADS = int(os.environ.get("RELOADS", "0"))
FEW = 3
CLIENTS = 8
IDLE_S = 20.0 if RELOADS else 1.5
LOOKS_EVERY_S = 2.0 if RELOADS else 0.3
MOST_TIMES_IDLE = 2.0
MOST_MORE_MB = 15.0
FLAT_AFTER = 5
QUESTIONS = (
    "Chỉ thị 28 giao trách nhiệm người đứng đầu thế nào?",
    "các trường phải làm gì về nhà vệ sinh?",
    "bao gio Can Tho phai tong ket?",
    "Mục II.4 kế hoạch 276",
    "phòng chống đuối nước cho trẻ thì sao?",
    "So sánh Cần Thơ và Hải Phòng về phòng chống bạo lực",
)
MARKS = ("bản α", "bản β")
PLAN = "Số: 1/KH-SĐC\n\nKẾ HOẠCH\nLàm sân chơi\n\n1. Các trường mở cửa sân chơi, lần {number}.\n"


@dataclass
class Measured:
    """What happened while people asked."""

    took_s: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def p95_ms(self) -> float:
        """The slow end."""
        return quantiles(self.took_s, n=20)[18] * 1000


@pytest.fixture(scope="module")
def marked(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with two editions of the five documents, told apart in every source line."""
    documents = [document for document in read_documents(current_edition(data_dir)) if not document.is_law]
    folder = tmp_path_factory.mktemp("marked")
    for mark in MARKS:
        publish(
            [_marked(document, mark) for document in documents],
            folder,
            LatentSemanticEmbeddings(),
            fingerprint=mark,
            inspect=lambda *_: None,
        )
    _point_to(folder, 0)
    return folder


def _marked(document: Document, mark: str) -> Document:
    return replace(document, issuer=f"{document.issuer} {mark}")


def _point_to(data_dir: Path, number: int) -> str:
    """Switch the pointer, pinned, so that the bot builds no edition of its own."""
    edition = sorted(path.name for path in editions_folder(data_dir).iterdir() if path.is_dir())[number]
    point_to(editions_folder(data_dir), Pointer(edition, pinned=True))
    return edition


@contextlib.contextmanager
def _process(api: BotApi, data_dir: Path) -> Iterator[psutil.Process]:
    """Run the bot, looking for editions as often as told."""
    start = (
        "import sys, bot.editions, bot.__main__; "
        f"bot.editions._LOOKS_EVERY_S = {LOOKS_EVERY_S}; sys.exit(bot.__main__.main([]))"
    )
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_URL": api.url,
        "DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT),
        "NO_PROXY": "127.0.0.1",
    }
    log = (data_dir / "log").open("w+", encoding="utf-8")
    with log, subprocess.Popen([sys.executable, "-c", start], cwd=data_dir, env=environment, stderr=log) as running:  # noqa: S603 - our own interpreter
        try:
            api.wait_for_poll(60)
            yield psutil.Process(running.pid)
            running.terminate()
            assert running.wait(30) == 0
        finally:
            running.kill()
    assert "Traceback" not in (data_dir / "log").read_text("utf-8")


def _asks(lan: Person, until: Callable[[], bool]) -> Measured:
    """Ask one question after the other."""
    measured = Measured()
    for question in itertools.cycle(QUESTIONS):
        if until():
            return measured
        started = time.perf_counter()
        text = lan.asks(question).text
        measured.took_s.append(time.perf_counter() - started)
        measured.answers.append(text)
    raise AssertionError("questions do not end")


def _all_ask(people: list[Person], while_: Callable[[], None]) -> Measured:
    """Let everybody ask while something else goes on."""
    over = False
    with ThreadPoolExecutor(len(people)) as asking:
        under_way = [asking.submit(_asks, lan, lambda: over) for lan in people]
        while_()
        over = True
        each = [asked.result() for asked in under_way]
    return Measured([t for one in each for t in one.took_s], [text for one in each for text in one.answers])


def test_reloads_under_people_who_ask_without_pause(api: BotApi, marked: Path, tmp_path: Path) -> None:
    """No question is lost or answered from two editions; each new edition is served within five seconds."""
    memory_mb: list[float] = []
    moved_s: list[float] = []

    def reload(process: psutil.Process) -> None:
        for number in range(1, (RELOADS or FEW) + 1):
            edition, started = _point_to(marked, number % 2), time.monotonic()
            moved = re.compile(f"edition {edition} is served after")
            before = len(moved.findall((marked / "log").read_text("utf-8")))
            while len(moved.findall((marked / "log").read_text("utf-8"))) == before:
                assert time.monotonic() - started < 5, f"reload {number} was not noticed"
                time.sleep(0.05)
            moved_s.append(time.monotonic() - started)
            time.sleep(0.3)
            memory_mb.append(process.memory_info().rss / 2**20)

    people = [api.person(f"Người {number}") for number in range(CLIENTS)]
    with _process(api, marked) as process:
        _all_ask(people, lambda: time.sleep(1))
        idle = _all_ask(people, lambda: time.sleep(IDLE_S))
        with _builds(tmp_path / "other") if RELOADS else contextlib.nullcontext([0]) as codes:
            busy = _all_ask(people, lambda: reload(process))
    assert set(codes) == {0}
    assert all(any(mark in text for mark in MARKS) for text in busy.answers)
    assert not [text for text in busy.answers if all(mark in text for mark in MARKS)]
    assert not [text for text in busy.answers if texts.FAILED in text]
    assert {mark for mark in MARKS for text in busy.answers if mark in text} == set(MARKS)
    sys.stdout.write(f"\n{len(codes)} builds beside")
    _report(idle, busy, memory_mb, moved_s)
    if RELOADS:
        assert busy.p95_ms <= MOST_TIMES_IDLE * idle.p95_ms
        assert max(memory_mb[FLAT_AFTER:]) - memory_mb[FLAT_AFTER - 1] <= MOST_MORE_MB


@contextlib.contextmanager
def _builds(data_dir: Path) -> Iterator[list[int]]:
    """Build edition after edition in another folder, as the bot has it done, and give the exit codes."""
    codes: list[int] = []
    over = threading.Event()

    def build() -> None:
        while not over.is_set():
            own_documents(data_dir).mkdir(parents=True, exist_ok=True)
            (own_documents(data_dir) / "ke-hoach.txt").write_text(PLAN.format(number=len(codes)), encoding="utf-8")
            command = [sys.executable, "-m", "ingest", "build", "--json"]
            environment = os.environ | {"DATA_DIR": str(data_dir)}
            with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as building:  # noqa: S603 - our own module
                give_way(building.pid)
            codes.append(building.returncode)

    with ThreadPoolExecutor(1) as builder:
        building = builder.submit(build)
        yield codes
        over.set()
        building.result()


def _report(idle: Measured, busy: Measured, memory_mb: list[float], moved_s: list[float]) -> None:
    lines = (
        f"{len(moved_s)} reloads, noticed after {median(moved_s):.1f} s (at most {max(moved_s):.1f} s)",
        f"{len(idle.took_s)} answers idle: p50 {median(idle.took_s) * 1000:.0f} ms, p95 {idle.p95_ms:.0f} ms",
        f"{len(busy.took_s)} answers meanwhile: p50 {median(busy.took_s) * 1000:.0f} ms, p95 {busy.p95_ms:.0f} ms",
        f"memory after each reload, MB: {' '.join(f'{mb:.0f}' for mb in memory_mb)}",
    )
    sys.stdout.write("\n".join(["", *lines, ""]))
