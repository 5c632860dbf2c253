"""The gate: what was answered right before must not be answered wrong by the edition that goes live."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main
from knowledge.editions import current_edition, editions_folder, published_editions
from knowledge.memory import Memory
from knowledge.pointer import read_pointer
from knowledge.settings import KnowledgeSettings

pytestmark = pytest.mark.usefixtures("few_questions")


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the last line that was written for a program, after a look at the others."""
    *lines, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(line) == {"progress"} for line in lines)
    assert all({"step", "done", "whole"} == set(line["progress"]) for line in lines)
    whole: dict[str, Any] = last
    return whole


@pytest.fixture
def shelf(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of the shipped documents, set as DATA_DIR."""
    own = Path(shutil.copytree(small_data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


def test_a_removed_document_that_answers_is_held_back_until_forced(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each question that only the removed document answers is named; nothing changes before `--force`."""
    before = current_edition(shelf)
    left_out = (shelf / "left_out.json").read_bytes()
    assert main(["remove", "28-CT/TW", "--json", "--by", "42"]) == 3
    error = said(capsys)["error"]
    gate = error["gate"]
    assert gate["right_now"] == gate["right_before"] - len(gate["worse"]) < gate["asked"]
    worse = gate["worse"][0]
    assert worse["expected"].startswith("28-CT/TW, ")
    assert worse["question"] in error["sentence"]
    assert worse["now"]
    assert published_editions(shelf) == [before]
    assert (shelf / "left_out.json").read_bytes() == left_out
    assert not list(editions_folder(shelf).glob("*.building"))

    assert main(["remove", "28-CT/TW", "--force", "--json", "--by", "42"]) == 0
    result = said(capsys)["result"]
    assert result["gate"]["worse"] == gate["worse"]
    assert result["removed"]["name"] == "Chỉ thị 28-CT/TW"
    assert read_pointer(editions_folder(shelf)).edition == result["edition"] != before.name
    with Memory.open(KnowledgeSettings(data_dir=shelf)) as memory:
        (deed,) = memory.deeds.latest()
    assert (deed.who, deed.what, deed.about, deed.edition) == ("42", "remove", "Chỉ thị 28-CT/TW", result["edition"])

    assert main(["add", "28-CT/TW", "--json"]) == 0
    again = said(capsys)["result"]
    assert again["again"] == ["28-ct-tw-2023"]
    assert again["gate"]["right_now"] == gate["right_before"]
    assert again["documents"] == result["documents"] + 1
    assert json.loads((shelf / "left_out.json").read_bytes())["shipped"] == sorted(json.loads(left_out)["shipped"])


def test_questions_that_administrators_added_count(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question added with its section is asked too; removing what answers it is refused and names it."""
    with Memory.open(KnowledgeSettings(data_dir=shelf)) as memory:
        memory.added_questions.add("Điều 51 Luật Trẻ em quy định gì?", "102/2016/QH13", "Điều 51", "42")
    assert main(["remove", "Luật Trẻ em"]) == 3
    told = capsys.readouterr().err
    assert "Điều 51 Luật Trẻ em quy định gì?" in told
    assert "102/2016/QH13, Điều 51" in told
    assert "--force" in told


def test_what_an_edition_answered_is_not_asked_again(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the edition before answered is kept and read from there; only what is new in the question set is asked."""
    plan = "Số: {number}/KH-SĐC\n\nKẾ HOẠCH\nLàm sân chơi\n\n1. Các trường mở cửa sân chơi."
    for number in (1, 2):
        (shelf / f"{number}.txt").write_text(plan.format(number=number), encoding="utf-8")
    assert main(["add", str(shelf / "1.txt"), "--json"]) == 0
    first = said(capsys)["result"]
    assert first["gate"]["right_before"] > 0
    assert first["gate"]["worse"] == []
    kept = shelf / "cache" / "answers" / f"{first['edition']}.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"right":true', '"right":false'), encoding="utf-8")
    with Memory.open(KnowledgeSettings(data_dir=shelf)) as memory:
        memory.added_questions.add("Điều 51 Luật Trẻ em quy định gì?", "102/2016/QH13", "Điều 51", "42")
    assert main(["add", str(shelf / "2.txt"), "--json"]) == 0
    second = said(capsys)["result"]["gate"]
    assert (second["asked"], second["right_before"]) == (first["gate"]["asked"] + 1, 1)
    names = {path.stem for path in kept.parent.iterdir()}
    assert names == {edition.name for edition in published_editions(shelf)}


def test_the_first_edition_is_not_tried(small_data_dir: Path) -> None:
    """Where nothing answered before there is nothing to compare with, and nobody waits for it."""
    assert published_editions(small_data_dir)
    assert not (small_data_dir / "cache" / "answers").exists()
