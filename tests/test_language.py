"""What people type becomes plain Vietnamese words: tables of messages as they are really written."""

import json
import re
import time
import tomllib
import unicodedata
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest

from knowledge.language import Language, load_language
from knowledge.spelling import Syllables, count_words
from knowledge.vietnamese import fold

_DATA = resources.files("knowledge.data")
_BENCHMARKS = Path(__file__).parents[2] / "shared" / "benchmarks"


@pytest.fixture(scope="module")
def language() -> Language:
    """Return the language with the words of the five documents."""
    files = sorted((_DATA / "documents").iterdir(), key=lambda file: file.name)
    texts = [file.read_text(encoding="utf-8") for file in files if file.name.endswith(".txt")]
    assert texts
    words, pairs = count_words(texts)
    return load_language().with_vocabulary(words, pairs)


def _table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


_SHORTENED = [
    ("trg mn ở hp phải lm j để an toàn cho trẻ", "trường mầm non ở Hải Phòng phải làm gì để an toàn cho trẻ"),
    ("trg học an toàn hp lm ntn", "trường học an toàn Hải Phòng làm như thế nào"),
    ("e là gv mn, trg e cần lm j", "em là giáo viên mầm non trường em cần làm gì"),
    ("hs bị blhđ thì gv phải lm sao", "học sinh bị bạo lực học đường thì giáo viên phải làm sao"),
    ("bgh trg thpt lm gì theo ct 28", "ban giám hiệu trường trung học phổ thông làm gì theo chỉ thị 28"),
    ("ph có đc tham gia k", "phụ huynh có được tham gia không"),
    ("sdt trung tam ctxh hp", "số điện thoại trung tam công tác xã hội Hải Phòng"),
    ("ko bit kh 162 của tỉnh nào", "không biết kế hoạch 162 của tỉnh nào"),
    ("kh có quy định về tiền hả", "không có quy định về tiền hả"),
    ("số của cv sở hp là bn", "số của công văn sở Hải Phòng là bao nhiêu"),
    ("bn ơi cho mình hỏi", "bạn ơi cho mình hỏi"),
    ("mn ơi cho mình hỏi", "mọi người ơi cho mình hỏi"),
    ("gdmn cho trẻ dưới 5t", "giáo dục mầm non cho trẻ dưới 5 tuổi"),
    ("thế còn hp thì s", "thế còn Hải Phòng thì sao"),
    ("CV 785 gửi ai v", "công văn 785 gửi ai vậy"),
    ("khôngggg hiểuuu kế hoạch 276", "không hiểu kế hoạch 276"),
    ("kh276 giao hđnd vc j", "kế hoạch 276 giao Hội đồng nhân dân việc gì"),
    ("ct28 ai ký z", "chỉ thị 28 ai ký vậy"),
    ("nđ80 nói về cái j", "nghị định 80 nói về cái gì"),
    ("tt 13/2021 quy định gì", "thông tư 13/2021 quy định gì"),
    ("NQ 121 của QH nói j", "nghị quyết 121 của Quốc hội nói gì"),
    ("QĐ 496 của TTg", "quyết định 496 của Thủ tướng"),
    ("KH số 276 do ai ký", "kế hoạch số 276 do ai ký"),
    ("đ51 luật trẻ em", "Điều 51 luật trẻ em"),
    ("btg tw có nhiệm vụ gì", "ban tuyên giáo trung ương có nhiệm vụ gì"),
    ("BTGDV ĐUK báo cáo ai", "ban tuyên giáo và dân vận Đảng ủy Khối báo cáo ai"),
    ("BCT yêu cầu gì", "Bộ Chính trị yêu cầu gì"),
    ("BTV TU Cần Thơ ban hành kh nào", "ban thường vụ Thành ủy Cần Thơ ban hành kế hoạch nào"),
    ("BTV Thành ủy CT giao MTTQ vc j", "ban thường vụ Thành ủy Cần Thơ giao Mặt trận Tổ quốc việc gì"),
    ("BCH và VP ĐU nhận báo cáo à", "ban chấp hành và văn phòng Đảng ủy nhận báo cáo à"),
    ("bcs đảng CP chỉ đạo j", "ban cán sự đảng Chính phủ chỉ đạo gì"),
    ("ubnd tp cần thơ đc giao gì", "Ủy ban nhân dân thành phố cần thơ được giao gì"),
    ("csdl trẻ em làm tới đâu r", "cơ sở dữ liệu trẻ em làm tới đâu rồi"),
    ("sở gd&đt tphcm nói gì về tntt", "sở giáo dục và đào tạo TP. Hồ Chí Minh nói gì về tai nạn thương tích"),
    ("Sở GD-ĐT HCM hướng dẫn gì", "Sở giáo dục và đào tạo TP. Hồ Chí Minh hướng dẫn gì"),
    ("lđ-tb&xh có vai trò gì", "Lao động Thương binh và Xã hội có vai trò gì"),
    ("đảng viên & cb,đv phải làm gì", "đảng viên cán bộ đảng viên phải làm gì"),
    ("tổ chức ct-xh làm gì", "tổ chức chính trị xã hội làm gì"),
    ("blgđ có luật nào", "bạo lực gia đình có luật nào"),
    ("chính sách XHH", "chính sách xã hội hóa"),
    ("trẻ em có hcđb", "trẻ em có hoàn cảnh đặc biệt"),
    ("NSNN bố trí ntn", "ngân sách nhà nước bố trí như thế nào"),
    ("sài gòn thì ai hd cơ sở", "TP. Hồ Chí Minh thì ai hướng dẫn cơ sở"),
    ("NHIỆM VỤ CỦA HĐND TP CẦN THƠ", "NHIỆM VỤ CỦA Hội đồng nhân dân thành phố CẦN THƠ"),
]


@pytest.mark.parametrize(("typed", "meant"), [pytest.param(*row, id=row[0]) for row in _SHORTENED])
def test_writes_out_what_people_shorten(language: Language, typed: str, meant: str) -> None:
    """Chat spelling and official abbreviations are written out with their tone marks."""
    assert language.read(typed).words == meant


@pytest.mark.parametrize(
    "short",
    [pytest.param(short, id=short) for short in _table("abbreviations")["always"] if " " not in short],
)
def test_every_abbreviation_is_written_out(language: Language, short: str) -> None:
    """Each line of the table is reached, alone among other words."""
    long = _table("abbreviations")["always"][short]
    rules = _table("abbreviations")["in_context"]
    meanings = {long} | {rule["long"] for rule in rules if rule["short"].lower() == short}  # type: ignore[index]
    assert any(f" {meaning} " in f" {language.read(f'xem {short} nhé').words} " for meaning in meanings)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("28-ct/tw ban hành ngày mấy", "28-CT/TW ban hành ngày mấy", id="small-letters"),
        pytest.param("Chỉ thị 28- CT/TW", "Chỉ thị 28-CT/TW", id="space-of-the-scan"),
        pytest.param("28 ct tw", "28-CT/TW", id="spaces-for-signs"),
        pytest.param("162-kh/duk nói gì", "162-KH/ĐUK nói gì", id="no-bar"),
        pytest.param("kế hoạch 276 kh/tu", "kế hoạch 276-KH/TU", id="space-for-dash"),
        pytest.param("nghi dinh 56 / 2017 / nd-cp", "nghi dinh 56/2017/NĐ-CP", id="state-number-with-spaces"),
        pytest.param("TT13/2021/TT-BLDTBXH", "thông tư 13/2021/TT-BLĐTBXH", id="kind-joined"),
        pytest.param("hd số 136-HD/BTGTW", "hướng dẫn số 136-HD/BTGTW", id="abbreviation-inside"),
        pytest.param("188/KH-UBND là gì", "188/KH-UBND là gì", id="UBND-inside"),
        pytest.param("nghị quyết 121/2020/qh14", "nghị quyết 121/2020/QH14", id="national-assembly"),
        pytest.param("496/qd-ttg", "496/QĐ-TTg", id="prime-minister"),
        pytest.param("mục II.4 kh 276", "mục II.4 kế hoạch 276", id="section"),
        pytest.param("muc 3.4 và 1.a", "muc 3.4 và 1.a", id="sections-with-dots"),
        pytest.param("điểm k khoản 2", "điểm k khoản 2", id="point-k-is-not-không"),
        pytest.param("Điều 5 khoản 2 điểm e", "Điều 5 khoản 2 điểm e", id="point-e-is-not-em"),
        pytest.param("tổng đài 18006605 hay 111", "tổng đài 18006605 hay 111", id="telephone"),
        pytest.param("ngày 25/12/2023, giai đoạn 2021-2030", "ngày 25/12/2023 giai đoạn 2021-2030", id="dates"),
    ],
)
def test_keeps_numbers_whole(language: Language, typed: str, words: str) -> None:
    """Numbers of documents come out as printed; sections, points, dates and telephones as typed."""
    assert language.read(typed).words == words


_SLIPS = [
    ("chỉ thj 28 yêu cầu gì", "chi thi 28 yeu cau gi"),
    ("giáo dcụ mầm non", "giao duc mam non"),
    ("giap duc mam non", "giao duc mam non"),
    ("tuyen truyne o hai phogn", "tuyen truyen o hai phong"),
    ("tre mr bi xam hai", "tre em bi xam hai"),
    ("sức khỏe tâm thàn trẻ em", "suc khoe tam than tre em"),
    ("phòng chông đuối nươc", "phong chong duoi nuoc"),
    ("ngan sahc nha nuoc", "ngan sach nha nuoc"),
    ("khenn thuongg tap the", "khen thuong tap the"),
    ("người kí công văn", "nguoi ky cong van"),
    ("truowngf hocj an toanf", "truong hoc an toan"),
    ("bao vej trer em treen khoong gian mangj", "bao ve tre em tren khong gian mang"),
    ("giaos vieen dduowcj tapaj huaans", "giao vien duoc tap huan"),
    ("chir thij soos 28", "chi thi so 28"),
    ("tru7o7ng2 ho5c an toa2n", "truong hoc an toan"),
    ("tre3 em bi5 xa6m ha5i", "tre em bi xam hai"),
    ("trườg học phải lm gì", "truong hoc phai lam gi"),
    ("jáo zục kỹ năg sống", "giao duc ky nang song"),
    ("treem bi bao luc", "tre em bi bao luc"),
    ("chithi 28", "chi thi 28"),
    ("chithi28", "chi thi 28"),
    ("dieu51", "dieu 51"),
    ("haiphong va cantho", "hai phong va can tho"),
    ("giaoduc gioitinh cho hocsinh", "giao duc gioi tinh cho hoc sinh"),
    ("cosodulieu tre em", "co so du lieu tre em"),
    ("quỹ đất xây dựng công trìnhphúc lợi", "quy dat xay dung cong trinh phuc loi"),
]


@pytest.mark.parametrize(("typed", "meant"), [pytest.param(*row, id=row[0]) for row in _SLIPS])
def test_mends_slips(language: Language, typed: str, meant: str) -> None:
    """Slips of the keys, Telex and VNI leftovers, chat letters and joined words are mended."""
    assert language.read(typed).folded == meant


def test_mends_marked_words_with_their_marks(language: Language) -> None:
    """What the keys of an input method spell comes out with its marks."""
    assert language.read("truowngf dduwowcj hocj").words == "trường được học"


_OTHER_SUBJECTS = [
    "giá xăng hôm nay",
    "cách nấu phở bò",
    "kết quả bóng đá tối qua",
    "lương cơ sở 2026",
    "học phí mầm non năm nay",
    "hoc phi dai hoc bach khoa",
    "thủ tục nhận con nuôi",
    "kết hôn với người nước ngoài",
    "thủ tục ly hôn",
    "mức phạt nồng độ cồn",
    "gia vang sjc",
    "thoi tiet ha noi",
    "dieu khien xe may",
    "lai suat ngan hang",
    "mua dien thoai samsung",
    "xe vinfast chạy bao xa",
    "honda yamaha loại nào tốt",
    "bitcoin lên giá không",
    "messi sinh năm nào",
    "luat dat dai sua doi",
    "chi ghi ten",
    "Chị H và anh Th xin ly hôn",
]


@pytest.mark.parametrize("typed", _OTHER_SUBJECTS)
def test_leaves_other_subjects_alone(language: Language, typed: str) -> None:
    """A question about something else is not bent into one that the documents answer."""
    assert language.read(typed).words == typed


_ENGLISH = [
    ("Who signed plan 276?", "kế hoạch 276 ai ký"),
    ("what must schools do under Directive 28", "trường học phải làm gì theo Chỉ thị 28"),
    ("What must schools do under Chỉ thị 28?", "trường học phải làm gì theo Chỉ thị 28"),
    ("What budget duty does Directive 28 set?", "Chỉ thị 28 quy định nhiệm vụ ngân sách gì"),
    ("When do local party cells have to report?", "chi bộ địa phương báo cáo khi nào"),
    ("What does Can Tho say about rewards?", "Cần Thơ nói gì về khen thưởng"),
    ("what about the People's Committee?", "thế còn Ủy ban nhân dân"),
    ("what about HCMC?", "thế còn TP. Hồ Chí Minh"),
    ("Which laws should be publicised?", "luật nào phải tuyên truyền"),
    ("section II.4 of plan 276-KH/TU", "mục II.4 kế hoạch 276-KH/TU"),
    ("date of official letter 785", "ngày ban hành công văn 785"),
    ("when was plan 276-KH/TU issued", "kế hoạch 276-KH/TU ban hành ngày nào"),
    ("which documents cite Circular 13/2021", "văn bản nào dẫn chiếu Thông tư 13/2021"),
    ("does the plan of Can Tho mention drowning", "kế hoạch Cần Thơ nhắc đến đuối nước"),
    ("Hai Phong safe school model", "mô hình trường học an toàn Hải Phòng"),
    ("state budget for child welfare", "ngân sách nhà nước cho phúc lợi trẻ em"),
    ("socialization policy", "chính sách xã hội hóa"),
    ("protecton of children", "bảo vệ trẻ em"),
    ("my stepfather hits me", "bố dượng đánh"),
    ("Is calling 111 free of charge?", "gọi 111 miễn phí"),
    ("How long is maternity leave?", "bao lâu nghỉ thai sản"),
    ("Can an employer dismiss a pregnant worker?", "người sử dụng lao động sa thải lao động nữ mang thai"),
    ("Is child marriage prohibited?", "bị nghiêm cấm tảo hôn"),
]


@pytest.mark.parametrize(("typed", "words"), [pytest.param(*row, id=row[0]) for row in _ENGLISH])
def test_puts_english_into_the_words_of_the_documents(language: Language, typed: str, words: str) -> None:
    """English questions come out in Vietnamese, in an order that Vietnamese could have."""
    reading = language.read(typed)
    assert (reading.english, reading.words) == (True, words)


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        pytest.param("How do I cook pho?", "cook pho", id="pho"),
        pytest.param("What is the bitcoin price today?", "bitcoin price today", id="bitcoin"),
        pytest.param("who won the world cup 2022", "won world cup 2022", id="football"),
        pytest.param("can you tell me the weather in Da Nang", "weather", id="weather"),
    ],
)
def test_unknown_english_stays_as_typed(language: Language, typed: str, stays: str) -> None:
    """What the glossary does not know is not turned into words of the documents."""
    assert stays in language.read(typed).words


def test_puts_english_words_of_a_vietnamese_question_into_vietnamese(language: Language) -> None:
    """Mixed questions are Vietnamese questions."""
    mixed = language.read("deadline nộp báo cáo về mental health của học sinh")
    assert (mixed.english, mixed.words) == (False, "thời hạn nộp báo cáo về sức khỏe tâm thần của học sinh")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        pytest.param("can tho khen thuong tap the ca nhan", False, id="can-the-are-both"),
        pytest.param("dang doan quoc hoi phai lam gi", False, id="no-marks"),
        pytest.param("so dien thoai khan cap bao ve tre em", False, id="so-is-both"),
        pytest.param("ban la ai", False, id="short-no-marks"),
        pytest.param("hotline", False, id="borrowed"),
        pytest.param("hotline hp", False, id="borrowed-and-place"),
        pytest.param("deadline nop bao cao", False, id="borrowed-and-vietnamese"),
        pytest.param("report của hp", False, id="one-english-word"),
        pytest.param("who ky ke hoach 276", False, id="one-question-word"),
        pytest.param("what là gì", False, id="english-asked-about"),
        pytest.param("game online anh huong tre em", False, id="borrowed-twice"),
        pytest.param("ntn vs lm j", False, id="chat"),
        pytest.param("trg hoc phai lm j", False, id="chat-no-marks"),
        pytest.param("bao vw tre me tren mangj", False, id="slips-are-not-english"),
        pytest.param("28-CT/TW", False, id="a-number"),
        pytest.param("", False, id="nothing"),
        pytest.param("🙂🙂", False, id="signs"),
        pytest.param("Hải Phòng", False, id="a-place"),
        pytest.param("Who is Trương Thị Mai?", True, id="english-with-a-name"),
        pytest.param("What did Trương Thị Mai sign?", True, id="name-and-two-words"),
        pytest.param("what do trường học need to do", True, id="english-with-vietnamese-noun"),
        pytest.param("Can Tho plan", True, id="a-place-says-nothing"),
        pytest.param("how can Can Tho help", True, id="can-Can-Tho"),
        pytest.param("Directive 28", True, id="two-words"),
        pytest.param("help", True, id="one-word"),
        pytest.param("my dad beats me", True, id="disclosure"),
        pytest.param("drowning in Hai Phong", True, id="short"),
        pytest.param("How do I cook pho?", True, id="other-subject"),
    ],
)
def test_tells_english(language: Language, text: str, english: bool) -> None:  # noqa: FBT001 -- a column
    """English is told from Vietnamese without marks, chat, slips and borrowed words."""
    assert language.speaks_english(text) is english


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("Cần Thơ và Hải Phòng", ["Cần Thơ", "Hải Phòng"], id="marks"),
        pytest.param("can tho hai phong", ["Cần Thơ", "Hải Phòng"], id="no-marks"),
        pytest.param("hp với tphcm", ["Hải Phòng", "TP. Hồ Chí Minh"], id="short"),
        pytest.param("thành phố Hồ Chí Minh", ["TP. Hồ Chí Minh"], id="full-name"),
        pytest.param("tp. HCM", ["TP. Hồ Chí Minh"], id="with-a-dot"),
        pytest.param("saigon", ["TP. Hồ Chí Minh"], id="other-name"),
        pytest.param("chủ tịch Hồ Chí Minh", [], id="the-man"),
        pytest.param("hai phong trao", [], id="two-movements"),
        pytest.param("hai phòng học", [], id="two-rooms"),
        pytest.param("nam dinh ky bao cao", [], id="five-periodic"),
        pytest.param("ke hoach nam dinh", ["Nam Định"], id="nam-dinh"),
        pytest.param("nghe an toan", [], id="safety"),
        pytest.param("ke hoach nghe an", ["Nghệ An"], id="nghe-an"),
        pytest.param("môi trường hòa bình", [], id="peace"),
        pytest.param("tỉnh hòa bình", ["Hòa Bình"], id="after-province"),
        pytest.param("kế hoạch Hoà Bình", ["Hòa Bình"], id="capitals-and-other-tone-place"),
        pytest.param("diễn biến tình hình", [], id="events"),
        pytest.param("dien bien tinh hinh", [], id="events-no-marks"),
        pytest.param("ke hoach tinh dien bien", ["Điện Biên"], id="dien-bien"),
        pytest.param("bo danh lai chau", [], id="beats-me-again"),
        pytest.param("ben tre em", [], id="side-of-children"),
        pytest.param("Bến Tre", ["Bến Tre"], id="ben-tre"),
        pytest.param("ba ria vung tau", ["Bà Rịa - Vũng Tàu"], id="longest"),
        pytest.param("Thừa Thiên Huế", ["Huế"], id="old-name"),
        pytest.param("đắc lắc, dak nong", ["Đắk Lắk", "Đắk Nông"], id="spellings"),
    ],
)
def test_finds_places(language: Language, text: str, places: list[str]) -> None:
    """Provinces and cities are found by any spelling; ordinary words of the same letters are not places."""
    assert language.places(text) == places


def test_every_province_is_found_with_and_without_marks(language: Language) -> None:
    """All 63 provinces and cities of before July 2025 are known, which have all the names of after it."""
    names = [place["name"] for place in _table("places")["place"]]  # type: ignore[index]
    assert len(names) == len(set(names)) == 63
    for name in names:
        assert language.places(f"kế hoạch của tỉnh {name}") == [name]
        assert language.places(fold(f"kế hoạch của tỉnh {name}")) == [name]


def test_says_what_a_place_became_part_of_only_where_known(language: Language) -> None:
    """Of the mergers of July 2025 only those looked up are told."""
    assert language.now_in("Sóc Trăng") == "Cần Thơ"
    assert language.now_in("Hải Dương") == "Hải Phòng"
    assert language.now_in("Cần Thơ") is None
    assert language.now_in("Nam Định") is None


@pytest.mark.parametrize(
    ("text", "brings"),
    [
        pytest.param("hotline ở đâu", "so dien thoai", id="hotline"),
        pytest.param("nhà trường phải làm gì", "co so giao duc", id="school"),
        pytest.param("bố mẹ cần biết gì", "gia dinh", id="parents"),
        pytest.param("ai ky cong van", "nguoi ky", id="no-marks"),
        pytest.param("hạn chót nộp", "thoi han", id="deadline"),
        pytest.param("tiền lấy từ đâu", "ngan sach", id="one-marked-syllable"),
        pytest.param("báo cho ai khi thấy", "tong dai", id="whom-to-tell"),
    ],
)
def test_brings_other_wordings(language: Language, text: str, brings: str) -> None:
    """An expression brings what else it is called, folded."""
    assert brings in language.expansions(text)


def test_brings_no_other_wording_of_what_is_said_or_meant_otherwise(language: Language) -> None:
    """What the question says already is not repeated; an unmarked syllable is not guessed at."""
    assert "duong day nong" not in language.expansions("hotline đường dây nóng")
    assert language.expansions("dat ket qua") == []


@pytest.mark.parametrize(
    "typed",
    [row[0] for row in (*_SHORTENED, *_SLIPS, *_ENGLISH)] + ["", "?!", "🙂 hp 🙂", "\u200b", "a\u0301"],
)
def test_words_and_folded_agree(language: Language, typed: str) -> None:
    """The folded words are the words folded; composed and decomposed typing read the same."""
    reading = language.read(typed)
    assert reading.original == typed
    assert reading.folded == fold(reading.words)
    assert reading.words == " ".join(reading.words.split())
    assert language.read(unicodedata.normalize("NFD", typed)).words == reading.words


def test_reads_the_same_twice(language: Language) -> None:
    """Plain words come through a second reading unchanged."""
    for typed, _ in (*_SHORTENED, *_SLIPS):
        words = language.read(typed).words
        assert language.read(words).folded == fold(words)


@pytest.mark.alone
@pytest.mark.parametrize("sign", ["x", "vbhgnmk ", "what blorfting ", "1/2-3."])
def test_a_hostile_message_of_full_length_takes_no_longer_than_usual_ones(language: Language, sign: str) -> None:
    """A message made of signs takes no longer than as many letters in messages as people write them, ten times over."""
    hostile = (sign * 4096)[:4096]
    usual = [typed for typed, _ in (*_SHORTENED, *_SLIPS, *_ENGLISH)]
    times = len(hostile) / sum(map(len, usual))
    assert _seconds(language, [hostile]) < 10 * times * _seconds(language, usual)


def _seconds(language: Language, messages: Sequence[str]) -> float:
    started = time.perf_counter()
    for typed in messages:
        language.read(typed)
    return time.perf_counter() - started


def test_the_tables_hold_no_slip() -> None:
    """Every Vietnamese word that the tables write could be Vietnamese."""
    valid = Syllables.load().all()
    english, short = _table("english"), _table("abbreviations")
    tables = [english[name] for name in ("nouns", "adjectives", "verbs", "words")]
    tables += [short[name] for name in ("always", "capitals", "kinds", "letters", "units")]
    for table in tables:
        for key, meaning in table.items():
            strange = [word for word in re.findall(r"[^\W\d_]+", meaning) if fold(word) not in valid]
            assert not strange, key
    assert sum(len(table) for table in tables[:4]) >= 450


@pytest.mark.skipif(not _BENCHMARKS.exists(), reason="the shared benchmarks are not here")
@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no-marks"])
def test_leaves_well_written_questions_alone(language: Language, marks: bool) -> None:  # noqa: FBT001 -- a column
    """Of hundreds of legal questions, hardly any is changed and none is English."""
    texts = [
        json.loads(line)["text"]
        for file in sorted(_BENCHMARKS.glob("*/queries.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert len(texts) > 100
    changed = []
    for text in texts:
        typed = text if marks else fold(text)
        reading = language.read(typed)
        assert not reading.english
        if re.findall(r"[^\W_]+", fold(typed)) != re.findall(r"[^\W_]+", reading.folded):
            changed.append(typed)
    assert len(changed) <= len(texts) * 0.02
