"""Nest paragraphs into sections and label every passage as a person would name it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest import texts
from ingest.letters import LOWER, UPPER
from ingest.marks import APPENDIX, ARTICLE, ATTACHMENT, FORM, NUMBER, POINT, Found, ranks
from ingest.paragraphs import Paragraph
from ingest.vocabulary import any_of, kinds, words
from knowledge.documents import CLOSING, OPENING, Mark, Passage, Section

_LONGEST_HEADING = 300
_CAPITALS = re.compile(rf"[{UPPER}][^{LOWER}(]{{7,}}(?=\(|\s[{UPPER}][{LOWER}])")
"""A heading in capitals with text after it on the same line."""


@dataclass(slots=True)
class _Piece:
    """A passage before it is labelled."""

    mark: Mark
    text: str
    home: str
    """What a person calls the part it stands in: `Mục II.4`, `Khoản 2 Điều 5`."""


@dataclass(slots=True)
class _Draft:
    """A section while it is being filled."""

    path: str
    label: str
    found: Found | None = None
    rank: int = 0
    heading: str = ""
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def is_article(self) -> bool:
        return self.found is not None and self.found.mark is ARTICLE


@dataclass(slots=True)
class _Outline:
    """The sections so far, and the open ones from the outermost to the innermost."""

    sections: list[_Draft]
    open: list[_Draft] = field(default_factory=list)
    paths: Counter[str] = field(default_factory=Counter)
    clause: Found | None = None
    point: Found | None = None
    ranks: Iterator[int] = field(default_factory=lambda: iter(()))
    """The ranks of the marks that are still to come."""
    in_opening: bool = False
    """No Điều has begun yet in a text that has some: its numbers there are items of a list, not sections."""

    @property
    def current(self) -> _Draft:
        return self.open[-1] if self.open else self.sections[0]


def sections(document_id: str, paragraphs: Sequence[Paragraph]) -> tuple[Section, ...]:
    """Return the sections of a text in its order; `document_id` begins the ids of the passages."""
    outline = _Outline([_Draft(OPENING, texts.OPENING_LABEL)])
    closing = _closing_place(paragraphs)
    outline.in_opening = any(map(_is_article, paragraphs))
    outline.ranks = iter(ranks(paragraph.mark for paragraph in paragraphs if paragraph.mark))
    for place, paragraph in enumerate(paragraphs):
        if place == closing:
            outline.open = []
            outline.sections.append(_Draft(CLOSING, texts.CLOSING_LABEL))
            outline.open.append(outline.sections[-1])
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) and place + 1 != closing else None
        _add(outline, paragraph, following)
    return tuple(_finish(document_id, draft) for draft in outline.sections if draft.found or draft.pieces)


def _add(outline: _Outline, paragraph: Paragraph, following: Paragraph | None) -> None:
    rank = next(outline.ranks) if paragraph.mark else 0
    if paragraph.mark is None or (outline.in_opening and paragraph.mark.mark in {NUMBER, POINT}):
        _add_text(outline, paragraph)
    elif paragraph.mark.mark in {NUMBER, POINT} and any(draft.is_article for draft in outline.open):
        _add_clause(outline, paragraph, paragraph.mark)
    else:
        _open_section(outline, paragraph, _Draft("", "", paragraph.mark, rank), following)


def _add_text(outline: _Outline, paragraph: Paragraph) -> None:
    draft, text = outline.current, paragraph.text
    if _awaits_heading(draft) and not (paragraph.dash or paragraph.row):
        draft.heading, text = _cut_heading(paragraph)
    elif _is_rest_of_heading(draft, paragraph):
        draft.heading, text = f"{draft.heading} {text}", ""
    if text:
        home = _clause_label(outline) if outline.clause or outline.point else draft.label
        draft.pieces.append(_Piece("dash" if paragraph.dash else "paragraph", text, home))


def _awaits_heading(draft: _Draft) -> bool:
    """Tell whether the heading stands on the next line, as under "Chương I" or "Phụ lục II"."""
    if draft.found is None or draft.found.mark is FORM:
        return False
    # "(Ban hành kèm theo …)" may stand between number and heading.
    texts_above = [piece for piece in draft.pieces if not piece.text.startswith("(")]
    return not (draft.found.rest or draft.heading or texts_above)


def _is_rest_of_heading(draft: _Draft, paragraph: Paragraph) -> bool:
    """Tell the second line of a chapter's heading, set in capitals like the first."""
    whole = draft.found is None or draft.is_article or bool(draft.pieces)
    return not whole and draft.heading.isupper() and paragraph.text.isupper() and not paragraph.dash


def _cut_heading(paragraph: Paragraph) -> tuple[str, str]:
    """Return the heading at the beginning of a paragraph, and what is left of it as text."""
    if paragraph.text.startswith("("):
        return "", paragraph.text
    if capitals := _CAPITALS.match(paragraph.text):
        return capitals[0].strip(), paragraph.text[capitals.end() :].strip()
    whole = paragraph.strong or (not paragraph.ended and len(paragraph.text) <= _LONGEST_HEADING)
    return (paragraph.text, "") if whole else ("", paragraph.text)


def _add_clause(outline: _Outline, paragraph: Paragraph, found: Found) -> None:
    """Add a khoản or điểm: within an Điều they are passages, not sections."""
    if found.mark is NUMBER:
        outline.clause, outline.point = found, None
        mark: Mark = "clause"
    else:
        outline.point = found
        mark = "point"
    outline.current.pieces.append(_Piece(mark, paragraph.text, _clause_label(outline)))


def _clause_label(outline: _Outline) -> str:
    point = texts.POINT_LABEL.format(outline.point.number) if outline.point else None
    clause = texts.CLAUSE_LABEL.format(outline.clause.number) if outline.clause else None
    label = " ".join(part for part in (point, clause) if part)
    return f"{label[:1].upper()}{label[1:]} {outline.current.label}"


def _open_section(outline: _Outline, paragraph: Paragraph, draft: _Draft, following: Paragraph | None) -> None:
    outline.clause = outline.point = None
    outline.in_opening = False
    while outline.open and (outline.open[-1].found is None or outline.open[-1].rank >= draft.rank):
        outline.open.pop()
    draft.path = _unused(_path(outline.open, draft), outline.paths)
    draft.label = _label(draft.path)
    outline.sections.append(draft)
    outline.open.append(draft)
    if _is_heading(paragraph, following):
        draft.heading = paragraph.text.rstrip(":").strip()
    elif paragraph.text:
        draft.pieces.append(_Piece("paragraph", paragraph.text, draft.label))


def _path(parents: Sequence[_Draft], draft: _Draft) -> str:
    """Join the parent's path and the printed number; dotted and article numbers tell their own way."""
    found = draft.found
    if found is None:
        return draft.path
    own = found.mark.path.format(found.number).strip()
    holders = [parent for parent in parents if parent.found and _holds(parent.found, found)]
    return f"{holders[-1].path}.{own}" if holders else own


def _unused(path: str, taken: Counter[str]) -> str:
    """Keep paths apart where a text gives the same number twice: the second "3" becomes "3 (2)"."""
    taken[path] += 1
    return path if taken[path] == 1 else f"{path} ({taken[path]})"


def _holds(parent: Found, child: Found) -> bool:
    if child.mark.rooted:
        return parent.mark in {APPENDIX, ATTACHMENT, FORM} and child.mark is not APPENDIX
    # "1.1" carries the number of its parent "1" itself.
    return not (child.mark is NUMBER and "." in child.number and parent.mark is NUMBER)


def _label(path: str) -> str:
    """Name a section: "II.4" needs the word Mục, "Điều 51" does not."""
    begins_with_word = path[:1].isupper() and path[1:2].islower()
    return path if begins_with_word else texts.SECTION_LABEL.format(path)


def _is_heading(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell a heading from a numbered paragraph that is the text itself.

    Bold and capitals tell at once; else a heading is one unfinished phrase with something under it.
    """
    if paragraph.strong or paragraph.text.isupper():
        return True
    finished = paragraph.ended and not paragraph.text.endswith(":")
    return not finished and not paragraph.runs_on and following is not None and _stands_under(following, paragraph)


def _stands_under(following: Paragraph, paragraph: Paragraph) -> bool:
    if following.mark is None or paragraph.mark is None:
        return True
    return following.mark.rank > paragraph.mark.rank


def _closing_place(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return where the part begins that closes the whole text, after its last numbered section."""
    end = next((place for place, found in enumerate(paragraphs) if _is_appendix(found)), len(paragraphs))
    marked = [place for place in range(end) if paragraphs[place].mark]
    if not marked:
        return None
    if any(_is_article(paragraphs[place]) for place in marked):
        # What stands under the last Điều belongs to it, but for the sentence that says who passed the law.
        tail = range(marked[-1] + 1, end)
        return next((place for place in tail if _passing_pattern().match(paragraphs[place].text)), None)
    last = paragraphs[marked[-1]]
    # What stands right under a heading is that section's own text.
    tail = range(marked[-1] + (1 if last.ended else 2), end)
    return next((place for place in tail if _closes(paragraphs, place)), None)


def _closes(paragraphs: Sequence[Paragraph], place: int) -> bool:
    if paragraphs[place].dash:
        return False
    # A paragraph after the items of the last section no longer belongs to that list.
    return paragraphs[place - 1].dash or _closing_pattern().match(paragraphs[place].text) is not None


def _is_article(paragraph: Paragraph) -> bool:
    return paragraph.mark is not None and paragraph.mark.mark is ARTICLE


def _is_appendix(paragraph: Paragraph) -> bool:
    return paragraph.mark is not None and paragraph.mark.mark in {APPENDIX, ATTACHMENT}


@cache
def _closing_pattern() -> re.Pattern[str]:
    beginnings = any_of(words("closing", "beginnings"))
    return re.compile(rf"(?:{beginnings})\b|(?:{any_of(kinds())})\s+này\s+(?:{any_of(words('closing', 'verbs'))})\b")


@cache
def _passing_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(kinds())})\s+này\s+(?:{any_of(words('closing', 'passing'))})\b")


def _finish(document_id: str, draft: _Draft) -> Section:
    labels = _labels(draft)
    passages = tuple(
        Passage(f"{document_id}#{draft.path}#{place}", place, label, piece.mark, piece.text)
        for place, (piece, label) in enumerate(zip(draft.pieces, labels, strict=True), start=1)
    )
    return Section(draft.path, draft.label, draft.heading, passages)


def _labels(draft: _Draft) -> Iterable[str]:
    homes = Counter(piece.home for piece in draft.pieces)
    counts: Counter[tuple[str, bool]] = Counter()
    for piece in draft.pieces:
        kind = (piece.home, piece.mark == "dash")
        counts[kind] += 1
        if homes[piece.home] > 1:
            template = texts.DASH_LABEL if piece.mark == "dash" else texts.PARAGRAPH_LABEL
            yield template.format(piece.home, counts[kind])
        else:
            lead = piece.home == draft.label and draft.is_article and len(draft.pieces) > 1
            yield texts.LEAD_LABEL.format(piece.home) if lead else piece.home
