"""What several tests share: one edition of the shipped documents, built once a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.build import build
from knowledge.assistant import Assistant, open_assistant
from knowledge.settings import KnowledgeSettings

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with an edition of the shipped documents."""
    folder = tmp_path_factory.mktemp("data")
    build(KnowledgeSettings(data_dir=folder))
    return folder


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Iterator[Assistant]:
    """Give an assistant that answers from the shipped documents."""
    with open_assistant(KnowledgeSettings(data_dir=data_dir)) as assistant:
        yield assistant
