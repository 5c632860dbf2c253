"""Kill -9 whatever builds an edition, start again and ask: the old answers or the new ones, whole, within ten seconds.

`make crash` runs it, `make crash KILLS=500` for longer. Each round two documents get a new text that bears the number
of the round, by `python -m ingest add` or, laid into the folder by hand, by `python -m ingest build`. The process is
killed, a third of the time at the moment when Chroma writes its vector files (a random moment mostly misses it), else
in one of the other phases, or at any time; every second time its children die with it, as when the power fails. Then
the bot starts as it always does and is asked about both documents. What must hold:

* it answers within ten seconds (`LONGEST_S=60` where another machine's speed is not to decide), and both answers bear
  the same number: that of before or that of the round;
* the edition that answers is whole, vectors and all, and so is, by its checksums, every other one;
* the files in the folder bear the number of the answers, byte for byte, and nothing is left beside them;
* the new text is built in the end, and the first start after all that leaves nothing of the dead in the folder for
  temporary files.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, redirect_stderr, suppress
from dataclasses import asdict, dataclass, replace
from io import StringIO
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Self

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from bot.first_edition import ensure_edition  # noqa: E402 - the path comes first
from bot.giving_way import give_way  # noqa: E402 - the same
from ingest.changing import only_one  # noqa: E402 - the same
from ingest.digests import read_digest  # noqa: E402 - the same
from ingest.read import read_all  # noqa: E402 - the same
from ingest.shelf import shelf  # noqa: E402 - the same
from knowledge.assistant import Assistant, Conversation  # noqa: E402 - the same
from knowledge.editions import (  # noqa: E402 - the same
    check_edition,
    current_edition,
    editions_folder,
    embeddings_of,
    is_settled,
    open_last_good,
    published_editions,
    read_documents,
)
from knowledge.errors import KnowledgeError  # noqa: E402 - the same
from knowledge.pointer import read_pointer  # noqa: E402 - the same
from knowledge.settings import KnowledgeSettings  # noqa: E402 - the same
from knowledge.sources import DIGESTS, SHIPPED_DOCUMENTS, left_out_file, own_documents  # noqa: E402 - the same
from knowledge.verify import verify_edition  # noqa: E402 - the same

ITEMS = 100
"""Passages in each of the two documents: the vector files are written in some milliseconds then."""
NUMBERS = (1, 2)
WHATS = (
    "làm sân chơi",
    "sửa nhà vệ sinh",
    "dạy bơi",
    "mở lớp hè",
    "khám mắt",
    "tặng sách",
    "trồng cây",
    "tư vấn tâm lý",
)
WHERES = (
    "ở cổng trường",
    "cho trẻ mồ côi",
    "trong tháng sáu",
    "cùng phụ huynh",
    "tại thư viện",
    "cho lớp một",
    "ở xã đảo",
)
LONGEST_BUILD_S = 120.0
LOOKS_EVERY_S = 0.002
"""The shorter, the less time is left for the build itself."""
BY_COMMAND = 8
"""Every so many rounds the bot starts as a process of its own, else in this one: imports take a second."""


def text(number: int, round_: int) -> str:
    """Return the text of one of the two documents, as it is in one round."""
    things = [f"{what} {where}" for what in WHATS for where in WHERES]
    items = "\n".join(
        f"{item}. Trường {item} {things[item % len(things)]}, lần {round_}." for item in range(1, ITEMS + 1)
    )
    return f"SỞ ĐỒ CHƠI\nSố: {number}/KH-SĐC\n\nKẾ HOẠCH\nLàm sân chơi số {number}\n\n{items}\n"


def question(number: int) -> str:
    """Ask for a section of one of the two documents."""
    return f"Mục 17 của Kế hoạch {number}/KH-SĐC nói gì?"


def write(folder: Path, round_: int) -> list[Path]:
    """Write both documents, and return their files."""
    files = [folder / f"{number}.txt" for number in NUMBERS]
    for number, file in zip(NUMBERS, files, strict=True):
        file.write_text(text(number, round_), encoding="utf-8")
    return files


@dataclass(frozen=True, slots=True)
class Before:
    """What there was when the work began."""

    editions: int
    pointer: str

    @classmethod
    def of(cls, data_dir: Path) -> Self:
        """Look at a data directory."""
        return cls(len(published_editions(data_dir)), _pointer(data_dir))


def _pointer(data_dir: Path) -> str:
    return read_pointer(editions_folder(data_dir)).edition


Moment = Callable[[Path, Before], bool]
"""Tells, of a data directory, whether the time to kill has come."""


def at_once(_data_dir: Path, _before: Before) -> bool:
    """Do not wait."""
    return True


def there_is(pattern: str) -> Moment:
    """Wait for a file."""
    return lambda data_dir, _: any(True for _ in data_dir.glob(pattern))


def renamed(data_dir: Path, before: Before) -> bool:
    """Wait until the new edition has its name."""
    return len(published_editions(data_dir)) > before.editions


def pointed(data_dir: Path, before: Before) -> bool:
    """Wait until the pointer has moved."""
    return _pointer(data_dir) != before.pointer


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the work: when it begins, and how many seconds later the kill comes at most."""

    name: str
    begins: Moment
    longest_s: float
    only_add: bool = False


VECTORS = Phase("vector files", there_is("editions/*.building/index/chroma/*/data_level0.bin"), 0.02)
PHASES = (
    Phase("any time", at_once, 6.0),
    Phase("change planned", there_is(".changing"), 0.01, only_add=True),
    Phase("files changed", there_is(".changing/journal.json"), 0.01, only_add=True),
    Phase("index", there_is("editions/*.building/documents.json"), 0.3),
    Phase("read back", there_is("editions/*.building/manifest.sha256"), 1.5),
    Phase("tried", there_is("editions/*.building/manifest.sha256"), 4.0),
    Phase("renamed", renamed, 0.002),
    Phase("pointer", pointed, 0.01),
)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one kill."""

    phase: str
    served: str
    """`old` or `new`; `nothing` where no answer came."""
    seconds: float
    """From the start to both answers."""
    problems: tuple[str, ...]


class Lane:
    """One data directory in which round after round is killed."""

    def __init__(self, folder: Path, dice: random.Random, longest_s: float) -> None:
        self._data_dir = folder / "data"
        self._incoming = folder / "incoming"
        self._settings = KnowledgeSettings(data_dir=self._data_dir)
        self._dice = dice
        self._longest_s = longest_s
        self._copies = folder / "copies"
        self._held = 0
        self._round = 0

    def prepare(self) -> None:
        """Build the first edition, of the two documents alone."""
        own_documents(self._data_dir).mkdir(parents=True)
        self._incoming.mkdir()
        self._copies.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(self._copies)
        shipped = [reading.document.id for path in shelf([SHIPPED_DOCUMENTS]) for reading in read_all(path)]
        shipped += [read_digest(path).id for path in DIGESTS.glob("*.toml")]
        left_out_file(self._data_dir).write_text(json.dumps({"shipped": shipped}), encoding="utf-8")
        write(own_documents(self._data_dir), 0)
        if said := self._built():
            raise RuntimeError(said)

    def rounds(self, kills: int) -> Iterator[Round]:
        """Kill so often; rounds in which the work was over before are not counted."""
        others = cycle(PHASES)
        done = 0
        while done < kills:
            phase = VECTORS if done % 3 == 0 else next(others)
            self._round += 1
            if self._killed_in(phase):
                round_ = self._started_again(phase, by_command=done % BY_COMMAND == 0)
                yield replace(round_, problems=(*round_.problems, *self._settled()))
                done += 1
            elif problems := self._settled():
                yield Round(f"{phase.name}, too late", "nothing", 0.0, problems)

    def _killed_in(self, phase: Phase) -> bool:
        """Work until the phase has come, then kill; False where the work was over before."""
        before = Before.of(self._data_dir)
        by_add = phase.only_add or self._dice.random() < 0.5
        files = write(self._incoming if by_add else own_documents(self._data_dir), self._round)
        work = self._started("add", *map(str, files)) if by_add else self._started("build")
        if by_add:  # as the bot does it for administrators; a build by hand gives way to nobody
            give_way(work.pid)
        while work.poll() is None and not phase.begins(self._data_dir, before):
            time.sleep(LOOKS_EVERY_S)
        with suppress(subprocess.TimeoutExpired):
            work.wait(self._dice.uniform(0, phase.longest_s))
        if work.poll() is not None:
            return False
        if self._dice.random() < 0.5:
            work.kill()
        else:
            os.killpg(work.pid, signal.SIGKILL)
        work.wait()
        return True

    def _started_again(self, phase: Phase, *, by_command: bool) -> Round:
        """Start the bot, ask it about both documents, and look at everything."""
        began = time.perf_counter()
        try:
            answers = self._asked_by_command() if by_command else self._asked_here()
        except (KnowledgeError, SystemExit, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or ""
            return Round(phase.name, "nothing", time.perf_counter() - began, (f"no answer: {error} {said[-500:]}",))
        seconds = time.perf_counter() - began
        numbers = {int(found) for answer in answers for found in re.findall(r", lần (\d+)\.", answer)}
        problems = [*self._damage(), *self._left()]
        if len(numbers) != 1 or not numbers <= {self._held, self._round}:
            problems.append(f"answers of {sorted(numbers)}, not of {self._held} or {self._round}: {answers}")
        if seconds > self._longest_s:
            problems.append(f"answered after {seconds:.1f} s")
        return Round(phase.name, "new" if self._round in numbers else "old", seconds, tuple(problems))

    def _asked_here(self) -> list[str]:
        with redirect_stderr(StringIO()):  # that a build goes on beside is told each time
            ensure_edition(self._settings)
        edition, damaged = open_last_good(self._data_dir, embeddings_of(self._settings))
        with closing(edition):
            assistant = Assistant(edition)
            answers = [assistant.answer(question(number), Conversation()) for number in NUMBERS]
        quotes = [" ".join(citation.quote for citation in answer.citations) for answer in answers]
        return [*quotes, *(f"damaged: {one}" for one in damaged)]

    def _asked_by_command(self) -> list[str]:
        batch = self._incoming / "questions.jsonl"
        asked = ({"id": number, "question": question(number)} for number in NUMBERS)
        batch.write_text("".join(f"{json.dumps(one)}\n" for one in asked), encoding="utf-8")
        command = [sys.executable, "-m", "bot", "ask", "--batch", str(batch)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own module
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return [" ".join(citation["quote"] for citation in answer["citations"]) for answer in answers]

    def _damage(self) -> Iterator[str]:
        """Yield what is wrong with any edition."""
        for edition in published_editions(self._data_dir):
            try:
                if edition.name == _pointer(self._data_dir):
                    verify_edition(edition)
                else:
                    check_edition(edition)
            except KnowledgeError as error:
                yield f"edition {edition.name}: {error}"

    def _left(self) -> Iterator[str]:
        """Yield what is wrong with the files, after the change that was killed has been ended."""
        with only_one(self._data_dir):
            folder = own_documents(self._data_dir)
            names = {path.name for path in folder.iterdir()}
            if names != {f"{number}.txt" for number in NUMBERS}:
                yield f"in the folder: {sorted(names)}"
            rounds = {round_ for round_ in (self._held, self._round) if self._holds(round_)}
            if not rounds:
                yield "the files are neither those of before nor those of the round"

    def _holds(self, round_: int) -> bool:
        folder = own_documents(self._data_dir)
        files = ((folder / f"{number}.txt", text(number, round_)) for number in NUMBERS)
        return all(file.read_text(encoding="utf-8") == whole for file, whole in files)

    def _settled(self) -> tuple[str, ...]:
        """Wait for the build that the start may have begun, see which round is held now, and return what went wrong.

        Where nothing came of that build, another one says why, and the rounds go on with what there is.
        """
        problems = []
        until = time.perf_counter() + LONGEST_BUILD_S
        while not is_settled(self._settings) and time.perf_counter() < until:
            time.sleep(0.3)
        if not is_settled(self._settings):
            problems.append(f"nothing was built after the start; building again says: {self._built() or 'done'}")
        self._held = next((round_ for round_ in (self._round, self._held) if self._holds(round_)), self._held)
        documents = read_documents(current_edition(self._data_dir))
        built = {int(re.findall(r"lần (\d+)", one.sections[-1].passages[-1].text)[0]) for one in documents}
        if built != {self._held}:
            problems.append(f"the edition is of {sorted(built)}, the files are of {self._held}")
        return tuple(problems)

    def left_copies(self) -> list[str]:
        """Start once more, when nobody can still be about to lock what it has made, and return what is left then."""
        self._wait_for_others()
        for folder in self._copies.iterdir():
            os.utime(folder, (0, 0))
        edition, _ = open_last_good(self._data_dir, embeddings_of(self._settings))
        edition.close()
        return sorted(path.name for path in self._copies.iterdir())

    def _wait_for_others(self) -> None:
        """Wait for builds that were begun beside a start, and have found or will find that others did their work."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.pid != os.getpid() and process.environ().get("DATA_DIR") == str(self._data_dir):
                    process.wait(LONGEST_BUILD_S)

    def _built(self) -> str:
        """Build, and return what was said where nothing came of it."""
        command = [sys.executable, "-m", "ingest", "build"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
        return done.stderr[-500:] or "nothing" if done.returncode else ""

    def _started(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "ingest", *arguments],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )


def run_lane(arguments: Namespace) -> None:
    """Kill in a folder of one's own, and print a line of JSON for each round."""
    with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"DATA_DIR": str(Path(folder) / "data")}
        dice = random.Random(arguments.seed)  # noqa: S311 - the same kills for the same seed
        lane = Lane(Path(folder), dice, arguments.longest)
        lane.prepare()
        for round_ in lane.rounds(arguments.kills):
            tell(round_)
        if left := lane.left_copies():
            tell(Round("the end", "nothing", 0.0, (f"left in the folder for temporary files: {left}",)))


def tell(round_: Round) -> None:
    """Print a line of JSON."""
    sys.stdout.write(json.dumps(asdict(round_), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def lanes(arguments: Namespace) -> Iterator[Round]:
    """Run all lanes at once and yield their rounds as they come."""
    shares = [len(range(lane, arguments.kills, arguments.lanes)) for lane in range(arguments.lanes)]
    said: SimpleQueue[str] = SimpleQueue()
    running = []
    for lane, share in enumerate(shares):
        command = [sys.executable, __file__, "--lane", "--kills", str(share), "--seed", str(arguments.seed + lane)]
        command += ["--longest", str(arguments.longest)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this file
        Thread(target=_listen, args=(process, said), daemon=True).start()
        running.append(process)
    ended = 0
    while ended < len(running):
        line = said.get()
        if line:
            found = json.loads(line)
            yield Round(**(found | {"problems": tuple(found["problems"])}))
        else:
            ended += 1
    for lane, process in enumerate(running):
        if process.wait() != 0:
            yield Round(f"lane {lane}", "nothing", 0.0, (f"it ended with {process.returncode}",))


def _listen(process: "subprocess.Popen[str]", said: "SimpleQueue[str]") -> None:
    assert process.stdout
    for line in process.stdout:
        said.put(line)
    said.put("")


def told(rounds: Sequence[Round]) -> int:
    """Print what came of all rounds, and return the exit code."""
    table = Table(title="kill -9 while an edition is built, then start again and ask")
    for column in ("killed at", "kills", "old answers", "new answers", "slowest start, s", "problems"):
        table.add_column(column, justify="left" if column == "killed at" else "right")
    for name in [*dict.fromkeys(round_.phase for round_ in rounds), "all"]:
        these = [round_ for round_ in rounds if name in {"all", round_.phase}]
        served = Counter(round_.served for round_ in these)
        slowest = max(round_.seconds for round_ in these)
        wrong = sum(bool(round_.problems) for round_ in these)
        table.add_row(name, str(len(these)), str(served["old"]), str(served["new"]), f"{slowest:.1f}", str(wrong))
    console = Console(width=120)
    console.print(table)
    problems = [f"{round_.phase}: {problem}" for round_ in rounds for problem in round_.problems]
    for problem in problems:
        console.print(problem, markup=False, soft_wrap=True)
    return int(bool(problems))


def main() -> int:
    """Kill, and tell what came of it: exit code 1 where anything was not as it must be."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--lanes", type=int, default=min(2, os.cpu_count() or 1), help="how many at once")
    parser.add_argument("--longest", type=float, default=10.0, help="seconds from a start to the answers")
    parser.add_argument("--seed", type=int, default=28)
    parser.add_argument("--lane", action="store_true", help="work of one lane alone")
    arguments = parser.parse_args()
    if arguments.lane:
        run_lane(arguments)
        return 0
    began = time.perf_counter()
    rounds = list(track(lanes(arguments), "kill -9", arguments.kills, console=Console(stderr=True)))
    code = told(rounds)
    sys.stdout.write(f"{len(rounds)} kills in {time.perf_counter() - began:.0f} s\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
