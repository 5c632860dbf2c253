"""A model that lies, and one that does not: what is sent stands in the documents, and what is true is not lost."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer
from model_server.honest import FORMS, Honest
from model_server.lying import LIES, Lying
from model_server.trial import ask_all, assistant_with, questions, size, tell

from knowledge.assistant import Assistant, Reply
from knowledge.documents import Answer
from knowledge.library import Library

_NUMBERS = re.compile(r"\d+")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """Serve for the tests of this module."""
    with ModelServer() as server:
        yield server


@pytest.fixture(scope="module")
def written(server: ModelServer, data_dir: Path) -> Iterator[Assistant]:
    """Give an assistant whose answers the server's model writes."""
    with assistant_with(server, data_dir) as assistant:
        yield assistant


def test_no_lie_is_ever_sent(server: ModelServer, written: Assistant) -> None:
    """Of all lies none is shown: no invented passage, altered quote, number, name, body, link or other's words."""
    lying = server.character = Lying()
    replies = ask_all(written, questions(size(40, 2_000)))
    lies = {said.text: (name, said) for name, said in lying.lies}
    shown = [statement.text for reply in replies for statement in reply.answer.statements]
    told = Counter(name for name, _ in lying.lies)
    tell(f"{len(replies)} answers, {len(lying.lies)} lies: {dict(told)}")
    assert set(told) == {lie.__name__ for lie in LIES}
    assert [lies.get(text, ("unknown", text)) for text in shown] == []
    _all_stands(replies, Library(written.documents))


def test_what_an_honest_model_writes_is_sent(server: ModelServer, written: Assistant) -> None:
    """At most one true statement of a hundred is dropped, in whatever form it is put."""
    honest = server.character = Honest()
    replies = ask_all(written, questions(size(32, 600)))
    kept = sum(reply.use.kept for reply in replies if reply.use)
    dropped = Counter(reason for reply in replies if reply.use for reason in _dropped(reply))
    said = Counter(form for form, _ in honest.said)
    tell(f"{len(replies)} answers, kept {kept}, dropped {dict(dropped)}, said {dict(said)}")
    assert set(said) == set(FORMS)
    assert dropped.total() <= 0.01 * (kept + dropped.total())
    _all_stands(replies, Library(written.documents))


def _dropped(reply: Reply) -> Iterator[str]:
    for reason, times in (reply.use.dropped if reply.use else {}).items():
        yield from [reason] * times


def _all_stands(replies: list[Reply], library: Library) -> None:
    """Every quote stands in its passage, and every number of a statement in what it cites."""
    for reply in replies:
        for citation in reply.answer.citations:
            if citation.section:
                assert citation.quote in library.place(citation.passage_id).passage.text
        for text, sources in _statements(reply.answer):
            assert set(_NUMBERS.findall(text)) <= set(_NUMBERS.findall(sources)), text


def _statements(answer: Answer) -> Iterator[tuple[str, str]]:
    for statement in answer.statements:
        cited = [answer.citations[place] for place in statement.citations]
        assert cited, statement
        yield statement.text, " ".join(f"{c.name} {c.label} {c.quote}" for c in cited)
