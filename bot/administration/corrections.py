"""Read what an administrator corrects in a reply: "số: 12/KH-UBND", "ngay 5/3/2026", with or without tone marks.

A standing needs no name before it: "hết hiệu lực từ 05/10/2026".
"""

import contextlib
import re
from datetime import date

from bot.administration import texts
from knowledge.standing import UnclearStandingError, read_standing
from knowledge.vietnamese import fold

_WORDS = {
    "number": ("so", "so hieu", "so van ban", "so ky hieu"),
    "issued": ("ngay", "ngay ban hanh", "ngay ky", "ngay thang"),
    "title": ("ten", "ten van ban", "trich yeu", "tieu de"),
    "issuer": ("co quan", "co quan ban hanh", "noi ban hanh", "don vi"),
    "kind": ("loai", "loai van ban", "the loai"),
    "signer": ("nguoi ky",),
    "standing": ("hieu luc", "tinh trang", "tinh trang hieu luc"),
}
"""By the names that `ingest --set` takes: what people write for them, without marks."""
_NAMES = {words: name for name, several in _WORDS.items() for words in several}
_MOST_WORDS = max(len(words.split()) for words in _NAMES)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHOWN = 80


class UnclearCorrectionError(Exception):
    """A line that corrects nothing; `str()` is the sentence for the administrator."""


def corrections(text: str) -> dict[str, str]:
    """Return what a reply corrects, by the names of `ingest --set`; each line is one correction.

    Raises `UnclearCorrectionError` for a line that names nothing, a date that no calendar has, and words that tell no
    standing.
    """
    return dict(_correction(line) for line in text.splitlines() if line.strip())


def is_correction(text: str) -> bool:
    """Tell whether a message that replies to nothing is one all the same: its lines begin `<name>:`."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_after_colon(line) for line in lines)


def _correction(line: str) -> tuple[str, str]:
    found = _after_colon(line) or _after_words(line) or _standing_alone(line)
    if found is None:
        raise UnclearCorrectionError(texts.CORRECTION_UNCLEAR.format(line=line.strip()[:_SHOWN]))
    name, value = found
    if name == "standing":
        _check_standing(value)
    return name, _iso_date(value) if name == "issued" else value


def _after_colon(line: str) -> tuple[str, str] | None:
    """Read `số: 12/KH-UBND`."""
    name, _, value = line.partition(":")
    return _named(name, value)


def _after_words(line: str) -> tuple[str, str] | None:
    """Read `ngày ban hành 5/3/2026`, where nothing but the words tells the name from the value."""
    words = line.split()
    splits = ((words[:count], words[count:]) for count in range(_MOST_WORDS, 0, -1))
    return next((found for name, value in splits if (found := _named(" ".join(name), " ".join(value)))), None)


def _standing_alone(line: str) -> tuple[str, str] | None:
    """Read `hết hiệu lực từ 05/10/2026`, which names itself."""
    with contextlib.suppress(UnclearStandingError):
        read_standing(line)
        return "standing", " ".join(line.split())
    return None


def _check_standing(value: str) -> None:
    try:
        read_standing(value)
    except UnclearStandingError as error:
        raise UnclearCorrectionError(str(error)) from None


def _named(words: str, value: str) -> tuple[str, str] | None:
    name = _NAMES.get(" ".join(fold(words).split()))
    meant = " ".join(value.split())
    return (name, meant) if name and meant else None


def _iso_date(value: str) -> str:
    """Return a date as `--set` takes it."""
    written = fold(value)
    if found := _YEAR_FIRST.search(written):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.search(written):
        day, month, year = found.groups()
    else:
        raise UnclearCorrectionError(texts.DATE_UNCLEAR.format(value=value[:_SHOWN]))
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise UnclearCorrectionError(texts.DATE_UNCLEAR.format(value=value[:_SHOWN])) from None
