"""The bot must know at start, without reading a document, whether its edition is of what lies there now."""

from pathlib import Path

import pytest

from knowledge.sources import own_documents, source_fingerprint


def write(path: Path, text: str) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Give a data directory with one document of the administrators."""
    write(own_documents(tmp_path) / "a.txt", "Kế hoạch một")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.txt", "Kế hoạch hai", id="changed-text"),
        pytest.param("b.txt", "Kế hoạch một", id="added-document"),
        pytest.param("a.toml", 'place = "Huế"', id="added-sidecar"),
        pytest.param("2026/a.txt", "Kế hoạch một", id="added-in-a-folder"),
    ],
)
def test_changed_documents_change_the_fingerprint(data_dir: Path, name: str, text: str) -> None:
    """A document or sidecar that was added or changed asks for a new edition."""
    before = source_fingerprint(data_dir, "lsa-1")
    write(own_documents(data_dir) / name, text)
    assert source_fingerprint(data_dir, "lsa-1") != before


def test_renamed_and_removed_documents_change_the_fingerprint(data_dir: Path) -> None:
    """So does a document under another name, or gone."""
    before = source_fingerprint(data_dir, "lsa-1")
    document = own_documents(data_dir) / "a.txt"
    renamed = document.rename(document.with_name("b.txt"))
    after = source_fingerprint(data_dir, "lsa-1")
    renamed.unlink()
    assert len({before, after, source_fingerprint(data_dir, "lsa-1")}) == 3


def test_other_embeddings_change_the_fingerprint(data_dir: Path) -> None:
    """Another embedding model asks for a new edition."""
    assert source_fingerprint(data_dir, "lsa-1") != source_fingerprint(data_dir, "text-embedding-3-small")


def test_what_the_desktop_leaves_behind_does_not(data_dir: Path) -> None:
    """Hidden files, editions and the state beside the documents ask for nothing."""
    before = source_fingerprint(data_dir, "lsa-1")
    write(own_documents(data_dir) / ".a.txt.swp", "x")
    write(data_dir / "editions" / "CURRENT", "x")
    assert source_fingerprint(data_dir, "lsa-1") == before
