"""Answer questions about a subject: a fact, the duties of a body, reporting, the same subject in two places."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers.ages import for_age
from knowledge.answers.desk import AS_GOOD, ENOUGH, Desk, one_a_section, with_notices
from knowledge.cues import plain
from knowledge.documents import OPENING, Answer, Citation
from knowledge.library import Place, name_of
from knowledge.relevance import Found
from knowledge.safety import load_help_numbers
from knowledge.understand import Understanding
from knowledge.vietnamese import fold

_MOST = 3
_CLOSE = 0.62
"""Further passages are shown from this score on, relative to the best."""
_SOME = 0.4
"""What a clause of an article that answers must itself say of the subject, relative to the clause that says most."""
_ONE_THING = 4
"""Up to so many syllables a topic is one thing, which a synonym says as well."""
_ABOVE_ANSWERS = 0.6
"""Share of the subject from which what stands above passages says that all of them answer."""
_DATE = re.compile(r"\b(19|20)\d{2}\b|\b\d{1,2}/\d{1,2}\b|\b\d+ (ngày|tháng|năm|giờ|tuần)\b|\b(ngày|tháng) \d+\b")
_OF_ANOTHER = re.compile(r"số [\w/&-]+ ngày [\d/]+( tháng \d+ năm \d+)?")
"""The date of a document that is cited is no deadline."""
_PERIOD = re.compile(r"định kỳ|hằng năm|hàng năm|hằng tháng|hằng quý|thường xuyên|kịp thời|khẩn trương", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_NO_AMOUNT = re.compile(
    r"\b(?:19|20)\d{2}\b|\b\d{1,2}/\d{1,2}(?:/\d{4})?|\bsố \d[\w/&-]*|\b[Mm]ẫu số \w+"
    r"|\b(?:[Kk]hoản|[Đđ]iểm|[Đđ]iều|[Mm]ục|[Cc]hương) [\dIVX]+(?:(?:,| và| hoặc) \d+)*"
)
"""Figures that count nothing: years, dates, numbers of documents, sections."""
_AGE = re.compile(r"\b\d+ tuổi\b")
_MONEY = frozenset({"ty", "trieu", "dong", "kinh"})
_COUNTED = re.compile(r"\b(?:bao nhieu|may) (\w+)")
_REPORT = "báo cáo"
_TELLS = re.compile(r"\bbáo\b", re.IGNORECASE)
_TOLD = 0.5
"""Share of a subject that a law must speak of to answer who reports."""
_NAMED = 0.5
"""Share of a subject that a passage must say for the others to be about somebody else's reports."""
_FAR_MORE = 1.5
"""How much more of it than the documents, which are what most reports are about."""
_TO_A_BODY = re.compile(
    r"[Bb]áo cáo(?: [^,.;:]{0,60}?)? (?:về|cho|lên|với|tới|đến) (?P<to>[^.;:/]+)|[Bb]áo cáo (?P<body>[A-ZĐÂ][^.;:/]+)"
)


def fact(desk: Desk, asked: Understanding) -> Answer:
    """Answer with the clause that defines the subject, where that is asked, else with the passages that speak of it."""
    if "definition" in asked.flags and (clause := desk.defining(asked)):
        lead = desk.say("in_document", document=name_of(clause.document))
        return Answer(status="answered", lead=lead, citations=(desk.quote(clause, asked.topics),))
    found = desk.find(asked)
    if not found:
        return desk.not_found(asked)
    answer = _of_found(desk, asked, found, "in_document", "in_documents")
    known = found[0].answers or asked.documents
    ages = "tuoi" in fold(asked.words)
    if "amount" in asked.details and not known and not _has_amount(_quotes(answer), ages=ages):
        return desk.not_found(asked)
    return with_details(desk, asked, with_number(desk, asked, answer))


def duty(desk: Desk, asked: Understanding) -> Answer:
    """Answer with the passages that give a body its duties."""
    found = [f for f in desk.find(asked, by_actor=True) if not _says_what_is_carried_out(f.place)]
    if not found:
        return desk.not_found(asked)
    return with_details(desk, asked, _of_found(desk, asked, found, "duty", "duty_in_documents"))


def _says_what_is_carried_out(place: Place) -> bool:
    """Tell whether a passage opens a document with what it carries out, which gives nobody a duty."""
    opens = place.section.path == OPENING
    return opens and any(reference.text in place.passage.text for reference in place.document.carries_out)


def with_number(desk: Desk, asked: Understanding, answer: Answer) -> Answer:
    """Add the national number where somebody asks whom to tell."""
    if "tell_whom" not in asked.flags:
        return answer
    numbers = ", ".join(line.number for line in load_help_numbers()[:2])
    return replace(answer, lead="\n".join([desk.say("danger_now", numbers=numbers), answer.lead]))


def report(desk: Desk, asked: Understanding) -> Answer:
    """Answer who reports what, to whom and when."""
    within = asked.documents or desk.library.laws_and_others()[1]
    topics = [f"{topic} {_REPORT}" for topic in asked.topics]
    saying = [
        f
        for f in desk.relevance.find(topics, within)
        if _REPORT in f.place.passage.text.lower() and desk.treats(f.place, asked.off_topic)
    ]
    to_a_body = [f for f in saying if _TO_A_BODY.search(f.place.passage.text)]
    if not asked.documents and (of_laws := _told_by_laws(desk, asked, to_a_body or saying)):
        return with_details(desk, asked, _of_found(desk, asked, of_laws, "in_document", "in_documents"))
    if not saying and asked.off_topic:
        return desk.not_found(asked)
    if not saying:
        return with_notices(fact(desk, asked), desk.say("report_none", document=desk.names(within)))
    chosen = _report_passages(desk, to_a_body or saying, asked)
    citations = tuple(desk.quote(place, [f"{topic} kết quả" for topic in topics], who=True) for place in chosen)
    answer = Answer(status="answered", lead=_report_lead(desk, asked, citations), citations=citations)
    if not to_a_body:
        answer = with_notices(answer, desk.say("report_none", document=desk.names(c.document_id for c in citations)))
    return with_details(desk, asked, answer)


def _told_by_laws(desk: Desk, asked: Understanding, saying: list[Found]) -> list[Found]:
    """Return the clauses of laws on who tells whom, where they speak clearly more of the subject than the documents."""
    laws, weights = desk.library.laws_and_others()[0], desk.relevance.weights
    found = desk.relevance.find(asked.topics, laws, words=asked.rest) if laws else []
    subject = _of_what(asked)
    best = max((weights.share(subject, f.place.passage.text) for f in saying), default=0.0)
    telling = [f for f in found if _TELLS.search(f.place.passage.text) and desk.treats(f.place, asked.off_topic)]
    return telling if any(f.share > max(_TOLD, _FAR_MORE * best) for f in telling[:1]) else []


def _report_passages(desk: Desk, found: list[Found], asked: Understanding) -> list[Place]:
    """Keep the passages that name who is asked about; one a document where the question names no document."""
    question = f" {fold(plain(asked.words))}"
    to_named = [f for f in found if f" {' '.join(_to_whom(f.place.passage.text).split()[:3])} " in question]
    subject = _of_what(asked)
    said = [desk.relevance.weights.share(subject, f.place.passage.text) for f in found]
    by_named = [f for f, share in zip(found, said, strict=True) if share >= max(_NAMED, AS_GOOD * max(said))]
    named = to_named or by_named
    sections = one_a_section([f.place for f in named or found])
    if asked.documents:
        return sections[:2]
    first_of: dict[str, Place] = {}
    for place in sections:
        first_of.setdefault(place.document.id, place)
    return list(first_of.values())


def _of_what(asked: Understanding) -> str:
    """Return who reports, or on what: the subject without the word for reporting."""
    return re.sub(rf"\b(?:{_REPORT}|{fold(_REPORT)})\b", " ", asked.topic)


def _to_whom(text: str) -> str:
    """Return the body, folded, that a passage says is reported to; empty where it says none."""
    match = _TO_A_BODY.search(text)
    return fold(plain(match["to"] or match["body"])).strip() if match else ""


def _report_lead(desk: Desk, asked: Understanding, citations: tuple[Citation, ...]) -> str:
    """Name the bodies that are reported to, in the words of the quotes, and by which document unless it was named."""
    matches = [(match, c.name) for c in citations for match in [_TO_A_BODY.search(c.quote)] if match]
    bodies = {(match["to"] or match["body"]).strip(): name for match, name in matches}
    if not bodies:
        return desk.say("report")
    if len(bodies) == 1 and asked.documents:
        return desk.say("report_to", bodies=next(iter(bodies)))
    return desk.say(
        "report_to", bodies="; ".join(desk.say("report_to_by", body=b, document=n) for b, n in bodies.items())
    )


def compare(desk: Desk, asked: Understanding) -> Answer:
    """Set what two or more documents say of one subject side by side."""
    citations: list[Citation] = []
    missing: list[str] = []
    for document_id in asked.documents:
        found = desk.find(asked, (document_id,), enough=ENOUGH)
        if found:
            citations.append(desk.quote(found[0].place, asked.topics))
        else:
            missing.append(desk.say("compared_missing", document=desk.name(document_id)))
    if not citations:
        return desk.not_found(asked)
    lead = desk.say("compared", documents=desk.names(asked.documents))
    return Answer(status="answered", lead=lead, citations=tuple(citations), notices=tuple(missing))


def _of_found(desk: Desk, asked: Understanding, found: list[Found], one: str, several: str) -> Answer:
    """Quote the best passages, and lead to them as the question wants."""
    near = [f for f in found if f.score >= _CLOSE and f.share >= _CLOSE * max(f.share for f in found[:_MOST])] or found[
        :1
    ]
    places = for_age(desk.library, [f.place for f in near], asked.words)
    if "amount" in asked.details:
        places = _with_amounts(places, asked.words)
    chosen = _whole_section(desk, asked, near) if near[0].answers else _chosen(desk, asked, places)
    chosen = _spelt_out(desk, chosen)
    acts = asked.kind == "duty"
    citations = tuple(
        desk.quote(p, asked.topics, asked.other_wordings, acts=acts, who="who" in asked.flags) for p in chosen
    )
    return Answer(status="answered", lead=_lead(desk, asked, chosen, one, several), citations=citations)


def _spelt_out(desk: Desk, chosen: list[Place]) -> list[Place]:
    """Let the first items of a list follow the passage that opens it, where that one answers first."""
    items = [item for item in desk.library.list_items(chosen[0]) if item not in chosen]
    return [chosen[0], *items[:_MOST], *chosen[1:]]


def _with_amounts(places: list[Place], words: str) -> list[Place]:
    """Put first the passages that count what is asked ("bao nhiêu ngày"), and leave out those that count nothing.

    Of money these texts hardly ever speak in figures: then the passages on the subject are shown as they come.
    """
    unit = _COUNTED.search(fold(words))
    if unit and unit[1] in _MONEY:
        return places
    counted = re.compile(rf"\d+ {unit[1]}\b" if unit else r"\d")
    sections = [(p.document.id, p.section.path) for p in one_a_section(places)]

    def rank(place: Place) -> tuple[bool, int]:
        section = sections.index((place.document.id, place.section.path))
        return not counted.search(fold(place.passage.text)), section

    return sorted((p for p in places if _has_amount(p.passage.text)), key=rank) or places


def _has_amount(text: str, *, ages: bool = True) -> bool:
    """Tell whether a text counts something; without `ages`, an age only says of whom it speaks."""
    return bool(_FIGURE.search(_NO_AMOUNT.sub("", text if ages else _AGE.sub("", text))))


def _whole_section(desk: Desk, asked: Understanding, near: list[Found]) -> list[Place]:
    """Take what fits best of the section that is known to answer, in its order, and the best of another one.

    Where clauses begin with who is asked about, the others are somebody else's.
    """
    best = near[0].place
    clauses = for_age(desk.library, desk.library.article(best.document.id, best.section.path), asked.words)
    theirs = [f.place for f in near if f.place.section is best.section and f.begins and f.place in clauses]
    fitting = [f.place for f in near[1:] if f.place.section is best.section]
    telling = clauses if len(clauses) <= _MOST else _telling(desk, asked, clauses)
    ranked = theirs or [p for p in (*fitting, *(c for c in clauses if c not in fitting)) if p in telling]
    if {"amount", "time"} & set(asked.details):  # the clauses that give a number come first
        ranked.sort(key=lambda place: not _has_amount(place.passage.text))
    others = [f.place for f in near if f.place.section is not best.section and f.share >= AS_GOOD]
    return [*sorted(ranked[:_MOST], key=lambda place: place.passage.place), *others[:1]]


def _telling(desk: Desk, asked: Understanding, clauses: Sequence[Place]) -> list[Place]:
    """Keep the passages that speak of the subject in their own words."""
    said = [(desk.relevance.weights.best_share(asked.topics, c.passage.text), c) for c in clauses]
    most = max(share for share, _ in said)
    return [clause for share, clause in said if share >= _SOME * most]


def _chosen(desk: Desk, asked: Understanding, near: list[Place]) -> list[Place]:
    """Keep the best passage of each section; of a list or section that is itself what is asked, all that are near."""
    best = near[0]
    one_thing = len(asked.topic.split()) <= _ONE_THING
    wordings = (*asked.topics, *(asked.other_wordings if one_thing else ()))
    weights = desk.relevance.weights
    opening = desk.library.list_opening(best)
    if opening and weights.best_share(wordings, opening.passage.text) >= _ABOVE_ANSWERS:
        items = [p for p in desk.library.places((best.document.id,)) if desk.library.list_opening(p) is opening]
        return [opening, *items[:_MOST]]
    if weights.best_share(wordings, best.section.heading) >= _ABOVE_ANSWERS:
        same = [p for p in near if p.section is best.section]
        if not asked.documents or best.document.is_law:
            return [*same[:1], *(p for p in one_a_section(near) if p.section is not best.section), *same[1:]][:_MOST]
        return [*same[:_MOST], *(p for p in one_a_section(near) if p.section is not best.section)][:_MOST]
    firsts = one_a_section(near)
    return [*firsts, *(p for p in near if p not in firsts)][:_MOST]


def _lead(desk: Desk, asked: Understanding, places: list[Place], one: str, several: str) -> str:
    documents = list(dict.fromkeys(place.document.id for place in places))
    if "where" in asked.flags:
        return desk.say("where", sections="; ".join(_standing(place) for place in places))
    if "which_document" in asked.flags:
        return desk.say("which_documents", documents="; ".join(_standing(place) for place in places))
    if len(documents) == 1:
        return desk.say(one, document=desk.name(documents[0]))
    return desk.say(several, count=len(documents))


def _standing(place: Place) -> str:
    return f"{place.section.label}, {name_of(place.document)}"


def with_details(desk: Desk, asked: Understanding, answer: Answer) -> Answer:
    """Say so where the quotes do not give the detail that was asked for."""
    quotes = _OF_ANOTHER.sub("", _quotes(answer))
    notices: list[str] = []
    if "time" in asked.details and not _DATE.search(quotes):
        period = _PERIOD.search(quotes)
        notices.append(desk.say("only_periodic", words=period[0]) if period else desk.say("no_time"))
    if "amount" in asked.details and not _has_amount(quotes):
        notices.append(desk.say("no_amount"))
    if "telephone" in asked.details and not re.search(r"\b(1\d{2}|\d{7,})\b", fold(quotes)):
        notices.append(desk.say("no_telephone"))
    return with_notices(answer, *notices)


def _quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)
