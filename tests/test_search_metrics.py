"""Benchmarks: the measures are right, marks can be stripped, and search holds what it promises."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.errors import BenchmarkError
from knowledge.retrieval_metrics import evaluate_beir

BENCHMARKS = Path(__file__).parent.parent.parent / "shared" / "benchmarks"

CORPUS = {"a": "Dạy bơi cho học sinh.", "b": "Báo cáo hằng năm.", "c": "Khu vui chơi và quỹ đất."}
QUERIES = {
    "first": "dạy bơi",  # its only text comes first: recall 1, reciprocal rank 1
    "half": "báo cáo hằng năm",  # one of its two texts is found, and comes first: .5 and 1
    "none": "xyz",  # nothing is found: 0 and 0
    "unjudged": "quỹ đất",  # does not count
}
RELEVANCES = "query-id\tcorpus-id\tscore\nfirst\ta\t1\nhalf\tb\t1\nhalf\tz\t1\nnone\tc\t1\nunjudged\tc\t0\n"


@pytest.fixture
def benchmark_folder(tmp_path: Path) -> Path:
    """Give a small benchmark in BEIR layout."""
    (tmp_path / "qrels").mkdir()
    _write(tmp_path / "corpus.jsonl", [{"_id": i, "title": "", "text": t} for i, t in CORPUS.items()])
    _write(tmp_path / "queries.jsonl", [{"_id": i, "text": t} for i, t in QUERIES.items()])
    (tmp_path / "qrels" / "test.tsv").write_text(RELEVANCES, encoding="utf-8")
    return tmp_path


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("marks", [pytest.param(True, id="marks"), pytest.param(False, id="no-marks")])
def test_measures_are_averages_over_the_questions_that_have_an_answer(benchmark_folder: Path, *, marks: bool) -> None:
    """Three questions count; what is not found counts as nothing."""
    result = evaluate_beir(benchmark_folder, marks=marks)
    assert result.queries == 3
    assert result.recall_at_10 == pytest.approx((1 + 0.5 + 0) / 3)
    assert result.mrr_at_10 == pytest.approx(2 / 3)
    assert result.p95_ms > 0


def test_the_last_line_of_the_command_is_one_json_object(
    benchmark_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts read the last line; progress stays out of it."""
    assert main(["evaluate", "--beir", str(benchmark_folder), "--no-marks"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(last) == {"queries", "recall@10", "mrr@10", "p95_ms"}
    assert last["recall@10"] == 0.5


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param("corpus.jsonl", None, id="no-corpus"),
        pytest.param("queries.jsonl", "{}\n", id="question-without-id"),
        pytest.param("corpus.jsonl", "{", id="broken-line"),
        pytest.param("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", id="no-answers"),
        pytest.param("qrels/test.tsv", "query-id\tcorpus-id\tscore\nfirst\ta\n", id="missing-column"),
    ],
)
def test_a_folder_that_is_no_benchmark_is_refused(benchmark_folder: Path, file: str, content: str | None) -> None:
    """The error is one of our own, whatever is wrong with the folder."""
    (benchmark_folder / file).unlink()
    if content is not None:
        (benchmark_folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(BenchmarkError):
        evaluate_beir(benchmark_folder)


def test_the_command_tells_what_is_wrong_with_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 1 and a sentence, not with a traceback."""
    assert main(["evaluate", "--beir", str(tmp_path)]) == 1
    assert "BEIR" in capsys.readouterr().err


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the benchmarks are not part of the repository")
@pytest.mark.parametrize("marks", [pytest.param(True, id="marks"), pytest.param(False, id="no-marks")])
@pytest.mark.parametrize(
    ("name", "recall", "mrr"),
    [
        pytest.param("alqac2022", 0.985, 0.945, id="short-questions"),
        pytest.param("child-law-dev", 0.76, 0.61, id="stories"),
    ],
)
def test_search_finds_what_it_must(name: str, recall: float, mrr: float, *, marks: bool) -> None:
    """The promised recall and reciprocal rank hold, with tone marks and without."""
    result = evaluate_beir(BENCHMARKS / name, marks=marks)
    assert result.recall_at_10 >= recall
    assert result.mrr_at_10 >= mrr
