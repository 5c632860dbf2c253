"""Texts that try to instruct their reader are noticed, official texts are not taken for such.

`data/injections.jsonl` was written by hand: Vietnamese with and without marks, English, letters spaced out, zero-width
signs inside, letters of other alphabets.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.digests import read_digest
from ingest.read import read_document
from ingest.shelf import SHIPPED_DOCUMENTS, shelf
from knowledge.documents import Document
from knowledge.instructions import instructs
from knowledge.sources import DIGESTS

_INJECTIONS = Path(__file__).parent / "data" / "injections.jsonl"
_LAWS = Path(__file__).parents[2] / "shared" / "laws" / "text"


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from (section.heading, *section.asked_as, *(passage.text for passage in section.passages))


def test_attempts_are_noticed() -> None:
    """Of the injections at least 95 in 100 are noticed."""
    texts = [json.loads(line)["text"] for line in _INJECTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(texts) >= 120
    assert sum(map(instructs, texts)) >= 0.95 * len(texts)


@pytest.mark.parametrize("path", [*shelf([SHIPPED_DOCUMENTS]), *DIGESTS.glob("*.toml")], ids=lambda path: path.stem)
def test_shipped_texts_instruct_nobody(path: Path) -> None:
    """No passage, heading or question of a shipped document is taken for an instruction."""
    document = read_digest(path) if path.suffix == ".toml" else read_document(path)
    assert [text for text in _texts(document) if instructs(text)] == []


@pytest.mark.skipif(not _LAWS.is_dir(), reason="the law texts are not ours to ship; ../shared is missing")
def test_laws_instruct_nobody() -> None:
    """No line of the laws is taken for an instruction."""
    lines = (line for path in _LAWS.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines())
    assert [line for line in lines if instructs(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Cấm từ chối, bỏ qua hoặc làm chậm việc hỗ trợ trẻ em.", id="bỏ qua in a prohibition"),
        pytest.param("Hãy gọi 111 khi thấy trẻ em bị xâm hại.", id="a leaflet"),
        pytest.param("Các em hãy nói với thầy cô khi bị bắt nạt.", id="to children"),
        pytest.param("Phải trả lời bằng văn bản và nêu rõ lý do.", id="an answer in writing"),
        pytest.param("Kế hoạch này thay thế các kế hoạch trước đây.", id="replacing a plan"),
        pytest.param("Hướng dẫn trước đây của Sở không còn hiệu lực.", id="a guideline that ended"),
        pytest.param("Trợ lý giáo vụ phải lưu hồ sơ học sinh.", id="an assistant who is a person"),
    ],
)
def test_what_only_sounds_like_it_is_left(text: str) -> None:
    """Orders and advice to people are what documents are for."""
    assert not instructs(text)
