"""Real laws, where the shared folder is at hand: every article is found, and its words stand in the file."""

import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ingest.read import Reading, read

LAWS = Path(__file__).parents[2] / "shared" / "laws" / "text"
pytestmark = pytest.mark.skipif(not LAWS.is_dir(), reason="the law texts are not ours to ship; ../shared is missing")

ARTICLES = {
    "102-2016-QH13": 106,
    "45-2019-QH14_VBHN-18-2026": 220,
    "13-2022-QH15": 56,
    "73-2006-QH11": 44,
    "56-2017-ND-CP": 58,
    "80-2017-ND-CP": 17,
    "20-2021-ND-CP": 39,
    "13-2021-TT-BLDTBXH": 3,
}


@cache
def law(name: str) -> Reading:
    """Return one law by its file's name."""
    return read(LAWS / f"{name}.txt")


@pytest.mark.parametrize(("name", "count"), ARTICLES.items())
def test_every_article_is_found_with_its_title(name: str, count: int) -> None:
    """Điều 1 to the last, none missing, none twice, each with heading and text."""
    articles = [section for section in law(name).document.sections if section.path.startswith("Điều")]
    assert [section.path for section in articles] == [f"Điều {number}" for number in range(1, count + 1)]
    assert all(section.heading and section.passages for section in articles)


def test_the_circular_has_its_appendices() -> None:
    """The four appendices are found, and the indicators in them by their codes."""
    sections = law("13-2021-TT-BLDTBXH").document.sections
    assert [section.path for section in sections if section.path.count(" ") == 2 and "." not in section.path] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
        "Phụ lục IV",
    ]
    indicators = {section.path for section in sections}
    assert {"Phụ lục III.0101", "Phụ lục IV.0212"} <= indicators


@pytest.mark.parametrize("name", ARTICLES)
def test_passages_stand_in_the_file_and_have_names_of_their_own(name: str) -> None:
    """Every passage is in the file letter for letter, and no two share an id or a label."""
    document = law(name).document
    printed = unicodedata.normalize("NFC", (LAWS / f"{name}.txt").read_text(encoding="utf-8"))
    source = " ".join(printed.split())
    passages = [passage for section in document.sections for passage in section.passages]
    assert all(" ".join(passage.text.split()) in source for passage in passages)
    assert len({passage.id for passage in passages}) == len(passages)
    assert len({passage.label for passage in passages}) == len(passages)


@pytest.mark.parametrize(
    ("name", "number", "title", "year"),
    [
        pytest.param("102-2016-QH13", "102/2016/QH13", "Luật Trẻ em", 2016, id="law"),
        pytest.param(
            "80-2017-ND-CP",
            "80/2017/NĐ-CP",
            "Quy định về môi trường giáo dục an toàn, lành mạnh, thân thiện, phòng, chống bạo lực học đường",
            2017,
            id="decree",
        ),
    ],
)
def test_laws_have_their_particulars(name: str, number: str, title: str, year: int) -> None:
    """The kind is part of a law's title, not of a decree's; the date stands in the head."""
    document = law(name).document
    assert (document.number, document.title) == (number, title)
    assert document.issued is not None
    assert document.issued.year == year


def test_a_slip_in_the_numbering_is_reported() -> None:
    """The decree's file prints two points b in a row, which the operator is told."""
    assert any("“b” đứng sau “b”" in warning for warning in law("20-2021-ND-CP").warnings)
