"""Show answers, sections and documents as people read them: as blocks for Telegram and as plain text."""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from bot import texts
from bot.layout import Block, Message, Run, Style, messages, paragraph, plain
from knowledge.documents import Answer, Citation, Document, HelpNumber, Reference, Section
from knowledge.library import name_of

if TYPE_CHECKING:
    from knowledge.writing.writer import Progress

_LONG_QUOTE = 700
_SHORT_QUOTE = 160
_BEGINNING = 80
_LONG_PARTICULAR = 350
_NO_LIMIT = sys.maxsize


def as_text(answer: Answer) -> str:
    """Return an answer as plain text, as the terminal and `ask` print it."""
    return plain(_answer(answer))


def as_messages(answer: Answer) -> list[Message]:
    """Return an answer as messages, each within Telegram's limits."""
    return messages(_answer(answer))


def progress_message(progress: "Progress") -> Message:
    """Return what may be shown while an answer is written: statements that stand already, and what is being done."""
    statements = [paragraph(statement) for statement in progress.statements]
    return messages([*statements, paragraph(progress.step, "italic")])[0]


def section_messages(document: Document, section: Section) -> list[Message]:
    """Return the full text of a section as messages, its document and heading above the first passage."""
    name = _attributed(name_of(document), document.issuer, digest=document.digest)
    title = (Run(name), Run("\n"), Run(_title(section), "bold"), Run("\n\n"))
    note = (Run(texts.DIGEST_NOTE, "italic"), Run("\n\n")) if document.digest else ()
    first, *others = _passages(section) or _subsections(document, section)
    return messages([(*title, *note, *first), *others])


def particulars_messages(document: Document) -> list[Message]:
    """Return what is known of a document as messages: title, number, issuer, date, signer, recipients."""
    return messages(_particulars(document, _NO_LIMIT))


def outline_message(document: Document) -> Message:
    """Return the same as one message, long lists shortened, to stand above the buttons of the sections."""
    return messages(_particulars(document, _LONG_PARTICULAR))[0]


def title_or_beginning(section: Section) -> str:
    """Name a section by label and heading, or by its first words where it has no heading."""
    if section.heading or not section.passages:
        return _title(section)
    return f"{section.label}: {shortened(section.passages[0].text, _BEGINNING)}"


def source(citation: Citation) -> str:
    """Name where a quote stands: label, document and issuer; of a summary that it is one."""
    name = texts.SOURCE.format(label=citation.label, name=citation.name) if citation.label else citation.name
    return _attributed(name, citation.issuer, digest=citation.digest)


def marked_name(document: Document) -> str:
    """Name a document as a person does, and say of a summary that it is one."""
    name = name_of(document)
    return texts.DIGEST.format(name=name) if document.digest else name


def written_date(document: Document) -> str | None:
    """Return a document's date as officials write it, `06/03/2024`; None where the text gives none."""
    return f"{document.issued:%d/%m/%Y}" if document.issued else None


def shortened(text: str, most: int) -> str:
    """Return `text` cut to about `most` characters between words, three dots for what is left out."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(maxsplit=1)[0][:most] + texts.LEFT_OUT


def _answer(answer: Answer) -> list[Block]:
    """Lay an answer out; for a person in need the numbers to call come first, then warm words."""
    citations = [_cited(place, citation) for place, citation in enumerate(answer.citations, 1)]
    notices = _notices(answer.notices)
    beside = [*notices, *citations] if answer.status == "safety" else [*citations, *notices]
    nearest = _nearest(answer.nearest, first=len(citations) + 1)
    lead = [paragraph(answer.lead)] if answer.lead else []
    return [*_help_numbers(answer.help_numbers), *lead, *beside, *nearest]


def _help_numbers(numbers: tuple[HelpNumber, ...]) -> Iterator[Block]:
    lines = [
        (
            Run(texts.CALL.format(number=number.number), "bold"),
            Run(texts.CALL_WHOM.format(name=number.name, when=number.when)),
        )
        for number in numbers
    ]
    if lines:
        yield tuple(chain.from_iterable(_lines(lines)))


def _cited(place: int, citation: Citation) -> Block:
    quote = _quoted(citation, citation.quote)
    style: Style = "expandable_blockquote" if len(quote) > _LONG_QUOTE else "blockquote"
    return (*_numbered(place, citation), Run("\n"), Run(quote, style))


def _numbered(place: int, citation: Citation) -> Block:
    return paragraph(texts.SOURCE_MARK.format(place=place) + source(citation), "bold")


def _notices(notices: tuple[str, ...]) -> Iterator[Block]:
    if notices:
        yield paragraph("\n".join(texts.NOTICE.format(notice=notice) for notice in notices))


def _nearest(citations: tuple[Citation, ...], first: int) -> Iterator[Block]:
    if citations:
        yield paragraph(texts.NEAREST)
    for place, citation in enumerate(citations, first):
        yield (*_numbered(place, citation), Run("\n"), Run(_short_quote(citation), "blockquote"))


def _short_quote(citation: Citation) -> str:
    """Return the beginning of a quote; three dots outside the marks, as they are not in the source."""
    quote = citation.quote
    head = shortened(quote, _SHORT_QUOTE)
    kept = head.removesuffix(texts.LEFT_OUT) if head != quote else quote
    return _quoted(citation, kept) + (texts.LEFT_OUT if head != quote else "")


def _quoted(citation: Citation, words: str) -> str:
    """Set words of a source in quotation marks; those of a summary have none, as no official text has them."""
    return words if citation.digest else texts.QUOTE_MARKS.format(quote=words)


def _title(section: Section) -> str:
    return ". ".join(filter(None, (section.label, section.heading)))


def _passages(section: Section) -> list[Block]:
    return [
        paragraph(texts.DASH + passage.text if passage.mark == "dash" else passage.text) for passage in section.passages
    ]


def _subsections(document: Document, section: Section) -> list[Block]:
    """Return the headings under a section that has no passages of its own."""
    under = [s for s in document.sections if s.path.startswith(f"{section.path}.")]
    if not under:
        return [paragraph(texts.NO_TEXT, "italic")]
    return [paragraph("\n".join([texts.SUBSECTIONS, *map(title_or_beginning, under)]))]


def _particulars(document: Document, most: int) -> list[Block]:
    titled = (Run("\n"), Run(shortened(document.title, most))) if document.title != name_of(document) else ()
    title = (Run(marked_name(document), "bold"), *titled)
    shown = {name: label for name, label in texts.PARTICULARS.items() if _is_known(document, name)}
    lines = [_particular(document, name, label, most) for name, label in shown.items()]
    return [title, tuple(chain.from_iterable(_lines(lines)))]


def _is_known(document: Document, name: str) -> bool:
    """Tell whether there is something to say: what a summary leaves out may well stand in the text itself."""
    return not document.digest or bool(_particular_value(document, name))


def _particular(document: Document, name: str, label: str, most: int) -> Block:
    value = _particular_value(document, name)
    if value and name in document.unwritten:
        value = texts.FROM_RECORDS.format(value=value)
    shown = shortened(value, most) if value else texts.NOT_WRITTEN
    return (Run(texts.PARTICULAR.format(name=label), "italic"), Run(shown))


def _particular_value(document: Document, name: str) -> str | None:
    if name == "issued":
        return written_date(document)
    value: str | tuple[str | Reference, ...] | None = getattr(document, name)
    if isinstance(value, tuple):
        return "; ".join(item if isinstance(item, str) else item.text for item in value)
    return value


def _attributed(name: str, issuer: str, *, digest: bool) -> str:
    """Add the issuer, unless the name has it; to a summary, whose words are not the issuer's, that it is one."""
    if digest:
        return texts.DIGEST.format(name=name)
    return name if not issuer or issuer in name else name + texts.ISSUER.format(issuer=issuer)


def _lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """Set blocks on lines of their own within one block."""
    for place, block in enumerate(blocks):
        yield ((Run("\n"), *block) if place else block)
