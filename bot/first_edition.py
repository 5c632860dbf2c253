"""See to it that there is an edition to answer from, made of the documents that lie there now.

The bot does not read documents itself: `python -m ingest build` does, in a process of its own.
"""

import json
import subprocess
import sys
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

from bot import texts
from knowledge.editions import embeddings_of, is_settled, last_good
from knowledge.errors import SearchIndexError
from knowledge.settings import KnowledgeSettings

_BUILD = (sys.executable, "-m", "ingest", "build", "--by", "bot")
_STDERR = 2
_INTERRUPTED = 130
_PATIENCE_S = 2.0
"""So long a start waits for a build while an older edition could answer: people get answers within ten seconds."""


def ensure_edition(settings: KnowledgeSettings) -> None:
    """Build an edition where `knowledge.editions.is_settled` says that the bot cannot start without.

    The build reads the same environment. Without any edition that could answer all wait for it and see its progress
    on stderr; where it fails the program ends (`SystemExit` with a Vietnamese sentence, exit code 1). Where an older
    edition can answer, it does as soon as the build takes long or fails, with a sentence; the bot moves over to the
    new one when that is published. Ctrl-C during the build is KeyboardInterrupt.
    """
    if is_settled(settings):
        return
    if _can_answer(settings):
        _build_beside()
    elif not _build():
        raise SystemExit(texts.NO_EDITION)


def _can_answer(settings: KnowledgeSettings) -> bool:
    try:
        last_good(settings.data_dir, embeddings_of(settings))
    except SearchIndexError:
        return False
    return True


def _build() -> bool:
    # On stderr, as stdout may carry answers.
    build = subprocess.run(_BUILD, stdin=subprocess.DEVNULL, stdout=_STDERR, check=False)  # noqa: S603 - our own module
    if build.returncode == _INTERRUPTED:
        raise KeyboardInterrupt
    return build.returncode == 0


def _build_beside() -> None:
    """Build, and wait for it no longer than people should wait for an answer."""
    said = TemporaryFile()  # noqa: SIM115 - a pipe would break when this process ends first, and the build with it
    build = subprocess.Popen((*_BUILD, "--json"), stdin=subprocess.DEVNULL, stdout=said)  # noqa: S603 - our own module
    try:
        build.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"{texts.BUILDING_BESIDE}\n")
        Thread(target=_tell_failure, args=(build, said), daemon=True).start()
    else:
        _tell_failure(build, said)


def _tell_failure(build: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    """Wait for the end of a build, and say why nothing came of it."""
    with said:
        if build.wait() in {0, _INTERRUPTED}:
            return
        said.seek(0)
        lines = said.readlines()
    last: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    sentence = last.get("error", {}).get("sentence", "")
    sys.stderr.write(f"{sentence}\n{texts.OLD_EDITION}\n")
