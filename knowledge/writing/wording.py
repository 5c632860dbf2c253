"""Bring a statement and its quotes to the same words, so that they can be compared: `data/verification.toml`.

Short forms are written out, numbers are digits however they were written, dates have one form, "hoá" is "hóa", and
expressions that mean one thing are one expression.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_TONES = "\u0300\u0301\u0303\u0309\u0323"
STOPS = frozenset(".,;:!?()…")
CLAUSE_ENDS = frozenset(".;:!?")
"""A comma may stand within a clause."""
_NUMBER = r"\d+(?:[.,]\d+)*%?"
_TOKEN = re.compile(rf"d:[\d-]+|{_NUMBER}|[^\W\d_]+|[{re.escape(''.join(sorted(STOPS)))}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_TEN = 10
_HUNDRED = 100
Words = tuple[str, ...]


@cache
def table() -> Mapping[str, Any]:
    """Return `data/verification.toml`."""
    return tomllib.loads(resources.files("knowledge").joinpath("data", "verification.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16384)
def same_letters(word: str) -> str:
    """Return a word in small letters with its tone last, so that "hoá" and "hóa" are one word."""
    apart = unicodedata.normalize("NFD", word.lower())
    plain = "".join(sign for sign in apart if sign not in _TONES)
    return unicodedata.normalize("NFC", plain) + "".join(sign for sign in apart if sign in _TONES)


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """Return the words of a text and the stops between its clauses, in the form in which texts are compared."""
    return alike(plain_words_of(text))


def alike(words: Words) -> Words:
    """Return plain words with one expression for those that mean the same."""
    return tuple(_replaced(words, _same()))


@lru_cache(maxsize=4096)
def plain_words_of(text: str) -> Words:
    """Return the same without putting one expression for others that mean the same: names stay what they are."""
    lower = dated(written_out(unicodedata.normalize("NFC", text))).lower()
    return tuple(_in_digits([same_letters(token) for token in _TOKEN.findall(lower)]))


def phrase(text: str) -> Words:
    """Return an expression of the table in the form in which texts are compared."""
    return tuple(map(same_letters, text.split()))


@cache
def first_words(section: str, name: str) -> frozenset[str]:
    """Return the words with which the expressions of a list of the table begin."""
    return frozenset(phrase(expression)[0] for expression in table()[section][name])


@cache
def all_words(section: str, name: str) -> frozenset[str]:
    """Return all words of the expressions of a list of the table."""
    return frozenset(word for expression in table()[section][name] for word in phrase(expression))


def is_stop(word: str) -> bool:
    """Tell whether a word is a stop between clauses."""
    return word in STOPS


def is_number(word: str) -> bool:
    """Tell whether a word is a number or a date."""
    return word[0].isdigit() or word.startswith("d:")


def stands(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words stand in others one after the other."""
    size = len(wanted)
    return any(tuple(words[at : at + size]) == tuple(wanted) for at in range(len(words) - size + 1))


def places_of(wanted: Words, words: Words) -> list[int]:
    """Return where words stand in others one after the other."""
    size = len(wanted)
    return [at for at in range(len(words) - size + 1) if words[at : at + size] == wanted] if size else []


@cache
def _short_forms() -> re.Pattern[str]:
    forms = sorted(table()["written_out"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


def written_out(text: str) -> str:
    """Write the short forms of a text out: "UBND", "TP HCM"."""
    return _short_forms().sub(lambda short: table()["written_out"][short[0]], text)


@cache
def _date_forms() -> tuple[re.Pattern[str], ...]:
    """Return how dates are written: "25/12/2023", "ngày 25 tháng 12 năm 2023", "25 December 2023".

    "May" has a capital: "who turned 13 may work" is no date.
    """
    words = table()["numbers"]["month_words"]
    months = "|".join(name.capitalize() if name in words else f"(?i:{name})" for name in table()["numbers"]["months"])
    month = f"(?i:{table()['numbers']['month']})"
    return (
        re.compile(rf"(?<![\d/.-]){_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR}(?![\d/])"),
        re.compile(rf"(?<!\d){_DAY}\s+{month}\s+{_MONTH}(?:\s*,?\s+(?i:năm)\s+{_YEAR})?(?!\d)"),
        re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{months})(?:,?\s+{_YEAR})?(?!\d)"),
        re.compile(rf"\b(?P<name>{months})\s+{_DAY}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?(?![\d])"),
        re.compile(rf"(?<![\d/.-]){_DAY}/{_MONTH}(?![\d/-])(?!\s*giờ)"),
        re.compile(rf"\b{month}\s+{_MONTH}\s*(?:/|(?i:năm))\s*{_YEAR}(?!\d)"),
        re.compile(rf"\b(?P<name>{months})\s+(?:of\s+)?{_YEAR}(?!\d)"),
        re.compile(rf"(?<![\d/.-]){_MONTH}/{_YEAR}(?![\d/])"),
    )


def dated(text: str) -> str:
    """Put every date into one form, `d:2023-12-25`; what is not given is left out between the dashes."""
    for form in _date_forms():
        text = form.sub(_date, text)
    return text


def _date(found: re.Match[str]) -> str:
    given = found.groupdict()
    name, day, month = given.get("name"), given.get("day"), given.get("month")
    number = table()["numbers"]["months"].index(name.lower()) + 1 if name else int(month or 0)
    return f" d:{given.get('year') or ''}-{number:02d}-{f'{int(day):02d}' if day else ''} "


def _in_digits(tokens: Sequence[str]) -> list[str]:
    """Put numbers into plain digits: "mười sáu", "016", "30 triệu", "30.000.000"."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        value, length = _number_at(tokens, at)
        if value is None:
            found.append(tokens[at])
            at += 1
            continue
        at += length
        value, at = _scaled(value, tokens, at)
        found.append(value)
    return found


def _number_at(tokens: Sequence[str], at: int) -> tuple[str | None, int]:
    """Return the number that stands at a place and how many words it has; None where there is none."""
    token = tokens[at]
    if token[0].isdigit():
        return _plain_number(token), 1
    value, length = _spoken(tokens, at)
    if value is None:
        return None, 1
    follows = " ".join(tokens[at + length : at + length + 2])
    sure = length > 1 or token in _english_numbers() or token == _words("ten")
    if sure or any(f"{follows} ".startswith(f"{unit} ") for unit in _units()):
        return str(value), length
    return None, 1


def _plain_number(token: str) -> str:
    """Return digits without the points of thousands and without zeros before; a decimal point for a comma."""
    digits, percent = token.rstrip("%"), "%" if token.endswith("%") else ""
    digits = re.sub(r"[.,]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    return (digits.lstrip("0") or "0") + percent


def _spoken(tokens: Sequence[str], at: int) -> tuple[int | None, int]:
    """Read a number below a thousand in words; None where there is none. "một" alone is an article."""
    english = _english_numbers().get(tokens[at])
    if english is not None:
        ones = _english_numbers().get(tokens[at + 1], _TEN) if at + 1 < len(tokens) else _TEN
        return (
            (english + ones, 2) if _TEN < english < _HUNDRED and english % _TEN == 0 and ones < _TEN else (english, 1)
        )
    digits, ten, tens, hundred, odd = (_numerals(), *map(_words, ("ten", "tens", "hundred")), _odd())
    value, seen = 0, at
    if tokens[seen] in digits and seen + 1 < len(tokens) and tokens[seen + 1] == hundred:
        value, seen = 100 * digits[tokens[seen]], seen + 2
        if seen + 1 < len(tokens) and tokens[seen] in odd and tokens[seen + 1] in digits:
            return value + digits[tokens[seen + 1]], seen + 2 - at
    if seen < len(tokens) and tokens[seen] == ten:
        value, seen = value + 10, seen + 1
    elif seen + 1 < len(tokens) and tokens[seen] in digits and tokens[seen + 1] == tens:
        value, seen = value + 10 * digits[tokens[seen]], seen + 2
    elif seen == at:
        return (digits[tokens[at]], 1) if digits.get(tokens[at], 0) > 1 else (None, 1)
    else:
        return value, seen - at
    if seen < len(tokens) and digits.get(tokens[seen], 0) and not _begins_year(tokens, seen):
        value, seen = value + digits[tokens[seen]], seen + 1
    return value, seen - at


def _begins_year(tokens: Sequence[str], at: int) -> bool:
    """Tell whether a word is "năm" for a year and not for five: "mười năm 2020"."""
    return tokens[at] == same_letters("năm") and (at + 1 == len(tokens) or not _is_unit(tokens[at + 1]))


def _is_unit(token: str) -> bool:
    return any(unit.split()[0] == token for unit in _units())


def _scaled(value: str, tokens: Sequence[str], at: int) -> tuple[str, int]:
    """Multiply a number by the scale after it ("30 triệu"), or make it a share ("50 phần trăm")."""
    if at < len(tokens) and tokens[at] in _scales():
        amount = float(value.rstrip("%")) * _scales()[tokens[at]]
        return f"{amount:.6f}".rstrip("0").rstrip("."), at + 1
    for percent in table()["numbers"]["percent"]:
        size = len(percent.split())
        if tuple(tokens[at : at + size]) == phrase(percent):
            return f"{value}%", at + size
    return value, at


@cache
def _numerals() -> Mapping[str, int]:
    return {same_letters(word): value for word, value in table()["numbers"]["digits"].items()}


@cache
def _english_numbers() -> Mapping[str, int]:
    numbers: Mapping[str, int] = table()["numbers"]["english"]
    return numbers


@cache
def _scales() -> Mapping[str, int]:
    return {same_letters(word): value for word, value in table()["numbers"]["scales"].items()}


@cache
def _words(name: str) -> str:
    return same_letters(table()["numbers"][name])


@cache
def _odd() -> frozenset[str]:
    return frozenset(map(same_letters, table()["numbers"]["odd"]))


@cache
def _units() -> tuple[str, ...]:
    return tuple(" ".join(phrase(unit)) for unit in table()["numbers"]["units"])


class Phrases:
    """Expressions with what each stands for; at each place the longest wins."""

    def __init__(self, meanings: Mapping[Words, str]) -> None:
        self._by_first: dict[str, list[tuple[Words, str]]] = {}
        for words, meaning in sorted(meanings.items(), key=lambda pair: -len(pair[0])):
            self._by_first.setdefault(words[0], []).append((words, meaning))

    def at(self, words: Sequence[str], place: int) -> tuple[str, int] | None:
        """Return what the longest expression at a place stands for, and how many words it has."""
        for expression, meaning in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(expression)]) == expression:
                return meaning, len(expression)
        return None

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Yield what stands in a text, with the places where it begins and ends; they do not overlap."""
        place = 0
        while place < len(words):
            found = self.at(words, place)
            if found:
                yield found[0], place, place + found[1]
            place += found[1] if found else 1


@cache
def _same() -> Phrases:
    groups: Iterable[Mapping[str, Sequence[str]]] = table()["same"]
    kept = {phrase(words): words for words in table()["kept"]["words"]}
    return Phrases({phrase(words): group["words"][0] for group in groups for words in group["words"]} | kept)


def _replaced(tokens: Sequence[str], phrases: Phrases) -> Iterator[str]:
    """Put one expression for all that mean the same."""
    place = 0
    while place < len(tokens):
        found = phrases.at(tokens, place)
        if found:
            yield from phrase(found[0])
            place += found[1]
        else:
            yield tokens[place]
            place += 1
