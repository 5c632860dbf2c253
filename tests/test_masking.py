"""Who a person is leaves no question, and nothing else does.

`data/persons.jsonl` (what must go is in `hidden`) and `data/no_persons.jsonl` were written by hand; they name nobody.
"""

import json
from pathlib import Path

import pytest

from knowledge.masking import mask

_DATA = Path(__file__).parent / "data"
_QUESTIONS = Path(__file__).parents[1] / "knowledge" / "data" / "questions"
_SHARED = Path(__file__).parents[2] / "shared" / "questions" / "dev.jsonl"


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_persons_are_masked() -> None:
    """Names, telephones, papers, mail, births and homes go, in any spelling; one in fifty may stay."""
    lines = _lines(_DATA / "persons.jsonl")
    assert len(lines) >= 100
    left = [mask(line["text"]) for line in lines if any(part in mask(line["text"]) for part in line["hidden"])]
    assert len(left) <= len(lines) / 50


@pytest.mark.parametrize("line", _lines(_DATA / "no_persons.jsonl"), ids=lambda line: line["text"][:40])
def test_what_a_question_is_about_stays(line: dict[str, str]) -> None:
    """Documents, dates of documents, help lines, places, bodies and articles are left as typed."""
    assert mask(line["text"]) == line["text"]


@pytest.mark.parametrize(
    "path",
    [
        *(pytest.param(path, id=path.stem) for path in sorted(_QUESTIONS.glob("*.jsonl"))),
        pytest.param(
            _SHARED,
            id="shared",
            marks=pytest.mark.skipif(not _SHARED.exists(), reason="the shared question set is not here"),
        ),
    ],
)
def test_questions_that_name_nobody_stay(path: Path) -> None:
    """No question of the sets loses a word."""
    questions = [str(line["question"]) for line in _lines(path)]
    assert [question for question in questions if mask(question) != question] == []


def test_what_is_masked_says_what_it_was() -> None:
    """The words in brackets let a model understand the sentence."""
    masked = mask("Cháu Trần Thị Hoa, sđt 0912345678, CCCD 079201001234, mail hoa@vidu.vn, sinh ngày 12/3/2015")
    assert masked == "Cháu [tên], sđt [số điện thoại], CCCD [số giấy tờ], mail [email], sinh ngày [ngày sinh]"
