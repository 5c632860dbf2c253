"""Put files into the administrators' folder, and take them out again when no edition comes of them."""

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from ingest.errors import UnreadableFileError
from ingest.read import Reading, read_all
from ingest.shelf import shelf
from ingest.sidecar import SIDECAR

_WORK = ".{}.adding"
"""A folder beside the folder, on the same disk: what lies in it is no document yet, or no longer one."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was read and is to be put in."""

    file: Path
    readings: tuple[Reading, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The documents that it holds."""
        return frozenset(reading.document.id for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Placed:
    """What was put in, and what went out for it."""

    readings: dict[str, tuple[Reading, ...]]
    """What was read, by the files' names in the folder, in the order of the additions."""
    replaced: tuple[str, ...]
    """Names of the administrators' own files that held the same documents."""


@contextmanager
def placed(additions: Sequence[Addition], folder: Path) -> Iterator[Placed]:
    """Put files into a folder for as long as the work inside goes well; for good where it ends well.

    An own file goes out whose documents are all among the new ones: a page of several only for such a page,
    for it lacks what a document's own file has. Where the work raises, all is as it was before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        work = folder.with_name(_WORK.format(folder.name))
        shutil.rmtree(work, ignore_errors=True)
        new, before = work / "new", work / "before"
        new.mkdir(parents=True)
        before.mkdir()
        try:
            replaced = _replaced(additions, folder)
            names = _copied(additions, new, taken={path.stem for path in folder.iterdir() if path not in replaced})
            _keep(replaced, before)
            with _in_place(new, before, folder, replaced):
                readings = {name: _named(addition, name) for name, addition in zip(names, additions, strict=True)}
                yield Placed(readings, tuple(path.name for path in replaced if path.suffix != SIDECAR))
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _in_place(new: Path, before: Path, folder: Path, replaced: Collection[Path]) -> Iterator[None]:
    names = [path.name for path in new.iterdir()]
    try:
        for name in names:
            (new / name).replace(folder / name)
        for path in replaced:
            if path.name not in names:
                path.unlink()
        yield
    except BaseException:  # also Ctrl-C: nothing may stay behind from work that did not end
        for name in names:
            (folder / name).unlink(missing_ok=True)
        for path in before.iterdir():
            path.replace(folder / path.name)
        raise


def _replaced(additions: Sequence[Addition], folder: Path) -> list[Path]:
    """Return the own files, with their sidecars, that hold nothing but documents that come in anew."""
    whole = frozenset(one for addition in additions for one in addition.ids)
    alone = frozenset(one for addition in additions if len(addition.ids) == 1 for one in addition.ids)
    out: list[Path] = []
    for path in shelf([folder]):
        held = _ids(path)
        if held and held <= (alone if len(held) == 1 else whole):
            out.extend(one for one in (path, path.with_suffix(SIDECAR)) if one.is_file())
    return out


def _ids(path: Path) -> frozenset[str]:
    """Return what an own file holds; one that cannot be read holds nothing that could be replaced."""
    try:
        return frozenset(reading.document.id for reading in read_all(path))
    except UnreadableFileError:
        return frozenset()


def _copied(additions: Sequence[Addition], new: Path, taken: Collection[str]) -> tuple[str, ...]:
    """Copy the files with their sidecars, each under a name whose stem no other file has."""
    stems = set(taken)
    names: list[str] = []
    for addition in additions:
        stem = _free(addition.file.stem, stems)
        stems.add(stem)
        names.append(f"{stem}{addition.file.suffix.lower()}")
        _copy(addition.file, new / names[-1])
        sidecar = addition.file.with_suffix(SIDECAR)
        if sidecar.is_file():
            _copy(sidecar, new / f"{stem}{SIDECAR}")
    return tuple(names)


def _named(addition: Addition, name: str) -> tuple[Reading, ...]:
    return tuple(replace(reading, document=replace(reading.document, source=name)) for reading in addition.readings)


def _free(stem: str, taken: Collection[str]) -> str:
    place = 2
    free = stem
    while free in taken:
        free = f"{stem}-{place}"
        place += 1
    return free


def _keep(files: Collection[Path], before: Path) -> None:
    for path in files:
        _copy(path, before / path.name)


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that it outlasts a loss of power."""
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        os.fsync(copy.fileno())
