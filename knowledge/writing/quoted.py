"""A question with what the quotes engine made of it: where a model's work begins, and what is answered if it fails."""

from dataclasses import dataclass

from knowledge.answers.desk import Desk
from knowledge.documents import Answer
from knowledge.understand import Understanding


@dataclass(frozen=True, slots=True)
class Quoted:
    """One question, understood and answered with quotes; never a disclosure."""

    question: str
    """As the person wrote it, or as a model rewrote it."""
    asked: Understanding
    answer: Answer
    desk: Desk
    leans: bool = False
    """It is understood only together with the question before it."""
