"""Hold the parts of documents that a statement names against those that it rests on: Điều, khoản, điểm, mục."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from knowledge.library import Place
from knowledge.vietnamese import fold
from knowledge.writing.wording import table

Chain = tuple[tuple[str, frozenset[str]], ...]
"""Levels with their values: "điểm a khoản 1, 3 Điều 5" is `(("diem", {a}), ("khoan", {1, 3}), ("dieu", {5}))`."""


def without_parts(text: str) -> str:
    """Return a text without the parts that it names."""
    folded = fold(text)
    rest = list(text if len(folded) == len(text) else folded)
    for found in _part().finditer(folded):
        rest[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(rest)


def parts_stand(text: str, quoted: str, places: Sequence[Place]) -> bool:
    """Tell whether each part that a statement names is one that the quotes name, or that is quoted.

    Where the statement names as many as the quotes do, they are those of the quotes.
    """
    chains = list(_chains(fold(text)))
    said = [dict(chain) for chain in _chains(fold(quoted))]
    own = [known for place in places for known in _parts_of(place)]
    strict = 0 < len(said) == len(chains)
    return all(any(_is_within(chain, known) for known in (said if strict else [*said, *own])) for chain in chains)


@cache
def _part() -> re.Pattern[str]:
    words = [word for level in table()["parts"]["levels"].values() for word in level]
    level, joints = "|".join(sorted(words, key=len, reverse=True)), "|".join(table()["parts"]["joints"])
    value = r"(?:(?:[ivx]+|\d{1,3})(?:\.(?:\d{1,2}|[ivx]+|[a-z]))*|[a-z])(?![\w/%-])"
    return re.compile(rf"\b(?P<level>{level})\s+(?P<values>{value}(?:(?:\s*,\s*|\s+(?:{joints})\s+){value})*)")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:(?:{'|'.join(table()['parts']['links'])})\s+)?")


def _chains(folded: str) -> Iterator[Chain]:
    """Yield the parts that a folded text names, those that belong together as one chain."""
    levels: Mapping[str, Sequence[str]] = table()["parts"]["levels"]
    chain: list[tuple[str, frozenset[str]]] = []
    end = -1
    for found in _part().finditer(folded):
        level = next(name for name, words in levels.items() if found["level"] in words)
        if chain and (level in dict(chain) or _link().fullmatch(folded, end, found.start()) is None):
            yield tuple(chain)
            chain = []
        chain.append((level, _values(found["values"])))
        end = found.end()
    if chain:
        yield tuple(chain)


def _values(listed: str) -> frozenset[str]:
    """Return the parts of a list such as "1, 3 và 5"; what comes twice is marked, for no document lists so."""
    values = [value for value in re.split(r"\s*,\s*|\s+", listed) if value not in table()["parts"]["joints"]]
    return frozenset(value if values.count(value) == 1 else f"{value} twice" for value in values)


def _is_within(chain: Chain, known: Mapping[str, frozenset[str]]) -> bool:
    return all(values <= known.get(level, frozenset()) for level, values in chain)


def _parts_of(place: Place) -> Iterator[Mapping[str, frozenset[str]]]:
    """Yield what a passage is called as a part; of "II.4" also its steps, "phần II", "mục 4"."""
    labels = f"{place.passage.label} . {place.section.label} . {place.section.path}"
    yield from (dict(chain) for chain in _chains(fold(labels)))
    if not place.document.is_law:
        steps = fold(place.section.path).split(".")
        ends = range(1, len(steps) + 1)
        whole = frozenset(".".join(steps[start:end]) for end in ends for start in range(end))
        yield dict.fromkeys(table()["parts"]["path"], whole)
