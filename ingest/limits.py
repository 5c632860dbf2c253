"""What a file that somebody sends may cost: memory, time, size, pages, and what it unpacks to."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for reading one file."""

    size: int = 20 * MEGABYTE
    """Bytes of the file."""
    seconds: float = 57.0
    """Wall time of reading; with the reader's start and end a verdict comes within a minute."""
    memory: int = 440 * MEGABYTE
    """Bytes of data of the reading process. Its code and libraries come to that: 512 MB are never passed."""
    pages: int = 500
    unpacked: int = 100 * MEGABYTE
    """Bytes of everything in an archive."""
    entries: int = 2_000
    """Files in an archive."""
    ratio: int = 200
    """How many times larger an archive may become; text in Word files becomes ten or twenty times larger."""


LIMITS = Limits()
