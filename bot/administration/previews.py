"""Read a draft, show what was read, and take what its administrator decides: correct, publish, or drop."""

from collections.abc import Mapping
from functools import partial

from telegram import InlineKeyboardMarkup, Message

from bot.administration import corrections, paging, publishing, texts
from bot.administration.drafts import Draft
from bot.administration.ingest_process import ingest
from bot.administration.live_message import LiveMessage
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.preview_text import all_changes, all_warnings, names, preview_messages
from bot.administration.publishing import Order
from bot.administration.results import Preview, Step
from bot.delivery import place_of, reply, send
from bot.layout import messages, paragraph

_SILENCE_S = 90
"""Reading one file takes a minute at most, and tells of every page."""
_PUBLISH, _DROP, _CHANGES, _WARNINGS = "publish", "drop", "changes", "warnings"
_LISTS = {_CHANGES: all_changes, _WARNINGS: all_warnings}
"""What is too long for the preview, and opens beside it."""


async def preview(draft: Draft, given: Mapping[str, str], live: LiveMessage, office: Office) -> None:
    """Read a draft with what is given by its administrator, and show it with the buttons to decide.

    Raises `IngestFailedError` where it cannot be read; an earlier preview of it then still stands.
    """
    draft.busy = True
    try:
        if office.works.reading.locked():
            live.tell(Step(step=texts.WAITS))
        async with office.works.reading:
            live.tell(Step(step=texts.READS))
            arguments = ["preview", str(draft.file), *_as_arguments(given)]
            read = await ingest(arguments, office.data_dir, Preview, live.tell, silence_s=_SILENCE_S)
    finally:
        draft.busy = False
    draft.given = given
    await _offer(draft, read, live, office)


def corrected(message: Message, office: Office) -> Draft | None:
    """Return the draft that a message corrects: it answers its preview, or is written like a correction."""
    answered, sender = message.reply_to_message, message.from_user
    if not message.text or sender is None or not (answered or corrections.is_correction(message.text)):
        return None
    return office.drafts.meant(sender.id, answered.message_id if answered else None)


async def correct(message: Message, office: Office) -> None:
    """Read a draft anew with what its administrator corrects."""
    draft = corrected(message, office)
    assert draft  # noqa: S101 - it was found a moment ago
    try:
        given = {**draft.given, **corrections.corrections(message.text or "")}
    except corrections.UnclearCorrectionError as error:
        await reply(message, str(error))
        return
    if draft.busy:
        await reply(message, texts.BUSY_WITH_IT)
    else:
        draft.busy = True
        office.works.begin(place_of(message), texts.CORRECTS, lambda live: preview(draft, given, live, office))


async def _offer(draft: Draft, read: Preview, live: LiveMessage, office: Office) -> None:
    """Show a preview with buttons; those under an earlier one lead nowhere from now on."""
    if draft.offer:
        office.offers.withdraw(draft.offer)
        await live.take_buttons_from(draft.shown_in[-1])
    else:
        office.drafts.keep(draft)
    offer = office.offers.make(draft.person, partial(_decide, draft, read, office), lambda: office.drafts.forget(draft))
    draft.offer = offer
    rows = [[offer.button(texts.PUBLISH, _PUBLISH), offer.button(texts.DROP, _DROP)]]
    if listed := all_changes(read):
        rows.insert(0, [offer.button(texts.SEE_CHANGES.format(count=len(listed)), _CHANGES)])
    if listed := all_warnings(read):
        rows.insert(0, [offer.button(texts.SEE_WARNINGS.format(count=len(listed)), _WARNINGS)])
    shown_in = await live.end(preview_messages(read, pages=draft.pages), InlineKeyboardMarkup(rows))
    draft.shown_in = (*draft.shown_in, *shown_in)


async def _decide(draft: Draft, read: Preview, office: Office, pressed: Pressed) -> str:
    """Do what a button under a preview says."""
    if pressed.choice in _LISTS:
        await paging.show(_LISTS[pressed.choice](read), draft.person, pressed.place, office.offers)
        return ""
    if draft.busy:
        return texts.BUSY_WITH_IT
    if pressed.choice == _DROP:
        office.offers.close(pressed.offer)
        await pressed.take_buttons_away()
        await send(pressed.place, messages([paragraph(texts.DROPPED.format(name=draft.name))]))
        return ""
    warning = await publishing.taken(_order(draft, read, office), pressed, office)
    draft.busy = not warning
    return warning


def _order(draft: Draft, read: Preview, office: Office) -> Order:
    return Order(
        person=draft.person,
        arguments=("add", str(draft.file), *_as_arguments(draft.given)),
        title=texts.PUBLISHES.format(names=names(read)),
        done=texts.PUBLISHED.format(names=names(read)),
        anyway=texts.PUBLISH_ANYWAY,
        at_end=lambda: office.drafts.forget(draft),
    )


def _as_arguments(given: Mapping[str, str]) -> list[str]:
    """Return corrections as `ingest` takes them."""
    return [part for name, value in given.items() for part in ("--set", f"{name}={value}")]
