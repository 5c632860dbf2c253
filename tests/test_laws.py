"""Laws: the digests that are shipped, the register of documents, and answers that reach the article."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from conftest import SHARED

from ingest.__main__ import main
from ingest.digests import completed, read_digest
from ingest.read import read_document
from knowledge.assistant import Assistant, Conversation
from knowledge.documents import Answer, Document, Passage, Section
from knowledge.editions import DOCUMENTS, current_edition
from knowledge.manifest import DOCUMENTS_FILE
from knowledge.register import load_register
from knowledge.sources import DIGESTS, SHIPPED_DOCUMENTS
from knowledge.vietnamese import fold

TEXTS = SHARED / "laws" / "text"
DIGEST_FILES = sorted(DIGESTS.glob("*.toml"))
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST_RUN = 20
"""Words that a digest may share with the law in a row: names of bodies and fixed terms are long."""


def _answer(assistant: Assistant, question: str) -> Answer:
    return assistant.answer(question, Conversation())


def _shown(answer: Answer) -> str:
    return "\n".join([answer.lead, *(c.quote for c in answer.citations), *answer.notices])


def _full_text(digest: Path) -> Document:
    """Read the law that a digest was written from; skip where it is not here."""
    written_from = TEXTS / tomllib.loads(digest.read_text(encoding="utf-8"))["document"]["written_from"]
    if not written_from.exists():
        pytest.skip("../shared/laws/text is not here")
    return read_document(written_from)


@pytest.mark.parametrize("path", DIGEST_FILES, ids=lambda path: path.stem)
def test_every_number_of_a_digest_stands_in_its_article(path: Path) -> None:
    """Ages, days, amounts and articles in a summary are those of the law, or count the points of the clause."""
    law = {section.path: section for section in _full_text(path).sections}
    wrong = [
        (passage.label, number)
        for section in read_digest(path).sections
        if section.path.startswith("Điều ")
        for passage in section.passages
        for number in _NUMBER.findall(passage.text)
        if not _stands(number, law[section.path], passage)
    ]
    assert wrong == []


def _stands(number: str, article: Section, passage: Passage) -> bool:
    """Tell whether a number is printed in an article, or is how many points the clause of a passage has."""
    printed = " ".join([article.heading, *(f"{p.label} {p.text}" for p in article.passages)])
    points = [
        p for p in article.passages if p.mark == "point" and p.label.endswith(passage.label.removeprefix("K")[1:])
    ]
    return number == str(len(points)) or bool(re.search(rf"(?<!\d)0?{re.escape(number)}(?!\d)", printed))


@pytest.mark.parametrize("path", DIGEST_FILES, ids=lambda path: path.stem)
def test_a_digest_is_in_our_own_words(path: Path) -> None:
    """No sentence of the law is copied."""
    words = fold(" ".join(p.text for s in _full_text(path).sections for p in s.passages)).split()
    runs = {" ".join(words[i : i + _LONGEST_RUN]) for i in range(len(words))}
    copied = [
        passage.label
        for section in read_digest(path).sections
        for passage in section.passages
        for own in [fold(passage.text).split()]
        if any(" ".join(own[i : i + _LONGEST_RUN]) in runs for i in range(len(own) - _LONGEST_RUN + 1))
    ]
    assert copied == []


def test_the_register_has_every_document_that_is_cited() -> None:
    """No law, decree, plan or directive named with a number in the five documents is missing."""
    register = load_register()
    documents = [read_document(path) for path in SHIPPED_DOCUMENTS.glob("*.txt")]
    cited = [r for d in documents for s in d.sections for p in s.passages for r in p.references if r.number]
    assert len(cited) > 20
    assert [reference.text for reference in cited if register.of_reference(reference) is None] == []


def test_a_number_alone_is_no_key() -> None:
    """Two directives bear the number 23/CT-TTg; the year tells which is meant."""
    keys = [entry.key for entry in load_register().entries if entry.number == "23/CT-TTg"]
    assert len(keys) == len(set(keys)) >= 2


@pytest.mark.parametrize(
    ("question", "document", "section"),
    [
        pytest.param("Điều 51 Luật Trẻ em quy định gì?", "102/2016/QH13", "Điều 51", id="article"),
        pytest.param("khoản 1 Điều 7 NĐ 80", "80/2017/NĐ-CP", "Điều 7", id="clause"),
        pytest.param("trẻ em là bao nhiêu tuổi?", "102/2016/QH13", "Điều 1", id="nothing-named"),
        pytest.param("luat tre em cam nhung gi", "102/2016/QH13", "Điều 6", id="no-marks"),
        pytest.param(
            "Nghị định 56 yêu cầu các bộ khi soạn văn bản phải lấy ý kiến trẻ em ra sao?",
            "56/2017/NĐ-CP",
            "Điều 49",
            id="words-that-are-off-topic-elsewhere",
        ),
    ],
)
def test_law_questions_reach_the_article(assistant: Assistant, question: str, document: str, section: str) -> None:
    """The best citation is the article of the law, cited as a summary."""
    best = _answer(assistant, question).citations[0]
    assert (best.document, best.section, best.digest) == (document, section, True)


@pytest.mark.parametrize(
    ("question", "document", "label"),
    [
        pytest.param(
            "Bộ Giáo dục có trách nhiệm gì về phòng, chống bạo lực gia đình?",
            "13/2022/QH15",
            "Khoản 3 Điều 49",
            id="whose-duty-among-those-of-others",
        ),
        pytest.param(
            "trường báo cáo ai khi có bạo lực học đường?", "80/2017/NĐ-CP", "Điểm c khoản 3 Điều 6", id="who-is-told"
        ),
        pytest.param("gọi 111 có mất tiền không", "56/2017/NĐ-CP", "Khoản 2 Điều 23", id="what-a-call-costs"),
        pytest.param("Mức trợ cấp cho trẻ mồ côi là bao nhiêu?", "20/2021/NĐ-CP", "Khoản 1 Điều 6", id="how-much"),
        pytest.param("Trẻ mấy tuổi thì được đi làm thêm?", "45/2019/QH14", "Khoản 1 Điều 3", id="everyday-words"),
    ],
)
def test_the_clause_that_answers_comes_first(assistant: Assistant, question: str, document: str, label: str) -> None:
    """Of an article with many clauses the one that answers is cited first."""
    best = _answer(assistant, question).citations[0]
    assert (best.document, best.label) == (document, label)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Điều 120 Luật Trẻ em", id="article-beyond-the-last"),
        pytest.param("Điều 20 Nghị định 80/2017/NĐ-CP", id="article-of-another-decree"),
        pytest.param("Điều 5 Luật Giáo dục", id="law-that-is-not-held"),
        pytest.param("Điều 142 Bộ luật Hình sự", id="code-that-is-not-held"),
    ],
)
def test_no_neighbouring_article_is_given(assistant: Assistant, question: str) -> None:
    """Law and number must both match."""
    answer = _answer(assistant, question)
    assert (answer.status, answer.citations) == ("not_found", ())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Nghị định 20/2021 còn hiệu lực không?", "335/2026", id="asked"),
        pytest.param("Điều 5 Nghị định 20/2021", "335/2026", id="its-own-article"),
        pytest.param("mục 1.a công văn Hải Phòng", "335/2026", id="a-passage-that-cites-it"),
        pytest.param("Chỉ thị 23/CT-TTg năm 2020 về việc gì?", "toàn văn", id="text-not-loaded"),
        pytest.param("Bộ nào chủ trì thực hiện Chỉ thị 28?", "Bộ Y tế", id="a-body-that-ended"),
        pytest.param("Nghị định 335/2026 làm hết hiệu lực nghị định nào?", "20/2021", id="a-decree-that-repeals"),
        pytest.param("Nghị định 335/2026 thay thế nghị định nào?", "20/2021", id="a-decree-that-replaces"),
        pytest.param("luat tre em thay the luat nao", "25/2004/QH11", id="a-law-that-replaces"),
    ],
)
def test_what_no_longer_holds_is_said_beside_the_quote(assistant: Assistant, question: str, words: str) -> None:
    """A repealed decree or a body that ended is noted in the answer, never inside a quote."""
    answer = _answer(assistant, question)
    assert words in _shown(answer)
    assert all("335/2026" not in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("age", "other"),
    [
        pytest.param("bé 14 tuổi", "Trẻ chưa đủ 13 tuổi", id="between-two"),
        pytest.param("con tôi dưới 13 tuổi", "đủ 13 tuổi đến chưa đủ 15", id="below"),
        pytest.param("em 16 tuổi", "Trẻ chưa đủ 13 tuổi", id="above"),
    ],
)
def test_clauses_on_other_ages_are_left_out(assistant: Assistant, age: str, other: str) -> None:
    """Of an article that treats one age after the other, only clauses on the age that is asked about are quoted."""
    answer = _answer(assistant, f"{age} đi làm phụ quán được không")
    assert answer.citations[0].document == "45/2019/QH14"
    assert [citation.quote for citation in answer.citations if other in citation.quote] == []


@pytest.mark.parametrize("path", DIGEST_FILES, ids=lambda path: path.stem)
def test_every_law_knows_who_cites_it(assistant: Assistant, path: Path) -> None:
    """Each of the eight is cited by the letter of Hải Phòng, by number or by its title alone."""
    answer = assistant.cited_by(read_digest(path).id)
    assert "so-gddt-hai-phong-2024" in {citation.document_id for citation in answer.citations}


def test_a_full_text_replaces_its_digest_and_is_found_as_it_was() -> None:
    """An administrator's text of a law takes the place of the summary, with the everyday questions of its articles."""
    digest = read_digest(DIGESTS / "80-2017-ND-CP.toml")
    text = _full_text(DIGESTS / "80-2017-ND-CP.toml")
    (document,) = completed([text], [digest])
    assert (document.id, document.digest) == (digest.id, False)
    (article,) = [section for section in document.sections if section.path == "Điều 2"]
    (summary,) = [section for section in digest.sections if section.path == "Điều 2"]
    assert set(summary.asked_as) < set(article.asked_as)


def test_the_full_texts_pass_the_gate(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All eight take the places of their digests at once, and no question of the sets is answered worse than before."""
    files = [TEXTS / tomllib.loads(path.read_text("utf-8"))["document"]["written_from"] for path in DIGEST_FILES]
    if not all(file.exists() for file in files):
        pytest.skip("../shared/laws/text is not here")
    own = Path(shutil.copytree(data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    assert main(["add", *map(str, files)]) == 0, capsys.readouterr().err
    documents = DOCUMENTS.validate_json((current_edition(own) / DOCUMENTS_FILE).read_bytes())
    assert [document.id for document in documents if document.digest] == []
