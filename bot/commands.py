"""All commands in one table: to add one, write `bot/handlers/<name>.py` and add a row."""

from bot import texts
from bot.desk import Command
from bot.handlers import help as help_handler
from bot.handlers import phienban, start, tailieu

COMMANDS = (
    Command("start", texts.START_DESCRIPTION, start.handle),
    Command("help", texts.HELP_DESCRIPTION, help_handler.handle),
    Command("tailieu", texts.DOCUMENTS_DESCRIPTION, tailieu.handle),
    Command("phienban", texts.EDITION_DESCRIPTION, phienban.handle),
)
