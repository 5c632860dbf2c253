"""See to it that there is an edition to answer from, made of the documents that lie there now.

The bot does not read documents itself: `python -m ingest build` does, in a process of its own.
"""

import subprocess
import sys

from bot import texts
from knowledge.editions import current_edition, embeddings_of, is_up_to_date
from knowledge.errors import IndexMissingError
from knowledge.settings import KnowledgeSettings
from knowledge.sources import source_fingerprint

_STDERR = 2
_INTERRUPTED = 130


def ensure_edition(settings: KnowledgeSettings) -> None:
    """Build an edition where there is none of the present documents; take a quick look where there is.

    The build reads the same environment and shows its progress on stderr, as stdout may carry answers. Where
    it fails, an older edition goes on serving, with a warning; without one the program ends (`SystemExit`
    with a Vietnamese sentence, exit code 1). Ctrl-C during the build is KeyboardInterrupt.
    """
    fingerprint = source_fingerprint(settings.data_dir, embeddings_of(settings).name)
    if is_up_to_date(settings.data_dir, fingerprint) or _build():
        return
    try:
        current_edition(settings.data_dir)
    except IndexMissingError:
        raise SystemExit(texts.NO_EDITION) from None
    sys.stderr.write(f"{texts.OLD_EDITION}\n")


def _build() -> bool:
    build = subprocess.run(
        [sys.executable, "-m", "ingest", "build"], stdin=subprocess.DEVNULL, stdout=_STDERR, check=False
    )
    if build.returncode == _INTERRUPTED:
        raise KeyboardInterrupt
    return build.returncode == 0
