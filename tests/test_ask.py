"""The door of scripts: `python -m bot ask`, one question or a file of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROJECT = Path(__file__).parents[1]
_KEYS = ["id", "question", "status", "answer", "citations", "engine", "took_ms"]
_CITATION = ["document_id", "document", "title", "issuer", "section", "label", "quote"]


def _ask(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "bot", "ask", *arguments],
        cwd=_PROJECT,
        env=os.environ | {"DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_question_is_answered_as_a_person_reads_it(data_dir: Path) -> None:
    """The first line is the answer, then the source and the quote."""
    lines = _ask(data_dir, "Ai ký Kế hoạch 276-KH/TU?").stdout.splitlines()
    assert lines[0].startswith("Người ký Kế hoạch 276-KH/TU: Phạm Văn Hiệu")
    assert any(line.startswith("[1] ") for line in lines)


def test_one_question_is_answered_as_json(data_dir: Path) -> None:
    """One object with the keys of the contract."""
    answer = json.loads(_ask(data_dir, "--json", "Mục II.4 kế hoạch 276").stdout)
    assert list(answer) == _KEYS
    assert {tuple(citation) for citation in answer["citations"]} == {tuple(_CITATION)}
    assert {citation["section"] for citation in answer["citations"]} == {"II.4"}


def test_a_batch_keeps_order_chats_and_ids(data_dir: Path, tmp_path: Path) -> None:
    """One object a line in the order of the file; the questions of a chat are one conversation."""
    asked = [
        {"id": "a", "question": "Cần Thơ giao HĐND việc gì?", "chat": "c1"},
        {"id": 2, "question": "Giá xăng hôm nay?"},
        {"id": "b", "question": "Thế còn UBND?", "chat": "c1"},
        {"id": "s", "question": "bố cháu đánh cháu chảy máu"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in asked), encoding="utf-8")
    answers = [json.loads(line) for line in _ask(data_dir, "--batch", str(batch)).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "b", "s"]
    assert [answer["status"] for answer in answers] == ["answered", "not_found", "answered", "safety"]
    assert answers[2]["citations"][0]["section"] == "III.3"
    assert answers[3]["answer"].startswith("Gọi 111")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param('{"id": "1", "question": "x"}\n{"id": "2"}\n', "Dòng 2", id="line-without-question"),
        pytest.param("không phải JSON", "Dòng 1", id="no-json"),
        pytest.param(None, "batch.jsonl", id="no-file"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused(
    data_dir: Path, tmp_path: Path, content: str | None, words: str
) -> None:
    """A sentence names the line or the file; nothing is answered by half."""
    batch = tmp_path / "batch.jsonl"
    if content is not None:
        batch.write_text(content, encoding="utf-8")
    asked = _ask(data_dir, "--batch", str(batch))
    assert (asked.returncode, asked.stdout) == (2, "")
    assert words in asked.stderr
    assert "Traceback" not in asked.stderr
