"""Documents other than the five: columns, chapters, articles, quotations, appendices, wrapped lines."""

from pathlib import Path

import pytest

from ingest.read import Reading, read

PROVINCIAL_PLAN = """\
   ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    TỈNH BÌNH MINH                    Độc lập - Tự do - Hạnh phúc
   ----------------                   ---------------------------
   Số: 12/KH-UBND                Bình Minh, ngày 5 tháng 3 năm 2025

                              KẾ HOẠCH
          Triển khai công tác trẻ em trên địa bàn
                     tỉnh năm 2025

     Căn cứ Luật Trẻ em số 102/2016/QH13 ngày 05 tháng 4 năm 2016;
     Thực hiện Công văn số 99/BYT-BMTE ngày 01/02/2025 của Bộ Y tế về
việc triển khai công tác trẻ em năm 2025, Ủy ban nhân dân tỉnh ban hành
Kế hoạch như sau:

A. NỘI DUNG
I. MỤC TIÊU
1. Mục tiêu chung
Bảo đảm mọi trẻ em được chăm sóc; đến năm
2025. Giảm số vụ xâm hại trẻ em.
2. Chỉ tiêu
a) Mỗi xã có người phụ trách;
b) Mỗi trường có phòng tư vấn.

II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì thực hiện;
+ Báo cáo trước ngày 15/12.

- 2 -

2. Ủy ban nhân dân cấp xã: bố trí kinh phí. Đường dây nóng 0225.3.111.222.

Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về Sở Y tế./.

   Nơi nhận:                      TM. ỦY BAN NHÂN DÂN
   - Bộ Y tế;                         KT. CHỦ TỊCH
   - Như trên;                       PHÓ CHỦ TỊCH
   - Lưu: VT.

                                    Nguyễn Văn An

                           PHỤ LỤC I
                  DANH SÁCH XÃ, PHƯỜNG
1. Xã An Hòa
2. Xã An Bình
"""

DECREE = """\
**CHÍNH PHỦ**

Số: 1/2030/NĐ-CP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
**Độc lập - Tự do - Hạnh phúc**

*Hà Nội, ngày 01 tháng 02 năm 2030*

# NGHỊ ĐỊNH

## Quy định về đồ chơi

*Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;*

*Chính phủ ban hành Nghị định quy định về đồ chơi.*

## Chương I

## QUY ĐỊNH CHUNG

### Điều 1. Phạm vi

Nghị định này quy định về đồ chơi.

### Điều 2. Giải thích từ ngữ

Trong Nghị định này:

1\\. Đồ chơi là vật để chơi.

Trò chơi không phải là đồ chơi.

2\\. Trẻ nhỏ gồm:

a) Trẻ sơ sinh;

đ) Trẻ dưới 3 tuổi:

- Trẻ biết đi;

- Trẻ chưa biết đi.

2a. Trẻ lớn là trẻ khác.

## Chương II

## TRÁCH NHIỆM

### Mục 1. CƠ QUAN

**Điều 4.** Sửa đổi, bổ sung một số điều của Nghị định số 2/2020/NĐ-CP

1\\. Sửa đổi Điều 5 như sau:

“Điều 5. Đồ chơi cũ

1. Câu mới.”.

2\\. Bãi bỏ Điều 6.

### Điều 5. Hiệu lực

Nghị định này có hiệu lực từ ngày 01 tháng 03 năm 2030.

**TM. CHÍNH PHỦ**
**THỦ TƯỚNG**

**Trần Thị Bình**
"""


@pytest.fixture
def plan(tmp_path: Path) -> Reading:
    """Read a plan set in two columns with wrapped lines."""
    path = tmp_path / "plan.txt"
    path.write_text(PROVINCIAL_PLAN, encoding="utf-8")
    return read(path)


@pytest.fixture
def decree(tmp_path: Path) -> Reading:
    """Read a decree in Markdown."""
    path = tmp_path / "decree.md"
    path.write_text(DECREE, encoding="utf-8")
    return read(path)


def test_two_columns_of_print_are_told_apart(plan: Reading) -> None:
    """Issuer and motto, number and date, recipients and signature stand side by side and are not mixed."""
    document = plan.document
    assert document.issuer == "Ủy ban nhân dân tỉnh Bình Minh"
    assert (document.place, str(document.issued)) == ("Bình Minh", "2025-03-05")
    assert document.title == "Triển khai công tác trẻ em trên địa bàn tỉnh năm 2025"
    assert document.recipients == ("Bộ Y tế", "Như trên", "Lưu: VT")
    assert document.signer == "Nguyễn Văn An"


def test_letters_numerals_and_appendices_are_sections(plan: Reading) -> None:
    """A., I., 1., a) nest as printed; the closing stands before the appendix, the signature in neither."""
    paths = [section.path for section in plan.document.sections]
    assert paths == [
        *("mở đầu", "A", "A.I", "A.I.1", "A.I.2", "A.I.2.a", "A.I.2.b", "A.II", "A.II.1", "A.II.2"),
        *("kết luận", "Phụ lục I", "Phụ lục I.1", "Phụ lục I.2"),
    ]
    assert plan.document.sections[-3].heading == "DANH SÁCH XÃ, PHƯỜNG"


def test_wrapped_lines_make_one_passage(plan: Reading) -> None:
    """A line that goes on with a year and a full stop ("năm⏎2025. Giảm") is no new number."""
    section = next(section for section in plan.document.sections if section.path == "A.I.1")
    expected = "Bảo đảm mọi trẻ em được chăm sóc; đến năm 2025. Giảm số vụ xâm hại trẻ em."
    assert [passage.text for passage in section.passages] == [expected]


def test_page_numbers_are_left_out_and_reported(plan: Reading) -> None:
    """A page number on a line of its own is no text."""
    assert "- 2 -" in plan.document.stamps
    assert any("- 2 -" in warning for warning in plan.warnings)


def test_telephones_with_dots_are_found(plan: Reading) -> None:
    """A hotline printed with dots is found with its purpose."""
    found = [
        telephone
        for section in plan.document.sections
        for passage in section.passages
        for telephone in passage.telephones
    ]
    assert [(telephone.number, telephone.purpose) for telephone in found] == [("02253111222", "Đường dây nóng")]


def test_articles_run_through_chapters(decree: Reading) -> None:
    """Chapters and their parts are sections with headings, articles have paths of their own."""
    sections = [(section.path, section.heading) for section in decree.document.sections]
    assert sections == [
        ("mở đầu", ""),
        ("Chương I", "QUY ĐỊNH CHUNG"),
        ("Điều 1", "Phạm vi"),
        ("Điều 2", "Giải thích từ ngữ"),
        ("Chương II", "TRÁCH NHIỆM"),
        ("Chương II.Mục 1", "CƠ QUAN"),
        ("Điều 4", "Sửa đổi, bổ sung một số điều của Nghị định số 2/2020/NĐ-CP"),
        ("Điều 5", "Hiệu lực"),
    ]


def test_clauses_and_points_are_labelled_as_lawyers_do(decree: Reading) -> None:
    """Khoản and điểm are passages of their Điều, with the words before them called its beginning."""
    article = next(section for section in decree.document.sections if section.path == "Điều 2")
    assert [(passage.label, passage.mark) for passage in article.passages] == [
        ("Điều 2, đoạn mở đầu", "paragraph"),
        ("Khoản 1 Điều 2, đoạn 1", "clause"),
        ("Khoản 1 Điều 2, đoạn 2", "paragraph"),
        ("Khoản 2 Điều 2", "clause"),
        ("Điểm a khoản 2 Điều 2", "point"),
        ("Điểm đ khoản 2 Điều 2, đoạn 1", "point"),
        ("Điểm đ khoản 2 Điều 2, gạch đầu dòng 1", "dash"),
        ("Điểm đ khoản 2 Điều 2, gạch đầu dòng 2", "dash"),
        ("Khoản 2a Điều 2", "clause"),
    ]


def test_a_quoted_article_is_no_article_of_the_decree(decree: Reading) -> None:
    """The new wording of another decree's Điều 5 stays within khoản 1 Điều 4, numbers and all."""
    article = next(section for section in decree.document.sections if section.path == "Điều 4")
    assert [(passage.label, passage.text) for passage in article.passages] == [
        ("Khoản 1 Điều 4, đoạn 1", "Sửa đổi Điều 5 như sau:"),
        ("Khoản 1 Điều 4, đoạn 2", "“Điều 5. Đồ chơi cũ"),
        ("Khoản 1 Điều 4, đoạn 3", "1. Câu mới.”."),
        ("Khoản 2 Điều 4", "Bãi bỏ Điều 6."),
    ]


def test_gaps_are_reported_and_insertions_are_not(decree: Reading) -> None:
    """Điều 4 after Điều 2 and điểm đ after điểm a are told; khoản 2a after khoản 2 is an amendment's way."""
    assert decree.warnings == (
        "đánh số không liền: “đ” đứng sau “a” (Điều 2)",
        "đánh số không liền: “Điều 4” đứng sau “Điều 2”",
    )


DECISION = """\
THỦ TƯỚNG CHÍNH PHỦ

Số: 5/QĐ-TTg

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 05 tháng 4 năm 2030

QUYẾT ĐỊNH

Phê duyệt Chương trình đồ chơi và ban hành Quy chế kho đồ chơi

THỦ TƯỚNG CHÍNH PHỦ

Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;

QUYẾT ĐỊNH:

Điều 1. Phê duyệt Chương trình đồ chơi với những nội dung sau:

I. MỤC TIÊU

1. Mỗi xã một kho đồ chơi.

II. GIẢI PHÁP

1. Làm kho.

Điều 2. Ban hành kèm theo Quyết định này Quy chế kho đồ chơi.

Điều 3. Quyết định này có hiệu lực từ ngày ký.

Nơi nhận:
- Như Điều 3;

KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG

Trần Văn Gỗ

QUY CHẾ

Kho đồ chơi

(Ban hành kèm theo Quyết định số 5/QĐ-TTg ngày 05 tháng 4 năm 2030)

Điều 1. Giờ mở cửa

Kho mở cửa buổi chiều.

Điều 2. Sổ

Kho có một quyển sổ theo Mẫu số 01.

Mẫu số 01

SỔ KHO

1. Tên đồ chơi: ....

Mẫu số 02

5. Ghi chú: ....
"""

LAW = """\
QUỐC HỘI
Luật số: 5/2040/QH20

LUẬT
ĐỒ CHƠI

Điều 1

Đồ chơi là vật để chơi theo quy định tại
Điều 2
của Luật này.

Điều 2. Sửa đổi Luật Sân chơi

Sửa đổi như sau:

“Điều 9. Hàng rào

1. Hàng rào thấp.

Điều 10. Cổng

Cổng mở ra ngoài.

Điều 3. Hiệu lực

Luật này có hiệu lực từ ngày 01 tháng 01 năm 2041.

Luật này đã được Quốc hội khóa XX, kỳ họp thứ 3 thông qua ngày 02 tháng 3 năm 2040.

CHỦ TỊCH QUỐC HỘI

Phạm Văn Vui
"""


@pytest.fixture
def decision(tmp_path: Path) -> Reading:
    """Read a decision that approves a programme and attaches a regulation with forms."""
    path = tmp_path / "decision.txt"
    path.write_text(DECISION, encoding="utf-8")
    return read(path)


@pytest.fixture
def law(tmp_path: Path) -> Reading:
    """Read a law as the gazette prints it: without a date in its head."""
    path = tmp_path / "law.txt"
    path.write_text(LAW, encoding="utf-8")
    return read(path)


def test_the_office_above_the_text_is_no_signature(decision: Reading) -> None:
    """The line "THỦ TƯỚNG CHÍNH PHỦ" above "Căn cứ" begins no foot; the same office below the text does."""
    document = decision.document
    assert (document.issuer, document.signer) == ("Thủ tướng Chính phủ", "Trần Văn Gỗ")
    assert document.title == "Phê duyệt Chương trình đồ chơi và ban hành Quy chế kho đồ chơi"
    assert document.sections[0].passages[-2].text == "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;"


def test_an_attached_regulation_has_articles_of_its_own(decision: Reading) -> None:
    """What stands below the signature is not lost, and its Điều 1 is not the decision's."""
    assert [section.path for section in decision.document.sections] == [
        *("mở đầu", "Điều 1", "Điều 1.I", "Điều 1.II", "Điều 2", "Điều 3"),
        *("Quy chế", "Quy chế.Điều 1", "Quy chế.Điều 2"),
        *("Quy chế.Mẫu số 01", "Quy chế.Mẫu số 01.1", "Quy chế.Mẫu số 02", "Quy chế.Mẫu số 02.5"),
    ]
    assert decision.document.sections[6].heading == "Kho đồ chơi"
    assert decision.document.sections[6].label == "Quy chế"


def test_numerals_within_an_article_belong_to_it(decision: Reading) -> None:
    """Where an Điều approves a programme, its I and II are parts of that Điều, and II is followed by no gap."""
    part = next(section for section in decision.document.sections if section.path == "Điều 1.II")
    assert (part.heading, part.passages[0].label) == ("GIẢI PHÁP", "Khoản 1 Điều 1.II")
    assert decision.warnings == ()


def test_an_article_may_stand_without_a_title(law: Reading) -> None:
    """The words "Điều 1" alone on a line begin an article, unless a sentence goes on over them."""
    articles = [section for section in law.document.sections if section.path.startswith("Điều")]
    assert [section.path for section in articles] == ["Điều 1", "Điều 2", "Điều 3"]
    assert articles[0].passages[0].text == "Đồ chơi là vật để chơi theo quy định tại Điều 2 của Luật này."


def test_a_quotation_left_open_ends_before_the_next_article(law: Reading) -> None:
    """The quoted Điều 9 and 10 are text of Điều 2 though the print forgets to close the quotation."""
    article = next(section for section in law.document.sections if section.path == "Điều 2")
    assert [passage.text for passage in article.passages][1:] == [
        "“Điều 9. Hàng rào",
        "1. Hàng rào thấp.",
        "Điều 10. Cổng Cổng mở ra ngoài.",
    ]


def test_a_law_tells_its_date_in_its_last_sentence(law: Reading) -> None:
    """The day on which it was passed is its date, and the sentence stands after the last Điều, not in it."""
    assert str(law.document.issued) == "2040-03-02"
    assert law.document.title == "Luật Đồ chơi"
    assert [section.path for section in law.document.sections][-1] == "kết luận"
    assert law.document.quotes["issued"] == "thông qua ngày 02 tháng 3 năm 2040"


CONSOLIDATED = """\
VĂN PHÒNG QUỐC HỘI
Số: 18/VBHN-VPQH

BỘ LUẬT
ĐỒ CHƠI

Bộ luật Đồ chơi số 5/2040/QH20 ngày 02 tháng 3 năm 2040 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm 2041, \
được sửa đổi, bổ sung bởi:

1. Luật số 8/2042/QH20 ngày 1 tháng 1 năm 2042 của Quốc hội;

2. Luật số 9/2043/QH20 ngày 1 tháng 1 năm 2043 của Quốc hội.

Điều 1. Đồ chơi

Đồ chơi là vật để chơi.

VĂN PHÒNG QUỐC HỘI
Số: 18/VBHN-VPQH

XÁC THỰC VĂN BẢN HỢP NHẤT

CHỦ NHIỆM

Nguyễn Văn Ghép
"""


def test_a_consolidated_text_is_the_law_that_it_consolidates(tmp_path: Path) -> None:
    """Its number, date and issuer are the law's; who certifies it has not signed the law; its list is no section."""
    path = tmp_path / "vbhn.txt"
    path.write_text(CONSOLIDATED, encoding="utf-8")
    document = read(path).document
    assert (document.id, document.kind, document.title) == ("5-2040-qh20", "Bộ luật", "Bộ luật Đồ chơi")
    assert (document.issuer, str(document.issued), document.signer) == ("Quốc hội", "2040-03-02", None)
    assert [section.path for section in document.sections] == ["mở đầu", "Điều 1"]
    assert "18/VBHN-VPQH" in document.stamps[-1]
