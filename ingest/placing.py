"""Decide under which names files go into the administrators' folder, and which ones go out for them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.changing import Change, kept_folder
from ingest.corrections import as_toml
from ingest.read import Reading
from ingest.readings import Readings
from ingest.shelf import shelf
from ingest.sidecar import SIDECAR, Sidecar, read_sidecar
from knowledge.documents import Document
from knowledge.sources import own_documents


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was read and is to be put in."""

    file: Path
    readings: tuple[Reading, ...]
    given: Sidecar | None = None
    """What the administrator corrects."""

    @property
    def ids(self) -> frozenset[str]:
        """The documents that it holds."""
        return frozenset(reading.document.id for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Placing:
    """What is put in, and what goes out for it."""

    change: Change
    readings: dict[Path, tuple[Reading, ...]]
    """What was read, by where the files will lie, in the order of the additions."""
    replaced: dict[str, str]
    """Names of the administrators' own files that held the same documents, and where each is kept; empty where the
    same file comes in again."""

    def documents(self) -> tuple[Document, ...]:
        """Return what is put in."""
        return tuple(reading.document for readings in self.readings.values() for reading in readings)


def placing(additions: Sequence[Addition], data_dir: Path, readings: Readings) -> Placing:
    """Plan how files are put in.

    An own file goes out whose documents are all among the new ones: a page of several only for such a page, for it
    lacks what a document's own file has.
    """
    folder = own_documents(data_dir)
    out = _replaced(additions, folder, readings)
    stay = {path.stem for path in folder.glob("*") if path not in out}
    put: dict[str, bytes | Path] = {}
    read: dict[Path, tuple[Reading, ...]] = {}
    for addition, stem in zip(additions, _stems(additions, stay), strict=True):
        name = f"{stem}{addition.file.suffix.lower()}"
        put[inside(name)] = addition.file
        if sidecar := _sidecar(addition):
            put[inside(f"{stem}{SIDECAR}")] = sidecar
        read[folder / name] = _named(addition, name)
    kept = _kept(out, put)
    gone = tuple(name for path in out if (name := inside(path.name)) not in put)
    replaced = {path.name: kept.get(path, "") for path in out if path.suffix != SIDECAR}
    return Placing(Change({**put, **{to: path for path, to in kept.items()}}, gone), read, replaced)


def _replaced(additions: Sequence[Addition], folder: Path, readings: Readings) -> list[Path]:
    """Return the own files, with their sidecars, that hold nothing but documents that come in anew."""
    whole = frozenset(one for addition in additions for one in addition.ids)
    alone = frozenset(one for addition in additions if len(addition.ids) == 1 for one in addition.ids)
    out: list[Path] = []
    for path, outcome in readings.of(shelf([folder])):
        # One that cannot be read holds nothing that could be replaced.
        held = {reading.document.id for reading in outcome} if isinstance(outcome, tuple) else set()
        if held and held <= (alone if len(held) == 1 else whole):
            out.extend(with_sidecar(path))
    return out


def with_sidecar(path: Path) -> list[Path]:
    """Return a file and the sidecar beside it, if there is one."""
    return [one for one in (path, path.with_suffix(SIDECAR)) if one.is_file()]


def _stems(additions: Iterable[Addition], taken: Collection[str]) -> list[str]:
    """Give each file a name whose stem no other file has."""
    stems: list[str] = []
    for addition in additions:
        stem, place = addition.file.stem, 2
        while stem in taken or stem in stems:
            stem = f"{addition.file.stem}-{place}"
            place += 1
        stems.append(stem)
    return stems


def _sidecar(addition: Addition) -> bytes | Path | None:
    """Return what stands beside a file: its own sidecar, with the corrections written into it."""
    if addition.given:
        return as_toml(read_sidecar(addition.file).with_corrections(addition.given))
    path = addition.file.with_suffix(SIDECAR)
    return path if path.is_file() else None


def _named(addition: Addition, name: str) -> tuple[Reading, ...]:
    return tuple(replace(reading, document=replace(reading.document, source=name)) for reading in addition.readings)


def _kept(out: Iterable[Path], put: dict[str, bytes | Path]) -> dict[Path, str]:
    """Return where the files that go out are kept, but for those that come in again as they are."""
    coming = {content if isinstance(content, bytes) else content.read_bytes() for content in put.values()}
    folder = kept_folder()
    return {path: f"{folder}/{path.name}" for path in out if path.read_bytes() not in coming}


def inside(name: str) -> str:
    """Return the path of an own file inside DATA_DIR."""
    return f"{own_documents(Path()).as_posix()}/{name}"
