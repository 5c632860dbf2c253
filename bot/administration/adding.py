"""Lead an administrator from a question to the section that should answer it, and add both to the question set.

What was said so far stands in the bot's own message, to which the administrator replies: so the talk goes on after
a restart, and several can go on at once.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup, Message

from bot.administration import record_texts as texts
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.where import (
    Where,
    divided,
    documents_called,
    near_documents,
    near_sections,
    section_called,
)
from bot.delivery import Place, place_of, send, show_instead
from bot.layout import messages, paragraph
from bot.render import shortened, title_or_beginning
from knowledge.errors import MemoryUnavailableError
from knowledge.library import name_of
from knowledge.masking import mask
from knowledge.understand import Conversation
from knowledge.vietnamese import fold

if TYPE_CHECKING:
    from knowledge.documents import Answer, Document
    from knowledge.memory import Memory

_SHORTEST, _LONGEST = 8, 500
_MOST_SUGGESTED = 5
_MOST_PATHS = 30
_LONG = 200
_ADD, _DROP = "add", "drop"
_SAID = re.compile(
    rf"{re.escape(texts.DIALOGUE)}\n"
    + texts.DIALOGUE_QUESTION.format(question=r"(?P<question>.+)")
    + rf"(?:\n{texts.DIALOGUE_DOCUMENT.format(document=r'(?P<document>.+)')})?(?:\n|$)"
)
"""Reads back what `_prompt` has written."""


async def begin(question: str, where: str, person: int, place: Place, office: Office) -> None:
    """Take a question and, where they are named already, the document and the section that answer it.

    Else ask for them, and offer the sections that answer it now or come near.
    """
    asked = " ".join(mask(question).split())
    if refused := _refused(asked):
        await _say(refused, place)
        return
    with office.serving.lease() as served:
        answer = await asyncio.to_thread(served.assistant.answer, asked, Conversation())
        suggested = list(_suggested(answer, served.assistant.documents))
    if answer.status == "safety":
        await _say(texts.QUESTION_OF_DANGER, place)
    elif where:
        await _place(asked, where, person, place, office)
    else:
        opening = texts.WHERE_NEAR if suggested else texts.WHERE
        prompt = _prompt(asked, f"{opening} {texts.WHERE_HOW}")
        await send(place, messages([paragraph(prompt)]), _buttons(asked, suggested, person, office))


def is_answered(message: Message) -> bool:
    """Tell whether a message replies to a question of this dialogue."""
    return _said(message) is not None


async def answer(message: Message, office: Office) -> None:
    """Go on with what an administrator replies."""
    said = _said(message)
    assert said  # noqa: S101 - it was found a moment ago
    document, typed = said["document"], message.text or ""
    where = f"{document} | {typed}" if document else typed
    await _place(said["question"], where, message.chat_id, place_of(message), office)


def _said(message: Message) -> re.Match[str] | None:
    """Return what was said so far; None where a message replies to nothing of this dialogue."""
    answered, bot = message.reply_to_message, message.get_bot()
    if not (message.text and answered and answered.text and answered.from_user and answered.from_user.id == bot.id):
        return None
    return _SAID.match(answered.text)


async def _place(question: str, typed: str, person: int, place: Place, office: Office) -> None:
    """Find the section that an administrator names, and ask for confirmation; ask again where it is not found."""
    called, section = divided(typed)
    documents = office.serving.now().assistant.documents
    found = documents_called(called, documents)
    if len(found) == 1:
        await _place_in(found[0], question, section, person, place, office)
        return
    doubt = texts.SEVERAL_DOCUMENTS if found else texts.NO_SUCH_DOCUMENT
    names = _names(found or near_documents(called, documents))
    near = texts.NEAR_DOCUMENTS.format(names=names) if names and not found else ""
    sentence = doubt.format(typed=shortened(called, _LONG), names=names) + near
    await _say(_prompt(question, f"{sentence}\n{texts.WHERE} {texts.WHERE_HOW}"), place)


async def _place_in(  # noqa: PLR0913, PLR0917 - what was said so far, and to whom
    document: "Document", question: str, typed: str, person: int, place: Place, office: Office
) -> None:
    section = section_called(typed, document) if typed else None
    if section:
        await _confirm(question, Where(document, section), person, place, office)
        return
    paths = [one.path for one in document.sections]
    which = texts.WHICH_SECTION.format(example=paths[len(paths) // 2], sections=", ".join(paths[:_MOST_PATHS]))
    more = texts.AND_MORE if len(paths) > _MOST_PATHS else ""
    near = texts.BETWEEN.join(map(title_or_beginning, near_sections(typed, document))) if typed else ""
    unknown = texts.NO_SUCH_SECTION.format(typed=shortened(typed, _LONG), near=near) if typed else ""
    await _say(_prompt(question, unknown + which + more, document), place)


async def _confirm(question: str, where: Where, person: int, place: Place, office: Office) -> None:
    """Show the question with its section, to be added by a tap."""
    offer = office.offers.make(person, partial(_decide, question, where, office))
    buttons = [offer.button(texts.ADD, _ADD), offer.button(texts.DROP, _DROP)]
    section = where.section
    beginning = section.passages[0].text if section.passages else ""
    shown = texts.CONFIRM_ADDING.format(
        question=question,
        section=title_or_beginning(section) if section.heading else section.label,
        document=name_of(where.document),
        beginning=shortened(beginning, _LONG),
    )
    await send(place, messages([paragraph(shown)]), InlineKeyboardMarkup([buttons]))


async def _decide(question: str, where: Where, office: Office, pressed: Pressed) -> str:
    """Add the question or let it be, as its administrator chooses."""
    office.offers.close(pressed.offer)
    outcome = texts.ADDING_DROPPED
    if pressed.choice == _ADD:
        if office.memory is None:
            return texts.NO_MEMORY
        try:
            added = await asyncio.to_thread(_add, question, where, str(pressed.offer.person), office.memory)
        except MemoryUnavailableError:
            return texts.NO_MEMORY
        outcome = texts.QUESTION_ADDED if added else texts.QUESTION_HELD
    assert pressed.query.message  # noqa: S101 - permission is given to presses under messages alone
    await show_instead(pressed.query.message, messages([paragraph(outcome.format(question=question))]))
    return ""


def _add(question: str, where: Where, who: str, memory: "Memory") -> bool:
    """Add a question; tell whether it was not there already with this section."""
    document, path = where.document.number or where.document.issuer, where.section.path
    held = {(fold(one.question), one.document, one.section) for one in memory.added_questions.all()}
    if (fold(question), document, path) in held:
        return False
    memory.added_questions.add(question, document, path, who)
    memory.deeds.record(who, "add_question", question)
    return True


def _suggested(answer: "Answer", documents: "Sequence[Document]") -> Iterator[Where]:
    """Yield the sections that an answer cites or names as nearest, each once."""
    by_id = {document.id: document for document in documents}
    named = dict.fromkeys((cited.document_id, cited.section) for cited in (*answer.citations, *answer.nearest))
    for document_id, path in list(named)[:_MOST_SUGGESTED]:
        document = by_id[document_id]
        yield from (Where(document, section) for section in document.sections if section.path == path)


def _buttons(question: str, suggested: Sequence[Where], person: int, office: Office) -> InlineKeyboardMarkup | None:
    async def choose(pressed: Pressed) -> str:
        await _confirm(question, suggested[int(pressed.choice)], person, pressed.place, office)
        return ""

    offer = office.offers.make(person, choose)
    rows = [
        [offer.button(texts.SUGGESTED.format(section=one.section.label, document=name_of(one.document)), str(place))]
        for place, one in enumerate(suggested)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _refused(question: str) -> str:
    if len(question) < _SHORTEST:
        return texts.QUESTION_SHORT
    return texts.QUESTION_LONG.format(most=_LONGEST) if len(question) > _LONGEST else ""


def _prompt(question: str, sentence: str, document: "Document | None" = None) -> str:
    """Write down what was said so far, as `_SAID` reads it back, and what is to be said next."""
    lines = [texts.DIALOGUE, texts.DIALOGUE_QUESTION.format(question=question)]
    lines += [texts.DIALOGUE_DOCUMENT.format(document=name_of(document))] if document else []
    return "\n".join([*lines, "", sentence])


def _names(documents: "Sequence[Document]") -> str:
    return texts.BETWEEN.join(map(name_of, documents))


async def _say(text: str, place: Place) -> None:
    await send(place, messages([paragraph(text)]))
