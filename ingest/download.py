"""Fetch files from official pages: with retries, within a time and a size, one reason for each that failed."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from ingest import texts

_AGENT = "hoi-dap-chi-thi-28 (python -m ingest laws)"
_REDIRECTS = 5
_MEGABYTE = 2**20
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
}
_BEGINNINGS = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}
_MARKUP = (b"<!", b"<h", b"<H", b"<?xml", b"<link", b"<div", b"<meta")
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be another the next time."""
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 403, 451})


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be fetched."""

    name: str
    """The stem of the file that it becomes."""
    title: str
    """The document as people name it."""
    address: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much."""

    size: int = 20 * _MEGABYTE
    """Bytes of one file."""
    connect: float = 10.0
    """Seconds to reach the server."""
    silence: float = 30.0
    """Seconds without a byte."""
    whole: float = 180.0
    """Seconds for one file, in one attempt."""
    attempts: int = 3
    wait: float = 1.0
    """Seconds before the second attempt; later ones wait longer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that is here now."""

    page: Page
    file: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that is not, and why, in Vietnamese."""

    page: Page
    reason: str


Progress = Callable[[Page, int, int | None], None]
"""Called with the page, the bytes that are here, and how many there are where the server says so."""


class _RefusedError(Exception):
    """The file is not one that can be taken; another attempt would bring the same."""


def download(
    pages: Sequence[Page], folder: Path, on_progress: Progress, limits: Limits | None = None
) -> Iterator[Fetched | Failed]:
    """Fetch pages one after the other into a folder; what goes wrong with one does not stop the others."""
    limits = limits or Limits()
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    headers = {"User-Agent": _AGENT}
    with httpx.Client(timeout=timeout, headers=headers, follow_redirects=True, max_redirects=_REDIRECTS) as client:
        for page in pages:
            try:
                yield Fetched(page, _fetched(client, page, folder, on_progress, limits))
            except (httpx.HTTPError, httpx.InvalidURL, _RefusedError) as error:
                yield Failed(page, _reason(error, limits))


def _fetched(client: httpx.Client, page: Page, folder: Path, on_progress: Progress, limits: Limits) -> Path:
    attempts = Retrying(
        retry=retry_if_exception(_may_pass),
        stop=stop_after_attempt(limits.attempts),
        wait=wait_exponential(multiplier=limits.wait, max=30 * limits.wait) + wait_random(0, limits.wait),
        reraise=True,
    )
    content, type_ = attempts(_content, client, page, on_progress, limits)
    suffix = _suffix(content, type_)
    if suffix is None:
        raise _RefusedError(texts.WRONG_TYPE.format(type=type_ or texts.NO_TYPE))
    file = folder / f"{page.name}{suffix}"
    file.write_bytes(content)
    return file


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in _BUSY
    return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)


def _content(client: httpx.Client, page: Page, on_progress: Progress, limits: Limits) -> tuple[bytes, str]:
    """Return a page's bytes and the type that the server gives it."""
    content = bytearray()
    deadline = time.monotonic() + limits.whole
    with _answer(client, page) as answer:
        length = answer.headers.get("content-length", "")
        whole = int(length) if length.isdecimal() and "content-encoding" not in answer.headers else None
        for piece in answer.iter_bytes():
            content += piece
            on_progress(page, len(content), whole)
            if len(content) > limits.size or (whole or 0) > limits.size:
                raise _RefusedError(texts.TOO_LARGE.format(megabytes=limits.size / _MEGABYTE))
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout(texts.TOO_SLOW)
    return bytes(content), answer.headers.get("content-type", "").partition(";")[0].strip().lower()


@contextmanager
def _answer(client: httpx.Client, page: Page) -> Iterator[httpx.Response]:
    with client.stream("GET", page.address) as answer:
        answer.raise_for_status()
        yield answer


def _suffix(content: bytes, type_: str) -> str | None:
    """Tell the kind of file by how it begins; servers give wrong types and send error pages as files."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_MARKUP):
        return ".html"
    suffix = _TYPES.get(type_)
    return suffix if suffix not in _BEGINNINGS.values() else None


def _reason(error: Exception, limits: Limits) -> str:
    match error:
        case httpx.HTTPStatusError():
            return _of_status(error.response.status_code)
        case httpx.TimeoutException():
            return texts.NO_ANSWER.format(seconds=limits.silence)
        case httpx.TooManyRedirects():
            return texts.REDIRECTS
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return texts.BAD_ADDRESS
        case _RefusedError():
            return str(error)
        case _:
            return texts.NO_CONNECTION


def _of_status(status: int) -> str:
    if status in _GONE:
        return texts.GONE.format(status=status)
    return (texts.REFUSED if status in _REFUSED else texts.SERVER_TROUBLE).format(status=status)
