"""Tell the time and the day as the people whom the bot serves count them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Fixed, for Vietnam keeps no summer time and Windows has no table of zones."""

Clock = Callable[[], datetime]
"""Returns the time now, with its zone."""


def now() -> datetime:
    """Return the time in Vietnam: a day, with its limits, begins at midnight there."""
    return datetime.now(UTC).astimezone(VIETNAM)
