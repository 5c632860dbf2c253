"""The words of the field as values: document, section, passage, citation, answer.

These frozen dataclasses are all that travels between the packages. They hold plain values, so that
`pydantic.TypeAdapter` can write them to JSON and read them back.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

OPENING = "mở đầu"
"""Path of the part before the first numbered section."""
CLOSING = "kết luận"
"""Path of the part after the last numbered section."""
PARTICULARS = ""
"""Path that stands for a document's head and foot: number, date, addressees, recipients, signer."""

Mark = Literal["paragraph", "dash", "clause", "point"]
Status = Literal["answered", "not_found", "safety"]
Standing = Literal["in force", "amended", "repealed", "not verified"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that a text names, as printed and as identified."""

    text: str
    """As printed, e.g. `Nghị định số 56/2017/NĐ-CP ngày 09/5/2017`."""
    kind: str
    """E.g. `Nghị định`, `Luật`, `Kế hoạch`."""
    number: str | None = None
    """E.g. `56/2017/NĐ-CP`; None where a law is named by its title alone."""
    title: str | None = None
    """E.g. `Luật Trẻ em`; None where the text gives the number alone."""
    issued: date | None = None
    issuer: str | None = None
    """Who issued it, where the text says so, e.g. `Chính phủ`."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone number that a text prints, with what it is for."""

    number: str
    """Digits only, e.g. `18006605`."""
    purpose: str
    """The words of the text that say whose number it is, letter for letter."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest piece that is cited."""

    id: str
    """`<document id>#<section path>#<place>`, e.g. `276-kh-tu-2024#II.4#2`."""
    place: int
    """1-based place among all passages of its section."""
    label: str
    """As a person names it: `Mục II.4, gạch đầu dòng 2`, `Mục III.3`, `Phần kết luận, đoạn 1`."""
    mark: Mark
    text: str
    """Letter for letter as in the source, but for white space and marks of layout."""
    references: tuple[Reference, ...] = ()
    telephones: tuple[Telephone, ...] = ()
    withheld: bool = False
    """It is kept in the edition and shown to nobody, see `knowledge.trust`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A printed part of a document, or one of its unnumbered parts."""

    path: str
    """As printed: `II.4`, `1.a`, `3.3`, `Điều 51.2.a`, `mở đầu`, `kết luận`."""
    label: str
    """As a person names it: `Mục II.4`, `Phần mở đầu`."""
    heading: str
    """The printed heading; empty where the section has none."""
    passages: tuple[Passage, ...] = ()
    asked_as: tuple[str, ...] = ()
    """Everyday questions that the section answers; searched, never shown."""


@dataclass(frozen=True, slots=True)
class ToldStanding:
    """What an administrator says of a document's standing, which goes before what the register knows."""

    state: Standing
    since: date | None = None
    by: str = ""
    """The document that made it so, as the administrator names it."""
    told: date | None = None
    """The day on which it was said."""


@dataclass(frozen=True, slots=True)
class Document:
    """One official text. A particular that the text does not give is None or empty."""

    id: str
    number: str | None
    kind: str
    title: str
    issuer: str
    place: str | None
    issued: date | None
    signer: str | None
    addressees: tuple[str, ...] = ()
    """Whom it is sent to (`Kính gửi`)."""
    recipients: tuple[str, ...] = ()
    """Who gets a copy (`Nơi nhận`)."""
    carries_out: tuple[Reference, ...] = ()
    """The documents that this one says it carries out."""
    sections: tuple[Section, ...] = ()
    """In the order of the text: opening, numbered sections, closing."""
    quotes: dict[str, str] = field(default_factory=dict)
    """For each particular found in the text (`number`, `kind`, `title`, `issuer`, `place`, `issued`, `signer`,
    `addressees`, `recipients`): the line it stands in, letter for letter."""
    unwritten: tuple[str, ...] = ()
    """Names of the particulars that come from the sidecar file because the text itself does not give them."""
    stamps: tuple[str, ...] = ()
    """Stamps, signatures and copies' marks that were left out of the text."""
    source: str = ""
    """The file it was read from."""
    digest: bool = False
    """It is not the text itself but a summary in the project's own words."""
    standing: ToldStanding | None = None
    """None where no administrator says anything of it: the register tells."""

    @property
    def is_law(self) -> bool:
        """It is divided into articles, as laws, decrees and circulars are."""
        return any(section.path.startswith("Điều ") for section in self.sections)


@dataclass(frozen=True, slots=True)
class Citation:
    """Document, section and a quote that stands in the passage letter for letter."""

    passage_id: str
    document_id: str
    document: str | None
    """The document's number."""
    title: str
    issuer: str
    name: str
    """The document as a person names it: `Kế hoạch 276-KH/TU`, `Công văn của Sở GD&ĐT Hải Phòng`."""
    section: str
    """Path of the section; empty for a particular of the document."""
    label: str
    quote: str
    digest: bool = False
    """The quote is from a summary in the project's own words."""


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A number to call in need, from `data/help_numbers.toml`."""

    number: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that a model wrote and code verified, with the citations that it rests on."""

    text: str
    citations: tuple[int, ...]
    """Places in the answer's `citations`, 0-based."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says. Not knowing is an answer (`not_found`); failing is an error."""

    status: Status
    lead: str
    """The first line: the answer itself where the texts allow it, else whose words follow. Of a model's answer: its
    statements, one a line, each followed by the marks of its citations (` [1][2]`)."""
    citations: tuple[Citation, ...] = ()
    """Best first."""
    notices: tuple[str, ...] = ()
    """What a person must know beside the quotes, e.g. that the text gives no date."""
    nearest: tuple[Citation, ...] = ()
    """With `not_found`: the nearest sections, offered as such."""
    help_numbers: tuple[HelpNumber, ...] = ()
    """With `safety`: whom to call, first of all."""
    engine: Literal["quotes", "model"] = "quotes"
    statements: tuple[Statement, ...] = ()
    """What a model wrote; each stands in `lead` as well."""
