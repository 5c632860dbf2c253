"""Measure search against a benchmark in BEIR layout, through the very index that answers.

A folder holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels/test.tsv`
(query, text, relevance; one line of headings).
"""

import csv
import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc
from rich.console import Console
from rich.progress import Progress

from knowledge import reranking
from knowledge.editions import embeddings_of
from knowledge.embeddings import EditionEmbeddings, LatentSemanticEmbeddings
from knowledge.errors import BenchmarkError
from knowledge.reranking import Reranker, reranker_of
from knowledge.search import HybridIndex, IndexedText
from knowledge.settings import KnowledgeSettings, read_settings
from knowledge.vietnamese import without_marks

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class BeirResult:
    """What search found of what it should."""

    queries: int
    recall_at_10: float
    """Share of the relevant texts that stand among the first ten, averaged over the questions."""
    mrr_at_10: float
    """One divided by the rank of the first relevant text, 0 beyond the tenth; averaged."""
    p95_ms: float
    """Time within which 95 of 100 searches were done."""

    def to_json(self, **besides: object) -> str:
        """Write the result as one line of JSON, after what is to stand beside it."""
        found = {
            "queries": self.queries,
            "recall@10": round(self.recall_at_10, 4),
            "mrr@10": round(self.mrr_at_10, 4),
            "p95_ms": round(self.p95_ms, 2),
        }
        return json.dumps(besides | found)


@dataclass(frozen=True, slots=True)
class _Benchmark:
    corpus: list[IndexedText]
    queries: dict[str, str]
    relevances: list[Qrel]


def evaluate_beir(
    directory: Path,
    *,
    marks: bool = True,
    embeddings: EditionEmbeddings | None = None,
    reranker: Reranker | None = None,
) -> BeirResult:
    """Index a benchmark's texts in a temporary directory and search them with its questions.

    `marks=False` strips the questions (not the texts) of tone marks. `reranker` puts what was found into its order.
    Progress goes to the error stream. Raises `BenchmarkError` where `directory` is not in BEIR layout.
    """
    benchmark = _read(directory)
    model = embeddings or LatentSemanticEmbeddings()
    texts = {text.id: f"{text.heading}\n{text.text}" for text in benchmark.corpus}
    with TemporaryDirectory() as folder, Progress(console=Console(stderr=True)) as progress:
        indexing = progress.add_task("Indexing", total=len(benchmark.corpus))
        HybridIndex.build(
            benchmark.corpus,
            Path(folder),
            model,
            lambda done, whole: progress.update(indexing, completed=done, total=whole),
        )
        index = HybridIndex.open(Path(folder), model)
        try:
            index.search(next(iter(benchmark.queries.values())))  # the first search opens files
            run: list[ScoredDoc] = []
            times = []
            for id_, query in progress.track(benchmark.queries.items(), description="Searching"):
                asked = query if marks else without_marks(query)
                start = time.perf_counter()
                hits = index.search(asked, limit=reranking.MOST if reranker else _DEPTH)
                if reranker:
                    hits = reranker.in_order(asked, hits, lambda hit: texts[hit.id])
                times.append((time.perf_counter() - start) * 1000)
                run.extend(ScoredDoc(id_, hit.id, -rank) for rank, hit in enumerate(hits[:_DEPTH]))
        finally:
            index.close()
    found = ir_measures.calc_aggregate([R @ _DEPTH, RR @ _DEPTH], benchmark.relevances, run)
    return BeirResult(len(times), found[R @ _DEPTH], found[RR @ _DEPTH], float(np.percentile(times, 95)))


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments of `evaluate` that concern benchmarks."""
    parser.add_argument("--beir", type=Path, metavar="DIR", help="a benchmark in BEIR layout")
    parser.add_argument("--no-marks", action="store_true", help="strip its questions of tone marks")


def run(arguments: Namespace) -> int:
    """Measure search against one benchmark; the last line printed is one JSON object.

    With weights there is a line for each; with a reranking model there is one before for the order without it.
    """
    settings = read_settings(KnowledgeSettings)
    embeddings, reranker, marks = embeddings_of(settings), reranker_of(settings), not arguments.no_marks
    for trust in arguments.trusts or ():
        result = evaluate_beir(arguments.beir, marks=marks, embeddings=embeddings.trusted(trust))
        sys.stdout.write(result.to_json(trust=trust) + "\n")
    if not arguments.trusts:
        result = evaluate_beir(arguments.beir, marks=marks, embeddings=embeddings)
        sys.stdout.write(result.to_json() + "\n")
    if reranker:
        result = evaluate_beir(arguments.beir, marks=marks, embeddings=embeddings, reranker=reranker)
        sys.stdout.write(result.to_json(rerank_model=settings.rerank_model) + "\n")
    return 0


def _read(directory: Path) -> _Benchmark:
    try:
        corpus = [
            IndexedText(row["_id"], row["_id"], "", row.get("title", ""), row["text"])
            for row in _rows(directory / "corpus.jsonl")
        ]
        queries = {row["_id"]: row["text"] for row in _rows(directory / "queries.jsonl")}
        relevances = list(_relevances(directory / "qrels" / "test.tsv"))
    except (OSError, ValueError, KeyError) as error:
        raise BenchmarkError(f"{directory} is no benchmark in BEIR layout: {error!r}") from error
    judged = {relevance.query_id for relevance in relevances if relevance.relevance > 0}
    asked = {id_: text for id_, text in queries.items() if id_ in judged}
    if not corpus or not asked:
        raise BenchmarkError(f"{directory} has no texts or no question with an answer")
    return _Benchmark(corpus, asked, [r for r in relevances if r.query_id in asked])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _relevances(path: Path) -> Iterator[Qrel]:
    with path.open(encoding="utf-8", newline="") as lines:
        for query, text, relevance in list(csv.reader(lines, delimiter="\t"))[1:]:
            yield Qrel(query, text, int(relevance))
