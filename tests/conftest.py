"""What several tests share: one edition of the shipped documents, built once a run."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import gate
from ingest.build import build
from ingest.digests import read_digest
from ingest.read import read_all
from ingest.shelf import shelf
from knowledge.assistant import Assistant, open_assistant
from knowledge.settings import KnowledgeSettings
from knowledge.sources import DIGESTS, OWN_QUESTIONS, SHIPPED_DOCUMENTS, left_out_file

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with an edition of the shipped documents."""
    folder = tmp_path_factory.mktemp("data")
    build(KnowledgeSettings(data_dir=folder))
    return folder


@pytest.fixture(scope="session")
def small_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with an edition of few documents; the others are left out, so that builds are quick."""
    folder = tmp_path_factory.mktemp("small")
    held = [reading.document.id for path in shelf([SHIPPED_DOCUMENTS]) for reading in read_all(path)]
    held += [read_digest(path).id for path in DIGESTS.glob("*.toml")]
    kept = {"28-ct-tw-2023", "80-2017-nd-cp", "102-2016-qh13"}
    left_out_file(folder).write_text(json.dumps({"shipped": [one for one in held if one not in kept]}))
    build(KnowledgeSettings(data_dir=folder))
    return folder


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let editions go live without being asked anything, so that a build takes a second or two.

    It holds for builds of this process; those of a child process are tried.
    """
    monkeypatch.setattr(gate, "QUESTION_SETS", ())


@pytest.fixture
def few_questions(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let editions be tried against a few questions on the Chỉ thị only; as `untried` does."""
    file = tmp_path_factory.mktemp("questions") / "few.jsonl"
    lines = OWN_QUESTIONS.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:5]), encoding="utf-8")
    monkeypatch.setattr(gate, "QUESTION_SETS", (file,))


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Iterator[Assistant]:
    """Give an assistant that answers from the shipped documents."""
    with open_assistant(KnowledgeSettings(data_dir=data_dir)) as assistant:
        yield assistant
