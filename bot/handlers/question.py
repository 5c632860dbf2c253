"""Any text message is a question: answer it with its sources, and offer the sections they stand in."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from telegram import Message

from bot import texts
from bot.addressing import conversation_key
from bot.browsing import answer_keyboard
from bot.delivery import place_of, reply, send, typing
from bot.desk import Desk
from bot.layout import clean
from bot.logs import line_of
from bot.progress import ProgressBoard
from bot.records import Noted
from bot.render import as_messages
from bot.serving import Served

if TYPE_CHECKING:
    from knowledge.assistant import Reply
    from knowledge.documents import Answer

MOST_CHARACTERS = 2000
_log = logging.getLogger(__name__)


async def handle(message: Message, text: str, desk: Desk) -> None:
    """Answer a question."""
    question = clean(text)
    if not text:
        mention = message.get_bot().name
        await reply(message, texts.NO_QUESTION.format(mention=mention, example=texts.EXAMPLES[0]))
    elif len(question) > MOST_CHARACTERS:
        await _answer_long(message, question, desk)
    else:
        await _answer(message, question, desk)


async def _answer(message: Message, question: str, desk: Desk) -> None:
    """Answer from one edition all through, its buttons too, and write down what it took when it is out."""
    started = time.perf_counter()
    board = ProgressBoard(message)
    with desk.serving.lease() as served:
        async with typing(place_of(message)), board:
            answer, replied = await _made(message, question, desk, served, board)
        parts, keyboard = as_messages(answer), answer_keyboard(answer, served.catalogue)
    took_ms = (time.perf_counter() - started) * 1000
    use = replied.use if replied else None
    _log.info("chat %s: %s", message.chat_id, line_of(answer, use, served.edition, took_ms))
    await board.give_way(parts, keyboard)
    if replied:
        desk.records.note(Noted(question, replied, served.edition, took_ms))


async def _made(
    message: Message, question: str, desk: Desk, served: Served, board: ProgressBoard
) -> "tuple[Answer, Reply | None]":
    """Make an answer; where the bot is told to stop before a model has written one, it is made of quotes."""
    chat, person = conversation_key(message)
    conversation = desk.conversations.of((chat, person))
    replying = served.assistant.reply(question, conversation, person=str(person), tell=board.tell)
    if replied := await desk.replies.of(replying):
        return replied.answer, replied
    return await asyncio.to_thread(served.assistant.answer, question, conversation), None


async def _answer_long(message: Message, text: str, desk: Desk) -> None:
    """Decline a text too long to be read as one question, unless it is a child who tells what happened."""
    started = time.perf_counter()
    with desk.serving.lease() as served:
        async with typing(place_of(message)):
            answer = await asyncio.to_thread(served.assistant.answer, text, desk.conversations.passing())
        parts, keyboard = as_messages(answer), answer_keyboard(answer, served.catalogue)
    took_ms = (time.perf_counter() - started) * 1000
    _log.info("chat %s, too long: %s", message.chat_id, line_of(answer, None, served.edition, took_ms))
    if answer.status == "safety":
        await send(place_of(message), parts, keyboard)
    else:
        await reply(message, texts.TOO_LONG.format(most=MOST_CHARACTERS))
    desk.records.count_too_long(answer, served.edition, took_ms)
