"""Search: the passage that answers comes first, however the question is typed, and from any thread."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.embeddings import LatentSemanticEmbeddings, make_embeddings
from knowledge.errors import EmbeddingsRefusedError, IndexDamagedError, IndexMismatchError, IndexMissingError
from knowledge.search import HybridIndex, IndexedText
from knowledge.vectors import VectorStore
from knowledge.vietnamese import without_marks

HUE = "Kế hoạch 12-KH/TU\nThành ủy Huế"
VINH = "Công văn 34-CV/ĐU\nĐảng ủy Vinh"
TEXTS = (
    IndexedText("hue#1", "hue", HUE, "Tuyên truyền", "Tổ chức nói chuyện về quyền trẻ em ở khu dân cư."),
    IndexedText("hue#2", "hue", HUE, "Nguồn lực", "Dành quỹ đất xây khu vui chơi cho thiếu nhi."),
    IndexedText("hue#3", "hue", HUE, "Báo cáo", "Định kỳ hằng năm gửi kết quả về Ban Tuyên giáo."),
    IndexedText("vinh#1", "vinh", VINH, "Tuyên truyền", "Phát tờ rơi về phòng, chống đuối nước cho học sinh."),
    IndexedText("vinh#2", "vinh", VINH, "Nguồn lực", "Bố trí kinh phí dạy bơi trong các trường tiểu học."),
    IndexedText("vinh#3", "vinh", VINH, "Báo cáo", "Báo cáo Đảng ủy cấp trên theo Nghị định 56/2017/NĐ-CP."),
    IndexedText("vinh#4", "vinh", VINH, "", "Trẻ bị đuối nước được cứu: học bơi, áo phao, người lớn trông."),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HybridIndex]:
    """Give an index of two small documents."""
    directory = tmp_path_factory.mktemp("index")
    HybridIndex.build(TEXTS, directory, make_embeddings())
    opened = HybridIndex.open(directory, make_embeddings())
    yield opened
    opened.close()


def _first(index: HybridIndex, question: str) -> str:
    return index.search(question)[0].id


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        pytest.param("Quỹ đất cho khu vui chơi lấy ở đâu?", "hue#2", id="words-of-the-text"),
        pytest.param("56/2017/NĐ-CP", "vinh#3", id="number-of-a-decree"),
        pytest.param("nghi dinh 56", "vinh#3", id="part-of-a-number"),
        pytest.param("Huế tuyên truyền thế nào?", "hue#1", id="document-and-heading"),
        pytest.param("Vinh tuyên truyền thế nào?", "vinh#1", id="the-same-of-the-other-document"),
        pytest.param("Cháu tôi ngã xuống ao ở Huế. Trường nào dạy bơi?", "vinh#2", id="story"),
    ],
)
def test_the_passage_that_answers_comes_first(index: HybridIndex, question: str, passage: str) -> None:
    """Words, numbers, headings and the document's title all help to find it."""
    assert _first(index, question) == passage


def test_tone_marks_make_no_difference(index: HybridIndex) -> None:
    """The same passages come in the same order with the same scores when marks are left out."""
    question = "Bố trí kinh phí dạy bơi thế nào? Luật Trẻ em năm 2016 quy định điều gì?"
    assert index.search(question) == index.search(without_marks(question))


def test_scores_fall_from_the_first_hit_on_and_stay_between_0_and_1(index: HybridIndex) -> None:
    """Scores of one question can be compared, and say how much of it a passage holds."""
    scores = [hit.score for hit in index.search("dạy bơi phòng đuối nước cho học sinh")]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_a_passage_that_holds_more_of_the_question_scores_higher_than_for_a_poor_question(
    index: HybridIndex,
) -> None:
    """A question in the text's own words scores higher than one that shares a word with it."""
    close = index.search("bố trí kinh phí dạy bơi trong các trường tiểu học")[0].score
    far = index.search("bố trí người đi mua vé xem phim tối nay ở rạp")[0].score
    assert close > 2 * far


def test_within_keeps_to_the_named_documents(index: HybridIndex) -> None:
    """Nothing of another document comes, even if it fits better."""
    hits = index.search("quỹ đất khu vui chơi thiếu nhi", within={"vinh"})
    assert hits
    assert all(hit.id.startswith("vinh") for hit in hits)


def test_several_questions_at_once_are_answered_as_one_by_one(index: HybridIndex) -> None:
    """Also one that is empty, and within some documents alone."""
    questions = ["dạy bơi phòng đuối nước", "", "quỹ đất khu vui chơi thiếu nhi"]
    for within in (None, {"vinh"}, ()):
        one_by_one = [index.search(question, within=within) for question in questions]
        assert index.search_all(questions, within=within) == one_by_one
        assert bool(one_by_one[0]) == (within != ())


@pytest.mark.parametrize("within", [pytest.param((), id="no-document"), pytest.param({"nowhere"}, id="unknown")])
def test_within_nothing_finds_nothing(index: HybridIndex, within: tuple[str, ...]) -> None:
    """Naming no document, or one that is not there, is not the same as naming none."""
    assert index.search("trẻ em", within=within) == []


@pytest.mark.parametrize(
    "question",
    [pytest.param("", id="empty"), pytest.param("?!", id="signs"), pytest.param("qwxz jkvb", id="unknown")],
)
def test_a_question_without_known_words_finds_nothing(index: HybridIndex, question: str) -> None:
    """Passages that share nothing with the question are left out."""
    assert index.search(question) == []


def test_limit_is_kept_and_does_not_change_the_order(index: HybridIndex) -> None:
    """A smaller limit gives the head of the same list."""
    assert index.search("trẻ em", limit=2) == index.search("trẻ em", limit=100)[:2]
    assert len(index.search("trẻ em học sinh báo cáo", limit=2)) == 2


def test_the_vocabulary_counts_passages(index: HybridIndex) -> None:
    """Each folded syllable stands with the number of passages it is in; pairs are no syllables."""
    assert index.vocabulary["boi"] == 2
    assert all(" " not in word for word in index.vocabulary)
    assert index.knows("duoi")
    assert not index.knows("đuối")
    assert not index.knows("xyz")


def test_coverage_tells_how_much_of_a_question_is_known(index: HybridIndex) -> None:
    """All of it, some of it, or nothing; of the edition or of one passage."""
    assert index.coverage("dạy bơi") == 1.0
    assert 0 < index.coverage("dạy yoga") < 1
    assert index.coverage("xyz") == 0.0
    assert index.coverage("dạy bơi", "vinh#2") == 1.0
    assert 0 < index.coverage("học bơi trường tiểu học", "vinh#4") < 1
    assert index.coverage("dạy bơi", "hue#3") == 0.0


def test_eight_threads_get_what_one_gets(index: HybridIndex) -> None:
    """Reading from many threads at once changes no result."""
    questions = [text.text for text in TEXTS] * 20
    alone = [index.search(question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(index.search, questions))
    assert together == alone


def test_words_that_stand_together_lend_their_meaning(index: HybridIndex) -> None:
    """A passage without a word of the question is found by the company its words keep, but comes later."""
    found = [hit.id for hit in index.search("bơi", limit=100)]
    assert set(found[:2]) == {"vinh#2", "vinh#4"}
    assert "vinh#1" in found[2:]


def test_a_heading_repeated_at_the_head_of_the_text_counts_once(tmp_path: Path) -> None:
    """Texts with and without the repeated line score the same."""
    twice = IndexedText("a", "a", "", "Điều 5. Dạy bơi", "Dạy bơi\nTrường có bể bơi.")
    once = IndexedText("b", "b", "", "Điều 5. Dạy bơi", "Trường có bể bơi.")
    HybridIndex.build([twice, once], tmp_path, make_embeddings())
    index = HybridIndex.open(tmp_path, make_embeddings())
    first, second = index.search("dạy bơi")
    index.close()
    assert first.score == pytest.approx(second.score, abs=0.01)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([IndexedText("a", "a", "", "", "bơi")], id="one-word"),
        pytest.param([IndexedText("a", "a", "", "", "bơi"), IndexedText("b", "b", "", "", "- - -")], id="no-words"),
        pytest.param([IndexedText("a", "a", "", "", "bơi lội"), IndexedText("b", "a", "", "", "bơi lội")], id="twins"),
    ],
)
def test_the_smallest_editions_can_be_searched(tmp_path: Path, texts: list[IndexedText]) -> None:
    """One word, a text without words, and two equal texts are no special cases for the person who asks."""
    HybridIndex.build(texts, tmp_path, make_embeddings())
    index = HybridIndex.open(tmp_path, make_embeddings())
    hits = index.search("boi")
    index.close()
    assert hits[0].id == "a"


def test_an_edition_of_nothing_is_refused(tmp_path: Path) -> None:
    """Nothing to index is a mistake of the caller."""
    with pytest.raises(ValueError, match="nothing"):
        HybridIndex.build([], tmp_path, make_embeddings())


def test_progress_ends_at_the_number_of_texts(tmp_path: Path) -> None:
    """The bar arrives."""
    seen: list[tuple[int, int]] = []
    HybridIndex.build(TEXTS, tmp_path, make_embeddings(), lambda done, whole: seen.append((done, whole)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))


def test_every_vector_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """What Chroma holds is what the saved embeddings compute, record by record."""
    HybridIndex.build(TEXTS, tmp_path, make_embeddings())
    embeddings = LatentSemanticEmbeddings().restored(tmp_path / "embeddings")
    store = VectorStore.open(tmp_path / "chroma")
    records = {id_: (document_id, vector) for id_, document_id, vector in store.records()}
    store.close()
    assert set(records) == {text.id for text in TEXTS}
    for text in TEXTS:
        document_id, vector = records[text.id]
        assert document_id == text.document_id
        wanted = embeddings.embed_query(f"{text.title}\n{text.heading}\n{text.text}")
        np.testing.assert_allclose(vector, wanted, atol=1e-6)


def test_closing_twice_is_no_mistake(tmp_path: Path) -> None:
    """The second call does nothing."""
    HybridIndex.build(TEXTS, tmp_path, make_embeddings())
    index = HybridIndex.open(tmp_path, make_embeddings())
    index.close()
    index.close()


def test_an_index_made_with_other_embeddings_is_refused(tmp_path: Path) -> None:
    """The error says what to do, and that trying again does not help."""
    HybridIndex.build(TEXTS, tmp_path, make_embeddings())
    with pytest.raises(IndexMismatchError) as refusal:
        HybridIndex.open(tmp_path, make_embeddings("openai:some-model", api_key="none"))
    assert "EMBEDDINGS" in refusal.value.operator_message
    assert not refusal.value.retry_helps


def test_a_directory_without_an_index_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    """Missing and damaged are different errors."""
    with pytest.raises(IndexMissingError):
        HybridIndex.open(tmp_path, make_embeddings())


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("index.json", id="facts"),
        pytest.param("lexical/texts/data.csc.index.npy", id="scores"),
        pytest.param("lexical/headings/vocab.index.json", id="vocabulary"),
        pytest.param("embeddings/latent_semantics.npz", id="embeddings"),
        pytest.param("chroma/chroma.sqlite3", id="vectors"),
    ],
)
def test_a_damaged_file_is_an_error_of_our_own(tmp_path: Path, file: str) -> None:
    """No exception of a library reaches those who open an index."""
    HybridIndex.build(TEXTS, tmp_path, make_embeddings())
    (tmp_path / file).write_bytes(b"not what was written here")
    with pytest.raises(IndexDamagedError):
        HybridIndex.open(tmp_path, make_embeddings())


@pytest.mark.parametrize("setting", ["word2vec", "openai:", "huggingface:some/model"])
def test_an_unknown_setting_for_embeddings_is_refused(setting: str) -> None:
    """A slip in the setting is told at once, not when the first question comes."""
    with pytest.raises(EmbeddingsRefusedError):
        make_embeddings(setting)
