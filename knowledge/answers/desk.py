"""What every answer is made with: the library, the search, the sentences around quotes, and the ways to say no."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from knowledge.cues import plain
from knowledge.documents import Answer, Citation, Document
from knowledge.library import Library, Place, cite, name_of
from knowledge.mentions import NamedDocuments, same
from knowledge.phrases import Phrases
from knowledge.register import Register
from knowledge.relevance import Found, Relevance
from knowledge.trim import trim
from knowledge.understand import Understanding
from knowledge.vietnamese import fold

ENOUGH = 0.3
"""Share of a subject's weight that a passage must speak of to be an answer; measured on 600 questions in and out."""
_ENOUGH_OF_LAWS = 0.38
"""The same of the laws, above whose passages everyday questions stand that have many words."""
_ENOUGH_OF_PLACE = 0.22
"""The same where the question names a place that issued documents, and so is likely to be about them."""
_ENOUGH_OF_DOCUMENT = 0.12
"""The same where it names the document."""
_ENOUGH_OF_OFF_TOPIC = 0.5
"""The same where it names an everyday subject that some law happens to mention."""
CLEARLY = 1.15
"""How much more of the subject the laws must speak of to come before the documents that the bot is about."""
_SURELY = 0.5
"""How like the question one of an article's must be for the article to answer alone."""
_KNOWN = 1.0
"""What an article must have by search and by its likeness to the question together to be known to answer it."""
_ALMOST_THE_SAME = 0.7
"""How like it must be to answer whatever others say of the subject."""
_NEARLY_AS_MUCH = 0.7
"""What another must say of the subject beside the article that says most of it."""
_HEADED_BY = 0.75
"""Share of the subject that the heading of the article found first must say for no other to be known to answer."""
_HEADED = 0.6
"""How much more an article counts whose heading says all of the subject, where laws and documents are compared."""
_DEFINES = 0.6
"""Share of the subject that the words must hold that a clause defines."""
AS_GOOD = 0.8
"""Share from which a passage stands beside an article that is known to answer the question."""
_NEAR = 0.2
"""Share from which a passage is offered as near to a question that has no answer."""
_NEAREST = 3
_ONE_WORD = 2
"""A topic of up to so many syllables is one word, and its synonyms are as good."""
_OTHER_WORDINGS = 0.5
"""Weight of a synonym in a text beside the question's own word."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The things at hand while one question is answered."""

    library: Library
    relevance: Relevance
    named: NamedDocuments
    register: Register
    phrases: Phrases

    def say(self, sentence: str, /, **values: object) -> str:
        """Fill in one of the sentences that stand around quotes."""
        return self.phrases.say(sentence, **values)

    def document(self, document_id: str) -> Document:
        """Return a document of the edition."""
        return self.library.document(document_id)

    def name(self, document_id: str) -> str:
        """Name a document as a person does."""
        return name_of(self.library.document(document_id))

    def names(self, document_ids: Iterable[str]) -> str:
        """Name documents in a row, each once."""
        return ", ".join(dict.fromkeys(self.name(id_) for id_ in document_ids))

    def find(
        self, asked: Understanding, within: Collection[str] = (), *, by_actor: bool = False, enough: float | None = None
    ) -> list[Found]:
        """Return the passages on a question's subject, best first; none where they speak too little of it.

        A question that names no document is answered from the documents that the bot is about, and from the laws
        behind them; the laws come first where they speak clearly more of it.
        """
        documents = within or asked.documents or self.citing(asked)
        if documents:
            named = _ENOUGH_OF_PLACE if asked.by_place else _ENOUGH_OF_DOCUMENT
            return self._find(asked, documents, enough or named, by_actor=by_actor)
        laws, others = self.library.laws_and_others()
        of_laws = self._find(asked, laws, enough or _ENOUGH_OF_LAWS, by_actor=by_actor) if laws else []
        of_others = self._find(asked, others, enough or ENOUGH, by_actor=by_actor) if others else []
        known = of_laws and self.relevance.as_asked(asked.words, laws, _SURELY)
        if known and _best_share(of_others) < AS_GOOD:
            return of_laws
        if of_laws and of_others and "law" not in asked.flags:
            law_first = _strongest(of_laws) > CLEARLY * _strongest(of_others)
            return _taking_turns(*((of_laws, of_others) if law_first else (of_others, of_laws)))
        return of_laws or of_others

    def _find(self, asked: Understanding, within: Collection[str], enough: float, *, by_actor: bool) -> list[Found]:
        topics, other = asked.topics, asked.other_wordings
        if len(asked.topic.split()) <= _ONE_WORD:
            topics, other = (*topics, *other), ()
        if asked.off_topic and not asked.documents:
            enough = max(enough, _ENOUGH_OF_OFF_TOPIC)
        found = self.relevance.find(topics, within, other=other, by_actor=by_actor, words=asked.rest)
        known = self._known(asked, within, found)
        if known:
            found = [Found(known, 1.0, 1.0, answers=True), *found]
        found = [f for f in found if self.treats(f.place, asked.off_topic)]
        return found if _best_share(found) >= enough else []

    def _known(self, asked: Understanding, within: Collection[str], found: Sequence[Found]) -> Place | None:
        """Return the section that says it answers this question, where search and the question's words agree on it."""
        scores: dict[int, float] = {}
        shares: dict[int, float] = {}
        for f in found:
            section = id(f.place.section)
            scores[section] = max(f.score, scores.get(section, 0.0))
            shares[section] = max(f.share, shares.get(section, 0.0))
        headed = bool(found) and found[0].headed >= _HEADED_BY
        least = _NEARLY_AS_MUCH * max(shares.values(), default=0.0)
        rated = [
            (scores.get(id(place.section), 0.0) + like, like, place)
            for like, place in self.relevance.alike(asked.words, within, named=bool(asked.documents))
            if like >= _ALMOST_THE_SAME or (not headed and shares.get(id(place.section), 0.0) >= least)
        ]
        rating, _, place = max(rated, key=lambda each: each[:2], default=(0.0, 0.0, None))
        return place if rating >= _KNOWN else None

    def defining(self, asked: Understanding) -> Place | None:
        """Return the clause of a law that says what the subject is ("Trẻ em là người …"), where one does."""
        words = f" {fold(' . '.join((asked.words, *asked.rewordings)))} "
        weights = self.relevance.weights
        laws = asked.documents or self.library.laws_and_others()[0]
        clauses = [(p.passage.text.partition(" là ")[0], p) for p in self.library.places(laws) if p.document.is_law]
        said = [(weights.best_share(asked.topics, what), p) for what, p in clauses if f" {fold(what)} " in words]
        share, place = max(said, key=lambda pair: pair[0], default=(0.0, None))
        return place if share >= _DEFINES else None

    def treats(self, place: Place, subjects: Iterable[str]) -> bool:
        """Tell whether a passage, or what stands above it, names all of these subjects."""
        text = plain(f"{self.library.above(place)} {place.passage.text}")
        return all(f" {subject} " in text or f" {subject} " in fold(text) for subject in subjects)

    def citing(self, asked: Understanding) -> tuple[str, ...]:
        """Return the ids of the documents that cite what the question names."""
        ids = [p.document.id for p, r in self.library.references() if any(same(r, each) for each in asked.cited)]
        return tuple(dict.fromkeys(ids))

    def quote(
        self, place: Place, topics: Sequence[str], other: Sequence[str] = (), *, acts: bool = False, who: bool = False
    ) -> Citation:
        """Cite a passage by the part of it that speaks of the topic.

        `acts` quotes as much as can be of what somebody is to do, `who` starts with who it is.
        """
        weights = self.relevance.weights

        def weight(part: str) -> float:
            return max(weights.weight_in(topic, part) for topic in topics) + _OTHER_WORDINGS * weights.weight_in(
                " . ".join(other), part
            )

        return cite(place, trim(place.passage.text, weight, keep_start=acts or who, keep_all=acts))

    def covered(self) -> str:
        """Say what the bot answers from."""
        laws, others = self.library.laws_and_others()
        return self.say("covered_with_laws" if laws else "covered", documents=self.names(others), laws=len(laws))

    def nearest(self, asked: Understanding, within: Collection[str] = ()) -> tuple[Citation, ...]:
        """Cite the passages nearest to a question that has no answer; none where nothing is near."""
        found = self.relevance.find(asked.topics, within) if asked.subject else []
        near = one_a_section(f.place for f in found if f.share >= _NEAR)
        return tuple(self.quote(place, asked.topics) for place in near[:_NEAREST])

    def not_found(self, asked: Understanding, lead: str | None = None) -> Answer:
        """Say that no document answers, what is covered, and what is nearest."""
        return Answer(
            status="not_found",
            lead=lead or self.say("not_found"),
            notices=(self.covered(),),
            nearest=self.nearest(asked, asked.documents),
        )


def _best_share(found: Sequence[Found]) -> float:
    return max((f.share for f in found[:_NEAREST]), default=0.0)


def _strongest(found: Sequence[Found]) -> float:
    """Return how much of the subject the best passages speak of; more where an article's heading names it."""
    return max((f.share * (1 + _HEADED * f.headed) for f in found[:_NEAREST]), default=0.0)


def _taking_turns(first: Sequence[Found], second: Sequence[Found]) -> list[Found]:
    """Join two rankings, one of each in turn, each section once before any of them comes again."""
    return [f for pair in zip_longest(_sections_first(first), _sections_first(second)) for f in pair if f]


def _sections_first(found: Sequence[Found]) -> list[Found]:
    firsts: dict[tuple[str, str], Found] = {}
    for f in found:
        firsts.setdefault((f.place.document.id, f.place.section.path), f)
    return [*firsts.values(), *(f for f in found if f not in firsts.values())]


def one_a_section(places: Iterable[Place]) -> list[Place]:
    """Keep the first passage of each section."""
    first: dict[tuple[str, str], Place] = {}
    for place in places:
        first.setdefault((place.document.id, place.section.path), place)
    return list(first.values())


def with_notices(answer: Answer, *notices: str) -> Answer:
    """Add notices to an answer."""
    return replace(answer, notices=answer.notices + notices)


def clause_around(text: str, words: str) -> str:
    """Return the part of a text around some words, from the semicolon, colon or full stop before to the one after."""
    start = text.find(words)
    end = start + len(words)
    before = max(
        (text.rfind(stop, 0, start) + len(stop) for stop in ("; ", ". ", ": ") if stop in text[:start]), default=0
    )
    after = min((place for place in (text.find(stop, end) for stop in (";", ". ")) if place >= 0), default=len(text))
    return text[before:after]
