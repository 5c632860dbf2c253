"""Decide whether a message tells of a child in danger."""

import tomllib
from dataclasses import dataclass
from importlib import resources

from knowledge.spelling import Syllables
from knowledge.telling import Phrasebook, Reader, Rule, signs_of, split


@dataclass(frozen=True, slots=True)
class Danger:
    now: bool
    body: bool
    self_harm: bool


class SafetyRules:
    def __init__(self, table, abbreviations, syllables):
        self.vi = Phrasebook(table["vi"]["parts"], table["vi"]["words"])
        self.en = Phrasebook(table["en"]["parts"], table["en"]["words"])
        self.rules = [Rule.from_table(t, table["groups"]) for t in table["telling"]]
        chat = {**abbreviations, **{w: m for m, ws in table["chat"].items() for w in ws}}
        self.reader = Reader(syllables, chat, self.vi.words)
        self.en_reader = Reader(syllables, {}, self.en.words)
        self.polite = set(table.get("polite", ()))

    def why(self, message):
        raw = split(message)
        share = self.en_reader.share(raw)
        marked = sum(w.written != w.plain for w in raw)
        why = []
        found = {}
        words = []
        if share < 0.5 or marked:
            why, found, words = self._look(
                self.reader.read(message), self.vi, strict=marked >= 0.25 * len(raw)
            )
        if share > 0.15 and not why:
            why, found, words = self._look(self.en_reader.read(message), self.en, strict=False)
        return why, found, words

    def _look(self, words, book, strict):
        found = signs_of(words, [book], strict=strict)
        bare = [i for i, w in enumerate(words) if w.plain not in self.polite]
        if "alone" in found:
            found["alone"] = [s for s in found["alone"] if bare and s.start <= bare[0] and s.end > bare[-1]]
        return [r.means for r in self.rules if r.holds(found)], found, words

    def assess(self, message):
        why, found, _ = self.why(message)
        if not why:
            return None
        return Danger(bool(found.get("now")), bool(found.get("body")), bool(found.get("despair")))


def load_safety():
    data = resources.files("knowledge.data")
    read = lambda n: tomllib.loads((data / n).read_text(encoding="utf-8"))
    return SafetyRules(read("safety.toml"), read("abbreviations.toml")["always"], Syllables.load().all())
