"""Turn texts into vectors: an embedded model that works offline, or an OpenAI-compatible service.

The embedded model is latent semantic analysis over folded syllables, fitted on the edition's own texts and
saved inside the edition as plain arrays (never pickle). No multilingual model can be had offline, and an
English one found 4 of 28 passages first where words found 21.
"""

import copy
from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self
from zipfile import BadZipFile

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.errors import EmbeddingsError, EmbeddingsRefusedError, IndexDamagedError, IndexMissingError
from knowledge.vietnamese import syllables

EMBEDDED = "embedded"
"""The setting that needs nothing from outside; an empty one means the same."""

_SERVICE = "openai:"
_DIMENSION = 128
_TEXTS_FOR_ONE = 3  # as many dimensions as texts would be the words over again, and no meaning
_MOST_WORDS = 30_000
_SEED = 28
_FILE = "latent_semantics.npz"


class EditionEmbeddings(Embeddings):
    """LangChain embeddings for an edition: they have a name, and may have to learn its texts."""

    name: str
    """Stands in the manifest; an edition opens only with embeddings of the same name."""
    trust: float
    """Weight of a cosine similarity beside the lexical share (0..1); see `knowledge.search`."""
    batch: ClassVar[int]
    """How many texts are best embedded at once."""
    embedded: int = 0
    """How many texts were embedded since they were fitted; those that a cache held do not count."""

    def trusted(self, trust: float | None) -> Self:
        """Return the same embeddings with another weight, or with their own where none is given."""
        other = copy.copy(self)
        other.trust = self.trust if trust is None else trust
        return other

    @abstractmethod
    def fitted(self, texts: Sequence[str], directory: Path) -> "EditionEmbeddings":
        """Return embeddings that know `texts`, after saving what was learnt in `directory`."""

    @abstractmethod
    def restored(self, directory: Path) -> "EditionEmbeddings":
        """Return embeddings as `fitted` saved them in `directory`."""


def make_embeddings(
    setting: str = EMBEDDED,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    cache: Path | None = None,
) -> EditionEmbeddings:
    """Return the embeddings that `setting` names: `embedded` (or empty), or `openai:<model>`.

    Opens no connection. `base_url` and `api_key` are for the service; without them OpenAI's own defaults
    hold. `cache` is the file in which its vectors are kept from one build to the next. Raises
    `EmbeddingsRefusedError` for a setting that names neither.
    """
    if setting in {"", EMBEDDED}:
        return LatentSemanticEmbeddings()
    if setting.startswith(_SERVICE) and setting != _SERVICE:
        # It needs what stands here, and libraries that cost half a second, which only those pay who set a model.
        from knowledge.embedding_service import ServiceEmbeddings  # noqa: PLC0415
        from knowledge.vector_cache import VectorCache  # noqa: PLC0415

        model = setting.removeprefix(_SERVICE)
        held = VectorCache(cache, f"{base_url or ''} {model}")  # two services may give one name to two models
        return ServiceEmbeddings(model, name=setting, base_url=base_url, api_key=api_key, cache=held)
    raise EmbeddingsRefusedError(f"embeddings are {EMBEDDED!r} or '{_SERVICE}<model>', not {setting!r}")


class LatentSemanticEmbeddings(EditionEmbeddings):
    """Latent semantic analysis over folded syllables; unit vectors, or zero for a text of unknown words."""

    name = f"lsa-{_DIMENSION}-1"
    trust = 0.01
    batch = 1_000

    def __init__(
        self,
        words: Sequence[str] = (),
        directions: NDArray[np.float32] | None = None,
    ) -> None:
        self._places = {word: place for place, word in enumerate(words)}
        self._directions = directions

    def fitted(self, texts: Sequence[str], directory: Path) -> Self:
        """Learn which words of `texts` go together."""
        # scikit-learn costs a second and 60 MB to import; the running bot never needs it.
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415
        from threadpoolctl import threadpool_limits  # noqa: PLC0415

        vectorizer = TfidfVectorizer(analyzer=_words, sublinear_tf=True, max_features=_MOST_WORDS, dtype=np.float32)
        weights = vectorizer.fit_transform(texts)
        dimension = max(1, min(_DIMENSION, *(size // _TEXTS_FOR_ONE for size in weights.shape)))
        # Its threads wait for each other without rest: beside people who ask, two of them took up to 8 s, one 0.1 s.
        with threadpool_limits(1):
            _, _, axes = randomized_svd(weights, dimension, random_state=_SEED)
        words = vectorizer.get_feature_names_out().tolist()
        directions = (axes * vectorizer.idf_).T.astype(np.float32)
        directory.mkdir(parents=True, exist_ok=True)
        np.savez(directory / _FILE, words=np.array(words), directions=directions)
        return type(self)(words, directions)

    def restored(self, directory: Path) -> Self:
        """Read what `fitted` saved; raise `IndexMissingError` or `IndexDamagedError`."""
        try:
            with np.load(directory / _FILE, allow_pickle=False) as saved:
                return type(self)(saved["words"].tolist(), saved["directions"])
        except FileNotFoundError as error:
            raise IndexMissingError(f"no latent semantics at {directory}") from error
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise IndexDamagedError(f"the latent semantics at {directory} cannot be read") from error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector for each text."""
        self.embedded += len(texts)
        return self._vectors(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self._vectors([text])[0]

    def _vectors(self, texts: Sequence[str]) -> list[list[float]]:
        if self._directions is None:
            raise EmbeddingsError("latent semantics must be fitted or restored before they embed")
        vectors = self._counts(texts) @ self._directions
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        found: list[list[float]] = (vectors / np.where(lengths == 0, 1, lengths)).tolist()
        return found

    def _counts(self, texts: Sequence[str]) -> csr_matrix:
        """Return how often each known word stands in each text, damped: the tenth time says little."""
        counts = [Counter(self._places[word] for word in _words(text) if word in self._places) for text in texts]
        ends = np.cumsum([0, *map(len, counts)])
        places = np.fromiter((place for count in counts for place in count), dtype=np.int32)
        times = np.fromiter((times for count in counts for times in count.values()), dtype=np.float32)
        return csr_matrix((1 + np.log(times), places, ends), shape=(len(texts), len(self._places)))


def _words(text: str) -> list[str]:
    """Return the syllables of a text, and a sign for a text without any, which no matrix can do without."""
    return syllables(text) or [""]
