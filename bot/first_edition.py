"""See to it that there is an edition to answer from, made of the documents that lie there now.

The bot does not read documents itself: `python -m ingest build` does, in a process of its own.
"""

import json
import subprocess
import sys
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Thread
from typing import IO

from bot import texts
from bot.giving_way import give_way
from knowledge.editions import embeddings_of, is_settled, last_good
from knowledge.errors import SearchIndexError
from knowledge.settings import KnowledgeSettings

_BUILD = (sys.executable, "-m", "ingest", "build", "--by", "bot")
_STDERR = 2
_INTERRUPTED = 130
_LAST_LINES = 20


def ensure_edition(settings: KnowledgeSettings) -> None:
    """Build an edition where `knowledge.editions.is_settled` says that the bot cannot start without.

    The build reads the same environment. Without any edition that could answer all wait for it and see its progress
    on stderr; where it fails the program ends (`SystemExit` with a Vietnamese sentence, exit code 1). Where an older
    edition can answer, it does, with a sentence, and the build gives way to people who ask; the bot moves over to the
    new edition when that is published. A build that failed is tried again at the next start. Ctrl-C during a build
    that is waited for is KeyboardInterrupt.
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
    """Build, and wait for nothing but to tell what went wrong."""
    # A file: a pipe would break when this process ends first, and our stderr would be held open until the build ends.
    said = TemporaryFile()  # noqa: SIM115 - closed when the build has ended
    build = subprocess.Popen((*_BUILD, "--json"), stdin=subprocess.DEVNULL, stdout=said, stderr=said)  # noqa: S603 - our own module
    give_way(build.pid)
    sys.stderr.write(f"{texts.BUILDING_BESIDE}\n")
    Thread(target=_tell_failure, args=(build, said), daemon=True).start()


def _tell_failure(build: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    """Wait for the end of a build, and say why nothing came of it."""
    with said:
        if build.wait() in {0, _INTERRUPTED}:
            return
        said.seek(0)
        lines = said.read().decode(errors="replace").splitlines()
    sys.stderr.write("".join(f"{line}\n" for line in (*_reason(lines), texts.OLD_EDITION)))


def _reason(said: list[str]) -> list[str]:
    """Return the sentence and the detail of an error; where a build broke without one, what it said last."""
    for line in reversed(said):
        with suppress(ValueError, KeyError, TypeError):
            error = json.loads(line)["error"]
            return [error["sentence"], *filter(None, [error.get("detail")])]
    return said[-_LAST_LINES:]
