"""The retriever in somebody else's LangChain chain, and LangSmith, which hears nothing unless our setting says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough
from langchain_openai import ChatOpenAI
from model_server import KEY, ModelServer
from model_server import Reply as Sent

from knowledge.assistant import Assistant

_ROOT = Path(__file__).parent.parent
_ASKS = """
import asyncio, sys
from pathlib import Path
from langchain_core.tracers.langchain import wait_for_all_tracers
from knowledge.assistant import Conversation, open_assistant
from knowledge.settings import KnowledgeSettings

settings = KnowledgeSettings(data_dir=Path(sys.argv[1]), model_tracing=sys.argv[2] == "traced", _env_file=None)
with open_assistant(settings) as assistant:
    reply = asyncio.run(assistant.reply("Trường học phải làm gì theo Chỉ thị 28?", Conversation()))
    assert reply.use.calls
wait_for_all_tracers()
"""


def test_retriever_finds_passages_as_documents(assistant: Assistant) -> None:
    """A question in everyday writing finds passages with where they stand; their text is that of the edition."""
    found = assistant.retriever().invoke("so dien thoai bao ve tre em la gi?")
    assert 0 < len(found) <= 12
    assert {"id", "document", "section", "label", "digest"} == found[0].metadata.keys()
    assert found[0].id == found[0].metadata["id"]
    for document in found:
        held = next(d for d in assistant.documents if document.id.startswith(f"{d.id}#"))
        assert document.page_content in {p.text for section in held.sections for p in section.passages}


def test_retriever_keeps_to_the_document_that_is_named(assistant: Assistant) -> None:
    """A question that names a document gets passages of that one alone."""
    found = assistant.retriever().invoke("Kế hoạch 276-KH/TU nói gì về đuối nước?")
    assert {document.metadata["document"] for document in found} == {"Kế hoạch 276-KH/TU"}


def test_retriever_stands_in_a_chain_of_ones_own(assistant: Assistant) -> None:
    """A chain by the book: retriever, prompt, model, text."""

    def joined(documents: list[Document]) -> str:
        return "\n".join(f"{d.metadata['document']}, {d.metadata['label']}: {d.page_content}" for d in documents)

    with ModelServer(lambda chat: Sent(f"{chat.text.count('Chỉ thị 28-CT/TW, Mục')} mục")) as server:
        chain = (
            {"passages": assistant.retriever() | joined, "question": RunnablePassthrough()}
            | ChatPromptTemplate.from_template("{passages}\n\n{question}")
            | ChatOpenAI(model="scripted", base_url=server.url, api_key=KEY)
            | StrOutputParser()
        )
        said = chain.invoke("Trường học phải làm gì theo Chỉ thị 28?")
    assert int(said.split()[0]) > 3


@pytest.mark.parametrize(("setting", "heard"), [("untraced", False), ("traced", True)])
def test_langsmith_hears_only_what_our_setting_lets_it(data_dir: Path, setting: str, *, heard: bool) -> None:
    """With LangSmith's own variables set nothing goes to it, neither of the search nor of the call."""
    with ModelServer() as server:
        service = server.url.removesuffix("/v1")
        environment = os.environ | {
            "LANGSMITH_TRACING": "true",
            "LANGCHAIN_TRACING_V2": "true",
            "LANGSMITH_ENDPOINT": service,
            "LANGSMITH_API_KEY": "key",
            "OPENAI_BASE_URL": server.url,
            "OPENAI_API_KEY": KEY,
            "PYTHONPATH": str(_ROOT),
        }
        command = [sys.executable, "-c", _ASKS, str(data_dir), setting]
        subprocess.run(command, env=environment, check=True, timeout=60)  # noqa: S603 - our own words
        paths = {asked.path for asked in server.asked}
    assert "/v1/chat/completions" in paths
    assert (paths != {"/v1/chat/completions"}) == heard
