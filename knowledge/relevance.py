"""Find the passages that speak of a subject, and tell whether they speak of it enough to be an answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from knowledge.library import Library, Place, name_of
from knowledge.search import HybridIndex
from knowledge.terms import Weights, terms

_CANDIDATES = 40
_ALIKE = 0.35
"""Share of their words and pairs that two wordings of one question have in common."""
_OTHER_WORDINGS = 0.3
_ALL_WORDS = 0.6
"""Weight of the question as a whole beside its subject."""
_ACTOR_WORDS = (9, 24)
"""Words within which a passage says first, or further on, who is to act."""
_FIRST_WORDS = 5
"""Words in which a clause names who is to act, before it says what."""
_FULLY_ACTS = 0.5
"""Share of the subject from which a passage that names who is asked about counts fully for that."""
_ACTS_IN_LAW = 0.2
"""How much more a passage of a law counts whose article names who is asked about."""
_BEGINS = 0.2
"""How much more a passage counts that begins with who is asked about."""
_HEADING = 0.3
"""How much more a passage of a law counts whose article's heading says all of the subject."""
_NAMES_HEADING = 0.5
"""Share of an article's heading that a wording must hold to be about it."""
_NAMES_ACTOR = 0.6
"""Share of a wording that the beginning of a passage or of its list must hold to name who is to act."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found."""

    place: Place
    score: float
    """Relative to the best one found: 1.0 is the best."""
    share: float
    """Share (0..1) of the subject's weight that the passage, with what stands above it, speaks of."""
    headed: float = 0.0
    """Share of the subject's weight that the heading of its article speaks of, where it stands in a law."""
    begins: bool = False
    """It begins with who is asked about, and the heading of its section does not."""
    answers: bool = False
    """Its section is known to answer just this question."""


class Relevance:
    """Search of one edition, judged by how much of the subject each passage speaks of."""

    def __init__(self, library: Library, index: HybridIndex) -> None:
        self._library = library
        self._index = index
        self._questions = [
            (frozenset(terms(question)), frozenset(terms(name_of(place.document))), place)
            for place in library.places()
            if place.passage.place == 1
            for question in place.section.asked_as
        ]
        self.weights = Weights(f"{library.above(place)}\n{place.passage.text}" for place in library.places())

    def find(
        self,
        topics: Sequence[str],
        within: Collection[str] = (),
        *,
        other: Sequence[str] = (),
        by_actor: bool = False,
        words: str = "",
    ) -> list[Found]:
        """Return passages on a topic, best first.

        `topics` has it in the person's words and in official ones; the wording that fits a passage best counts.
        `within` keeps to these documents; `other` holds synonyms, which count less; `by_actor` prefers the passages
        that begin with who is asked about. `words` is the whole question: how somebody asks says something of the
        answer too.
        """
        *of_topics, of_words, of_others = self._scores([*topics, words, " ".join(other)], within)
        scores: dict[str, float] = {}
        for of_topic in of_topics:
            for id_, score in of_topic.items():
                scores[id_] = max(score, scores.get(id_, 0.0))
        for weight, found_by in ((_ALL_WORDS, of_words), (_OTHER_WORDINGS, of_others)):
            for id_, score in found_by.items():
                scores[id_] = scores.get(id_, 0.0) + weight * score
        found = _in_shares([self._judge(self._library.place(id_), score, topics) for id_, score in scores.items()])
        if by_actor:
            wordings = [*topics, *other]
            asked = frozenset(terms(" ".join(topics[0].split()[:_FIRST_WORDS])))
            found = [replace(f, begins=_begins(f.place, asked)) for f in found]
            found = _in_shares([replace(f, score=f.score + self._acting(f, wordings)) for f in found])
        return sorted(found, key=lambda f: -f.score)

    def as_asked(self, words: str, within: Collection[str], at_least: float = _ALIKE) -> Place | None:
        """Return the first passage of the section that says it answers just this question, if one does.

        `at_least` is the share of words and pairs that the question and the section's have in common.
        """
        share, place = max(self.alike(words, within), key=lambda pair: pair[0], default=(0.0, None))
        return place if share >= at_least else None

    def alike(self, words: str, within: Collection[str], *, named: bool = False) -> list[tuple[float, Place]]:
        """Return the sections that say they answer a question like this: how like it is, and their first passage.

        Where the question is `named` by the document, the document's name says nothing.
        """
        asked = frozenset(terms(words))
        alike = (
            (_alike(asked - name, question - name) if named else _alike(asked, question), place)
            for question, name, place in self._questions
            if place.document.id in within
        )
        return [(share, place) for share, place in alike if share >= _ALIKE]

    def _acting(self, found: Found, wordings: Sequence[str]) -> float:
        """Return what a passage gains by naming who is asked about.

        Of a law that is little, as its headings count already; of a document the less, the less it speaks of the rest.
        """
        acts = self._acts(found.place, wordings)
        if found.place.document.is_law:
            return _ACTS_IN_LAW * acts + _BEGINS * found.begins
        return acts * min(1.0, found.share / _FULLY_ACTS)

    def _acts(self, place: Place, wordings: Sequence[str]) -> float:
        """Return which share (0..1) of a wording stands where a passage, or its list, says who is to act."""
        opening = self._library.list_opening(place)
        if opening:
            return self._names(wordings, opening.passage.text)
        words = place.passage.text.split()
        first, further = (" ".join(words[:most]) for most in _ACTOR_WORDS)
        heading = self._headed(wordings, place.section.heading) if place.document.is_law else 0.0
        return max(heading, self._names(wordings, first), self._names(wordings, further) / 2)

    def _headed(self, wordings: Sequence[str], heading: str) -> float:
        """Return the same for the heading of an article, of which a question may also say just the greater part."""
        said = max((self.weights.share(heading, wording) for wording in wordings), default=0.0) if heading else 0.0
        return 1.0 if said >= _NAMES_HEADING else self._names(wordings, heading)

    def _names(self, wordings: Sequence[str], text: str) -> float:
        best = self.weights.best_share(wordings, text)
        return best if best >= _NAMES_ACTOR else 0.0

    def _scores(self, queries: Sequence[str], within: Collection[str]) -> list[dict[str, float]]:
        found = self._index.search_all(queries, limit=_CANDIDATES, within=within or None)
        return [{hit.id: hit.score for hit in hits} for hits in found]

    def _judge(self, place: Place, score: float, topics: Sequence[str]) -> Found:
        text = f"{self._library.above(place)}\n{place.passage.text}"
        heading = place.section.heading if place.document.is_law else ""
        headed = self.weights.best_share(topics, heading) if heading else 0.0
        share = self.weights.best_share(topics, text)
        return Found(place, score * (1 + _HEADING * headed), share, headed)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share (0..1) of their words and pairs that two questions have in common."""
    common = len(one & other)
    return common / max(1, len(one) + len(other) - common)


def _begins(place: Place, asked: Collection[str]) -> bool:
    """Tell whether a clause of a law begins with two syllables that were asked, which its heading does not have."""
    pairs = {term for term in terms(" ".join(place.passage.text.split()[:_FIRST_WORDS])) if " " in term}
    return place.document.is_law and not pairs.isdisjoint(asked) and pairs.isdisjoint(terms(place.section.heading))


def _in_shares(found: list[Found]) -> list[Found]:
    """Give scores as shares of the best one."""
    best = max((f.score for f in found), default=0.0) or 1.0
    return [replace(f, score=f.score / best) for f in found]
