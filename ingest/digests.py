"""Read the digests: summaries of laws in the project's own words, which stand in until the full text is added."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ingest.read import identity
from knowledge.documents import Document, Mark, Passage, Section


class _Clause(BaseModel):
    model_config = ConfigDict(frozen=True)

    clause: str
    point: str = ""
    text: str


class _Article(BaseModel):
    model_config = ConfigDict(frozen=True)

    article: int | None = None
    appendix: str | None = None
    heading: str
    asked_as: tuple[str, ...] = ()
    clauses: tuple[_Clause, ...]

    @property
    def path(self) -> str:
        """As printed: `Điều 51`, `Phụ lục I`."""
        return f"Điều {self.article}" if self.article is not None else f"Phụ lục {self.appendix}"


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True)

    number: str
    kind: str
    title: str
    issuer: str
    issued: date


class _Digest(BaseModel):
    model_config = ConfigDict(frozen=True)

    document: _Head
    article: tuple[_Article, ...] = ()
    appendix: tuple[_Article, ...] = Field(default=())


def read_digest(path: Path) -> Document:
    """Read one digest; a table that is not as it should be raises pydantic's ValidationError, as a fault of ours."""
    digest = _Digest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    head = digest.document
    id_ = identity(path.stem, head.number, head.issued.year)
    return Document(
        id=id_,
        number=head.number,
        kind=head.kind,
        title=head.title,
        issuer=head.issuer,
        place=None,
        issued=head.issued,
        signer=None,
        sections=tuple(_section(id_, article) for article in (*digest.article, *digest.appendix)),
        quotes={"number": head.number, "title": head.title, "issuer": head.issuer},
        source=path.name,
        digest=True,
    )


def completed(documents: Iterable[Document], digests: Iterable[Document]) -> Iterator[Document]:
    """Yield the documents, and the digests of those that are not among them.

    A full text replaces its digest, whose everyday questions and words go on leading to its articles.
    """
    held = {document.id: document for document in documents}
    for digest in digests:
        if digest.id in held:
            held[digest.id] = _found_as(held[digest.id], digest)
        else:
            held[digest.id] = digest
    yield from held.values()


def _found_as(document: Document, digest: Document) -> Document:
    """Give a full text's articles the everyday questions and the plain words of its digest."""
    asked_as = {s.path: (*s.asked_as, *(passage.text for passage in s.passages)) for s in digest.sections}
    sections = (replace(section, asked_as=asked_as.get(section.path, ())) for section in document.sections)
    return replace(document, sections=tuple(sections))


def _section(document: str, article: _Article) -> Section:
    passages = tuple(
        Passage(
            id=f"{document}#{article.path}#{place}",
            place=place,
            label=_label(article.path, clause),
            mark=_mark(clause),
            text=clause.text,
        )
        for place, clause in enumerate(article.clauses, start=1)
    )
    return Section(article.path, article.path, article.heading, passages, article.asked_as)


def _label(path: str, clause: _Clause) -> str:
    """Name a clause as people do: `Điểm a khoản 2 Điều 51`; in an appendix by its group or its indicator."""
    if not clause.clause:
        return path
    if path.startswith("Phụ lục"):
        return f"{path}, {'chỉ tiêu' if clause.clause.isdigit() else 'nhóm'} {clause.clause}"
    named = f"khoản {clause.clause} {path}"
    return f"Điểm {clause.point} {named}" if clause.point else f"Khoản {clause.clause} {path}"


def _mark(clause: _Clause) -> Mark:
    return "point" if clause.point else "clause" if clause.clause else "paragraph"
