"""Write out what people shorten: chat spelling, official abbreviations, kinds and numbers of documents."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

from knowledge.vietnamese import fold

_LONGEST = 4
_SHORTEST_BEFORE_NUMBER = 3
_LETTERS_THEN_NUMBER = re.compile(r"([^\W\d_]+)[.\-/]?(\d[\d./]*)(?:[-/]?([^\W\d_]+))?")
_NUMBER_THEN_LETTERS = re.compile(r"(\d+)[-/]?([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a short form means where its condition holds."""

    long: str
    capitals: bool
    lower: bool
    before: frozenset[str]
    after: frozenset[str]
    company: frozenset[str]
    at_end: bool

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """Read one rule of `data/abbreviations.toml`."""
        before, after, company = (
            frozenset(fold(word) for word in entry.get(key, ())) for key in ("before", "after", "with")
        )
        return cls(
            entry["long"],
            entry.get("capitals", False),
            entry.get("lower", False),
            before,
            after,
            company,
            entry.get("at_end", False),
        )

    @property
    def conditional(self) -> bool:
        """Tell whether the rule asks for anything beside the short form."""
        return bool(self.before or self.after or self.company or self.at_end)

    def fits(self, words: Sequence[str], folded: Sequence[str], at: int, *, shouted: bool) -> bool:
        """Tell whether the rule holds for the word at a place."""
        if (self.capitals and (shouted or not words[at].isupper())) or (self.lower and not words[at].islower()):
            return False
        following = folded[at + 1] if at + 1 < len(folded) else ""
        return (
            not self.conditional
            or (at > 0 and folded[at - 1] in self.before)
            or following in self.after
            or (self.at_end and not any(folded[at + 1 :]))
            or not self.company.isdisjoint(folded)
        )


class Abbreviations:
    """The short forms of `data/abbreviations.toml` and of the places."""

    def __init__(self, table: Mapping[str, Any], places: Mapping[str, str], syllables: Collection[str]) -> None:
        self._exact: dict[str, str] = {**places, **table["always"]}
        self._capitals: Mapping[str, str] = table["capitals"]
        self._kinds: Mapping[str, str] = table["kinds"]
        self._parts: Mapping[str, str] = table["parts"]
        self._units: Mapping[str, str] = table["units"]
        self._letters: Mapping[str, str] = table["letters"]
        numbers = table["numbers"]
        self._section_words = frozenset(fold(word) for word in numbers["section_words"])
        self._before_number = frozenset(numbers["before_number"])
        self._rules: dict[str, list[_Rule]] = {}
        for entry in table["in_context"]:
            self._rules.setdefault(entry["short"].lower(), []).append(_Rule.of(entry))
        self._loose = {
            fold(short): short for short in (*self._rules, *self._exact) if not _could_be_words(short, syllables)
        }
        self.document_numbers = DocumentNumbers(numbers["kinds"], numbers["bodies"])

    @classmethod
    def load(cls, places: Mapping[str, str], syllables: Collection[str]) -> Self:
        """Read the table, with the short forms of places and all that could be a Vietnamese syllable."""
        text = (resources.files("knowledge.data") / "abbreviations.toml").read_text(encoding="utf-8")
        return cls(tomllib.loads(text), places, syllables)

    def is_short(self, word: str) -> bool:
        """Tell whether a word could be a short form."""
        lower = word.lower()
        return lower in self._exact or lower in self._rules or lower in self._loose or word in self._capitals

    def at(self, words: Sequence[str], folded: Sequence[str], at: int, *, shouted: bool) -> tuple[str, int] | None:
        """Return the long form of what stands at a place and how many words that is; the longest counts.

        An empty word is a stop. `shouted` says that all is in capitals, so that capitals mean nothing.
        """
        for length in range(min(_LONGEST, len(words) - at), 1, -1):
            if all(words[at : at + length]) and (long := self._whole(" ".join(words[at : at + length]))):
                return long, length
        long = self._one(words, folded, at, shouted=shouted)
        return (long, 1) if long else None

    def _whole(self, text: str) -> str | None:
        """Return the long form of a short form that needs no context."""
        lower = text.lower()
        if lower in self._exact:
            return self._exact[lower]
        if lower.replace("đ", "d").isascii():
            return self._exact.get(self._loose.get(lower.replace("đ", "d"), ""))
        return None

    def _one(self, words: Sequence[str], folded: Sequence[str], at: int, *, shouted: bool) -> str | None:
        """Return the long form of one word, by its number, its context, its capitals, or always."""
        word, lower = words[at], words[at].lower()
        if lower in self._kinds and self._number_follows(folded, at):
            return self._kinds[lower]
        rules = self._rules.get(lower) or self._rules.get(self._loose.get(lower, ""), [])
        fitting = [rule for rule in rules if rule.fits(words, folded, at, shouted=shouted)]
        if chosen := next((rule.long for rule in fitting if rule.conditional), None):
            return chosen
        if not shouted and word in self._capitals:
            return self._capitals[word]
        if fitting:
            return fitting[0].long
        if word in self._letters:
            return None if self._names_a_point(folded, at) else self._letters[word]
        return self._whole(word)

    def _number_follows(self, folded: Sequence[str], at: int) -> bool:
        """Tell whether the number of a document comes next."""
        rest = [word for word in folded[at + 1 : at + 3] if word not in self._before_number]
        return bool(rest) and rest[0][:1].isdigit()

    def _names_a_point(self, folded: Sequence[str], at: int) -> bool:
        """Tell whether a letter names a part of a text or a unit: "điểm k", "khoản 2 k", "30 g"."""
        before = folded[at - 1] if at else ""
        return before in self._section_words or before[:1].isdigit()

    def joined(self, word: str, is_word: Callable[[str], bool]) -> list[str] | None:
        """Return the parts of a kind or a word joined to its number, as in "ct28", "28ct", "đ51", "muc2"."""
        if match := _LETTERS_THEN_NUMBER.fullmatch(word):
            kind, number, rest = match.groups()
            long = self._kinds.get(kind.lower()) or self._parts.get(kind)
            if long:
                return [long, number, *([rest] if rest else [])]
            if not rest and len(kind) >= _SHORTEST_BEFORE_NUMBER and (is_word(kind) or self.is_short(kind)):
                return [kind, number]
        if match := _NUMBER_THEN_LETTERS.fullmatch(word):
            number, letters = match.groups()
            if letters in self._units:
                return [number, self._units[letters]]
            if letters.lower() in self._kinds:
                return [self._kinds[letters.lower()], number]
            if len(letters) >= _SHORTEST_BEFORE_NUMBER and is_word(letters):
                return [number, letters]
        return None


def _could_be_words(short: str, syllables: Collection[str]) -> bool:
    """Tell whether a short form without its marks reads as Vietnamese words, so that its marks are needed."""
    return all(word in syllables for word in re.findall(r"[^\W_]+", fold(short)))


class DocumentNumbers:
    """The numbers of documents in a text, however they are typed: "28- ct/tw", "28 CT TW", "162-kh/duk"."""

    def __init__(self, kinds: Sequence[str], bodies: Sequence[str]) -> None:
        self._printed = {fold(letters): letters for letters in (*kinds, *bodies)}
        kind = "|".join(
            sorted({re.escape(form) for k in kinds for form in (k.lower(), fold(k))}, key=len, reverse=True)
        )
        body = "|".join(
            sorted({re.escape(form) for b in bodies for form in (b.lower(), fold(b))}, key=len, reverse=True)
        )
        self._joined_kind = re.compile(rf"\b({kind})(?=\d)", re.IGNORECASE)
        self._pattern = re.compile(
            rf"(?<![\w/.-])(?P<number>\d{{1,5}}(?:\s?/\s?\d{{4}})?)(?P<first>\s?[-–/]\s?|\s|)(?P<kind>{kind}|qh\d\d)"
            rf"(?:(?P<second>\s?[-–/]\s?)(?P<any>[^\W\d_][^\W_]*(?:[&-][^\W_]+)*)|\s(?P<body>{body})|(?<=qh\d\d))(?![\w/-])",
            re.IGNORECASE,
        )

    def printed(self, text: str) -> str:
        """Return the text with every number of a document in one piece, as documents print it."""
        return self._pattern.sub(self._as_printed, self._joined_kind.sub(r"\1 ", text))

    def _as_printed(self, match: re.Match[str]) -> str:
        """Return one number with its letters and dashes as printed."""
        number = re.sub(r"\s", "", match["number"])
        first = match["first"].strip().replace("–", "-") or ("/" if "/" in number else "-")
        kind = self._letters(match["kind"])
        if match["any"] is None and match["body"] is None:
            return f"{number}{first}{kind}"
        second = (match["second"] or "").strip().replace("–", "-") or ("/" if first == "-" else "-")
        return f"{number}{first}{kind}{second}{self._letters(match['any'] or match['body'])}"

    def _letters(self, typed: str) -> str:
        """Return letters as printed, each part of "kh-ubnd" for itself."""
        parts = re.split(r"([&-])", typed)
        return "".join(self._printed.get(fold(part), part.upper()) for part in parts)
