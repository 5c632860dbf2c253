"""Files of every encoding are read, and those that cannot be tell the operator what to do."""

import unicodedata
from pathlib import Path

import pytest

from ingest.errors import (
    BadSidecarError,
    EmptyFileError,
    IngestError,
    NoStructureError,
    UnknownFileTypeError,
    UnreadableEncodingError,
)
from ingest.read import read_document

PLAN = """Số: 5/KH-UBND

KẾ HOẠCH

Bảo vệ trẻ em

1. Tổ chức thực hiện.
"""


def written(folder: Path, content: bytes, name: str = "plan.txt") -> Path:
    """Write a file for the parser to read."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAN.encode(), id="utf-8"),
        pytest.param(PLAN.encode("utf-8-sig"), id="utf-8 with byte order mark"),
        pytest.param(PLAN.encode("utf-16"), id="utf-16 as Notepad writes it"),
        pytest.param(PLAN.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(unicodedata.normalize("NFD", PLAN).encode(), id="decomposed letters"),
        pytest.param(PLAN.replace("Bảo vệ", "Bảo\u00a0vệ\u200b").encode(), id="invisible characters"),
        pytest.param(PLAN.replace("trẻ", "tr\0ẻ").encode(), id="NUL"),
        pytest.param(PLAN.replace("1. Tổ", "**1\\. Tổ").replace("hiện.", "hiện.**").encode(), id="markdown"),
        pytest.param(PLAN.replace("Bảo vệ", "<b>Bảo</b> <i>vệ</i>").encode(), id="tags"),
    ],
)
def test_the_same_text_is_read_however_it_is_written(tmp_path: Path, content: bytes) -> None:
    """Encodings, invisible characters and marks of layout make no difference to what is read."""
    document = read_document(written(tmp_path, content))
    assert (document.number, document.title) == ("5/KH-UBND", "Bảo vệ trẻ em")
    assert [section.path for section in document.sections] == ["1"]


@pytest.mark.parametrize(
    ("name", "content", "error", "advice"),
    [
        pytest.param("plan.txt", b"K\xd5 ho\xb9ch", UnreadableEncodingError, "UTF-8", id="old Vietnamese fonts"),
        pytest.param("plan.txt", b" \n\n\xef\xbb\xbf", EmptyFileError, "chụp lại", id="empty"),
        pytest.param("plan.xyz", PLAN.encode(), UnknownFileTypeError, ".txt", id="type"),
        pytest.param("plan.txt", "Chào các bạn. Hôm nay trời đẹp.".encode(), NoStructureError, "nhầm tệp", id="no law"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, error: type[IngestError], advice: str
) -> None:
    """Each kind of bad file has an error of its own, whose sentence names the file and the way out."""
    path = written(tmp_path, content, name)
    with pytest.raises(error, match=advice) as raised:
        read_document(path)
    assert str(path) in str(raised.value)
    assert not raised.value.retry_helps


def test_the_sidecar_gives_what_the_text_does_not(tmp_path: Path) -> None:
    """A place and a date that the print leaves out come from the TOML file, and are named as unwritten."""
    path = written(tmp_path, PLAN.encode())
    sidecar = 'issuer = "UBND tỉnh"\nplace = "Hà Giang"\nissued = 2024-03-06\nnumber = "5/KH-UBND"\n'
    path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
    document = read_document(path)
    assert (document.id, document.place) == ("5-kh-ubnd-2024", "Hà Giang")
    assert document.unwritten == ("issuer", "place", "issued")


@pytest.mark.parametrize(
    "sidecar",
    [pytest.param("issuer = ", id="broken"), pytest.param('isuer = "A"', id="misspelt name")],
)
def test_a_bad_sidecar_is_refused(tmp_path: Path, sidecar: str) -> None:
    """A slip in the sidecar is told, not ignored: else a document would lose its issuer in silence."""
    path = written(tmp_path, PLAN.encode())
    path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
    with pytest.raises(BadSidecarError, match=r"plan\.toml"):
        read_document(path)
