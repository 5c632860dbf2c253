"""Make an answer of statements that stood verification: marked with their citations, noted like an answer of quotes.

Of a statement that was dropped for its wording alone the quotes stand in its place, so that nothing is missing.
"""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers.desk import Desk, with_notices
from knowledge.answers.of_standing import with_standing
from knowledge.answers.of_subjects import with_details, with_number
from knowledge.documents import Answer, Citation, Statement
from knowledge.understand import Understanding
from knowledge.writing.verification import LONGEST, Dropped, Verified


def in_place(desk: Desk, checked: Sequence[Verified | Dropped]) -> list[Verified]:
    """Return the statements that stood, and in the place of others what their quotes say that no such one quotes."""
    quoted = [citation for each in checked if isinstance(each, Verified) for citation in each.citations]
    found: list[Verified] = []
    for each in checked:
        if isinstance(each, Verified):
            found.append(each)
            continue
        new = tuple(one for one in each.citations if not any(_covers(other, one) for other in quoted))
        text = " ".join(desk.say("digest_says" if one.digest else "text_says", quote=one.quote) for one in new)
        if text and len(text) <= LONGEST:
            found.append(Verified(text, new))
            quoted += new
    return found


def compose(desk: Desk, asked: Understanding, verified: Sequence[Verified], quotes: Answer) -> Answer:
    """Return the answer; `quotes` is what the quotes engine says of the same question."""
    citations = _distinct([citation for each in verified for citation in each.citations])
    statements = tuple(
        Statement(each.text, tuple(sorted({_place(citation, citations) for citation in each.citations})))
        for each in verified
    )
    lead = "\n".join(_marked(statement, listed=len(statements) > 1) for statement in statements)
    answer = Answer("answered", lead, citations, engine="model", statements=statements)
    answer = with_notices(with_details(desk, asked, answer), *_of_uncited(desk, asked, answer, quotes))
    return with_standing(desk, with_number(desk, asked, answer))


def _marked(statement: Statement, *, listed: bool) -> str:
    marks = "".join(f"[{place + 1}]" for place in statement.citations)
    return f"{'• ' if listed else ''}{statement.text} {marks}"


def _distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Keep each quote once, in the order of the statements; of two that lie in one another the longer."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(_holds(other, citation) for other in citations if other != citation) and citation not in kept:
            kept.append(citation)
    return tuple(kept)


def _place(citation: Citation, citations: Sequence[Citation]) -> int:
    """Return where a citation, or the longer one that holds it, stands among those kept."""
    return next(place for place, other in enumerate(citations) if _covers(other, citation))


def _covers(other: Citation, citation: Citation) -> bool:
    return other == citation or _holds(other, citation)


def _holds(longer: Citation, citation: Citation) -> bool:
    same = replace(longer, quote=citation.quote) == citation
    return same and citation.quote in longer.quote and citation.quote != longer.quote


def _of_uncited(desk: Desk, asked: Understanding, answer: Answer, quotes: Answer) -> list[str]:
    """Return what was said of documents that say nothing of the subject, and which the answer does not cite either."""
    cited = {citation.document_id for citation in answer.citations}
    names = (desk.name(id_) for id_ in asked.documents if id_ not in cited)
    said = [desk.say("compared_missing", document=name) for name in names]
    return [notice for notice in said if notice in quotes.notices]
