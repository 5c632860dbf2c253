"""Receive a file or photographed pages, and have them read: the first step of a document on its way in."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from telegram import Document, Message, PhotoSize
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt

from bot.administration import texts
from bot.administration.drafts import Draft
from bot.administration.incoming import safe_name
from bot.administration.ingest_process import IngestFailedError
from bot.administration.live_message import LiveMessage
from bot.administration.office import Office
from bot.administration.pages import bind
from bot.administration.previews import preview
from bot.administration.results import Step
from bot.delivery import place_of, reply
from bot.patience import is_passing, pause_s

_ATTEMPTS = 3
_PAGE_TYPES = ("image/jpeg", "image/png")
_PAGES_NAME = "anh-chup-{date:%Y%m%d-%H%M%S}{suffix}"


def is_file(message: Message) -> bool:
    """Tell whether a message brings a file or a photo."""
    return bool(message.document or message.photo)


async def handle(message: Message, office: Office) -> None:
    """Receive what a message brings, and show what was read in it; photos of one album are pages of one document."""
    if (_attached(message).file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        await reply(message, texts.TOO_LARGE.format(name=_name(message)))
    elif not _is_page(message):
        title = texts.RECEIVED.format(name=_name(message))
        office.works.begin(place_of(message), title, lambda live: _read([message], live, office))
    elif not office.albums.joins(message):
        office.works.begin(place_of(message), texts.RECEIVED_PHOTO, lambda live: _read_album(message, live, office))


async def _read_album(first: Message, live: LiveMessage, office: Office) -> None:
    await _read(await office.albums.whole(first), live, office)


async def _read(parts: Sequence[Message], live: LiveMessage, office: Office) -> None:
    """Download what was sent, bind several pages into one file, and show what was read in it."""
    live.tell(Step(step=texts.DOWNLOADS))
    files = [await _fetched(message, office) for message in parts]
    pages = _is_page(parts[0])
    file = await _bound(files, parts[0], office) if len(files) > 1 else files[0]
    sender = parts[0].from_user
    assert sender  # noqa: S101 - an administrator
    draft = Draft(sender.id, file, pages=pages)
    try:
        await preview(draft, {}, live, office)
    except BaseException:
        office.drafts.forget(draft)
        raise


async def _fetched(message: Message, office: Office) -> Path:
    """Download a file into a folder of its own; `IngestFailedError` where Telegram does not give it."""
    target = await asyncio.to_thread(office.incoming.place, _name(message))
    try:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(is_passing), wait=pause_s, stop=stop_after_attempt(_ATTEMPTS), reraise=True
        ):
            with attempt:
                found = await _attached(message).get_file()
                await found.download_to_drive(target)
    except TelegramError as error:
        office.incoming.discard(target)
        too_big = "file is too big" in str(error).lower()
        sentence = texts.TOO_LARGE if too_big else texts.NOT_DOWNLOADED
        raise IngestFailedError(sentence.format(name=_name(message))) from error
    return target


async def _bound(files: Sequence[Path], first: Message, office: Office) -> Path:
    """Make one PDF of photographed pages, in a folder of its own."""
    target = office.incoming.place(_PAGES_NAME.format(date=first.date, suffix=".pdf"))
    try:
        await bind(files, target)
    except BaseException:
        office.incoming.discard(target)
        raise
    finally:
        for file in files:
            office.incoming.discard(file)
    return target


def _attached(message: Message) -> Document | PhotoSize:
    """Return the file, or the largest size of the photo."""
    return message.document or message.photo[-1]


def _is_page(message: Message) -> bool:
    return bool(message.photo) or bool(message.document and message.document.mime_type in _PAGE_TYPES)


def _name(message: Message) -> str:
    """Return the name of what was sent, without tricks; a photo has none but its time."""
    if message.document:
        return safe_name(message.document.file_name or "")
    return _PAGES_NAME.format(date=message.date, suffix=".jpg")
