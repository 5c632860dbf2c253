"""Editions: whatever is published can be opened whole, and whatever cannot be opened whole is not served."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from filelock import FileLock

from knowledge.documents import Document, Passage, Section
from knowledge.editions import (
    check_edition,
    current_edition,
    is_settled,
    is_up_to_date,
    last_good,
    open_current,
    open_edition,
    open_last_good,
    published_editions,
)
from knowledge.embeddings import LatentSemanticEmbeddings
from knowledge.errors import EditionBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from knowledge.manifest import INDEX_FOLDER, Manifest, file_checksums
from knowledge.publishing import go_back, indexed_texts, publish
from knowledge.search import HybridIndex
from knowledge.settings import KnowledgeSettings
from knowledge.verify import verify_edition

PROJECT = Path(__file__).parent.parent
SUBJECTS = ("bữa ăn bán trú", "phòng chống đuối nước", "nhà vệ sinh", "tư vấn học đường", "sân chơi mùa hè")


def a_document(id_: str, subjects: Sequence[str] = SUBJECTS) -> Document:
    """Make a document with one section for each subject, two passages in each."""
    sections = [
        Section(
            path=f"I.{place}",
            label=f"Mục I.{place}",
            heading=subject.capitalize(),
            passages=tuple(
                Passage(f"{id_}#I.{place}#{n}", n, f"Mục I.{place}, đoạn {n}", "paragraph", text)
                for n, text in enumerate(
                    (f"Các trường lo {subject} theo {id_}.", f"Báo cáo về {subject} số {place}."), 1
                )
            ),
        )
        for place, subject in enumerate(subjects, 1)
    ]
    head = Section("I", "Phần I", "Nhiệm vụ", ())
    return Document(id_, None, "Kế hoạch", f"Việc của {id_}", "Sở", None, None, None, sections=(head, *sections))


DOCUMENTS = (a_document("ke-hoach-a"), a_document("ke-hoach-b"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with one edition; tests that change something work on a copy."""
    data_dir = tmp_path_factory.mktemp("shelf")
    publish(DOCUMENTS, data_dir, LatentSemanticEmbeddings(), fingerprint="first")
    return data_dir


@pytest.fixture
def own_shelf(shelf: Path, tmp_path: Path) -> Path:
    """Give a copy of the data directory that a test may damage."""
    return Path(shutil.copytree(shelf, tmp_path / "shelf"))


def test_what_is_published_is_what_is_opened(shelf: Path) -> None:
    """Documents, look-ups and search of an opened edition are those of the documents published."""
    with closing(open_current(shelf, LatentSemanticEmbeddings())) as edition:
        assert edition.documents == DOCUMENTS
        assert edition.id == current_edition(shelf).name
        assert (edition.manifest.documents, edition.manifest.passages) == (2, 20)
        place = edition.library.place("ke-hoach-b#I.2#1")
        assert place.section.heading == "Phòng chống đuối nước"
        hits = edition.index.search("phong chong duoi nuoc", within=["ke-hoach-b"])
        assert hits[0].id in {"ke-hoach-b#I.2#1", "ke-hoach-b#I.2#2"}


def test_headings_above_and_the_documents_name_are_indexed() -> None:
    """A passage is indexed under its document's name and the headings of its section and its parents."""
    text = indexed_texts(DOCUMENTS[:1])[0]
    assert text.title == "Kế hoạch của Sở\nViệc của ke-hoach-a\nSở"
    assert text.heading == "Nhiệm vụ\nBữa ăn bán trú"


def test_answering_changes_nothing_in_the_edition(shelf: Path) -> None:
    """Opening, searching and closing leave every byte of the edition (Chroma by itself would not)."""
    edition_path = current_edition(shelf)
    before = file_checksums(edition_path)
    with closing(open_current(shelf, LatentSemanticEmbeddings())) as edition:
        working_copy = edition._working_copy.path  # noqa: SLF001 - it must be gone afterwards
        edition.index.search("nhà vệ sinh")
    assert file_checksums(edition_path) == before
    assert not working_copy.exists()


def flip_a_bit(path: Path) -> None:
    """Change one bit in the middle of a file, or add a byte to an empty one."""
    content = bytearray(path.read_bytes() or b"\0")
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_flipped_bit_is_found_in_every_file(own_shelf: Path) -> None:
    """An edition with one changed bit in any file is not opened, nor does it count as up to date."""
    edition = current_edition(own_shelf)
    files = [path for path in edition.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        content = path.read_bytes()
        flip_a_bit(path)
        with pytest.raises(IndexDamagedError):
            open_edition(edition, LatentSemanticEmbeddings())
        assert not is_up_to_date(own_shelf, "first"), path
        path.write_bytes(content)
    assert is_up_to_date(own_shelf, "first")


FLIPS = 100


@pytest.fixture(scope="module")
def shelf_of_two(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with two editions; the later one answers."""
    data_dir = Path(shutil.copytree(shelf, tmp_path_factory.mktemp("two") / "shelf"))
    publish(DOCUMENTS[:1], data_dir, LatentSemanticEmbeddings(), fingerprint="second")
    return data_dir


@pytest.fixture
def two_editions(shelf_of_two: Path, tmp_path: Path) -> Path:
    """Give a copy of it that a test may damage."""
    return Path(shutil.copytree(shelf_of_two, tmp_path / "two"))


def test_bits_flipped_anywhere_are_found_and_the_last_good_edition_answers(two_editions: Path) -> None:
    """One bit flipped at any of 100 random places of the live edition is found, and the one before takes its place."""
    before, live = published_editions(two_editions)
    files = [path for path in sorted(live.rglob("*")) if path.stat().st_size and path.is_file()]
    dice = random.Random(28)  # noqa: S311 - the same places in every run
    embeddings = LatentSemanticEmbeddings()
    for flip in range(FLIPS):
        path = dice.choices(files, [file.stat().st_size for file in files])[0] if flip % 2 else dice.choice(files)
        content = path.read_bytes()
        place = dice.randrange(len(content))
        damaged = bytearray(content)
        damaged[place] ^= 1 << dice.randrange(8)
        path.write_bytes(damaged)
        assert last_good(two_editions, embeddings) == (before, (live.name,)), (path, place)
        if flip % 20 == 0:
            edition, found = open_last_good(two_editions, embeddings)
            with closing(edition):
                assert (edition.id, found) == (before.name, (live.name,))
                assert edition.index.search("nhà vệ sinh", limit=1)
        path.write_bytes(content)
    assert last_good(two_editions, embeddings) == (live, ())


@pytest.mark.parametrize("lost", ["manifest.json", "manifest.sha256", "documents.json", "index/index.json"])
def test_a_lost_file_of_the_live_edition_is_found(two_editions: Path, lost: str) -> None:
    """So is any file that is missing altogether."""
    before, live = published_editions(two_editions)
    (live / lost).unlink()
    assert last_good(two_editions, LatentSemanticEmbeddings()) == (before, (live.name,))


def test_a_pointer_to_nowhere_leads_to_the_newest_whole_edition(two_editions: Path) -> None:
    """A damaged pointer is told like a damaged edition, and the newest whole one answers."""
    before, live = published_editions(two_editions)
    (two_editions / "editions" / "CURRENT").write_text("20200101-000000-00000q\n", encoding="utf-8")
    flip_a_bit(live / "documents.json")
    found = last_good(two_editions, LatentSemanticEmbeddings())
    assert found == (before, ("20200101-000000-00000q", live.name))


def test_when_no_edition_is_whole_that_is_an_error(own_shelf: Path) -> None:
    """Where nothing can answer, what is wrong with the current edition is raised, and a build is due."""
    flip_a_bit(current_edition(own_shelf) / "documents.json")
    with pytest.raises(IndexDamagedError, match=r"documents\.json"):
        open_last_good(own_shelf, LatentSemanticEmbeddings())
    assert not is_settled(KnowledgeSettings(data_dir=own_shelf))


def test_a_damaged_edition_asks_for_no_build_while_another_answers(two_editions: Path) -> None:
    """At its start the bot serves the last good edition rather than to build without being told to."""
    before, live = published_editions(two_editions)
    assert not is_settled(KnowledgeSettings(data_dir=two_editions))  # of other documents
    flip_a_bit(live / "documents.json")
    assert is_settled(KnowledgeSettings(data_dir=two_editions))
    flip_a_bit(before / "documents.json")
    assert not is_settled(KnowledgeSettings(data_dir=two_editions))


def test_going_back_pins_the_edition_until_the_next_is_published(two_editions: Path) -> None:
    """After going back the bot starts without a build although documents differ; the next publication ends that."""
    before, _ = published_editions(two_editions)
    settings = KnowledgeSettings(data_dir=two_editions)
    go_back(two_editions, before.name, LatentSemanticEmbeddings())
    assert current_edition(two_editions) == before
    assert is_settled(settings)
    assert not is_up_to_date(two_editions, "second")
    publish(DOCUMENTS[1:], two_editions, LatentSemanticEmbeddings(), fingerprint="third")
    assert current_edition(two_editions) != before
    assert not is_settled(settings)


def test_nothing_goes_back_to_an_edition_that_cannot_answer(two_editions: Path) -> None:
    """An edition of other embeddings, a damaged one and one that is not kept are refused; the current one stays."""
    before, live = published_editions(two_editions)
    with pytest.raises(IndexMismatchError):
        go_back(two_editions, before.name, OtherEmbeddings())
    flip_a_bit(before / "documents.json")
    with pytest.raises(IndexDamagedError):
        go_back(two_editions, before.name, LatentSemanticEmbeddings())
    with pytest.raises(IndexMissingError):
        go_back(two_editions, "20200101-000000-000000", LatentSemanticEmbeddings())
    assert current_edition(two_editions) == live


OPENS = """
import sys
from pathlib import Path
from knowledge.editions import open_current
from knowledge.embeddings import LatentSemanticEmbeddings
edition = open_current(Path(sys.argv[1]), LatentSemanticEmbeddings())
print("made", flush=True); input()
"""
READS = """
import sys
from pathlib import Path
from ingest.reading import read_safely
(Path(sys.argv[1]) / "text.txt").write_text("KẾ HOẠCH\\n\\n1. Làm sân chơi.", "utf-8")
reading = read_safely([Path(sys.argv[1]) / "text.txt"])
next(reading)
print("made", flush=True); input()
"""


@pytest.mark.parametrize("code", [pytest.param(OPENS, id="opens-an-edition"), pytest.param(READS, id="reads-a-file")])
def test_working_copies_of_dead_processes_are_swept(
    own_shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """Opening an edition clears away what killed processes left, and nothing that is in use."""
    shelf, tmp_path = own_shelf, tmp_path / "copies"
    tmp_path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code, str(shelf)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as dead:  # noqa: S603 - our own interpreter
        assert dead.stdout
        dead.stdout.readline()
        dead.kill()
    (left,) = tmp_path.glob("hoi-dap-*")
    with closing(open_current(shelf, LatentSemanticEmbeddings())) as first:
        for folder in tmp_path.glob("hoi-dap-*"):
            os.utime(folder, (0, 0))
        with closing(open_current(shelf, LatentSemanticEmbeddings())):
            assert not left.exists()
            assert first.index.search("nhà vệ sinh", limit=1)
            assert len(list(tmp_path.glob("hoi-dap-*"))) == 2
    assert list(tmp_path.glob("hoi-dap-*")) == []


def verify_in_a_child(edition: Path) -> "subprocess.CompletedProcess[str]":
    """Run `python -m knowledge verify`."""
    command = [sys.executable, "-m", "knowledge", "verify", str(edition)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603


def test_verify_names_the_damaged_file(own_shelf: Path) -> None:
    """`python -m knowledge verify` prints the counts of a whole edition, and fails for a damaged one."""
    whole = verify_in_a_child(current_edition(own_shelf))
    assert whole.returncode == 0
    assert '"passages": 20' in whole.stdout
    flip_a_bit(current_edition(own_shelf) / "documents.json")
    damaged = verify_in_a_child(current_edition(own_shelf))
    assert damaged.returncode == 1
    assert "documents.json" in damaged.stderr
    assert "Traceback" not in damaged.stderr


def test_a_lost_file_is_damage(own_shelf: Path) -> None:
    """An edition that has lost a listed file is not opened."""
    (current_edition(own_shelf) / "documents.json").unlink()
    with pytest.raises(IndexDamagedError, match=r"documents\.json"):
        open_current(own_shelf, LatentSemanticEmbeddings())


@pytest.mark.parametrize(
    "pointer",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("20200101-000000-000000\n", id="removed-edition"),
        pytest.param("../documents\n", id="outside"),
    ],
)
def test_without_a_current_edition_there_is_a_sentence(own_shelf: Path, pointer: str | None) -> None:
    """No pointer, or one that leads nowhere, is `IndexMissingError` with a sentence for the operator."""
    current = own_shelf / "editions" / "CURRENT"
    current.unlink()
    if pointer is not None:
        current.write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexMissingError) as caught:
        open_current(own_shelf, LatentSemanticEmbeddings())
    assert "dựng phiên bản" in caught.value.operator_message


class OtherEmbeddings(LatentSemanticEmbeddings):
    """The same vectors under another name, as after a change of the setting."""

    name = "another-model"


def test_other_embeddings_are_refused(shelf: Path) -> None:
    """An edition made with other embeddings than those set is refused, and the sentence says what to do."""
    with pytest.raises(IndexMismatchError, match="another-model") as caught:
        open_current(shelf, OtherEmbeddings())
    assert "EMBEDDINGS" in caught.value.operator_message


def test_another_parsers_edition_is_refused(tmp_path: Path) -> None:
    """An edition that another parser read is refused, and the sentence says what to do."""
    publish(DOCUMENTS, tmp_path, LatentSemanticEmbeddings(), fingerprint="", parser_version="of another time")
    with pytest.raises(IndexMismatchError, match="of another time") as caught:
        open_current(tmp_path, LatentSemanticEmbeddings())
    assert "dựng lại" in caught.value.operator_message


def test_another_releases_edition_is_refused(own_shelf: Path) -> None:
    """A manifest that is whole, but of another shape, is told from a damaged one."""
    edition = current_edition(own_shelf)
    (edition / "manifest.json").write_bytes(b"{}")
    checksum = f"{file_checksums(edition)['manifest.json']}  manifest.json\n"
    (edition / "manifest.sha256").write_text(checksum, encoding="ascii")
    with pytest.raises(IndexMismatchError, match="another release"):
        open_current(own_shelf, LatentSemanticEmbeddings())


@pytest.mark.parametrize("kept", [2, 5])
def test_so_many_editions_are_kept(own_shelf: Path, kept: int) -> None:
    """After a build the current edition and those before it stay; older ones and dead builds are gone."""
    first = current_edition(own_shelf)
    for year in range(2011, 2019):
        shutil.copytree(first, first.parent / f"{year}0101-000000-000000")
    (first.parent / "20200101-000000-000000.building").mkdir()
    manifest = publish(DOCUMENTS[:1], own_shelf, LatentSemanticEmbeddings(), fingerprint="second", kept=kept)
    left = [path.name for path in published_editions(own_shelf)]
    older = [f"{year}0101-000000-000000" for year in (2016, 2017, 2018)]
    assert left == [*older[: kept - 2], first.name, manifest.id]
    assert current_edition(own_shelf).name == manifest.id
    assert not list(first.parent.glob("*.building"))
    with closing(open_edition(first, LatentSemanticEmbeddings())) as older:
        assert older.documents == DOCUMENTS


class Sabotage(LatentSemanticEmbeddings):
    """Spoils what was written before, as a failing disk would, while the index is being built."""

    def fitted(self, texts: Sequence[str], directory: Path) -> "Sabotage":
        """Learn, after damaging the documents."""
        flip_a_bit(directory.parent.parent / "documents.json")
        return super().fitted(texts, directory)


def test_what_cannot_be_read_back_is_not_published(own_shelf: Path) -> None:
    """A build that was not written as meant is refused by the child process; the current edition stays."""
    before = current_edition(own_shelf)
    with pytest.raises(IndexDamagedError, match=r"documents\.json"):
        publish(DOCUMENTS, own_shelf, Sabotage(), fingerprint="second")
    assert current_edition(own_shelf) == before
    assert published_editions(own_shelf) == [before]
    assert not list(before.parent.glob("*.building"))


def test_reading_back_finds_a_missing_vector(own_shelf: Path) -> None:
    """An index without one of the passages is found although all checksums are right."""
    edition = current_edition(own_shelf)
    shutil.rmtree(edition / INDEX_FOLDER)
    HybridIndex.build(indexed_texts(DOCUMENTS)[:-1], edition / INDEX_FOLDER, LatentSemanticEmbeddings())
    manifest = Manifest.read(edition)
    files = {name: sha for name, sha in file_checksums(edition).items() if not name.startswith("manifest.")}
    manifest.model_copy(update={"files": files}).write(edition)
    check_edition(edition)
    with pytest.raises(IndexDamagedError, match="not those of the passages"):
        verify_edition(edition)


class SabotageOnce(Sabotage):
    """Spoils the first of two tries."""

    def fitted(self, texts: Sequence[str], directory: Path) -> "LatentSemanticEmbeddings":
        """Learn, the first time after damaging the documents."""
        tried_before, self.tried = self.tried, True
        return (
            LatentSemanticEmbeddings.fitted(self, texts, directory)
            if tried_before
            else super().fitted(texts, directory)
        )

    tried = False


def test_what_cannot_be_read_back_once_is_built_again(own_shelf: Path) -> None:
    """One build that went wrong is nothing that an administrator has to know: the second is published."""
    before = current_edition(own_shelf)
    manifest = publish(DOCUMENTS[:1], own_shelf, SabotageOnce(), fingerprint="second")
    assert published_editions(own_shelf) == [before, current_edition(own_shelf)]
    assert current_edition(own_shelf).name == manifest.id
    verify_edition(current_edition(own_shelf))


def test_what_is_read_back_is_what_answers(shelf: Path) -> None:
    """Chroma's graph is written down whole, however small: it would be made anew, by other dice, at each opening."""
    (graph,) = current_edition(shelf).rglob("link_lists.bin")
    assert graph.with_name("index_metadata.pickle").is_file()
    with closing(sqlite3.connect(f"file:{graph.parents[1] / 'chroma.sqlite3'}?mode=ro", uri=True)) as database:
        assert database.execute("SELECT count(*) FROM embeddings_queue").fetchone() == (1,)  # the last stays there


def test_rows_that_are_nearly_the_same_are_no_damage(tmp_path: Path) -> None:
    """Thousands of passages that differ by a number alone, as the rows of a table do, are published like others."""
    rows = [f"Trường {row} làm sân chơi." for row in range(3_000)]
    passages = tuple(Passage(f"a#1#{n}", n, f"Mục 1, đoạn {n}", "paragraph", row) for n, row in enumerate(rows, 1))
    sections = (Section("1", "Mục 1", "Sân chơi", passages),)
    document = Document("a", None, "Kế hoạch", "Làm sân chơi", "Sở", None, None, None, sections=sections)
    assert publish((document,), tmp_path, LatentSemanticEmbeddings(), fingerprint="").passages == len(rows)
    (apart,) = tmp_path.rglob("apart.json")
    assert json.loads(apart.read_bytes()), "Chroma leads to every row: nothing was tried"
    with closing(open_current(tmp_path, LatentSemanticEmbeddings())) as edition:
        store = edition.index.vectors
        for id_, _, vector in islice(store.records(), 0, None, 30):
            assert store.nearest([vector.tolist()], 1)[0][0][0] == id_
            assert store.nearest([vector.tolist()], 1, within=["b"]) == [[]]


def test_doubled_passages_are_refused(tmp_path: Path) -> None:
    """Chroma drops a second record of the same id in silence; publishing does not start."""
    with pytest.raises(ValueError, match="share an id"):
        publish((DOCUMENTS[0], DOCUMENTS[0]), tmp_path, LatentSemanticEmbeddings(), fingerprint="")


def test_a_second_builder_waits_and_then_gives_up(own_shelf: Path) -> None:
    """While another process builds, a builder waits; when that takes too long it says that a retry helps."""
    with FileLock(own_shelf / "editions" / ".lock"), pytest.raises(EditionBusyError) as caught:
        publish(DOCUMENTS, own_shelf, LatentSemanticEmbeddings(), fingerprint="", wait_seconds=0.1)
    assert caught.value.retry_helps


BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from test_editions import MANY, LatentSemanticEmbeddings, publish
publish(MANY, Path(sys.argv[1]), LatentSemanticEmbeddings(), fingerprint="second")
"""
# More than a thousand passages, for Chroma writes its vector files in steps of a thousand.
MANY = tuple(a_document(f"new-{n}", [f"{subject} {n}" for subject in SUBJECTS]) for n in range(110))


def start_builder(data_dir: Path) -> "subprocess.Popen[bytes]":
    """Start a process that publishes other documents."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", BUILDER, str(data_dir)], cwd=PROJECT, stderr=subprocess.DEVNULL
    )


def there_is(pattern: str) -> Callable[[Path], bool]:
    """Tell whether a file that matches the pattern is there."""
    return lambda editions: any(True for _ in editions.glob(pattern))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(there_is("*.building/documents.json"), id="documents-written"),
        pytest.param(there_is("*.building/index/chroma/*/data_level0.bin"), id="vector-files-begun"),
        pytest.param(there_is("*.building/index/chroma/*/index_metadata.pickle"), id="vector-files-written"),
        pytest.param(there_is("*.building/manifest.sha256"), id="being-read-back"),
        pytest.param(lambda editions: len(list(editions.glob("2*"))) > 1, id="renamed"),
    ],
)
def test_a_killed_build_leaves_the_current_edition(own_shelf: Path, moment: Callable[[Path], bool]) -> None:
    """Killed at any moment of a build, the knowledge base is the old one whole, or the new one whole."""
    editions = own_shelf / "editions"
    with start_builder(own_shelf) as builder:
        while not moment(editions) and builder.poll() is None:
            time.sleep(0.0005)
        builder.kill()
    assert builder.returncode == -signal.SIGKILL
    with closing(open_current(own_shelf, LatentSemanticEmbeddings())) as edition:
        verify_edition(current_edition(own_shelf))
        assert edition.documents in (DOCUMENTS, MANY)
        assert edition.index.search("phòng chống đuối nước", limit=1)
