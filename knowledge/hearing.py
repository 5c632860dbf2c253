"""Hear what a message says: its words, mended, and the signs in them, in the language or languages it may be in.

The words stand in `data/safety_words.toml`. `knowledge.language` knows more of English, but only with the words of an
edition, and a call for help must be heard without any.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from knowledge.hasty_writing import HastyReader
from knowledge.spelling import Syllables
from knowledge.telling import Phrasebook, Signs, Span, Word, split
from knowledge.vietnamese import fold

_WRITES_MARKS = 0.25
"""Share of words with marks from which a message is taken to write them all; plain Vietnamese has about half."""
_SOME_ENGLISH = 0.15
_MOSTLY_ENGLISH = 0.5


@dataclass(frozen=True, slots=True)
class Heard:
    """A message in one language."""

    words: tuple[str, ...]
    """Its words, mended and folded."""
    signs: Signs
    sentences: frozenset[int]
    """The numbers of its sentences."""

    def has(self, names: Iterable[str]) -> bool:
        """Tell whether it has any of these signs."""
        return any(name in self.signs for name in names)

    def has_in_every_sentence(self, names: Iterable[str]) -> bool:
        """Tell whether each of its sentences has any of these signs."""
        return self.sentences == {span.sentence for span in self.spans(names)}

    def spans(self, names: Iterable[str]) -> list[Span]:
        """Return where it has these signs."""
        return [span for name in names for span in self.signs.get(name, ())]


class _Ear:
    """Hears one language."""

    def __init__(self, table: Mapping[str, Any], syllables: frozenset[str], chat: Mapping[str, str]) -> None:
        self._book = Phrasebook(table)
        self._reader = HastyReader(self._book.words, syllables, chat, table["shortest_mended"])
        self._polite = frozenset(map(fold, table["polite"]))
        self.words = self._book.words

    def read(self, message: str) -> Sequence[Word]:
        """Return the words of a message, mended."""
        return self._reader.read(message)

    def hear(self, message: str) -> Iterator[Heard]:
        """Yield a message as its marks say, and then as if some had been left out."""
        words = self.read(message)
        marked = sum(word.marked for word in words)
        if marked >= _WRITES_MARKS * len(words):
            yield self._heard(words, strict=True)
        if marked < len(words):
            yield self._heard(words, strict=False)

    def _heard(self, words: Sequence[Word], *, strict: bool) -> Heard:
        signs = self._book.signs(words, strict=strict)
        if not self._says_no_more(words, signs):
            signs.pop("alone", None)
        return Heard(tuple(word.plain for word in words), signs, frozenset(word.sentence for word in words))

    def _says_no_more(self, words: Sequence[Word], signs: Signs) -> bool:
        """Tell whether a message says nothing but phrases that count alone, politeness aside."""
        covered = {place for span in signs.get("alone", ()) for place in range(span.start, span.end)}
        return all(place in covered or word.plain in self._polite for place, word in enumerate(words))


class Hearing:
    """Hears Vietnamese and English."""

    def __init__(self, vietnamese: _Ear, english: _Ear, syllables: frozenset[str], cues: frozenset[str]) -> None:
        """Take what hears each language, the syllables of the one, and words that show the other."""
        self._vietnamese = vietnamese
        self._english = english
        self._syllables = syllables
        self._cues = cues | (english.words - syllables)

    @classmethod
    def load(cls) -> Self:
        """Read the tables."""
        table = _table("safety_words.toml")
        syllables = Syllables.load().all()
        own = {written: meant for meant, spellings in table["chat"].items() for written in spellings}
        chat = {**_table("abbreviations.toml")["always"], **own}
        ears = _Ear(table["vi"], syllables, chat), _Ear(table["en"], syllables, {})
        return cls(*ears, syllables, frozenset(table["en"]["cues"]))

    def hear(self, message: str) -> Iterator[Heard]:
        """Yield the message in each language that it may be in."""
        english = self._english_share(message)
        if english < _MOSTLY_ENGLISH or fold(message) != message.lower():
            yield from self._vietnamese.hear(message)
        if english > _SOME_ENGLISH:
            yield from self._english.hear(message)

    def words(self, message: str) -> tuple[str, ...]:
        """Return the words of a message, mended and folded, in the language it is mostly in."""
        ear = self._english if self.is_english(message) else self._vietnamese
        return tuple(word.plain for word in ear.read(message))

    def is_english(self, message: str) -> bool:
        """Tell whether a message is mostly English."""
        return self._english_share(message) >= _MOSTLY_ENGLISH

    def _english_share(self, message: str) -> float:
        """Return the share (0..1) of words that are English and nothing else."""
        words = split(message)
        english = sum(word.written in self._cues for word in words)
        if english:  # then what cannot be Vietnamese is English too, and no raw Telex
            english = sum(word.written in self._cues or self._is_foreign(word) for word in words)
        return english / max(len(words), 1)

    def _is_foreign(self, word: Word) -> bool:
        """Tell whether a word of letters cannot be Vietnamese."""
        return len(word.written) > 1 and word.plain.isalpha() and word.plain not in self._syllables


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("knowledge").joinpath("data", name).read_text(encoding="utf-8"))
