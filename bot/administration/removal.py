"""`/xoavb`: choose a document, confirm, and publish without it."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardMarkup, Message

from bot.administration import publishing, texts
from bot.administration.holdings import status
from bot.administration.live_message import LiveMessage
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.publishing import Order
from bot.administration.results import HeldDocument
from bot.delivery import place_of
from bot.render import shortened
from knowledge.vietnamese import fold

_MOST_BUTTONS = 90
_BUTTON_CHARACTERS = 60


async def handle(message: Message, office: Office) -> None:
    """Offer the documents that may go: all, or those that are named after the command."""
    _, _, named = (message.text or "").partition(" ")
    office.works.begin(place_of(message), texts.LOOKS, partial(_offer, message.chat_id, named.strip(), office))


async def _offer(person: int, named: str, office: Office, live: LiveMessage) -> None:
    """Show the documents as buttons, first those that administrators have added."""
    held = sorted((await status(office, live)).documents, key=lambda document: not document.own)
    meant = [document for document in held if named and _is_called(document, named)]
    question = texts.NOT_HELD.format(name=named) if named and not meant else texts.WHICH_TO_REMOVE
    await live.say(question, _choices((meant or held)[:_MOST_BUTTONS], person, office))


def _is_called(document: HeldDocument, named: str) -> bool:
    return named == document.id or fold(named) in fold(document.name)


def _choices(documents: Sequence[HeldDocument], person: int, office: Office) -> InlineKeyboardMarkup:
    offer = office.offers.make(person, partial(_confirm, documents, office))
    names = (shortened(_button(document), _BUTTON_CHARACTERS) for document in documents)
    return InlineKeyboardMarkup([[offer.button(name, str(place))] for place, name in enumerate(names)])


def _button(document: HeldDocument) -> str:
    """Name a document with its title, but for laws, which go by it."""
    named = texts.HELD_BUTTON.format(name=document.name, title=document.title)
    return document.name if document.title == document.name else named


async def _confirm(documents: Sequence[HeldDocument], office: Office, pressed: Pressed) -> str:
    """Ask once more before a document goes."""
    document = documents[int(pressed.choice)]
    order = Order(
        person=pressed.offer.person,
        arguments=("remove", document.id),
        title=texts.REMOVES.format(name=document.name),
        done=texts.REMOVED.format(name=document.name),
        anyway=texts.REMOVE_ANYWAY,
    )
    shipped = "" if document.own else texts.CONFIRM_SHIPPED
    question = texts.CONFIRM_REMOVAL.format(name=document.name, title=document.title, shipped=shipped)
    await publishing.ask(order, question, texts.REMOVE, pressed.place, office)
    return ""
