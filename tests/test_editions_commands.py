"""`python -m ingest status|editions|diff|rollback|verify|remove`: what a person and what a program are told."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import COMMANDS, main
from knowledge.editions import current_edition, editions_folder, is_settled, published_editions
from knowledge.memory import Memory
from knowledge.pointer import read_pointer
from knowledge.settings import KnowledgeSettings
from knowledge.sources import own_documents

PLAN = """SỞ ĐỒ CHƠI
Số: 1/KH-SĐC

KẾ HOẠCH
Làm sân chơi

1. Các trường mở cửa sân chơi.
2. {second}.
"""


@pytest.fixture(scope="module")
def settled(small_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with three editions: of the shipped documents, with a plan, with another text of it."""
    own = Path(shutil.copytree(small_data_dir, tmp_path_factory.mktemp("settled") / "data"))
    plan = own / "plan.txt"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATA_DIR", str(own))
        patched.setattr("ingest.gate.QUESTION_SETS", ())
        for second in ("Làm cầu trượt", "Làm xích đu"):
            plan.write_text(PLAN.format(second=second), encoding="utf-8")
            assert main(["add", str(plan), "--by", "42"]) == 0
    return own


@pytest.fixture
def shelf(settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, untried: None) -> Path:  # noqa: ARG001 - it patches
    """Give a copy of it, set as DATA_DIR, where nothing is asked before an edition goes live."""
    own = Path(shutil.copytree(settled, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


def result(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Run a command that goes well, for a program."""
    capsys.readouterr()
    assert main([*arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])["result"]
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help(command: Any, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ANN401 - a row of the table
    """`--help` ends well, and says in Vietnamese what the command does."""
    with pytest.raises(SystemExit) as end:
        main([command.name, "--help"])
    assert end.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert command.help in told
    assert "--json" in told


def test_status_tells_every_document(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each document of the current edition is listed with its standing, its size and its file."""
    found = result(capsys, "status")
    assert found["edition"] == current_edition(shelf).name
    documents = {document["id"]: document for document in found["documents"]}
    assert documents["1-kh-sdc"]["own"]
    assert documents["1-kh-sdc"]["file"] == "plan.txt"
    assert documents["102-2016-qh13"]["digest"]
    assert "sửa đổi" in documents["102-2016-qh13"]["standing"]
    assert not documents["28-ct-tw-2023"]["own"]
    assert main(["status"]) == 0
    assert "plan.txt" in capsys.readouterr().out


def test_editions_tell_who_had_them_built(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first, with who and when, which one answers, and which one is damaged."""
    documents = published_editions(shelf)[0] / "documents.json"
    documents.write_bytes(documents.read_bytes().replace(b"a", b"b", 1))
    found = result(capsys, "editions")["editions"]
    assert [edition["id"] for edition in found] == [path.name for path in reversed(published_editions(shelf))]
    assert [edition["by"] for edition in found] == ["42", "42", ""]
    assert [edition["current"] for edition in found] == [True, False, False]
    assert [edition["whole"] for edition in found] == [True, True, False]
    assert not any(edition["pinned"] for edition in found)


def test_diff_tells_section_by_section(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without names the edition before is compared with the current one; with names any two are."""
    first, second, third = (path.name for path in published_editions(shelf))
    found = result(capsys, "diff")
    assert (found["old"], found["new"]) == (second, third)
    ((document,), (section,)) = found["documents"], found["documents"][0]["sections"]
    assert (document["id"], document["change"]) == ("1-kh-sdc", "altered")
    assert (section["path"], section["change"]) == ("2", "altered")
    assert section["before"] == "Làm cầu trượt."
    assert section["after"] == "Làm xích đu."
    assert [one["change"] for one in result(capsys, "diff", first)["documents"]] == ["added"]
    assert [one["change"] for one in result(capsys, "diff", second, first)["documents"]] == ["removed"]
    assert result(capsys, "diff", third, third)["documents"] == []
    assert main(["diff"]) == 0
    out = capsys.readouterr().out
    assert "- Làm cầu trượt." in out
    assert "+ Làm xích đu." in out


def test_going_back_stays_until_an_administrator_builds(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`rollback` pins the edition, so that no start of the bot undoes it; `build` takes up the present documents."""
    _, second, third = published_editions(shelf)
    settings = KnowledgeSettings(data_dir=shelf)
    assert result(capsys, "rollback", second.name, "--by", "42")["edition"] == second.name
    assert current_edition(shelf) == second
    assert is_settled(settings)
    assert [edition["pinned"] for edition in result(capsys, "editions")["editions"]] == [False, True, False]
    with Memory.open(settings) as memory:
        assert (memory.deeds.latest(1)[0].what, memory.deeds.latest(1)[0].edition) == ("rollback", second.name)
    built = result(capsys, "build")
    assert built["new"]
    assert not read_pointer(editions_folder(shelf)).pinned
    assert result(capsys, "diff", third.name)["documents"] == []


def test_a_build_of_what_answers_takes_the_pin_out(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Going back to the edition of the present documents and building again needs no new edition."""
    third = current_edition(shelf)
    result(capsys, "rollback", third.name)
    assert read_pointer(editions_folder(shelf)).pinned
    built = result(capsys, "build")
    assert (built["new"], built["edition"]) == (False, third.name)
    assert not read_pointer(editions_folder(shelf)).pinned


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        pytest.param("19990101", 2, "Các phiên bản còn giữ", id="not-kept"),
        pytest.param("", 2, "Các phiên bản còn giữ", id="nameless"),
        pytest.param("damaged", 1, "bị hỏng", id="damaged"),
        pytest.param("foreign", 1, "chương trình này không mở được", id="another-program"),
    ],
)
def test_nothing_goes_back_to_what_cannot_answer(
    shelf: Path, capsys: pytest.CaptureFixture[str], name: str, code: int, told: str
) -> None:
    """An edition that is not kept, damaged or of another program is refused with a sentence; nothing changes."""
    first, second, third = published_editions(shelf)
    if name == "damaged":
        (second / "documents.json").unlink()
    if name == "foreign":
        _as_of_another_program(second)
    assert main(["rollback", second.name if name in {"damaged", "foreign"} else name]) == code
    assert told in capsys.readouterr().err
    assert current_edition(shelf) == third
    assert first in published_editions(shelf)


def _as_of_another_program(edition: Path) -> None:
    from knowledge.manifest import Manifest  # noqa: PLC0415 - for this alone

    Manifest.read(edition).model_copy(update={"parser_version": "of another time"}).write(edition)


def test_verify_reads_an_edition_back_whole(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole edition is told with its counts; a damaged one is an error that names the file."""
    found = result(capsys, "verify")
    assert found["edition"] == current_edition(shelf).name
    assert found["passages"] > 300
    first = published_editions(shelf)[0]
    (first / "documents.json").write_bytes(b"[]")
    assert main(["verify", first.name, "--json"]) == 1
    assert "documents.json" in json.loads(capsys.readouterr().out.splitlines()[-1])["error"]["sentence"]


def test_a_removed_file_is_kept_and_the_program_s_own_comes_back(
    shelf: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Removing an own text of a law brings its digest back; the file lies in `removed`, with its sidecar."""
    law = tmp_path / "luat.txt"
    law.write_text("Số: 80/2017/NĐ-CP\nHà Nội, ngày 17 tháng 7 năm 2017\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", "utf-8")
    assert result(capsys, "add", str(law), "--set", "signer=Lan")["embedded"] > 0
    found = result(capsys, "remove", "80/2017/nđ-cp")
    assert found["removed"]["remains"] == {"file": "80-2017-ND-CP.toml", "digest": True}
    assert {path.name for path in own_documents(shelf).glob("[!.]*")} == {"plan.txt"}
    for name, kept in found["removed"]["kept"].items():
        assert (shelf / kept).name == name
    assert (shelf / found["removed"]["kept"]["luat.txt"]).read_bytes() == law.read_bytes()
    assert 'signer = "Lan"' in (shelf / found["removed"]["kept"]["luat.toml"]).read_text("utf-8")


def test_a_document_of_a_page_of_several_can_be_left_out(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One document of a page goes and the others stay; a file of its own brings it back."""
    page = Path(__file__).parent / "samples" / "codification.html"
    before = result(capsys, "add", str(page))
    assert result(capsys, "remove", "6/2041/NĐ-CP")["documents"] == before["documents"] - 1
    assert (own_documents(shelf) / page.name).is_file()
    assert main(["remove", "6/2041/NĐ-CP"]) == 2
    assert result(capsys, "add", "6/2041/NĐ-CP")["documents"] == before["documents"]


def test_a_file_that_cannot_be_read_can_be_removed(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that stops every build is taken out by its name."""
    (own_documents(shelf) / "hong.txt").write_text("", encoding="utf-8")
    assert main(["build"]) == 1
    found = result(capsys, "remove", "hong.txt")
    assert list(found["removed"]["kept"]) == ["hong.txt"]
    assert not (own_documents(shelf) / "hong.txt").exists()


def test_a_broken_list_of_what_is_left_out_is_told(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that cannot be read stops the build, with what to do; nothing comes back unasked."""
    (shelf / "left_out.json").write_text('{"shipped": 1', encoding="utf-8")
    assert main(["build"]) == 1
    assert "left_out.json" in capsys.readouterr().err
    assert current_edition(shelf) == published_editions(shelf)[-1]


def test_a_disk_that_cannot_be_written_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Trouble with the disk is a sentence that names the place, for a program as well."""
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert main(["build", "--json"]) == 1
    assert str(tmp_path / "data") in json.loads(capsys.readouterr().out.splitlines()[-1])["error"]["sentence"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("999/KH-XYZ", "Không tìm thấy văn bản", id="unknown"),
        pytest.param("", "Không tìm thấy văn bản", id="nameless"),
    ],
)
def test_an_unknown_document_is_not_removed(
    shelf: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    """The answer lists those that there are; nothing changes."""
    before = published_editions(shelf)
    assert main(["remove", name]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert "28-CT/TW" in err
    assert published_editions(shelf) == before
