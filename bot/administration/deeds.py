"""`/nhatky`: who did what, newest first; `/nhatky 50` tells more."""

import asyncio
from typing import TYPE_CHECKING

from telegram import Message

from bot.administration import paging
from bot.administration import record_texts as texts
from bot.administration.display import edition_moment, moment
from bot.administration.office import Office
from bot.administration.people import name_of
from bot.administration.remembering import number, with_memory
from bot.delivery import place_of, reply
from bot.layout import Block, Run

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.memory import Deed, Memory

_USUAL, _MOST = 20, 500


@with_memory
async def handle(message: Message, office: Office, memory: "Memory") -> None:
    """Tell the last deeds."""
    deeds = await asyncio.to_thread(memory.deeds.latest, number(message, _USUAL, _MOST))
    if not deeds:
        await reply(message, texts.NO_DEEDS)
        return
    names = {who: await name_of(who, message) for who in {deed.who for deed in deeds}}
    blocks = await asyncio.to_thread(lambda: [_line(deed, names[deed.who], office.data_dir) for deed in deeds])
    title: Block = (Run(texts.DEEDS.format(count=len(deeds)), "bold"),)
    await paging.show([title, *blocks], message.chat_id, place_of(message), office.offers)


def _line(deed: "Deed", name: str, data_dir: "Path") -> Block:
    about = texts.DEED_ABOUT.format(about=deed.about) if deed.about else ""
    edition = texts.DEED_EDITION.format(time=edition_moment(deed.edition, data_dir)) if deed.edition else ""
    what = texts.DEED_NAMES.get(deed.what, deed.what)
    return (Run(texts.DEED_LINE.format(moment=moment(deed.at), who=name, what=what, about=about) + edition),)
