"""Every kind of file gives the same documents: sections, numbers and words, and nothing of what frames them."""

import json
import shutil
import time
import unicodedata
import zipfile
from functools import cache
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.errors import (
    BrokenFileError,
    EmptyFileError,
    HarmfulFileError,
    IngestError,
    OldFontError,
    OldWordError,
    SeveralDocumentsError,
    WrongTypeError,
)
from ingest.read import Reading, read, read_all
from knowledge.documents import Document

SAMPLES = Path(__file__).parent / "samples"


@cache
def sample(name: str) -> Reading:
    """Return the one document of a sample."""
    return read(SAMPLES / name)


@cache
def codified() -> dict[str, Reading]:
    """Return the documents of the codification's page by id."""
    return {reading.document.id: reading for reading in read_all(SAMPLES / "codification.html")}


def outline(document: Document) -> list[tuple[str, str]]:
    """Return paths and headings."""
    return [(section.path, section.heading) for section in document.sections]


def passages(document: Document, path: str) -> list[tuple[str, str]]:
    """Return the labels and texts of a section."""
    section = next(section for section in document.sections if section.path == path)
    return [(passage.label, passage.text) for passage in section.passages]


def whole_text(document: Document) -> str:
    """Return every heading and passage."""
    return "\n".join(
        [*(s.heading for s in document.sections), *(p.text for s in document.sections for p in s.passages)]
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "gazette.pdf",
            ("1-2030-nd-cp", "Nghị định", "Chính phủ", "Hà Nội", "2030-01-05", "Trần Thị Sách"),
            id="pdf",
        ),
        pytest.param(
            "columns.pdf",
            ("7-2031-tt-bdc", "Thông tư", "Bộ Đồ Chơi", "Hà Nội", "2031-04-12", "Lê Văn Gỗ"),
            id="pdf-columns",
        ),
        pytest.param(
            "numbered.docx",
            ("9-2033-tt-bdc", "Thông tư", "Bộ Đồ chơi", "Hà Nội", "2033-07-08", "Lê Văn Gỗ"),
            id="docx",
        ),
        pytest.param(
            "page.html",
            ("3-2034-tt-bdc", "Thông tư", "Bộ Đồ chơi", "Hà Nội", "2034-05-06", "Lê Thị Truyện"),
            id="html",
        ),
    ],
)
def test_head_and_foot_are_read_from_every_format(name: str, expected: tuple[str, ...]) -> None:
    """Columns, cells and stamps around the letterhead and the signature make no difference."""
    document = sample(name).document
    assert (
        document.id,
        document.kind,
        document.issuer,
        document.place,
        str(document.issued),
        document.signer,
    ) == expected


def test_a_gazette_is_read_without_its_frame() -> None:
    """Heads, signatures, footnotes and their marks are out, and the operator is told how many."""
    reading = sample("gazette.pdf")
    text = whole_text(reading.document)
    assert "CÔNG BÁO" not in text
    assert "Ký bởi" not in text
    assert "sửa đổi theo Nghị định số 2/2029" not in text
    assert "Xem tiếp" not in text
    assert "chơi.¹" not in text
    assert "20 m² trở lên" in text
    for told in ("3 dòng đầu trang", "2 chú thích", "4 dòng chữ ký điện tử", "Xem tiếp Công báo số 14 + 15"):
        assert any(told in warning for warning in reading.warnings), told


def test_a_gazette_has_its_parts() -> None:
    """Chapters with headings of two lines, articles, and an appendix; a quoted article is none."""
    assert outline(sample("gazette.pdf").document) == [
        ("mở đầu", ""),
        ("Chương I", "NHỮNG ĐIỀU CHUNG"),
        ("Điều 1", "Phạm vi"),
        ("Điều 2", "Giải thích từ ngữ"),
        ("Chương II", "MƯỢN VÀ TRẢ ĐỒ CHƠI, GIỮ GÌN ĐỒ CHƠI"),
        ("Chương II.Mục 1", "MƯỢN VÀ TRẢ"),
        (
            "Điều 3",
            "Sổ mượn đồ chơi của thư viện và của những nơi giữ đồ chơi thay cho thư viện trong ngày lễ",
        ),
        ("Điều 4", "Ngày mở cửa"),
        ("Điều 5", "Sửa đổi Nghị định về sân chơi"),
        ("Chương II.Mục 2", "GIỮ GÌN"),
        ("Điều 6", "Hiệu lực"),
        ("Phụ lục I", "MẪU SỔ MƯỢN ĐỒ CHƠI"),
        ("Phụ lục I.1", ""),
        ("Phụ lục I.2", ""),
    ]


def test_printed_lines_become_paragraphs() -> None:
    """A number broken at its hyphen is whole again; a date at a line's beginning is no khoản; a row is a passage."""
    document = sample("gazette.pdf").document
    assert passages(document, "Điều 1")[0][1].endswith("Chỉ thị số 28-CT/TW và kế hoạch năm ngoái.")
    assert passages(document, "Điều 4")[0][1].endswith("không muộn hơn ngày 30 của tháng.")
    assert [label for label, _ in passages(document, "Điều 2")] == [
        "Khoản 1 Điều 2",
        "Khoản 2 Điều 2, đoạn 1",
        "Khoản 2 Điều 2, đoạn 2",
        "Khoản 3 Điều 2",
        "Điểm a khoản 3 Điều 2",
        "Điểm b khoản 3 Điều 2",
        "Điểm c khoản 3 Điều 2",
    ]
    assert ("Khoản 2 Điều 3, đoạn 3", "1 Dưới 6 tuổi 2") in passages(document, "Điều 3")


def test_a_consolidated_gazette_is_read_without_its_notes() -> None:
    """Notes with articles of other laws in them are out, also where they go on over the page, with their marks."""
    document = sample("consolidated.pdf").document
    assert (document.id, document.title, document.issuer) == ("5-2040-qh20", "Luật Đồ chơi", "Quốc hội")
    assert [path for path, _ in outline(document)] == [
        *("mở đầu", "Điều 1", "Điều 2", "Điều 3", "Chương II", "Điều 4", "Điều 5")
    ]
    assert dict(outline(document))["Chương II"] == "ĐIỀU KHOẢN THI HÀNH"
    assert passages(document, "Điều 1")[0][1].startswith("Đồ chơi là vật làm ra để chơi, dù")
    assert passages(document, "Điều 4")[0][1].endswith("xếp xong trước ngày ấy một tuần.")


def test_columns_are_read_one_after_the_other() -> None:
    """The left column comes before the right one, and what stands under both after them."""
    document = sample("columns.pdf").document
    assert [path for path, _ in outline(document)] == [f"Điều {number}" for number in range(1, 6)]
    assert passages(document, "Điều 1")[0][1].startswith("Đồ chơi gỗ làm bằng gỗ đã phơi khô ít nhất mười hai tháng ở")


def test_automatic_numbers_of_word_stand_in_the_text() -> None:
    """Chapters, articles, khoản and điểm that Word numbers have their numbers; a list begun anew begins at 1."""
    document = sample("numbered.docx").document
    paths = [path for path, _ in outline(document)]
    assert paths[:7] == ["mở đầu", "Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3", "Điều 4"]
    assert [label for label, _ in passages(document, "Điều 2")] == [
        "Khoản 1 Điều 2",
        "Điểm a khoản 1 Điều 2",
        "Điểm b khoản 1 Điều 2",
        "Điểm c khoản 1 Điều 2",
        "Khoản 2 Điều 2",
    ]
    assert paths[7:] == [
        "Phụ lục",
        *("Phụ lục.1", "Phụ lục.1.1", "Phụ lục.1.2", "Phụ lục.2", "Phụ lục.1 (2)", "Phụ lục.2 (2)"),
    ]


def test_word_keeps_what_is_shown_and_nothing_else() -> None:
    """Inserted text, tags and controls are in; deleted text and marks of footnotes are out; a square metre stays."""
    document = sample("numbered.docx").document
    assert [text for _, text in passages(document, "Điều 4")] == [
        "Thông tư này có hiệu lực từ ngày 15 tháng 8 năm 2033.",
        "Ai chữa xong trước thì cho chơi trước.",
    ]
    assert ("Điểm b khoản 1 Điều 2", "Đeo kính khi mài gỗ;") in passages(document, "Điều 2")
    texts = [text for _, text in passages(document, "Điều 3")]
    assert texts[0].endswith("2 m²")
    assert "Gỗ 1 giờ 5 giờ" in texts
    assert "đã bỏ 1 chú thích cuối trang ra ngoài văn bản" in sample("numbered.docx").warnings


def test_a_page_is_read_without_its_menus() -> None:
    """Menus, margins, hidden lines and notes are out; numbers of lists are in, as the browser shows them."""
    document = sample("page.html").document
    assert outline(document) == [
        ("mở đầu", ""),
        ("Chương I", "NHỮNG ĐIỀU CHUNG"),
        ("Điều 1", "Phạm vi"),
        ("Điều 2", "Người mượn"),
        ("Chương II", "CÁCH MƯỢN"),
        ("Điều 3", "Số truyện"),
        ("Điều 4", "Hiệu lực"),
    ]
    assert passages(document, "Điều 1") == [
        ("Điều 1", "Thông tư này hướng dẫn cho mượn truyện tranh ở thư viện của trường.")
    ]
    assert passages(document, "Điều 2")[2:] == [
        ("Điểm a khoản 2 Điều 2", "có thẻ;"),
        ("Điểm b khoản 2 Điều 2", "đã trả hết truyện mượn lần trước."),
    ]
    assert ("Khoản 2 Điều 3, gạch đầu dòng 2", "Kệ cao cho lớp 5.") in passages(document, "Điều 3")


def test_a_codification_page_is_taken_apart() -> None:
    """Each document has its own Điều in its own order, and the particulars that the notes tell."""
    law, decree, circular = (reading.document for reading in codified().values())
    assert [(d.id, d.kind, d.title, d.issuer, str(d.issued)) for d in (law, decree, circular)] == [
        ("5-2040-qh20", "Luật", "Luật Đồ chơi", "Quốc hội", "2040-03-02"),
        (
            "6-2041-nd-cp",
            "Nghị định",
            "Quy định chi tiết một số điều của Luật Đồ chơi",
            "Chính phủ",
            "2041-05-04",
        ),
        (
            "7-2041-tt-bdc",
            "Thông tư",
            "Hướng dẫn chữa đồ chơi theo Nghị định ngày 4 tháng 5 năm 2041",
            "Bộ Đồ chơi",
            "2041-07-06",
        ),
    ]
    assert outline(law) == [
        ("Chương I", "NHỮNG QUY ĐỊNH CHUNG"),
        ("Điều 1", "Đồ chơi"),
        ("Điều 2", "Giải thích từ ngữ"),
        ("Chương II", "CHƠI"),
        ("Điều 3", "Nơi chơi"),
        ("Điều 3a", "Giờ chơi"),
        ("Điều 4", "Hiệu lực"),
    ]
    assert outline(decree) == [("Điều 1", "Phạm vi"), ("Điều 2", "Người giữ kho"), ("Điều 3", "Kho đồ chơi")]
    assert outline(circular) == [("Điều 1", "Phạm vi"), ("Điều 2", "Hiệu lực")]


def test_what_a_codification_page_lacks_is_reported() -> None:
    """An appendix in a file of its own and an amended article are told; cross references are no text."""
    law, decree, _ = codified().values()
    change = "có nội dung được sửa đổi bởi Điều 3 Luật số 8/2042/QH20 có hiệu lực thi hành kể từ ngày 01/01/2043"
    assert law.warnings == (f"Điều 2: bản pháp điển ghi “{change}”",)
    assert decree.warnings == ("phụ lục ở tệp riêng, không có trong trang này: Mau so kho do choi.doc",)
    assert "nội dung liên quan" not in whole_text(law.document)
    assert law.document.quotes["number"].startswith("(Điều 1 Luật số 5/2040/QH20")


@pytest.mark.parametrize(
    "name", ["gazette.pdf", "consolidated.pdf", "columns.pdf", "numbered.docx", "page.html", "codification.html"]
)
def test_every_passage_is_composed_unicode_with_a_name_of_its_own(name: str) -> None:
    """Letters are NFC, and no two passages of a document share an id or a label."""
    for reading in read_all(SAMPLES / name):
        found = [passage for section in reading.document.sections for passage in section.passages]
        assert all(unicodedata.is_normalized("NFC", passage.text) for passage in found)
        assert len({passage.id for passage in found}) == len(found)
        assert len({(passage.id.split("#")[1], passage.label) for passage in found}) == len(found)


def test_all_documents_of_a_file_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """An operator can look at a page before adding it."""
    assert main(["show", str(SAMPLES / "codification.html")]) == 0
    shown = capsys.readouterr().out
    assert all(number in shown for number in ("5/2040/QH20", "6/2041/NĐ-CP", "7/2041/TT-BĐC"))
    assert main(["show", str(SAMPLES / "codification.html"), "--json"]) == 0
    assert [one["document"]["id"] for one in json.loads(capsys.readouterr().out)] == list(codified())


def test_several_documents_are_asked_back() -> None:
    """Asked for the one document of a page that holds three, the reader names them."""
    with pytest.raises(SeveralDocumentsError, match="6-2041-nd-cp"):
        read(SAMPLES / "codification.html")


def bomb(path: Path) -> None:
    """Write a Word file that is small and becomes large."""
    with zipfile.ZipFile(SAMPLES / "numbered.docx") as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for part in whole.infolist():
            if part.filename != "word/document.xml":
                made.writestr(part.filename, whole.read(part))
        made.writestr("word/document.xml", b"<w:p/>" * 10_000_000)


def with_document_type(path: Path) -> None:
    """Write a Word file whose XML declares entities."""
    with zipfile.ZipFile(SAMPLES / "numbered.docx") as whole, zipfile.ZipFile(path, "w") as made:
        for part in whole.infolist():
            content = whole.read(part)
            begin = content.find(b"<w:document")
            if part.filename == "word/document.xml":
                content = content[:begin] + b'<!DOCTYPE w [<!ENTITY a "b">]>' + content[begin:]
            made.writestr(part.filename, content)


def cut(sample_name: str, path: Path) -> None:
    """Write the first half of a sample."""
    content = (SAMPLES / sample_name).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def emptied(path: Path) -> None:
    """Write a PDF of one page with nothing on it."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def nested(path: Path) -> None:
    """Write a page whose elements lie in each other without end."""
    path.write_text(f"{'<div>' * 20_000}<p>Điều 1. A</p>", encoding="utf-8")


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TCVN3 = "§iÒu 1. Ph¹m vi ®iÒu chØnh. NghÞ ®Þnh nµy quy ®Þnh vÒ ®å ch¬i cña trÎ em. " * 8


@pytest.mark.parametrize(
    ("name", "make", "error", "advice"),
    [
        pytest.param("a.docx", bomb, BrokenFileError, "lớn khác thường", id="docx-bomb"),
        pytest.param("a.docx", with_document_type, HarmfulFileError, "DOCTYPE", id="docx-doctype"),
        pytest.param("a.docx", lambda path: cut("numbered.docx", path), BrokenFileError, "đã hỏng", id="docx-half"),
        pytest.param("a.docx", lambda path: path.write_bytes(OLD_WORD), OldWordError, "Save As", id="old-word"),
        pytest.param("a.pdf", lambda path: path.write_bytes(b"<html>"), WrongTypeError, "trang web", id="no-pdf"),
        pytest.param("a.pdf", emptied, EmptyFileError, "chụp lại", id="pdf-without-letters"),
        pytest.param("a.html", nested, BrokenFileError, "lồng nhau", id="html-nested"),
        pytest.param("a.html", lambda path: path.write_bytes(b"<p> </p>"), EmptyFileError, "chụp lại", id="html-empty"),
        pytest.param(
            "a.txt", lambda path: path.write_text(TCVN3, encoding="utf-8"), OldFontError, "UniKey", id="tcvn3"
        ),
    ],
)
def test_a_hostile_file_is_refused_with_a_reason(
    tmp_path: Path, name: str, make: object, error: type[IngestError], advice: str
) -> None:
    """Bombs, halves, disguises and scans end in a sentence that says what to do, not in a traceback."""
    assert callable(make)
    make(tmp_path / name)
    with pytest.raises(error, match=advice):
        read_all(tmp_path / name)


def test_a_sidecar_cannot_name_several_documents(tmp_path: Path) -> None:
    """A number beside a page of three documents is refused; where the file is from may be told."""
    page = Path(shutil.copy(SAMPLES / "codification.html", tmp_path))
    page.with_suffix(".toml").write_text('source = "Bộ pháp điển"', encoding="utf-8")
    assert {reading.provenance for reading in read_all(page)} == {"Bộ pháp điển"}
    page.with_suffix(".toml").write_text('number = "1/2030/NĐ-CP"', encoding="utf-8")
    with pytest.raises(IngestError, match="nhiều văn bản"):
        read_all(page)


def test_quotations_that_are_never_closed_take_no_time(tmp_path: Path) -> None:
    """A text of nothing but opened quotations is read at once: what is tried is tried once for each line."""
    path = tmp_path / "a.txt"
    path.write_text("Điều 1. A\n" + "“a\n" * 20_000, encoding="utf-8")
    started = time.perf_counter()
    read(path)
    assert time.perf_counter() - started < 10
