"""Let a person look at a document as the parser sees it: particulars and outline."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ingest import texts
from ingest.commands import Command
from ingest.read import Reading
from ingest.reading import read_one_safely
from ingest.report import Report
from ingest.settings import Settings
from ingest.shelf import SHIPPED_DOCUMENTS, find
from knowledge.documents import Document, Reference, Section


def declare(parser: ArgumentParser) -> None:
    """Take the document's name."""
    parser.add_argument("name", help=texts.SHOW_NAME)


def run(arguments: Namespace, settings: Settings, _: Report) -> int:
    """Print one document of the repository or of the administrators, for a person or as one JSON object.

    A path shows all documents of the file.
    """
    readings = _readings(arguments.name, settings)
    if arguments.json:
        shown = [as_json(reading.document) for reading in readings]
        sys.stdout.write(json.dumps(shown[0] if len(shown) == 1 else shown, ensure_ascii=False, indent=1) + "\n")
    else:
        console = Console()
        for reading in readings:
            _print(reading, console)
    return 0


def _readings(name: str, settings: Settings) -> tuple[Reading, ...]:
    if Path(name).is_file():
        return read_one_safely(Path(name))
    return (find(name, (SHIPPED_DOCUMENTS, settings.own_documents)),)


COMMAND = Command("show", texts.SHOW, declare, run)


def as_json(document: Document) -> dict[str, Any]:
    """Return the particulars, and the sections with the text of their passages."""
    return {
        "document": TypeAdapter(Document).dump_python(document, mode="json", exclude={"sections"}),
        "sections": [
            {
                "path": section.path,
                "label": section.label,
                "heading": section.heading,
                "passages": [passage.text for passage in section.passages],
            }
            for section in document.sections
        ],
    }


def _print(reading: Reading, console: Console) -> None:
    console.print(particulars_of(reading))
    console.print(outline_of(reading.document))
    for warning in reading.warnings:
        console.print(Text(texts.WARNING.format(warning), style="yellow"))


def particulars_of(reading: Reading) -> Table:
    """Set what is told of a document in a table."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _rows(reading):
        table.add_row(label, Text(value))
    return table


def _rows(reading: Reading) -> Iterator[tuple[str, str]]:
    document = reading.document
    for name, label in texts.PARTICULARS.items():
        value = _in_words(getattr(document, name))
        yield label, f"{value} {texts.UNWRITTEN}" if name in document.unwritten else value
    yield texts.PROVENANCE, "\n".join(part for part in (document.source, reading.provenance) if part)


def _in_words(value: Any) -> str:  # noqa: ANN401 - a particular is text, a date or a list of either
    if not value:
        return texts.NOT_WRITTEN
    if isinstance(value, tuple):
        return "\n".join(f"- {_in_words(item)}" for item in value)
    if isinstance(value, Reference):
        return value.text
    return value if isinstance(value, str) else value.strftime("%d/%m/%Y")


def outline_of(document: Document) -> Tree:
    """Draw the sections under the sections that hold them."""
    passages = sum(len(section.passages) for section in document.sections)
    root = Tree(texts.OUTLINE.format(sections=len(document.sections), passages=passages))
    branches: dict[str, Tree] = {}
    chapter = root
    for section in document.sections:
        holder = next((branches[path] for path in _holders(section.path) if path in branches), None)
        if holder is None:
            holder = chapter if section.path.startswith(texts.ARTICLE) else root
        branches[section.path] = holder.add(_line(section))
        if section.path.startswith(texts.CHAPTER):
            chapter = branches[section.path]
    return root


def _holders(path: str) -> Iterator[str]:
    """Give the paths that may hold this one, the nearest first: "II.1.a" lies in "II.1" or "II"."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _line(section: Section) -> Text:
    count = texts.COUNT.format(len(section.passages)) if section.passages else ""
    return Text.assemble((section.label, "bold"), f" {section.heading}".rstrip(), (count, "cyan"))
