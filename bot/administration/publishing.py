"""Have a new edition built, and report: what it holds now, or which questions it would answer worse.

When the questions refuse, the administrator reads which ones, and may publish all the same by a second tap.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from telegram import InlineKeyboardMarkup

from bot.administration import texts
from bot.administration.display import count, edition_moment
from bot.administration.ingest_process import GateRefusedError, IngestFailedError, ingest
from bot.administration.live_message import LiveMessage
from bot.administration.offers import Pressed
from bot.administration.office import Office
from bot.administration.results import Gate, Published, Removed, Worse
from bot.delivery import Place, send
from bot.layout import Block, Run, messages, paragraph

_SILENCE_S = 330
"""Some steps of a build say nothing for a while; another's build may have to end first."""
_GO, _DROP = "go", "drop"
_MOST_WORSE = 10


@dataclass(frozen=True, slots=True)
class Order:
    """Work that ends in another edition, and the words around it."""

    person: int
    arguments: tuple[str, ...]
    """Of `ingest`, but for who asks and `--force`."""
    title: str
    """Stands above the progress."""
    done: str
    """Begins the report."""
    nothing_new: Callable[..., str] = texts.NOTHING_NEW.format
    """Makes the report where the edition that answers is of these documents already, of that edition's `time`."""
    anyway: str = texts.GO_ANYWAY
    """Names the button that publishes against the questions."""
    at_end: Callable[[], None] = lambda: None
    """Lets go of what the order needs; called when it is done or dropped."""


async def ask(order: Order, question: str, go: str, place: Place, office: Office) -> None:
    """Send a question with buttons: the order is carried out when the first is pressed."""
    await send(place, messages([paragraph(question)]), _choice(order, go, office, force=False))


async def taken(order: Order, pressed: Pressed, office: Office, *, force: bool = False) -> str:
    """Carry out an order whose button was pressed, and take the buttons away; return a warning where it must wait."""
    if office.works.publishing.locked():
        return texts.ANOTHER_PUBLISHES
    office.offers.withdraw(pressed.offer)
    await pressed.take_buttons_away()
    begin(order, pressed.place, office, force=force)
    return ""


def begin(order: Order, place: Place, office: Office, *, force: bool = False) -> None:
    """Carry out an order and show how it goes."""
    office.works.begin(place, order.title, partial(_carry_out, order, office, force))


async def _carry_out(order: Order, office: Office, force: bool, live: LiveMessage) -> None:  # noqa: FBT001 - for partial
    arguments = [*order.arguments, "--by", str(order.person), *(["--force"] if force else [])]
    try:
        async with office.works.publishing:
            published = await ingest(arguments, office.data_dir, Published, live.tell, silence_s=_SILENCE_S)
    except GateRefusedError as refused:
        keyboard = _choice(order, order.anyway, office, force=True)
        await live.end(messages(_refusal(refused.gate)), keyboard)
    except IngestFailedError as error:
        await live.say(str(error), _choice(order, texts.TRY_AGAIN, office, force=force))
    except BaseException:
        order.at_end()
        raise
    else:
        order.at_end()
        await live.end(messages(_report(order, published, office.data_dir)), _way_back(order, published, office))


def _choice(order: Order, go: str, office: Office, *, force: bool) -> InlineKeyboardMarkup:
    offer = office.offers.make(order.person, partial(_decide, order, office, force), order.at_end)
    return InlineKeyboardMarkup([[offer.button(go, _GO), offer.button(texts.DROP, _DROP)]])


def _way_back(order: Order, published: Published, office: Office) -> InlineKeyboardMarkup | None:
    """Offer to take a removed document in again, from where its file is kept or by its id."""
    removed = published.removed
    if removed is None:
        return None
    kept = [str(office.data_dir.absolute() / place) for place in removed.kept.values() if Path(place).suffix != ".toml"]
    again = Order(
        person=order.person,
        arguments=("add", *(kept or [removed.id])),
        title=texts.TAKES_BACK.format(name=removed.name),
        done=texts.TAKEN_BACK.format(name=removed.name),
        nothing_new=partial(texts.ALREADY_BACK.format, name=removed.name),
    )
    offer = office.offers.make(again.person, partial(_decide, again, office, False))  # noqa: FBT003 - as there
    return InlineKeyboardMarkup([[offer.button(texts.TAKE_BACK, _GO)]])


async def _decide(order: Order, office: Office, force: bool, pressed: Pressed) -> str:  # noqa: FBT001 - for partial
    if pressed.choice == _GO:
        return await taken(order, pressed, office, force=force)
    office.offers.close(pressed.offer)
    await pressed.take_buttons_away()
    await send(pressed.place, messages([paragraph(texts.NOTHING_DONE)]))
    return ""


def _report(order: Order, published: Published, data_dir: Path) -> Iterator[Block]:
    time = edition_moment(published.edition, data_dir)
    if published.new:
        yield paragraph(order.done, "bold")
        yield paragraph("\n".join(filter(None, _facts(published, time))))
    else:
        yield paragraph(order.nothing_new(time=time))


def _facts(published: Published, time: str) -> Iterator[str]:
    """Yield what an administrator wants to know of a new edition, a line each; empty where there is nothing to say."""
    yield texts.REPORT.format(
        documents=published.documents,
        passages=count(published.passages),
        time=time,
        took=texts.TOOK.format(seconds=max(1, round(published.seconds))) if published.seconds else "",
    )
    if published.removed:
        yield _remains(published.removed)
        yield texts.HOW_TO_TAKE_BACK
    yield _tried(published.gate)
    yield texts.SERVED_SOON


def _remains(removed: Removed) -> str:
    if removed.remains is None:
        return ""
    return texts.DIGEST_REMAINS if removed.remains.digest else texts.SHIPPED_REMAINS


def _tried(gate: Gate | None) -> str:
    if gate is None or not gate.asked:
        return ""
    if gate.worse:
        return texts.TRIED_WORSE.format(asked=gate.asked, right=gate.right_now, worse=len(gate.worse))
    return texts.TRIED.format(asked=gate.asked, right=gate.right_now)


def _refusal(gate: Gate) -> Iterator[Block]:
    """Say which questions would be answered worse, each with what it should cite and what it would."""
    yield paragraph(texts.GATE_REFUSED.format(worse=len(gate.worse)), "bold")
    for place, worse in enumerate(gate.worse[:_MOST_WORSE], 1):
        yield _worse(place, worse)
    if len(gate.worse) > _MOST_WORSE:
        yield paragraph(texts.AND_MORE_QUESTIONS.format(count=len(gate.worse) - _MOST_WORSE))
    yield paragraph(texts.GATE_CHOICE)


def _worse(place: int, worse: Worse) -> Block:
    lines = texts.WORSE_EXPECTED.format(expected=worse.expected), texts.WORSE_NOW.format(now=worse.now)
    return (
        Run(texts.WORSE_QUESTION.format(place=place, question=worse.question), "bold"),
        Run("\n" + "\n".join(lines)),
    )
