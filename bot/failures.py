"""When a handler fails: the log gets the traceback with ids, the person gets one sentence."""

import contextlib
import logging
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import CallbackContext

from bot import texts
from bot.delivery import acknowledge, place_of_press, send
from bot.layout import messages, paragraph
from bot.patience import is_passing

_log = logging.getLogger(__name__)
AnyContext = CallbackContext[Any, Any, Any, Any]


async def tell(update: object, context: AnyContext) -> None:
    """Log what went wrong while an update was handled, and say so in its chat."""
    error = context.error
    known = update if isinstance(update, Update) else None
    chat = known.effective_chat if known else None
    where = (known and known.update_id, chat and chat.id)
    if isinstance(error, Forbidden):
        _log.info("update %s: chat %s does not take messages", *where)
        return
    reason = error.message if isinstance(error, BadRequest) else type(error).__name__
    _log.error("update %s, chat %s: %s", *where, reason, exc_info=error)
    if known and error and not is_passing(error):
        await _apologise(known)


async def _apologise(update: Update) -> None:
    with contextlib.suppress(TelegramError):
        if update.callback_query:
            await acknowledge(update.callback_query)
        if update.effective_message:
            await send(place_of_press(update.effective_message), messages([paragraph(texts.FAILED)]))
