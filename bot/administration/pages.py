"""Bind photographed pages into one PDF: `python -m bot.administration.pages OUT PAGE…`.

It opens pictures that somebody sent, so it runs in a process of its own with bounds on memory and time. They become
grey, which is what reading them needs, and are turned as the camera was held.
"""

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.administration import texts
from bot.administration.child_process import child_process
from bot.administration.ingest_process import IngestFailedError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_SECONDS = 60
_MEMORY = 512 * 2**20
_MOST_PIXELS = 40_000_000
"""More than any telephone's camera writes by default; twice as many are refused."""
_A4_INCHES = 11.69


async def bind(pages: Sequence[Path], target: Path) -> None:
    """Make one PDF of pages in their order; `IngestFailedError` where one is no picture."""
    async with child_process(__name__, [str(path) for path in (target, *pages)]) as process:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _SECONDS)
    if process.returncode:
        raise IngestFailedError(texts.PAGES_UNREADABLE)


def _bind(target: Path, pages: Sequence[Path]) -> None:
    from PIL import Image  # noqa: PLC0415 - in this process alone

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    first, *others = map(_grey, pages)
    first.save(target, "PDF", save_all=True, append_images=others, resolution=max(first.size) / _A4_INCHES)


def _grey(page: Path) -> "Picture":
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    with Image.open(page, formats=("JPEG", "PNG")) as picture:
        return ImageOps.exif_transpose(picture).convert("L")


def _bound_memory() -> None:
    with contextlib.suppress(ImportError):  # Windows has no such module
        import resource  # noqa: PLC0415 - as said

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _bound_memory()
    _bind(Path(sys.argv[1]), [Path(page) for page in sys.argv[2:]])
