"""`/chuatraloi`: what people asked and got no answer to, grouped; a number under it leads to `/themcauhoi`."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup, Message

from bot.administration import adding
from bot.administration import record_texts as texts
from bot.administration.display import day
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.remembering import with_memory
from bot.delivery import place_of, reply, send
from bot.layout import Run, messages, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.memory import Group, Memory

_BUTTONS_IN_A_ROW = 5


@with_memory
async def handle(message: Message, office: Office, memory: "Memory") -> None:
    """List the questions, the most frequent first, with a button for each."""
    groups = await asyncio.to_thread(memory.unanswered.groups)
    if not groups:
        await reply(message, texts.UNANSWERED_NONE)
        return
    offer = office.offers.make(message.chat_id, partial(_choose, groups, office))
    buttons = [offer.button(str(place), str(place)) for place in range(1, len(groups) + 1)]
    rows = [buttons[start : start + _BUTTONS_IN_A_ROW] for start in range(0, len(buttons), _BUTTONS_IN_A_ROW)]
    listed = [
        paragraph(
            texts.UNANSWERED_LINE.format(place=place, question=group.question, times=group.times, last=day(group.last))
        )
        for place, group in enumerate(groups, 1)
    ]
    blocks = [(Run(texts.UNANSWERED, "bold"),), *listed, paragraph(texts.UNANSWERED_CHOICE)]
    await send(place_of(message), messages(blocks), InlineKeyboardMarkup(rows))


async def _choose(groups: "Sequence[Group]", office: Office, pressed: Pressed) -> str:
    question = groups[int(pressed.choice) - 1].question
    await adding.begin(question, "", pressed.offer.person, pressed.place, office)
    return ""
