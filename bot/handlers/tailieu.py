"""`/tailieu`: the documents, each opening its outline, each section its text."""

from telegram import Message

from bot.browsing import documents_view
from bot.delivery import place_of, send
from bot.desk import Desk


async def handle(message: Message, desk: Desk) -> None:
    """Show the list of documents."""
    view = documents_view(desk.serving.now().catalogue, page=0)
    await send(place_of(message), view.messages, view.keyboard)
