"""Read what a person in need may have typed: chat spelling, slips, raw Telex, joined or broken words.

Unlike `knowledge.language`, it mends towards the words of `data/safety_words.toml` alone: there a word too many costs
little, and a missed one much.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.spelling import decode_telex, decode_vni
from knowledge.telling import Word, split
from knowledge.vietnamese import fold

_INNER = re.compile(r"[^\w'’]+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1")
_DIGITS_FOR_LETTERS = str.maketrans("01345", "oieas")
_LONGEST_SYLLABLE = 7
_LONGEST_MENDED = 40
_SPELT_LETTERS = 4


class HastyReader:
    """Splits a message into words and mends them."""

    def __init__(
        self, known: Collection[str], syllables: Collection[str], chat: Mapping[str, str], shortest_mended: int
    ) -> None:
        """Take the words to mend towards, what needs no mending, chat spellings, and how long a word must be for it."""
        self._known = frozenset(known)
        self._syllables = frozenset(syllables)
        self._chat = chat
        self._shortest_mended = shortest_mended
        self._targets = sorted(word for word in known if len(word) >= shortest_mended and word.isalpha())

    def read(self, message: str) -> list[Word]:
        """Return the words of a message, mended; their order and sentences stay."""
        return [
            Word(written, fold(written), word.sentence)
            for word in _letters_joined(split(message))
            for written in self._mended(word)
        ]

    def _mended(self, word: Word) -> Sequence[str]:
        """Return the word, or words, that a piece of writing stands for."""
        for reading in _readings(word.written):
            meant = self._chat.get(reading)
            if meant:
                return meant.split()
            if fold(reading) in self._known or fold(reading) in self._syllables:
                return [reading]
        return self._guessed(word)

    def _guessed(self, word: Word) -> Sequence[str]:
        """Return what a piece that is no word may be: pieces, Telex or VNI keys, joined words, a slip."""
        if len(word.written) > _LONGEST_MENDED:
            return [word.written]
        pieces = [piece for piece in _INNER.split(word.written) if piece]
        if len(pieces) > 1:
            whole = "".join(pieces)
            return [whole] if fold(whole) in self._known else pieces
        return self._typed_keys(word.written) or self._parts(word.plain) or [self._slip(word)]

    def _typed_keys(self, written: str) -> Sequence[str]:
        """Return what Telex or VNI keys spell, if that is a syllable."""
        for decode in (decode_telex, decode_vni):
            meant, signs = decode(written)
            if signs and fold(meant) in self._syllables:
                return [meant]
        return []

    def _parts(self, plain: str) -> Sequence[str]:
        """Return the words typed without a space between, if the table has every one; the fewest that there can be."""
        best: dict[int, list[str]] = {0: []}
        for end in range(1, len(plain) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                part = plain[start:end]
                if start in best and part in self._known and part in self._syllables:
                    parts = [*best[start], part]
                    if end not in best or len(parts) < len(best[end]):
                        best[end] = parts
        return best.get(len(plain), [])

    def _slip(self, word: Word) -> str:
        """Return the word of the table that is one slip of the finger away, else the word as it stands."""
        if len(word.plain) < self._shortest_mended or not word.plain.isalpha():
            return word.written
        near = process.extract(word.plain, self._targets, scorer=OSA.distance, score_cutoff=1, limit=None)
        return next((meant for meant, _, _ in near if _same_start(meant, word.plain)), word.written)


def _same_start(meant: str, typed: str) -> bool:
    """Tell whether two words start alike, or with their first letters swapped: few miss the first key."""
    return meant[0] == typed[0] or meant[:2] == typed[1::-1]


def _readings(written: str) -> Iterator[str]:
    """Yield the spellings to try, the written one first: letters drawn out, doubled, digits for letters."""
    yield written
    short = _DRAWN_OUT.sub(r"\1", written)
    single = _DOUBLED.sub(r"\1", short)
    yield from dict.fromkeys(spelling for spelling in (short, single) if spelling != written)
    if written.isalnum() and written[0].isalpha() and not written.isalpha():
        yield written.translate(_DIGITS_FOR_LETTERS)


def _letters_joined(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words, with a run of single letters made one: "c h e t" hides from a look over the shoulder."""
    run: list[Word] = []
    for word in words:
        if len(word.written) == 1 and word.written.isalpha():
            run.append(word)
            continue
        yield from _joined(run)
        run = []
        yield word
    yield from _joined(run)


def _joined(run: Sequence[Word]) -> Sequence[Word]:
    """Return single letters as one word where they are too many to be chat spelling."""
    if len(run) < _SPELT_LETTERS:
        return run
    written = "".join(word.written for word in run)
    return [Word(written, fold(written), run[0].sentence)]
