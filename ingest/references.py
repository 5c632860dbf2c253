"""Find every other document that a text cites: by number, a law's title, a programme's years, its issuer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from ingest.dates import DATE, date_of
from ingest.letters import LOWER, UPPER
from ingest.vocabulary import any_of, kinds, words
from knowledge.documents import Reference
from knowledge.vietnamese import fold

_NUMBER = rf"\d+\s?(?:/\s?\d{{4}}\s?)?[-/]\s?[{UPPER}]\w*(?:\s?[-/]\s?\w+)*"
_ISSUER = rf"\s+của\s+(?P<issuer>[{UPPER}][^“”\"(;:.,]{{0,150}}?)"
"""Names of bodies and titles have a longest length, so that a hostile text cannot hold the parser up."""
_NAMED_AFTER = re.compile(rf"(?=\s+số\s|,?\s+ngày\s)(?:\s+số\s+(?P<number>{_NUMBER}))?(?:,?\s+{DATE})?")
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
_QUOTED = r"[“\"](?P<quoted>[^“”\"]{1,600})[”\"]"


def references(text: str, own_kind: str = "", own_number: str | None = None) -> tuple[Reference, ...]:
    """Return the documents that a text names, in its order, each once.

    `own_kind` and `own_number` belong to the citing document, whose own name is no citation.
    """
    found: dict[str, Reference] = {}
    for _, reference in sorted(_all(text, own_kind), key=lambda placed: placed[0]):
        if reference.number and reference.number == own_number:
            continue
        key = _key(reference)
        found[key] = _fuller(found[key], reference) if key in found else reference
    return tuple(found.values())


def identified(references_of: Iterable[Reference]) -> dict[str, Reference]:
    """Return, by number, the fullest mention of each document; a number with two dates is left out."""
    known: dict[str, Reference] = {}
    doubtful: set[str] = set()
    for reference in references_of:
        if reference.number is None:
            continue
        earlier = known.get(reference.number, reference)
        if earlier.issued and reference.issued and earlier.issued != reference.issued:
            doubtful.add(reference.number)
        dated_first = (reference, earlier) if earlier.issued is None else (earlier, reference)
        known[reference.number] = _fuller(*dated_first)
    return {number: reference for number, reference in known.items() if number not in doubtful}


def filled(reference: Reference, known: dict[str, Reference]) -> Reference:
    """Return a short mention with the date, issuer and title that a fuller mention of the same number gives.

    A date makes sure who issued it: in "thực hiện Chỉ thị số 28-CT/TW của Đảng ủy Sở" the Đảng ủy only
    carries it out.
    """
    fullest = known.get(reference.number or "", reference)
    sure = fullest.issued is not None and reference.issued is None and fullest.issuer is not None
    return _fuller(replace(reference, issuer=None) if sure else reference, fullest)


def _all(text: str, own_kind: str) -> Iterator[tuple[int, Reference]]:
    yield from _numbered(text)
    yield from _named(text)
    yield from _programmes(text)
    yield from _issued_by(text, own_kind)


def _numbered(text: str) -> Iterator[tuple[int, Reference]]:
    for found in _numbered_pattern().finditer(text):
        issuer, title = _after(text, found)
        kind = _kind(" ".join(found["kind"].split()))
        number = re.sub(r"\s", "", found["number"])
        yield found.start(), Reference(found[0], kind, number, title, date_of(found), issuer)


def _after(text: str, found: re.Match[str]) -> tuple[str | None, str | None]:
    """Return the issuer and the title that follow a number and date."""
    issuer = re.compile(_ISSUER + _issuer_end()).match(text, found.end())
    dated = issuer is not None or found["day"] is not None
    title = _title_pattern(dated=dated).match(text, issuer.end() if issuer else found.end())
    named = (title["quoted"] or title["about"]).strip(" ,") if title else None
    return issuer["issuer"].strip() if issuer else None, named


def _named(text: str) -> Iterator[tuple[int, Reference]]:
    for found in _named_pattern().finditer(text):
        name = _without_stops(found["known"] or found["name"])
        kind = _kind(name)
        end = found.start() + len(name)
        after = _NAMED_AFTER.match(text, end)
        number = re.sub(r"\s", "", after["number"]) if after and after["number"] else None
        title = next((known for known in words("titles", "long_names") if fold(known) == fold(name)), name)
        printed = text[found.start() : after.end() if after else end]
        yield found.start(), Reference(printed, kind, number, title, date_of(after) if after else None)


def _kind(words_of_text: str) -> str:
    """Return the kind that a citation begins with, as the vocabulary writes it."""
    return next(kind for kind in kinds() if fold(words_of_text).startswith(fold(kind)))


def _without_stops(name: str) -> str:
    """Cut a law's title where the sentence goes on: "Luật Trẻ em quy định" gives "Luật Trẻ em"."""
    if any(fold(name) == fold(known) for known in words("titles", "long_names")):
        return name
    kind = _kind(name)
    kept: list[str] = []
    for word in name[len(kind) :].split():
        if word in words("citations", "stops"):
            break
        kept.append(word)
    return " ".join([name[: len(kind)], *kept])


def _programmes(text: str) -> Iterator[tuple[int, Reference]]:
    for found in _programme_pattern().finditer(text):
        yield found.start(), Reference(found[0], found["kind"], title=_YEARS.sub(r"\1 - \2", found[0]))


def _issued_by(text: str, own_kind: str) -> Iterator[tuple[int, Reference]]:
    """Find documents named by kind and issuer alone; of the citing document's own kind it means itself."""
    for found in _issued_by_pattern().finditer(text):
        if found["kind"] == own_kind:
            continue
        title = _title_pattern(dated=True).match(text, found.end())
        about = (title["quoted"] or title["about"]).strip(" ,") if title else None
        yield found.start(), Reference(found[0], found["kind"], title=about, issuer=found["issuer"].strip())


def _key(reference: Reference) -> str:
    named = reference.title if reference.issuer is None else None
    return reference.number or fold(named or reference.text)


def _fuller(first: Reference, second: Reference) -> Reference:
    return replace(
        first,
        title=first.title or second.title,
        issued=first.issued or second.issued,
        issuer=first.issuer or second.issuer,
    )


def _issuer_end() -> str:
    """Match where an issuer's name ends; after "và" only a capital that begins no document goes on."""
    about = rf"\s+(?:{any_of(words('citations', 'about'))})\b"
    return rf"(?={about}|\s+và\s+(?:[{LOWER}]|(?:{any_of(kinds())})\b)|\s*[“\"(;:.,]|$)"


@cache
def _numbered_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<kind>(?i:{any_of(kinds())}))\s+(?:số\s*:?\s*)?(?P<number>{_NUMBER})(?:,?\s+\(?{DATE})?")


@cache
def _title_pattern(*, dated: bool) -> re.Pattern[str]:
    """Match what a citation is about, up to where the citing sentence goes on."""
    about = any_of(words("citations", "about")) if dated else "về"
    kind = any_of(kinds())
    end = (
        rf"[;:(]|\.(?=\s|$|/)|,\s+(?=[{UPPER}]|đề nghị|yêu cầu)|\s+và\s+(?=(?:{kind})\s+số)"
        rf"|\s+và\s+(?=(?i:{kind})\s+của)|\s+(?:thì|hết hiệu lực|có hiệu lực)\b|[“”\"]|$"
    )
    return re.compile(rf",?\s*(?:{_QUOTED}|(?P<about>(?:{about})\b.{{1,600}}?)(?={end}))")


@cache
def _named_pattern() -> re.Pattern[str]:
    """Match laws by title: those of the vocabulary in any letters, others from a capital on."""
    named_kinds = any_of(words("titles", "named_kinds"))
    known = any_of(words("titles", "long_names"))
    return re.compile(
        rf"(?<!pháp )\b(?:(?P<known>(?i:{known}))\b(?!\s+giai đoạn)"
        rf"|(?P<name>(?:{named_kinds})\s+[{UPPER}]\w*(?:\s+\w+){{0,9}}))"
    )


@cache
def _programme_pattern() -> re.Pattern[str]:
    programmes = any_of(words("citations", "programmes"))
    return re.compile(
        rf"\b(?P<kind>{programmes})\s+(?!số\b)(?:(?!{programmes})[^;:.“”()]){{1,250}}?"
        r"\s(?:giai đoạn\s+\d{4}\s*[-–]\s*\d{4}|đến năm\s+\d{4})"
        r"(?:(?:,|\s+và)\s+(?:định hướng|tầm nhìn)(?:\s+đến)?\s+năm\s+\d{4})?"
    )


@cache
def _issued_by_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<kind>{any_of(kinds())}){_ISSUER}{_issuer_end()}")
