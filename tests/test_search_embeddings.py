"""Embeddings of a service: another edition, the same search, each text embedded once, and errors that tell."""

import logging
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from model_server import KEY, Failure, ModelServer, Reset
from model_server.server import bag_of_syllables
from numpy.typing import NDArray

from knowledge.embeddings import EditionEmbeddings, make_embeddings
from knowledge.errors import (
    EmbeddingsError,
    EmbeddingsRefusedError,
    EmbeddingsUnavailableError,
    EmbeddingsUnusableError,
)
from knowledge.search import HybridIndex, IndexedText

PROJECT = Path(__file__).parent.parent
TEXTS = (
    IndexedText("a", "a", "", "", "Nhà trường dạy bơi cho học sinh."),
    IndexedText("b", "b", "", "", "Báo cáo gửi về Ban Tuyên giáo."),
)
MANY = [IndexedText(str(n), "d", "", "", f"Việc số {n} của nhà trường.") for n in range(150)]
SOON = {"retry-after-ms": "20"}
Vectors = NDArray[np.float32]


@pytest.fixture
def service() -> Iterator[ModelServer]:
    """Give a running service."""
    with ModelServer() as server:
        yield server


def _embeddings(service: ModelServer, key: str = KEY, cache: Path | None = None) -> EditionEmbeddings:
    return make_embeddings("openai:a-model", base_url=service.url, api_key=key, cache=cache)


def test_an_edition_can_be_built_with_a_service(service: ModelServer, tmp_path: Path) -> None:
    """Its vectors have the service's dimension, and its notions find a passage that shares no word."""
    axes = ("bơi", "báo cáo", "lội")
    notions = {"bơi": 0, "lội": 0, "báo cáo": 1}
    service.embed = lambda texts, _: np.array(
        [[float(any(notions.get(w) == n and w in text.lower() for w in axes)) for n in range(3)] for text in texts]
    )
    assert HybridIndex.build(TEXTS, tmp_path, _embeddings(service)) == 2
    index = HybridIndex.open(tmp_path, _embeddings(service))
    hits = index.search("lội")
    index.close()
    assert [hit.id for hit in hits] == ["a"]
    assert {asked.body["model"] for asked in service.requests("embeddings")} == {"a-model"}


@pytest.mark.parametrize(
    ("trust", "first"), [pytest.param(0.0, "a", id="words-alone"), pytest.param(5.0, "b", id="vectors-above-all")]
)
def test_the_weight_of_vectors_can_be_set(service: ModelServer, tmp_path: Path, trust: float, first: str) -> None:
    """With no weight the words decide, with a great one the vectors."""
    service.embed = lambda texts, _: np.array([[1.0, 0.0] if "Nhà" in text else [0.0, 1.0] for text in texts])
    HybridIndex.build(TEXTS, tmp_path, _embeddings(service))
    index = HybridIndex.open(tmp_path, _embeddings(service).trusted(trust))
    hits = index.search("dạy bơi")
    index.close()
    assert hits[0].id == first


def test_a_reload_embeds_only_what_changed(service: ModelServer, tmp_path: Path) -> None:
    """Texts go to the service in batches and once; the next build asks for the new ones, and none for none."""
    cache = tmp_path / "cache" / "vectors.sqlite3"
    seen: list[tuple[int, int]] = []
    build = HybridIndex.build
    assert build(MANY, tmp_path / "1", _embeddings(service, cache=cache), lambda *done: seen.append(done)) == 150
    assert [len(asked.body["input"]) for asked in service.requests("embeddings")] == [64, 64, 22]
    assert seen == [(64, 150), (128, 150), (150, 150)]
    changed = [*MANY[1:], IndexedText("new", "d", "", "", "Việc mới."), TEXTS[0]]
    assert build(changed, tmp_path / "2", _embeddings(service, cache=cache)) == 2
    assert build(changed, tmp_path / "3", _embeddings(service, cache=cache)) == 0
    assert len(service.embedded_texts()) == 152
    assert len(service.requests("embeddings")) == 4
    first, third = (_vectors_of(tmp_path / name) for name in ("1", "3"))
    np.testing.assert_array_equal(first["7"], third["7"])


def _vectors_of(folder: Path) -> dict[str, Vectors]:
    from knowledge.vectors import VectorStore  # noqa: PLC0415 - Chroma, which the other tests import themselves

    store = VectorStore.open(folder / "chroma")
    vectors = {id_: vector for id_, _, vector in store.records()}
    store.close()
    return vectors


def test_a_passing_failure_is_waited_for(service: ModelServer, tmp_path: Path) -> None:
    """A busy service is asked again when it says so, and a broken connection is made anew."""
    service.fails(Failure(429, headers={"retry-after": "1"}), Failure(503, headers=SOON), Reset())
    began = time.monotonic()
    assert HybridIndex.build(TEXTS, tmp_path, _embeddings(service)) == 2
    assert 1 <= time.monotonic() - began < 5
    assert [asked.status for asked in service.requests("embeddings")][:2] == [429, 503]
    assert len(service.requests("embeddings")) == 4


def _too_few(texts: Sequence[str], dimension: int) -> Vectors:
    return bag_of_syllables(texts, dimension)[:-1]


def _no_numbers(texts: Sequence[str], dimension: int) -> Vectors:
    return bag_of_syllables(texts, dimension) * np.float32("nan")


def _growing() -> Callable[[Sequence[str], int], Vectors]:
    calls: list[int] = []

    def embed(texts: Sequence[str], dimension: int) -> Vectors:
        calls.append(1)
        return bag_of_syllables(texts, dimension + len(calls))

    return embed


def _empty(texts: Sequence[str], _: int) -> Vectors:
    return np.zeros((len(texts), 0), dtype=np.float32)


@pytest.mark.parametrize(
    "embed",
    [
        pytest.param(_too_few, id="too-few"),
        pytest.param(_no_numbers, id="not-a-number"),
        pytest.param(_growing(), id="dimension-changes-midway"),
        pytest.param(_empty, id="without-numbers"),
    ],
)
def test_vectors_that_cannot_be_right_are_refused(
    service: ModelServer, tmp_path: Path, embed: Callable[[Sequence[str], int], Vectors]
) -> None:
    """Too few vectors, no numbers or changing dimensions end the build; nothing of them is kept."""
    service.embed = embed
    cache = tmp_path / "cache.sqlite3"
    with pytest.raises(EmbeddingsUnusableError) as refusal:
        HybridIndex.build(MANY, tmp_path / "index", _embeddings(service, cache=cache))
    assert not refusal.value.retry_helps
    assert not (tmp_path / "index" / "index.json").exists()
    service.embed = bag_of_syllables
    HybridIndex.build(MANY, tmp_path / "again", _embeddings(service, cache=cache))
    assert {len(vector) for vector in _vectors_of(tmp_path / "again").values()} == {service.dimension}


def test_vectors_come_in_any_order(service: ModelServer, tmp_path: Path) -> None:
    """The places that the service names decide, not the order in its answer."""
    service.shuffles = True
    HybridIndex.build(MANY, tmp_path, _embeddings(service))
    kept = _vectors_of(tmp_path)
    wanted = bag_of_syllables([f"\n{text.text}" for text in MANY], service.dimension)
    np.testing.assert_allclose([kept[text.id] for text in MANY], wanted, atol=1e-6)


def test_a_service_whose_vectors_have_another_dimension_now(service: ModelServer, tmp_path: Path) -> None:
    """The old vectors are forgotten, and no edition mixes old and new ones; questions go by words alone."""
    cache = tmp_path / "cache.sqlite3"
    HybridIndex.build(MANY, tmp_path / "old", _embeddings(service, cache=cache))
    service.dimension = 32
    index = HybridIndex.open(tmp_path / "old", _embeddings(service))
    assert index.search("việc số 7 của nhà trường")[0].id == "7"
    index.close()
    more = [*MANY, *TEXTS]
    assert HybridIndex.build(more, tmp_path / "new", _embeddings(service, cache=cache)) == len(more)
    assert {len(vector) for vector in _vectors_of(tmp_path / "new").values()} == {32}


def test_what_no_build_uses_any_more_is_forgotten(service: ModelServer, tmp_path: Path) -> None:
    """After some months without use a vector goes, of another model too; until then a text that comes back is known."""
    cache = tmp_path / "cache.sqlite3"
    other = make_embeddings("openai:other", base_url=service.url, api_key=KEY, cache=cache)
    HybridIndex.build(TEXTS, tmp_path / "other", other)
    HybridIndex.build(MANY, tmp_path / "1", _embeddings(service, cache=cache))
    assert _embedded(service, cache, MANY[:10], tmp_path / "2") == 0
    assert _embedded(service, cache, MANY, tmp_path / "3") == 0
    _months_later(cache)
    assert _embedded(service, cache, MANY[:10], tmp_path / "4") == 0
    assert _held(cache) == 10
    assert _embedded(service, cache, MANY, tmp_path / "5") == len(MANY) - 10
    assert _held(cache) == len(MANY)


def test_a_cache_of_an_older_program_is_used(service: ModelServer, tmp_path: Path) -> None:
    """A file that does not know when its vectors were used serves the next build."""
    cache = tmp_path / "cache.sqlite3"
    HybridIndex.build(TEXTS, tmp_path / "1", _embeddings(service, cache=cache))
    with sqlite3.connect(cache) as database:
        database.execute("DROP TABLE used")
    assert _embedded(service, cache, TEXTS, tmp_path / "2") == 0


def _embedded(service: ModelServer, cache: Path, texts: Sequence[IndexedText], folder: Path) -> int:
    """Return how many of the texts a build has embedded."""
    return HybridIndex.build(texts, folder, _embeddings(service, cache=cache))


def _months_later(cache: Path) -> None:
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE used SET day = day - 100")


def _held(cache: Path) -> int:
    with sqlite3.connect(cache) as database:
        count: int = database.execute("SELECT count(*) FROM vectors").fetchone()[0]
    return count


def _damaged(cache: Path) -> None:
    cache.write_bytes(b"no database" * 1000)


def _shortened(cache: Path) -> None:
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE vectors SET vector = substr(vector, 1, 8)")


def _directory(cache: Path) -> None:
    cache.unlink()
    cache.mkdir()


@pytest.mark.parametrize("harm", [_damaged, _shortened, _directory])
def test_a_cache_that_cannot_be_read_stops_no_build(
    service: ModelServer, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """What the cache lost is embedded anew."""
    cache = tmp_path / "cache.sqlite3"
    HybridIndex.build(TEXTS, tmp_path / "1", _embeddings(service, cache=cache))
    harm(cache)
    assert HybridIndex.build(TEXTS, tmp_path / "2", _embeddings(service, cache=cache)) == 2
    assert len(_vectors_of(tmp_path / "2")) == 2


KILLED = """
import sys
from pathlib import Path
from knowledge.embeddings import make_embeddings
texts = [f"Việc số {n} của nhà trường." for n in range(640)]
embeddings = make_embeddings("openai:a-model", base_url=sys.argv[1], api_key=sys.argv[2], cache=Path(sys.argv[3]))
embeddings.fitted(texts, Path())
embeddings.embed_documents(texts)
"""


def test_a_killed_build_loses_no_batch(service: ModelServer, tmp_path: Path) -> None:
    """What was embedded before kill -9 is not embedded again."""
    cache = tmp_path / "cache.sqlite3"

    def slowly(texts: Sequence[str], dimension: int) -> Vectors:
        time.sleep(0.05)
        return bag_of_syllables(texts, dimension)

    service.embed = slowly
    command = [sys.executable, "-c", KILLED, service.url, KEY, str(cache)]
    with subprocess.Popen(command, cwd=PROJECT) as build:  # noqa: S603 - our own interpreter
        with service.changed:
            assert service.changed.wait_for(lambda: len(service.embedded_texts()) >= 256, 30)
        build.kill()
    before = len(service.embedded_texts())
    service.embed = bag_of_syllables
    texts = [f"Việc số {n} của nhà trường." for n in range(640)]
    embeddings = _embeddings(service, cache=cache)
    assert len(embeddings.embed_documents(texts)) == 640
    assert 256 - 64 <= 640 - embeddings.embedded <= before


def test_several_may_read_and_write_the_cache_at_once(service: ModelServer, tmp_path: Path) -> None:
    """Each gets its vectors, whoever writes meanwhile."""
    texts = [f"Việc số {n} của nhà trường." for n in range(300)]

    def embedded(shift: int) -> list[list[float]]:
        own = texts[shift:] + texts[:shift]
        return _embeddings(service, cache=tmp_path / "cache.sqlite3").embed_documents(own)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(embedded, (0, 70, 140, 210)))
    assert all(len(result) == 300 for result in results)
    assert results[1][0] == pytest.approx(results[0][70])


def test_a_service_that_fails_while_people_ask_leaves_the_words(
    service: ModelServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Search goes on by words alone, and the log says so without the question."""
    HybridIndex.build(TEXTS, tmp_path, _embeddings(service))
    index = HybridIndex.open(tmp_path, _embeddings(service, key="revoked"))
    with caplog.at_level(logging.WARNING, "knowledge"):
        hits = index.search("dạy bơi")
    index.close()
    assert [hit.id for hit in hits] == ["a"]
    assert "words alone" in caplog.text
    assert "bơi" not in caplog.text


@pytest.mark.parametrize(
    "trouble",
    [pytest.param(Failure(200, after_s=60), id="hangs"), pytest.param(Failure(200, drip_s=0.5), id="drips")],
)
def test_a_slow_service_delays_one_question_and_no_other(
    service: ModelServer, tmp_path: Path, trouble: Failure
) -> None:
    """A question waits three seconds for its vector; then the service is left in peace for a while."""
    HybridIndex.build(TEXTS, tmp_path, _embeddings(service))
    index = HybridIndex.open(tmp_path, _embeddings(service))
    service.fails(trouble)
    times = []
    for question in ("dạy bơi", "báo cáo", "học sinh"):
        began = time.monotonic()
        assert index.search(question)
        times.append(time.monotonic() - began)
    index.close()
    assert times[0] < 4
    assert max(times[1:]) < 0.1


def test_a_question_is_embedded_once(service: ModelServer) -> None:
    """The same words asked again need no request, not even where the vectors get another weight."""
    embeddings = _embeddings(service)
    assert embeddings.embed_query("dạy bơi") == embeddings.trusted(3).embed_query("dạy bơi")
    assert len(service.requests("embeddings")) == 1


def test_who_asks_is_not_sent(service: ModelServer) -> None:
    """A telephone number in a question is masked before the question is embedded."""
    _embeddings(service).embed_query("Tôi là 0912345678, trường nào dạy bơi?")
    (sent,) = service.embedded_texts()
    assert "0912345678" not in sent
    assert "trường nào dạy bơi" in sent


@pytest.mark.parametrize(
    ("failure", "key", "error"),
    [
        pytest.param(None, "wrong", EmbeddingsRefusedError, id="key-refused"),
        pytest.param(Failure(404), KEY, EmbeddingsRefusedError, id="no-such-model"),
        pytest.param(Failure(503), KEY, EmbeddingsUnavailableError, id="down"),
        pytest.param(Failure(429), KEY, EmbeddingsUnavailableError, id="overloaded"),
        pytest.param(Failure(502, html=True), KEY, EmbeddingsUnavailableError, id="page-of-a-proxy"),
        pytest.param(Failure(200, html=True), KEY, EmbeddingsUnusableError, id="page-of-a-portal"),
        pytest.param(Failure(200), KEY, EmbeddingsUnusableError, id="other-json"),
        pytest.param(Reset(), KEY, EmbeddingsUnavailableError, id="connection-broken"),
    ],
)
def test_errors_of_the_service_say_whether_to_try_again(
    service: ModelServer, failure: Failure | Reset | None, key: str, error: type[EmbeddingsError]
) -> None:
    """What the operator set wrong is told from what passes."""
    service.fails(failure)
    with pytest.raises(error) as refusal:
        _embeddings(service, key).embed_query("trẻ em")
    assert refusal.value.retry_helps == (error is EmbeddingsUnavailableError)


def test_no_service_at_all_is_unavailable() -> None:
    """Nobody listens at the address."""
    nowhere = make_embeddings("openai:a-model", base_url="http://127.0.0.1:9/v1", api_key="right")
    with pytest.raises(EmbeddingsUnavailableError):
        nowhere.embed_query("trẻ em")


def test_embeddings_that_learnt_nothing_say_so() -> None:
    """The embedded model must be fitted or restored before it embeds."""
    with pytest.raises(EmbeddingsError):
        make_embeddings().embed_query("trẻ em")
