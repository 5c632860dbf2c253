"""Hold the numbers and dates of a statement against its quotes: each counts there what it counts in the statement."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from knowledge.library import Place
from knowledge.trust import telephones
from knowledge.writing.wording import Words, all_words, first_words, is_number, is_stop, phrase, table, words_of

_SEQUENCES = (2, 3)
"""How many words beside a number show what it is about."""
_SIDES = ("under", "over", "least", "most", "before", "after")
_UNIT = 5
"""Words after a number among which its unit stands: "16 đến 22 tuổi"."""
_FEW = frozenset("23456")
_HALF = 0.5
_GROUP = 3
"""Digits that telephone numbers are written in."""


def numbers_stand(text: str, quoted: Words, named: AbstractSet[str], count: int) -> bool:
    """Tell whether each number of a text stands in the quotes beside the same words, or in a name or heading.

    The `count` of the quoted passages may be told as well: "the two plans".
    """
    words = words_of(text)
    known = numbers_of(quoted)
    for at, word in enumerate(words):
        if not is_number(word):
            continue
        if word in known:
            if not _is_about_the_same(words, at, quoted):
                return False
        elif word not in named and not (
            _is_telephone(word, text)
            or _is_spelt_out(word, quoted)
            or _is_counted(word, words[at + 1 :])
            or _refers(words, at)
            or (word == str(count) and not _units() & {*words[at + 1 : at + 2]})
        ):
            return False
    return True


def ranges_stand(text: str, quoted: str) -> bool:
    """Tell whether each span of years or ages is one of the quotes', not made of two of them."""
    known = set(_ranges(quoted))
    ends = {number for pair in known for number in pair}
    return all(span in known or not ends & set(span) for span in _ranges(text))


def _ranges(text: str) -> list[tuple[int, int]]:
    return [(int(one), int(two)) for one, two in _range().findall(text)]


@cache
def _range() -> re.Pattern[str]:
    joint, year = "|".join(table()["numbers"]["spans"]), table()["numbers"]["year"]
    return re.compile(rf"(?<![\w/.-])(\d{{1,4}})(?:\s?[-–—]\s?|,?\s+(?:{joint})\s+(?:{year}\s+)?)(\d{{1,4}})(?![\w/-])")


def numbers_of(words: Words) -> set[str]:
    """Return the numbers of a text, dates also without their day, and their years."""
    found = {word for word in words if is_number(word)}
    for date in [word for word in found if word.startswith("d:")]:
        year, month, day = date[2:].split("-")
        found |= {f"d:-{month}-{day}", f"d:{year}-{month}-"} | ({year} if year else set())
    return found


def issued(place: Place) -> Iterator[str]:
    """Yield the date of a document, and its month and year."""
    date = place.document.issued
    if date:
        yield from (str(date.year), f"d:{date:%Y-%m-%d}", f"d:{date:%Y-%m}-")


def _is_telephone(word: str, text: str) -> bool:
    """Tell whether digits are a telephone number of the text, or a group of its digits."""
    numbers = [phone.number for phone in telephones(text)]
    return word in numbers or (len(word) >= _GROUP and any(word in number for number in numbers))


def _is_spelt_out(word: str, quoted: Words) -> bool:
    """Tell whether the quotes have a number in a word that counts nothing there: "hai bên"."""
    digits, ambiguous = table()["numbers"]["digits"], table()["numbers"]["ambiguous"]
    return any(
        str(value) == word and phrase(name)[0] in quoted for name, value in digits.items() if name not in ambiguous
    )


def _is_counted(number: str, rest: Words) -> bool:
    """Tell whether a statement lists just as many after a number: "hai trường hợp: …; …"."""
    begin = next((at + 1 for at, word in enumerate(rest) if word in first_words("numbers", "listing")), len(rest))
    listed = " ".join(rest[begin:]).rstrip(" .")
    items = (len(re.split(parting, listed)) for parting in (r" ; ", rf" [,;] | {phrase('và')[0]} "))
    return bool(listed) and number in map(str, items)


def _refers(words: Words, at: int) -> bool:
    """Tell whether a number only counts what was told before: "hai việc này", "hai nhóm còn lại", "these two"."""
    if words[at] not in _FEW:
        return False
    numbers = table()["numbers"]
    rest = " ".join(words[at + 1 : at + 1 + _UNIT]) + " "
    counted = next((f"{' '.join(phrase(name))} " for name in numbers["counted"] if rest.startswith(_spelt(name))), "")
    return bool(counted and any(rest[len(counted) :].startswith(_spelt(word)) for word in numbers["referring"])) or (
        at > 0 and words[at - 1] in numbers["referring_before"] and _unit_of(words, at) not in _units()
    )


def _spelt(name: str) -> str:
    return " ".join(phrase(name)) + " "


def _is_about_the_same(words: Words, at: int, quoted: Words) -> bool:
    """Tell whether a number counts the same in the statement and in the quote: its unit, and what is beside it."""
    places = [place for place, word in enumerate(quoted) if word == words[at]]
    if not places:
        return True
    unit = _unit_of(words, at)
    meant = table()["numbers"]["english_units"].get(unit, [unit] if unit in _units() else [])
    if meant and not any(phrase(each)[0] in quoted[place + 1 : place + _UNIT] for place in places for each in meant):
        return False
    sequences = [(words[at + 1 : at + 1 + size], 1) for size in _SEQUENCES]
    sequences += [(words[max(0, at - size) : at], -size) for size in _SEQUENCES if at >= size]
    return not any(_is_of_another(sequence, step, words[at], quoted) for sequence, step in sequences) or (
        _is_of_its_part(words, at, quoted)
    )


def _unit_of(words: Words, at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""


def _is_of_its_part(words: Words, at: int, quoted: Words) -> bool:
    """Tell whether a statement takes a number of a list with what is said of it alone.

    "30 phút mỗi ngày khi …, 60 phút mỗi ngày khi nuôi con": what stands before the first is of both, and what follows
    each of them alone is what tells them apart.
    """
    parts = {quoted[place]: _part(quoted, place) for place in range(len(quoted)) if is_number(quoted[place])}
    own = parts.pop(words[at], ())
    alike = [part for part in parts.values() if part[:1] == own[:1]]
    shared = {word for part in alike for word in part}
    alone = set(own) - shared - _light()
    others = {word for part in alike for word in part} - set(own) - _light()
    told = set(words)
    numbers = {word for word in alone if is_number(word)}
    if numbers and not numbers & told:
        return False
    return bool(alone) and len(alone & told) >= _HALF * len(alone) and not others & told


def _part(quoted: Words, place: int) -> Words:
    """Return the words after a number, up to the next stop."""
    end = next((at for at in range(place, len(quoted)) if is_stop(quoted[at])), len(quoted))
    return quoted[place + 1 : end]


def _is_of_another(sequence: Words, step: int, number: str, quoted: Words) -> bool:
    """Tell whether just these words stand beside another number in the quote, and not beside this one."""
    if len(sequence) < min(_SEQUENCES) or any(is_stop(word) or is_number(word) for word in sequence):
        return False
    if any(word in _sides() for word in sequence) or all(word in _light() for word in sequence):
        return False
    size = len(sequence)
    beside = {
        word
        for place, word in enumerate(quoted)
        if is_number(word) and place + step >= 0 and quoted[place + step : place + step + size] == sequence
    }
    return bool(beside) and number not in beside


@cache
def _sides() -> frozenset[str]:
    """Return the words that say on which side of a number something is."""
    return frozenset(word for kind in _SIDES for word in all_words("bounds", kind))


def _light() -> frozenset[str]:
    """Return words that say nothing of what a number counts."""
    return all_words("free", "words")


def _units() -> frozenset[str]:
    """Return the words that say what a number counts."""
    return first_words("numbers", "units")
