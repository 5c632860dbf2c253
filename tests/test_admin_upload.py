"""An administrator sends a file: it is read, shown, corrected, dropped; whatever it is, the bot lives on."""

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from bot_api import BotApi, Person
from bot_api.people import Reply
from bot_api.rules import Refused
from bot_api.running import RunningBot
from clerks import PLAN, becomes, child_of_the_bot, snapshot
from PIL import Image

from bot.administration import child_process, previews, texts
from bot.administration.offers import Offers

pytest_plugins = ("bot_api.fixtures",)

PUBLISH, DROP = texts.PUBLISH, texts.DROP


@pytest.fixture
def folder(api: BotApi, hoa: Person, tmp_path: Path) -> Iterator[Path]:
    """Run the bot with an empty folder, which is returned."""
    own = tmp_path / "data"
    with RunningBot(api, administrators=(hoa.chat.id,), data_dir=own):
        yield own


def _previewed(clerk: Person) -> Reply:
    """Wait for the preview of what was sent."""
    return becomes(clerk, clerk.hears_one(), texts.NOT_YET_PUBLISHED)


@pytest.mark.usefixtures("folder")
def test_preview_says_what_was_read(hoa: Person) -> None:
    """One message, edited while the work goes on, ends as the preview with the buttons to decide."""
    hoa.uploads("kế hoạch thư viện.txt", PLAN.encode())
    received = hoa.hears_one()
    assert received.text.startswith("Đã nhận tệp “kế hoạch thư viện.txt”.")
    preview = becomes(hoa, received, texts.NOT_YET_PUBLISHED)
    for said in ("Kế hoạch 12/KH-UBND", "Mở thư viện lưu động", "Ngày: 05/03/2026", "II. NHIỆM VỤ", texts.NEW_DOCUMENT):
        assert said in preview.text
    assert preview.buttons == [PUBLISH, DROP]
    assert hoa.unread() == []


def test_correction_by_a_reply_is_read_anew(hoa: Person, folder: Path) -> None:
    """Without marks, several lines; the old preview's buttons lead nowhere, and dropping removes the file."""
    hoa.uploads("ke-hoach.txt", PLAN.encode())
    old = _previewed(hoa)
    data = old.data_of(PUBLISH)
    hoa.says("so: 15/KH-UBND\nngay 7/4/2026\ncơ quan: Ủy ban nhân dân xã Bình Minh", reply_to_message=old.message)
    reader = child_of_the_bot("preview")
    reader.suspend()
    assert _alert(hoa, old, data) == texts.BUSY_WITH_IT
    assert hoa.hears_one().text.startswith(texts.CORRECTS)
    hoa.says("số: 16/KH-UBND", reply_to_message=old.message)
    assert hoa.hears_one().text == texts.BUSY_WITH_IT
    reader.resume()
    hoa.world.wait(lambda: old.buttons == [], 30, "the old buttons to go")
    new = Reply(hoa.chat.from_bot[-2])
    becomes(hoa, new, texts.NOT_YET_PUBLISHED)
    for said in ("15/KH-UBND", "07/04/2026", "Cơ quan: Ủy ban nhân dân xã Bình Minh"):
        assert said in new.text
    assert old.buttons == []
    assert _alert(hoa, old, data) == texts.BUTTON_CLOSED
    hoa.says("tên: Mở thư viện trên xe\nhiệu lực: hết hiệu lực từ 05/10/2026 theo 335/2026/NĐ-CP")
    last = _previewed(hoa)
    assert "15/KH-UBND" in last.text
    assert "hết hiệu lực từ ngày 05/10/2026 theo Nghị định 335/2026/NĐ-CP (theo người quản trị, ngày" in last.text
    assert texts.REPEALED.format(name="Kế hoạch 15/KH-UBND") in last.text
    assert "Tên: Mở thư viện trên xe" in last.text
    data = last.data_of(PUBLISH)
    hoa.presses(last, DROP)
    assert hoa.hears_one().text == texts.DROPPED.format(name="ke-hoach.txt")
    assert last.buttons == []
    assert not snapshot(folder / "incoming")
    assert _alert(hoa, last, data) == texts.BUTTON_CLOSED


@pytest.mark.usefixtures("folder")
def test_unclear_correction_is_asked_back(hoa: Person) -> None:
    """The sentence shows the line and an example, and the preview still stands."""
    hoa.uploads("ke-hoach.txt", PLAN.encode())
    preview = _previewed(hoa)
    unclear = {
        "hay quá, công bố đi": "hay quá, công bố đi",
        "ngày: 31/2/2026": "“31/2/2026”",
        "ngày: hôm qua": "“hôm qua”",
        "loại: Kế hoạch\nsố:": "“số:”",
        "hiệu lực: chắc là còn": "“chắc là còn”",
    }
    for correction, named in unclear.items():
        hoa.says(correction, reply_to_message=preview.message)
        asked = hoa.hears_one().text
        assert named in asked
        assert "ngày: 5/3/2026" in asked or "hết hiệu lực từ 05/10/2026" in asked
    hoa.presses(preview, DROP)
    assert "Đã bỏ" in hoa.hears_one().text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("../../../etc/ke hoach.TXT", "ke hoach.txt", id="climbs-out"),
        pytest.param("C:\\Windows\\kế hoạch.txt", "kế hoạch.txt", id="windows-path"),
        pytest.param("ke\0hoach\n\u202etxt.exe\u200b.txt", "kehoachtxt.exe.txt", id="unseen-characters"),
        pytest.param(".txt", "van-ban.txt", id="suffix-alone"),
        pytest.param("-rf *?<>.txt", "rf.txt", id="option-and-wildcards"),
        pytest.param("kế hoạch " * 80 + ".txt", "", id="very-long"),
    ],
)
def test_names_are_files_of_one_folder(hoa: Person, folder: Path, name: str, kept: str) -> None:
    """Whatever a file is called, it lies in a folder of its own, its suffix kept, and nowhere else."""
    hoa.uploads(name, PLAN.encode())
    reader = child_of_the_bot("preview")
    (file,) = snapshot(folder.parent)
    reader.kill()
    path = folder.parent / file
    assert path.parent.parent == folder / "incoming"
    assert path.name == (kept or path.name)
    assert path.suffix == ".txt"
    assert len(path.name.encode()) <= 130


def test_file_that_no_bot_can_download_is_told_before_it_is_tried(api: BotApi, hoa: Person, folder: Path) -> None:
    """More than 20 MB are refused by the size that Telegram gives, or by its refusal."""
    sentence = texts.TOO_LARGE.format(name="sach.pdf")
    too_large = {"file_id": "f", "file_unique_id": "f", "file_name": "sach.pdf", "file_size": 20_000_001}
    hoa.sends(document=too_large)
    assert hoa.hears_one().text == sentence
    assert api.calls("getFile") == []
    api.world.files["g"] = bytes(20_000_001)
    hoa.sends(document={**too_large, "file_id": "g", "file_size": None})
    assert becomes(hoa, hoa.hears_one(), "lớn hơn").text == sentence
    assert not snapshot(folder)


def test_telegram_that_gives_no_file_is_told(api: BotApi, hoa: Person, folder: Path) -> None:
    """A passing trouble is tried again; one that stays is told, and nothing is left behind."""
    api.fails("getFile", Refused(502, "Bad Gateway"), times=2)
    hoa.uploads("ke-hoach.txt", PLAN.encode())
    hoa.presses(_previewed(hoa), DROP)
    assert "Đã bỏ" in hoa.hears_one().text
    hoa.sends(document={"file_id": "none", "file_unique_id": "none", "file_name": "mat.txt", "file_size": 5})
    assert becomes(hoa, hoa.hears_one(), "Không tải được").text == texts.NOT_DOWNLOADED.format(name="mat.txt")
    assert not snapshot(folder)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.docx", id="old-word"),
        pytest.param("hong.pdf", b"%PDF-1.7 nonsense", "hong.pdf", id="broken"),
    ],
)
def test_file_that_cannot_be_read_is_told_by_its_name(
    hoa: Person, folder: Path, name: str, content: bytes, said: str
) -> None:
    """One sentence with the file's name, without a path, and nothing is left behind."""
    hoa.uploads(name, content)
    verdict = becomes(hoa, hoa.hears_one(), r"\A(?!Đã nhận)")
    assert re.search(said, verdict.text)
    assert str(folder) not in verdict.text
    assert verdict.buttons == []
    assert not snapshot(folder / "incoming")


def test_hostile_word_file_is_refused(hoa: Person, folder: Path) -> None:
    """An archive that unpacks to a gigabyte is a sentence, and the bot answers on."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    hoa.uploads("bom.docx", bomb.getvalue())
    assert "bom.docx" in becomes(hoa, hoa.hears_one(), r"\A(?!Đã nhận)").text
    assert hoa.asks("THƯ viện?").text.startswith("Về THƯ")
    assert not snapshot(folder / "incoming")


def test_reader_that_dies_is_told_and_nobody_waits_meanwhile(api: BotApi, hoa: Person, folder: Path) -> None:
    """While a file is read others are answered, and first; a process that is killed ends in a sentence."""
    hoa.uploads("ke-hoach.txt", PLAN.encode())
    received = hoa.hears_one()
    child = child_of_the_bot("preview")
    child.suspend()
    assert api.person().asks("THƯ viện?").text.startswith("Về THƯ")
    assert hoa.asks("THƯ viện?").text.startswith("Về THƯ")
    assert child.nice() == 10  # by now: it is told so just after it has begun
    assert os.getsid(child.pid) == os.getsid(0), "between sessions priorities may say nothing"
    child.kill()
    assert becomes(hoa, received, "lỗi").text == texts.WORK_BROKE
    assert not snapshot(folder / "incoming")


def test_reader_that_hangs_is_ended(hoa: Person, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that says nothing for too long is killed with all that it started, and the clerk is told."""
    monkeypatch.setattr(previews, "_SILENCE_S", 0.5)
    monkeypatch.setattr(child_process, "_GRACE_S", 0.2)
    hoa.uploads("ke-hoach.txt", PLAN.encode())
    child = child_of_the_bot("preview")
    child.suspend()
    assert becomes(hoa, hoa.hears_one(), "quá lâu").text == texts.WORK_HANGS
    assert not child.is_running()
    assert not snapshot(folder / "incoming")


def test_bot_that_stops_says_so_and_leaves_no_process(api: BotApi, hoa: Person, tmp_path: Path) -> None:
    """Told to stop while a file is read, it ends the reader, and the message does not stay as it was."""
    with RunningBot(api, administrators=(hoa.chat.id,), data_dir=tmp_path):
        hoa.uploads("ke-hoach.txt", PLAN.encode())
        child = child_of_the_bot("preview")
    assert hoa.hears_one().text == texts.WORK_STOPPED
    assert not child.is_running()


def test_draft_that_nobody_decides_on_expires(
    api: BotApi, hoa: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its time the file is gone and the buttons lead nowhere."""
    monkeypatch.setattr(Offers, "LASTS_S", 1.0)
    with RunningBot(api, administrators=(hoa.chat.id,), data_dir=tmp_path):
        hoa.uploads("ke-hoach.txt", PLAN.encode())
        preview = _previewed(hoa)
        hoa.world.wait(lambda: not snapshot(tmp_path), 5, "the file to go")
        assert _alert(hoa, preview, preview.data_of(PUBLISH)) == texts.BUTTON_CLOSED


def test_photos_of_one_album_are_the_pages_of_one_document(hoa: Person, folder: Path) -> None:
    """They are bound into one PDF in the order in which they were sent, and turned as the camera was held."""
    held_sideways = Image.Exif()
    held_sideways[0x0112] = 6
    hoa.photographs(_picture(40), media_group_id="1")
    hoa.uploads("trang 2.png", _picture(120, "PNG"), "image/png", media_group_id="1")
    hoa.photographs(_picture(200, exif=held_sideways), media_group_id="1")
    received = hoa.hears_one()
    assert received.text.startswith(texts.RECEIVED_PHOTO)
    reader = child_of_the_bot("preview")
    reader.suspend()
    (file,) = snapshot(folder)
    assert Path(file).suffix == ".pdf"
    with contextlib.closing(pypdfium2.PdfDocument(folder / file)) as bound:
        pages = [page.render().to_pil() for page in bound]
    assert [round(page.convert("L").resize((1, 1)).getpixel((0, 0)), -1) for page in pages] == [40, 120, 200]
    assert [page.width > page.height for page in pages] == [False, False, True]
    reader.kill()
    assert becomes(hoa, received, "lỗi").text == texts.WORK_BROKE
    assert hoa.unread() == []


def test_album_with_something_else_in_it_is_told(hoa: Person, folder: Path) -> None:
    """Pages that cannot be bound are told as such, and nothing is left behind."""
    hoa.photographs(_picture(40), media_group_id="1")
    hoa.photographs(b"no picture", media_group_id="1")
    assert becomes(hoa, hoa.hears_one(), "ghép").text == texts.PAGES_UNREADABLE
    assert not snapshot(folder)


def _picture(grey: int, kind: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    """Return an upright picture in one shade."""
    file = io.BytesIO()
    Image.new("RGB", (300, 400), (grey, grey, grey)).save(file, kind, exif=exif or Image.Exif())
    return file.getvalue()


def _alert(clerk: Person, reply: Reply, data: str) -> str:
    """Press a button, whether it is still shown or not, and return the warning."""
    answer = clerk.press(clerk.user, reply, data=data).answer
    assert answer is not None
    return str(answer.get("text", ""))
