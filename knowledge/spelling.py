"""Mend what the fingers got wrong: slips, joined words, leftovers of Telex and VNI typing, letters of chat.

A word is mended only towards words that are known, and a word that could be Vietnamese is left as it stands
unless its neighbours all but name another: a question about something that the documents do not cover must
not be bent into one that they do.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise, product
from typing import Any, Self

from rapidfuzz.distance import OSA

from knowledge.vietnamese import fold, syllables

_LETTERS = "abcdeghiklmnopqrstuvxy"
_VOWELS = frozenset("aeiouy")
_LONGEST_MENDED = 12
_SHORTEST_WITHOUT_COMPANY = 5
"""Fewer letters are one slip from dozens of words: they need a neighbour that the mended word goes with."""
_SHORTEST_WITH_COMPANY = 3
"""What has less is mended only to a word that a neighbour all but names: "tre mr"."""
_LONGEST_SPLIT = 24
_PAIRS_BEFORE_PRUNING = 200_000
_EITHER_VOWEL_LETTER = ("h", "k", "l", "m", "s", "t", "qu")
"""Onsets after which a lone i sound is written i or y."""
_ONE_KEY = 1.6
"""Likelihood from which a slip is that of one key: two letters swapped, one doubled, the key beside it."""
_SURE_SHARE = 0.3
_SURE_COUNT = 3


def count_words(texts: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count the folded words of the texts, and the pairs of neighbours, for `Language.with_vocabulary`."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        found = [word for word in syllables(text) if word.isalpha()]
        words.update(found)
        pairs.update(pairwise(found))
    return words, pairs


@dataclass(frozen=True, slots=True)
class _Followed:
    """What stands beside a word: how often anything does, and the few that mostly do."""

    total: int
    likely: tuple[str, ...]


def _likely(pairs: Iterable[tuple[str, str, int]]) -> dict[str, _Followed]:
    """Return for each first word the neighbours that make up a good share of all."""
    beside: dict[str, list[tuple[str, int]]] = {}
    for word, neighbour, count in pairs:
        beside.setdefault(word, []).append((neighbour, count))
    followed = {}
    for word, counted in beside.items():
        total = sum(count for _, count in counted)
        enough = max(_SURE_COUNT, _SURE_SHARE * total)
        followed[word] = _Followed(total, tuple(neighbour for neighbour, count in counted if count >= enough))
    return followed


class Vocabulary:
    """The words that a text may be mended towards, folded, and how often two stand side by side."""

    def __init__(self, words: Collection[str], pairs: Mapping[tuple[str, str], int]) -> None:
        counts = words if isinstance(words, Mapping) else dict.fromkeys(words, 1)
        self.words: Mapping[str, int] = counts
        # A pair seen once or twice in a large collection says little and costs memory.
        least = 3 if len(pairs) > _PAIRS_BEFORE_PRUNING else 1
        self.pairs = {pair: count for pair, count in pairs.items() if count >= least}
        self._after = _likely((first, second, count) for (first, second), count in self.pairs.items())
        self._before = _likely((second, first, count) for (first, second), count in self.pairs.items())

    def __contains__(self, word: str) -> bool:
        """Tell whether a folded word is known."""
        return word in self.words

    def joined(self, more_words: Collection[str], more_pairs: Mapping[tuple[str, str], int]) -> Self:
        """Return this vocabulary with more words and pairs."""
        counts = more_words if isinstance(more_words, Mapping) else dict.fromkeys(more_words, 1)
        return type(self)(Counter(self.words) + Counter(counts), Counter(self.pairs) + Counter(more_pairs))

    def support(self, before: str | None, word: str, after: str | None) -> float:
        """Return how well a word fits between its neighbours: 0 if it was never seen beside either."""
        left = self.pairs.get((before, word), 0) if before else 0
        right = self.pairs.get((word, after), 0) if after else 0
        return math.log1p(left) + math.log1p(right)

    def expected(self, before: str | None, after: str | None) -> set[str]:
        """Return the few words that mostly stand after `before` or ahead of `after`."""
        found: set[str] = set()
        if before and (followed := self._after.get(before)):
            found.update(followed.likely)
        if after and (followed := self._before.get(after)):
            found.update(followed.likely)
        return found


@dataclass(frozen=True, slots=True)
class Syllables:
    """What a Vietnamese syllable can look like, from `data/syllables.toml`."""

    table: Mapping[str, Any]

    @classmethod
    def load(cls) -> Self:
        """Read the table."""
        return cls(tomllib.loads((resources.files("knowledge.data") / "syllables.toml").read_text(encoding="utf-8")))

    def all(self) -> frozenset[str]:
        """Return every folded syllable that the spelling rules allow."""
        made = {onset + rime for onset in self.table["onsets"] for rime in self._rimes(onset)}
        bare = set(self.table["rimes"]) - set(self.table["need_an_onset"])
        return frozenset(made | bare | set(self.table["only_without_onset"]) | set(self.table["others"]))

    def _rimes(self, onset: str) -> list[str]:
        """Return the rimes that may follow an onset."""
        special = {"gi": "after_gi", "qu": "after_qu"}
        if onset in special:
            return list(self.table[special[onset]])
        if onset in self.table["before_front_vowels"]:
            return [rime for rime in self.table["rimes"] if rime[0] in "eiy"]
        if onset in self.table["never_before_front_vowels"]:
            return [rime for rime in self.table["rimes"] if rime[0] not in "eiy"]
        return list(self.table["rimes"])

    def neighbours(self) -> dict[str, frozenset[str]]:
        """Return for each letter the letters whose keys lie beside it."""
        beside: dict[str, set[str]] = {}
        rows = self.table["keyboard_rows"]
        for number, row in enumerate(rows):
            for place, letter in enumerate(row):
                near = beside.setdefault(letter, set())
                near.update(row[max(0, place - 1) : place + 2])
                for other in rows[max(0, number - 1) : number + 2]:
                    near.update(other[max(0, place - 1) : place + 2])
        return {letter: frozenset(near - {letter}) for letter, near in beside.items()}

    def chat_spellings(self, word: str) -> Iterator[str]:
        """Yield what a word in chat letters may stand for: "jáo" → "giáo", "trườg" → "trường"."""
        starts = [word]
        for written, meant in self.table["onsets_in_chat"].items():
            if word.startswith(written):
                starts += [onset + word[len(written) :] for onset in meant]
        for start in starts:
            for written, meant in self.table["endings_in_chat"].items():
                if start.endswith(written) and len(start) > len(written) + 1:
                    yield from (start[: -len(written)] + ending for ending in meant)
            if start != word:
                yield start


_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI = {**_VNI_TONES, "6": "^", "7": "+", "8": "(", "9": "-"}
_SHAPES = {
    "^": {"a": "â", "e": "ê", "o": "ô"},
    "+": {"u": "ư", "o": "ơ"},
    "(": {"a": "ă"},
    "w": {"a": "ă", "u": "ư", "o": "ơ"},
    "-": {"d": "đ"},
}


@dataclass
class _Keys:
    """A syllable as it grows under the keys of an input method."""

    letters: list[str]
    tone: str = ""
    signs: int = 0
    """How many keys were marks and not letters."""

    def shape(self, kind: str) -> bool:
        """Change the nearest letter that takes this shape, and tell whether there was one."""
        shapes = _SHAPES[kind]
        for place in range(len(self.letters) - 1, -1, -1):
            if self.letters[place] in shapes:
                self.letters[place] = shapes[self.letters[place]]
                self.signs += 1
                return True
        return False

    def _paired(self) -> list[str]:
        """Return the letters with "uơ" before a consonant made into "ươ", as input methods do."""
        text = re.sub("uơ(?=.)", "ươ", "".join(self.letters))
        return list(text)

    def put_tone(self, tone: str) -> bool:
        """Take a tone mark if there is a vowel to bear it."""
        if not any(letter in _VOWELS for letter in fold("".join(self.letters))):
            return False
        self.tone = tone
        self.signs += 1
        return True

    def text(self) -> str:
        """Return the syllable with its tone where it is written."""
        letters = self._paired()
        if self.tone:
            letters[_tone_place(letters)] += self.tone
        return unicodedata.normalize("NFC", "".join(letters))


def _tone_place(letters: Sequence[str]) -> int:
    """Return which letter bears the tone: a shaped vowel, the last of a closed rime, else the first."""
    plain = fold("".join(letters))
    vowels = [place for place, letter in enumerate(plain) if letter in _VOWELS]
    if len(vowels) > 1 and plain[:2] in ("qu", "gi"):
        vowels = vowels[1:]
    shaped = [place for place in vowels if letters[place] in "âêôăươ"]
    if shaped:
        return shaped[-1]
    closed = vowels[-1] < len(plain) - 1
    return vowels[-1] if closed or len(vowels) == 1 else vowels[-2]


def decode_telex(word: str) -> tuple[str, int]:
    """Return what Telex keys spell and how many of them were marks: "dduwowcj" gives "được" and 5."""
    keys = _Keys([])
    for key in word:
        doubled = key in "aeo" and key in keys.letters and keys.shape("^")
        barred = key == "d" and "d" in keys.letters and keys.shape("-")
        toned = key in _TELEX_TONES and keys.put_tone(_TELEX_TONES[key])
        shaped = key == "w" and keys.shape("w")
        if not (doubled or barred or toned or shaped):
            keys.letters.append(key)
    return keys.text(), keys.signs


def decode_vni(word: str) -> tuple[str, int]:
    """Return what VNI keys spell and how many of them were marks: "tru7o7ng2" gives "trường" and 3."""
    keys = _Keys([])
    for key in word:
        sign = _VNI.get(key)
        if sign is None:
            keys.letters.append(key)
        elif not (keys.shape(sign) if sign in _SHAPES else keys.put_tone(sign)):
            return word, 0
    return keys.text(), keys.signs


@dataclass(frozen=True, slots=True)
class _Edit:
    """One slip undone: the folded word, the same on the word as typed, and how likely such a slip is."""

    folded: str
    typed: str
    likelihood: float


def _lacks_one_letter(word: str, meant: str) -> bool:
    """Tell whether a word is another that lost a letter."""
    return len(meant) == len(word) + 1 and any(meant[:at] + meant[at + 1 :] == word for at in range(len(meant)))


class Speller:
    """Mends words towards a vocabulary; knows no sentence but the neighbours it is given."""

    def __init__(self, table: Syllables, vocabulary: Vocabulary) -> None:
        self._table = table
        self.vocabulary = vocabulary

    @cached_property
    def valid(self) -> frozenset[str]:
        """Every folded syllable that could be Vietnamese."""
        return self._table.all()

    @cached_property
    def _near(self) -> dict[str, frozenset[str]]:
        """Return for each letter the keys beside it."""
        return self._table.neighbours()

    def with_vocabulary(self, words: Collection[str], pairs: Mapping[tuple[str, str], int]) -> "Speller":
        """Return a speller that knows these words besides."""
        return Speller(self._table, self.vocabulary.joined(words, pairs))

    def mend(self, word: str, before: str | None, after: str | None) -> tuple[str, ...]:
        """Return the word as it was probably meant, in parts where it was several joined.

        `word` is as typed, in small letters, with whatever marks it has; the neighbours are folded.
        """
        folded = fold(word)
        if not folded.isalpha() or len(folded) > _LONGEST_SPLIT:
            return (word,)
        if folded in self.valid:
            return (self._mended_word(word, folded, before, after),)
        if folded in self.vocabulary:  # an abbreviation or a foreign word of the texts, or part of an address
            return self._parts(word, folded) or (word,)
        keyed = self._telex(word) or self._chat(word)
        if keyed:
            return (keyed,)
        return self._parts(word, folded) or (self._slip(word, folded, before, after) or word,)

    def _mended_word(self, word: str, folded: str, before: str | None, after: str | None) -> str:
        """Return a possible Vietnamese word, unless another spelling or another word is meant for certain."""
        if folded in self.vocabulary:
            return word
        other = self._respelt(folded, before, after) or self._between(folded, before, after)
        return other or self._beside(word, folded, before, after) or word

    def _target(self, word: str) -> bool:
        """Tell whether a folded word may be mended towards."""
        return word in self._targets

    @cached_property
    def _targets(self) -> AbstractSet[str]:
        """Return the folded words that are known, and Vietnamese."""
        return self.valid & self.vocabulary.words.keys()

    def from_vni(self, words: Sequence[str]) -> list[str]:
        """Return the words with VNI digits made into marks, if any word can only have been typed that way."""
        certain = re.compile(r"^[^\W\d_]+\d+[^\W\d_]+\d*$")
        if not any(certain.match(word) and self._vni(word) for word in words):
            return list(words)
        return [self._vni(word) or word for word in words]

    def _vni(self, word: str) -> str | None:
        """Return what a word in VNI keys spells, if that could be Vietnamese."""
        if not any(key.isdigit() for key in word) or not word[0].isalpha():
            return None
        meant, signs = decode_vni(word)
        return meant if signs and fold(meant) in self.valid else None

    def _telex(self, word: str) -> str | None:
        """Return what Telex keys spell; one mark alone must give a known word, for "max" is not "mã"."""
        meant, signs = decode_telex(word)
        folded = fold(meant)
        if self._target(folded) and signs:
            return meant
        return meant if signs > 1 and folded in self.valid else None

    def _chat(self, word: str) -> str | None:
        """Return what chat letters stand for, if it is a known word."""
        return next((meant for meant in self._table.chat_spellings(word) if self._target(fold(meant))), None)

    def _respelt(self, folded: str, before: str | None, after: str | None) -> str | None:
        """Return the word with i for y or y for i, if that is known in its place: "kĩ năng"."""
        if folded[-1] not in "iy" or folded[:-1] not in _EITHER_VOWEL_LETTER:
            return None
        other = folded[:-1] + ("y" if folded[-1] == "i" else "i")
        return other if self._target(other) and self.vocabulary.support(before, other, after) else None

    def _parts(self, word: str, folded: str) -> tuple[str, ...] | None:
        """Return the known words that stand in one piece: "treem", "haiphong", "luattreem"."""
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
        for end in range(1, len(folded) + 1):
            for start in range(max(0, end - 7), end):
                if start not in best or folded[start:end] not in self.valid:
                    continue
                score, cuts = best[start]
                gain = self._join_strength(folded, cuts, end)
                if gain > 0 and score + gain > best.get(end, (0.0, ()))[0]:
                    best[end] = (score + gain, (*cuts, end))
        if len(folded) not in best:
            return None
        cuts = best[len(folded)][1]
        return tuple(word[start:end] for start, end in pairwise(cuts))

    def _join_strength(self, folded: str, cuts: tuple[int, ...], end: int) -> float:
        """Return how well the next part follows the one before; 0 where the two were never seen together."""
        part = folded[cuts[-1] : end]
        if not self._target(part):
            return 0.0
        if len(cuts) == 1:
            return 0.1
        return math.log1p(self.vocabulary.pairs.get((folded[cuts[-2] : cuts[-1]], part), 0))

    def _slip(self, word: str, folded: str, before: str | None, after: str | None) -> str | None:
        """Return the known word one slip away that fits best, or two where the neighbours name it."""
        if len(folded) > _LONGEST_MENDED:
            return None
        best: tuple[float, str] | None = None
        near: AbstractSet[str] = self._targets
        if len(folded) < _SHORTEST_WITH_COMPANY:
            near = self.vocabulary.expected(before, after) & self.valid
        for edit in (*self._edits(word, folded, near), *self._far(folded, before, after)):
            support = self.vocabulary.support(before, edit.folded, after)
            if not support and len(folded) < _SHORTEST_WITHOUT_COMPANY:
                continue
            score = 2 * support + edit.likelihood + 0.1 * math.log1p(self.vocabulary.words[edit.folded])
            if best is None or score > best[0]:
                best = score, edit.typed
        return best[1] if best else None

    def _between(self, folded: str, before: str | None, after: str | None) -> str | None:
        """Return the word that stands between two neighbours, if an unknown word lacks one letter of it.

        Other slips than a lost letter make too many real words of others: "kết hôn với" is not "kết hợp với".
        """
        if before is None or after is None:
            return None
        for meant in self.vocabulary.expected(before, after):
            if _lacks_one_letter(folded, meant) and self._fits(before, meant, after) and self._target(meant):
                return meant
        return None

    def _beside(self, word: str, folded: str, before: str | None, after: str | None) -> str | None:
        """Return the word that a neighbour all but names, if a slip of one key makes an unknown word of it.

        A word typed with its marks is meant as it stands.
        """
        expected = self.vocabulary.expected(before, after) & self.valid if word.isascii() else set()
        if not expected:
            return None
        for edit in self._edits(word, folded, expected):
            if edit.likelihood >= _ONE_KEY and self._fits(before, edit.folded, after):
                return edit.typed
        return None

    def _fits(self, before: str | None, word: str, after: str | None) -> bool:
        """Tell whether a word was seen beside each neighbour that there is."""
        pairs = self.vocabulary.pairs
        return (before is None or (before, word) in pairs) and (after is None or (word, after) in pairs)

    def _far(self, folded: str, before: str | None, after: str | None) -> Iterator[_Edit]:
        """Yield words two slips away that share a letter and that the neighbours all but name."""
        for meant in sorted(self.vocabulary.expected(before, after) & self.valid):
            if set(meant) & set(folded) and OSA.distance(meant, folded, score_cutoff=2) <= 2:  # noqa: PLR2004 -- two slips
                yield _Edit(meant, meant, -1.0)

    def _edits(self, word: str, folded: str, wanted: AbstractSet[str]) -> Iterator[_Edit]:
        """Yield the wanted words one slip away."""
        for at in range(len(folded)):
            head, tail = folded[:at], folded[at + 1 :]
            if (shorter := head + tail) in wanted:
                doubled = at > 0 and folded[at] == folded[at - 1]
                yield _Edit(shorter, word[:at] + word[at + 1 :], 2.5 if doubled else 1.0)
            if tail and (swapped := head + tail[0] + folded[at] + tail[1:]) in wanted:
                yield _Edit(swapped, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 3.0)
            for letter in _LETTERS:
                if (other := head + letter + tail) in wanted:
                    likelihood = (2.0 if letter in self._near.get(folded[at], ()) else 0.5) - (at == 0)
                    yield _Edit(other, word[:at] + letter + word[at + 1 :], likelihood)
        for at, letter in product(range(len(folded) + 1), _LETTERS):
            if (longer := folded[:at] + letter + folded[at:]) in wanted:
                yield _Edit(longer, word[:at] + letter + word[at:], 1.5 if at else 0.5)
