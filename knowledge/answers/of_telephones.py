"""Answer which number to call, from the numbers that the documents print."""

import re

from knowledge.answers.desk import CLEARLY, Desk
from knowledge.documents import Answer, Citation, Telephone
from knowledge.library import Place, cite
from knowledge.understand import Understanding

_NATIONAL = "111"
_ENOUGH = 0.45
_MOST_OF_IT = 0.6
"""Share of the subject that a clause of a law must speak of to stand beside the number."""
_TELEPHONE = re.compile(r"tổng đài|điện thoại|đường dây nóng", re.IGNORECASE)


def hotline(desk: Desk, asked: Understanding) -> Answer:
    """Answer with the number whose purpose fits the question, the national one where it asks for none in particular."""
    printed = [
        (place, phone)
        for place in desk.library.places()
        for phone in place.passage.telephones
        if desk.treats(place, asked.off_topic)
    ]
    if not printed:
        return desk.not_found(asked)
    local = [pair for pair in printed if pair[0].document.id in asked.documents]
    chosen = _chosen(desk, asked, local or printed)
    if chosen is None:
        numbers = "; ".join(_with_purpose(phone) for _, phone in printed)
        return desk.not_found(asked, desk.say("hotline_unknown", numbers=numbers))
    return _call(desk, asked, *chosen, elsewhere=bool(asked.documents and not local))


def _call(desk: Desk, asked: Understanding, place: Place, phone: Telephone, *, elsewhere: bool) -> Answer:
    """Say which number to call, where it stands, and what is not known of it."""
    notices = [desk.say("hotline_none", document=desk.names(asked.documents))] if elsewhere else []
    if phone.number != _NATIONAL:
        notices.append(desk.say("number_unverified", number=phone.number, document=desk.name(place.document.id)))
    others = [_with_purpose(other) for other in place.passage.telephones if other.number != phone.number]
    if others:
        notices.append(desk.say("hotline_others", numbers="; ".join(others)))
    lead = desk.say("hotline", number=phone.number, purpose=_purpose(phone))
    return Answer(
        status="answered", lead=lead, citations=(*_law(desk, asked, place), cite(place)), notices=tuple(notices)
    )


def _law(desk: Desk, asked: Understanding, printed: Place) -> tuple[Citation, ...]:
    """Cite the clause on telephones that answers what else is asked ("có mất phí không"), if one does."""
    laws, weights = desk.library.laws_and_others()[0], desk.relevance.weights
    if weights.share(asked.wording, printed.passage.text) >= _MOST_OF_IT:
        return ()
    found = desk.relevance.find(asked.topics, laws, words=asked.rest) if laws else []
    least = max(_MOST_OF_IT, CLEARLY * weights.best_share(asked.topics, printed.passage.text))
    return tuple(cite(f.place) for f in found[:1] if f.share >= least and _TELEPHONE.search(f.place.passage.text))


def _chosen(desk: Desk, asked: Understanding, printed: list[tuple[Place, Telephone]]) -> tuple[Place, Telephone] | None:
    """Choose the number named in the question, else the one whose purpose it names, else the national one.

    A question after the number of some other body has none.
    """
    digits = asked.words.replace(".", "").replace(" ", "")
    for pair in printed:
        if pair[1].number in digits:
            return pair
    best_share = desk.relevance.weights.best_share
    fitting = max(printed, key=lambda pair: best_share(asked.topics, pair[1].purpose))
    if best_share(asked.topics, fitting[1].purpose) >= _ENOUGH:
        return fitting
    if "number_of_body" in asked.flags:
        return None
    return next((pair for pair in printed if pair[1].number == _NATIONAL), fitting)


def _with_purpose(phone: Telephone) -> str:
    return f"{phone.number} ({_purpose(phone)})"


def _purpose(phone: Telephone) -> str:
    """Return whose number it is, without the number that the text prints in the middle."""
    return " ".join(phone.purpose.replace(phone.number, "").split())
