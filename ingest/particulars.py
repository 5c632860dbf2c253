"""Read who issued a document, what it is, when, where and for whom, each with the words it stands in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from ingest.dates import DATE, date_of, real_date
from ingest.foot import Foot, signer
from ingest.head import DATED, NUMBER, Head, is_motto
from ingest.letters import UPPER
from ingest.marks import without_dash
from ingest.vocabulary import any_of, kinds, vocabulary, words
from knowledge.vietnamese import fold


@dataclass(slots=True)
class Particulars:
    """What the text itself tells; None or empty where it tells nothing."""

    number: str | None = None
    kind: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued: date | None = None
    signer: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)
    """The printed words of each; a number or date left blank in print has a quote and no value."""


def particulars(head: Head, foot: Foot, text: Sequence[str]) -> Particulars:
    """Read the particulars from head and foot, and from the text's paragraphs what these do not tell."""
    found = Particulars()
    _number(found, head)
    _kind(found, head, text)
    _title(found, head, text)
    _issuer(found, head, text)
    _dated(found, head, text)
    _signer(found, foot)
    _consolidated(found, text)
    found.addressees = _items(found, "addressees", head.addressees)
    found.recipients = _items(found, "recipients", foot.recipients)
    return found


def _number(found: Particulars, head: Head) -> None:
    if not head.number:
        return
    printed = NUMBER.match(head.number[0])
    if printed:
        found.quotes["number"] = printed[0]
        found.number = re.sub(r"\s", "", printed["number"]) if printed["serial"] else None


def _kind(found: Particulars, head: Head, text: Sequence[str]) -> None:
    if head.kind:
        found.kind = next(kind for kind in kinds() if fold(head.kind[0]).startswith(fold(kind)))
        found.quotes["kind"] = head.kind[0]
    elif code := _kind_by_code(found.number):
        found.kind, found.quotes["kind"] = code, found.quotes["number"]
    elif named := _kind_by_own_name(text):
        found.kind, found.quotes["kind"] = named
    elif lines := head.title or head.addressees:
        # Only a letter has its subject beside the number, or somebody it is sent to, and no kind above it.
        found.kind, found.quotes["kind"] = vocabulary()["head"]["letter"], lines[0]


def _kind_by_code(number: str | None) -> str | None:
    """Read the kind from the number: 785-CV/ĐU is a Công văn."""
    codes = {fold(code): kind for kind, all_codes in vocabulary()["kinds"].items() for code in all_codes}
    return next((codes[fold(part)] for part in re.split(r"[-/]", number or "") if fold(part) in codes), None)


def _kind_by_own_name(text: Sequence[str]) -> tuple[str, str] | None:
    """Read the kind from what a text calls itself, with the sentence: "Nhận được công văn này đề nghị …"."""
    pattern = re.compile(rf"\b(?P<kind>{any_of(kinds())})\s+này\b", re.IGNORECASE)
    for paragraph in reversed(text):
        if called := pattern.search(paragraph):
            kind = next(kind for kind in kinds() if fold(kind) == fold(called["kind"]))
            return kind, _sentence(paragraph, called.start())
    return None


def _title(found: Particulars, head: Head, text: Sequence[str]) -> None:
    beside_kind = head.kind[0][len(found.kind or "") :].strip() if head.kind else ""
    lines = [] if fold(beside_kind).startswith("cua ") else [beside_kind]
    title = _one_line([*lines, *head.title])
    if not title:
        return
    found.quotes["title"] = "\n".join(head.title) or head.kind[0]
    title = in_running_letters(title, text) if title.isupper() else title
    title = re.sub(r"^V/v\b", "Về việc", title)
    if found.kind in words("titles", "named_kinds"):
        title = f"{found.kind} {title}"
    found.title = title[:1].upper() + title[1:]


def _issuer(found: Particulars, head: Head, text: Sequence[str]) -> None:
    of_kind = _one_line(head.kind[1:]) or (head.kind[0][len(found.kind or "") :].strip() if head.kind else "")
    if fold(of_kind).startswith("cua "):
        found.quotes["issuer"] = "\n".join(head.kind)
        found.issuer = in_running_letters(of_kind[len("của ") :], text)
    elif lines := _issuing_lines(head.letterhead):
        found.quotes["issuer"] = "\n".join(lines)
        found.issuer = in_running_letters(" ".join(lines), text)
    elif clause := _issuing_clause(text):
        found.issuer, found.quotes["issuer"] = clause


def _issuing_lines(letterhead: Iterable[str]) -> tuple[str, ...]:
    """Return the lowest body of the letterhead, over two lines where its name is that long."""
    bodies = [line for line in letterhead if not is_motto(line)]
    second = rf"(?:{any_of(words('head', 'second_lines'))})\b"
    start = -2 if len(bodies) > 1 and re.match(second, bodies[-1], re.IGNORECASE) else -1
    return tuple(bodies[start:])


def _issuing_clause(text: Sequence[str]) -> tuple[str, str] | None:
    """Read the issuer from the end of the opening: "…, Sở Giáo dục và Đào tạo hướng dẫn … như sau:"."""
    opening = next((paragraph for paragraph in text if paragraph.endswith(":")), "")
    spokesmen, issuing = any_of(words("head", "spokesmen")), any_of(words("head", "issuing"))
    issuer = rf"(?:(?:{spokesmen})\s+)?(?P<issuer>[{UPPER}][^,;:]*?)"
    clause = rf"(?:^|,\s+)(?P<clause>{issuer}\s+(?:{issuing})\b(?:(?!,\s+[{UPPER}]).)*)$"
    found = re.search(clause, opening)
    return (found["issuer"], found["clause"]) if found else None


def _dated(found: Particulars, head: Head, text: Sequence[str]) -> None:
    printed = DATED.search(head.dated[0]) if head.dated else None
    if printed is None:
        _passed(found, text)
        return
    found.issued = real_date(printed["day"], printed["month"], printed["year"]) or real_date(
        printed["day2"], printed["month2"], printed["year2"]
    )
    found.quotes["issued"] = printed[0]
    if printed["place"]:
        found.place = printed["place"].strip()
        found.quotes["place"] = printed[0]


def _passed(found: Particulars, text: Sequence[str]) -> None:
    """Read a law's date from its last sentence, which says when it was passed; its head gives none."""
    pattern = re.compile(rf"này\s+(?:đã\s+)?được\s+(?:Quốc hội|Ủy ban).*?\bthông qua\s+{DATE}", re.DOTALL)
    passed = next((match for paragraph in reversed(text) if (match := pattern.search(paragraph))), None)
    if passed:
        found.issued, found.quotes["issued"] = date_of(passed), passed[0][passed[0].rindex("thông qua") :]


def _signer(found: Particulars, foot: Foot) -> None:
    if foot.name:
        found.signer = signer(foot.name)
        found.quotes["signer"] = "\n".join(foot.signature)


def _consolidated(found: Particulars, text: Sequence[str]) -> None:
    """Read a consolidated text as the document it consolidates, which its first sentence names.

    People cite "Bộ luật Lao động 45/2019/QH14", not "Văn bản hợp nhất 18/VBHN-VPQH"; whoever signs the
    consolidated text only certifies it.
    """
    first = next((place for place in text[:_OPENING] if _consolidated_pattern().match(place)), None)
    if first is None or (found.number and "VBHN" not in found.number):
        return
    own = _consolidated_pattern().match(first)
    if own is None:
        return
    found.number, found.issued = re.sub(r"\s", "", own["number"]), date_of(own)
    found.kind = next(kind for kind in kinds() if fold(own["kind"]) == fold(kind))
    found.issuer, found.signer, found.place = own["issuer"] or found.issuer, None, None
    for name in ("signer", "place", "issued"):
        found.quotes.pop(name, None)
    sentence = first.split(",", 1)[0]
    told = {"number": found.number, "kind": found.kind, "issued": found.issued, "issuer": own["issuer"]}
    found.quotes |= {name: sentence for name, value in told.items() if value}


def _items(found: Particulars, name: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Read the list after "Kính gửi" or "Nơi nhận": an item a dash, or all on one line."""
    if not lines:
        return ()
    found.quotes[name] = "\n".join(lines)
    items: list[str] = [re.sub(r"^[^:]*:?", "", lines[0], count=1).strip()]
    for line in lines[1:]:
        item = without_dash(line)
        if item is not None or not items[-1] or (items[-1].endswith(";") and line[0].isupper()):
            items.append(item or line)
        else:
            items[-1] = f"{items[-1]} {line}"
    return tuple(item.strip(" ,;.") for item in items if item.strip(" ,;."))


_OPENING = 10
"""A consolidated text names the text it consolidates within its first paragraphs."""


@cache
def _consolidated_pattern() -> re.Pattern[str]:
    """Match "Nghị định số 1/2020/NĐ-CP ngày … của Chính phủ …, có hiệu lực …, được sửa đổi, bổ sung bởi"."""
    return re.compile(
        rf"(?P<kind>(?i:{any_of(kinds())}))\b[^;:]*?\s+số\s*:?\s+(?P<number>\d+[^\s,;]*)\s+{DATE}"
        rf"(?:\s+của\s+(?P<issuer>[{UPPER}][^,;]*?))?(?=\s+(?:{any_of(words('citations', 'about'))})\b|,|\s*$)"
        r".*có hiệu lực.*(?:sửa đổi|bổ sung|thay thế|đính chính)",
        re.DOTALL,
    )


def in_running_letters(capitals: str, text: Sequence[str]) -> str:
    """Give a name set in capitals the letters of running text: of this text, else of the vocabulary."""
    if not capitals.isupper():
        return capitals
    own = next((name for paragraph in text if (name := _as_written(capitals, paragraph))), None)
    if own:
        return own[:1].upper() + own[1:]
    written = " ".join(word.capitalize() for word in capitals.split())
    for name in reversed(words("bodies", "names")):
        written = re.sub(rf"\b{re.escape(name)}\b", name, written, flags=re.IGNORECASE)
    for name in words("bodies", "names"):
        written = re.sub(rf"^{re.escape(name)}\b", name, written, flags=re.IGNORECASE)
    return written[:1].upper() + written[1:]


def _as_written(capitals: str, paragraph: str) -> str | None:
    found = re.finditer(re.escape(capitals), paragraph, re.IGNORECASE)
    return next((written[0] for written in found if not written[0].isupper()), None)


def _one_line(lines: Iterable[str]) -> str:
    """Join lines, and mend a number that the print breaks: "28- CT/TW"."""
    return re.sub(r"(?<=\d)\s*([-/])\s*(?=[A-ZĐ]{2})", r"\1", " ".join(line for line in lines if line))


def _sentence(paragraph: str, place: int) -> str:
    begin = max(paragraph.rfind(". ", 0, place), paragraph.rfind("; ", 0, place))
    end = re.compile(r"[.;](?=\s|$)").search(paragraph, place)
    return paragraph[begin + 2 if begin >= 0 else 0 : end.end() if end else len(paragraph)].strip()
