"""Let an administrator turn the pages of something long, in one message."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardMarkup

from bot import texts
from bot.administration.offers import Offer, Offers, Pressed
from bot.delivery import Place, send, show_instead
from bot.layout import Block, Message, messages

_PAGE_UNITS = 2500
"""As much as one scrolls on a telephone without losing the buttons out of sight."""


async def show(blocks: Sequence[Block], person: int, place: Place, offers: Offers) -> None:
    """Send the first page, with the way to the others."""
    pages = messages(blocks, _PAGE_UNITS)
    offer = offers.make(person, partial(_turn, pages))
    await send(place, pages[:1], _keyboard(offer, 0, len(pages)))


async def _turn(pages: Sequence[Message], pressed: Pressed) -> str:
    number = int(pressed.choice)
    assert pressed.query.message  # noqa: S101 - permission is given to presses under messages alone
    await show_instead(pressed.query.message, [pages[number]], _keyboard(pressed.offer, number, len(pages)))
    return ""


def _keyboard(offer: Offer, page: int, pages: int) -> InlineKeyboardMarkup | None:
    if pages == 1:
        return None
    before = [offer.button(texts.PREVIOUS_PAGE, str(page - 1))] if page else []
    here = offer.button(texts.PAGE.format(page=page + 1, pages=pages), str(page))
    after = [offer.button(texts.NEXT_PAGE, str(page + 1))] if page < pages - 1 else []
    return InlineKeyboardMarkup([[*before, here, *after]])
