"""`python -m knowledge evaluate` with a model: the same questions, what it wrote, and which weight vectors deserve."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, ModelServer
from model_server.honest import Honest
from model_server.lying import Lying

from knowledge.__main__ import main
from knowledge.sources import OWN_QUESTIONS

_ASKED = {"o003", "o004", "o005"}
_NAMES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CHAT_MODEL", "EMBEDDINGS", "EMBEDDINGS_TRUST", "RERANK_MODEL")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Serve for one test."""
    with ModelServer(Honest()) as server:
        yield server


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data_dir: Path) -> None:
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def with_model(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """Set the server's model."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return server


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Give a small question set: some for a model, a disclosure, and one that no document answers."""
    lines = [json.loads(line) for line in OWN_QUESTIONS.read_text("utf-8").splitlines()]
    chosen = [line for line in lines if line["id"] in _ASKED]
    chosen += [next(line for line in lines if line["kind"] == kind) for kind in ("safety", "out")]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in chosen), encoding="utf-8")
    return path


def _evaluate(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, dict[str, object]]:
    assert main(["evaluate", *arguments]) == 0
    out = capsys.readouterr().out
    return out, json.loads(out.splitlines()[-1])


@pytest.mark.usefixtures("with_model")
def test_an_honest_model_is_measured(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table of right answers, and besides: answers by the model, statements kept, calls, tokens and times."""
    out, summary = _evaluate(capsys, "--engine", "model", "--questions", str(questions))
    assert (summary["questions"], summary["asked"], summary["by_model"]) == (5, 3, 3)
    assert summary["kept"] == 6
    assert summary["share_kept"] == 1.0
    assert all(summary[name] > 0 for name in ("calls", "tokens_in", "tokens_out", "p50_ms", "p95_ms"))
    assert "statements that stood" in out


def test_a_lying_model_is_found_out(
    with_model: ModelServer, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its statements are counted as dropped, by reason, and its answers as given by quotes."""
    with_model.character = Lying()
    _, summary = _evaluate(capsys, "--engine", "model", "--questions", str(questions))
    assert (summary["by_model"], summary["kept"], summary["share_kept"]) == (0, 0, 0.0)
    assert summary["dropped"]
    assert summary["failures"] == {"unverified": 3}


def test_without_a_model_there_is_nothing_to_measure(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence names the settings, and the exit code says that they are at fault."""
    assert main(["evaluate", "--engine", "model", "--questions", str(questions)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "OPENAI_API_KEY" in err
    assert "OPENAI_BASE_URL" in err


def test_weights_of_vectors_are_compared(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each weight is tried on the same questions; of those that do equally well the least is the best."""
    out, summary = _evaluate(capsys, "--trusts", "0", "50", "--questions", str(questions))
    assert list(summary["right"]) == ["0.0", "50.0"]
    assert summary["best"] == 0.0
    assert "EMBEDDINGS_TRUST" in out
