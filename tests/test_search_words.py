"""Words: both sides of a comparison are folded alike, and a question's words weigh what they should."""

import unicodedata

import pytest

from knowledge.question_weights import weigh
from knowledge.vietnamese import fold, syllables, without_marks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Hoá", "hoa", id="old-place-of-the-tone"),
        pytest.param("hóa", "hoa", id="new-place-of-the-tone"),
        pytest.param(unicodedata.normalize("NFD", "Nghị định Đường"), "nghi dinh duong", id="decomposed"),
        pytest.param("ƯƠNG ăâêôơư", "uong aaeoou", id="shaped-vowels"),
        pytest.param("\u00d0ảng", "dang", id="icelandic-letter-for-Đ"),
        pytest.param("trẻ\u200b\u00ad em\ufeff", "tre em", id="characters-nobody-sees"),
        pytest.param("What's 28?", "what's 28?", id="other-signs-stay"),
    ],
)
def test_folding_makes_spellings_of_a_word_equal(text: str, folded: str) -> None:
    """Marks, letter case, normal form and unseen characters make no difference."""
    assert fold(text) == folded


def test_marks_are_stripped_as_people_leave_them_out() -> None:
    """Capitals and signs stay where only the marks are taken."""
    assert without_marks("Đường dây nóng: Sở GD&ĐT") == "Duong day nong: So GD&DT"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Trẻ em, cha/mẹ.", ["tre", "em", "cha", "me"], id="signs-between-words"),
        pytest.param("28-CT/TW", ["28", "ct", "tw", "28-ct/tw"], id="party-number"),
        pytest.param("số 56/2017/NĐ-CP", ["so", "56", "2017", "nd", "cp", "56/2017/nd-cp"], id="number-of-a-decree"),
        pytest.param("ngày 25/12/2023.", ["ngay", "25", "12", "2023", "25/12/2023"], id="date"),
        pytest.param("giáo dục - đào tạo", ["giao", "duc", "dao", "tao"], id="dash-between-words"),
        pytest.param("???", [], id="no-words"),
    ],
)
def test_words_and_numbers_of_documents(text: str, words: list[str]) -> None:
    """A document number is found by its parts and by its whole."""
    assert syllables(text) == words


def test_what_is_asked_weighs_more_than_what_is_told() -> None:
    """In a story, the words of the question at the end count more than those of the sentences before."""
    question = weigh("Chồng tôi mất việc. Ai trả học phí cho con?")
    assert question.is_story
    assert question.said["hoc phi"] > question.said["mat viec"] > 0


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Theo Bộ luật Dân sự 2015, tài sản gồm những gì?", id="code-and-year"),
        pytest.param("Luật Dân sự năm 2015 quy định tài sản gồm những gì?", id="at-the-beginning"),
        pytest.param("Tài sản gồm những gì theo quy định của Luật Dân sự năm 2015?", id="at-the-end"),
        pytest.param("theo luat dan su, tai san gom nhung gi?", id="without-marks-and-year"),
    ],
)
def test_the_name_of_a_law_weighs_less_than_what_is_asked_of_it(question: str) -> None:
    """A law's name tells where to look, not what for."""
    weights = weigh(question).said
    assert weights["tai san"] > weights["dan su"] > 0


@pytest.mark.parametrize(
    ("question", "added"),
    [
        pytest.param("Bạo lực trẻ em được hiểu như thế nào?", "giai thich", id="definition"),
        pytest.param("dinh nghia cua bao luc tre em", "giai thich", id="definition-without-marks"),
        pytest.param("Luật này quy định về điều gì?", "pham vi", id="scope"),
        pytest.param("Luật này áp dụng cho ai?", "doi tuong", id="whom-it-binds"),
        pytest.param("Luật này có hiệu lực từ khi nào?", "thi hanh", id="when-it-begins"),
    ],
)
def test_questions_for_a_standard_part_gain_its_words(question: str, added: str) -> None:
    """The words that every law has for such a part are added, and not counted as said."""
    weighed = weigh(question)
    assert weighed.wanted[added] > 0
    assert added not in weighed.said


def test_other_questions_gain_nothing() -> None:
    """A question that asks for no standard part is searched as it stands."""
    weighed = weigh("Trường học phải làm gì khi học sinh bị bạo lực?")
    assert weighed.wanted == weighed.said
