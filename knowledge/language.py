"""Turn what people type into plain Vietnamese words that retrieval and understanding can use.

People write with and without tone marks, with slips, chat spelling and official abbreviations, in English, or
all at once. `Language.read` writes abbreviations out, mends slips towards the words of the edition and puts
English into the Vietnamese of the documents; the number of a document stays in one piece.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

from knowledge.abbreviations import Abbreviations
from knowledge.english import JOINER, English, Piece
from knowledge.everyday import Everyday
from knowledge.places import Gazetteer
from knowledge.spelling import Speller, Syllables, Vocabulary
from knowledge.synonyms import Synonyms
from knowledge.vietnamese import fold

_TOKEN = re.compile(r"(?<!\w)[^\W\d_]\)|[^\W_]+(?:[-/.&,+'’][^\W_]+)*|[,;:!?.…()\"“”]+")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[./:-]\d+)*")
_SECTION = re.compile(r"(?:[IVXivx]+|\d+)(?:\.(?:\d+|[IVXivx]+))*(?:\.[^\W\d_])?")
_DOCUMENT = re.compile(r"\d{1,5}(?:/\d{4})?[-/][^\W\d_]\S*")
_ROMAN = re.compile(r"[ivx]{1,7}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_AND_SIGN = re.compile(r"(?<!\w)(\w*)(?:\s+&\s*|\s*&\s+)(\w*)")
_CITY_DOT = re.compile(r"\b(tp|t\.p)\.\s*(?=\w)", re.IGNORECASE)
_VOWEL = re.compile("[aeiouy]")
_SHORTEST_FOREIGN = 3
_LONGEST_INITIALS = 2
_QUESTION_BONUS = 2.0
_MARKED_WORD = 1.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as typed and in plain Vietnamese words."""

    original: str
    english: bool
    """The person writes English."""
    words: str
    """Plain Vietnamese, one space between words and no punctuation, with marks as typed or written out."""
    folded: str
    """The same words folded."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a question; a stop between two clauses has no text."""

    text: str
    settled: bool = False
    """Written out or recognised: not to be mended."""


_STOP = _Token("", settled=True)


def load_language() -> "Language":
    """Read the tables; the words of an edition come with `Language.with_vocabulary`."""
    english, places, synonyms, everyday = English.load(), Gazetteer.load(), Synonyms.load(), Everyday.load()
    own = [*english.meanings, *places.names, *synonyms.expressions]
    speller = Speller(Syllables.load(), _own_vocabulary(own))
    abbreviations = Abbreviations.load(places.short, speller.valid)
    return Language(abbreviations, english, places, speller, synonyms, everyday)


def _own_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Return the words of the tables and their pairs, each counted once."""
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        found = _LETTERS.findall(fold(text))
        words.update(found)
        pairs.update(pairwise(found))
    return Vocabulary(dict.fromkeys(words, 1), dict.fromkeys(pairs, 1))


@dataclass(frozen=True)
class Language:
    """Reads questions; made by `load_language`."""

    _abbreviations: Abbreviations
    _english: English
    _places: Gazetteer
    _speller: Speller
    _synonyms: Synonyms
    _everyday: Everyday

    def with_vocabulary(self, words: Collection[str], pairs: Mapping[tuple[str, str], int] | None = None) -> Self:
        """Return a language that mends slips towards these folded words as well.

        `words` may be a mapping with counts. `pairs` counts how often two words stand side by side, so that
        their company chooses among candidates; `knowledge.spelling.count_words` makes both from texts.
        """
        return replace(self, _speller=self._speller.with_vocabulary(words, pairs or {}))

    def read(self, question: str) -> Reading:
        """Read a question as typed."""
        text = self._abbreviations.document_numbers.printed(_clean(question))
        english = self.speaks_english(text)
        tokens = self._from_english(text) if english else self._from_vietnamese(text)
        words = " ".join(" ".join(token.text.replace(",", " ").split()) for token in tokens if token.text)
        return Reading(question, english, words, fold(words))

    def places(self, text: str) -> list[str]:
        """Return the provinces and cities named, by their full names, in the order of the text.

        Marks and capitals tell places from ordinary words where they were typed: give `Reading.words` or the
        question itself rather than folded words.
        """
        written_out = [token.text for token in self._expanded(_tokens(text)) if token.text]
        return self._places.named(" ".join(written_out))

    def now_in(self, place: str) -> str | None:
        """Return the place that took in another on 1 July 2025, as far as that was looked up; else None."""
        return self._places.now_in(place)

    def expansions(self, text: str) -> list[str]:
        """Return other wordings, folded, of the expressions of a question, for a query with less weight."""
        return self._synonyms.of(text)

    def rewordings(self, text: str) -> list[str]:
        """Return a text with its everyday expressions put officially, at most three ways; none without any."""
        return self._everyday.rewordings(text)

    def speaks_english(self, text: str) -> bool:
        """Tell whether a person writes English, which Vietnamese without marks is not, nor a borrowed word.

        English words are weighed against Vietnamese ones. Words that both languages have, names of places,
        numbers and abbreviations say nothing.
        """
        words = [
            word
            for word in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text)
            if not any(letter.isdigit() for letter in word)
        ]
        names = {at for place in self._places.find(words) for at in range(place.start, place.end)}
        english = vietnamese = 0.0
        sure = False
        for at, word in enumerate(words):
            if at in names or self._english.is_borrowed(word.lower()):
                continue
            side, weight = self._side(word)
            english += weight if side == "english" else 0
            vietnamese += weight if side == "vietnamese" else 0
            sure = sure or (side == "english" and weight >= 1)
        if words and self._english.opens_question(words[0].lower()):
            english += _QUESTION_BONUS
        return sure and english > vietnamese

    def _side(self, word: str) -> tuple[str, float]:
        """Return which language a word speaks for and how strongly."""
        lower, folded = word.lower(), fold(word)
        if not word.isascii():
            return "vietnamese", 1.0 if word[0].isupper() else _MARKED_WORD
        if self._english.knows(lower):
            return ("", 0.0) if folded in self._speller.valid or len(lower) == 1 else ("english", 1.0)
        if folded in self._speller.valid:
            return "vietnamese", 1.0
        if self._abbreviations.is_short(word):
            return ("", 0.0) if word.isupper() else ("vietnamese", 0.5)
        return ("english", 0.5) if len(lower) >= _SHORTEST_FOREIGN and re.search("[aeiou]", lower) else ("", 0.0)

    def _from_vietnamese(self, text: str) -> list[_Token]:
        """Read a question in Vietnamese, or mostly so."""
        tokens = self._split_joined(self._vni(_tokens(text)))
        return self._mended(self._translated(self._with_places(self._expanded(tokens))))

    def _from_english(self, text: str) -> list[_Token]:
        """Read a question in English."""
        pieces = self._english.translate(self._with_whole_places(self._english_ready(text)), self._is_vietnamese)
        tokens: list[_Token] = []
        for piece in pieces:
            tokens += [_Token(word, settled=True) for word in piece.text.split()]
        return tokens

    def _english_ready(self, text: str) -> str:
        """Write out what is short for Vietnamese in an English question: "HCMC", "UBND", "CT28"."""
        ready: list[str] = []
        words = re.findall(r"\S+|\s+", text)
        for word in words:
            bare = word.strip(".,;:!?()\"“”'")
            long = self._short_in_english(bare)
            ready.append(word.replace(bare, long) if long else word)
        return "".join(ready)

    def _with_whole_places(self, text: str) -> str:
        """Join the words of each place, so that "Can Tho" is not taken for English, and name it in full."""
        found = list(_WORD.finditer(text))
        for place in reversed(self._places.find([word[0] for word in found])):
            start, end = found[place.start].start(), found[place.end - 1].end()
            text = text[:start] + place.name.replace(" - ", " ").replace(" ", JOINER) + text[end:]
        return text

    def _short_in_english(self, word: str) -> str | None:
        """Return the long form of a Vietnamese short form in English, if it can be nothing else."""
        if not word or self._english.knows(word.lower()):
            return None
        parts = self._abbreviations.joined(word, lambda _: False)
        if parts:
            return " ".join(parts)
        is_acronym = word.isupper() and len(word) > 1
        if is_acronym or word.lower() in self._places.short:
            found = self._abbreviations.at([word], [fold(word)], 0, shouted=False)
            return found[0] if found else None
        return None

    def _is_vietnamese(self, word: str) -> bool:
        """Tell whether a word in an English sentence is Vietnamese, or the number of a document."""
        return not word.isascii() or word[0].isdigit() or JOINER in word or fold(word) in self._speller.valid

    def _vni(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Put words typed with VNI digits into Vietnamese letters."""
        texts = self._speller.from_vni([token.text for token in tokens])
        return [token if text == token.text else _Token(text) for token, text in zip(tokens, texts, strict=True)]

    def _split_joined(self, tokens: Iterable[_Token]) -> list[_Token]:
        """Split what was typed in one piece, as "ct28", "chithi28"; numbers and short forms stay whole."""
        split: list[_Token] = []
        for token in tokens:
            if not token.text or token.settled or self._abbreviations.is_short(token.text):
                split.append(token)
            elif parts := self._abbreviations.joined(token.text, self._is_word):
                split += [_Token(part, settled=" " in part) for part in parts]
            elif _LETTERS.fullmatch(token.text) or _NUMBER.fullmatch(token.text):
                split.append(token)
            else:
                split += self._parts(token.text)
        return split

    def _parts(self, text: str) -> list[_Token]:
        """Split a token at its signs, with a stop at a comma."""
        parts: list[_Token] = []
        for piece in re.findall(r"[^\W_]+|,", text):
            joined = self._abbreviations.joined(piece, self._is_word)
            parts += [_STOP] if piece == "," else [_Token(part, settled=" " in part) for part in joined or [piece]]
        return parts

    def _is_word(self, word: str) -> bool:
        """Tell whether letters before a number are a word: "muc2", "chithi28"."""
        folded = fold(word)
        return folded in self._speller.valid or len(self._speller.mend(word.lower(), None, None)) > 1

    def _expanded(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Write out abbreviations and chat spelling."""
        words = [token.text for token in tokens]
        folded = [fold(word) for word in words]
        shouted = _shouted(tokens)
        expanded: list[_Token] = []
        at = 0
        while at < len(tokens):
            found = None if tokens[at].settled else self._abbreviations.at(words, folded, at, shouted=shouted)
            long, length = found or ("", 1)
            expanded.append(_Token(long, settled=True) if found else tokens[at])
            at += length
        return expanded

    def _with_places(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Settle the words of places."""
        settled = list(tokens)
        for place in self._places.find([token.text or "," for token in tokens]):
            settled[place.start : place.end] = [
                replace(token, settled=True) for token in tokens[place.start : place.end]
            ]
        return settled

    def _translated(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Put the English words of a Vietnamese question into Vietnamese; leave what both languages have."""
        words = ["," if token.settled else token.text.lower() for token in tokens]
        translated: list[_Token] = []
        at = 0
        while at < len(tokens):
            piece = self._foreign(words, at)
            if piece:
                translated.append(_Token(piece.text, settled=True))
            else:
                translated.append(replace(tokens[at], settled=tokens[at].settled or self._is_foreign(words[at])))
            at += piece.words if piece else 1
        return translated

    def _foreign(self, words: Sequence[str], at: int) -> Piece | None:
        """Return the meaning of an English phrase that starts at a word and is no Vietnamese."""
        if not words[at].isascii() or not words[at].isalpha() or self._english.stays(words[at]):
            return None
        piece = self._english.phrase_at(words, at)
        if piece is None:
            return None
        foreign = [word for word in words[at : at + piece.words] if word not in self._speller.valid]
        return piece if 2 * len(foreign) >= piece.words else None

    def _is_foreign(self, word: str) -> bool:
        """Tell whether a word is English or borrowed and could not be Vietnamese: it is not to be mended."""
        known = self._english.knows(word) or self._english.is_borrowed(word)
        return known and word not in self._speller.valid

    def _mended(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Mend slips, each by the word before it as mended and the word after it as typed."""
        shouted = _shouted(tokens)
        mended: list[_Token] = []
        for at, token in enumerate(tokens):
            if token.settled or _keeps(token.text) or _is_initials(token.text, shouted=shouted):
                mended.append(token)
                continue
            before = _last_word(mended[-1].text) if mended else None
            after = _first_word(tokens[at + 1].text) if at + 1 < len(tokens) else None
            parts = self._speller.mend(token.text.lower(), before, after)
            unchanged = parts == (token.text.lower(),)
            mended += [token] if unchanged else [_Token(part) for part in parts]
        return mended


def _clean(question: str) -> str:
    """Return the question in composed Unicode, without invisible signs, with long-drawn letters short."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", question))
    text = _AND_SIGN.sub(_with_and, text.replace("–", "-").replace("—", " , "))
    return _LETTERS.sub(_without_drawl, _CITY_DOT.sub("TP ", text))


def _without_drawl(word: re.Match[str]) -> str:
    """Return a word with a drawn-out letter once: "khôngggg", but not "TNTTTE" or "III"."""
    if _ROMAN.fullmatch(word[0]):
        return word[0]
    return _REPEATED.sub(lambda run: run[1] if _is_drawl(run) else run[0], word[0])


def _is_drawl(run: re.Match[str]) -> bool:
    """Tell whether a run of one letter is a vowel or ends the word."""
    return run.end() == len(run.string) or _VOWEL.match(fold(run[1])) is not None


def _with_and(match: re.Match[str]) -> str:
    """Join "GD & ĐT" into one piece, but make "&" between words a stop."""
    joins = match[1] and match[2] and not _VOWEL.search(fold(match[1] + match[2]))
    return f"{match[1]}&{match[2]}" if joins else f"{match[1]}, {match[2]}"


def _tokens(text: str) -> list[_Token]:
    """Split a text into words and stops; numbers of documents and sections are settled."""
    tokens: list[_Token] = []
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            tokens.append(_STOP)
        else:
            tokens.append(_Token(token.rstrip(")"), settled=_keeps(token) or token.endswith(")")))
    return tokens


def _keeps(token: str) -> bool:
    """Tell whether a token is a number of a document, a section or a date: to be kept as typed."""
    return bool(_DOCUMENT.fullmatch(token) or ("." in token and _SECTION.fullmatch(token)) or _NUMBER.fullmatch(token))


def _shouted(tokens: Sequence[_Token]) -> bool:
    """Tell whether a question has no word in small letters, so that its capitals mean nothing."""
    return not any(token.text.islower() for token in tokens if _LETTERS.fullmatch(token.text))


def _is_initials(text: str, *, shouted: bool) -> bool:
    """Tell whether a word stands for a name: one letter, "Th", capitals that are no abbreviation we know."""
    capital = text.isupper() or (text[0].isupper() and len(text) <= _LONGEST_INITIALS)
    return len(text) == 1 or (capital and not shouted)


def _last_word(text: str) -> str | None:
    """Return the last word of a text, folded; None for a stop or a number."""
    words = _LETTERS.findall(fold(text))
    return words[-1] if words else None


def _first_word(text: str) -> str | None:
    """Return the first word of a text, folded; None for a stop or a number."""
    words = _LETTERS.findall(fold(text))
    return words[0] if words else None
