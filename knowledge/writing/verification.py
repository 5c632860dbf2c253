"""Verify what a model wrote: nothing is believed, what is shown is cut from the passages by code.

A statement is kept where each of its quotes stands in a passage that was offered, its particulars stand in the quotes
(`particulars`), it agrees with them (`agreement`, `actors`), and shares enough of its words with them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.documents import Citation
from knowledge.instructions import instructs
from knowledge.library import Library, Place, cite
from knowledge.register import Register
from knowledge.terms import Weights
from knowledge.trust import may_be_handed
from knowledge.writing import actors
from knowledge.writing.agreement import disagreement
from knowledge.writing.altered import is_altered
from knowledge.writing.attribution import attributed, without_documents
from knowledge.writing.english_statements import in_vietnamese, is_understood
from knowledge.writing.evidence import Evidence
from knowledge.writing.modality import Quoted, forbids
from knowledge.writing.openings import opening_agrees, without_opening
from knowledge.writing.particulars import first_wrong
from knowledge.writing.parts import without_parts
from knowledge.writing.quoting import cut, in_sentences
from knowledge.writing.statements import WrittenStatement
from knowledge.writing.wording import Phrases, Words, first_words, is_stop, phrase, table, words_of

RestsOn = tuple[tuple[Place, str], ...]
"""Passages with what is quoted of them."""
LONGEST = 700
"""Characters; a statement is a sentence or two."""
_FEWEST_QUOTED = 4
_QUOTED_SHARE = 0.4
"""Words that a quote must have for each word of the statement."""
_ENOUGH_QUOTED = 14
"""Words from which a quote is long enough for any statement."""
_SUPPORT = 0.5
"""Share of a statement's weight that its quotes bear out; honest ones have .57 and more, most others below .45."""
_SUPPORT_IN_ENGLISH = 0.42
"""The same through the glossary; honest ones have .47 and more."""
_OF_HEADING = 0.15
"""What of that share the heading may bear out."""
_MARKED = 0.3
"""Share of words with marks from which a text is no English one with a name or two."""
_NEAR = 0.35
"""Share that a quote must bear out for its whole sentence to be quoted instead."""
_CLAUSE = 0.5
"""Share of the words of each clause that stand in what it rests on; honest ones have two thirds and more."""
_CLAUSE_IN_ENGLISH = 0.4
_SMALLEST_CLAUSE = 3
_SMALLEST_CLAUSE_IN_ENGLISH = 5
"""There a word that is rendered otherwise weighs as two; with fewer such a clause would be dropped for one of them."""
_WIDENED = frozenset({"name", "subject", "unsupported"})
"""What may stand in the sentence around a quote: then the whole sentence is quoted."""
_OF_WORDING = frozenset({"modality", "contrary", "subject", "unsupported"})
"""What goes wrong in putting a quote into other words, and is no invention."""
_RELATED = 0.15
"""Share of such a statement that its quotes must bear out to stand in its place."""
_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|!?\[[^\]]*\]\([^)]*\)|&(?:#\w+|[a-z]+);")
_LAYOUT = re.compile(r"(?m)^\s*(?:[#>]+|[-*•+]|\d+[.)])\s+|\*\*|__|`+|\*(?=\S)|(?<=\S)\*")
_OWN_MARKS = re.compile(r"\s*(?:\[\d{1,3}(?:\s*[,;-]\s*\d{1,3})*\]|【[^】]*】)")
_INVISIBLE = ("Cf", "Cc", "Co", "Cn", "Cs")


@dataclass(frozen=True, slots=True)
class Verified:
    """A statement that its quotes bear out."""

    text: str
    citations: tuple[Citation, ...]
    """What it rests on; the quotes stand in their passages letter for letter."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that is not shown."""

    reason: str
    """An English word for counts and for the retry."""
    citations: tuple[Citation, ...] = ()
    """What it rests on, where only its wording went wrong: these quotes may stand in its place."""


class Verification:
    """Checks statements against the passages of one edition."""

    def __init__(self, library: Library, register: Register, weights: Weights, secret: Iterable[str] = ()) -> None:
        """Take the edition's documents, and texts that may never be shown, such as the prompt."""
        self._library = library
        self._register = register
        self._weights = weights
        self._secret = frozenset(run for text in secret for run in _runs(words_of(text)))

    def check(self, written: WrittenStatement, offered: Mapping[int, Place], *, english: bool) -> Verified | Dropped:
        """Verify one statement; `offered` holds the passages that the model was given, by their numbers.

        `english` says that an English statement was asked for; one that comes in Vietnamese is held as such.

        Reasons: `empty`, `too_long`, `markup`, `no_quote`, `unknown_passage`, `altered_quote`, `short_quote`, `prompt`,
        `link`, `telephone`, `document`, `section`, `number`, `name`, `modality`, `contrary`, `subject`, `unsupported`.
        """
        text = shown(written.text)
        wrong = _wrong_form(text)
        if wrong:
            return Dropped(wrong)
        rests_on = _cut(written, offered)
        if isinstance(rests_on, Dropped):
            return rests_on
        english = english and not _is_vietnamese(text)
        opened = text.removeprefix(attributed(text, [place for place, _ in rests_on], self._register))
        said = without_opening(opened)
        evidence = self._evidence(_substantial(rests_on))
        if not _is_substantial(said, evidence):
            return Dropped("short_quote")
        reason = self._reason(said, evidence, english=english)
        if reason in _WIDENED and self._is_near(said, evidence, _NEAR, english=english):
            evidence = self._evidence(
                (place, in_sentences(words, place.passage.text)) for place, words in evidence.spans
            )
            reason = self._reason(said, evidence, english=english)
        if not reason and not opening_agrees(opened, _words(said, evidence, english=english)):
            reason = "modality"
        citations = tuple(cite(*rest) for rest in evidence.spans)
        if not reason:
            return Verified(text, citations)
        may_stand = reason in _OF_WORDING and self._is_near(said, evidence, _RELATED, english=english)
        return Dropped(reason, citations if may_stand else ())

    def _evidence(self, rests_on: Iterable[tuple[Place, str]]) -> Evidence:
        return Evidence(tuple(rests_on), self._library, self._register)

    def _reason(self, said: str, evidence: Evidence, *, english: bool) -> str | None:
        if instructs(said) or self._is_leaked(words_of(said), evidence):
            return "prompt"
        if english and not is_understood(said):
            return "unsupported"
        return first_wrong(said, evidence, english=english) or self._meaning(said, evidence, english=english)

    def _meaning(self, said: str, evidence: Evidence, *, english: bool) -> str | None:
        statement = _words(said, evidence, english=english)
        passages = [_quoted(place, span, evidence) for place, span in evidence.spans]
        if not english and is_altered(statement, [words_of(span) for _, span in evidence.spans]):
            return "modality"
        wrong = disagreement(statement, evidence.words, passages, translated=english)
        if wrong:
            return wrong
        known = (*evidence.words, ";", *evidence.above_words, *evidence.addressed)
        whole = [each.words for each in passages]
        if not actors.are_known(statement, known, translated=english) or not (
            english or actors.acts_the_same(statement, whole)
        ):
            return "subject"
        return (
            None
            if self._is_supported(_unnamed(said, evidence, english=english), evidence, english=english)
            else "unsupported"
        )

    def _is_supported(self, statement: Words, evidence: Evidence, *, english: bool) -> bool:
        """Tell whether quotes and headings bear out enough of a statement, and of each of its clauses."""
        known = (*evidence.words, ";", *evidence.above_words)
        least = _SUPPORT_IN_ENGLISH if english else _SUPPORT
        enough = self.support(statement, evidence.words) >= least - _OF_HEADING
        enough = enough and self.support(statement, (*evidence.words, ".", *evidence.headed)) >= least
        return enough and _is_told_throughout(statement, known, english=english)

    def _is_near(self, said: str, evidence: Evidence, least: float, *, english: bool) -> bool:
        """Tell whether the quotes bear out at least a share of the statement."""
        return self.support(_words(said, evidence, english=english), evidence.words) >= least

    def support(self, statement: Words, words: Words) -> float:
        """Return which share (0..1) of a statement's weight other words bear out."""
        return self._weights.share(" ".join(_telling(statement)), " ".join(words))

    def _is_leaked(self, statement: Words, evidence: Evidence) -> bool:
        """Tell whether a statement repeats a stretch of what may not be shown, and not of the quotes."""
        return bool(_runs(statement) & self._secret - _runs(evidence.words))


def _words(said: str, evidence: Evidence, *, english: bool) -> Words:
    return in_vietnamese(said, evidence.words, evidence.above_words) if english else words_of(said)


def _unnamed(said: str, evidence: Evidence, *, english: bool) -> Words:
    """Return the words of a statement without documents, their parts and dates, which are verified by themselves."""
    words = _words(without_documents(without_parts(said)), evidence, english=english)
    return tuple(word for word in words if word not in evidence.counted)


def _wrong_form(text: str) -> str | None:
    """Return what is wrong with a text whatever it says; None where nothing is."""
    if not text:
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    return None if _is_plain(text) else "markup"


def _cut(written: WrittenStatement, offered: Mapping[int, Place]) -> RestsOn | Dropped:
    """Return the passages that a statement quotes, each with the quote cut from it."""
    spans: dict[tuple[str, str], Place] = {}
    for quote in written.quotes:
        place = offered.get(quote.passage)
        if place is None or not may_be_handed(place):
            return Dropped("unknown_passage")
        words = cut(quote.words, place.passage.text)
        if words is None:
            return Dropped("altered_quote")
        spans[place.passage.id, words] = place
    return tuple((place, words) for (_, words), place in spans.items()) or Dropped("no_quote")


def shown(text: str) -> str:
    """Return a statement as it would be shown: on one line, without layout, marks of its own and what nobody sees."""
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in _INVISIBLE)
    return " ".join(_LAYOUT.sub("", _OWN_MARKS.sub("", plain)).split())


def _is_plain(text: str) -> bool:
    """Tell whether a text has no markup, and no letters or digits but Latin ones."""
    return not _MARKUP.search(text) and all(
        unicodedata.name(sign, "").startswith("LATIN") or sign.isascii() for sign in text if sign.isalnum()
    )


def _substantial(rests_on: RestsOn) -> Iterator[tuple[Place, str]]:
    """Yield the quotes, with their whole sentences for those that are mere scraps beside others."""
    alone = all(_is_scrap(*rest) for rest in rests_on)
    for place, words in rests_on:
        scrap = not alone and _is_scrap(place, words)
        yield place, in_sentences(words, place.passage.text) if scrap else words


def _is_scrap(place: Place, words: str) -> bool:
    return _count(words) < min(_FEWEST_QUOTED, _count(place.passage.text))


def _is_substantial(said: str, evidence: Evidence) -> bool:
    """Tell whether the quotes have enough words to carry the statement, and none is a mere scrap of its passage."""
    if any(_is_scrap(*rest) for rest in evidence.spans):
        return False
    quoted, told = _count(evidence.quoted), _count(said)
    return quoted >= min(max(_FEWEST_QUOTED, _QUOTED_SHARE * told), _ENOUGH_QUOTED)


def _is_vietnamese(text: str) -> bool:
    """Tell whether a text is Vietnamese by its marks, in brackets apart; about half of its words have some."""
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", text))
    return sum(not word.isascii() for word in words) > _MARKED * len(words)


def _count(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _quoted(place: Place, span: str, evidence: Evidence) -> Quoted:
    """Return where the words of a quote begin and end among those of its passage, and what stands above."""
    text = place.passage.text
    start = len(words_of(text[: text.index(span)]))
    forbidden = forbids(place.section.heading, evidence.opening(place))
    return Quoted(words_of(text), start, start + len(words_of(span)), forbidden)


def _runs(words: Words) -> set[Words]:
    """Return every stretch of seven words."""
    plain = tuple(word for word in words if not is_stop(word))
    return {plain[at : at + 7] for at in range(len(plain) - 6)}


def _telling(words: Words) -> list[str]:
    """Return the words of a statement that need support, with a stop for what lies between."""
    said = list(words)
    for _, start, end in _free().find(words):
        said[start:end] = ["."] * (end - start)
    return ["." if is_stop(word) else word for word in said]


def _is_told_throughout(words: Words, known: Words, *, english: bool) -> bool:
    """Tell whether each clause of a statement has enough of its words from what the statement rests on."""
    there = frozenset(known) | actors.words_of_known(words, known)
    least, smallest = (_CLAUSE_IN_ENGLISH, _SMALLEST_CLAUSE_IN_ENGLISH) if english else (_CLAUSE, _SMALLEST_CLAUSE)
    clauses = (_telling(clause) for clause in _clauses(words))
    weighty = ([word for word in clause if not is_stop(word)] for clause in clauses)
    return all(
        sum(word in there for word in clause) >= least * len(clause) for clause in weighty if len(clause) >= smallest
    )


def _clauses(words: Words) -> Iterator[Words]:
    """Yield the stretches between stops and joining words."""
    start = 0
    for at, word in enumerate((*words, ".")):
        if is_stop(word) or word in first_words("free", "joints"):
            yield words[start:at]
            start = at + 1


@cache
def _free() -> Phrases:
    return Phrases({phrase(words): words for words in table()["free"]["words"]})
