"""The running bot and its editions: it moves over to a new one, stays with the old where that is damaged."""

import asyncio
import io
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bot_api import BotApi
from bot_api.people import Person, a_while
from bot_api.running import RunningBot

from bot.editions import Editions
from bot.terminal import chat
from knowledge.assistant import Assistant, Conversation, Reply
from knowledge.documents import Document, Passage, Section
from knowledge.editions import Edition, editions_folder
from knowledge.embeddings import LatentSemanticEmbeddings
from knowledge.pointer import Pointer, point_to, read_pointer
from knowledge.publishing import publish

pytest_plugins = ("bot_api.fixtures",)

SUBJECTS = ("bữa ăn bán trú", "phòng chống đuối nước", "nhà vệ sinh", "tư vấn học đường", "sân chơi mùa hè")
QUESTION = "nhà vệ sinh thì các trường làm gì?"
MOVES_WITHIN_S = 5


def a_plan(id_: str, number: str, place: str, mark: str) -> Document:
    """Make a plan whose every passage and issuer carries a mark."""
    sections = [
        Section(
            f"I.{at}",
            f"Mục I.{at}",
            subject.capitalize(),
            (Passage(f"{id_}#I.{at}#1", 1, f"Mục I.{at}", "paragraph", f"Các trường ở {place} lo {subject} {mark}."),),
        )
        for at, subject in enumerate(SUBJECTS, 1)
    ]
    title = f"Về học sinh ở {place}"
    return Document(id_, number, "Kế hoạch", title, f"Sở {place} {mark}", None, None, None, sections=tuple(sections))


def both(mark: str) -> tuple[Document, ...]:
    """Make the two plans of an edition."""
    return a_plan("ke-hoach-1", "1-KH/AA", "An Bình", mark), a_plan("ke-hoach-2", "2-KH/BB", "Tân Lập", mark)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with three editions: `cũ`, `mới`, and one without the second plan."""
    data_dir = tmp_path_factory.mktemp("shelf")
    for documents in (both("cũ"), both("mới"), both("rút gọn")[:1]):
        publish(documents, data_dir, LatentSemanticEmbeddings(), fingerprint="x", inspect=lambda *_: None)
    return data_dir


@pytest.fixture
def own_shelf(shelf: Path, tmp_path: Path) -> Path:
    """Give a copy of it in which the oldest edition is current."""
    own = Path(shutil.copytree(shelf, tmp_path / "shelf"))
    _publish(own, 0)
    return own


def _ids(data_dir: Path) -> list[str]:
    return sorted(path.name for path in editions_folder(data_dir).iterdir() if path.is_dir())


def _publish(data_dir: Path, number: int) -> str:
    """Make an edition the current one, as the builder does in its last step."""
    edition_id = _ids(data_dir)[number]
    point_to(editions_folder(data_dir), Pointer(edition_id))
    return edition_id


def _damage(data_dir: Path, number: int) -> None:
    """Flip a bit of an edition."""
    path = editions_folder(data_dir) / _ids(data_dir)[number] / "documents.json"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.fixture
def opened(own_shelf: Path) -> Iterator[Editions]:
    """Open what is current."""
    with closing(_open(own_shelf)) as editions:
        yield editions


def _open(data_dir: Path, answering: Callable[[Edition], Assistant] = Assistant) -> Editions:
    return Editions(data_dir, LatentSemanticEmbeddings(), answering)


def _hears(person: Person, mark: str, seconds: float = MOVES_WITHIN_S) -> None:
    """Ask until the answer is of an edition."""
    deadline = time.monotonic() + seconds
    while mark not in (text := person.asks(QUESTION).text):
        assert time.monotonic() < deadline, f"{mark!r} is not served: {text}"


def test_running_bot_moves_over_to_a_new_edition(api: BotApi, own_shelf: Path, opened: Editions) -> None:
    """Within five seconds answers come from the new edition, and `/phienban` tells its day and id."""
    with RunningBot(api, editions=opened):
        lan = api.person()
        assert "cũ" in lan.asks(QUESTION).text
        newer = _publish(own_shelf, 1)
        _hears(lan, "mới")
        told = lan.asks("/phienban").text
    assert told.startswith("Dữ liệu cập nhật ngày ")
    assert "Gồm 2 văn bản, trong đó 0 bản tóm lược; cả thảy 10 đoạn" in told
    assert newer in told


class Unhurried(Assistant):
    """Thinks for a while after it has found what to say."""

    async def reply(self, question: str, conversation: Conversation, **more: Any) -> Reply:  # noqa: ANN401
        """Answer after a second and a half."""
        reply = await super().reply(question, conversation, **more)
        await asyncio.sleep(1.5)
        return reply


def test_answer_that_was_begun_is_finished_with_its_own_edition(
    api: BotApi, own_shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While a new edition takes over, the old one stays open for whoever is answering with it, and no longer."""
    caplog.set_level(logging.INFO)
    used: list[Edition] = []

    def answering(edition: Edition) -> Assistant:
        used.append(edition)
        return Unhurried(edition)

    with closing(_open(own_shelf, answering)) as opened, RunningBot(api, editions=opened):
        copy = used[0]._working_copy.path  # noqa: SLF001 - it must be there as long as it is needed
        lan = api.person()
        lan.says(QUESTION)
        api.world.wait(lambda: bool(lan.chat.actions), 5, "typing")
        newer = _publish(own_shelf, 1)
        opened.look()
        assert opened.serving.now().edition == newer
        assert copy.exists()
        answer = lan.hears_one()
        assert "cũ" in answer.text
        assert "mới" not in answer.text
        api.world.wait(lambda: not copy.exists(), 2, "the old edition to be closed")
        lan.presses(answer, "[1]")
        assert "mới" in lan.hears_one().text
    assert not used[1]._working_copy.path.exists()  # noqa: SLF001 - the same


def test_damaged_edition_is_not_served_and_administrators_hear_of_it_once(
    api: BotApi, own_shelf: Path, opened: Editions, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new edition has a flipped bit, the old one goes on; the next whole one is moved over to."""
    monkeypatch.setattr("bot.editions._TRIES_AGAIN_S", 0.0)
    monkeypatch.setattr("bot.editions._LOOKS_EVERY_S", 0.2)
    boss = api.person("Quản trị")
    _damage(own_shelf, 1)
    with RunningBot(api, editions=opened, administrators=(boss.user["id"],)):
        lan = api.person()
        damaged = _publish(own_shelf, 1)
        told = boss.hears_one().text
        a_while(1)
        assert "cũ" in lan.asks(QUESTION).text
        _publish(own_shelf, 2)
        _hears(lan, "rút gọn")
    assert damaged in told
    assert read_pointer(editions_folder(own_shelf)).edition not in told
    assert boss.unread() == []
    assert f"edition {damaged} cannot be served" in caplog.text


def test_damage_is_found_at_the_start(api: BotApi, own_shelf: Path) -> None:
    """Where the current edition is damaged, the newest whole one answers, and the administrators are told."""
    damaged = _publish(own_shelf, 2)
    _damage(own_shelf, 2)
    boss, lan = api.person("Quản trị"), api.person()
    with closing(_open(own_shelf)) as opened, RunningBot(api, editions=opened, administrators=(boss.user["id"],)):
        assert damaged in boss.hears_one().text
        assert "mới" in lan.asks(QUESTION).text


def test_follow_up_after_its_document_is_gone(api: BotApi, own_shelf: Path, opened: Editions) -> None:
    """A conversation about a document goes on without trouble when a new edition no longer has it."""
    with RunningBot(api, editions=opened):
        lan = api.person()
        assert "2-KH/BB" in lan.asks("Kế hoạch 2-KH/BB nói gì về nhà vệ sinh?").text
        _publish(own_shelf, 2)
        opened.look()
        for follow_up in ("Thế còn đuối nước?", "Mục I.2 nói gì?", "Văn bản này ai ký?"):
            assert not lan.asks(follow_up).text.startswith("Xin lỗi")


def test_terminal_answers_from_the_edition_of_the_moment(own_shelf: Path, opened: Editions) -> None:
    """Each line is answered from what is published when it is typed; damage is told once, and changes nothing."""
    out = io.StringIO()
    _damage(own_shelf, 2)

    class Typed(io.StringIO):
        """Somebody who types a question whenever another edition was published."""

        publish = iter((0, 1, 2, 2))

        def readline(self, _: int | None = -1, /) -> str:
            """Publish an edition and return the question; nothing in the end."""
            if (number := next(self.publish, None)) is None:
                return ""
            _publish(own_shelf, number)
            return f"{QUESTION}\n"

    chat(opened, Typed(), out)
    answers = out.getvalue().split("? ")[1:]
    assert ["cũ" in answer for answer in answers] == [True, False, False, False, False]
    assert ["mới" in answer for answer in answers] == [False, True, True, True, False]
    assert out.getvalue().count("bị hỏng") == 1
