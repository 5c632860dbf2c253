"""Lay out what was read in a file, for somebody who decides on a telephone whether parents shall read it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from bot.administration import texts
from bot.administration.display import count
from bot.administration.results import Change, OutlineLine, Preview, ReadDocument, Replaced
from bot.layout import Block, Message, Run, messages, paragraph
from bot.render import shortened

_MOST_WARNINGS = 12
_LONG_WARNING = 220
_OUTLINE_LINES = 12
_DOCUMENT_LINES = 20
_FIRST_CHANGES = 3
_LOSSES_FIRST = ("removed", "altered", "added")
_LONG_TITLE = 300
_LONG_HEADING = 70
_SHORT_TEXT = 160
_LONG_TEXT = 700


def preview_messages(preview: Preview, *, pages: bool) -> list[Message]:
    """Return what was read, what to look at first on top; `pages` says that it was photographed."""
    return messages(_blocks(preview, pages=pages))


def all_changes(preview: Preview) -> list[Block]:
    """Return every section that changed with both texts, where the preview has no room for all of it."""
    listed = [change for document in preview.documents for change in _sorted(document.changes)]
    too_long = any(len(text or "") > _SHORT_TEXT for change in listed for text in (change.before, change.after))
    too_many = len(listed) > _FIRST_CHANGES or len(preview.documents) > 1
    return [_change(change, _LONG_TEXT) for change in listed] if too_many or too_long else []


def all_warnings(preview: Preview) -> list[Block]:
    """Return every warning whole, where the preview has no room for all of them."""
    too_many = len(preview.warnings) > _MOST_WARNINGS or any(len(one) > _LONG_WARNING for one in preview.warnings)
    return [paragraph(texts.BULLET.format(text=_capital(one))) for one in preview.warnings] if too_many else []


def names(preview: Preview) -> str:
    """Name the documents of a file: one by kind and number, several by how many they are."""
    first, *others = preview.documents
    return texts.SEVERAL_DOCUMENTS.format(count=len(others) + 1) if others else _name(first)


def _blocks(preview: Preview, *, pages: bool) -> Iterator[Block]:
    yield from _warnings(_serious(preview.documents), preview.warnings, pages=pages)
    if len(preview.documents) == 1:
        yield from _document(preview.documents[0])
        yield paragraph(texts.HOW_TO_CORRECT, "italic")
    else:
        yield from _documents(preview.documents)
    yield paragraph(texts.NOT_YET_PUBLISHED, "bold")


def _serious(documents: Sequence[ReadDocument]) -> Iterator[str]:
    """Say which documents hold no more."""
    return (texts.REPEALED.format(name=_name(one)) for one in documents if one.state == "repealed")


def _warnings(serious: Iterable[str], warnings: Sequence[str], *, pages: bool) -> Iterator[Block]:
    """Show what to look at first: documents that hold no more, then what was left out or read with doubt."""
    lines = [*serious, *(_sentence(warning) for warning in warnings[:_MOST_WARNINGS])]
    if len(warnings) > _MOST_WARNINGS:
        lines.append(texts.AND_MORE_WARNINGS.format(count=len(warnings) - _MOST_WARNINGS))
    if lines:
        yield (Run(texts.LOOK_FIRST, "bold"), *_lines([paragraph(texts.BULLET.format(text=line)) for line in lines]))
    if warnings and pages:
        yield paragraph(texts.SEND_AS_FILE)


def _sentence(warning: str) -> str:
    return shortened(_capital(warning), _LONG_WARNING)


def _capital(warning: str) -> str:
    return warning[:1].upper() + warning[1:]


def _document(document: ReadDocument) -> Iterator[Block]:
    yield (Run(texts.PREVIEW.format(name=_name(document)), "bold"), *_lines(_particulars(document)))
    yield _outline(document)
    if document.replaces:
        yield from _replaced(document.replaces, document.changes)
    else:
        yield paragraph(texts.NEW_DOCUMENT)


def _name(document: ReadDocument) -> str:
    return " ".join(filter(None, (document.kind, document.number))) or texts.UNNAMED


def _particulars(document: ReadDocument) -> list[Block]:
    values = {
        "number": document.number,
        "kind": document.kind,
        "title": shortened(document.title, _LONG_TITLE),
        "issuer": document.issuer,
        "issued": document.issued and f"{document.issued:%d/%m/%Y}",
        "signer": document.signer,
        "standing": document.standing,
    }
    return [
        (Run(texts.PARTICULARS[name], "italic"), Run(value or texts.NOT_FOUND[name])) for name, value in values.items()
    ]


def _outline(document: ReadDocument) -> Block:
    """List the first sections with the number of their passages."""
    title = texts.OUTLINE.format(sections=len(document.outline), passages=count(document.passages))
    shown = [paragraph(_section(line)) for line in document.outline[:_OUTLINE_LINES]]
    left = len(document.outline) - len(shown)
    more = [paragraph(texts.AND_MORE_SECTIONS.format(count=left))] if left else []
    return (Run(title, "bold"), *_lines([*shown, *more]))


def _section(line: OutlineLine) -> str:
    name = ". ".join(filter(None, (line.label, shortened(line.heading, _LONG_HEADING))))
    return texts.OUTLINE_LINE.format(name=name, passages=line.passages) if line.passages else name


def _replaced(replaced: Replaced, changed: Sequence[Change]) -> Iterator[Block]:
    """Say what goes out, how many sections change, and show the first."""
    if replaced.digest:
        yield paragraph(texts.REPLACES_DIGEST.format(name=replaced.name), "bold")
        return
    title = texts.REPLACES.format(name=replaced.name)
    kinds = Counter(change.change for change in changed)
    sums = [texts.CHANGE_COUNTS[kind].format(count=kinds[kind]) for kind in texts.CHANGE_COUNTS if kinds[kind]]
    yield (Run(title, "bold"), Run("\n"), Run(", ".join(sums) or texts.SAME_TEXT))
    yield from (_change(change, _SHORT_TEXT) for change in _sorted(changed)[:_FIRST_CHANGES])


def _sorted(changed: Sequence[Change]) -> list[Change]:
    """Put first what people would lose."""
    return sorted(changed, key=lambda change: _LOSSES_FIRST.index(change.change))


def _change(change: Change, most: int) -> Block:
    title = Run(texts.CHANGES[change.change].format(label=change.label), "bold")
    before = Run(texts.BEFORE.format(text=shortened(change.before, most))) if change.before else Run("")
    after = Run(texts.AFTER.format(text=shortened(change.after, most))) if change.after else Run("")
    return tuple(run for run in (title, before, after) if run.text)


def _documents(documents: Sequence[ReadDocument]) -> Iterator[Block]:
    """List the documents of a file that holds several."""
    lines = [
        texts.ONE_OF_SEVERAL.format(
            name=_name(document),
            title=shortened(document.title, _LONG_HEADING),
            passages=count(document.passages),
            replaces=texts.WILL_REPLACE if document.replaces else "",
        )
        for document in documents[:_DOCUMENT_LINES]
    ]
    left = len(documents) - len(lines)
    more = [texts.AND_MORE_DOCUMENTS.format(count=left)] if left else []
    title = texts.HOLDS_SEVERAL.format(count=len(documents))
    yield (Run(title, "bold"), *_lines([paragraph(line) for line in (*lines, *more)]))


def _lines(blocks: Sequence[Block]) -> Iterator[Run]:
    """Set each block on a line of its own."""
    return chain.from_iterable((Run("\n"), *block) for block in blocks)
