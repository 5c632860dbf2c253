"""`/help`: how to ask, and the commands as they stand in the table."""

from telegram import Message

from bot import texts
from bot.administration.help import for_administrators
from bot.delivery import reply
from bot.desk import Desk


async def handle(message: Message, desk: Desk) -> None:
    """Explain how to ask."""
    lines = [texts.HELP_COMMAND_LINE.format(name=c.name, description=c.description) for c in desk.commands]
    await reply(message, texts.HELP.format(commands="\n".join(lines), mention=message.get_bot().name))
    await for_administrators(message, desk.office)
