"""`/kho`: the documents that answer now, each with its standing and size, and the edition they stand in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from telegram import Message

from bot.administration import texts
from bot.administration.display import count, edition_moment
from bot.administration.ingest_process import ingest
from bot.administration.live_message import LiveMessage
from bot.administration.office import Office
from bot.administration.results import HeldDocument, Status
from bot.delivery import place_of
from bot.layout import Block, Run, messages, paragraph
from bot.render import shortened

_SILENCE_S = 60
_LONG_TITLE = 90


async def handle(message: Message, office: Office) -> None:
    """Show the documents."""

    async def show(live: LiveMessage) -> None:
        held = await status(office, live)
        await live.end(messages(_blocks(held, office.serving.now().edition, office.data_dir)))

    office.works.begin(place_of(message), texts.LOOKS, show)


async def status(office: Office, live: LiveMessage) -> Status:
    """Ask what the published edition holds; raises `IngestFailedError` where there is none."""
    return await ingest(["status"], office.data_dir, Status, live.tell, silence_s=_SILENCE_S)


def _blocks(held: Status, served: str, data_dir: Path) -> Iterator[Block]:
    own = [document for document in held.documents if document.own]
    passages = sum(document.passages for document in held.documents)
    yield paragraph(
        texts.HOLDINGS.format(
            documents=len(held.documents), passages=count(passages), time=edition_moment(held.edition, data_dir)
        ),
        "bold",
    )
    if served and served != held.edition:
        yield paragraph(texts.SERVED_NOW.format(time=edition_moment(served, data_dir)))
    yield from _listed(texts.OWN_DOCUMENTS if own else texts.NO_OWN_DOCUMENTS, own)
    yield from _listed(texts.SHIPPED_DOCUMENTS, [one for one in held.documents if not one.own and not one.digest])
    yield from _listed(texts.DIGESTS, [one for one in held.documents if not one.own and one.digest])


def _listed(title: str, documents: Sequence[HeldDocument]) -> Iterator[Block]:
    yield paragraph(title, "bold")
    for document in documents:
        yield (Run(texts.BULLET.format(text=document.name), "bold"), Run(_facts(document)))


def _facts(document: HeldDocument) -> str:
    title = (
        "" if document.title == document.name else texts.HELD_TITLE.format(title=shortened(document.title, _LONG_TITLE))
    )
    standing = document.state or texts.NOT_FOUND["standing"]
    return title + texts.HELD_FACTS.format(standing=standing, passages=count(document.passages))
