"""The register of documents: what the shipped documents cite, whether it still holds, and since when that is known.

`data/register.toml` lists the documents, `data/bodies.toml` the bodies and places that ended or changed. A number is
not a key: "23/CT-TTg" names several directives, so the year belongs to it. What an administrator says of a document
that is held goes before the table.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib import resources

from pydantic import BaseModel, ConfigDict

from knowledge.clock import now
from knowledge.documents import Document, Reference, Standing, ToldStanding
from knowledge.library import name_of
from knowledge.standing import sentence, teller
from knowledge.vietnamese import fold


class Entry(BaseModel):
    """One document of the register."""

    model_config = ConfigDict(frozen=True)

    key: str
    """Number and year, `20/2021/NĐ-CP@2021`."""
    kind: str
    name: str
    """As people name it: `Luật Trẻ em`, `Nghị định 20/2021/NĐ-CP`."""
    title: str
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    aliases: tuple[str, ...] = ()
    role: str
    standing: Standing
    standing_note_vi: str
    """One sentence on its standing, as people read it."""
    known_vi: str | None = None
    """What is known of it where its text is not loaded."""
    official_page: str | None = None
    articles_expected: int | None = None
    source: str
    looked_up: date | None
    """None where an administrator's word has no day."""
    told: bool = False
    """An administrator says so; `standing_note_vi` names the source."""

    def is_of(self, number: str | None, issued: date | None) -> bool:
        """Tell whether a number and date name this document."""
        return same_number(number, issued, self.number, self.issued)

    def as_reference(self) -> Reference:
        """Return it as a citation."""
        return Reference(self.name, self.kind, self.number, self.title, self.issued, self.issuer)


class Body(BaseModel):
    """A body or place that ended, was renamed or grew."""

    model_config = ConfigDict(frozen=True)

    names: tuple[str, ...]
    note_vi: str
    in_questions_only: bool = False


class Register:
    """All entries, with the look-ups that answers need."""

    def __init__(
        self, entries: Iterable[Entry], bodies: Iterable[Body], told: Mapping[str, Entry] | None = None
    ) -> None:
        """Take the tables, and the entries that administrators' words make, by the ids of their documents."""
        self.entries = tuple(entries)
        self._bodies = tuple(bodies)
        self._told = dict(told or {})

    def with_told(self, documents: Iterable[Document]) -> "Register":
        """Return a register in which what administrators say of these documents goes before the tables."""
        told = {document.id: self._as_told(document, document.standing) for document in documents if document.standing}
        replaced = {entry.key for entry in told.values()}
        others = (entry for entry in self.entries if entry.key not in replaced)
        return Register((*told.values(), *others), self._bodies, told)

    def of_document(self, document: Document) -> Entry | None:
        """Return the entry of a document that is held."""
        known = (e for e in self.entries if e.is_of(document.number, document.issued))
        return self._told.get(document.id) or next(known, None)

    def of_reference(self, reference: Reference) -> Entry | None:
        """Return the entry of a document that is cited, by number and year or by title, before its namesakes."""
        by_number = [e for e in self.entries if e.is_of(reference.number, reference.issued)]
        name = fold(reference.title or reference.text)
        by_name = [e for e in self.entries if not reference.number and fold(e.name) == name]
        return min([*by_number, *by_name], key=lambda e: e.role != "cited", default=None)

    def names(self, reference: Reference, document: Document) -> bool:
        """Tell whether a citation names a document: by number and year, or a law by its title."""
        entry = self.of_reference(reference)
        by_number = entry is None and symbol(reference.number or "") == symbol(document.number or "?")
        return by_number or bool(entry and entry.is_of(document.number, document.issued))

    def aliases(self) -> Iterator[tuple[str, Entry]]:
        """Yield the folded names of documents, the longest first."""
        pairs = [(" ".join(_words(alias)), e) for e in self.entries for alias in {*e.aliases, e.name}]
        yield from sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1].role != "cited"))

    def changed_bodies(self, text: str) -> list[str]:
        """Return the notes on bodies and places named in a text that are no longer what they were."""
        folded = f" {' '.join(_words(text))} "
        noted = [b for b in self._bodies if not b.in_questions_only and any(_stands(n, folded) for n in b.names)]
        return [body.note_vi for body in noted]

    def _as_told(self, document: Document, standing: ToldStanding) -> Entry:
        """Make an entry of what an administrator says, beside what else the tables know of the document."""
        known = self.of_document(document)
        name = known.name if known else name_of(document)
        goes_on = standing.state == "repealed" and standing.since is not None and standing.since > now().date()
        said = {
            "standing": "amended" if goes_on else standing.state,
            "standing_note_vi": sentence(name, replace(standing, by=self._called(standing.by))),
            "source": teller(),
            "looked_up": standing.told,
            "told": True,
        }
        if known:
            return known.model_copy(update=said)
        own = {name: getattr(document, name) for name in ("kind", "title", "number", "issuer", "issued")}
        return Entry.model_validate({"key": document.id, "name": name, "role": "held", **own, **said})

    def _called(self, number: str) -> str:
        """Return how a document is called of which the bare number is given, where it is known."""
        known = [entry.name for entry in self.entries if number and symbol(entry.number or "") == symbol(number)]
        return known[0] if len(known) == 1 else number


def load_register() -> Register:
    """Load both tables."""
    documents = _table("register.toml")["document"]
    return Register(map(Entry.model_validate, documents), map(Body.model_validate, _table("bodies.toml")["body"]))


def same_number(number: str | None, issued: date | None, other: str | None, other_issued: date | None) -> bool:
    """Tell whether two numbers are one, and the years, as far as both are known, as well."""
    if not number or not other or symbol(number) != symbol(other):
        return False
    return issued is None or other_issued is None or issued.year == other_issued.year


def symbol(number: str) -> str:
    """Return a document's number as letters and digits alone, so that its spellings compare."""
    return re.sub(r"[^a-z0-9]", "", fold(number))


def _table(name: str) -> dict[str, list[dict[str, object]]]:
    text = resources.files("knowledge").joinpath("data", name).read_text(encoding="utf-8")
    table: dict[str, list[dict[str, object]]] = tomllib.loads(text)
    return table


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[/&.][^\W_]+)*", fold(text))


def _stands(name: str, folded: str) -> bool:
    return f" {' '.join(_words(name))} " in folded
