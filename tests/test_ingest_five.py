"""The five shipped documents are read as a careful person would read them."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.read import read, read_document
from ingest.shelf import SHIPPED_DOCUMENTS, shelf
from knowledge.documents import Document, Passage

FILES = {path.stem.split("_")[0]: path for path in shelf([SHIPPED_DOCUMENTS])}
EVERY = [pytest.param(path, id=name) for name, path in FILES.items()]

NAMES = {
    "28": "28-CT-TW",
    "785": "785-CV-DU",
    "162": "162-KH-DUK",
    "276": "276-KH-TU",
    "HP": "so-gddt-hai-phong",
}
ABOUT = (
    "tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em đáp ứng yêu cầu phát triển đất nước phồn vinh, hạnh phúc"
)
CHILDREN = f"Về {ABOUT}"


@cache
def document(name: str) -> Document:
    """Return one of the five by its short name."""
    return read_document(FILES[NAMES[name]])


def folded(text: str) -> str:
    """Return a source without marks of layout and with single spaces, by other means than the loader's."""
    bare = re.sub(r"\*\*|^#+ |</?b>|\\(?=\*)", "", text, flags=re.MULTILINE)
    return " ".join(bare.split())


def passages(of: Document) -> list[Passage]:
    """Return every passage of a document in order."""
    return [passage for section in of.sections for passage in section.passages]


PARTICULARS = [
    pytest.param(
        "28",
        {
            "id": "28-ct-tw-2023",
            "number": "28-CT/TW",
            "kind": "Chỉ thị",
            "title": CHILDREN,
            "issuer": "Bộ Chính trị",
            "place": "Hà Nội",
            "issued": date(2023, 12, 25),
            "signer": "Trương Thị Mai",
            "addressees": (),
            "recipients": (),
        },
        id="28: the copiers' number, date, signer and recipients are not the directive's",
    ),
    pytest.param(
        "785",
        {
            "id": "785-cv-du-2024",
            "number": "785-CV/ĐU",
            "kind": "Công văn",
            "issuer": "Đảng ủy Sở GD&ĐT TP.HCM",
            "place": "TP. Hồ Chí Minh",
            "issued": date(2024, 2, 6),
            "signer": "Nguyễn Huỳnh Long",
            "addressees": ("Các đảng bộ, chi bộ trực thuộc",),
            "recipients": ("Như kính gửi", "Sở Giáo dục và Đào tạo", "Lưu Văn phòng Đảng ủy"),
        },
        id="785: the kind stands in the number alone",
    ),
    pytest.param(
        "162",
        {
            "id": "162-kh-duk",
            "number": "162-KH/ĐUK",
            "kind": "Kế hoạch",
            "title": f"Thực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị về {ABOUT}",
            "issuer": "Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh",
            "place": None,
            "issued": None,
            "signer": "Trần Văn Thuận",
        },
        id="162: neither place nor date",
    ),
    pytest.param(
        "276",
        {
            "id": "276-kh-tu-2024",
            "number": "276-KH/TU",
            "kind": "Kế hoạch",
            "issuer": "Thành ủy Cần Thơ",
            "place": "Cần Thơ",
            "issued": date(2024, 3, 6),
            "signer": "Phạm Văn Hiệu",
        },
        id="276: the date is the plan's, not the arrival's",
    ),
    pytest.param(
        "HP",
        {
            "id": "so-gddt-hai-phong-2024",
            "number": None,
            "kind": "Công văn",
            "title": (
                "Về việc thực hiện kế hoạch số 365-KH/TU triển khai thực hiện Chỉ thị số 28-CT/TW "
                "ngày 25/12/2023 của Bộ Chính trị"
            ),
            "issuer": "Sở GD&ĐT Hải Phòng",
            "place": "Hải Phòng",
            "issued": None,
            "signer": "Đỗ Thị Hòa",
            "recipients": ("Như trên", "Ban Giám đốc Sở", "Lưu: VT"),
        },
        id="HP: number, day and month are blank in print",
    ),
]


@pytest.mark.parametrize(("name", "expected"), PARTICULARS)
def test_particulars_are_those_of_the_document(name: str, expected: dict[str, object]) -> None:
    """Number, kind, title, issuer, place, date and signer are the document's; what is not printed is None."""
    read_out = document(name)
    assert {key: getattr(read_out, key) for key in expected} == expected
    assert read_out.unwritten == ()


PATHS = [
    pytest.param("28", "mở đầu|1|2|3|4|5|6|kết luận", (3, 1, 2, 2, 2, 2, 5, 1), id="28"),
    pytest.param(
        "785",
        "mở đầu|1|1.1|1.2|1.3|2|2.1|2.2|3.3|II|II.1|II.2|II.3|kết luận",
        (1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1),
        id="785: 3.3 under 2, and II after 2, as printed",
    ),
    pytest.param(
        "162",
        "mở đầu|I|I.1|I.2|II|II.1|II.2|II.3|III|III.1|III.2|III.3|kết luận",
        (1, 0, 2, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1),
        id="162",
    ),
    pytest.param(
        "276",
        "mở đầu|I|I.1|I.2|II|II.1|II.2|II.3|II.4|II.5|II.6|II.7|III|III.1|III.2|III.3|III.4|III.5",
        (1, 0, 2, 2, 0, 2, 3, 3, 4, 1, 5, 4, 0, 1, 1, 1, 1, 1),
        id="276: no closing",
    ),
    pytest.param(
        "HP",
        "mở đầu|1|1.a|1.b|2|3|3.1|3.2|3.3|3.4|4|kết luận",
        (1, 3, 3, 4, 6, 0, 3, 3, 5, 2, 3, 5),
        id="HP: the closing duties lie in the closing",
    ),
]


@pytest.mark.parametrize(("name", "paths", "counts"), PATHS)
def test_sections_are_those_printed(name: str, paths: str, counts: tuple[int, ...]) -> None:
    """Every printed section is listed by its printed path, also one that holds only a heading."""
    sections = document(name).sections
    assert [section.path for section in sections] == paths.split("|")
    assert tuple(len(section.passages) for section in sections) == counts


HEADINGS = [
    pytest.param("28", "1", "", id="a numbered paragraph is text"),
    pytest.param("28", "6", "Tổ chức thực hiện", id="a phrase with items under it is a heading"),
    pytest.param("785", "2", "Nội dung trọng tâm", id="heading with an own paragraph and children"),
    pytest.param("785", "II", "HÌNH THỨC THỰC HIỆN", id="capitals"),
    pytest.param("162", "III.1", "", id="a paragraph without full stop before the next number is text"),
    pytest.param("276", "I.1", "Mục đích", id="bold"),
    pytest.param("276", "III.1", "", id="a bold number alone makes no heading"),
    pytest.param("HP", "1.a", "Nội dung tuyên truyền trọng tâm", id="point"),
    pytest.param("HP", "3.4", "Phát triển hệ thống phúc lợi, dịch vụ xã hội cho trẻ em", id="colon"),
]


@pytest.mark.parametrize(("name", "path", "heading"), HEADINGS)
def test_headings_are_told_from_text(name: str, path: str, heading: str) -> None:
    """A heading is kept as heading and is no passage; a numbered paragraph is a passage and no heading."""
    section = next(section for section in document(name).sections if section.path == path)
    assert section.heading == heading
    assert heading not in [passage.text for passage in section.passages] or not heading


LABELS = [
    pytest.param("28", "mở đầu", 3, "Phần mở đầu, đoạn 3", "paragraph", id="opening"),
    pytest.param("28", "1", 1, "Mục 1", "paragraph", id="only passage"),
    pytest.param("28", "3", 2, "Mục 3, đoạn 2", "paragraph", id="second paragraph"),
    pytest.param("28", "kết luận", 1, "Phần kết luận", "paragraph", id="only closing passage"),
    pytest.param("276", "II.4", 2, "Mục II.4, gạch đầu dòng 2", "dash", id="dash"),
    pytest.param("276", "III.3", 1, "Mục III.3", "paragraph", id="bold number"),
    pytest.param("HP", "1.a", 3, "Mục 1.a, gạch đầu dòng 3", "dash", id="dash under a point"),
    pytest.param("HP", "kết luận", 4, "Phần kết luận, gạch đầu dòng 3", "dash", id="closing duty"),
    pytest.param("HP", "kết luận", 5, "Phần kết luận, đoạn 2", "paragraph", id="closing sentence"),
]


@pytest.mark.parametrize(("name", "path", "place", "label", "mark"), LABELS)
def test_passages_are_labelled_as_people_name_them(name: str, path: str, place: int, label: str, mark: str) -> None:
    """Dashes are counted as dashes, paragraphs as paragraphs, and an only passage needs no count."""
    section = next(section for section in document(name).sections if section.path == path)
    passage = section.passages[place - 1]
    assert (passage.label, passage.mark, passage.place) == (label, mark, place)
    assert passage.id == f"{document(name).id}#{path}#{place}"


JOINED = [
    pytest.param("28", "1", "trách nhiệm đối với sự phát triển", id="28-1"),
    pytest.param("28", "3", "giám sát; quản lý chặt chẽ các cơ sở", id="28-3"),
    pytest.param("785", "2.1", "trong tuyên truyền chủ trương", id="785-2.1"),
    pytest.param("162", "II.1", "vai trò của các cơ quan thông tấn", id="162-II.1"),
    pytest.param("276", "II.4", "thực hiện bồn phận với gia đình", id="276-II.4"),
    pytest.param("276", "III.2", "nhiệm vụ, thẩm quyền được giao", id="276-III.2"),
    pytest.param("HP", "1.a", "pháp luật của Nhà nước về công tác", id="HP-1.a"),
    pytest.param("HP", "3.3", "thông tin đáp ứng yêu cầu", id="HP-3.3"),
    pytest.param("HP", "4", "hành vi xâm hại trẻ em.", id="HP-4"),
]


@pytest.mark.parametrize(("name", "path", "words"), JOINED)
def test_a_sentence_goes_on_over_a_page_break(name: str, path: str, words: str) -> None:
    """What a page break divides in print is one passage, with the OCR's own slips left in."""
    section = next(section for section in document(name).sections if section.path == path)
    assert any(words in passage.text for passage in section.passages)


@pytest.mark.parametrize("path", EVERY)
def test_every_quote_stands_in_the_file(path: Path) -> None:
    """Passages, headings and the words of every particular stand in the source letter for letter."""
    read_out, source = read_document(path), folded(path.read_text(encoding="utf-8"))
    texts = [passage.text for passage in passages(read_out)]
    headings = [section.heading for section in read_out.sections]
    for text in (*texts, *headings, *(folded(quote) for quote in read_out.quotes.values())):
        assert " ".join(text.split()) in source


LETTERHEAD = {"ĐẢNG CỘNG SẢN VIỆT NAM", "BAN CHẤP HÀNH TRUNG ƯƠNG", "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", "*"}


@pytest.mark.parametrize("path", EVERY)
def test_nothing_that_is_printed_gets_lost(path: Path) -> None:
    """Every line of a file is in a passage, a heading, a particular or a stamp."""
    read_out = read_document(path)
    kept = [
        *(passage.text for passage in passages(read_out)),
        *(section.heading for section in read_out.sections),
        *(" ".join(quote.split()) for quote in (*read_out.quotes.values(), *read_out.stamps)),
    ]
    for line in path.read_text(encoding="utf-8").splitlines():
        text = re.sub(r"^(?:[IV]+[.-]|\d[\d.]*|[ab]\)|-)\s", "", folded(line)).rstrip(":")
        assert text in LETTERHEAD or any(text in place for place in kept), text


STAMPS = [
    pytest.param("28", ["27-12-2023 13:57:46", "Email: Van thu VPTU", "... 3420 ...", "... 11 ..."], id="28"),
    pytest.param("28", ["131-BS/VPQU", "SAO LỤC", "Vũ Đức Tuynh", "Lưu VPQU"], id="28: the copy"),
    pytest.param("276", [".....97.....", "vanhieu@cantho.gov.vn", "BTGT, XD KT,"], id="276"),
]


@pytest.mark.parametrize(("name", "marks"), STAMPS)
def test_stamps_are_kept_out_of_the_text(name: str, marks: list[str]) -> None:
    """Arrivals, electronic signatures, margin notes and copiers' marks are kept as stamps, not as text."""
    read_out = document(name)
    for mark in marks:
        assert any(mark in stamp for stamp in read_out.stamps)
        assert not any(mark in passage.text for passage in passages(read_out))


CITED = [
    pytest.param(
        "HP",
        "1.a",
        {
            "Luật Trẻ em": None,
            "Bộ luật Lao động": None,
            "Luật Phòng, chống bạo lực gia đình": None,
            "Luật Bình đẳng giới": None,
            "56/2017/NĐ-CP": date(2017, 5, 9),
            "80/2017/NĐ-CP": date(2017, 7, 17),
            "20/2021/NĐ-CP": date(2021, 3, 15),
            "76/2024/NĐ-CP": date(2024, 7, 1),
            "121/2020/QH14": date(2020, 6, 19),
            "23/CT-TTg": date(2020, 5, 26),
        },
        id="laws by title and number",
    ),
    pytest.param("HP", "3.1", {"496/QĐ-TTg": date(2021, 3, 30)}, id="decision"),
    pytest.param("HP", "4", {"13/2021/TT-BLĐTBXH": date(2021, 9, 30)}, id="circular"),
    pytest.param("28", "mở đầu", {"20-CT/TW": None}, id="party directive without date"),
    pytest.param(
        "28",
        "3",
        {
            "Chương trình hành động quốc gia vì trẻ em giai đoạn 2021 - 2030": None,
            "Chiến lược quốc gia về dinh dưỡng giai đoạn 2021 - 2030 và tầm nhìn đến năm 2045": None,
            "Chương trình phòng, chống tai nạn, thương tích trẻ em giai đoạn 2021 - 2030": None,
            "Chương trình can thiệp giảm tử vong trẻ em dưới 5 tuổi đến năm 2030": None,
            "Chương trình phòng ngừa, giảm thiểu trẻ em lao động trái quy định của pháp luật "
            "giai đoạn 2021 - 2025, định hướng đến năm 2030": None,
            "Chương trình chăm sóc sức khoẻ tâm thần trẻ em, chăm sóc trẻ em mồ côi giai đoạn 2023 - 2030": None,
        },
        id="programmes by their years",
    ),
    pytest.param(
        "785",
        "1.2",
        {"28-CT/TW": date(2023, 12, 25), "thực hiện Chỉ thị số 28-CT/TW": None},
        id="a directive that has no number",
    ),
]


@pytest.mark.parametrize(("name", "path", "expected"), CITED)
def test_every_cited_document_is_found(name: str, path: str, expected: dict[str, date | None]) -> None:
    """A section's citations are found, all of them and no other, with the dates that the text gives."""
    section = next(section for section in document(name).sections if section.path == path)
    cited = [reference for passage in section.passages for reference in passage.references]
    assert {reference.number or reference.title: reference.issued for reference in cited} == expected
    assert all(reference.text in passage.text for passage in section.passages for reference in passage.references)


def test_a_citation_tells_issuer_and_title() -> None:
    """Issuer and title are cut where the citing sentence goes on."""
    opening = document("HP").sections[0].passages[0].references
    assert [(cited.number, cited.issuer) for cited in opening] == [
        ("188/KH-UBND", "Ủy ban nhân dân thành phố"),
        ("365-KH/TU", "Ban Thường vụ Thành ủy"),
        ("28-CT/TW", "Bộ Chính trị"),
    ]
    assert opening[-1].title == f"về {ABOUT}"


def test_who_carries_a_document_out_did_not_issue_it() -> None:
    """In "Chỉ thị số 28-CT/TW của Đảng ủy Sở" of CV 785's closing the issuer is still the Bộ Chính trị."""
    cited = document("785").sections[-1].passages[0].references
    assert [(reference.number, reference.issuer) for reference in cited] == [("28-CT/TW", "Bộ Chính trị")]


CARRIED_OUT = [
    pytest.param("28", (), id="28: looking back on Chỉ thị 20 is not carrying it out"),
    pytest.param("785", ("106-HD/BTGTU", "28-CT/TW"), id="785"),
    pytest.param("162", ("181-KH/TU", "28-CT/TW"), id="162"),
    pytest.param("276", ("28-CT/TW", "136-HD/BTGTW"), id="276"),
    pytest.param("HP", ("188/KH-UBND", "365-KH/TU", "28-CT/TW"), id="HP"),
]


@pytest.mark.parametrize(("name", "numbers"), CARRIED_OUT)
def test_what_a_document_carries_out(name: str, numbers: tuple[str, ...]) -> None:
    """The documents named in "Thực hiện …" of the opening are those it carries out."""
    assert tuple(reference.number for reference in document(name).carries_out) == numbers


def test_telephones_come_with_their_purpose() -> None:
    """The five print two telephone numbers, both in Hải Phòng's letter; dates and numbers are none."""
    found = {
        (passage.id, telephone.number): telephone.purpose
        for name in NAMES
        for passage in passages(document(name))
        for telephone in passage.telephones
    }
    assert found == {
        ("so-gddt-hai-phong-2024#1.a#3", "111"): "Tổng đài điện thoại quốc gia bảo vệ trẻ em",
        ("so-gddt-hai-phong-2024#1.a#3", "18006605"): (
            "Tổng đài tư vấn chính sách trợ giúp xã hội và bảo vệ, chăm sóc giáo dục trẻ em 18006605 "
            "của Trung tâm Công tác xã hội và Quỹ Bảo trợ trẻ em Hải Phòng"
        ),
    }


WARNED = [
    pytest.param("28", 0, "", id="28"),
    pytest.param("785", 2, "“3.3” đứng sau “2.2”", id="785: odd numbers"),
    pytest.param("276", 1, "BCH, BTGT, XD KT", id="276: margin note"),
    pytest.param("HP", 0, "", id="HP"),
]


@pytest.mark.parametrize(("name", "count", "words"), WARNED)
def test_what_does_not_fit_is_reported(name: str, count: int, words: str) -> None:
    """Gaps in the numbering and margin notes are told to the operator; a plain document gives no warning."""
    warnings = read(FILES[NAMES[name]]).warnings
    assert len(warnings) == count
    assert words in " ".join(warnings)
