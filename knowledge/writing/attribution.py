"""Hold the documents that a statement names against those that it rests on."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from knowledge.library import Place, name_of
from knowledge.mentions import NumberMention, number_mentions
from knowledge.register import Register, symbol
from knowledge.vietnamese import fold
from knowledge.writing.english_statements import in_vietnamese
from knowledge.writing.renderings import read
from knowledge.writing.wording import is_stop, table, words_of

_DOCUMENT_NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?\s?[-/–]\s?[^\W\d_][\w&]*(?:\s?[-/–]\s?[^\W_][\w&]*)*")
_WORD = re.compile(r"[^\W\d_]+")


def names_of(place: Place, register: Register) -> tuple[str, ...]:
    """Return what a document and a passage are called."""
    document, entry = place.document, register.of_document(place.document)
    called = (name_of(document), document.number, document.issuer, place.passage.label)
    return tuple(name for name in (*called, *(entry.aliases if entry else ())) if name)


def documents_stand(text: str, quoted: str, titles: str, places: Sequence[Place], register: Register) -> bool:
    """Tell whether each document that a statement names by number is quoted, or named by the quotes or the titles.

    What the statement says it follows ("Theo Luật Trẻ em, …") must be quoted.
    """
    said = _mentions(f"{quoted} ; {titles}")
    stand = all(
        _is_own(mention, places) or any(_is_same(mention, other) for other in said) for mention in _mentions(text)
    )
    return stand and _attribution_stands(text, quoted, places, register)


def without_documents(text: str) -> str:
    """Return a text without the numbers of documents, whose digits count nothing."""
    folded = _folded(text)
    rest = list(text if len(folded) == len(text) else folded)
    spans = [found.span() for found in _DOCUMENT_NUMBER.finditer("".join(rest))]
    for mention in _mentions(text):
        number = re.search(rf"{re.escape(mention.text.split(mention.digits)[0])}{mention.digits}", folded)
        spans += [number.span()] if number else []
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return "".join(rest)


def attributed(text: str, places: Sequence[Place], register: Register) -> str:
    """Return the words with which a statement names a quoted document as its source: "Theo Luật Trẻ em, "."""
    names = sorted({fold(name) for place in places for name in names_of(place, register)}, key=len, reverse=True)
    starts, sources = ("|".join(map(fold, table()["names"][name])) for name in ("attributions", "sources"))
    either = "|".join(map(re.escape, names))
    found = re.match(rf"\W*(?:{starts})\s+(?:(?:{sources})\s+)?(?:{either})(?:\s+so\s+[\w/-]+)?\s*,", fold(text))
    return text[: found.end()] if found and len(fold(text)) == len(text) else ""


def _mentions(text: str) -> list[NumberMention]:
    """Return the documents that a text names by number, also where a comma follows."""
    return number_mentions(re.sub(r"[.,](?=\s|$)", ";", _folded(text)))


def _folded(text: str) -> str:
    """Return a text folded, documents with their Vietnamese kinds: "Directive No. 28" as "chi thi 28"."""
    return _numbered().sub(lambda found: f"{_kinds()[found['kind']]} {found['digit']}", fold(text))


@cache
def _numbered() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, _kinds()), key=len, reverse=True))
    return re.compile(rf"\b(?P<kind>{kinds})\s+(?:no\.?\s*)?(?P<digit>\d)")


def _is_own(mention: NumberMention, places: Sequence[Place]) -> bool:
    documents = (place.document for place in places)
    return any(mention.fits(document.number, document.kind, document.issued) for document in documents)


def _is_same(mention: NumberMention, other: NumberMention) -> bool:
    return (
        mention.digits.lstrip("0") == other.digits.lstrip("0")
        and symbol(other.suffix).startswith(symbol(mention.suffix))
        and (mention.kind is None or other.kind is None or mention.kind == other.kind)
        and (mention.year is None or other.year is None or mention.year == other.year)
    )


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kinds of documents, folded, in both languages, each with the Vietnamese one."""
    return {fold(kind): fold(meant) for kind, meant in table()["names"]["kinds"].items()}


@cache
def _attribution() -> re.Pattern[str]:
    starts = "|".join(map(fold, table()["names"]["attributions"]))
    kinds = "|".join(sorted(_kinds(), key=len, reverse=True))
    return re.compile(rf"^\W*(?:{starts})\s+(?P<before>[^,;:]{{0,60}}?\b)?(?P<kind>{kinds})\b(?P<rest>[^,;:]*)")


def _attribution_stands(text: str, quoted: str, places: Sequence[Place], register: Register) -> bool:
    """Tell whether what a statement says it follows is quoted, or is what the quotes say they follow."""
    found = _attribution().match(fold(text))
    if not found or _letters(found[0]) in _letters(fold(quoted)):
        return True
    mentions = number_mentions(found["kind"] + found["rest"])
    if mentions:
        return all(_is_own(mention, places) for mention in mentions)
    return any(_is_called(found, place, register) for place in places)


def _is_called(found: re.Match[str], place: Place, register: Register) -> bool:
    """Tell whether a document is of the kind that is named, and of no other name than its own."""
    names = (*names_of(place, register), place.document.title)
    own = {word for name in names for word in _WORD.findall(fold(name))}
    free = {word for words in table()["free"]["words"] for word in fold(words).split()}
    said = {word for word in _WORD.findall(found["rest"]) if word not in free}
    return fold(place.document.kind) == _kinds()[found["kind"]] and (
        said <= own or _is_named_in_english(found["rest"], names)
    )


def _is_named_in_english(rest: str, names: Sequence[str]) -> bool:
    """Tell whether what follows "law" or "letter" is its name in English: "on Children", "of the Hai Phong …"."""
    own = words_of(" ; ".join(names))
    said = [word for word in in_vietnamese(rest, own) if not is_stop(word)]
    strange = {unit.text for unit in read(rest) if unit.kind == "unknown"}
    return bool(said) and all(word in own for word in said) and strange <= set(fold(" ".join(names)).split())


def _letters(folded: str) -> str:
    return re.sub(r"\W+", " ", folded).strip()
