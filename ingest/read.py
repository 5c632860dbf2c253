"""The whole way from a file to a document: load, set stamps aside, structure, particulars, citations."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from ingest import texts
from ingest.errors import BadSidecarError, NoStructureError, SeveralDocumentsError
from ingest.expected import unexpected_count
from ingest.foot import Foot, split_foot
from ingest.head import Head, split_head
from ingest.lines import Line, shortened
from ingest.load import load
from ingest.loaded import Loaded, OnPages, to_nobody
from ingest.numbering import gaps, unmarked_items
from ingest.paragraphs import Paragraph, paragraphs
from ingest.particulars import Particulars, particulars
from ingest.references import filled, identified, references
from ingest.sections import sections
from ingest.sidecar import Sidecar, read_sidecar
from ingest.stamps import without_scribbles, without_stamps
from ingest.telephones import telephones
from ingest.vocabulary import any_of, words
from knowledge.documents import OPENING, Document, Passage, Reference, Section
from knowledge.instructions import instructs
from knowledge.vietnamese import fold

_LOG = logging.getLogger(__name__)
_SENTENCE = 4
"""Words from which on a line below the text is more than a rest of a stamp."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what was noticed while it was read."""

    document: Document
    warnings: tuple[str, ...] = ()
    """Vietnamese sentences for the operator: gaps in numbering, margin notes left out."""
    provenance: str = ""
    """Where the file came from, as its sidecar says."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file taken apart."""

    head: Head
    foot: Foot
    text: tuple[Paragraph, ...]
    stamps: tuple[str, ...]
    scribbles: tuple[str, ...]


def read_document(path: Path) -> Document:
    """Read a file, and `<same name>.toml` beside it, as a document; warnings go to the log.

    Raises an `ingest.errors.UnreadableFileError` whose text tells the operator what to do.
    """
    reading = read(path)
    for warning in reading.warnings:
        _LOG.warning("%s: %s", path.name, warning)
    return reading.document


def read(path: Path) -> Reading:
    """Read a file of one document, and return what was noticed instead of logging it.

    Raises an `UnreadableFileError`, `SeveralDocumentsError` where the file holds more than one document.
    """
    readings = read_all(path)
    if len(readings) > 1:
        raise SeveralDocumentsError(path, tuple(reading.document.id for reading in readings))
    return readings[0]


def read_all(path: Path, given: Sidecar | None = None, on_pages: OnPages = to_nobody) -> tuple[Reading, ...]:
    """Read all documents of a file: one, but for a page of the codification, which interleaves several.

    This opens the file right here; what others have given is opened by `ingest.reading.read_safely`.
    `given` goes before what the sidecar says. Raises an `UnreadableFileError` whose text tells the operator what
    to do.
    """
    sidecar = read_sidecar(path).with_corrections(given)
    texts_of_file = load(path, on_pages)
    if len(texts_of_file) > 1 and sidecar.names_one_document:
        raise BadSidecarError(path.with_suffix(".toml"), reason=texts.SIDECAR_OF_SEVERAL)
    return tuple(_read(path, text, sidecar) for text in texts_of_file)


def _read(path: Path, text: Loaded, sidecar: Sidecar) -> Reading:
    parts = _take_apart(text.lines) if text.given is None else _text_alone(text.lines)
    if text.given is None and parts.head.is_blank and not any(paragraph.mark for paragraph in parts.text):
        raise NoStructureError(path)
    found = text.given or particulars(parts.head, parts.foot, [paragraph.text for paragraph in parts.text])
    if text.given is None:
        found.quotes = _standing(found.quotes, text.lines)
    document = _with_citations(_document(path, parts, found, sidecar))
    warnings = (*text.warnings, *_foreign(text, document), *_warnings(parts, found), *unexpected_count(document))
    return Reading(document, warnings, sidecar.source)


def _standing(quotes: dict[str, str], lines: tuple[Line, ...]) -> dict[str, str]:
    """Shorten a quote that a stamp or a second column interrupts to what stands in the file as it is."""
    printed = " ".join(line.text for line in lines)
    return {
        name: _longest_run(quote.splitlines(), printed, with_last=name == "signer") for name, quote in quotes.items()
    }


def _longest_run(lines: list[str], printed: str, *, with_last: bool) -> str:
    """Return as many of the lines as stand one after the other in print."""
    runs = [lines[start:end] for start, end in combinations(range(len(lines) + 1), 2)]
    wanted = [run for run in runs if not with_last or run[-1] == lines[-1]]
    standing = ["\n".join(run) for run in wanted if " ".join(run) in printed]
    return max(standing, key=len, default=lines[-1])


def _take_apart(lines: tuple[Line, ...]) -> _Parts:
    lines, stamps = without_stamps(lines)
    head, rest = split_head(lines)
    text, foot, appendices = split_foot(rest)
    text, scribbles = without_scribbles(text)
    appendices, more_scribbles = without_scribbles(appendices)
    scribbles = (*scribbles, *more_scribbles)
    whole = (*paragraphs(text), *paragraphs(appendices, attached=True))
    signature = ("\n".join(foot.signature),) if foot.signature else ()
    return _Parts(head, foot, whole, (*stamps, *scribbles, *signature, *foot.stamps), scribbles)


def _text_alone(lines: tuple[Line, ...]) -> _Parts:
    """Take a text whose head and foot stand elsewhere in the file."""
    return _Parts(Head(), Foot(), paragraphs(lines), (), ())


def _document(path: Path, parts: _Parts, found: Particulars, sidecar: Sidecar) -> Document:
    given = sidecar.particulars()
    kind = sidecar.kind or found.kind or texts.ANY_KIND
    issued = sidecar.issued or found.issued
    id_ = sidecar.id or identity(path.stem, sidecar.number or found.number, issued.year if issued else None)
    return Document(
        id=id_,
        number=sidecar.number or found.number,
        kind=kind,
        title=sidecar.title or found.title or kind,
        issuer=sidecar.issuer or found.issuer or "",
        place=sidecar.place or found.place,
        issued=issued,
        signer=sidecar.signer or found.signer,
        addressees=found.addressees,
        recipients=found.recipients,
        sections=sections(id_, parts.text),
        quotes=found.quotes,
        unwritten=tuple(name for name in given if getattr(found, name) is None),
        stamps=parts.stamps,
        source=path.name,
        standing=sidecar.told_standing(),
    )


def identity(stem: str, number: str | None, year: int | None) -> str:
    """Return the number without marks, with the year where the number tells none, else the file's name."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(number or stem)).strip("-")
    dated = number is not None and year is not None and not re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", number)
    return f"{slug}-{year}" if dated else slug


def _with_citations(document: Document) -> Document:
    """Add to every passage the documents and telephones it names, and to the document what it carries out."""
    cited = [_cite(document, section) for section in document.sections]
    known = identified(
        (
            *references(document.title),
            *(reference for section in cited for passage in section.passages for reference in passage.references),
        )
    )
    whole = tuple(_fill(section, known) for section in cited)
    return replace(document, sections=whole, carries_out=_carried_out(document, whole, known))


def _cite(document: Document, section: Section) -> Section:
    def cite(passage: Passage) -> Passage:
        found = references(passage.text, document.kind, document.number)
        return replace(passage, references=found, telephones=telephones(passage.text))

    return replace(section, passages=tuple(cite(passage) for passage in section.passages))


def _fill(section: Section, known: dict[str, Reference]) -> Section:
    passages = (
        replace(passage, references=tuple(filled(reference, known) for reference in passage.references))
        for passage in section.passages
    )
    return replace(section, passages=tuple(passages))


def _carried_out(document: Document, whole: tuple[Section, ...], known: dict[str, Reference]) -> tuple[Reference, ...]:
    """Return what the opening and the title say that this document carries out, each once."""
    carrying = re.compile(rf"(?:{any_of(words('citations', 'carrying_out'))})\b", re.IGNORECASE)
    opening = [passage for section in whole if section.path == OPENING for passage in section.passages]
    found = [reference for passage in opening if carrying.match(passage.text) for reference in passage.references]
    if carrying.match(document.title):
        found += [filled(reference, known) for reference in references(document.title)]
    by_name: dict[str, Reference] = {}
    for reference in found:
        by_name.setdefault(reference.number or reference.title or reference.text, reference)
    return tuple(by_name.values())


def _foreign(text: Loaded, document: Document) -> Iterator[str]:
    """Say what no official text has: characters that show nothing, and orders to the machine that reads it."""
    if text.invisible:
        yield texts.INVISIBLE.format(count=text.invisible)
    if instructs(document.title):
        yield texts.INSTRUCTS.format(place=texts.PARTICULARS["title"], text=shortened(document.title))
    for section in document.sections:
        if instructs(section.heading):
            yield texts.INSTRUCTS.format(place=section.label, text=shortened(section.heading))
        for passage in section.passages:
            if instructs(passage.text):
                yield texts.INSTRUCTS.format(place=passage.label, text=shortened(passage.text))


def _warnings(parts: _Parts, found: Particulars) -> tuple[str, ...]:
    scribbles = (texts.SCRIBBLE.format(text=" ".join(scribble.split())) for scribble in parts.scribbles)
    blank = (
        "issued" in found.quotes and found.issued is None and re.search(r"\d+\D+\d+\D+\d{4}", found.quotes["issued"])
    )
    no_date = [texts.NO_DATE.format(text=found.quotes["issued"])] if blank else []
    below = [text for text in parts.foot.unread if len(text.split()) >= _SENTENCE]
    unread = [texts.FOOT_LEFT_OUT.format(text=shortened(" ".join(below)))] if below else []
    return tuple(dict.fromkeys((*gaps(parts.text), *unmarked_items(parts.text), *scribbles, *no_date, *unread)))
