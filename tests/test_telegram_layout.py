"""Laying text out as messages: lengths in UTF-16, whole words and entities, nothing lost."""

import random

import pytest
from bot_api import rules

from bot.layout import MOST_SPANS, Message, Run, clean, messages, paragraph, plain, units

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        pytest.param("một hai ba", 7, ["một hai", "ba"], id="between-words"),
        pytest.param("Một. Hai ba bốn", 12, ["Một. Hai ba", "bốn"], id="words-where-a-sentence-leaves-a-gap"),
        pytest.param("Một hai ba. Bốn", 14, ["Một hai ba.", "Bốn"], id="between-sentences"),
        pytest.param("một hai\nba bốn năm", 12, ["một hai", "ba bốn năm"], id="between-lines"),
        pytest.param("mộthaibabốn", 4, ["mộth", "aiba", "bốn"], id="word-longer-than-a-message"),
        pytest.param("😀😀😀", 3, ["😀", "😀", "😀"], id="no-half-of-a-pair"),
        pytest.param("ab" + FAMILY, 12, ["ab", FAMILY], id="no-part-of-an-emoji"),
        pytest.param("a" * 3 + "e\u0302\u0301" * 2, 5, ["aaa", "e\u0302\u0301", "e\u0302\u0301"], id="no-mark-alone"),
        pytest.param(" \n a \n ", 9, ["a"], id="no-space-at-the-ends"),
        pytest.param("\u200b\u2060 ", 9, [], id="nothing-to-see"),
    ],
)
def test_long_text_is_cut_at_the_best_place(text: str, most: int, parts: list[str]) -> None:
    """Paragraphs before sentences, sentences before words, words before letters."""
    assert [message.text for message in messages([paragraph(text)], most)] == parts


def test_blocks_share_a_message_while_they_fit() -> None:
    """Blocks are set apart by an empty line, and go to the next message whole."""
    laid = messages([paragraph("một"), paragraph("hai"), paragraph("ba bốn")], 10)
    assert [message.text for message in laid] == ["một\n\nhai", "ba bốn"]


def test_spans_count_in_utf_16() -> None:
    """An emoji before a styled run counts two."""
    (message,) = messages([(Run("😀 "), Run("đậm", "bold")), (Run("trích", "blockquote"),)])
    assert [(span.style, span.offset, span.length) for span in message.spans] == [
        ("bold", 3, 3),
        ("blockquote", 8, 5),
    ]


def test_span_that_fits_is_never_divided() -> None:
    """A quote that has room in a message of its own begins there."""
    laid = messages([(Run("nguồn", "bold"), Run("\n"), Run("một hai ba", "blockquote"))], 12)
    assert [_styled(message) for message in laid] == [["nguồn"], ["một hai ba"]]


def test_span_too_long_for_a_message_goes_on_in_the_next() -> None:
    """Each part of a long quote is a quote, and nothing of it is lost."""
    laid = messages([(Run("nguồn", "bold"), Run("\n"), Run("một hai ba bốn năm", "blockquote"))], 14)
    assert [_styled(message) for message in laid] == [["nguồn", "một hai"], ["ba bốn năm"]]


def test_no_message_has_more_spans_than_telegram_keeps() -> None:
    """The hundred and first styled run begins a new message."""
    block = tuple(run for number in range(150) for run in (Run(str(number), "bold"), Run(" ")))
    laid = messages([block])
    assert max(len(message.spans) for message in laid) <= MOST_SPANS
    assert sum(len(message.spans) for message in laid) == 150


def test_what_no_message_can_carry_is_replaced() -> None:
    """Lone surrogates and NUL become the sign for a missing letter; all else stays."""
    assert clean("a\ud83d\udc00b\0 \ud83d") == "a\U0001f400b\ufffd \ufffd"


@pytest.mark.parametrize("seed", range(40))
def test_any_text_keeps_the_rules_of_telegram(seed: int) -> None:
    """Whatever text and limit: each message passes Telegram's checks, and all words arrive in order."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    pieces = ["trẻ em ", "e\u0302\u0301 ", "😀", FAMILY, "\n", "Điều 5. ", "\u200b", "_*[<b>", "x" * 30, " "]
    blocks = [
        tuple(
            Run(
                "".join(dice.choices(pieces, k=dice.randint(1, 60))),
                dice.choice([None, "bold", "blockquote"]),
            )
            for _ in range(dice.randint(1, 5))
        )
        for _ in range(dice.randint(1, 8))
    ]
    laid = messages(blocks, dice.choice([40, 100, 4096]))
    for message in laid:
        entities = [{"type": s.style, "offset": s.offset, "length": s.length} for s in message.spans]
        assert rules.cleaned_text(message.text, entities) == (message.text, entities)
    assert _words("".join(message.text for message in laid)) == _words(plain(blocks))


def _words(text: str) -> str:
    """Return what can be seen of a text; marks that stand alone in a message are left out."""
    return "".join(text.replace("\u200b", "").split())


def _styled(message: Message) -> list[str]:
    assert units(message.text) == len(message.text)
    return [message.text[span.offset : span.offset + span.length] for span in message.spans]
