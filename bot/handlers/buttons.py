"""A pressed button opens a section, an outline, a page of one, or who cites a law; every press is answered."""

import asyncio

from telegram import CallbackQuery

from bot import browsing, texts
from bot.delivery import acknowledge, place_of_press, send, show_instead
from bot.desk import Desk


async def handle(press: CallbackQuery, desk: Desk) -> None:
    """Open what a button stands for; say so where the documents have changed since it was made.

    It is opened in a worker thread, as some of it is searched for.
    """
    with desk.serving.lease() as served:
        view = await asyncio.to_thread(browsing.opened, press.data or "", served)
    await acknowledge(press, texts.STALE_BUTTON if view is None else "")
    if view is None or press.message is None or not view.messages:
        return
    if view.instead:
        await show_instead(press.message, view.messages, view.keyboard)
    else:
        await send(place_of_press(press.message), view.messages, view.keyboard)
