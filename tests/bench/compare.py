"""Time and memory of this project beside the plainest LangChain + Chroma pipeline, on the same documents.

`make bench` runs it. The plain pipeline is what a tutorial shows: cut the texts into pieces of a thousand
characters, embed them (with the same embeddings, so that only the way differs), find the four nearest. It
cites no sections and refuses nothing; it is here as a measure of cost, not of answers. Each figure comes from
a process of its own, which prints one JSON object.
"""

import json
import os
import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from knowledge.sources import QUESTION_SETS, SHIPPED_DOCUMENTS  # noqa: E402 - the path comes first

AT_ONCE = 8
ROUNDS = 3
PIECE, OVERLAP, NEAREST = 1_000, 200, 4  # characters, characters, pieces: what tutorials take
Figures = dict[str, float]
Answer = Callable[[str], object]


@contextmanager
def our_answers(folder: Path) -> Iterator[Answer]:
    """Answer as the bot does, every question a conversation of its own."""
    from knowledge.assistant import Conversation, open_assistant  # noqa: PLC0415 - loading takes its time too
    from knowledge.settings import KnowledgeSettings  # noqa: PLC0415 - the same

    with open_assistant(KnowledgeSettings(data_dir=folder)) as assistant:
        yield lambda question: assistant.answer(question, Conversation())


@contextmanager
def plain_answers(folder: Path) -> Iterator[Answer]:
    """Answer as the plain pipeline does: with the nearest pieces."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - loading is part of the time

    from knowledge.embeddings import LatentSemanticEmbeddings  # noqa: PLC0415 - the same

    embeddings = LatentSemanticEmbeddings().restored(folder / "embeddings")
    store = Chroma("plain", embeddings, persist_directory=str(folder / "chroma"))
    yield lambda question: store.similarity_search(question, k=NEAREST)


def build_ours(folder: Path) -> None:
    """Read, index, verify and publish."""
    environment = os.environ | {"DATA_DIR": str(folder)}
    subprocess.run([sys.executable, "-m", "ingest", "build"], cwd=PROJECT, env=environment, check=True)


def build_plain(folder: Path) -> None:
    """Cut, embed and store."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - loading is part of the time

    from knowledge.embeddings import LatentSemanticEmbeddings  # noqa: PLC0415 - the same

    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED_DOCUMENTS.glob("*.txt"))]
    pieces = [text[at : at + PIECE] for text in texts for at in range(0, len(text), PIECE - OVERLAP)]
    embeddings = LatentSemanticEmbeddings().fitted(pieces, folder / "embeddings")
    Chroma.from_texts(pieces, embeddings, collection_name="plain", persist_directory=str(folder / "chroma"))


PIPELINES = {"ours": (build_ours, our_answers), "plain": (build_plain, plain_answers)}


def build(pipeline: str, folder: Path) -> Figures:
    """Build from nothing; the time is taken by the parent, for it counts from the start of the process."""
    PIPELINES[pipeline][0](folder)
    return {"MB": peak_mb()}


def start(pipeline: str, folder: Path) -> Figures:
    """Load everything and answer once; tell when that was done, for the parent knows when it began."""
    with PIPELINES[pipeline][1](folder) as answer:
        answer(questions()[0])
        return {"ended": time.time(), "MB": peak_mb()}


def answer_all(pipeline: str, folder: Path) -> Figures:
    """Answer all questions, warm, one after the other and eight at once."""
    with PIPELINES[pipeline][1](folder) as answer:
        asked = questions()

        def timed(question: str) -> float:
            started = time.perf_counter()
            answer(question)
            return (time.perf_counter() - started) * 1_000

        for question in asked:
            answer(question)
        one = [timed(question) for question in asked * ROUNDS]
        with ThreadPoolExecutor(AT_ONCE) as people:
            many = list(people.map(timed, asked * ROUNDS))
        return {**percentiles("one", one), **percentiles("eight", many), "MB": peak_mb()}


MEASURES = {"build": build, "start": start, "answer": answer_all}


def questions() -> list[str]:
    """Return the questions of the repository's own sets."""
    lines = [line for path in QUESTION_SETS for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["question"] for line in lines if line.strip()]


def percentiles(name: str, times: Sequence[float]) -> Figures:
    """Return the middle and the slow end of the times."""
    cuts = quantiles(times, n=20)
    return {f"{name} p50": cuts[9], f"{name} p95": cuts[18]}


def peak_mb() -> float:
    """Return the most memory that this process, or a child of its own, has held."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1_024


def measure(what: str, pipeline: str, folder: Path) -> Figures:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, what, pipeline, str(folder)]
    started = time.time()
    child = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - this very file
    if child.returncode != 0:
        raise SystemExit(child.stderr)
    figures: Figures = {"ended": time.time(), **json.loads(child.stdout.splitlines()[-1])}
    return {"s": figures["ended"] - started, **figures}


ROWS = (
    ("build from nothing (s)", "build", "s"),
    ("  memory at most (MB)", "build", "MB"),
    ("start to first answer (s)", "start", "s"),
    ("  memory at most (MB)", "start", "MB"),
    ("one at a time, p50 (ms)", "answer", "one p50"),
    ("  p95 (ms)", "answer", "one p95"),
    ("eight at once, p50 (ms)", "answer", "eight p50"),
    ("  p95 (ms)", "answer", "eight p95"),
    ("  memory at most (MB)", "answer", "MB"),
)


def compare() -> None:
    """Measure both pipelines and print one table."""
    console = Console()
    figures: dict[tuple[str, str], Figures] = {}
    with TemporaryDirectory() as folder, console.status("") as status:
        for what in MEASURES:
            for pipeline in PIPELINES:
                status.update(f"{what}: {pipeline}")
                figures[what, pipeline] = measure(what, pipeline, Path(folder) / pipeline)
    title = f"Beside a plain LangChain + Chroma pipeline; {len(questions())} questions, {ROUNDS} times each"
    table = Table(title=title)
    table.add_column("")
    for name in ("ours", "plain", "ours / plain"):
        table.add_column(name, justify="right")
    for label, what, figure in ROWS:
        ours, plain = figures[what, "ours"][figure], figures[what, "plain"][figure]
        table.add_row(label, f"{ours:.1f}", f"{plain:.1f}", f"{ours / plain:.2f}")
    console.print(table)


def main() -> None:
    """Compare, or take the one measurement that the arguments name."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=MEASURES)
    parser.add_argument("pipeline", nargs="?", choices=PIPELINES)
    parser.add_argument("folder", nargs="?", type=Path)
    arguments = parser.parse_args()
    if arguments.what is None:
        compare()
    else:
        figures = MEASURES[arguments.what](arguments.pipeline, arguments.folder)
        sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
