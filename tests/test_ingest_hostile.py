"""No file takes the reader's caller down: each ends in a document or a reason, within its time and memory."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import hostile_files as hostile
import psutil
import pytest

from ingest.errors import (
    BrokenFileError,
    EmptyFileError,
    HarmfulFileError,
    LockedFileError,
    MacrosError,
    NoOcrError,
    NoSuchFileError,
    OldWordError,
    TooLargeError,
    TooManyPagesError,
    TooMuchMemoryError,
    TooSlowError,
    UnknownFileTypeError,
    UnreadableFileError,
    WrongTypeError,
)
from ingest.limits import LIMITS, MEGABYTE
from ingest.read import Reading
from ingest.reading import Outcome, read_one_safely, read_safely

MUTATIONS = int(os.environ.get("MUTATIONS", "60"))
PLAN = "Số: 5/KH-UBND\n\nKẾ HOẠCH\n\nBảo vệ trẻ em\n\n1. Tổ chức thực hiện.\n"
CORE, RELATIONS, TEXT = "docProps/core.xml", "_rels/.rels", "word/document.xml"
REFUSED: dict[str, tuple[str, Callable[[], bytes], type[UnreadableFileError], str]] = {
    "old-word": ("a.doc", lambda: hostile.OLD_WORD, OldWordError, "Save As"),
    "old-word-renamed": ("a.docx", lambda: hostile.OLD_WORD, OldWordError, "Save As"),
    "word-password": ("a.docx", lambda: hostile.LOCKED_WORD, LockedFileError, "mật khẩu"),
    "pdf-password": ("a.pdf", hostile.pdf_with_password, LockedFileError, "mật khẩu"),
    "macros-by-name": ("a.docm", lambda: hostile.word({}), MacrosError, "macro"),
    "macros-inside": ("a.docx", lambda: hostile.word({"word/vbaProject.bin": b"x"}), MacrosError, "macro"),
    **{
        f"{name}-{part}": (
            "a.docx",
            partial(hostile.word, {part: hostile.with_declaration(declaration, encoding)}),
            HarmfulFileError,
            "đừng mở",
        )
        for name, declaration, encoding in (
            ("doctype", "<!DOCTYPE a>", "utf-8"),
            ("doctype-in-utf-16", "<!DOCTYPE a>", "utf-16"),
            ("entity", hostile.ENTITY, "utf-8"),
            ("laughs", hostile.LAUGHS, "utf-8"),
        )
        for part in (CORE, RELATIONS, TEXT)
    },
    **{
        f"climbs-{name}": ("a.docx", partial(hostile.word, {name: b"x"}), HarmfulFileError, "ra ngoài")
        for name in ("../../a.txt", "/etc/a.txt", "C:\\a.txt", "word/../../a.txt")
    },
    "many-parts": ("a.docx", hostile.word_of_many_parts, BrokenFileError, "lớn khác thường"),
    "lies-about-size": ("a.docx", hostile.word_that_lies, BrokenFileError, "đã hỏng"),
    "unpacks-to-much": (
        *("a.docx", lambda: hostile.word({"word/media/a.bin": bytes(101 * MEGABYTE)})),
        *(BrokenFileError, "lớn khác thường"),
    ),
    "shrinks-too-well": (
        *("a.docx", lambda: hostile.word({TEXT: b"<w:p/>" * 2_500_000})),
        *(BrokenFileError, "lớn khác thường"),
    ),
    "endlessly-deep": ("a.docx", lambda: hostile.word({TEXT: b"<a>" * 300_000}), BrokenFileError, "đã hỏng"),
    "half-a-word-file": ("a.docx", lambda: hostile.word({})[:5000], BrokenFileError, "đã hỏng"),
    "half-a-pdf": ("a.pdf", lambda: hostile.GAZETTE.read_bytes()[:9000], BrokenFileError, "đã hỏng"),
    "half-a-photo": ("a.jpg", hostile.half_a_photo, BrokenFileError, "đã hỏng"),
    "pdf-in-circles": ("a.pdf", hostile.pdf_in_circles, EmptyFileError, "không có chữ"),
    "many-pages": ("a.pdf", lambda: hostile.pdf_of_pages(501), TooManyPagesError, "501 trang"),
    "huge-picture": ("a.png", lambda: hostile.picture(40_000, 40_000), BrokenFileError, "điểm ảnh"),
    "word-as-pdf": ("a.pdf", lambda: hostile.word({}), WrongTypeError, "Word"),
    "pdf-as-word": ("a.docx", hostile.GAZETTE.read_bytes, WrongTypeError, "PDF"),
    "pdf-as-text": ("a.txt", hostile.GAZETTE.read_bytes, WrongTypeError, "PDF"),
    "rtf-as-word": ("a.docx", lambda: b"{\\rtf1 a}", WrongTypeError, "RTF"),
    "nothing-as-word": ("a.docx", lambda: b"a" * 100, WrongTypeError, "loại tệp khác"),
    "heic-as-jpg": ("a.jpg", lambda: b"\0\0\0\x18ftypheic" + bytes(99), WrongTypeError, ".jpg"),
    "program-as-text": ("a.txt", lambda: b"MZ" + bytes(200), WrongTypeError, "chương trình"),
    "excel": ("a.xlsx", lambda: b"x", UnknownFileTypeError, "in ra .pdf"),
    "rtf": ("a.rtf", lambda: b"x", UnknownFileTypeError, ".docx"),
    "heic": ("a.heic", lambda: b"x", UnknownFileTypeError, ".jpg"),
    "zip": ("a.zip", lambda: b"x", UnknownFileTypeError, "giải nén"),
    "empty": ("a.pdf", bytes, EmptyFileError, "không có chữ"),
    "large": ("a.txt", lambda: bytes(LIMITS.size + 1), TooLargeError, "20 MB"),
}
"""What each file is called, how it is made, the error that it ends in, and words of what to do."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Outcome]]:
    """Return what became of every file of the table, all read in one go."""
    paths: dict[Path, str] = {}
    for case, (name, make, _, _) in REFUSED.items():
        path = tmp_path_factory.mktemp("hostile") / name
        path.write_bytes(make())
        paths[path] = case
    return {paths[path]: (path, outcome) for path, outcome in read_safely(paths)}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_what_to_do(case: str, verdicts: dict[str, tuple[Path, Outcome]]) -> None:
    """Locked, climbing, exploding, disguised and damaged files end in an error of their own and a way out."""
    path, outcome = verdicts[case]
    _, _, error, advice = REFUSED[case]
    assert type(outcome) is error
    assert advice in str(outcome)
    assert str(path) in str(outcome)


@contextmanager
def watched() -> Iterator[list[int]]:
    """Look at the memory of all processes that this one starts, in bytes, every few milliseconds."""
    seen, stop = [0], threading.Event()

    def look() -> None:
        while not stop.wait(0.02):
            seen.append(sum(map(_resident, psutil.Process().children(recursive=True))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(hostile.pdf_bomb, TooMuchMemoryError, id="pdf-bomb"),
        pytest.param(partial(hostile.pdf_bomb, 3), TooMuchMemoryError, id="pdf-bomb-in-bombs"),
        pytest.param(hostile.pdf_of_huge_picture, (EmptyFileError, NoOcrError), id="pdf-as-large-as-a-field"),
    ],
)
def test_memory_is_bounded(
    tmp_path: Path, make: Callable[[], bytes], error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    """What would take more is refused before 512 MB are taken."""
    path = tmp_path / "a.pdf"
    path.write_bytes(make())
    with watched() as memory, pytest.raises(error):
        read_one_safely(path)
    assert MEGABYTE < max(memory) < 512 * MEGABYTE


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """At the end of its time the reader is gone, and the next file is read by another."""
    slow = tmp_path / "slow.txt"
    slow.write_text("Điều 1. A\n" + "“a\n" * 900_000, encoding="utf-8")
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    started = time.monotonic()
    outcomes = dict(read_safely([slow, good], limits=replace(LIMITS, seconds=2.0)))
    assert time.monotonic() - started < 6
    assert isinstance(outcomes[slow], TooSlowError)
    assert isinstance(outcomes[good], tuple)
    assert not psutil.Process().children(recursive=True)


def test_one_bad_file_takes_no_other_down(tmp_path: Path) -> None:
    """Before and after a file that bursts the reader, good ones are read, each with its sidecar and its own name."""
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(hostile.pdf_bomb())
    good = tmp_path / "kế hoạch (1).txt"
    good.write_text(PLAN, encoding="utf-8")
    good.with_suffix(".toml").write_text('place = "Huế"', encoding="utf-8")
    outcomes = list(read_safely([good, bad, good]))
    assert [type(outcome).__name__ for _, outcome in outcomes] == ["tuple", "TooMuchMemoryError", "tuple"]
    document = _readings(outcomes[-1][1])[0].document
    assert (document.place, document.source) == ("Huế", "kế hoạch (1).txt")


def test_the_reader_has_neither_keys_nor_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that a file took over would find no token in its environment and no way out of the machine."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    good = tmp_path / "a.txt"
    good.write_text(PLAN, encoding="utf-8")
    outcomes = read_safely([good, good])
    next(outcomes)
    (reader,) = psutil.Process().children()
    here, there = Path("/proc/self"), Path("/proc") / str(reader.pid)
    environment = (there / "environ").read_bytes()
    offline = (here / "ns/net").readlink() != (there / "ns/net").readlink()
    outcomes.close()
    assert b"secret" not in environment
    assert offline


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is no unreadable file."""
    with pytest.raises(NoSuchFileError, match=r"a\.txt"):
        read_one_safely(tmp_path / "a.txt")


def _readings(outcome: Outcome) -> tuple[Reading, ...]:
    assert isinstance(outcome, tuple), outcome
    return outcome


def _letters(readings: tuple[Reading, ...]) -> int:
    sections = [section for reading in readings for section in reading.document.sections]
    return sum(len(s.heading) + sum(len(passage.text) for passage in s.passages) for s in sections)


def test_mutated_files_never_lose_text_in_silence(tmp_path: Path) -> None:
    """Damaged samples are refused, or read with a tenth of the text missing at most, or with a warning of their own.

    60 in the suite; MUTATIONS=1000 makes more.
    """
    whole = {path: _readings(outcome) for path, outcome in read_safely({s for s, _ in hostile.mutated(10)})}
    originals: dict[Path, Path] = {}
    for number, (sample, content) in enumerate(hostile.mutated(MUTATIONS)):
        path = tmp_path / f"{number}{sample.suffix}"
        path.write_bytes(content)
        originals[path] = sample
    cut: list[str] = []
    slowest, started = 0.0, time.monotonic()
    with watched() as memory:
        for path, outcome in read_safely(originals):
            slowest, started = max(slowest, time.monotonic() - started), time.monotonic()
            if isinstance(outcome, tuple) and _is_cut(outcome, whole[originals[path]]):
                cut.append(f"{path.name} of {originals[path].name}")
    assert cut == []
    assert slowest < 60
    assert max(memory) < 512 * MEGABYTE


def _told(readings: tuple[Reading, ...]) -> set[str]:
    """Return all warnings but those on running heads, which change with the pages that are left."""
    return {warning for reading in readings for warning in reading.warnings if "dòng đầu trang" not in warning}


def _is_cut(found: tuple[Reading, ...], whole: tuple[Reading, ...]) -> bool:
    told, before = _told(found), _told(whole)
    return _letters(found) < 0.9 * _letters(whole) and told <= before
