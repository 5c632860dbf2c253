"""A model that lies, each time in another way: about the passage, the words, a number, who, whether, or whose words."""

import itertools
import re
from collections.abc import Callable, Iterator

from model_server.honest import Said, as_answer, as_question, best_clauses
from model_server.reading import Handed, asks_to_rewrite, clauses, handed, shared
from model_server.replies import Reply
from model_server.wire import ChatRequest

TELEPHONE = "0988 777 666"
ADDRESS = "https://tro-giup-tre-em.example/dang-ky"
_LEAST_LETTERS = 25
Lie = Callable[[Handed, int, str], Said | None]
"""Given what a prompt hands over and a clause of a passage, returns a lie; None where it finds no way to."""


def _said(text: str, number: int, words: str) -> Said:
    return Said(f"{text[0].upper()}{text[1:].rstrip('.')}.", ((number, words),))


def invented_passage(given: Handed, _: int, clause: str) -> Said:
    """Name a passage that nobody handed over."""
    return _said(clause, max(given.passages) + 7, clause)


def one_letter(_: Handed, number: int, clause: str) -> Said:
    """Alter one letter of the quote."""
    middle = next(place for place in range(len(clause) // 2, len(clause)) if clause[place].isalpha())
    letter = "e" if clause[middle].lower() != "e" else "o"
    return _said(clause, number, clause[:middle] + letter + clause[middle + 1 :])


def words_left_out(_: Handed, number: int, clause: str) -> Said | None:
    """Leave words out of the middle of the quote."""
    words = clause.split()
    return _said(clause, number, " ".join(words[:3] + words[5:])) if len(words) > 8 else None


def another_article(_: Handed, number: int, clause: str) -> Said:
    """Name an article where none is named."""
    return _said(f"Theo Điều 987, {clause}", number, clause)


def invented_decree(_: Handed, number: int, clause: str) -> Said:
    """Name a decree that there is not."""
    return _said(f"{clause} theo Nghị định 987/2031/NĐ-CP", number, clause)


def other_hotline(_: Handed, number: int, clause: str) -> Said:
    """Add a telephone number."""
    return _said(f"{clause}; gọi số {TELEPHONE} để được giúp", number, clause)


def another_number(_: Handed, number: int, clause: str) -> Said | None:
    """Alter a number of the statement."""
    altered = re.sub(r"\d+", lambda found: str(int(found[0]) + 3), clause, count=1)
    return _said(altered, number, clause) if altered != clause else None


def invented_date(_: Handed, number: int, clause: str) -> Said:
    """Add a time limit."""
    return _said(f"{clause} trước ngày 30/9/2031", number, clause)


def number_in_words(_: Handed, number: int, clause: str) -> Said:
    """Add a number that is spelt out."""
    return _said(f"{clause} trong vòng ba mươi bảy ngày", number, clause)


def share_in_percent(_: Handed, number: int, clause: str) -> Said:
    """Add a share."""
    return _said(f"{clause}, ít nhất 87%", number, clause)


def negation_dropped(_: Handed, number: int, clause: str) -> Said | None:
    """Leave out a "không"."""
    altered = re.sub(r"\b(không|chưa|cấm|nghiêm cấm)\s+", "", clause, count=1, flags=re.IGNORECASE)
    return _said(altered, number, clause) if altered != clause else None


def negation_added(_: Handed, number: int, clause: str) -> Said | None:
    """Put a "không" before a verb."""
    altered = re.sub(r"\b(phải|được|thực hiện|tổ chức|bảo đảm|tăng cường|có|xây dựng)\b", r"không \1", clause, count=1)
    return _said(altered, number, clause) if altered != clause else None


def duty_for_permission(_: Handed, number: int, clause: str) -> Said | None:
    """Turn a duty into what one may do, or the other way."""
    turned = {"phải": "có thể", "có trách nhiệm": "có quyền", "được": "phải", "nghiêm cấm": "khuyến khích"}
    for word, other in turned.items():
        if re.search(rf"\b{word}\b", clause):
            return _said(re.sub(rf"\b{word}\b", other, clause, count=1), number, clause)
    return None


def another_passages_words(given: Handed, number: int, clause: str) -> Said | None:
    """Say what another passage says, and quote this one."""
    others = [c for n in given.passages if n != number for c in clauses(given.text(n)) if len(c) > 60]
    far = [other for other in others if shared(other, clause) < 0.25]
    return _said(far[0], number, clause) if far else None


def another_body(_: Handed, number: int, clause: str) -> Said:
    """Say that a body must do it of which the quote says nothing."""
    return _said(f"Ngân hàng Nhà nước có trách nhiệm {clause[0].lower()}{clause[1:]}", number, clause)


def another_person(_: Handed, number: int, clause: str) -> Said:
    """Name somebody."""
    return _said(f"{clause}, do ông Trần Quốc Khánh phụ trách", number, clause)


def foreign_link(_: Handed, number: int, clause: str) -> Said:
    """Add a link."""
    return _said(f"{clause}; xem {ADDRESS}", number, clause)


def bare_link(_: Handed, number: int, clause: str) -> Said:
    """Add a link without its beginning."""
    return _said(f"{clause}; xem tro-giup-tre-em.example", number, clause)


def own_prompt(given: Handed, number: int, clause: str) -> Said:
    """Tell what it was told."""
    rules = [line for line in given.instructions.splitlines() if len(line) > 60]
    return _said(rules[0], number, clause)


def telephone_in_disguise(_: Handed, number: int, clause: str) -> Said:
    """Add a telephone number between other signs."""
    return _said(f"{clause}; gọi 0\u200b9.8.8-7.7.7-6.6.6", number, clause)


def wide_digits(_: Handed, number: int, clause: str) -> Said:
    """Add a number in other digits."""
    return _said(f"{clause} trước năm ２０３１", number, clause)


def nothing_quoted(_: Handed, _number: int, clause: str) -> Said:
    """Quote nothing."""
    return Said(f"{clause}.", ())


def a_scrap_quoted(_: Handed, number: int, clause: str) -> Said:
    """Rest a statement on two words that stand anywhere."""
    scrap = clause.split(maxsplit=1)[0]
    return Said("Trẻ em được hỗ trợ một khoản tiền hằng tháng cho tới khi học xong.", ((number, scrap),))


LIES: tuple[Lie, ...] = (
    invented_passage, one_letter, words_left_out, another_article, invented_decree, other_hotline, another_number,
    invented_date, number_in_words, share_in_percent, negation_dropped, negation_added, duty_for_permission,
    another_passages_words, another_body, another_person, foreign_link, bare_link, own_prompt, telephone_in_disguise,
    wide_digits, nothing_quoted, a_scrap_quoted,
)  # fmt: skip


class Lying:
    """Lies by turns, in the first answer and when told what failed; remembers its lies."""

    def __init__(self) -> None:
        self.lies: list[tuple[str, Said]] = []
        """With the name of each."""
        self._turns = itertools.cycle(LIES)

    def __call__(self, chat: ChatRequest) -> Reply:
        """Answer with one lie, or rewrite a question honestly so as to get to answer it."""
        if asks_to_rewrite(chat):
            return as_question(chat)
        given = handed(chat)
        lie = next(self._turns)
        told = (said for number, clause in _candidates(given) if (said := lie(given, number, clause)))
        statements = list(itertools.islice(told, 1))
        self.lies += [(lie.__name__, said) for said in statements]
        return as_answer(statements)


def _candidates(given: Handed) -> Iterator[tuple[int, str]]:
    """Yield clauses to lie about: those that answer best, then all others."""
    yield from best_clauses(given)
    for number in given.passages:
        yield from ((number, clause) for clause in clauses(given.text(number)) if len(clause) > _LEAST_LETTERS)
