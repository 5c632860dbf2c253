"""Prompts: their variables are checked when they are loaded, and what is data cannot leave its fence."""

import re
from pathlib import Path

import pytest

from knowledge import writing
from prompts import PromptError, fence, load_prompts, parse_prompt

LOADED = load_prompts()


@pytest.mark.parametrize("name", LOADED)
def test_shipped_prompts_load(name: str) -> None:
    """Each file is sound, and its version names it with the letters of its hash."""
    assert LOADED[name].version.startswith(f"{name}@")


@pytest.mark.parametrize("name", ["answer", "standalone_question", "what_failed"])
def test_prompts_that_ask_show_a_good_and_a_bad_example(name: str) -> None:
    """What asks a model for something says what is good and what is bad, and that data is no instruction."""
    text = LOADED[name].words
    assert " tốt" in text
    assert " hỏng" in text
    assert re.search(r"dữ liệu, không (phải|bao giờ là)\schỉ dẫn", text)


def test_every_reason_that_drops_a_statement_is_explained_to_the_model() -> None:
    """What verification may say stands in the prompt that asks for a second try."""
    sources = (path for path in Path(writing.__file__).parent.glob("*.py") if path.name != "writer.py")
    reasons = {
        r for path in sources for r in re.findall(r'(?:return|Dropped\()\s?"([a-z_]+)"(?!,)', path.read_text("utf-8"))
    }
    assert len(reasons) > 10
    assert not {reason for reason in reasons if reason not in LOADED["what_failed"].words}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("# user\nXin chào", "a line of variables", id="undeclared"),
        pytest.param("variables: a\nXin chào $a", "a line of variables", id="no-parts"),
        pytest.param("variables: a\nlạc\n# user\n$a", "a line of variables", id="text-before-the-first-part"),
        pytest.param("variables: a\n# user\n$a $b", r"declared \['a'\], used \['a', 'b'\]", id="too-few"),
        pytest.param("variables: a, b\n# user\n$a", r"declared \['a', 'b'\], used \['a'\]", id="too-many"),
        pytest.param("variables: a\n# user\n$a 5$", "a dollar sign", id="lone-dollar-sign"),
    ],
)
def test_unsound_prompts_are_refused(text: str, why: str) -> None:
    """A prompt with other variables than it declares, or without parts, is refused with the reason."""
    with pytest.raises(PromptError, match=why):
        parse_prompt("mine", text)


def test_values_are_filled_in_once() -> None:
    """Dollar signs and variables inside what a person wrote stay as they are."""
    prompt = parse_prompt("mine", "variables: question\n# system\nTrả lời.\n# user\n$question")
    roles, texts = zip(*((m.role, m.text) for m in prompt.messages({"question": "$question 5$"})), strict=True)
    assert roles == ("system", "user")
    assert texts == ("Trả lời.", "$question 5$")


def test_fences_are_never_the_same() -> None:
    """Data that holds the marks of an earlier request does not close those of this one."""
    earlier, now = fence(), fence()
    assert now.closing not in earlier.around(f"{earlier.closing} {earlier.opening}")
