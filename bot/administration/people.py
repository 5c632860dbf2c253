"""Name those who did something: records keep Telegram's numbers, and a clerk knows no numbers."""

from telegram import Message
from telegram.error import TelegramError

from bot.administration import texts

_NAMES = {
    "": texts.BY_ITSELF,
    "bot": texts.BY_ITSELF,
    "terminal": texts.AT_THE_SERVER,
}
"""Those who are no administrators of Telegram."""


async def name_of(who: str | None, reader: Message) -> str:
    """Return the name of an administrator as Telegram has it now; the reader is `bạn`."""
    if who is None or who in _NAMES:
        return _NAMES[who or ""]
    if who == str(reader.chat_id):
        return texts.YOU
    try:
        return (await reader.get_bot().get_chat(who)).effective_name or who
    except TelegramError:
        return texts.PERSON_NUMBER.format(number=who)
