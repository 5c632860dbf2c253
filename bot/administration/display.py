"""Write numbers, times and long texts as Vietnamese offices do, short enough for a telephone."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.administration import texts
from knowledge.clock import VIETNAM
from knowledge.editions import editions_folder
from knowledge.errors import SearchIndexError
from knowledge.manifest import Manifest

_EDITION_BEGINS = "%Y%m%d-%H%M%S"


def count(number: int) -> str:
    """Return `6.210` for 6210."""
    return f"{number:,}".replace(",", ".")


def seconds(took_ms: float) -> str:
    """Return a time in seconds, finer the shorter it is: `0,03 giây`, `2,5 giây`, `12 giây`."""
    whole = max(took_ms / 1000, 0.01)
    decimals = 2 if whole < 1 else 1 if whole < 10 else 0  # noqa: PLR2004 - so many figures mean something
    written = f"{whole:.{decimals}f}"
    return texts.SECONDS.format(count=(written.rstrip("0").rstrip(".") if decimals else written).replace(".", ","))


def day(when: date) -> str:
    """Return a day, `22/11`."""
    return f"{when:%d/%m}"


def moment(when: datetime) -> str:
    """Return a moment in Vietnam's time, `20:43 ngày 22/11/2026`."""
    return texts.MOMENT.format(when=when.astimezone(VIETNAM))


def edition_moment(edition: str, data_dir: Path) -> str:
    """Return when an edition was built, by which a person tells it: as its manifest has it, else as its id begins."""
    try:
        return moment(Manifest.read(editions_folder(data_dir) / edition).created)
    except SearchIndexError:  # it is kept no more
        begun = "-".join(edition.split("-")[:2])
    try:
        return moment(datetime.strptime(begun, _EDITION_BEGINS).replace(tzinfo=UTC))
    except ValueError:
        return edition
