"""Find the kept edition that a person means, by its id or the beginning of it."""

from pathlib import Path

from ingest.errors import NoSuchEditionError


def which_edition(name: str, data_dir: Path) -> Path:
    """Return the directory of the edition; raise `NoSuchEditionError` where none or several are called so."""
    from knowledge.editions import published_editions  # noqa: PLC0415 - brings in Chroma

    kept = published_editions(data_dir)
    found = [edition for edition in kept if name and edition.name.startswith(name)]
    if len(found) != 1:
        raise NoSuchEditionError(name, [edition.name for edition in reversed(kept)])
    return found[0]
