"""Files as administrators have them, where the shared folder is at hand: the same laws as in plain text."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from conftest import SHARED

from ingest.read import Reading, read, read_all
from knowledge.documents import Document

RAW, TEXTS = SHARED / "laws" / "raw", SHARED / "laws" / "text"
pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="the laws are not ours to ship; ../shared is missing")


@cache
def documents(name: str) -> dict[str, Reading]:
    """Return the documents of a file by id."""
    return {reading.document.id: reading for reading in read_all(RAW / name)}


@cache
def in_plain_text(name: str) -> Document:
    """Return the same law as read from its plain text."""
    return read(TEXTS / f"{name}.txt").document


def articles(document: Document) -> list[tuple[str, str]]:
    """Return the paths and headings of a document's own Điều."""
    return [(s.path, s.heading) for s in document.sections if re.fullmatch(r"Điều \d+[a-z]?", s.path)]


PAGE_1, PAGE_2 = "phap-dien_8.1_tre-em.html", "phap-dien_8.2_binh-dang-gioi.html"
WORD = "45-2019-QH14_VBHN-18-2026.docx"
GAZETTE_13, GAZETTE_131 = "13-2021-TT-BLDTBXH_cong-bao.pdf", "131-2026-ND-CP_cong-bao.pdf"


@pytest.mark.parametrize(
    ("file", "document_id", "text", "count"),
    [
        pytest.param(PAGE_1, "102-2016-qh13", "102-2016-QH13", 106, id="codification-law"),
        pytest.param(PAGE_1, "56-2017-nd-cp", "56-2017-ND-CP", 58, id="codification-decree"),
        pytest.param(PAGE_2, "73-2006-qh11", "73-2006-QH11", 44, id="codification-another"),
        pytest.param(WORD, "45-2019-qh14", "45-2019-QH14_VBHN-18-2026", 220, id="word"),
        pytest.param(GAZETTE_13, "13-2021-tt-bldtbxh", "13-2021-TT-BLDTBXH", 3, id="gazette"),
    ],
)
def test_every_article_has_the_number_and_title_of_the_plain_text(
    file: str, document_id: str, text: str, count: int
) -> None:
    """None missing, none twice, none with another's title; the ids agree, so that one replaces the other."""
    document = documents(file)[document_id].document
    assert len(articles(document)) == count
    assert articles(document) == articles(in_plain_text(text))
    assert in_plain_text(text).id == document_id


@pytest.mark.parametrize(
    ("file", "document_id", "text"),
    [
        pytest.param(PAGE_1, "102-2016-qh13", "102-2016-QH13", id="codification-law"),
        pytest.param(PAGE_1, "56-2017-nd-cp", "56-2017-ND-CP", id="codification-decree"),
        pytest.param(PAGE_2, "73-2006-qh11", "73-2006-QH11", id="codification-another"),
        pytest.param(WORD, "45-2019-qh14", "45-2019-QH14_VBHN-18-2026", id="word"),
    ],
)
def test_every_passage_has_the_words_of_the_plain_text(file: str, document_id: str, text: str) -> None:
    """Khoản for khoản the texts are the same; the Word file has lost the letters of two điểm, and says so."""
    wanted = {s.path: [p.text for p in s.passages] for s in in_plain_text(text).sections if s.path.startswith("Điều")}
    found = {s.path: [p.text for p in s.passages] for s in documents(file)[document_id].document.sections}
    assert [path for path in wanted if wanted[path] != found[path]] == []


def test_the_codification_holds_the_other_documents_too() -> None:
    """Circulars and decisions on the same pages are taken apart, each with Điều 1 to the last."""
    counts = {id_: len(articles(r.document)) for page in (PAGE_1, PAGE_2) for id_, r in documents(page).items()}
    assert counts == {
        "102-2016-qh13": 106,
        "56-2017-nd-cp": 58,
        "23-2017-tt-byt": 7,
        "09-2017-tt-btttt": 21,
        "33-2017-tt-byt": 6,
        "34-2017-tt-byt": 10,
        "36-2018-tt-bldtbxh": 9,
        "28-2019-tt-bldtbxh": 10,
        "29-2019-tt-bldtbxh": 16,
        "14-2020-tt-bldtbxh": 17,
        "27-2022-tt-bldtbxh": 10,
        "30-2019-tt-byt": 2,
        "73-2006-qh11": 44,
        "70-2008-nd-cp": 18,
        "48-2009-nd-cp": 23,
        "191-2009-tt-btc": 5,
        "114-2008-qd-ttg": 10,
    }


def test_the_gazette_of_2026_has_its_articles_and_forms() -> None:
    """Twelve Điều in three chapters, and the forms of the appendix."""
    document = documents(GAZETTE_131)["131-2026-nd-cp"].document
    assert [path for path, _ in articles(document)] == [f"Điều {number}" for number in range(1, 13)]
    paths = [section.path for section in document.sections]
    assert {"Chương I", "Chương II", "Chương III", "Phụ lục"} <= set(paths)
    assert [path for path in paths if path.count(".") == 1 and "Mẫu" in path] == [
        f"Phụ lục.Mẫu số {number}" for number in ("01", "02A", "02B", "03", "04", "05")
    ]
    assert (document.signer, str(document.issued)) == ("Hồ Đức Phớc", "2026-04-06")


@pytest.mark.parametrize("file", [GAZETTE_13, GAZETTE_131])
def test_no_running_head_lands_in_the_text(file: str) -> None:
    """Neither the gazette's name nor a page number stands in any passage or heading."""
    for reading in documents(file).values():
        for section in reading.document.sections:
            for text in (section.heading, *(passage.text for passage in section.passages)):
                assert not re.search(r"CÔNG BÁO|/Ngày \d\d-\d\d-\d{4}", text)
                assert not re.fullmatch(r"\d{1,3}", text)


def test_the_gazettes_indicators_are_those_of_the_plain_text() -> None:
    """Every coded indicator of the four appendices is found with its title, formulas or not."""
    coded = re.compile(r"Phụ lục (?:III|IV)\.\d{4}")
    found = [s for s in documents(GAZETTE_13)["13-2021-tt-bldtbxh"].document.sections if coded.fullmatch(s.path)]
    wanted = [s for s in in_plain_text("13-2021-TT-BLDTBXH").sections if coded.fullmatch(s.path)]
    assert [s.path for s in found] == [s.path for s in wanted]
    assert all(section.heading for section in found)


@pytest.mark.parametrize("file", [PAGE_1, PAGE_2, WORD, GAZETTE_13, GAZETTE_131])
def test_letters_are_composed_and_names_are_unique(file: str) -> None:
    """NFC throughout; no two passages share an id or, within a document, a label."""
    for reading in documents(file).values():
        found = [passage for section in reading.document.sections for passage in section.passages]
        assert all(unicodedata.is_normalized("NFC", passage.text) for passage in found)
        assert len({passage.id for passage in found}) == len(found)


def test_what_the_files_lack_is_reported() -> None:
    """Lost letters, left-out footnotes, heads and appendices elsewhere are told, each where it belongs."""
    word = documents(WORD)["45-2019-qh14"].warnings
    assert "đã bỏ 6 chú thích cuối trang ra ngoài văn bản" in word
    assert any(warning.startswith("khoản 2 Điều 42: các ý sau dấu hai chấm không có ký hiệu") for warning in word)
    (gazette,) = documents(GAZETTE_131).values()
    assert gazette.warnings == ("đã bỏ 14 dòng đầu trang, cuối trang: “CÔNG BÁO/Số 240/Ngày 22-04-2026”",)
    assert any("tệp riêng" in warning for warning in documents(PAGE_1)["56-2017-nd-cp"].warnings)


def test_a_law_that_is_not_whole_is_told(tmp_path: Path) -> None:
    """The register knows how many Điều the law has: a file without two of them does not pass in silence."""
    text = (TEXTS / "80-2017-ND-CP.txt").read_text(encoding="utf-8")
    begin, end = text.index("Điều 5."), text.index("Điều 7.")
    (tmp_path / "a.txt").write_text(text[:begin] + text[end:], encoding="utf-8")
    warnings = read(tmp_path / "a.txt").warnings
    assert "đọc được 15 Điều, còn sổ theo dõi văn bản ghi 17 Điều; thiếu: 5-6" in warnings
