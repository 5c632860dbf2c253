"""`python -m ingest add` puts administrators' documents in, or leaves everything as it was."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from ingest import texts
from ingest.__main__ import main
from ingest.add import read_files
from ingest.changing import changed, only_one
from ingest.placing import Placing, placing
from ingest.read import read_all
from ingest.readings import Readings
from ingest.report import Report
from ingest.sidecar import Sidecar
from knowledge.editions import DOCUMENTS, current_edition, published_editions
from knowledge.manifest import DOCUMENTS_FILE
from knowledge.sources import own_documents

PROJECT = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "samples"
PLAN = """SỞ ĐỒ CHƠI
Số: {number}/KH-SĐC

KẾ HOẠCH
{title}

1. Các trường mở cửa sân chơi.
2. {title}.
"""


def plan(path: Path, number: int = 1, title: str = "Làm sân chơi") -> Path:
    """Write a plan."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PLAN.format(number=number, title=title), encoding="utf-8")
    return path


def held(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder that a build would see."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name[0] != "."}


pytestmark = pytest.mark.usefixtures("untried")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give a data directory with one plan of the administrators."""
    plan(own_documents(tmp_path / "own") / "cu.txt")
    return tmp_path / "own"


@pytest.fixture
def shelf(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of the shipped documents, set as DATA_DIR."""
    own = Path(shutil.copytree(small_data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return own


def test_added_files_are_in_the_next_edition(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files of several kinds go in, each document with a line of its own, and answers can come from them."""
    before = current_edition(shelf)
    assert main(["add", str(SAMPLES / "gazette.pdf"), str(SAMPLES / "codification.html")]) == 0
    out, err = capsys.readouterr()
    assert "Đã thêm Nghị định 1/2030/NĐ-CP" in out
    assert "6 Điều" in out
    assert "Đã thêm Luật 5/2040/QH20, Luật Đồ chơi: 5 Điều" not in out  # Điều 3a counts with Điều 3
    assert "Đã thêm Luật 5/2040/QH20, Luật Đồ chơi: 4 Điều" in out
    assert "codification.html (6/2041/NĐ-CP): phụ lục ở tệp riêng" in err
    assert "276-KH-TU" not in err  # what was noticed in other documents is not told again
    assert current_edition(shelf) != before
    documents = DOCUMENTS.validate_json((current_edition(shelf) / DOCUMENTS_FILE).read_bytes())
    assert {"1-2030-nd-cp", "5-2040-qh20", "6-2041-nd-cp", "7-2041-tt-bdc"} <= {document.id for document in documents}
    assert set(held(own_documents(shelf))) == {"gazette.pdf", "codification.html"}
    assert main(["add", str(SAMPLES / "gazette.pdf")]) == 0
    assert main(["build"]) == 0
    again = capsys.readouterr().out.splitlines()
    assert "Đã thay tệp gazette.pdf" in again[1]
    assert [line.startswith("Văn bản không thay đổi") for line in again] == [False, False, True, True]


def test_a_full_text_replaces_its_digest(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document of a digest's number and year takes its place, and the operator is told, also what is missing."""
    law = tmp_path / "luat.txt"
    law.write_text("Số: 80/2017/NĐ-CP\nHà Nội, ngày 17 tháng 7 năm 2017\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", "utf-8")
    assert main(["add", str(law)]) == 0
    out, err = capsys.readouterr()
    assert "Bản đầy đủ thay cho bản tóm lược “Mẫu”" in out
    assert "đọc được 1 Điều, còn sổ theo dõi văn bản ghi 17 Điều; thiếu: 2-17" in err
    documents = DOCUMENTS.validate_json((current_edition(shelf) / DOCUMENTS_FILE).read_bytes())
    (document,) = [document for document in documents if document.id == "80-2017-nd-cp"]
    assert (document.digest, document.source) == (False, "luat.txt")


@pytest.mark.parametrize(
    ("files", "code", "told"),
    [
        pytest.param({"a.txt": None}, 2, "Không có tệp", id="not-there"),
        pytest.param({"a.txt": "", "b.xyz": "b"}, 1, "a.txt", id="unreadable"),
        pytest.param({"a.txt": PLAN.format(number=1, title="A"), "b.pdf": "no"}, 1, "b.pdf", id="one-of-two"),
        pytest.param(
            {"a.txt": PLAN.format(number=1, title="A"), "b.txt": PLAN.format(number=1, title="B")},
            1,
            "1-kh-sdc",
            id="one-document-twice",
        ),
    ],
)
def test_files_at_fault_change_nothing(  # noqa: PLR0913, PLR0917 - three of the table, three of pytest
    shelf: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str | None],
    code: int,
    told: str,
) -> None:
    """What cannot be read is named with its reason; neither the folder nor the edition changes."""
    for name, content in files.items():
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
    before = published_editions(shelf)
    assert main(["add", *(str(tmp_path / name) for name in files)]) == code
    assert told in capsys.readouterr().err
    assert published_editions(shelf) == before
    assert not own_documents(shelf).exists() or held(own_documents(shelf)) == {}


def test_when_no_edition_comes_of_it_the_files_go_out_again(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that was bad before stops the build: what was there stays, what was added does not."""
    own = own_documents(shelf)
    plan(own / "cu.txt", title="Cũ")
    (own / "hong.txt").write_text("", encoding="utf-8")
    before = held(own)
    assert main(["add", str(plan(tmp_path / "moi.txt", title="Mới"))]) == 1
    assert "hong.txt" in capsys.readouterr().err
    assert held(own) == before


def planned(files: Sequence[Path], data_dir: Path) -> Placing:
    """Read files and plan how they go in."""
    readings = Readings(data_dir, Report())
    return placing(read_files(files, readings), data_dir, readings)


def put_in(files: Sequence[Path], data_dir: Path) -> Placing:
    """Put files in without building anything."""
    with only_one(data_dir):
        plan = planned(files, data_dir)
        with changed(data_dir, plan.change):
            return plan


def kept_files(data_dir: Path) -> list[str]:
    """Return the names of files that were replaced or taken out."""
    return sorted(path.name for path in (data_dir / "removed").rglob("*") if path.is_file())


def test_a_document_of_the_same_number_goes_out(own: Path, tmp_path: Path) -> None:
    """Another file of the same document takes the place of the old one, which is kept, with its sidecar."""
    (own_documents(own) / "cu.toml").write_text('place = "Huế"', encoding="utf-8")
    new = plan(tmp_path / "moi.txt", title="Làm sân chơi rộng")
    new.with_suffix(".toml").write_text('place = "Hà Nội"', encoding="utf-8")
    placing = put_in([new], own)
    assert list(placing.replaced) == ["cu.txt"]
    assert set(held(own_documents(own))) == {"moi.txt", "moi.toml"}
    assert [document.place for document in placing.documents()] == ["Hà Nội"]
    assert kept_files(own) == ["cu.toml", "cu.txt"]


def test_the_same_file_again_is_not_kept_twice(own: Path) -> None:
    """A file that comes in as it already lies there leaves nothing in the folder of removed files."""
    put_in([own_documents(own) / "cu.txt"], own)
    assert set(held(own_documents(own))) == {"cu.txt"}
    assert kept_files(own) == []


def test_another_document_of_the_same_name_stays(own: Path, tmp_path: Path) -> None:
    """Two plans called "cu.txt" are two documents: the new one gets a name of its own, in its document too."""
    placing = put_in([plan(tmp_path / "cu.txt", number=2)], own)
    assert set(held(own_documents(own))) == {"cu.txt", "cu-2.txt"}
    assert [document.source for document in placing.documents()] == ["cu-2.txt"]


def test_a_page_of_several_does_not_drive_out_a_file_of_one(tmp_path: Path) -> None:
    """The codification leaves out preamble and appendices, so a decree's own file stays beside the page."""
    decree = own_documents(tmp_path) / "nd.txt"
    decree.parent.mkdir()
    decree.write_text("Số: 6/2041/NĐ-CP\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", encoding="utf-8")
    page = SAMPLES / "codification.html"
    assert put_in([page], tmp_path).replaced == {}
    assert list(put_in([page], tmp_path).replaced) == ["codification.html"]
    assert set(held(decree.parent)) == {"nd.txt", "codification.html"}


def work_that_fails(data_dir: Path, files: Sequence[Path], error: type[BaseException]) -> None:
    """Look into the folder while the additions are in it, then fail."""
    with only_one(data_dir), changed(data_dir, planned(files, data_dir).change):
        assert set(held(own_documents(data_dir))) == {"cu.txt", "b.txt"}
        assert "rộng" in (own_documents(data_dir) / "cu.txt").read_text(encoding="utf-8")
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_what_was_replaced_comes_back(own: Path, tmp_path: Path, error: type[BaseException]) -> None:
    """When the work fails, or the operator stops it, the data directory is byte for byte what it was."""
    before = held(own_documents(own))
    files = [plan(tmp_path / "cu.txt", title="Làm sân rộng"), plan(tmp_path / "b.txt", number=2)]
    with pytest.raises(error):
        work_that_fails(own, files, error)
    assert held(own_documents(own)) == before
    assert not (own / ".changing").exists()
    assert kept_files(own) == []


KILLED = """
import os, sys
from pathlib import Path
from ingest.changing import Change, changed, only_one
data_dir = Path(sys.argv[1])
puts = {"documents/cu.txt": b"new", "documents/b.txt": b"new", "removed/1/cu.txt": data_dir / "documents" / "cu.txt"}
with only_one(data_dir), changed(data_dir, Change(puts, ("documents/c.txt",))):
    if sys.argv[2:]:
        (data_dir / "editions").mkdir()
        (data_dir / "editions" / "CURRENT").write_text(sys.argv[2])
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("published", [False, True], ids=["nothing-published", "edition-published"])
def test_the_next_command_ends_what_a_killed_one_began(own: Path, published: bool) -> None:  # noqa: FBT001 - a table
    """Files changed by a killed process are changed back, unless an edition of them was published before it died."""
    plan(own_documents(own) / "c.txt", number=3)
    before = held(own_documents(own))
    arguments = [str(own), *(["20300101-000000-000000"] if published else [])]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=PROJECT, check=False)  # noqa: S603 - our own interpreter
    assert killed.returncode == -signal.SIGKILL
    assert held(own_documents(own)) != before
    with only_one(own):
        after = held(own_documents(own))
    assert after == ({"cu.txt": b"new", "b.txt": b"new"} if published else before)
    assert kept_files(own) == (["cu.txt"] if published else [])
    assert not (own / ".changing").exists()


def test_corrections_stand_beside_the_file(own: Path, tmp_path: Path) -> None:
    """What `--set` corrects goes into the sidecar, over what that said, so that the next build reads it too."""
    new = plan(tmp_path / "moi.txt", number=2)
    new.with_suffix(".toml").write_text('place = "Huế"\nsigner = "Lan"', encoding="utf-8")
    readings = Readings(own, Report())
    given = Sidecar(signer='Nguyễn "Mai"', issued=date(2030, 1, 2))
    with only_one(own), changed(own, placing(read_files([new], readings, given), own, readings).change):
        pass
    (document,) = [reading.document for reading in read_all(own_documents(own) / "moi.txt")]
    assert (document.place, document.signer, document.issued) == ("Huế", 'Nguyễn "Mai"', date(2030, 1, 2))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--set", "color=red"], "color", id="unknown-particular"),
        pytest.param(["--set", "issued=soon"], "issued", id="no-date"),
        pytest.param(["other.txt", "--set", "title=A"], "đúng một tệp", id="several-files"),
    ],
)
def test_corrections_at_fault_are_told(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """A correction that cannot be made is named; nothing changes."""
    for name in ("moi.txt", "other.txt"):
        plan(tmp_path / name)
    named = [str(tmp_path / one) if one.endswith(".txt") else one for one in arguments]
    assert main(["add", str(tmp_path / "moi.txt"), *named]) == 2
    assert told in capsys.readouterr().err
    assert len(published_editions(shelf)) == 1


def test_an_unchanged_file_is_not_read_again(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reading of the same bytes comes from the disk, letter for letter; another text is read anew."""
    file = own_documents(own) / "cu.txt"
    first = list(Readings(own, Report()).of([file]))
    with monkeypatch.context() as patched:
        patched.setattr("ingest.readings.read_safely", lambda paths, *_, **__: ((path, ()) for path in paths))
        assert list(Readings(own, Report()).of([file])) == first
        plan(file, title="Làm sân khác")
        assert list(Readings(own, Report()).of([file])) == [(file, ())]


def test_a_damaged_reading_is_not_believed(own: Path) -> None:
    """A flipped bit in what was kept of a reading means that the file is read again."""
    file = own_documents(own) / "cu.txt"
    first = list(Readings(own, Report()).of([file]))
    (kept,) = (own / "cache" / "readings").iterdir()
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    assert list(Readings(own, Report()).of([file])) == first


def test_one_file_of_a_document_is_taken(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a page and a file hold the same decree, the fuller is taken and the other named; an edition comes of it."""
    own = own_documents(shelf)
    own.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / "codification.html", own)
    decree = tmp_path / "nd.txt"
    articles = "\n".join(f"Điều {number}. A\nA." for number in range(1, 6))
    decree.write_text(f"Số: 6/2041/NĐ-CP\n\nNGHỊ ĐỊNH\nMẫu\n\n{articles}\n", encoding="utf-8")
    assert main(["add", str(decree)]) == 0
    assert (
        "6-2041-nd-cp: lấy văn bản trong tệp nd.txt, bỏ qua bản trong tệp codification.html" in capsys.readouterr().err
    )
    documents = DOCUMENTS.validate_json((current_edition(shelf) / DOCUMENTS_FILE).read_bytes())
    assert [document.source for document in documents if document.id == "6-2041-nd-cp"] == ["nd.txt"]


def test_another_builder_is_waited_for_and_said(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that has to wait says so once; one that need not says nothing of it."""
    assert main(["build", "--json"]) == 0
    assert texts.WAITS_FOR_ANOTHER not in capsys.readouterr().out
    taken = Event()

    def build_for_a_while() -> None:
        with only_one(shelf):
            taken.set()
            time.sleep(2.5)

    with ThreadPoolExecutor(1) as other:
        other.submit(build_for_a_while)
        taken.wait(10)
        assert main(["build", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    steps = [line["progress"] for line in lines if "progress" in line]
    assert [(one["done"], one["whole"]) for one in steps if one["step"] == texts.WAITS_FOR_ANOTHER] == [
        (0, None),
        (1, 1),
    ]
    assert "result" in lines[-1]
