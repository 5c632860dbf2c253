"""What the bot remembers from one run to the next: deeds, unanswered and added questions, use, spending.

It never remembers who asked, nor anything of a message that tells of a child in danger.
"""

from knowledge.memory.added_questions import AddedQuestion, AddedQuestions
from knowledge.memory.deeds import Deed, Deeds
from knowledge.memory.memory import Memory
from knowledge.memory.spending import Spending
from knowledge.memory.unanswered import Group, Unanswered
from knowledge.memory.usage import Day, Usage

__all__ = [
    "AddedQuestion",
    "AddedQuestions",
    "Day",
    "Deed",
    "Deeds",
    "Group",
    "Memory",
    "Spending",
    "Unanswered",
    "Usage",
]
