"""What an administrator does to the library: publish, look, update, remove, go back; and what the questions refuse."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_api import BotApi, Person
from bot_api.people import Reply
from bot_api.running import RunningBot
from clerks import PLAN, becomes, child_of_the_bot, snapshot

from bot.administration import texts
from bot.editions import Editions
from ingest.changing import only_one
from ingest.texts import WAITS_FOR_ANOTHER
from knowledge.assistant import Assistant
from knowledge.editions import embeddings_of
from knowledge.settings import KnowledgeSettings

pytest_plugins = ("bot_api.fixtures",)

DONE = "✅ Đã|⛔|Kho không có gì mới"
REMOVED = "785-CV/ĐU"


@pytest.fixture
def folder(api: BotApi, hoa: Person, minh: Person, data_dir: Path, tmp_path: Path) -> Iterator[Path]:
    """Run the bot on a copy of the shipped edition; return its folder."""
    own = tmp_path / "data"
    shutil.copytree(data_dir, own)
    editions = Editions(own, embeddings_of(KnowledgeSettings(data_dir=own)), Assistant)
    administrators = (hoa.chat.id, minh.chat.id)
    with RunningBot(api, administrators=administrators, editions=editions, data_dir=own):
        yield own
    editions.close()


def _sent(clerk: Person, text: str, name: str = "ke-hoach.txt") -> Reply:
    """Send a file and return its preview."""
    clerk.uploads(name, text.encode())
    return becomes(clerk, clerk.hears_one(), texts.NOT_YET_PUBLISHED)


def _chosen(clerk: Person, reply: Reply, name: str) -> Reply:
    """Press a button and return the message that comes."""
    clerk.presses(reply, name)
    return clerk.hears_one()


@pytest.mark.usefixtures("folder")
def test_library_is_listed_with_standing_and_counts(hoa: Person) -> None:
    """`/kho` names every document, with its standing and its passages."""
    hoa.says("/kho")
    listed = becomes(hoa, hoa.hears_one(), "Kho có").text
    for said in ("Kho có 13 văn bản", "• Kế hoạch 276-KH/TU", "Nghị định 20/2021/NĐ-CP", "hết hiệu lực · 92 đoạn"):
        assert said in listed
    assert texts.NO_OWN_DOCUMENTS in listed


@pytest.mark.usefixtures("folder")
def test_update_of_an_unchanged_library_says_that_nothing_is_new(hoa: Person) -> None:
    """`/capnhat` builds nothing where nothing has changed."""
    hoa.says("/capnhat")
    assert becomes(hoa, hoa.hears_one(), DONE).text.startswith("Kho không có gì mới.")


def test_another_update_that_is_waited_for_is_told(hoa: Person, folder: Path) -> None:
    """While somebody at the server builds, the message says so instead of standing still, and then goes on."""
    with only_one(folder):
        hoa.says("/capnhat")
        waiting = becomes(hoa, hoa.hears_one(), WAITS_FOR_ANOTHER)
    assert becomes(hoa, waiting, DONE).text.startswith("Kho không có gì mới.")


def test_document_is_published_and_answers_within_seconds(api: BotApi, hoa: Person, minh: Person, folder: Path) -> None:
    """From the file to a cited answer; meanwhile nobody else can publish; a newer text shows what changes."""
    preview, other = _sent(hoa, PLAN), _sent(minh, PLAN.replace("12/KH", "13/KH"))
    hoa.says("số: 14/KH-UBND", reply_to_message=preview.message)
    corrected = becomes(hoa, hoa.hears_one(), texts.NOT_YET_PUBLISHED)
    publishing = _chosen(hoa, corrected, texts.PUBLISH)
    child_of_the_bot("add")
    answer = minh.presses(other, texts.PUBLISH).answer
    assert answer is not None
    assert answer["text"] == texts.ANOTHER_PUBLISHES
    report = becomes(hoa, publishing, DONE).text
    assert report.startswith("✅ Đã công bố Kế hoạch 14/KH-UBND.")
    assert "Kho nay có 14 văn bản" in report
    lan = api.person()
    lan.world.wait(lambda: "14/KH-UBND" in lan.asks("Xe thư viện đến từng thôn vào lúc nào?").text, 5, "the new text")
    minh.presses(other, texts.DROP)
    assert "Đã bỏ" in minh.hears_one().text
    assert not snapshot(folder / "incoming")
    changed = _sent(hoa, _changed_in_four_places().replace("12/KH", "14/KH"))
    assert "Sẽ thay cho bản đang có: Kế hoạch 14/KH-UBND\n1 mục bỏ, 3 mục sửa" in changed.text
    assert "✏️ Mục II.1: sửa\nTrước: Xe thư viện đến từng thôn vào sáng thứ bảy hằng tuần." in changed.text
    assert changed.text.index("➖ Mục II.2: bỏ đi") < changed.text.index("✏️ Mục I.1")
    assert "15 tháng 12" not in changed.text
    all_changes = _chosen(hoa, changed, "cả 4 mục")
    assert "✏️ Mục III: sửa" in all_changes.text
    assert "báo cáo kết quả trước ngày 15 tháng 12 năm 2026" in all_changes.text
    hoa.says("/kho")
    assert "14/KH-UBND" in becomes(hoa, hoa.hears_one(), "Kho có").text


@pytest.mark.usefixtures("folder")
def test_what_the_questions_refuse_is_published_by_a_second_tap_alone(hoa: Person) -> None:
    """A removal that leaves questions without an answer names them; forced, it is done, and can be undone."""
    hoa.says("/xoavb 785")
    choice = becomes(hoa, hoa.hears_one(), "gỡ văn bản nào")
    assert len(choice.buttons) == 1
    question = _chosen(hoa, choice, REMOVED)
    assert question.buttons == [texts.REMOVE, texts.DROP]
    refused = becomes(hoa, _chosen(hoa, question, texts.REMOVE), DONE)
    assert refused.text.startswith("⛔ Tôi dừng lại, kho chưa thay đổi gì")
    assert f"Cần: {REMOVED}" in refused.text
    assert refused.buttons == [texts.REMOVE_ANYWAY, texts.DROP]
    assert _documents(hoa) == 13
    report = becomes(hoa, _chosen(hoa, refused, texts.REMOVE_ANYWAY), DONE)
    assert report.text.startswith(f"✅ Đã gỡ Công văn {REMOVED}.")
    assert _documents(hoa) == 12
    hoa.says("/phienban")
    _, listed = hoa.hears(2)
    becomes(hoa, listed, "Các phiên bản đang giữ")
    assert "12 văn bản, 1.129 đoạn · bạn" in listed.text
    question = _chosen(hoa, listed, "Quay về")
    assert becomes(hoa, _chosen(hoa, question, texts.GO_BACK), DONE).text.startswith("✅ Đã quay về phiên bản")
    assert _documents(hoa) == 13
    back = becomes(hoa, _chosen(hoa, report, texts.TAKE_BACK), DONE)
    assert back.text.startswith(f"✅ Đã đưa Công văn {REMOVED} trở lại. Vẫn dùng phiên bản")
    assert _documents(hoa) == 13


def test_own_document_that_was_removed_by_mistake_comes_back(hoa: Person, folder: Path) -> None:
    """The button under the report takes its file in again from where it is kept, with what was corrected."""
    preview = _sent(hoa, PLAN)
    hoa.says("hiệu lực: còn hiệu lực", reply_to_message=preview.message)
    corrected = becomes(hoa, hoa.hears_one(), texts.NOT_YET_PUBLISHED)
    becomes(hoa, _chosen(hoa, corrected, texts.PUBLISH), DONE)
    hoa.says("/xoavb 12/KH")
    question = _chosen(hoa, becomes(hoa, hoa.hears_one(), "gỡ văn bản nào"), "12/KH-UBND")
    report = becomes(hoa, _chosen(hoa, question, texts.REMOVE), DONE)
    assert not list((folder / "documents").iterdir())
    assert texts.HOW_TO_TAKE_BACK in report.text
    back = becomes(hoa, _chosen(hoa, report, texts.TAKE_BACK), DONE)
    assert back.text.startswith("✅ Đã đưa Kế hoạch 12/KH-UBND trở lại.")
    assert report.buttons == []
    assert {path.name for path in (folder / "documents").iterdir()} == {"ke-hoach.txt", "ke-hoach.toml"}


def _documents(clerk: Person) -> int:
    """Return how many documents `/kho` counts."""
    clerk.says("/kho")
    return int(becomes(clerk, clerk.hears_one(), "Kho có").text.split()[2])


def _changed_in_four_places() -> str:
    """Return the plan with three sections altered and one gone."""
    fewer = PLAN.replace("\n2. Trường tiểu học Bình Minh cho mượn bàn ghế.", "")
    for before, after in (("miễn phí", "không mất tiền"), ("thứ bảy", "chủ nhật"), ("15 tháng 12", "20 tháng 12")):
        fewer = fewer.replace(before, after)
    return fewer
