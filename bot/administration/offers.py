"""Keep what an administrator was offered by buttons, until it is taken, dropped or too old.

A button carries `admin:<token>:<choice>`. Tokens live in memory alone: after a restart the old buttons lead
nowhere, and say so. What ends an offer calls `close` or `withdraw` before its first `await`, so that a second press
finds nothing.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from telegram import CallbackQuery, InlineKeyboardButton
from telegram.error import BadRequest

from bot.delivery import Place, place_of_press

_PREFIX = "admin"
_TOKEN_BYTES = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """Choices that one person may take."""

    token: str
    person: int
    act: "Act"
    at_end: Callable[[], None]
    """Lets go of what the offer kept; called once, when it is closed or has expired."""

    def button(self, name: str, choice: str) -> InlineKeyboardButton:
        """Return a button for a choice, which is a short ASCII word."""
        return InlineKeyboardButton(name, callback_data=f"{_PREFIX}:{self.token}:{choice}")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice that the person to whom it was offered has taken."""

    offer: Offer
    choice: str
    query: CallbackQuery

    @property
    def place(self) -> Place:
        """Where to answer."""
        assert self.query.message  # noqa: S101 - permission is given to presses under messages alone
        return place_of_press(self.query.message)

    async def take_buttons_away(self) -> None:
        """Leave the message without its buttons; one that is too old keeps them, and they lead nowhere."""
        with contextlib.suppress(BadRequest):
            await self.query.edit_message_reply_markup()


Act = Callable[[Pressed], Awaitable[str]]
"""Does quickly what the choice says, or begins it; returns a warning to show, or nothing."""


class Offers:
    """The offers that are still open."""

    LASTS_S: ClassVar = 24 * 3600.0

    def __init__(self) -> None:
        self._open: dict[str, Offer] = {}

    def make(self, person: int, act: Act, at_end: Callable[[], None] = lambda: None) -> Offer:
        """Open an offer to one person; call it in the event loop."""
        offer = Offer(secrets.token_urlsafe(_TOKEN_BYTES), person, act, at_end)
        self._open[offer.token] = offer
        asyncio.get_running_loop().call_later(self.LASTS_S, self.close, offer)
        return offer

    def pressed(self, query: CallbackQuery) -> Pressed | None:
        """Return which choice was taken; None where the offer is closed or another person's."""
        _, token, choice = (query.data or "").split(":", 2)
        offer = self._open.get(token)
        return Pressed(offer, choice, query) if offer and offer.person == query.from_user.id else None

    def close(self, offer: Offer) -> None:
        """End an offer and let go of what it kept; once or again."""
        if self._open.pop(offer.token, None):
            offer.at_end()

    def withdraw(self, offer: Offer) -> None:
        """End an offer whose things are still needed."""
        self._open.pop(offer.token, None)


def is_offered(data: str) -> bool:
    """Tell the buttons of offers from those of answers and documents."""
    return data.startswith(f"{_PREFIX}:") and data.count(":") > 1
