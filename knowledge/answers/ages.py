"""Keep to the clauses on the age that is asked about: of a child of 14 no clause on those under 13 is an answer."""

import re
from collections.abc import Iterator, Sequence

from knowledge.library import Place
from knowledge.vietnamese import fold

_BELOW = r"(?:chua du|chua den|chua qua|duoi)"
_AT_LEAST = r"(?:tu(?: du)?|(?<!chua )du)"
_ASKED = re.compile(rf"(?P<below>{_BELOW} )?\b(?P<age>\d{{1,2}}) tuoi\b")
_FROM_TO = re.compile(rf"\b{_AT_LEAST} (\d{{1,2}})(?: tuoi)? (?:den|toi) ({_BELOW} )?(\d{{1,2}}) tuoi\b")
_FROM = re.compile(rf"\b{_AT_LEAST} (\d{{1,2}}) tuoi\b")
_UNDER = re.compile(rf"\b{_BELOW} (\d{{1,2}}) tuoi\b")
_OLDEST = 150


def for_age(places: Sequence[Place], words: str) -> list[Place]:
    """Return passages without those on other ages than the one that a question names.

    All of them where the question names none, or no passage is on it.
    """
    asked = _ASKED.search(fold(words))
    if not asked:
        return list(places)
    age = int(asked["age"]) - bool(asked["below"])
    spoken_of = [list(_ages(fold(place.passage.text))) for place in places]
    on_it = [any(age in each for each in ages) for ages in spoken_of]
    others = [ages and not on for ages, on in zip(spoken_of, on_it, strict=True)]
    return [place for place, other in zip(places, others, strict=True) if not (other and any(on_it))]


def _ages(folded: str) -> Iterator[range]:
    """Yield the ages that a text speaks of: "từ đủ 13 tuổi đến chưa đủ 15 tuổi", "dưới 16 tuổi"."""
    for found in _FROM_TO.finditer(folded):
        yield range(int(found[1]), int(found[3]) + (not found[2]))
    rest = _FROM_TO.sub(" ", folded)
    for found in _FROM.finditer(rest):
        yield range(int(found[1]), _OLDEST)
    for found in _UNDER.finditer(rest):
        yield range(int(found[1]))
