"""Say whether a document still holds: asked for, or beside a quote that names one which does not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.answers.desk import Desk, clause_around, with_notices
from knowledge.documents import Answer, Citation, Reference
from knowledge.library import cite, cite_particular
from knowledge.register import Entry
from knowledge.understand import Understanding

_MOST_BODIES = 2
_MOST_PLACES = 2
_REPLACES = re.compile(
    r"(?:thay thế|bãi bỏ)(?: cho)?(?: các)? (?:Luật|Bộ luật|Nghị định|Chỉ thị|Thông tư|Quyết định|Kế hoạch|Công văn)"
    r"|hết hiệu lực"
)
"""How a document says which ones it replaces."""


def standing(desk: Desk, asked: Understanding) -> Answer:
    """Answer whether the documents named still hold, and by which document they do not."""
    held = [desk.document(id_) for id_ in asked.documents]
    known = _entries(desk, asked)
    if not known:
        return desk.not_found(asked)
    titles = [cite_particular(d, "title", desk.say("label_title")) for d in held if "title" in d.quotes]
    citing = [
        cite(place, clause_around(place.passage.text, reference.text))
        for place, reference in desk.library.references()
        if desk.register.of_reference(reference) in known and not place.document.is_law
    ]
    return Answer(
        status="answered",
        lead="\n".join(entry.standing_note_vi for entry in known),
        citations=(*titles, *citing[:1]),
        notices=_looked_up(desk, known),
    )


def replaced(desk: Desk, asked: Understanding) -> Answer:
    """Answer which documents those named have replaced, as the register knows it or their own texts say."""
    named = _entries(desk, asked)
    numbers = [entry.number for entry in named if entry.number]
    ended = [e for e in desk.register.entries if e.standing == "repealed" and e.number not in numbers]
    known = [e for e in ended if any(number in e.standing_note_vi for number in numbers)]
    saying = [p for p in desk.library.places(asked.documents) if asked.documents and _REPLACES.search(p.passage.text)]
    if not known and not saying:
        names = ", ".join(dict.fromkeys([*map(desk.name, asked.documents), *(entry.name for entry in named)]))
        return desk.not_found(asked, desk.say("replaces_none", document=names))
    lead = [e.standing_note_vi for e in known] or [desk.say("in_document", document=desk.names(asked.documents))]
    return Answer(
        status="answered",
        lead="\n".join(lead),
        citations=tuple(cite(place, place.passage.text) for place in saying[:_MOST_PLACES]),
        notices=_looked_up(desk, known),
    )


def _entries(desk: Desk, asked: Understanding) -> list[Entry]:
    """Return what the register knows of the documents that a question names."""
    entries = [desk.register.of_document(desk.document(id_)) for id_ in asked.documents]
    entries += [desk.register.of_reference(reference) for reference in asked.cited]
    return [entry for entry in entries if entry]


def _looked_up(desk: Desk, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Say when the first was looked up; nothing of what an administrator told."""
    return tuple(desk.say("looked_up", day=f"{entry.looked_up:%d/%m/%Y}") for entry in entries[:1] if not entry.told)


def with_standing(desk: Desk, answer: Answer, *, bodies: bool = True) -> Answer:
    """Add notices on what the quotes name that is repealed or amended, and on `bodies` no longer so called."""
    entries = list(dict.fromkeys(_named(desk, answer.citations)))
    changed = [e.standing_note_vi for e in entries if e.standing == "repealed" or (e.told and e.standing == "amended")]
    amended = [entry.name for entry in entries if entry.standing == "amended" and not entry.told]
    first = desk.register.of_document(desk.document(answer.citations[0].document_id)) if answer.citations else None
    if first and first.standing == "repealed" and first.standing_note_vi not in answer.lead:
        answer = replace(answer, lead=f"{first.standing_note_vi}\n{answer.lead}")
    notices = [note for note in changed if note not in answer.lead]
    if amended and not all(name in answer.lead for name in amended):
        notices.append(desk.say("amended", documents=", ".join(amended)))
    if bodies:
        quotes = " . ".join(citation.quote for citation in answer.citations)
        notices += desk.register.changed_bodies(quotes)[:_MOST_BODIES]
    return with_notices(answer, *notices)


def _named(desk: Desk, citations: Iterable[Citation]) -> Iterator[Entry]:
    """Yield the entries of the documents cited, and of those that the quotes cite."""
    for citation in citations:
        entry = desk.register.of_document(desk.document(citation.document_id))
        if entry:
            yield entry
        for reference in _references(desk, citation):
            entry = desk.register.of_reference(reference)
            if entry:
                yield entry


def _references(desk: Desk, citation: Citation) -> tuple[Reference, ...]:
    """Return the citations of other documents that stand in a quote."""
    if not citation.section:
        return ()
    passage = desk.library.place(citation.passage_id).passage
    return tuple(reference for reference in passage.references if reference.text in citation.quote)
