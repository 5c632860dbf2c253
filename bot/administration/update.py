"""`/capnhat`: read the whole folder of documents again and publish an edition of it."""

from telegram import Message

from bot.administration import publishing, texts
from bot.administration.office import Office
from bot.administration.publishing import Order
from bot.delivery import place_of, reply


async def handle(message: Message, office: Office) -> None:
    """Begin, unless another edition is being built."""
    if office.works.publishing.locked():
        await reply(message, texts.ANOTHER_PUBLISHES)
    else:
        order = Order(message.chat_id, ("build",), texts.UPDATES, texts.UPDATED, anyway=texts.PUBLISH_ANYWAY)
        publishing.begin(order, place_of(message), office)
