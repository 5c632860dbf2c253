"""Name the edition that answers, in one small file that is only ever replaced whole.

    CURRENT        20261122-174901-123456
                   pinned

The second line stands there after an administrator has gone back to an edition: documents and program have
moved on since, and yet no start of the bot may build them into another edition on its own.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexMissingError

CURRENT = "CURRENT"
"""Name of the file that points to the edition that answers."""
_PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which edition answers."""

    edition: str
    pinned: bool = False
    """An administrator went back to it; the next edition that one of them publishes takes its place."""


def read_pointer(editions: Path) -> Pointer:
    """Read the pointer; raise `IndexMissingError` where there is none or it cannot be read."""
    try:
        lines = (editions / CURRENT).read_text(encoding="utf-8").split()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise IndexMissingError(f"no edition was published in {editions}") from error
    if not lines:
        raise IndexMissingError(f"{editions / CURRENT} names no edition")
    return Pointer(lines[0], _PINNED in lines[1:])


def point_to(editions: Path, pointer: Pointer) -> None:
    """Replace the pointer in one step that outlasts a loss of power."""
    new = editions / f"{CURRENT}.new"
    lines = [pointer.edition, *([_PINNED] if pointer.pinned else [])]
    new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sync(new)
    new.replace(editions / CURRENT)
    sync(editions)


def sync(path: Path) -> None:
    """Make a file's content, or a directory's entries, outlast a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
