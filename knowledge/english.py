"""Put English questions into the Vietnamese words of the documents.

It is a glossary and not a translator: the longest known phrase wins, words of no use are dropped, and what it
does not know stays as typed, so that a question about something else does not look like one it covers.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final, Literal, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

Kind = Literal["noun", "verb", "word", "dropped", "name", "unknown", "vietnamese"]

JOINER = "·"
"""Joins the words of a name that is to stay whole in an English question."""
_TOKEN = re.compile(rf"[^\W_]+(?:\.?[-/.'’{JOINER}][^\W_]+)*|[,;:]")
_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
_AGE = re.compile(r"(\d+)-year-olds?\b")
_INSERTED = re.compile(r"«([^»]*)»")
_LONGEST_PHRASE = 9
_LONGEST_FRAMED = 300
"""Letters; the gaps of a frame take quadratic time."""
_SHORTEST_SLIP = 5
_SHORTEST_MENDED = 6
"""Shorter English words lie too close to each other to be mended towards."""
_SHORTEST_BORROWED = 4
_TURNED = ("noun", "name")
_NUMBER_WORDS = ("no", "no.", "number", "nr")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the question in Vietnamese, or as typed where the glossary does not know it."""

    text: str
    kind: Kind
    words: int = 1
    """How many words of the question it stands for."""


@dataclass
class _Node:
    """A place in the tree of phrases."""

    meanings: dict[Kind, str] = field(default_factory=dict)
    next: dict[str, "_Node"] = field(default_factory=dict)


def lemmas(word: str, irregular: Mapping[str, str]) -> Iterator[str]:
    """Yield the word and what it may be a form of: "parties" → "partie", "party"; "signing" → "sign"."""
    yield word
    if word in irregular:
        yield irregular[word]
    base = re.sub(r"['’]s?$", "", word)
    if base != word:
        yield from lemmas(base, irregular)
        return
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield from (stem + replacement for replacement in replacements)
            if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                yield stem[:-1]


_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ing", ("", "e")),
    ("ed", ("", "e")),
)


_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("words", "word"),
    ("verbs", "verb"),
    ("adjectives", "noun"),
    ("nouns", "noun"),
)


_ENTRIES = ("nouns", "adjectives", "verbs")
"""What names something; the rest is what questions are made of."""


class English:
    """The glossary of `data/english.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._irregular: Mapping[str, str] = table["irregular"]
        self._dropped = frozenset(table["dropped"]["words"])
        self._common = frozenset(table["common"]["words"])
        self._borrowed = frozenset(table["borrowed"]["words"])
        self._translated = frozenset(table["borrowed"]["translated"])
        self._openings = frozenset(table["openings"]["words"])
        self._entries = [pair for name in _ENTRIES for pair in table[name].items()]
        self._frames = [(re.compile(frame["english"], re.IGNORECASE), frame["vietnamese"]) for frame in table["frames"]]
        self._phrases = _Node()
        for name, kind in _KINDS:
            self._add(table[name], kind)
        self._keywords = frozenset(
            word for name in ("nouns", "adjectives", "verbs") for key in table[name] for word in key.split()
        )
        self._mended_towards: dict[str, list[str]] = {}
        for word in sorted(self._keywords):
            if len(word) >= _SHORTEST_MENDED:
                self._mended_towards.setdefault(word[0], []).append(word)

    @classmethod
    def load(cls) -> Self:
        """Read the glossary."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "english.toml").read_text(encoding="utf-8")))

    def _add(self, entries: Mapping[str, str], kind: Kind) -> None:
        """Put phrases into the tree."""
        for phrase, meaning in entries.items():
            node = self._phrases
            for word in phrase.split():
                node = node.next.setdefault(word, _Node())
            node.meanings[kind] = meaning

    @property
    def meanings(self) -> list[str]:
        """Every Vietnamese expression of the glossary."""
        found: list[str] = []
        waiting = [self._phrases]
        while waiting:
            node = waiting.pop()
            found.extend(node.meanings.values())
            waiting.extend(node.next.values())
        return found

    def knows(self, word: str) -> bool:
        """Tell whether a word in small letters is English, as far as this glossary goes."""
        return any(
            form in self._keywords or form in self._common or form in self._dropped or form in self._phrases.next
            for form in lemmas(word, self._irregular)
        )

    @property
    def entries(self) -> Sequence[tuple[str, str]]:
        """English names of things and deeds, each with the Vietnamese one."""
        return self._entries

    def forms(self, word: str) -> list[str]:
        """Return a word in small letters and what it may be a form of."""
        return list(lemmas(word, self._irregular))

    def says_nothing(self, word: str) -> bool:
        """Tell whether a word in small letters is one such as "the", which is dropped."""
        return word in self._dropped

    def opens_question(self, word: str) -> bool:
        """Tell whether a first word in small letters is one that opens an English question."""
        return word in self._openings

    def is_borrowed(self, word: str) -> bool:
        """Tell whether Vietnamese uses a foreign word as it is."""
        return word in self._borrowed

    def stays(self, word: str) -> bool:
        """Tell whether a borrowed word is better left as it stands in a Vietnamese question."""
        return word in self._borrowed and word not in self._translated

    def phrase_at(self, words: Sequence[str], at: int) -> Piece | None:
        """Return the meaning of the longest noun or verb phrase at a word of a Vietnamese question."""
        found = self._longest(words, at)
        if found is None:
            return None
        meanings, length = found
        kind: Kind | None = next((kind for kind in ("noun", "verb") if kind in meanings), None)
        if kind is None or (length == 1 and len(words[at]) < _SHORTEST_BORROWED):
            return None
        return Piece(meanings[kind], kind, length)

    def _longest(self, words: Sequence[str], at: int) -> tuple[dict[Kind, str], int] | None:
        """Return what the longest phrase that starts at a word means and how many words it has."""
        nodes = [self._phrases]
        found = None
        for length, word in enumerate(words[at : at + _LONGEST_PHRASE], 1):
            forms = list(lemmas(word, self._irregular))
            nodes = [node.next[form] for node in nodes for form in forms if form in node.next]
            meant = next((node.meanings for node in nodes if node.meanings), None)
            if meant:
                found = meant, length
            if not nodes:
                break
        return found

    def translate(self, question: str, is_vietnamese: Callable[[str], bool]) -> list[Piece]:
        """Return the question in pieces; `is_vietnamese` tells a Vietnamese word, in a name for instance."""
        pieces: list[Piece] = []
        for sentence in _SENTENCE.split(_AGE.sub(r"\1 year old", question)):
            framed = self._framed(
                re.sub(
                    r"^(?:hi|hello|hey|dear \w+|please)\b[ ,!]*",
                    "",
                    sentence.strip(" .?!;"),
                    flags=re.IGNORECASE,
                )
            )
            for number, part in enumerate(_INSERTED.split(framed)):
                if number % 2:
                    pieces.append(Piece(part, "vietnamese"))
                else:
                    pieces.extend(self._turned(self._pieces(_TOKEN.findall(part), is_vietnamese)))
        return [piece for at, piece in enumerate(pieces) if piece.kind != "dropped" and not _opens_verb(pieces, at)]

    def _framed(self, sentence: str) -> str:
        """Put a whole question into Vietnamese order where it has a known form."""
        if len(sentence) > _LONGEST_FRAMED:
            return sentence
        for pattern, frame in self._frames:
            if match := pattern.match(sentence):
                return re.sub(r"\{(\d)\}", lambda gap: (match.group(int(gap.group(1))) or "").strip(), frame)
        return sentence

    def _pieces(self, typed: Sequence[str], is_vietnamese: Callable[[str], bool]) -> list[Piece]:
        """Put words into Vietnamese one phrase at a time; a number belongs to the noun before it."""
        lower = [self._mended(word, is_vietnamese) for word in typed]
        pieces: list[Piece] = []
        at = 0
        while at < len(typed):
            piece = self._piece(typed, lower, at, pieces, is_vietnamese)
            if piece.text[:1].isdigit() and pieces and pieces[-1].kind == "noun":
                pieces[-1] = Piece(f"{pieces[-1].text} {piece.text}", "noun")
            elif piece.kind == "name" and pieces and pieces[-1].kind == "name":
                pieces[-1] = Piece(f"{pieces[-1].text} {piece.text}", "name")
            else:
                pieces.append(piece)
            at += piece.words
        return pieces

    def _piece(
        self,
        typed: Sequence[str],
        lower: Sequence[str],
        at: int,
        before: Sequence[Piece],
        is_vietnamese: Callable[[str], bool],
    ) -> Piece:
        """Return the piece that starts at a word."""
        word = lower[at]
        if word in _NUMBER_WORDS and typed[at + 1 : at + 2] and typed[at + 1][0].isdigit():
            return Piece("", "dropped") if not before else Piece(typed[at + 1], "name", 2)
        if found := self._longest(lower, at):
            return _chosen(*found, before)
        if word in self._dropped or not word[0].isalnum():
            return Piece("", "dropped")
        if is_vietnamese(typed[at]) and not self.knows(word):
            return Piece(re.sub(r"['’]s$", "", typed[at]).replace(JOINER, " "), "name")
        return Piece(typed[at], "unknown")

    def _mended(self, word: str, is_vietnamese: Callable[[str], bool]) -> str:
        """Return a word in small letters, a long one with one slip mended: "protecton" → "protection"."""
        lower = word.lower()
        if (
            len(lower) < _SHORTEST_SLIP
            or not lower.isascii()
            or not lower.isalpha()
            or self.knows(lower)
            or is_vietnamese(word)
        ):
            return lower
        for form in (lower, lower.removesuffix("s")):
            alike = self._mended_towards.get(lower[0], ())
            if found := process.extractOne(form, alike, scorer=OSA.distance, score_cutoff=1):
                return str(found[0])
        return lower

    @staticmethod
    def _turned(pieces: Sequence[Piece]) -> list[Piece]:
        """Turn round nouns and names that stand together: the chief word comes first in Vietnamese."""
        turned: list[Piece] = []
        run: list[Piece] = []
        for piece in pieces:
            if piece.kind in _TURNED:
                run.insert(0, piece)
                continue
            turned += [*run, piece]
            run = []
        return turned + run


_MODALS = frozenset(("phải", "cần phải", "không", "đến", "và", "ai", "phải như thế nào"))


def _chosen(meanings: Mapping[Kind, str], length: int, before: Sequence[Piece]) -> Piece:
    """Choose between a noun and a verb of the same letters by what stands before."""
    if "verb" in meanings and "noun" in meanings:
        kind: Kind = "verb" if before and before[-1].text in _MODALS else "noun"
    else:
        kind = next(iter(meanings))
    return Piece(meanings[kind], kind, length)


def _opens_verb(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a piece is the "to" before a verb, which Vietnamese does not say."""
    return pieces[at].text == "đến" and at + 1 < len(pieces) and pieces[at + 1].kind == "verb"
