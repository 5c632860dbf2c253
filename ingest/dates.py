"""Read dates as documents print them, in running text and in the head."""

import re
from datetime import date

DATE = (
    r"ngày\s+(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})"
    r"\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>\d{4})"
)
"""`ngày 09/5/2017`, `ngày 25 tháng 12 năm 2023`."""


def real_date(day: str | None, month: str | None, year: str | None) -> date | None:
    """Return the date, or None where a part is blank or no calendar has such a day."""
    if not (day and month and year):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_of(found: re.Match[str]) -> date | None:
    """Return the date of a match of `DATE`, or None where it was not matched."""
    return real_date(found["day"], found["month"], found["year"])
