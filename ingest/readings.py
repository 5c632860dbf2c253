"""Read files once: what was read is kept until the file, its sidecar or the program changes.

The project's own files are opened right here, those that somebody gave by `ingest.reading`.
"""

import hashlib
import json
import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError

from ingest import texts
from ingest.errors import NoSuchFileError, UnreadableFileError
from ingest.read import Reading, read_all
from ingest.reading import Outcome, read_safely
from ingest.report import Report
from ingest.sidecar import SIDECAR, Sidecar
from knowledge.manifest import file_sha256
from knowledge.sources import SHIPPED_DOCUMENTS, cache_folder, code_fingerprint

_READINGS = TypeAdapter(tuple[Reading, ...])


class Readings:
    """The readings of files, from the disk where they are known."""

    def __init__(self, data_dir: Path, report: Report) -> None:
        self._folder = cache_folder(data_dir) / "readings"
        self._report = report
        self._used: set[Path] = set()
        # Scans are read otherwise, or not at all, where the program that reads pictures is missing.
        self._program = f"{code_fingerprint()}\n{shutil.which('tesseract') or ''}"

    def of(self, paths: Sequence[Path], given: Sidecar | None = None) -> Iterator[tuple[Path, Outcome]]:
        """Yield each file with its documents, or with the reason why it has none.

        `given` holds what an administrator corrects; it goes before the files' own sidecars. Raises `NoSuchFileError`
        where no file is.
        """
        if absent := [path for path in paths if not path.is_file()]:
            raise NoSuchFileError(absent)
        places = {path: self._place(path, given) for path in paths}
        known = {path: self._known(place) for path, place in places.items()}
        foreign = [path for path, readings in known.items() if readings is None and not _is_shipped(path)]
        reading = cast("Generator[tuple[Path, Outcome]]", read_safely(foreign, self._on_pages, given=given))
        with closing(reading) as read:
            for path in self._report.track(paths, texts.BUILD_READS):
                outcome = known[path] or (_shipped(path) if _is_shipped(path) else next(read)[1])
                if isinstance(outcome, tuple) and places[path] == self._place(path, given):
                    self._keep(places[path], outcome)
                yield path, outcome

    def know(self, path: Path, readings: tuple[Reading, ...]) -> None:
        """Keep what was read of a file, so that it is not read again."""
        self._keep(self._place(path, None), readings)

    def forget_others(self) -> None:
        """Remove what was not asked for since the beginning: files that are gone, or have changed."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path not in self._used:
                    path.unlink(missing_ok=True)

    def _on_pages(self, path: Path, done: int, whole: int) -> None:
        self._report.advance(texts.READS_PAGES.format(file=path.name), done, whole)

    def _known(self, place: Path) -> tuple[Reading, ...] | None:
        self._used.add(place)
        try:
            checksum, _, content = place.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest().encode() != checksum:
            return None
        try:
            return _READINGS.validate_json(content)
        except ValidationError:
            return None

    def _keep(self, place: Path, readings: tuple[Reading, ...]) -> None:
        self._used.add(place)
        if place.is_file():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        content = _READINGS.dump_json(readings)
        new = place.with_suffix(".new")
        new.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        new.replace(place)

    def _place(self, path: Path, given: Sidecar | None) -> Path:
        """Return where the reading of a file lies, under all that it was made from."""
        sidecar = path.with_suffix(SIDECAR)
        made_from = [
            self._program,
            path.name,
            file_sha256(path),
            file_sha256(sidecar) if sidecar.is_file() else "",
            given.model_dump_json(exclude_unset=True) if given else "",
        ]
        return self._folder / f"{hashlib.sha256(json.dumps(made_from).encode()).hexdigest()}.json"


def _is_shipped(path: Path) -> bool:
    return path.parent == SHIPPED_DOCUMENTS


def _shipped(path: Path) -> Outcome:
    try:
        return read_all(path)
    except UnreadableFileError as error:
        return error
