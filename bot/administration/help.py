"""Administrators' part of `/help`: how to add a document, and the commands that only they have."""

from telegram import Message

from bot import texts as everyday_texts
from bot.administration import texts
from bot.administration.commands import COMMANDS
from bot.administration.office import Office
from bot.administration.permission import refusal
from bot.delivery import reply


async def for_administrators(message: Message, office: Office) -> None:
    """Send it to an administrator; to others nothing."""
    if refusal(message, office.administrators) is None:
        lines = (everyday_texts.HELP_COMMAND_LINE.format(name=c.name, description=c.description) for c in COMMANDS)
        await reply(message, texts.HELP.format(commands="\n".join(lines)))
