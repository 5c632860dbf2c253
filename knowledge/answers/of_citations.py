"""Answer questions about which document cites which."""

from knowledge.answers.desk import Desk, clause_around
from knowledge.documents import Answer, Document, Reference
from knowledge.library import LAWS, Place, cite, name_of
from knowledge.mentions import same
from knowledge.understand import Understanding
from knowledge.vietnamese import fold

_MOST = 10
_CLOSE = 0.6
"""Passages are on the topic from this score on, relative to the best."""
_KINDS = ("luat", "nghi dinh", "nghi quyet", "thong tu", "quyet dinh", "chi thi", "ke hoach", "huong dan")
_NO_SUBJECT = 2
"""Up to this many words beside "căn cứ vào các văn bản nào" say nothing of a subject."""


def cited_by(desk: Desk, asked: Understanding) -> Answer:
    """Answer which documents cite one, held or not."""
    held = [desk.document(id_) for id_ in asked.documents]
    citing = [
        (place, reference)
        for place, reference in desk.library.references()
        if any(same(reference, cited) for cited in asked.cited) or any(desk.register.names(reference, d) for d in held)
    ]
    name = ", ".join([*(_name(r) for r in asked.cited), *map(name_of, held)])
    if not citing:
        return desk.not_found(asked, desk.say("cited_by_none", reference=name))
    firsts = {(place.document.id, place.section.path): (place, r) for place, r in reversed(citing)}
    ordered = sorted(
        firsts.values(), key=lambda pair: [d.id for d in desk.library.documents].index(pair[0].document.id)
    )
    lead = desk.say("cited_by", reference=name, documents=desk.names(place.document.id for place, _ in ordered))
    citations = tuple(cite(place, clause_around(place.passage.text, r.text)) for place, r in ordered[:_MOST])
    return Answer(status="answered", lead=lead, citations=citations)


def cites(desk: Desk, asked: Understanding) -> Answer:
    """Answer which documents the named ones cite, on the subject of the question where it has one."""
    wanted = _kinds(asked)
    pairs = [(p, r) for p in desk.library.places(asked.documents) for r in p.passage.references if _is_of(r, wanted)]
    if not pairs:
        return desk.not_found(asked, desk.say("cites_none", document=desk.names(asked.documents)))
    if not asked.documents:
        pairs = _best_fitting(desk, asked, pairs)
    places = _on_topic(desk, asked, list({place.passage.id: place for place, _ in pairs}.values()))
    references = _distinct(reference for place, reference in pairs if place in places)
    document = desk.names(place.document.id for place in places)
    lead = desk.say("cites", document=document, references="; ".join(map(_name, references)))
    return Answer(status="answered", lead=lead, citations=tuple(cite(place) for place in places[:_MOST]))


def _kinds(asked: Understanding) -> tuple[str, ...]:
    """Return the folded kinds of document that a question asks for ("những nghị định nào"); none for all."""
    words = f" {fold(asked.rest)} "
    return tuple(
        kind for kind in _KINDS if f" {kind} nao" in words or f"nhung {kind} " in words or f"cac {kind} " in words
    )


def _is_of(reference: Reference, kinds: tuple[str, ...]) -> bool:
    return not kinds or any(fold(reference.kind).endswith(kind) for kind in kinds)


def _best_fitting(
    desk: Desk, asked: Understanding, pairs: list[tuple[Place, Reference]]
) -> list[tuple[Place, Reference]]:
    """Keep the citation whose own words fit the question best."""
    share = desk.relevance.weights.share
    return [max(pairs, key=lambda pair: share(asked.topic, clause_around(pair[0].passage.text, pair[1].text)))]


def cited(desk: Desk, asked: Understanding) -> Answer:
    """Answer about a document whose text is not held: what is said of it, and by which document."""
    citing = [
        (place, reference)
        for place, reference in desk.library.references()
        if any(same(reference, each) for each in asked.cited)
    ]
    citing = [pair for pair in citing if pair[0].document.id in asked.documents] or citing
    firsts = {(place.document.id, place.section.path): (place, r) for place, r in reversed(citing)}
    citations = tuple(
        cite(place, clause_around(place.passage.text, r.text)) for place, r in list(firsts.values())[::-1][:3]
    )
    if not citations:  # named in other words than the text prints
        near = desk.relevance.find([_name(r) for r in asked.cited], asked.documents)
        citations = tuple(desk.quote(f.place, [_name(r) for r in asked.cited]) for f in near[:1])
    dated = {_name(r): r.issued for _, r in citing if r.issued}
    named = [
        desk.say("dated", name=n, day=f"{dated[n]:%d/%m/%Y}") if n in dated else n for n in map(_name, asked.cited)
    ]
    lead = desk.say("cited", reference=", ".join(named))
    entries = [entry for r in asked.cited for entry in [desk.register.of_reference(r)] if entry]
    known = [note for e in entries for note in (e.known_vi, e.standing_note_vi) if note]
    return Answer(status="answered", lead=lead, citations=citations, notices=tuple(known))


def _on_topic(desk: Desk, asked: Understanding, places: list[Place]) -> list[Place]:
    """Keep the passages that speak of the question's subject, best first; all of them where it has none."""
    if len(asked.subject.split()) <= _NO_SUBJECT:
        return places
    near = [f.place for f in desk.relevance.find(asked.topics, asked.documents) if f.score >= _CLOSE]
    return [place for place in near if place in places] or places


def _distinct(references: object) -> list[Reference]:
    found: list[Reference] = []
    for reference in references:  # type: ignore[attr-defined]
        if not any(same(reference, other) for other in found):
            found.append(reference)
    return found


def _name(reference: Reference | Document) -> str:
    if reference.title and reference.kind in LAWS:
        return reference.title
    if reference.number:
        return f"{reference.kind} {reference.number}"
    return reference.title or reference.kind
