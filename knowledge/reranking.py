"""Have a model put the passages that were found into a better order, in the way of Cohere, Jina, vLLM and others.

Off unless RERANK_MODEL is set: one such model made a Vietnamese legal set worse (.956 → .809), so measure before use.
Whatever goes wrong, and whatever takes longer than three seconds, leaves the order as it was.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from knowledge.discretion import discreet
from knowledge.resting import Resting
from knowledge.settings import KnowledgeSettings

MOST = 40
"""So many of the best are read again."""
_SECONDS = 3.0
_MOST_CHARACTERS = 2_000  # what such models read of a passage

_log = logging.getLogger(__name__)
Found = TypeVar("Found")


class _Result(BaseModel):
    """Where in the request a passage stood, and how well it answers."""

    index: int
    relevance_score: float


class _Response(BaseModel):
    """What is read of a response; best first."""

    results: list[_Result]


class Reranker:
    """One model of one service; any number of threads may use it at once."""

    def __init__(self, model: str, *, base_url: str, api_key: str | None) -> None:
        self._model = model
        self._url = f"{base_url}/rerank"
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._resting = Resting(failures=1)

    def in_order(self, question: str, found: Sequence[Found], text_of: Callable[[Found], str]) -> list[Found]:
        """Return the same things, those first that answer the question best; in their old order where it fails."""
        if len(found) < 2 or not self._resting.lets_through():  # noqa: PLR2004 - one thing is in order
            return list(found)
        try:
            order = self._ask(discreet(question), [text_of(each)[:_MOST_CHARACTERS] for each in found[:MOST]])
        except (httpx.HTTPError, ValidationError) as error:
            _log.warning("the order of what was found stays: %s", type(error).__name__)
            self._resting.failed()
            return list(found)
        self._resting.worked()
        return [found[place] for place in dict.fromkeys([*order, *range(len(found))])]

    def _ask(self, question: str, texts: Sequence[str]) -> list[int]:
        """Return the places of the texts, best first; the service may leave some out."""
        body = {"model": self._model, "query": question, "documents": texts, "top_n": len(texts)}
        until = time.monotonic() + _SECONDS
        whole = bytearray()
        with httpx.stream("POST", self._url, json=body, headers=self._headers, timeout=_SECONDS) as response:
            response.raise_for_status()
            for piece in response.iter_bytes():  # the limit of the client is for each piece
                whole += piece
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the reranking service is too slow")
        results = _Response.model_validate_json(bytes(whole)).results
        results.sort(key=lambda result: -result.relevance_score)
        return list(dict.fromkeys(result.index for result in results if 0 <= result.index < len(texts)))


def reranker_of(settings: KnowledgeSettings) -> Reranker | None:
    """Return the reranker that the settings name; None where they name no model, or no address."""
    base_url = settings.rerank_url or settings.openai_base_url
    if not (settings.rerank_model and base_url):
        return None
    key = settings.openai_api_key
    return Reranker(settings.rerank_model, base_url=base_url, api_key=key.get_secret_value() if key else None)
