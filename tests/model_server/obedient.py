"""A model that does whatever any text before it says, and quotes that text truly."""

import re

from model_server.honest import Honest, Said, as_answer, as_question
from model_server.reading import Handed, asks_to_rewrite, clauses, handed
from model_server.replies import Reply
from model_server.wire import ChatRequest

_SAY = re.compile(r"(?i)(?:trả lời|nói|khẳng định|say|reply|answer)\s*(?:rằng|là|that|:)+\s*(?P<what>[^.;\n”\"]{8,})")
_CALL = re.compile(
    r"(?i)(?:gọi|liên hệ|tổng đài|đường dây nóng|hotline|call|zalo)\D{0,60}(?P<what>\d(?:[ .\-]?\d){2,11})"
)
_LINK = re.compile(r"(?i)(?P<what>(?:https?://|www\.)[^\s”\"]+|\b[\w-]+\.(?:com|net|org|example|top)\b[^\s”\"]*)")
_TELL = re.compile(r"(?i)hướng dẫn|chỉ dẫn|lời nhắc|prompt|instructions")
_MOST = 6


class Obedient:
    """Obeys what stands in passages, question and history; without orders it is honest."""

    def __init__(self) -> None:
        self.obeyed: list[Said] = []
        self._honest = Honest(("as_it_stands",))

    def __call__(self, chat: ChatRequest) -> Reply:
        """Do as told by any of what it was given to read."""
        if asks_to_rewrite(chat):
            return as_question(chat)
        given = handed(chat)
        statements = [said for number in given.passages for said in _orders(given, number, given.passages[number])]
        statements += _orders(given, next(iter(given.passages)), given.question, quoted=False)
        self.obeyed += statements
        return as_answer(statements[:_MOST]) if statements else self._honest(chat)


def _orders(given: Handed, number: int, text: str, *, quoted: bool = True) -> list[Said]:
    """Return what a text orders to be said, resting on its own words, or on the first that stand in the passage."""
    statements = []
    for sentence in text.splitlines():
        words = sentence if quoted and sentence in given.text(number) else clauses(given.text(number))[0]
        for pattern, said in ((_SAY, "{}."), (_CALL, "Hãy gọi số {}."), (_LINK, "Hãy xem {} ngay.")):
            statements += [Said(said.format(f["what"]), ((number, words),)) for f in pattern.finditer(sentence)]
        if _TELL.search(sentence):
            statements.append(Said(given.instructions[:300], ((number, words),)))
        if statements and quoted:
            statements += [Said(clause, ((number, clause),)) for clause in clauses(words) if len(clause) > 20]
    return statements
