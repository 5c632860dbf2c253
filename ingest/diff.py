"""Compare two editions document by document and section by section: `python -m ingest diff [OLD [NEW]]`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Group
from rich.text import Text

from ingest import texts
from ingest.changes import ChangeKind, SectionChange, section_changes
from ingest.commands import Command
from ingest.errors import NothingToCompareError
from ingest.report import Report
from ingest.settings import Settings
from ingest.which import which_edition
from knowledge.documents import Document
from knowledge.library import name_of

_STYLES = {"added": "green", "removed": "red", "altered": "yellow"}


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of a document; of one that was added or removed all sections are counted and none is told."""

    id: str
    name: str
    change: ChangeKind
    count: int
    sections: tuple[SectionChange, ...] = ()


def declare(parser: ArgumentParser) -> None:
    """Take the editions."""
    parser.add_argument("old", nargs="?", help=texts.DIFF_OLD)
    parser.add_argument("new", nargs="?", help=texts.DIFF_NEW)


def run(arguments: Namespace, settings: Settings, report: Report) -> int:
    """Print what was added, removed and altered."""
    old, new = _editions(arguments.old, arguments.new, settings.data_dir)
    changes = list(compare(_documents(old), _documents(new)))
    facts = {"old": old.name, "new": new.name, "documents": [asdict(change) for change in changes]}
    report.result(facts, _shown(old.name, new.name, changes))
    return 0


def compare(old: Sequence[Document], new: Sequence[Document]) -> Iterator[DocumentChange]:
    """Yield the documents that differ: those of the newer edition in its order, then those that are gone."""
    before = {document.id: document for document in old}
    after = {document.id: document for document in new}
    for document in new:
        if document.id not in before:
            yield DocumentChange(document.id, name_of(document), "added", len(document.sections))
        elif sections := section_changes(before[document.id], document):
            yield DocumentChange(document.id, name_of(document), "altered", len(sections), sections)
    for document in old:
        if document.id not in after:
            yield DocumentChange(document.id, name_of(document), "removed", len(document.sections))


def _editions(old: str | None, new: str | None, data_dir: Path) -> tuple[Path, Path]:
    """Return the editions that are meant: the current one where no newer is named, and the one before it."""
    from knowledge.editions import current_edition, published_editions  # noqa: PLC0415 - brings in Chroma

    newer = which_edition(new, data_dir) if new else current_edition(data_dir)
    if old:
        return which_edition(old, data_dir), newer
    before = [edition for edition in published_editions(data_dir) if edition.name < newer.name]
    if not before:
        raise NothingToCompareError
    return before[-1], newer


def _documents(edition: Path) -> tuple[Document, ...]:
    from knowledge.editions import check_edition, read_documents  # noqa: PLC0415 - as above

    check_edition(edition)
    return read_documents(edition)


def _shown(old: str, new: str, changes: Sequence[DocumentChange]) -> Text | Group:
    if not changes:
        return Text(texts.NO_DIFFERENCE.format(old=old, new=new))
    return Group(Text(texts.DIFF_TITLE.format(old=old, new=new)), *(line for one in changes for line in _lines(one)))


def _lines(change: DocumentChange) -> Iterator[Text]:
    told = texts.DIFF_DOCUMENT.format(change=texts.CHANGES[change.change], name=change.name, count=change.count)
    yield Text(told, style="bold")
    for section in change.sections:
        yield from change_lines(section)


def change_lines(section: SectionChange) -> Iterator[Text]:
    """Yield what became of a section, and its lines that only one of both texts has."""
    said = texts.DIFF_SECTION.format(change=texts.CHANGES[section.change], label=section.label)
    yield Text(said, style=_STYLES[section.change])
    yield from (Text(f"    - {line}", style="red") for line in _only_in(section.before, section.after))
    yield from (Text(f"    + {line}", style="green") for line in _only_in(section.after, section.before))


def _only_in(text: str, other: str) -> list[str]:
    there = set(other.splitlines())
    return [line for line in text.splitlines() if line not in there]


COMMAND = Command("diff", texts.DIFF, declare, run)
