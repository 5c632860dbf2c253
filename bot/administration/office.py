"""What every handler of the administrators gets, and the shape of one of their commands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Message

from bot.administration.albums import Albums
from bot.administration.drafts import Drafts
from bot.administration.incoming import Incoming
from bot.administration.offers import Offers
from bot.administration.works import Works
from bot.serving import Serving

if TYPE_CHECKING:
    from knowledge.memory import Memory


@dataclass(frozen=True, slots=True)
class Office:
    """Where administrators' orders are taken."""

    administrators: frozenset[int]
    """Telegram's numbers of the people who may."""
    data_dir: Path
    serving: Serving
    memory: "Memory | None"
    """What the bot remembers; None where its file cannot be opened."""
    incoming: Incoming
    drafts: Drafts
    albums: Albums
    offers: Offers
    works: Works


Handler = Callable[[Message, Office], Awaitable[None]]
"""Serves one command of an administrator, who is known to be one."""


@dataclass(frozen=True, slots=True)
class AdministratorsCommand:
    """One command; administrators' menu and their `/help` are made from these."""

    name: str
    description: str
    handle: Handler
