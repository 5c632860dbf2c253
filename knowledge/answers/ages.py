"""Keep to the clauses on the age that is asked about: of a child of 14 no clause on those under 13 is an answer."""

import re
from collections.abc import Iterator, Sequence

from knowledge.library import Library, Place
from knowledge.vietnamese import fold

_BELOW = r"(?:chua du|chua den|chua qua|duoi)"
_AT_LEAST = r"(?:tu(?: du)?|(?<!chua )du)"
_ASKED = re.compile(rf"(?P<below>{_BELOW} )?\b(?P<age>\d{{1,2}}) tuoi\b")
_FROM_TO = re.compile(rf"\b{_AT_LEAST} (\d{{1,2}})(?: tuoi)? (?:den|toi) ({_BELOW} )?(\d{{1,2}}) tuoi\b")
_FROM = re.compile(rf"\b{_AT_LEAST} (\d{{1,2}}) tuoi\b")
_UNDER = re.compile(rf"\b{_BELOW} (\d{{1,2}}) tuoi\b")
_OLDEST = 150


def for_age(library: Library, places: Sequence[Place], words: str) -> list[Place]:
    """Return passages with the clauses on the age that a question names in the place of those on other ages.

    Where an article has none on it, its passages stay as they are.
    """
    asked = _ASKED.search(fold(words))
    if not asked:
        return list(places)
    age = int(asked["age"]) - bool(asked["below"])
    found: dict[str, Place] = {}
    for place in places:
        right = [place]
        if _is_on(place, age) is False:
            clauses = library.article(place.document.id, place.section.path)
            right = [clause for clause in clauses if _is_on(clause, age)] or right
        new = next((each for each in right if each.passage.id not in found), None)
        if new:
            found[new.passage.id] = new
    return list(found.values())


def _is_on(place: Place, age: int) -> bool | None:
    """Tell whether a passage is on an age; None where it speaks of none."""
    ages = list(_ages(fold(place.passage.text)))
    return any(age in each for each in ages) if ages else None


def _ages(folded: str) -> Iterator[range]:
    """Yield the ages that a text speaks of: "từ đủ 13 tuổi đến chưa đủ 15 tuổi", "dưới 16 tuổi"."""
    for found in _FROM_TO.finditer(folded):
        yield range(int(found[1]), int(found[3]) + (not found[2]))
    rest = _FROM_TO.sub(" ", folded)
    for found in _FROM.finditer(rest):
        yield range(int(found[1]), _OLDEST)
    for found in _UNDER.finditer(rest):
        yield range(int(found[1]))
