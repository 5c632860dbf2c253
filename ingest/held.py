"""Know the documents that answer now."""

from pathlib import Path

from knowledge.documents import Document
from knowledge.errors import SearchIndexError


def held_documents(data_dir: Path) -> tuple[Document, ...]:
    """Return the documents of the current edition; none where there is none, or none that can be read."""
    from knowledge.editions import current_edition, read_documents  # noqa: PLC0415 - brings in Chroma

    try:
        return read_documents(current_edition(data_dir))
    except (SearchIndexError, OSError, ValueError):
        return ()
