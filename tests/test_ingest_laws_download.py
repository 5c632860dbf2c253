"""`python -m ingest laws` fetches what the register lists, against a server of our own that misbehaves."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from ingest.__main__ import main
from ingest.download import Failed, Fetched, Limits, Page, download
from ingest.laws import fetch
from ingest.report import ForPerson
from ingest.settings import Settings
from knowledge.editions import DOCUMENTS, current_edition, published_editions
from knowledge.manifest import DOCUMENTS_FILE
from knowledge.register import Entry
from knowledge.settings import read_settings

SAMPLES = Path(__file__).parent / "samples"
LIMITS = Limits(size=100_000, connect=1, silence=0.4, whole=2, attempts=3, wait=0.01)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REDIRECTS = {"moved": "/page", "circle": "/circle"}
_STATUS = {"shaky": 500, "broken": 503, "gone": 404, "refused": 403}
_BODIES = {
    "page": (SAMPLES / "page.html", "text/html"),
    "shaky": (SAMPLES / "page.html", "text/html"),
    "law": (SAMPLES / "codification.html", "text/html"),
    "word": (SAMPLES / "numbered.docx", WORD),
    "pdf": (SAMPLES / "gazette.pdf", "text/html"),
    "large": (b"<p>" + b"a" * 200_000, "text/html"),
    "picture": (b"\x89PNG\r\n", "image/png"),
    "false-pdf": (b"Xin cho", "application/pdf"),
}


pytestmark = pytest.mark.usefixtures("untried")


class Server:
    """Official pages, good and bad, on a port of this machine, in a thread of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def start(self) -> None:
        """Start, and wait until it listens."""
        self._thread.start()
        assert self._ready.wait(5)

    def stop(self) -> None:
        """Stop, and wait until it has."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)
        assert not self._thread.is_alive()

    def times(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self.asked.count(path)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_get("/{name}", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        self._ready.set()
        await self._end.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.asked.append(name)
        if name in _REDIRECTS:
            raise web.HTTPFound(_REDIRECTS[name])
        if name in _STATUS and not (name == "shaky" and self.times(name) == LIMITS.attempts):
            return web.Response(status=_STATUS[name])
        if name == "endless":
            return await self._endless(request)
        if name in _BODIES:
            content, type_ = _BODIES[name]
            body = content if isinstance(content, bytes) else content.read_bytes()
            return web.Response(body=body, content_type=type_)
        await asyncio.sleep(5)  # longer than anyone waits
        return web.Response()

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        while True:
            await answer.write(b"<p>" + b"a" * 10_000)


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server."""
    server = Server()
    server.start()
    yield server
    server.stop()


def page(server: Server, path: str) -> Page:
    """Return a page to fetch."""
    return Page(path, f"Luật {path}", f"{server.address}/{path}")


def fetched(server: Server, folder: Path, *paths: str) -> list[Fetched | Failed]:
    """Fetch pages."""
    return list(download([page(server, path) for path in paths], folder, lambda *_: None, LIMITS))


@pytest.mark.parametrize(
    ("path", "file"),
    [
        pytest.param("page", "page.html", id="page"),
        pytest.param("moved", "moved.html", id="redirect"),
        pytest.param("word", "word.docx", id="word"),
        pytest.param("pdf", "pdf.pdf", id="pdf-called-html"),
        pytest.param("shaky", "shaky.html", id="500-then-ok"),
    ],
)
def test_a_good_answer_becomes_a_file(server: Server, tmp_path: Path, path: str, file: str) -> None:
    """Redirects are followed, a stumbling server is asked again, and the suffix is that of the content."""
    (outcome,) = fetched(server, tmp_path, path)
    assert isinstance(outcome, Fetched)
    assert outcome.file == tmp_path / file
    assert outcome.file.stat().st_size > 1000


@pytest.mark.parametrize(
    ("path", "reason", "asked"),
    [
        pytest.param("gone", "không còn ở địa chỉ này (404)", 1, id="404"),
        pytest.param("refused", "không cho tải tự động (403)", 1, id="403"),
        pytest.param("broken", "máy chủ đang trục trặc (503)", 3, id="503"),
        pytest.param("circle", "chuyển hướng vòng quanh", 6, id="redirects"),
        pytest.param("large", "lớn hơn", 1, id="too-large"),
        pytest.param("endless", "lớn hơn", 1, id="endless"),
        pytest.param("picture", "chưa đọc được (image/png)", 1, id="wrong-type"),
        pytest.param("false-pdf", "chưa đọc được (application/pdf)", 1, id="false-type"),
        pytest.param("hanging", "im lặng quá", 3, id="hanging"),
    ],
)
def test_a_bad_answer_has_a_reason(server: Server, tmp_path: Path, path: str, reason: str, asked: int) -> None:
    """Each failure is one Vietnamese phrase; only what may pass is tried again; nothing is left on the disk."""
    (outcome,) = fetched(server, tmp_path, path)
    assert isinstance(outcome, Failed)
    assert reason in outcome.reason
    assert server.times(path) == asked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        pytest.param("http://127.0.0.1:9/", "không nối được", id="nobody-listens"),
        pytest.param("ftp://127.0.0.1/", "địa chỉ", id="other-protocol"),
        pytest.param("vbpl.example/luat", "địa chỉ", id="no-protocol"),
    ],
)
def test_an_address_that_cannot_be_reached(tmp_path: Path, address: str, reason: str) -> None:
    """A dead server and a slip in the register are told apart."""
    (outcome,) = download([Page("a", "Luật A", address)], tmp_path, lambda *_: None, LIMITS)
    assert isinstance(outcome, Failed)
    assert reason in outcome.reason


def test_one_failure_does_not_stop_the_others(server: Server, tmp_path: Path) -> None:
    """Pages after a bad one are fetched, and the progress of each is told."""
    told: list[tuple[str, int, int | None]] = []
    pages = [page(server, path) for path in ("gone", "page")]
    outcomes = list(download(pages, tmp_path, lambda p, done, whole: told.append((p.name, done, whole)), LIMITS))
    assert [type(outcome) for outcome in outcomes] == [Failed, Fetched]
    size = (SAMPLES / "page.html").stat().st_size
    assert told[-1] == ("page", size, size)


def entry(server: Server, number: str, path: str, **more: object) -> Entry:
    """Return an entry of a register."""
    return Entry.model_validate(
        {
            "key": f"{number}@",
            "kind": "Luật",
            "name": f"Luật {number}",
            "title": "Luật",
            "number": number,
            "role": "cited",
            "standing": "in force",
            "standing_note_vi": "",
            "source": "",
            "looked_up": date(2030, 1, 1),
            "official_page": f"{server.address}/{path}",
            **more,
        }
    )


@pytest.fixture
def settings(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give settings with a data directory of one's own that has an edition of the shipped documents."""
    own = Path(shutil.copytree(small_data_dir, tmp_path / "data"))
    monkeypatch.setenv("DATA_DIR", str(own))
    return read_settings(Settings, env_file=None)


def test_what_came_is_added_and_what_did_not_is_told(
    server: Server, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """One page may hold two documents; another's text, an excerpt and a dead page each get a line with a way out."""
    entries = [
        entry(server, "5/2040/QH20", "law", issued=date(2040, 3, 2), articles_expected=4),
        entry(server, "6/2041/NĐ-CP", "law"),
        entry(server, "3/2034/TT-BĐC", "page", articles_expected=9),
        entry(server, "1/1999/QH1", "word"),
        entry(server, "2/1999/QH1", "gone"),
    ]
    assert fetch(entries, settings, ForPerson(), limits=LIMITS) == 1
    out, err = capsys.readouterr()
    assert "Đã thêm Luật 5/2040/QH20" in out
    assert server.times("law") == 1
    lines = [line for line in err.splitlines() if line.startswith("Chưa tải được")]
    reasons = ["chỉ có 4 trong 9 Điều", "không phải văn bản này", "(404)"]
    assert len(lines) == len(reasons)
    for line, reason in zip(lines, reasons, strict=True):
        assert reason in line
        assert "python -m ingest add" in line
        assert server.address in line
    documents = DOCUMENTS.validate_json((current_edition(settings.data_dir) / DOCUMENTS_FILE).read_bytes())
    assert {"5-2040-qh20", "6-2041-nd-cp"} <= {document.id for document in documents}
    assert "3-2034-tt-bdc" not in {document.id for document in documents}
    assert [path.name for path in settings.own_documents.glob("[!.]*")] == ["5-2040-qh20.html"]


def test_when_nothing_came_nothing_changes(server: Server, settings: Settings) -> None:
    """Without a network the command ends with 1; editions and folder are as before."""
    before = published_editions(settings.data_dir)
    assert fetch([entry(server, "2/1999/QH1", "gone")], settings, ForPerson(), limits=LIMITS) == 1
    assert published_editions(settings.data_dir) == before
    assert not settings.own_documents.exists() or list(settings.own_documents.glob("[!.]*")) == []


def test_the_register_is_listed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """`--list` says what is held in full, what as a digest and what not, without asking any server."""
    assert settings.data_dir.is_dir()
    assert main(["laws", "--list"]) == 0
    out = capsys.readouterr().out
    assert "102/2016/QH13" in out
    assert "tóm lược" in out
    assert "chưa có" in out
