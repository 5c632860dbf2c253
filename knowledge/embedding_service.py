"""Have texts turned into vectors by an OpenAI-compatible service, and look at all that comes back before it is used.

Documents are embedded in batches, patiently: a busy service is asked again when it says so, and what is done is
kept in a cache, so that a reload asks only for what changed. A question is embedded in a hurry: whoever waits for an
answer gets one from the words alone rather than late, and a service that failed is left in peace for a while.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter
from tenacity.wait import wait_base

from knowledge.discretion import discreet
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import (
    EmbeddingsError,
    EmbeddingsRefusedError,
    EmbeddingsUnavailableError,
    EmbeddingsUnusableError,
)
from knowledge.resting import Resting
from knowledge.vector_cache import VectorCache

if TYPE_CHECKING:
    import openai
    from openai import OpenAI
    from tenacity import RetryCallState

_BATCH = 64  # servers other than OpenAI's refuse large requests
_MOST_CHARACTERS = 6_000  # what a model of 8,192 tokens takes in Vietnamese; the longest shipped passage has 1,500
_BATCH_SECONDS = 120.0  # a model on a processor takes its time
_QUESTION_SECONDS = 3.0
_ATTEMPTS = 6
_LONGEST_WAIT_S = 60.0
_QUESTIONS_REMEMBERED = 1_024  # a question is searched for in several ways, some of them twice


class ServiceEmbeddings(EditionEmbeddings):
    """Embeddings of an OpenAI-compatible service; connects when first used."""

    # Vectors that mean nothing (random ones) cost one right answer of 248 at this weight, and none at a tenth of it.
    # What those of a model are worth is for `make eval TRUSTS="0 0.01 0.1 0.3 1"` to say; EMBEDDINGS_TRUST holds it.
    trust = 0.1
    batch = _BATCH

    def __init__(self, model: str, *, name: str, base_url: str | None, api_key: str | None, cache: VectorCache) -> None:
        self.name = name
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._cache = cache
        self._dimension: int | None = None
        self._first: Mapping[str, NDArray[np.float32]] = {}
        self._resting = Resting(failures=1)
        self._of_question = lru_cache(_QUESTIONS_REMEMBERED)(self._embed_question)

    def fitted(self, texts: Sequence[str], directory: Path) -> Self:  # noqa: ARG002 - a service learns nothing
        """Have the first texts embedded that the cache lacks, before anything is written.

        So a wrong key shows at once; and so does a service whose vectors have become longer or shorter, of which
        the cache must forget the old ones.
        """
        self.embedded = 0
        self._cache.forget_unused(texts)
        held = self._cache.find(texts)
        self._dimension = next(map(len, held.values()), None)
        lacking = [text for text in dict.fromkeys(texts) if text not in held][: self.batch]
        if lacking:
            vectors = self._ask_patiently(lacking)
            if self._dimension != vectors.shape[1]:
                self._cache.forget()
            self._dimension = vectors.shape[1]
            self._keep(lacking, vectors)
            self._first = dict(zip(lacking, vectors, strict=True))
        return self

    def restored(self, directory: Path) -> Self:  # noqa: ARG002 - nothing was saved
        """Return these embeddings as they are."""
        return self

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector for each text, from the cache where it holds them.

        Raises `EmbeddingsUnavailableError`, `EmbeddingsRefusedError` or `EmbeddingsUnusableError`.
        """
        held = self._cache.find(texts) | {text: self._first[text] for text in texts if text in self._first}
        lacking = [text for text in dict.fromkeys(texts) if text not in held]
        for start in range(0, len(lacking), self.batch):
            batch = lacking[start : start + self.batch]
            vectors = self._ask_patiently(batch)
            self._keep(batch, vectors)
            held.update(zip(batch, vectors, strict=True))
        self._agree({len(vector) for vector in held.values()})
        return [held[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question within seconds; what tells who asks is masked before it is sent.

        Raises as `embed_documents` does.
        """
        if not self._resting.lets_through():
            raise EmbeddingsUnavailableError("the embedding service failed a moment ago and is left in peace")
        try:
            vector: list[float] = self._of_question(discreet(text)).tolist()
        except EmbeddingsError:
            self._resting.failed()
            raise
        self._resting.worked()
        return vector

    def _embed_question(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._ask([text], _QUESTION_SECONDS)[0]
        return vector

    def _ask_patiently(self, texts: Sequence[str]) -> NDArray[np.float32]:
        attempts = Retrying(
            retry=retry_if_exception_type(EmbeddingsUnavailableError),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=_AsAskedFor(),
            reraise=True,
        )
        return attempts(self._ask, texts, _BATCH_SECONDS)

    def _ask(self, texts: Sequence[str], seconds: float) -> NDArray[np.float32]:
        """Ask the service once and return one vector a row."""
        cut = [text[:_MOST_CHARACTERS] for text in texts]
        create = self._client.embeddings.with_streaming_response.create
        until = time.monotonic() + seconds
        with (
            _translated(),
            create(model=self._model, input=cut, encoding_format="float", timeout=seconds) as response,
        ):
            data = _Response.model_validate_json(_read(response.iter_bytes(), until)).data
        # Servers that work side by side do not always answer in order; the places are given for this.
        data.sort(key=lambda vector: vector.index)
        if [vector.index for vector in data] != list(range(len(texts))):
            raise EmbeddingsUnusableError(f"{len(texts)} texts went to the service, {len(data)} vectors came back")
        self._agree({len(vector.embedding) for vector in data})
        vectors = np.asarray([vector.embedding for vector in data], dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise EmbeddingsUnusableError("a vector of the service holds what is no number")
        return vectors

    def _agree(self, dimensions: set[int]) -> None:
        if len(dimensions) > 1 or 0 in dimensions:
            raise EmbeddingsUnusableError(f"the service's vectors have different dimensions: {sorted(dimensions)}")

    def _keep(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._agree({vectors.shape[1], self._dimension or vectors.shape[1]})
        self.embedded += len(texts)
        self._cache.keep(texts, vectors)

    @cached_property
    def _client(self) -> "OpenAI":
        # A heavy import, which only those pay who set a model.
        from openai import OpenAI, OpenAIError  # noqa: PLC0415

        try:
            return OpenAI(base_url=self._base_url, api_key=self._api_key or self._base_url, max_retries=0)
        except OpenAIError as error:
            raise EmbeddingsRefusedError("the embedding service needs OPENAI_API_KEY") from error


class _Vector(BaseModel):
    """One vector of a response."""

    index: int
    embedding: list[float]


class _Response(BaseModel):
    """What is read of a response."""

    data: list[_Vector]


class _AsAskedFor(wait_base):
    """Waits as long as the service asks for, else longer each time."""

    _otherwise = wait_exponential_jitter(multiplier=0.5, max=_LONGEST_WAIT_S)

    def __call__(self, retry_state: "RetryCallState") -> float:
        """Return seconds."""
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked = error.retry_after_s if isinstance(error, EmbeddingsUnavailableError) else None
        return self._otherwise(retry_state) if asked is None else min(asked, _LONGEST_WAIT_S)


def _read(pieces: Iterable[bytes], until: float) -> bytes:
    """Read a response; the client's own limit is for each piece, and a server may drip for hours."""
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if time.monotonic() > until:
            raise EmbeddingsUnavailableError("the embedding service is too slow")
    return bytes(whole)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the OpenAI client raises into errors of our own."""
    import openai  # noqa: PLC0415 - heavy, as above

    passing = (
        openai.APIConnectionError,
        openai.RateLimitError,
        openai.InternalServerError,
        openai.ConflictError,
    )
    try:
        yield
    except passing as error:
        raise EmbeddingsUnavailableError(
            f"the embedding service failed: {type(error).__name__}", retry_after_s=_retry_after(error)
        ) from error
    except openai.OpenAIError as error:
        raise EmbeddingsRefusedError(f"the embedding service refused: {type(error).__name__}") from error
    except ValidationError as error:
        raise EmbeddingsUnusableError("what the embedding service sent holds no vectors") from error


def _retry_after(error: "openai.OpenAIError") -> float | None:
    """Return for how many seconds a service asks to be left in peace, if it does."""
    response = getattr(error, "response", None)
    headers: Mapping[str, str] = response.headers if response is not None else {}
    for name, seconds in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if re.fullmatch(r"\d+(\.\d+)?", asked := headers.get(name, "")):
            return float(asked) * seconds
    return None
