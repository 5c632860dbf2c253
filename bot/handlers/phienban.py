"""`/phienban`: of which day the answers are, and how much they are made from."""

from telegram import Message

from bot import texts
from bot.administration import editions
from bot.administration.display import count
from bot.delivery import reply
from bot.desk import Desk
from bot.serving import Served
from knowledge.clock import VIETNAM


async def handle(message: Message, desk: Desk) -> None:
    """Tell the day and the size of the edition that answers now."""
    await reply(message, described(desk.serving.now()))
    await editions.for_administrators(message, desk.office)


def described(served: Served) -> str:
    """Describe an edition as everybody may read it."""
    documents = served.assistant.documents
    counts = texts.EDITION_COUNTS.format(
        documents=len(documents),
        digests=sum(document.digest for document in documents),
        passages=count(sum(len(section.passages) for document in documents for section in document.sections)),
    )
    if served.manifest is None:
        return counts
    day = served.manifest.created.astimezone(VIETNAM)
    return "\n".join([texts.EDITION_DAY.format(day=day), counts, texts.EDITION_ID.format(edition=served.edition)])
