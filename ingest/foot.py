"""Find what stands under the text: recipients, signature, and the marks of whoever copied the paper."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from ingest.letters import LOWER, UPPER
from ingest.lines import Line
from ingest.marks import APPENDIX, ARTICLE, FORM, find_mark, without_dash
from ingest.vocabulary import any_of, kinds, words


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines under the text, as printed."""

    recipients: tuple[str, ...] = ()
    """From `Nơi nhận` on."""
    signature: tuple[str, ...] = ()
    """On whose behalf and in which office, then the name, one after the other as printed."""
    name: str | None = None
    """The line with the name."""
    stamps: tuple[str, ...] = ()
    """What belongs to the office that made the copy."""
    unread: tuple[str, ...] = ()
    """What is none of these."""


_PERSON = rf"[{UPPER}](?![{UPPER}])[{LOWER}’']*(?:\s+[{UPPER}](?![{UPPER}])[{LOWER}’']*){{1,5}}"
_TITLE_LINES = 9
"""Below the name of what is attached stand its title and, within so many lines, what puts it into force."""
_ATTACHED = re.compile(r"\(?\s*(?:Được\s+)?(?:Ban hành\s+)?kèm theo\b", re.IGNORECASE)
_NUMBERED = re.compile(r"Số\s*:?\s*\d+\s*/")
_NAME = re.compile(rf"(?P<before>.*?[:\s])??(?P<name>{_PERSON})")


def split_foot(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Foot, tuple[Line, ...]]:
    """Return the text, the foot, and the appendices that follow the foot."""
    candidates = (place for place, line in enumerate(lines) if _begins_foot(line))
    start = next((place for place in candidates if _is_below_text(lines, place)), len(lines))
    start = _certificate_start(lines, start)
    after = lines[start:]
    after = tuple(_as_attachment(after, place) for place in range(len(after)))
    end = next((place for place, line in enumerate(after) if _begins_appendix(line)), len(after))
    return lines[:start], _read(after[:end]), after[end:]


def _is_below_text(lines: tuple[Line, ...], start: int) -> bool:
    """Tell a signature from the office that is named above the text: "THỦ TƯỚNG CHÍNH PHỦ", then "Căn cứ …"."""
    below = takewhile(lambda place: not _begins_attached(lines, place), range(start, len(lines)))
    return not any(_is_text(lines[place].text) for place in below)


def _is_text(text: str) -> bool:
    mark = find_mark(text)
    return text.startswith("Căn cứ ") or (mark is not None and mark.mark is ARTICLE)


def _begins_attached(lines: tuple[Line, ...], place: int) -> bool:
    return _begins_appendix(_as_attachment(lines, place))


def _certificate_start(lines: tuple[Line, ...], start: int) -> int:
    """Return where the certificate of a consolidated text begins: with the office and number above its title."""
    certified = any(_starts_with(line.text, "certificate") for line in lines[start : start + 1])
    while certified and start and (lines[start - 1].text.isupper() or _NUMBERED.match(lines[start - 1].text)):
        start -= 1
    return start


def _begins_foot(line: Line) -> bool:
    text = line.text
    return _starts_with(text, "recipients") or _starts_with(text, "certificate") or _is_authority(text)


def _begins_appendix(line: Line) -> bool:
    mark = find_mark(line.text, attached=True)
    return line.attachment or (mark is not None and mark.mark in {APPENDIX, FORM})


def _as_attachment(lines: tuple[Line, ...], place: int) -> Line:
    """Mark a line such as "QUY CHẾ" that begins what the document puts into force, as the lines below it say."""
    line = lines[place]
    named = line.text.isupper() and _names_attachment().fullmatch(line.text) is not None
    below = (after.text for after in lines[place + 1 : place + _TITLE_LINES])
    return replace(line, attachment=named and any(map(_ATTACHED.match, below)))


def _read(lines: tuple[Line, ...]) -> Foot:
    if any(_starts_with(line.text, "certificate") for line in lines):
        return Foot(stamps=("\n".join(line.text for line in lines),))
    own, copier = _without_copy(lines)
    recipients, rest = _recipients(own)
    name = next((line for line in reversed(rest) if _name(line.text)), None)
    return Foot(
        recipients=tuple(line.text for line in recipients),
        signature=tuple(line.text for line in rest if _is_signature(line, name)),
        name=name.text if name else None,
        stamps=("\n".join(line.text for line in copier),) if copier else (),
        unread=tuple(line.text for line in rest if not _is_signature(line, name)),
    )


def _without_copy(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Cut after the first signature where a copying office has put its own letterhead and signature."""
    copied = any(_is_copy_mark(line.text) for line in lines)
    signed = next((place for place, line in enumerate(lines) if copied and _name(line.text)), len(lines))
    return lines[: signed + 1], lines[signed + 1 :]


def _recipients(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Separate the list under `Nơi nhận` from the signature after it, before it or beside it."""
    start = next((place for place, line in enumerate(lines) if _starts_with(line.text, "recipients")), len(lines))
    listed = [*lines[start : start + 1]]
    rest = [*lines[:start]]
    inside = True
    for line in lines[start + 1 :]:
        item = without_dash(line.text) is not None
        inside = item or (inside and not line.gap and not _is_authority(line.text) and _name(line.text) is None)
        (listed if inside else rest).append(line)
    return tuple(listed), tuple(rest)


def signer(name_line: str) -> str:
    """Return the name alone: "Đã ký: Trương Thị Mai" gives "Trương Thị Mai"."""
    found = _name(name_line)
    return found["name"] if found else name_line


def _name(text: str) -> re.Match[str] | None:
    """Match a line that is a name, or ends in one after "Đã ký:" or the office."""
    found = _NAME.fullmatch(text)
    before = (found["before"] or "").strip() if found else ""
    return found if not before or _starts_with(before, "signed") or _is_authority(before) else None


def _is_signature(line: Line, name: Line | None) -> bool:
    return line is name or line.text.isupper() or _starts_with(line.text, "signed")


def _is_authority(text: str) -> bool:
    return _authority_pattern().fullmatch(text) is not None


def _is_copy_mark(text: str) -> bool:
    return text.isupper() and text.strip(" .").lower() in {mark.lower() for mark in words("stamps", "copy")}


@cache
def _names_attachment() -> re.Pattern[str]:
    return re.compile(any_of([*kinds(), *words("foot", "attachments")]), re.IGNORECASE)


@cache
def _authority_pattern() -> re.Pattern[str]:
    """Match "T/M BAN THƯỜNG VỤ", "PHÓ GIÁM ĐỐC", and an office with the signer's name on the same line."""
    offices = "|".join(rf"{any_of([office.upper()])}\b" for office in words("foot", "offices"))
    short_forms = any_of(words("foot", "authority"))
    return re.compile(rf"(?:(?:{short_forms})\s*|(?={offices}))[{UPPER}][^{LOWER}\d]+(?:\s{_PERSON})?")


def _starts_with(text: str, key: str) -> bool:
    return re.match(rf"(?:{any_of(words('foot', key))})", text, re.IGNORECASE) is not None
