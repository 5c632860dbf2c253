"""Take the "Có.", "Không được," or "Yes," off a statement: it answers the question, and the rest is what is verified.

It must not contradict the rest: what begins with "Không" goes on with something negated or limited, what begins with
"Được" with nothing forbidden.
"""

import re
from functools import cache

from knowledge.writing.marks import mark
from knowledge.writing.wording import Words, table

_REST = r"\s*[.,:;!–-]\s+(?=\w)"
_LIMITS = frozenset({"negation", "lack", "only", "except"})
_FORBIDS = frozenset({"forbidding"})


def without_opening(text: str) -> str:
    """Return a statement without a yes or no before it."""
    found = _opening().match(text)
    return text[found.end() :] if found else text


def opening_agrees(text: str, rest: Words) -> bool:
    """Tell whether the yes or no of a statement fits the rest of it."""
    found = _opening().match(text)
    if not found or found["yes"]:
        return True
    kinds = frozenset(kind for group, _, _ in mark(rest).marks for kind in group)
    return bool(kinds & _LIMITS) if found["no"] else not kinds >= _FORBIDS


@cache
def _opening() -> re.Pattern[str]:
    """Return what answers yes, no, or that one may."""
    kinds = ("yes", "no", "allowed")
    either = ("|".join(sorted(map(re.escape, table()["openings"][kind]), key=len, reverse=True)) for kind in kinds)
    named = "|".join(f"(?P<{kind}>{words})" for kind, words in zip(kinds, either, strict=True))
    return re.compile(rf"(?i)\s*(?:{named})(?!\w){_REST}")
