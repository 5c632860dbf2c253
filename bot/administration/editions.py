"""Administrators' part of `/phienban`: the editions that are kept, who made them and when, and the way back to one."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardMarkup, Message

from bot.administration import publishing, texts
from bot.administration.display import count, moment
from bot.administration.ingest_process import ingest
from bot.administration.live_message import LiveMessage
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.people import name_of
from bot.administration.permission import refusal
from bot.administration.publishing import Order
from bot.administration.results import Edition, Editions
from bot.delivery import place_of
from bot.layout import Block, Run, messages

_SILENCE_S = 60


async def for_administrators(message: Message, office: Office) -> None:
    """List the editions, each older one with a button; nothing for others than administrators."""
    if refusal(message, office.administrators):
        return

    async def show(live: LiveMessage) -> None:
        kept = await ingest(["editions"], office.data_dir, Editions, live.tell, silence_s=_SILENCE_S)
        names = {one.by: await name_of(one.by, message) for one in kept.editions}
        others = [one for one in kept.editions if not one.current and one.whole]
        listed = [_line(one, names[one.by]) for one in kept.editions]
        await live.end(messages([(Run(texts.EDITIONS, "bold"),), *listed]), _choices(others, message.chat_id, office))

    office.works.begin(place_of(message), texts.LOOKS, show)


def _line(edition: Edition, name: str) -> Block:
    state = texts.EDITION_CURRENT if edition.current else "" if edition.whole else texts.EDITION_DAMAGED
    facts = texts.EDITION_FACTS.format(documents=edition.documents, passages=count(edition.passages), name=name)
    return (Run(texts.BULLET.format(text=moment(edition.created)), "bold"), Run(state), Run(facts))


def _choices(editions: Sequence[Edition], person: int, office: Office) -> InlineKeyboardMarkup | None:
    if not editions:
        return None
    offer = office.offers.make(person, partial(_confirm, editions, office))
    names = (texts.GO_BACK_TO.format(time=moment(edition.created)) for edition in editions)
    return InlineKeyboardMarkup([[offer.button(name, str(place))] for place, name in enumerate(names)])


async def _confirm(editions: Sequence[Edition], office: Office, pressed: Pressed) -> str:
    """Ask once more before an older edition answers again."""
    edition = editions[int(pressed.choice)]
    time = moment(edition.created)
    order = Order(
        person=pressed.offer.person,
        arguments=("rollback", edition.id),
        title=texts.GOES_BACK.format(time=time),
        done=texts.WENT_BACK.format(time=time),
    )
    question = texts.CONFIRM_GOING_BACK.format(time=time, documents=edition.documents)
    await publishing.ask(order, question, texts.GO_BACK, pressed.place, office)
    return ""
