"""Tell whether a statement says what its quotes say: may, must or must not; below or above; all or only."""

from collections.abc import Sequence

from knowledge.writing.bounds import bounds_agree, pairs_agree, times_stand
from knowledge.writing.contraries import joints_agree, sides_agree
from knowledge.writing.modality import Quoted, modality_agrees
from knowledge.writing.wording import CLAUSE_ENDS, Words, is_stop, places_of


def disagreement(
    statement: Words,
    quoted: Words,
    passages: Sequence[Quoted],
    *,
    translated: bool = False,
) -> str | None:
    """Return in what a statement disagrees with its quotes; None where it does not.

    `translated` words may stand in another order than the quotes'.
    """
    if any(_repeats(statement, each) for each in passages):
        return None
    if not modality_agrees(statement, passages, translated=translated):
        return "modality"
    if not (bounds_agree(statement, quoted) and pairs_agree(statement, quoted) and times_stand(statement, quoted)):
        return "number"
    if not (sides_agree(statement, quoted) and joints_agree(statement, quoted)):
        return "contrary"
    return None


def _repeats(statement: Words, quoted: Quoted) -> bool:
    """Tell whether a statement repeats whole clauses of a quote word for word."""
    while statement and is_stop(statement[-1]):
        statement = statement[:-1]
    ends = [at + len(statement) for at in places_of(statement, quoted.words[: quoted.end])]
    return not quoted.forbidden and any(
        quoted.start <= end - len(statement)
        and (end == len(statement) or quoted.words[end - len(statement) - 1] in CLAUSE_ENDS)
        and (end == len(quoted.words) or quoted.words[end] in CLAUSE_ENDS)
        for end in ends
    )
