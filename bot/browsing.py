"""Let people walk through the documents by buttons: list, outline, section, what it cites, who cites it, and back.

A button carries a verb and its arguments, e.g. `outline:<document key>:<page>`; the verbs are in `_OPENERS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts
from bot.catalogue import Catalogue, document_key, section_key
from bot.cited_documents import Cited, cited_documents
from bot.layout import Message, messages, paragraph
from bot.render import (
    as_messages,
    marked_name,
    outline_message,
    particulars_messages,
    section_messages,
    shortened,
    title_or_beginning,
    written_date,
)
from bot.serving import Served
from knowledge.documents import Answer, Citation, Document, Section
from knowledge.library import name_of

PAGE_SIZE = 8
_BUTTON_CHARACTERS = 64
_MOST_BUTTONS = 100
_MOST_CITED = 8

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


def opened(data: str, served: Served) -> View | None:
    """Return what a button opens; None where the documents it was made for have changed."""
    verb, _, rest = data.partition(":")
    key, _, page = rest.partition(":")
    opener = _OPENERS.get(verb)
    return opener(served, key, int(page) if page.isdecimal() else 0) if opener else None


def documents_view(catalogue: Catalogue, page: int) -> View:
    """Return a page of the list of documents: those that the bot is about, then the laws that they cite."""
    documents = sorted(catalogue.documents, key=lambda document: document.is_law)
    rows = [[_document_button(document)] for document in documents]
    text = texts.DOCUMENTS.format(count=len(rows)) if rows else texts.NO_DOCUMENTS
    return View(messages([paragraph(text)]), _keyboard(_paged(rows, page, "documents:")))


def _documents(served: Served, _: str, page: int) -> View:
    return documents_view(served.catalogue, page)


def _outline(served: Served, key: str, page: int) -> View | None:
    """Show a document's particulars and a page of its sections."""
    document = served.catalogue.document(key)
    if document is None:
        return None
    sections = [[_section_button(document, section, page)] for section in document.sections]
    back = [_button(texts.BACK_TO_DOCUMENTS, "documents::0")]
    rows = [*_paged(sections, page, f"outline:{key}"), *_who_cites(document), back]
    return View([outline_message(document)], _keyboard(rows))


def _outline_beside(served: Served, key: str, page: int) -> View | None:
    """Show the outline of a cited document beside the section that cites it."""
    view = _outline(served, key, page)
    return replace(view, instead=False) if view else None


def _read(served: Served, key: str, page: int) -> View | None:
    """Show a section in place of the outline, with the way back to the page it was opened from."""
    found = served.catalogue.section(key)
    return _section_view(served, *found, page) if found else None


def _cited(served: Served, key: str, _: int) -> View | None:
    """Show a cited section beside the answer, which stays where it is."""
    if document := served.catalogue.particulars(key):
        rows = [*_who_cites(document), _way_back(document, 0)]
        return View(particulars_messages(document), _keyboard(rows), instead=False)
    view = _read(served, key, 0)
    return replace(view, instead=False) if view else None


def _section_view(served: Served, document: Document, section: Section, page: int) -> View:
    """Show a section, and under it what it cites, who cites it, and the way back."""
    cited = [[_cited_document_button(cited)] for cited in cited_documents(served, document, section)[:_MOST_CITED]]
    rows = [*cited, *_who_cites(document), _way_back(document, page)]
    return View(section_messages(document, section), _keyboard(rows))


def _citing(served: Served, key: str, _: int) -> View | None:
    """Answer which documents cite this one, beside it."""
    document = served.catalogue.document(key)
    if document is None:
        return None
    answer = served.assistant.cited_by(document.id)
    return View(as_messages(answer), answer_keyboard(answer, served.catalogue), instead=False)


def _same(_: Served, __: str, ___: int) -> View:
    """Stand still: the button shows which page this is."""
    return View([])


_OPENERS: dict[str, Callable[[Served, str, int], View | None]] = {
    "documents": _documents,
    "outline": _outline,
    "beside": _outline_beside,
    "read": _read,
    "cited": _cited,
    "citing": _citing,
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
    document = citation.name if found and found[0].is_law else citation.document or citation.name
    return _button(texts.CITATION_BUTTON.format(place=place, label=label, document=document), f"cited:{key}")


def _cited_document_button(cited: Cited) -> InlineKeyboardButton:
    document, name = cited.document, name_of(cited.document)
    if cited.article is None:
        return _button(name, f"beside:{document_key(document.id)}")
    article = texts.SOURCE.format(label=cited.article.label, name=name)
    return _button(article, f"cited:{section_key(document.id, cited.article.path)}")


def _who_cites(document: Document) -> list[Row]:
    """Return the row that asks who cites a law; none for other documents."""
    return [[_button(texts.CITED_BY_BUTTON, f"citing:{document_key(document.id)}")]] if document.is_law else []


def _document_button(document: Document) -> InlineKeyboardButton:
    names = _law_names(document) if document.is_law else _document_names(document)
    name = texts.BETWEEN.join(filter(None, (*names, written_date(document))))
    return _button(name, f"outline:{document_key(document.id)}:0")


def _law_names(document: Document) -> tuple[str, ...]:
    """Name a law by its title or kind, and its number."""
    name, number = marked_name(document), document.number or ""
    return (name,) if number in name else (name, number)


def _document_names(document: Document) -> tuple[str, ...]:
    """Name a document by its number, and its issuer."""
    number = document.number or texts.UNNUMBERED.format(kind=document.kind)
    return (texts.DIGEST.format(name=number) if document.digest else number), document.issuer


def _section_button(document: Document, section: Section, page: int) -> InlineKeyboardButton:
    return _button(title_or_beginning(section), f"read:{section_key(document.id, section.path)}:{page}")


def _way_back(document: Document, page: int) -> Row:
    return [
        _button(texts.BACK_TO_OUTLINE, f"outline:{document_key(document.id)}:{page}"),
        _button(texts.BACK_TO_DOCUMENTS, "documents::0"),
    ]


def _button(name: str, data: str) -> InlineKeyboardButton:
    most = _BUTTON_CHARACTERS - len(texts.LEFT_OUT)
    fitting = name if len(name) <= _BUTTON_CHARACTERS else shortened(name, most)
    return InlineKeyboardButton(fitting, callback_data=data)


def _keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup(rows) if rows else None
