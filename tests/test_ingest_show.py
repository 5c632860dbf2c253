"""`python -m ingest show` lets a person and a program look at a document."""

import json
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.shelf import SHIPPED_DOCUMENTS


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("276-KH/TU", id="number"),
        pytest.param("276-kh/tu", id="small letters"),
        pytest.param("276 kh tu", id="spaces"),
        pytest.param("276-kh-tu-2024", id="document id"),
        pytest.param(str(SHIPPED_DOCUMENTS / "276-KH-TU_thanh-uy-can-tho.txt"), id="path"),
    ],
)
def test_a_document_is_found_by_any_of_its_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The number in any spelling, the id and the path all show the same document."""
    assert main(["show", name]) == 0
    shown = capsys.readouterr().out
    assert "Thành ủy Cần Thơ" in shown
    assert "18 mục, 32 đoạn" in shown


def test_number_without_marks_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Đ is found by D: "785-cv/du" shows 785-CV/ĐU."""
    assert main(["show", "785-cv/du"]) == 0
    assert "785-CV/ĐU" in capsys.readouterr().out


def test_what_a_text_does_not_say_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    """The plan that names neither place nor date shows "không ghi" for both, and for whom it is sent to."""
    assert main(["show", "162-KH/ĐUK"]) == 0
    rows = capsys.readouterr().out.splitlines()
    unsaid = [row.split("  ")[0] for row in rows if "không ghi" in row]
    assert unsaid == ["Nơi ban hành", "Ngày ban hành", "Kính gửi"]


def test_json_has_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one object: particulars, and sections with the text of their passages."""
    assert main(["show", "162-KH/ĐUK", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["document"]["number"] == "162-KH/ĐUK"
    assert shown["document"]["issued"] is None
    assert "sections" not in shown["document"]
    assert [set(section) for section in shown["sections"]] == [{"path", "label", "heading", "passages"}] * 13
    assert shown["sections"][3]["passages"][0].startswith("Tổ chức quán triệt và triển khai thực hiện")


def test_an_unknown_document_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for Chỉ thị 29, the command leaves with 2 and names the documents it has."""
    assert main(["show", "29-CT/TW"]) == 2
    said = capsys.readouterr().err
    assert "Không tìm thấy văn bản “29-CT/TW”" in said
    assert "28-CT/TW" in said


def test_one_number_of_two_documents_is_asked_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number alone is no key: "23/CT-TTg" of two years is answered with the two ids, and each id works."""
    (tmp_path / "documents").mkdir()
    for year in (2020, 2025):
        head = f"Số: 23/CT-TTg\n\nHà Nội, ngày 26 tháng 5 năm {year}\n\nCHỈ THỊ\n\nVề trẻ em\n\n"
        text = f"{head}1. Bảo vệ trẻ em.\n"
        (tmp_path / "documents" / f"{year}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["show", "23/CT-TTg"]) == 2
    said = capsys.readouterr().err
    assert "23-ct-ttg-2020" in said
    assert "23-ct-ttg-2025" in said
    assert main(["show", "23-ct-ttg-2025"]) == 0
