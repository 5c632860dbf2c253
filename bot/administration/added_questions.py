"""`/themcauhoi`: add a question with the section that should answer it; alone it lists those that were added."""

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup, Message

from bot.administration import adding
from bot.administration import record_texts as texts
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.remembering import argument, with_memory
from bot.delivery import place_of, reply, send
from bot.layout import messages, paragraph
from knowledge.errors import MemoryUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.memory import AddedQuestion, Memory

_MOST_SHOWN = 40
_BUTTONS_IN_A_ROW = 3


@with_memory
async def handle(message: Message, office: Office, memory: "Memory") -> None:
    """Add the question that is typed, or that stands at a place of `/chuatraloi`; list what was added."""
    question, _, where = (part.strip() for part in re.sub(r"\n", "|", argument(message), count=1).partition("|"))
    if not question:
        await _list(message, office, memory)
        return
    if question.isdecimal():
        groups = await asyncio.to_thread(memory.unanswered.groups)
        if not 1 <= int(question) <= len(groups):
            await reply(message, texts.NO_SUCH_PLACE.format(place=question))
            return
        question = groups[int(question) - 1].question
    await adding.begin(question, where, message.chat_id, place_of(message), office)


async def _list(message: Message, office: Office, memory: "Memory") -> None:
    added = (await asyncio.to_thread(memory.added_questions.all))[-_MOST_SHOWN:]
    title = texts.ADDED.format(count=len(added)) if added else texts.ADDED_NONE
    lines = [
        texts.ADDED_LINE.format(place=place, question=one.question, section=one.section, document=one.document)
        for place, one in enumerate(added, 1)
    ]
    blocks = [paragraph(text) for text in (title, *lines, texts.HOW_TO_ADD)]
    await send(place_of(message), messages(blocks), _buttons(added, message.chat_id, office, memory))


def _buttons(
    added: "Sequence[AddedQuestion]", person: int, office: Office, memory: "Memory"
) -> InlineKeyboardMarkup | None:
    offer = office.offers.make(person, partial(_remove, added, memory))
    buttons = [offer.button(texts.REMOVE_ADDED.format(place=place + 1), str(place)) for place in range(len(added))]
    rows = [buttons[start : start + _BUTTONS_IN_A_ROW] for start in range(0, len(buttons), _BUTTONS_IN_A_ROW)]
    return InlineKeyboardMarkup(rows) if rows else None


async def _remove(added: "Sequence[AddedQuestion]", memory: "Memory", pressed: Pressed) -> str:
    question = added[int(pressed.choice)]
    try:
        removed = await asyncio.to_thread(_removed, question, str(pressed.offer.person), memory)
    except MemoryUnavailableError:
        return texts.NO_MEMORY
    outcome = texts.ADDED_REMOVED if removed else texts.ADDED_GONE
    await send(pressed.place, messages([paragraph(outcome.format(question=question.question))]))
    return ""


def _removed(question: "AddedQuestion", who: str, memory: "Memory") -> bool:
    removed = memory.added_questions.remove(question.id)
    if removed:
        memory.deeds.record(who, "remove_question", question.question)
    return removed
