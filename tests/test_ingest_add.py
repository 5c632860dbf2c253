"""`python -m ingest add` puts administrators' documents in, or leaves everything as it was."""

import shutil
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.add import read_files
from ingest.placing import Addition, placed
from knowledge.editions import DOCUMENTS, current_edition, published_editions
from knowledge.manifest import DOCUMENTS_FILE
from knowledge.sources import own_documents

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an administrators' folder with one plan."""
    plan(tmp_path / "own" / "cu.txt")
    return tmp_path / "own"


@pytest.fixture
def shelf(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a data directory of one's own with an edition of the shipped documents, set as DATA_DIR."""
    own = Path(shutil.copytree(data_dir, tmp_path / "data"))
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


def test_a_document_of_the_same_number_goes_out(folder: Path, tmp_path: Path) -> None:
    """Another file of the same document takes the place of the old one, whatever the names, with its sidecar."""
    (folder / "cu.toml").write_text('place = "Huế"', encoding="utf-8")
    new = plan(tmp_path / "moi.txt", title="Làm sân chơi rộng")
    new.with_suffix(".toml").write_text('place = "Hà Nội"', encoding="utf-8")
    with placed(read_files([new]), folder) as outcome:
        assert outcome.replaced == ("cu.txt",)
    assert set(held(folder)) == {"moi.txt", "moi.toml"}
    assert outcome.readings["moi.txt"][0].document.place == "Hà Nội"


def test_another_document_of_the_same_name_stays(folder: Path, tmp_path: Path) -> None:
    """Two plans called "cu.txt" are two documents: the new one gets a name of its own, in its document too."""
    with placed(read_files([plan(tmp_path / "cu.txt", number=2)]), folder) as outcome:
        pass
    assert set(held(folder)) == {"cu.txt", "cu-2.txt"}
    assert outcome.readings["cu-2.txt"][0].document.source == "cu-2.txt"


def test_a_page_of_several_does_not_drive_out_a_file_of_one(tmp_path: Path) -> None:
    """The codification leaves out preamble and appendices, so a decree's own file stays beside the page."""
    decree = tmp_path / "own" / "nd.txt"
    decree.parent.mkdir()
    decree.write_text("Số: 6/2041/NĐ-CP\n\nNGHỊ ĐỊNH\nMẫu\n\nĐiều 1. A\nA.\n", encoding="utf-8")
    page = SAMPLES / "codification.html"
    with placed(read_files([page]), decree.parent) as first:
        assert first.replaced == ()
    with placed(read_files([page]), decree.parent) as again:
        assert again.replaced == ("codification.html",)
    assert set(held(decree.parent)) == {"nd.txt", "codification.html"}


def work_that_fails(additions: list[Addition], folder: Path, error: type[BaseException]) -> None:
    """Look into the folder while the additions are in it, then fail."""
    with placed(additions, folder):
        assert set(held(folder)) == {"cu.txt", "b.txt"}
        assert "rộng" in (folder / "cu.txt").read_text(encoding="utf-8")
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_what_was_replaced_comes_back(folder: Path, tmp_path: Path, error: type[BaseException]) -> None:
    """When the work fails, or the operator stops it, the folder is byte for byte what it was."""
    before = held(folder)
    additions = read_files([plan(tmp_path / "cu.txt", title="Làm sân rộng"), plan(tmp_path / "b.txt", number=2)])
    with pytest.raises(error):
        work_that_fails(additions, folder, error)
    assert held(folder) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


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
