"""Let people walk through the documents by buttons: list, outline, section, and back.

A button carries a verb and its arguments, e.g. `outline:<document key>:<page>`; the verbs are in `_OPENERS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts
from bot.catalogue import Catalogue, document_key, section_key
from bot.layout import Message, messages, paragraph
from bot.render import (
    outline_message,
    particulars_messages,
    section_messages,
    shortened,
    title_or_beginning,
    written_date,
)
from knowledge.documents import Answer, Citation, Document, Section

PAGE_SIZE = 8
_BUTTON_CHARACTERS = 64
_MOST_BUTTONS = 100

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class View:
    """What a button opens: messages, the buttons under the last, whether they replace the old message."""

    messages: list[Message]
    keyboard: InlineKeyboardMarkup | None = None
    instead: bool = True


def answer_keyboard(answer: Answer, catalogue: Catalogue) -> InlineKeyboardMarkup | None:
    """Return a button for each citation that opens its section; None where there is nothing to open."""
    citations = (*answer.citations, *answer.nearest)[:_MOST_BUTTONS]
    return _keyboard([[_citation_button(place, c, catalogue)] for place, c in enumerate(citations, 1)])


def opened(data: str, catalogue: Catalogue) -> View | None:
    """Return what a button opens; None where the documents it was made for have changed."""
    verb, _, rest = data.partition(":")
    key, _, page = rest.partition(":")
    opener = _OPENERS.get(verb)
    return opener(catalogue, key, int(page) if page.isdecimal() else 0) if opener else None


def documents_view(catalogue: Catalogue, page: int) -> View:
    """Return a page of the list of documents."""
    rows = [[_document_button(document)] for document in catalogue.documents]
    text = texts.DOCUMENTS.format(count=len(rows)) if rows else texts.NO_DOCUMENTS
    return View(messages([paragraph(text)]), _keyboard(_paged(rows, page, "documents:")))


def _documents(catalogue: Catalogue, _: str, page: int) -> View:
    return documents_view(catalogue, page)


def _outline(catalogue: Catalogue, key: str, page: int) -> View | None:
    """Show a document's particulars and a page of its sections."""
    document = catalogue.document(key)
    if document is None:
        return None
    sections = [[_section_button(document, section, page)] for section in document.sections]
    rows = [*_paged(sections, page, f"outline:{key}"), [_button(texts.BACK_TO_DOCUMENTS, "documents::0")]]
    return View([outline_message(document)], _keyboard(rows))


def _read(catalogue: Catalogue, key: str, page: int) -> View | None:
    """Show a section in place of the outline, with the way back to the page it was opened from."""
    found = catalogue.section(key)
    if found is None:
        return None
    document, section = found
    return View(section_messages(document, section), _keyboard([_way_back(document, page)]))


def _cited(catalogue: Catalogue, key: str, _: int) -> View | None:
    """Show a cited section beside the answer, which stays where it is."""
    if document := catalogue.particulars(key):
        return View(particulars_messages(document), _keyboard([_way_back(document, 0)]), instead=False)
    found = catalogue.section(key)
    if found is None:
        return None
    return View(section_messages(*found), _keyboard([_way_back(found[0], 0)]), instead=False)


def _same(_: Catalogue, __: str, ___: int) -> View:
    """Stand still: the button shows which page this is."""
    return View([])


_OPENERS: dict[str, Callable[[Catalogue, str, int], View | None]] = {
    "documents": _documents,
    "outline": _outline,
    "read": _read,
    "cited": _cited,
    "same": _same,
}


def _paged(rows: Sequence[Row], page: int, verb: str) -> list[Row]:
    """Return the rows of one page, and under them the way to the pages before and after it."""
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = list(rows[page * PAGE_SIZE : (page + 1) * PAGE_SIZE])
    if pages == 1:
        return shown
    before = [_button(texts.PREVIOUS_PAGE, f"{verb}:{page - 1}")] if page else []
    after = [_button(texts.NEXT_PAGE, f"{verb}:{page + 1}")] if page < pages - 1 else []
    return [*shown, [*before, _button(texts.PAGE.format(page=page + 1, pages=pages), "same"), *after]]


def _citation_button(place: int, citation: Citation, catalogue: Catalogue) -> InlineKeyboardButton:
    key = section_key(citation.document_id, citation.section)
    found = catalogue.section(key)
    label = found[1].label if found else citation.label
    name = texts.CITATION_BUTTON.format(place=place, label=label, document=citation.document or citation.name)
    return _button(name, f"cited:{key}")


def _document_button(document: Document) -> InlineKeyboardButton:
    number = document.number or texts.UNNUMBERED.format(kind=document.kind)
    name = texts.BETWEEN.join(filter(None, (number, document.issuer, written_date(document))))
    return _button(name, f"outline:{document_key(document.id)}:0")


def _section_button(document: Document, section: Section, page: int) -> InlineKeyboardButton:
    return _button(title_or_beginning(section), f"read:{section_key(document.id, section.path)}:{page}")


def _way_back(document: Document, page: int) -> Row:
    return [
        _button(texts.BACK_TO_OUTLINE, f"outline:{document_key(document.id)}:{page}"),
        _button(texts.BACK_TO_DOCUMENTS, "documents::0"),
    ]


def _button(name: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(shortened(name, _BUTTON_CHARACTERS), callback_data=data)


def _keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup(rows) if rows else None
