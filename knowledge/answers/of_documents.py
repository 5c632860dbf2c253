"""Answer questions about a document as a whole: its number, date, signer, recipients, subject, parts."""

import re
from collections.abc import Callable

from knowledge.answers.desk import Desk, clause_around
from knowledge.documents import Answer, Citation, Document
from knowledge.library import cite, cite_line, cite_particular, name_of
from knowledge.understand import Understanding
from knowledge.vietnamese import fold


def _day(document: Document) -> str | None:
    return document.issued.strftime("%d/%m/%Y") if document.issued else None


_VALUES: dict[str, Callable[[Document], str | None]] = {
    "issued": _day,
    "signer": lambda document: document.signer,
    "addressees": lambda document: "; ".join(document.addressees) or None,
    "recipients": lambda document: "; ".join(document.recipients) or None,
    "number": lambda document: document.number,
    "issuer": lambda document: document.issuer,
    "place": lambda document: document.place,
    "title": lambda document: document.title,
    "effect": lambda _: None,  # no text of this kind gives the day from which it holds
}
_STAMP_LINES = 3
_INSTEAD = ("issued", "place", "number", "issuer", "title")
"""Where a particular is missing: the lines of the head in which a person would look for it, the nearest first."""


def particulars(desk: Desk, asked: Understanding) -> Answer:
    """Answer from the head and foot of each document named."""
    leads: list[str] = []
    citations: list[Citation] = []
    for document_id in asked.documents:
        document = desk.document(document_id)
        for particular in _wanted(asked.particulars, document):
            lead, cited = _particular(desk, document, particular)
            leads.append(lead)
            citations += cited
    return Answer(status="answered", lead="\n".join(leads), citations=tuple(dict.fromkeys(citations)))


def _wanted(particulars: tuple[str, ...], document: Document) -> list[str]:
    """Return which particulars to tell: of the recipients those addressed first, where there are any."""
    wanted: list[str] = []
    for particular in particulars:
        if particular == "recipients" and document.addressees:
            wanted.append("addressees")
        wanted.append(particular)
    return wanted


def _particular(desk: Desk, document: Document, particular: str) -> tuple[str, list[Citation]]:
    value = _VALUES[particular](document)
    name = name_of(document)
    position = _position(document) if particular == "signer" else None
    if value and position:
        lead = desk.say("signer_with_position", document=name, value=value, position=position)
        shown = particular if particular in document.quotes else None
    elif value is None:
        lead = desk.say(f"{particular}_none", document=name)
        shown = next((p for p in (particular, *_INSTEAD) if p in document.quotes), None)
    else:
        lead = desk.say(particular, document=name, value=value)
        shown = particular if particular in document.quotes else None
    label = desk.say(f"label_{shown}") if shown else ""
    if shown == "signer" and document.signer:
        return lead, [cite_line(document, document.signer, label)]  # marks of layout may stand above the name
    return lead, [cite_particular(document, shown, label)] if shown else []


def _position(document: Document) -> str | None:
    """Return the line above the signer's name: as what the person signs."""
    for stamp in document.stamps:
        lines = [line.strip() for line in stamp.splitlines()]
        if document.signer in lines[1:]:
            return lines[lines.index(document.signer) - 1]
    return None


def carries_out(desk: Desk, asked: Understanding) -> Answer:
    """Answer which documents a document carries out."""
    leads: list[str] = []
    citations: list[Citation] = []
    for document_id in asked.documents:
        document = desk.document(document_id)
        texts = [reference.text for reference in document.carries_out]
        name = name_of(document)
        leads.append(
            desk.say("carries_out", document=name, references="; ".join(texts))
            if texts
            else desk.say("carries_out_none", document=name)
        )
        saying = [p for p in desk.library.places((document_id,)) if any(text in p.passage.text for text in texts)]
        citations += [desk.quote(place, texts[:1]) for place in saying[:1]]
    return Answer(status="answered", lead="\n".join(leads), citations=tuple(citations))


def carried_out_by(desk: Desk, asked: Understanding) -> Answer:
    """Answer which documents carry a document out."""
    carried_out = asked.documents[0]
    carriers = desk.named.carriers(carried_out)
    if not carriers:
        return desk.not_found(asked)
    number = desk.document(carried_out).number or desk.document(carried_out).title
    saying = [next((p for p in desk.library.places((id_,)) if number in p.passage.text), None) for id_ in carriers]
    lead = desk.say("carried_out_by", document=desk.name(carried_out), documents=desk.names(carriers))
    return Answer(status="answered", lead=lead, citations=tuple(desk.quote(p, [number]) for p in saying if p))


def stamps(desk: Desk, asked: Understanding) -> Answer:
    """Answer from the stamps, signatures and marks of copies on a document."""
    document = desk.document(asked.documents[0])
    weights = desk.relevance.weights
    best = max(document.stamps, key=lambda stamp: _stamp_fits(stamp, asked), default=None)
    if best is None or not _stamp_fits(best, asked):
        return desk.not_found(asked, desk.say("stamps_none", document=name_of(document)))
    lines = [line.strip() for line in best.splitlines() if len(line.strip()) > 1]
    shown = sorted(
        lines,
        key=lambda line: -_line_fits(line, asked, last=line == lines[-1]) - weights.share(asked.rest, line),
    )
    return Answer(
        status="answered",
        lead=desk.say("stamps", document=name_of(document)),
        citations=tuple(cite_line(document, line, desk.say("label_stamp")) for line in shown[:_STAMP_LINES]),
    )


def _stamp_fits(stamp: str, asked: Understanding) -> int:
    """Count the words by which a question names a kind of stamp that stand in this one."""
    words = set(fold(asked.rest).split())
    return len(words & set(re.findall(r"\w+", fold(stamp))))


def _line_fits(line: str, asked: Understanding, *, last: bool) -> int:
    """Tell whether a line of a stamp has the particular that is asked."""
    folded = fold(line)
    fits = {"issued": "ngay" in folded, "number": folded.startswith("so"), "signer": last}
    return sum(fits.get(particular, False) for particular in (*asked.particulars, "issued"))


def about(desk: Desk, asked: Understanding) -> Answer:
    """Answer what a document is about: its title, and its parts."""
    document = desk.document(asked.documents[0])
    issued = _day(document)
    issuer = f"{document.issuer} ({issued})" if issued else document.issuer
    title = [cite_particular(document, "title", desk.say("label_title"))] if "title" in document.quotes else []
    citing = [
        cite(place, clause_around(place.passage.text, reference.text))
        for place, reference in desk.library.references()
        if desk.register.names(reference, document) and document.is_law
    ]
    return Answer(
        status="answered",
        lead=desk.say("about", document=name_of(document), issuer=issuer, title=document.title),
        citations=(*title, *citing[:1]),
        notices=(_outline(desk, document),),
    )


def outline(desk: Desk, asked: Understanding) -> Answer:
    """Answer which parts a document has, and cite the first words of each."""
    document = desk.document(asked.documents[0])
    firsts = [place for place in desk.library.places((document.id,)) if place.passage.place == 1]
    return Answer(
        status="answered",
        lead=_outline(desk, document),
        citations=tuple(desk.quote(place, [place.section.heading]) for place in firsts[:3]),
    )


def _outline(desk: Desk, document: Document) -> str:
    if document.is_law:
        example = f"{document.sections[0].path} {name_of(document)}"
        return desk.say("articles", document=name_of(document), count=len(document.sections), example=example)
    main = [s for s in document.sections if "." not in s.path]
    named = [f"{s.label} ({s.heading})" if s.heading else s.label for s in main]
    return desk.say("outline", document=name_of(document), sections="; ".join(named))


def overview(desk: Desk, _asked: Understanding) -> Answer:
    """Tell which documents there are."""
    documents = desk.library.documents
    return Answer(
        status="answered",
        lead=desk.say("overview", count=len(documents), documents=desk.names(d.id for d in documents)),
        citations=tuple(cite_particular(d, "title", desk.say("label_title")) for d in documents if "title" in d.quotes),
    )


def which_place(desk: Desk, _asked: Understanding) -> Answer:
    """Say that "my province" is not known, and what there is."""
    return Answer(status="not_found", lead=desk.say("which_place"), notices=(desk.covered(),))


def unknown(desk: Desk, asked: Understanding) -> Answer:
    """Say that a document or place that the question names is not held."""
    lead = "unknown_place" if set(asked.missing) <= set(asked.places) else "unknown"
    return desk.not_found(asked, desk.say(lead, missing=", ".join(asked.missing)))


def section(desk: Desk, asked: Understanding) -> Answer:
    """Answer with a section asked for by its number, whole, or with the clause asked for."""
    documents = asked.documents or tuple(d.id for d in desk.library.documents)
    if asked.sections[0].startswith("Điều "):
        return _article(desk, asked, documents)
    held = [
        (document_id, part)
        for document_id in documents
        for part in [next(filter(None, (desk.library.part(document_id, path) for path in asked.sections)), ())]
        if part
    ]
    if not held:
        return _no_section(desk, asked)
    if len(held) > 1:
        return _section_in_several(desk, held)
    return _section_whole(desk, *held[0])


def _article(desk: Desk, asked: Understanding, documents: tuple[str, ...]) -> Answer:
    """Answer with an article or a clause of the law named; without a law named, of each that has it."""
    path = asked.sections[0]
    article = path.split(".")[0]
    find = desk.library.clause if "." in path else desk.library.article
    held = [(id_, places) for id_ in documents for places in [find(id_, path)] if places]
    if not held:
        return _no_article(desk, asked, article)
    if len(held) > 1:
        firsts = tuple(cite(places[0]) for _, places in held)
        lead = desk.say("section_in_several", section=path.replace(".", ", khoản ", 1), count=len(held))
        return Answer(status="answered", lead=lead, citations=firsts)
    document_id, places = held[0]
    head = places[0].section
    name = "section_with_heading" if head.heading else "section"
    lead = desk.say(name, section=head.label, document=desk.name(document_id), heading=head.heading)
    digest = (desk.say("digest_only"),) if desk.document(document_id).digest else ()
    return Answer(status="answered", lead=lead, citations=tuple(cite(place) for place in places), notices=digest)


def _no_article(desk: Desk, asked: Understanding, article: str) -> Answer:
    """Say that a law has no such article, or that its summary has none."""
    number = article.removeprefix("Điều ")
    if not asked.documents:
        return desk.not_found(asked)
    document = desk.document(asked.documents[0])
    entry = desk.register.of_document(document)
    count = (entry and entry.articles_expected) or sum(s.path.startswith("Điều ") for s in document.sections)
    name = name_of(document)
    if not document.is_law:
        lead = desk.say("no_section", document=name, section=article)
    elif int(number) <= count:
        lead = desk.say("not_in_digest", document=name, number=number)
    else:
        lead = desk.say("no_article", document=name, number=number, count=count)
    return Answer(status="not_found", lead=lead, notices=(desk.covered(),))


def _section_whole(desk: Desk, document_id: str, part: tuple) -> Answer:  # type: ignore[type-arg]
    root = part[0]
    ids = {passage.id for each in part for passage in each.passages}
    places = [place for place in desk.library.places((document_id,)) if place.passage.id in ids]
    name = "section_with_heading" if root.heading else "section"
    lead = desk.say(name, section=root.label, document=desk.name(document_id), heading=root.heading)
    return Answer(status="answered", lead=lead, citations=tuple(cite(place) for place in places))


def _section_in_several(desk: Desk, held: list) -> Answer:  # type: ignore[type-arg]
    firsts = [
        place
        for document_id, part in held
        for place in desk.library.places((document_id,))
        if any(place.passage.id == p.id for p in [p for each in part for p in each.passages][:1])
    ]
    lead = desk.say("section_in_several", section=held[0][1][0].label, count=len(held))
    return Answer(status="answered", lead=lead, citations=tuple(desk.quote(p, [p.section.heading]) for p in firsts))


def _no_section(desk: Desk, asked: Understanding) -> Answer:
    named = f"mục {asked.sections[0]}"
    if not asked.documents:
        return desk.not_found(asked)
    document = desk.document(asked.documents[0])
    labels = ", ".join(s.label for s in document.sections)
    return Answer(
        status="not_found",
        lead=desk.say("no_section", document=name_of(document), section=named),
        notices=(desk.say("sections_held", sections=labels),),
    )
