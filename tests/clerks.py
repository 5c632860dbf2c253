"""What the tests of administration share: a document to send, and patience with messages that edit themselves."""

import contextlib
import os
import re
import time
from pathlib import Path

import psutil
from bot_api import Person
from bot_api.people import Reply

LONG_S = 240.0
"""How long a test waits for an edition to be built on a busy machine."""

PLAN = """ỦY BAN NHÂN DÂN
XÃ BÌNH MINH
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Mở thư viện lưu động cho trẻ em trên địa bàn xã

Thực hiện chương trình công tác năm 2026, Ủy ban nhân dân xã ban hành kế hoạch như sau:

I. MỤC ĐÍCH
1. Trẻ em trong xã được đọc sách miễn phí vào ngày nghỉ.
2. Mỗi thôn có một điểm đọc sách do đoàn thanh niên trông coi.

II. NHIỆM VỤ
1. Xe thư viện đến từng thôn vào sáng thứ bảy hằng tuần.
2. Trường tiểu học Bình Minh cho mượn bàn ghế.

III. TỔ CHỨC THỰC HIỆN
Văn phòng xã theo dõi, báo cáo kết quả trước ngày 15 tháng 12 năm 2026.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Tám
"""


def becomes(reader: Person, reply: Reply, pattern: str, seconds: float = LONG_S) -> Reply:
    """Wait until a message that edits itself says something."""
    reader.world.wait(
        lambda: bool(re.search(pattern, reply.text)), seconds, f"{pattern!r} in a message that says {reply.text!r}"
    )
    return reply


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def child_of_the_bot(command: str) -> psutil.Process:
    """Wait for the bot's child process that does a command of `ingest`."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for child in psutil.Process(os.getpid()).children():
            with contextlib.suppress(psutil.Error):  # it has just ended
                if {"ingest", command} <= set(child.cmdline()):
                    return child
        time.sleep(0.01)
    raise AssertionError(f"no process for {command}")
