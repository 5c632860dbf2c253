"""What the bot remembers: real SQLite files, opened, closed, filled, damaged and outgrown."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import create_engine

from knowledge.clock import VIETNAM
from knowledge.errors import MemoryDriverMissingError, MemoryTooNewError, MemoryUnavailableError
from knowledge.memory import Memory
from knowledge.memory.tables import METADATA
from knowledge.settings import KnowledgeSettings
from knowledge.writing.model_use import ModelUse

FILE = "memory.sqlite3"


class Calendar:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 23, 30, tzinfo=VIETNAM)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.at += timedelta(days=days)


@pytest.fixture
def calendar() -> Calendar:
    """Begin on an evening in November."""
    return Calendar()


Opens = Callable[..., Memory]


@pytest.fixture
def opens(tmp_path: Path, calendar: Calendar) -> Iterator[Opens]:
    """Open the memory of one directory, as often as a test wishes."""
    opened = []

    def _open(**settings: object) -> Memory:
        memory = Memory.open(KnowledgeSettings(data_dir=tmp_path, **settings), calendar)  # type: ignore[arg-type]
        opened.append(memory)
        return memory

    yield _open
    for memory in opened:
        memory.close()


def _contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{FILE}*"))


def test_deeds_are_told_newest_first_after_a_restart(opens: Opens, calendar: Calendar) -> None:
    """Who did what, when, to what, and what edition came of it; the last ones first."""
    memory = opens()
    memory.deeds.record("5001", "add", "luat.docx", "20261122-233000")
    calendar.pass_days(1)
    memory.deeds.record("terminal", "rollback", edition="20261101-080000")
    memory.close()
    last, first = opens().deeds.latest()
    assert (last.who, last.what, last.about, last.edition) == ("terminal", "rollback", "", "20261101-080000")
    assert (first.who, first.what, first.about, first.edition) == ("5001", "add", "luat.docx", "20261122-233000")
    assert (first.at, last.at) == (calendar.at - timedelta(days=1), calendar.at)
    assert [deed.what for deed in memory.deeds.latest(1)] == ["rollback"]


@pytest.mark.parametrize(
    ("first", "second", "groups"),
    [
        pytest.param("Học phí trường tư là bao nhiêu?", "hoc phi truong tu la bao nhieu", 1, id="marks-and-case"),
        pytest.param("Học phí trường tư là bao nhiêu?", "cho em hỏi học phí trường tư là bao nhiêu ạ", 1, id="polite"),
        pytest.param("Học phí trường tư là bao nhiêu?", "hoc phi trưong tu la bao nhiu", 1, id="typos"),
        pytest.param("Kế hoạch 162 do ai ký?", "Ai ký Kế hoạch 162?", 1, id="order"),
        pytest.param("Kế hoạch 162 do ai ký?", "Kế hoạch 276 do ai ký?", 2, id="another-number"),
        pytest.param("Học phí trường tư là bao nhiêu?", "Trẻ mấy tuổi thì vào lớp 1?", 2, id="another-matter"),
    ],
)
def test_unanswered_questions_are_grouped_by_likeness(opens: Opens, first: str, second: str, groups: int) -> None:
    """Marks, order, typing slips and polite words make no difference; numbers do."""
    unanswered = opens().unanswered
    unanswered.record(first)
    unanswered.record(second)
    found = unanswered.groups()
    assert len(found) == groups
    assert sum(group.times for group in found) == 2


def test_groups_stand_most_frequent_first_with_count_and_last_day(opens: Opens, calendar: Calendar) -> None:
    """What is asked most stands above; each group tells how often and when last, and shows its commonest wording."""
    unanswered = opens().unanswered
    for question in ("Ai phát sữa học đường?", "học phí trường tư", "Hoc phi truong tu?", "học phí trường tư ạ"):
        unanswered.record(question)
        calendar.pass_days(1)
    unanswered.record("Ai phát sữa học đường?")
    first, second = unanswered.groups()
    assert (first.question, first.times, first.last) == ("Hoc phi truong tu?", 3, date(2026, 11, 25))
    assert (second.question, second.times, second.last) == ("Ai phát sữa học đường?", 2, date(2026, 11, 26))
    assert unanswered.groups(most=1) == [first]


def test_unanswered_questions_are_forgotten_after_thirty_days(opens: Opens, calendar: Calendar, tmp_path: Path) -> None:
    """Whenever the memory is opened; nothing of them stays in the file."""
    memory = opens()
    memory.unanswered.record("Học phí trường tư là bao nhiêu?")
    memory.close()
    calendar.pass_days(30)
    again = opens()
    assert [group.times for group in again.unanswered.groups()] == [1]
    again.close()
    calendar.pass_days(1)
    last = opens()
    assert last.unanswered.groups() == []
    last.close()
    assert "trường tư".encode() not in _contents(tmp_path)


def test_a_memory_that_stays_open_forgets_too(opens: Opens, calendar: Calendar, tmp_path: Path) -> None:
    """What is older than a month is shown no more, and is gone with the first answer of the next day."""
    memory = opens()
    memory.unanswered.record("Học phí trường tư là bao nhiêu?")
    calendar.pass_days(31)
    assert memory.unanswered.groups() == []
    memory.usage.record("fact", "answered", "quotes", 1.0, "e1")
    memory.close()
    assert "trường tư".encode() not in _contents(tmp_path)


def test_added_questions_stay_until_removed(opens: Opens) -> None:
    """They are named as question sets name them: the document's number or issuer, and the printed path."""
    memory = opens()
    memory.added_questions.add("Trường phải làm gì?", "276-KH/TU", "II.4", "5001")
    memory.added_questions.add("Ai báo cáo?", "Sở GD&ĐT Hải Phòng", "3.2", "5001")
    memory.close()
    added = opens().added_questions
    first, second = added.all()
    assert (first.question, first.document, first.section, first.who) == (
        "Trường phải làm gì?",
        "276-KH/TU",
        "II.4",
        "5001",
    )
    assert (added.remove(first.id), added.remove(first.id)) == (True, False)
    assert added.all() == [second]


def test_use_is_counted_by_day(opens: Opens, calendar: Calendar) -> None:
    """Every day of the time asked for is there, also one without questions; a day begins at midnight in Vietnam."""
    use = ModelUse("m", "p", calls=2, tokens_in=900, tokens_out=100, kept=3, dropped={"number": 1})
    usage = opens().usage
    usage.record("fact", "answered", "quotes", 12.5, "e1")
    usage.record("duty", "answered", "model", 2000.0, "e1", use)
    calendar.pass_days(2)
    usage.record("fact", "not_found", "quotes", 8.0, "e2", ModelUse("m", "p", calls=1, failure="timeout"))
    two_ago, yesterday, today = usage.days(3)
    assert (two_ago.day, two_ago.questions) == (date(2026, 11, 22), 2)
    assert two_ago.statuses == {"answered": 2}
    assert two_ago.kinds == {"fact": 1, "duty": 1}
    assert two_ago.engines == {"quotes": 1, "model": 1}
    assert two_ago.took_ms == [12.5, 2000.0]
    assert (two_ago.model_calls, two_ago.tokens, two_ago.kept, two_ago.dropped) == (2, 1000, 3, Counter(number=1))
    assert yesterday.questions == 0
    assert today.statuses == {"not_found": 1}
    assert (today.model_calls, today.failures) == (1, {"timeout": 1})
    assert usage.days(2) == [yesterday, today]


def test_of_a_disclosure_nothing_is_kept_but_the_count(opens: Opens, tmp_path: Path) -> None:
    """Neither kind nor time nor edition is written down beside it."""
    memory = opens()
    memory.usage.record("told-of-danger", "safety", "quotes", 3.25, "edition-of-that-day")
    memory.close()
    assert opens().usage.days(1)[0].statuses == {"safety": 1}
    with sqlite3.connect(tmp_path / FILE) as connection:
        row = connection.execute("SELECT kind, engine, took_ms, edition, calls FROM usage").fetchone()
    assert row == ("", "", 0.0, "", 0)
    assert b"told-of-danger" not in _contents(tmp_path)


@pytest.mark.parametrize(
    ("caps", "calls_for", "allowed"),
    [
        pytest.param({"model_calls_per_person_a_day": 3}, ["lan"] * 5, 3, id="one-person"),
        pytest.param({"model_calls_per_person_a_day": 3}, ["lan", "minh"] * 5, 6, id="two-persons"),
        pytest.param({"model_calls_per_person_a_day": 3}, [""] * 5, 5, id="nobody-in-particular"),
        pytest.param({"model_calls_a_day": 4}, ["lan", "minh", ""] * 3, 4, id="all-together"),
        pytest.param({"model_tokens_a_day": 250}, ["lan"] * 5, 3, id="tokens"),
        pytest.param({"model_calls_a_day": 0}, ["lan"], 0, id="no-calls"),
        pytest.param({"model_calls_per_person_a_day": 0}, ["lan"], 0, id="no-calls-of-persons"),
        pytest.param({"model_tokens_a_day": 0}, ["lan"], 0, id="no-tokens"),
    ],
)
def test_limits_of_a_day_hold_until_midnight(
    opens: Opens, calendar: Calendar, caps: dict[str, int], calls_for: list[str], allowed: int
) -> None:
    """After a restart too; each call costs a hundred tokens here. The next day begins with nothing spent."""

    def _calls() -> int:
        sent = 0
        for person in calls_for:
            spending = opens(**caps).spending
            if spending.book(person, 1, 0):
                assert spending.book(person, 0, 100)
                sent += 1
        return sent

    assert _calls() == allowed
    assert _calls() == 0 or "" in calls_for
    calendar.pass_days(1)
    assert _calls() == allowed


def test_many_who_ask_at_once_do_not_pass_the_limit_together(opens: Opens) -> None:
    """Looking and booking are one step."""
    memory = opens(model_calls_per_person_a_day=20)
    with ThreadPoolExecutor(8) as pool:
        booked = list(pool.map(lambda _: memory.spending.book("lan", 1, 0), range(60)))
    assert sum(booked) == 20


def test_persons_are_not_written_down(opens: Opens, tmp_path: Path) -> None:
    """Their ids stand in the file under a hash whose salt differs from one database to the next."""
    opens().spending.book("5000123", 1, 0)
    with sqlite3.connect(tmp_path / FILE) as connection:
        ((hashed,),) = connection.execute("SELECT person FROM spending").fetchall()
    assert b"5000123" not in _contents(tmp_path)
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    opens().spending.book("5000123", 1, 0)
    with sqlite3.connect(tmp_path / FILE) as connection:
        ((anew,),) = connection.execute("SELECT person FROM spending").fetchall()
    assert len(hashed) == len(anew) == 64
    assert hashed != anew


def test_migrations_make_the_tables_that_the_code_knows(opens: Opens, tmp_path: Path) -> None:
    """A change of a table without a migration, or the other way round, is found here."""
    opens().close()
    engine = create_engine(f"sqlite:///{tmp_path / FILE}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_files_are_written_ahead_so_that_readers_and_writers_do_not_wait(opens: Opens, tmp_path: Path) -> None:
    """Somebody who is writing keeps nobody from reading."""
    memory = opens()
    memory.deeds.record("5001", "add")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.execute("BEGIN IMMEDIATE")
    assert [deed.what for deed in memory.deeds.latest()] == ["add"]
    other.close()


def _garbage(file: Path) -> None:
    file.write_bytes(b"\x00\xffno database" * 500)


def _beginning_lost(file: Path) -> None:
    file.write_bytes(bytes(100) + file.read_bytes()[100:])


def _end_lost(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _pages_overwritten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xab" * (len(content) - 4096)
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [_garbage, _beginning_lost, _end_lost, _pages_overwritten])
def test_damaged_file_is_moved_aside_and_a_new_one_begun(
    opens: Opens, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    """The damaged file stays beside as it was, the log says where, and what is recorded from now on is kept."""
    memory = opens()
    for number in range(50):
        memory.deeds.record("5001", "add", f"document {number} " * 20)
    memory.close()
    damage(tmp_path / FILE)
    damaged = (tmp_path / FILE).read_bytes()
    anew = opens()
    assert anew.moved_aside is not None
    assert anew.moved_aside.read_bytes() == damaged
    assert str(anew.moved_aside) in caplog.text
    assert anew.deeds.latest() == []
    anew.deeds.record("5001", "build")
    anew.close()
    again = opens()
    assert again.moved_aside is None
    assert [deed.what for deed in again.deeds.latest()] == ["build"]


def test_file_of_a_newer_program_is_left_alone(opens: Opens, tmp_path: Path) -> None:
    """The operator reads that the bot is too old; nothing is moved or changed."""
    opens().close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MemoryTooNewError) as caught:
        opens()
    assert "phiên bản mới hơn" in caught.value.operator_message
    assert not list(tmp_path.glob("*damaged*"))


@pytest.mark.parametrize(
    ("file_in_the_way", "address"),
    [
        pytest.param("data", "", id="no-directory"),
        pytest.param("", "sqlite:////proc/memory.sqlite3", id="no-right-to-write"),
        pytest.param("", "sqlite:////", id="directory"),
        pytest.param("", "sqlite:////nowhere/at/all.sqlite3", id="nowhere"),
    ],
)
def test_place_that_cannot_be_written_is_told(tmp_path: Path, file_in_the_way: str, address: str) -> None:
    """The operator reads what to look at."""
    if file_in_the_way:
        (tmp_path / file_in_the_way).write_text("a file")
    settings = KnowledgeSettings(data_dir=tmp_path / "data", database_url=SecretStr(address) if address else None)
    with pytest.raises(MemoryUnavailableError) as caught:
        Memory.open(settings)
    assert "DATA_DIR" in caught.value.operator_message


def test_missing_driver_of_postgresql_is_told(tmp_path: Path) -> None:
    """The operator reads what to install; the password is in neither sentence."""
    address = SecretStr("postgresql+psycopg://bot:mat-khau@127.0.0.1/bot")
    with pytest.raises(MemoryDriverMissingError) as caught:
        Memory.open(KnowledgeSettings(data_dir=tmp_path, database_url=address))
    assert "psycopg" in caught.value.operator_message
    assert "mat-khau" not in f"{caught.value}{caught.value.operator_message}"


def test_answers_go_on_where_nothing_can_be_written(
    opens: Opens, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Counting and noting raise nothing and quote nobody in the log; models may not be asked; the rest is told."""
    memory = opens()
    memory.close()
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    (tmp_path / FILE).mkdir()
    memory.usage.record("fact", "answered", "quotes", 1.0, "e1")
    memory.unanswered.record("Học phí trường tư là bao nhiêu?")
    assert memory.spending.book("lan", 1, 0) is False
    with pytest.raises(MemoryUnavailableError):
        memory.deeds.record("5001", "add")
    assert len(caplog.records) == 3
    assert "trường tư" not in caplog.text
