"""Answer from the edition that is published, and move over while the bot runs when another one is."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot import texts
from bot.serving import Answering, Served, Serving
from knowledge.editions import Edition, current_edition, open_edition, open_last_good
from knowledge.embeddings import EditionEmbeddings
from knowledge.errors import KnowledgeError

Tell = Callable[[str], Awaitable[None]]
"""Tells the administrators a sentence."""

_LOOKS_EVERY_S = 2.0
_TRIES_AGAIN_S = 60.0
"""An edition that cannot be opened may be one whose files are still being copied from another machine."""

_log = logging.getLogger(__name__)


class Editions:
    """The edition that is served, and the way to the next one.

    It may be looked after by one thread at a time; `serving` is for all.
    """

    def __init__(
        self, data_dir: Path, embeddings: EditionEmbeddings, answering: Callable[[Edition], Answering]
    ) -> None:
        """Open the last good edition; `answering` makes the assistant of each. Raises as `open_last_good` does."""
        self._data_dir = data_dir
        self._embeddings = embeddings
        self._answering = answering
        edition, damaged = open_last_good(data_dir, embeddings)
        self.serving = Serving(self._served(edition), edition.close)
        self._refused: dict[str, float] = {}
        self._news: list[str] = []
        self._looking = ThreadPoolExecutor(1, thread_name_prefix="editions")
        for edition_id in damaged:
            self._refuse(edition_id)

    def look(self) -> None:
        """Serve the published edition, where that is another; one that cannot be opened changes nothing."""
        with contextlib.suppress(KnowledgeError, OSError):  # no pointer for now, or one to nowhere
            published = current_edition(self._data_dir)
            if published.name == self.serving.now().edition or self._is_refused(published.name):
                return
            self._move_to(published)

    def news(self) -> list[str]:
        """Return the sentences for administrators that have come up since the last call."""
        news, self._news = self._news, []
        return news

    async def watch(self, tell: Tell) -> None:
        """Look every two seconds, and tell the administrators what went wrong; ends when cancelled.

        All editions are opened in one thread of their own: the memory that one of them leaves is what the next takes.
        """
        while True:
            for sentence in self.news():
                await tell(sentence)
            await asyncio.sleep(_LOOKS_EVERY_S)
            await asyncio.get_running_loop().run_in_executor(self._looking, self.look)

    def close(self) -> None:
        """Let go of the edition that is served."""
        self._looking.shutdown()
        self.serving.close()

    def _served(self, edition: Edition) -> Served:
        try:
            return Served.by(self._answering(edition), edition.manifest)
        except BaseException:
            edition.close()
            raise

    def _move_to(self, published: Path) -> None:
        started = time.perf_counter()
        try:
            edition = open_edition(published, self._embeddings)
            self.serving.swap(self._served(edition), edition.close)
        except (KnowledgeError, OSError) as error:
            _log.error("edition %s cannot be served: %s", published.name, error)
            self._refuse(published.name)
        else:
            _log.info("edition %s is served after %.0f ms", edition.id, (time.perf_counter() - started) * 1000)

    def _is_refused(self, edition_id: str) -> bool:
        return time.monotonic() < self._refused.get(edition_id, 0.0)

    def _refuse(self, edition_id: str) -> None:
        """Let an edition be for a while; the administrators are told the first time."""
        if edition_id not in self._refused:
            self._news.append(texts.EDITION_REFUSED.format(edition=edition_id, served=self.serving.now().edition))
        self._refused[edition_id] = time.monotonic() + _TRIES_AGAIN_S
