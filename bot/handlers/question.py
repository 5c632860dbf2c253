"""Any text message is a question: answer it with quotes, and offer the sections they stand in."""

import asyncio
import logging
import time

from telegram import Message

from bot import texts
from bot.addressing import conversation_key
from bot.browsing import answer_keyboard
from bot.delivery import place_of, reply, send, typing
from bot.desk import Desk
from bot.layout import clean
from bot.render import as_messages
from knowledge.documents import Answer

MOST_CHARACTERS = 2000
_log = logging.getLogger(__name__)


async def handle(message: Message, text: str, desk: Desk) -> None:
    """Answer a question."""
    if not text:
        mention = message.get_bot().name
        await reply(message, texts.NO_QUESTION.format(mention=mention, example=texts.EXAMPLES[0]))
    elif (answer := await _answer(message, clean(text), desk)) is None:
        await reply(message, texts.TOO_LONG.format(most=MOST_CHARACTERS))
    else:
        await send(place_of(message), as_messages(answer), answer_keyboard(answer, desk.serving.catalogue()))


async def _answer(message: Message, text: str, desk: Desk) -> Answer | None:
    """Ask the assistant in a worker thread, so that no other chat waits; None where the text is too long.

    A long text is looked at all the same: it may be a child who tells what happened.
    """
    too_long = len(text) > MOST_CHARACTERS
    conversations = desk.conversations
    conversation = conversations.passing() if too_long else conversations.of(conversation_key(message))
    started = time.perf_counter()
    async with typing(place_of(message)):
        answer = await asyncio.to_thread(desk.serving.current().answer, text, conversation)
    took_ms = (time.perf_counter() - started) * 1000
    _log.info("chat %s: %s, %d ms", message.chat_id, answer.status, took_ms)
    return None if too_long and answer.status != "safety" else answer
