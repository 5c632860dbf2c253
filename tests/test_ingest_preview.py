"""`python -m ingest preview` shows what would come of a file, and writes nothing."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main
from ingest.shelf import SHIPPED_DOCUMENTS

SAMPLES = Path(__file__).parent / "samples"
LETTER = SHIPPED_DOCUMENTS / "785-CV-DU_dang-uy-so-gddt-tphcm.txt"


@pytest.fixture
def shelf(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of the shipped documents, set as DATA_DIR."""
    own = Path(shutil.copytree(data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


def previewed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Run the command for a program, and return its last line."""
    assert main(["preview", *arguments, "--json"]) == code
    *progress, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert all(line.keys() == {"progress"} for line in progress)
    return dict(last)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_changed_text_is_compared_section_by_section(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a newer text adds, removes and alters is told with the words before and after, and nothing is written."""
    newer = tmp_path / "moi.txt"
    text = LETTER.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("1.2.")]
    text = "\n".join(lines).replace("đặc biệt quan trọng", "rất quan trọng", 1)
    newer.write_text(text.replace("2. Nội dung", "1.4. Thêm mới.\n\n2. Nội dung", 1), encoding="utf-8")
    before = files(shelf)
    result = previewed(capsys, str(newer))["result"]
    (document,) = result["documents"]
    assert document["replaces"] == {
        "id": "785-cv-du-2024",
        "name": "Công văn 785-CV/ĐU",
        "source": LETTER.name,
        "digest": False,
        "own": False,
    }
    changes = {change["path"]: change for change in document["changes"]}
    assert {path: change["change"] for path, change in changes.items() if path.startswith("1")} == {
        "1.1": "altered",
        "1.2": "removed",
        "1.4": "added",
    }
    assert "đặc biệt quan trọng" in changes["1.1"]["before"]
    assert "rất quan trọng" in changes["1.1"]["after"]
    assert len(changes["1.1"]["before"]) < 260
    assert (changes["1.4"]["before"], changes["1.4"]["after"]) == ("", "Thêm mới.")
    assert files(shelf) == before


def test_a_new_document_has_its_outline_and_warnings(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Particulars, standing, sections with passages counted, and what was left out of the text."""
    before = files(shelf)
    result = previewed(capsys, str(SAMPLES / "gazette.pdf"))["result"]
    assert result["file"] == "gazette.pdf"
    (document,) = result["documents"]
    assert (document["number"], document["issued"], document["signer"]) == (
        *("1/2030/NĐ-CP", "2030-01-05"),
        "Trần Thị Sách",
    )
    assert document["replaces"] is None
    assert document["changes"] == []
    assert "chưa có văn bản này" in document["standing"]
    assert {"path": "Điều 6", "label": "Điều 6", "heading": "Hiệu lực", "passages": 1} in document["outline"]
    assert document["passages"] == sum(part["passages"] for part in document["outline"])
    assert any("chú thích" in warning for warning in result["warnings"])
    assert files(shelf) == before


def test_the_full_text_of_a_digest_says_so(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The register tells the standing; the summary that it replaces is not compared word by word."""
    assert shelf
    law = tmp_path / "luat.txt"
    law.write_text("Số: 80/2017/NĐ-CP\nHà Nội, ngày 17 tháng 7 năm 2017\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", "utf-8")
    (document,) = previewed(capsys, str(law))["result"]["documents"]
    assert document["replaces"]["digest"]
    assert document["changes"] == []
    assert "80/2017/NĐ-CP" in document["standing"]


def test_corrections_take_the_place_of_what_was_read(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number and a date that a person gives count, also for what is replaced; what is still unknown is said."""
    assert shelf
    text = tmp_path / "a.txt"
    text.write_text("KẾ HOẠCH\nMở sân chơi\n\n1. Mở cửa.\n", encoding="utf-8")
    unknown = previewed(capsys, str(text))["result"]
    assert unknown["warnings"][0].startswith("chưa rõ số, ký hiệu, cơ quan ban hành, ngày ban hành")
    given = ("--set", "number=785-CV/ĐU", "--set", "issued=2024-02-06")
    result = previewed(capsys, str(text), *given)["result"]
    assert result["documents"][0]["replaces"]["id"] == "785-cv-du-2024"
    assert result["warnings"][0].startswith("chưa rõ cơ quan ban hành;")


@pytest.mark.parametrize(
    ("name", "content", "arguments", "code", "told"),
    [
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0", (), 1, "Save As", id="old-word"),
        pytest.param("a.txt", b"1. A.", ("--set", "issued=hôm qua"), 2, "issued", id="wrong-date"),
        pytest.param("a.txt", b"1. A.", ("--set", "colour=red"), 2, "colour", id="wrong-name"),
    ],
)
def test_what_cannot_be_shown_says_why(  # noqa: PLR0913, PLR0917 - five of the table, two of pytest
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    """A file at fault ends with 1, a wrong correction with 2, each with a sentence for the administrator."""
    (tmp_path / name).write_bytes(content)
    assert told in previewed(capsys, str(tmp_path / name), *arguments, code=code)["error"]["sentence"]


def test_a_person_sees_the_same(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the particulars, the outline and what is replaced are printed."""
    assert shelf
    assert main(["preview", str(LETTER)]) == 0
    out = capsys.readouterr().out
    assert "785-CV/ĐU" in out
    assert "Mục II.3" in out
    assert "Thay cho văn bản “Công văn 785-CV/ĐU” kèm theo chương trình." in out
    assert "chưa có gì được ghi" in out
