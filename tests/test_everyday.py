"""Everyday Vietnamese is put in the words of officials, one way only and never on a doubtful syllable."""

import tomllib
from importlib import resources

import pytest

from knowledge.language import Language, load_language


@pytest.fixture(scope="module")
def language() -> Language:
    """Return the language with the tables of the project."""
    return load_language()


@pytest.mark.parametrize(
    ("said", "official"),
    [
        pytest.param("chích ngừa cho con nít", "tiêm chủng mở rộng cho trẻ em", id="two-expressions"),
        pytest.param("chich ngua cho con nit", "tiêm chủng mở rộng cho trẻ em", id="without-marks"),
        pytest.param("Ai cầm trịch?", "Ai chủ trì?", id="what-stands-around-stays"),
        pytest.param("mất cả cha lẫn mẹ", "chăm sóc trẻ em mồ côi", id="optional-words"),
        pytest.param("ba má với thầy cô bắt tay nhau", "phối hợp giữa gia đình, nhà trường và xã hội", id="longest"),
        pytest.param("bé bị bắt nạt", "trẻ em bị bạo lực học đường", id="beside-another"),
        pytest.param("ai phải đền", "ai phải bồi thường thiệt hại", id="law-compensation"),
        pytest.param("bà bầu có phải làm ca đêm", "mang thai có phải làm việc ban đêm", id="law-mothers"),
        pytest.param("cấm lại gần bao lâu", "cấm tiếp xúc bao lâu", id="law-no-contact"),
        pytest.param("gọi 111 có mất phí không", "gọi 111 có miễn phí, không thu phí không", id="law-free-of-charge"),
    ],
)
def test_everyday_words_become_official(language: Language, said: str, official: str) -> None:
    """The first rewording has every everyday expression in its first official wording."""
    assert language.rewordings(said)[0] == official


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("công tác chăm sóc, giáo dục và bảo vệ trẻ em", id="official-already"),
        pytest.param("mua dan ghi ta", id="dan-is-also-đàn"),
        pytest.param("đàn ghi ta", id="other-marks"),
        pytest.param("trẻ 7 tuổi cao bao nhiêu", id="child-alone"),
        pytest.param("chợ nổi Cái Răng", id="name-of-a-place"),
        pytest.param("tuổi trẻ cười", id="part-of-another-word"),
        pytest.param("đền thờ vua Hùng", id="temple-and-not-compensation"),
        pytest.param("mẹ cho con bú ăn gì", id="mother-outside-of-work"),
    ],
)
def test_other_words_stay(language: Language, text: str) -> None:
    """A text without an everyday expression has no rewordings, nor has one that only might have it."""
    assert language.rewordings(text) == []


def test_second_choices_make_further_rewordings(language: Language) -> None:
    """An expression with several official wordings gives several rewordings, all different and three at most."""
    rewordings = language.rewordings("ba má kể với bà con về con nít bị xúi bậy")
    assert 1 < len(rewordings) <= 3
    assert len(set(rewordings)) == len(rewordings)


def test_rewordings_are_not_reworded(language: Language) -> None:
    """The table leads one way: every official wording is left as it is."""
    text = (resources.files("knowledge.data") / "everyday.toml").read_text(encoding="utf-8")
    official = [wording for meaning in tomllib.loads(text)["meaning"] for wording in meaning["official"]]
    assert [wording for wording in official if language.rewordings(wording)] == []
