"""`/start`: say first that this is an automatic assistant, then what it covers and whom to call in need."""

from telegram import Message

from bot import texts
from bot.delivery import reply
from bot.desk import Desk


async def handle(message: Message, desk: Desk) -> None:
    """Greet a person."""
    count = len(desk.serving.now().assistant.documents)
    await reply(message, texts.START.format(count=count, examples="\n• ".join(texts.EXAMPLES)))
