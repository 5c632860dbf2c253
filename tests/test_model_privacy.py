"""What every service of a model gets of a question: nothing of who asks, whatever form the question was given."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import KEY, ModelServer
from model_server.honest import Honest
from model_server.trial import assistant_with
from pydantic import SecretStr

from ingest import gate
from ingest.build import build
from knowledge.assistant import Assistant, Conversation
from knowledge.settings import KnowledgeSettings
from knowledge.sources import left_out_file
from knowledge.vietnamese import fold

SERVICES = {"embeddings": "openai:a-model", "rerank_model": "a-model"}
BULLYING = "trường phải làm gì để phòng bạo lực học đường?"
_QUESTION = re.compile(r"(?:Câu hỏi|Những lượt trước):\n<<<\w+\n(.*?)\n\w+>>>", re.DOTALL)
"""Where a prompt has what was asked; the passages may well have the words of a name."""


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """Serve the tests of this module."""
    with ModelServer(Honest()) as server:
        yield server


@pytest.fixture(scope="module")
def asking(server: ModelServer, small_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Give an assistant with a chat model, vectors and an order by the service."""
    folder = tmp_path_factory.mktemp("service")
    left_out_file(folder).write_bytes(left_out_file(small_data_dir).read_bytes())
    settings = {"data_dir": folder, "openai_api_key": SecretStr(KEY), "openai_base_url": server.url, **SERVICES}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "QUESTION_SETS", ())
        build(KnowledgeSettings.model_validate(settings))
    with assistant_with(server, folder, **SERVICES) as assistant:
        yield assistant


def _sent(asking: Assistant, server: ModelServer, *questions: str) -> dict[str, str]:
    """Ask in one conversation; return what each kind of service got of the questions, folded."""
    server.asked.clear()
    conversation = Conversation()
    for question in questions:
        asyncio.run(asking.reply(question, conversation))
    said = [message["content"] for asked in server.requests("chat/completions") for message in asked.body["messages"]]
    return {
        "embeddings": fold(" . ".join(server.embedded_texts())),
        "rerank": fold(" . ".join(asked.body["query"] for asked in server.requests("rerank"))),
        "chat": fold(" . ".join(_QUESTION.findall(" ".join(said)))),
    }


@pytest.mark.parametrize(
    ("question", "private"),
    [
        pytest.param(f"Con tôi là Nguyễn Văn An, {BULLYING}", "nguyen van an", id="name"),
        pytest.param(
            "chau tran thi hoa hoc lop 5 thi truong phai lam gi de phong duoi nuoc", "tran hoa", id="no-marks"
        ),
        pytest.param(f"Bé Trần Thị Hoa bị trêu, {BULLYING}", "tran thi hoa", id="with-a-little-word-for-middle-name"),
        pytest.param(f"Số tôi 0912 345 678, {BULLYING}", "0912 345 678 0912345678", id="telephone"),
        pytest.param(f"CCCD của tôi 079203001234, {BULLYING}", "079203001234", id="identity-card"),
        pytest.param(f"Email tôi huong.le88@gmail.com, {BULLYING}", "huong le88 gmail", id="mail"),
        pytest.param(f"Nhà tôi ở số 12 đường Lê Lợi, phường Bến Nghé; {BULLYING}", "le loi ben nghe", id="address"),
        pytest.param(
            "My son Nguyen Van An is in grade 3, what must schools do about bullying?", "nguyen van an", id="english"
        ),
    ],
)
def test_no_service_learns_who_asks(asking: Assistant, server: ModelServer, question: str, private: str) -> None:
    """Neither the question nor any form of it that is searched for carries a name or a number; the subject stays."""
    sent = _sent(asking, server, question)
    assert sent["embeddings"]
    for service, text in sent.items():
        words = set(re.findall(r"\w+", text))
        assert not words & set(private.split()), service
    assert "hoc" in sent["embeddings"]


def test_a_question_that_is_leant_on_tells_nothing_either(asking: Assistant, server: ModelServer) -> None:
    """What follows takes the subject of the question before, and not the name in it."""
    sent = _sent(asking, server, f"Con tôi là Trần Thị Hoa, {BULLYING}", "còn theo Luật Trẻ em thì sao?")
    assert all(sent.values())
    for service, text in sent.items():
        assert not {"tran", "hoa"} & set(re.findall(r"\w+", text)), service


def test_disclosures_reach_no_service(asking: Assistant, server: ModelServer) -> None:
    """Who tells of danger is answered on this machine alone, and so is the search that others may use."""
    told = "chau ten tran thi hoa, bo danh chau chay mau"
    _sent(asking, server, told)
    assert asking.retriever().invoke(told) == []
    assert server.asked == []
