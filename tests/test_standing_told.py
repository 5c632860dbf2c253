"""What an administrator says of a document's standing: taken with the file, kept beside it, said in answers."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from clerks import PLAN

from ingest.__main__ import main
from knowledge.assistant import Assistant, Conversation
from knowledge.clock import now
from knowledge.editions import embeddings_of, open_current
from knowledge.settings import KnowledgeSettings
from knowledge.sources import own_documents

pytestmark = pytest.mark.usefixtures("untried")

TODAY = f"{now():%d/%m/%Y}"
REPEALED = "hết hiệu lực từ 05/10/2026 theo 335/2026/NĐ-CP"
QUESTION = "Xe thư viện đến từng thôn vào lúc nào?"


@pytest.fixture
def shelf(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of few documents, set as DATA_DIR."""
    own = Path(shutil.copytree(small_data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Give a plan that no register knows."""
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


def _run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Run a command for a program, and return its last line."""
    assert main([*arguments, "--json"]) == code
    return dict(json.loads(capsys.readouterr().out.splitlines()[-1]))


def _answering(data_dir: Path) -> Iterator[Assistant]:
    with closing(open_current(data_dir, embeddings_of(KnowledgeSettings(data_dir=data_dir)))) as edition:
        yield Assistant(edition)


@pytest.mark.parametrize(
    ("said", "state", "shown"),
    [
        pytest.param("còn hiệu lực", "in force", "Kế hoạch 12/KH-UBND còn hiệu lực", id="in-force"),
        pytest.param(
            "het hieu luc tu ngay 5-10-2026 theo nghị định 335/2026/NĐ-CP",
            "repealed",
            "Kế hoạch 12/KH-UBND hết hiệu lực từ ngày 05/10/2026 theo nghị định 335/2026/NĐ-CP",
            id="repealed-by-words-without-marks",
        ),
        pytest.param(
            "Bị thay thế bởi 335/2026/NĐ-CP từ 5/10/2026.",
            "repealed",
            "Kế hoạch 12/KH-UBND hết hiệu lực từ ngày 05/10/2026 theo Nghị định 335/2026/NĐ-CP",
            id="by-a-number-that-the-register-knows",
        ),
        pytest.param(
            "đã được sửa đổi, bổ sung theo 20/KH-UBND",
            "amended",
            "Kế hoạch 12/KH-UBND đã được sửa đổi theo 20/KH-UBND",
            id="amended",
        ),
        pytest.param(
            f"hết hiệu lực từ {now() + timedelta(days=9):%d/%m/%Y}",
            "amended",
            f"Kế hoạch 12/KH-UBND hết hiệu lực từ ngày {now() + timedelta(days=9):%d/%m/%Y}",
            id="ends-in-some-days",
        ),
        pytest.param(
            "chưa xác minh",
            "not verified",
            "Chưa xác minh được Kế hoạch 12/KH-UBND còn hiệu lực hay không",
            id="not-verified",
        ),
    ],
)
def test_a_standing_is_read_as_people_say_it(  # noqa: PLR0913, PLR0917 - three of the table, three of pytest
    shelf: Path, plan: Path, capsys: pytest.CaptureFixture[str], said: str, state: str, shown: str
) -> None:
    """The preview says it in full, with who says so and when."""
    assert shelf
    (document,) = _run(capsys, "preview", str(plan), "--set", f"standing={said}")["result"]["documents"]
    assert (document["state"], document["standing"]) == (state, f"{shown} (theo người quản trị, ngày {TODAY}).")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("hết hiệu lực từ 31/02/2026", id="no-such-day"),
        pytest.param("hết hiệu lực từ hôm qua", id="no-date"),
        pytest.param("chắc là còn", id="guess"),
        pytest.param("hết hiệu lực theo https://example.invalid/1", id="address"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_tells_no_standing_is_refused_with_examples(
    shelf: Path, plan: Path, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    """The sentence shows how it can be said."""
    assert shelf
    sentence = _run(capsys, "preview", str(plan), "--set", f"standing={said}", code=2)["error"]["sentence"]
    assert f"“{said}”" in sentence
    assert "còn hiệu lực; hết hiệu lực từ 05/10/2026 theo 335/2026/NĐ-CP; đã sửa đổi" in sentence


def test_another_standing_than_the_register_has_is_noticed(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The administrator's word counts, and the preview says what the register has."""
    assert shelf
    decree = tmp_path / "nd.txt"
    decree.write_text(
        "Số: 20/2021/NĐ-CP\nHà Nội, ngày 15 tháng 3 năm 2021\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", "utf-8"
    )
    result = _run(capsys, "preview", str(decree), "--set", "standing=còn hiệu lực")["result"]
    assert result["documents"][0]["state"] == "in force"
    assert any("sổ theo dõi" in warning and "335/2026" in warning for warning in result["warnings"])


def test_it_is_kept_beside_the_file_and_said_in_answers(
    shelf: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for the standing hears it with its source; who is given a quote of the document reads it first."""
    _run(capsys, "add", str(plan), "--set", f"standing={REPEALED}")
    sidecar = (own_documents(shelf) / "ke-hoach.toml").read_text(encoding="utf-8")
    assert f'standing = "{REPEALED}"\nstanding_told = {now():%Y-%m-%d}\n' in sidecar
    held = _run(capsys, "status")["result"]["documents"]
    assert [one["state"] for one in held if one["own"]] == ["hết hiệu lực"]
    said = "Kế hoạch 12/KH-UBND hết hiệu lực từ ngày 05/10/2026 theo Nghị định 335/2026/NĐ-CP"
    said += f" (theo người quản trị, ngày {TODAY})."
    for assistant in _answering(shelf):
        asked = assistant.answer("Kế hoạch 12/KH-UBND còn hiệu lực không?", Conversation())
        assert asked.lead == said
        assert not any("Tra cứu" in notice for notice in asked.notices)
        quoted = assistant.answer(QUESTION, Conversation())
        assert quoted.citations[0].name == "Kế hoạch 12/KH-UBND"
        assert quoted.lead.startswith(f"{said}\n")


def test_an_amendment_is_noticed_beside_the_quote(shelf: Path, plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The notice names what amended it, and who says so."""
    plan.with_suffix(".toml").write_text('standing = "đã sửa đổi theo 20/KH-UBND"\n', encoding="utf-8")
    _run(capsys, "add", str(plan))
    for assistant in _answering(shelf):
        notices = assistant.answer(QUESTION, Conversation()).notices
        assert "Kế hoạch 12/KH-UBND đã được sửa đổi theo 20/KH-UBND (theo người quản trị)." in notices


def test_a_sidecar_that_tells_no_standing_is_at_fault(
    shelf: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file beside the text is named, with the way to say it."""
    assert shelf
    plan.with_suffix(".toml").write_text('standing = "không biết nữa"\n', encoding="utf-8")
    sentence = _run(capsys, "preview", str(plan), code=1)["error"]["sentence"]
    assert "ke-hoach.toml" in sentence
    assert "hết hiệu lực từ 05/10/2026" in sentence
