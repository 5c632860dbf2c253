"""Put a model's English statement into the words of the Vietnamese that it rests on, so that both can be compared.

What binds, allows, forbids or bounds a number has one meaning; of the others the rendering counts that the quotes have.
"""

from collections.abc import Iterator
from functools import cache

from knowledge.places import Gazetteer
from knowledge.vietnamese import fold
from knowledge.writing.renderings import Unit, read
from knowledge.writing.wording import Words, is_stop, stands, table, words_of

_UNDERSTOOD = 0.5
"""Share of the words that say something which must be known for a statement to be judged."""
_OF_NAME = 0.8
"""Share of the rendering of a name that must stand: the "local" of "local People's Committee" may be more."""


def in_vietnamese(text: str, quoted: Words, above: Words = ()) -> Words:
    """Return the words of an English statement in Vietnamese, those of the quotes where they are meant.

    Of what the quotes do not have, words of what stands above them are taken. What is not understood is left out: it
    says nothing for or against the statement.
    """
    return words_of(" ".join((*(_meant(unit, quoted, above) for unit in read(text)), ".")))


def is_understood(text: str) -> bool:
    """Tell whether enough of an English statement is understood for the rest to be passed over."""
    saying = [unit.kind for unit in read(text) if unit.kind == "known" or _is_strange(unit)]
    return saying.count("unknown") <= (1 - _UNDERSTOOD) * len(saying)


def _is_strange(unit: Unit) -> bool:
    """Tell whether a word is not known, and no name: names are verified by themselves."""
    return unit.kind == "unknown" and unit.text[0].islower()


def names_stand_in_english(text: str, known: Words) -> bool:
    """Tell whether each name of an English text stands in what is known, in translation or without its marks."""
    places = (words_of(place) for place in _places().named(text))
    return all(_name_stands(unit, known) for unit in _named(text)) and all(_share(p, known) == 1 for p in places)


def _meant(unit: Unit, quoted: Words, above: Words) -> str:
    """Return the rendering that stands in what is known, or of which most does, or else the likeliest."""
    if len(unit.meanings) <= 1 and not unit.parts:
        return "".join(unit.meanings)
    found = (meaning for known in (quoted, above) for meaning in unit.meanings if stands(words_of(meaning), known))
    return next(found, "") or _nearest(unit, quoted, above)


def _nearest(unit: Unit, quoted: Words, above: Words) -> str:
    """Return the rendering of which most stands; a name is never taken apart."""
    whole = max(unit.meanings, key=lambda meaning: _share(words_of(meaning), quoted))
    parts = "" if unit.text[:1].isupper() else " ".join(_meant(part, quoted, above) for part in unit.parts)
    return parts if _share(words_of(parts), quoted) > _share(words_of(whole), quoted) else whole


def _share(words: Words, known: Words) -> float:
    plain = [word for word in words if not is_stop(word)]
    return sum(word in known for word in plain) / max(1, len(plain))


def _named(text: str) -> Iterator[Unit]:
    """Yield what is written with a capital, but for a word that begins a sentence."""
    begins = True
    for unit in read(text):
        capitals = sum(word[0].isupper() for word in unit.text.split())
        if capitals > begins:
            yield unit
        begins = unit.kind == "stop" and unit.text in ".!?:("


def _name_stands(unit: Unit, known: Words) -> bool:
    if unit.kind == "known":
        return all(_is_common(word) for word in unit.text.split()) or any(
            _share(words_of(meaning), known) >= _OF_NAME or meaning.lower() in table()["names"]["always"]
            for meaning in unit.meanings
        )
    if unit.kind == "unknown":
        return _is_common(unit.text) or unit.text.lower() in {fold(word) for word in known}
    return unit.kind != "foreign" or all(word in known for meaning in unit.meanings for word in words_of(meaning))


@cache
def _places() -> Gazetteer:
    return Gazetteer.load()


def _is_common(word: str) -> bool:
    """Tell whether an English word is written with a capital without being a name: "Party", "Decree"."""
    common = table()["names"]["english"]
    plain = word.lower().removesuffix("'s")
    return plain in common or plain.removesuffix("s") in common or all(unit.kind == "free" for unit in read(word))
