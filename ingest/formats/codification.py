"""Take a page of the national codification ("Pháp điển") apart into the documents that it interleaves.

Each article of the codification names below its heading the document and the article that it comes from:
`Điều 8.1.NĐ.1.3. <heading>` over `(Điều 3 Nghị định số 56/2017/NĐ-CP …, có hiệu lực thi hành kể từ ngày …)`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest import texts
from ingest.dates import real_date
from ingest.formats.markup import lines_of
from ingest.lines import Line, clean, whole, with_first_gap
from ingest.loaded import Loaded
from ingest.particulars import Particulars
from ingest.vocabulary import any_of, kinds, words
from knowledge.vietnamese import fold

_CHAPTER, _ARTICLE, _SOURCE, _TEXT, _LINKS = "pChuong", "pDieu", "pGhiChu", "pNoiDung", "pChiDan"
_ROLES = (_CHAPTER, _ARTICLE, _SOURCE, _TEXT, _LINKS)
_ANY_ROLE = ", ".join(f".{role}" for role in _ROLES)
_HEADING = re.compile(r"Điều\s+(?P<code>\S+?)\.?(?:\s+(?P<title>.+))?$", re.DOTALL)
_NUMBER = re.compile(r"Điều\s+(?P<number>\d+)\s?(?P<letter>[a-zđ]?)(?![\w.])")
_TAIL = re.compile(
    r"(?:^|\s)(?:(?P<title>.*)\s)?ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
    r"(?:\s+của\s+(?P<issuer>.+))?$",
    re.DOTALL,
)
_IN_FORCE = re.compile(r",?\s+có hiệu lực")
_CHANGED = re.compile(r",\s*(?P<change>(?:có nội dung|được|bị)\b.*?)\)?$", re.DOTALL)
_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pdf|rar|zip)$", re.IGNORECASE)
_CHAPTER_OF = re.compile(r"#(?:.*_)?Chuong_(?P<number>\w+?)_", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Source:
    """What the note below an article's heading says."""

    note: str
    place: str
    """The article in its own document: `Điều 3`."""
    kind: str
    number: str
    rest: str
    """What follows the number, up to when it came into force."""
    change: str
    """What the note says of amendments; empty where it says nothing."""


@dataclass(slots=True)
class _Article:
    """One article of the page."""

    code: str
    title: str
    chapters: tuple[Line, ...] = ()
    source: _Source | None = None
    anchor: str = ""
    """The address of the article in its own document, which names its chapter."""
    lines: list[Line] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    pictures: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """Its place in its own document; one without a number stands last."""
        found = _NUMBER.match(self.source.place) if self.source else None
        return (int(found["number"]), found["letter"]) if found else (10**6, self.code)


def is_codification(page: LexborHTMLParser) -> bool:
    """Tell whether a page is one of the codification."""
    return page.css_first(f".{_ARTICLE}") is not None and page.css_first(f".{_SOURCE}") is not None


def load_codification(page: LexborHTMLParser) -> tuple[Loaded, ...]:
    """Return the documents of a page, each with its articles in their own order."""
    documents: dict[str, list[_Article]] = {}
    owners: dict[str, str] = {}
    for article in _articles(page):
        # Where a note cannot be read, the article's code still tells which document it is of.
        group = article.code.rpartition(".")[0]
        key = _key(article.source) if article.source else owners.get(group, group)
        owners.setdefault(group, key)
        documents.setdefault(key, []).append(article)
    return tuple(_document(articles) for articles in documents.values())


def _articles(page: LexborHTMLParser) -> Iterator[_Article]:
    article: _Article | None = None
    chapters: list[Line] = []
    for role, element in _elements(page.body) if page.body else ():
        if role == _ARTICLE:
            if article:
                yield article
            article = _begun(element, chapters)
            chapters = []
        elif role == _CHAPTER:
            chapters.extend(lines_of(element))
        elif article:
            _fill(article, role, element)
    if article:
        yield article


def _elements(parent: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Walk over the page's parts; what has no role of its own is text of the article above it."""
    for element in parent.iter():
        role = next((role for role in _ROLES if role in (element.attributes.get("class") or "").split()), None)
        if role is None and element.css_first(_ANY_ROLE) is not None:
            yield from _elements(element)
        else:
            yield role or _TEXT, element


def _begun(heading: LexborNode, chapters: Sequence[Line]) -> _Article:
    text = " ".join(clean(heading.text()).split())
    found = _HEADING.match(text)
    return _Article(found["code"], found["title"] or "", tuple(chapters)) if found else _Article(text, text)


def _fill(article: _Article, role: str, element: LexborNode) -> None:
    if role == _SOURCE:
        article.source = _source(" ".join(clean(element.text()).split()))
        link = element.css_first("a")
        article.anchor = (link.attributes.get("href") or "") if link else ""
    elif role == _TEXT and (file := _attached(element)):
        article.attached.append(file)
    elif role == _TEXT:
        article.lines.extend(_within_article(line) for line in lines_of(element))
        article.pictures += len(element.css("img"))


def _within_article(line: Line) -> Line:
    """Keep the numbers of what an article quotes or shows as a model from being read as its document's own."""
    return line if line.role == "row" else replace(line, role="text")


def _attached(element: LexborNode) -> str | None:
    """Return the name of a file that a link below the text leads to."""
    links = [element, *element.css("a")]
    if not any(_ATTACHED.search(link.attributes.get("href") or "") for link in links):
        return None
    name = " ".join(clean(element.text()).split())
    return name if _ATTACHED.search(name) else None


def _source(note: str) -> _Source | None:
    found = _note_pattern().match(note)
    if found is None:
        return None
    rest = _IN_FORCE.split(found["rest"], maxsplit=1)
    changed = _CHANGED.search(rest[1]) if len(rest) > 1 else None
    number = re.sub(r"\s", "", found["number"])
    kind = next(kind for kind in kinds() if fold(kind) == fold(" ".join(found["kind"].split())))
    return _Source(note, found["place"], kind, number, rest[0].rstrip(" )"), changed["change"] if changed else "")


def _key(source: _Source) -> str:
    return fold(f"{source.kind} {source.number}")


def _document(articles: list[_Article]) -> Loaded:
    particulars = _particulars([article.source for article in articles if article.source])
    ordered = sorted(articles, key=lambda article: article.order)
    lines = tuple(line for article in _without_twins(ordered) for line in _lines(article))
    return Loaded(with_first_gap(lines), particulars, tuple(_warnings(ordered)))


def _without_twins(articles: Iterable[_Article]) -> Iterator[_Article]:
    """Leave out an article that the page prints a second time in the same words."""
    before: _Article | None = None
    for article in articles:
        twin = before and before.order == article.order and [line.text for line in before.lines]
        if twin != [line.text for line in article.lines]:
            yield article
        before = article


def _lines(article: _Article) -> Iterator[Line]:
    yield from _own_chapters(article)
    number = _NUMBER.match(article.source.place) if article.source else None
    place = f"Điều {number['number']}{number['letter']}" if number else _place(article)
    heading = whole(f"{place}. {article.title}", strong=True)
    if heading:
        yield heading
    yield from article.lines


def _place(article: _Article) -> str:
    return article.source.place if article.source else article.code


def _own_chapters(article: _Article) -> tuple[Line, ...]:
    """Return the chapters above an article where they are those of its own document.

    The codification takes its chapters from one law; articles of other documents keep theirs in their address.
    """
    own = _CHAPTER_OF.search(article.anchor)
    chapters = [line.text.split()[-1] for line in article.chapters if line.text.startswith("Chương ")]
    if own is None or (chapters and chapters[-1] != own["number"]):
        return ()
    return article.chapters


def _particulars(sources: Sequence[_Source]) -> Particulars:
    """Read who issued a document and when from the note that tells most, the first one as a rule."""
    if not sources:
        return Particulars()
    source, tail = _fullest(sources)
    found = Particulars(number=source.number, kind=source.kind)
    found.quotes = {"number": source.note, "kind": source.note}
    if tail:
        found.title = _title(source.kind, tail["title"] or "")
        found.issuer = tail["issuer"]
        found.issued = real_date(tail["day"], tail["month"], tail["year"])
        told = {"title": found.title, "issuer": found.issuer, "issued": found.issued}
        found.quotes |= {name: source.note for name, value in told.items() if value}
    return found


def _fullest(sources: Sequence[_Source]) -> tuple[_Source, re.Match[str] | None]:
    tails = [(source, _TAIL.search(source.rest)) for source in sources]
    return next((pair for pair in tails if pair[1]), tails[0])


def _title(kind: str, printed: str) -> str | None:
    title = re.sub(rf"^{re.escape(kind)}\s+", "", printed.strip(" ."), flags=re.IGNORECASE)
    if not title:
        return None
    return f"{kind} {title}" if kind in words("titles", "named_kinds") else title[:1].upper() + title[1:]


def _warnings(articles: Sequence[_Article]) -> Iterator[str]:
    if unread := [article.code for article in articles if article.source is None]:
        yield texts.NO_SOURCE_NOTE.format(articles=", ".join(unread))
    places = [article.source.place for article in articles if article.source]
    if others := [place for place in places if not _NUMBER.match(place)]:
        yield texts.NOT_ARTICLES.format(places=", ".join(others))
    changes: dict[str, list[str]] = {}
    for article in articles:
        if article.source and article.source.change:
            changes.setdefault(article.source.change, []).append(article.source.place)
    for change, places in changes.items():
        yield texts.CHANGED.format(articles=", ".join(places), change=change)
    if attached := dict.fromkeys(file for article in articles for file in article.attached):
        yield texts.ATTACHED.format(files=", ".join(attached))
    if pictures := [_place(article) for article in articles if article.pictures]:
        yield texts.PICTURES.format(places=", ".join(pictures))


@cache
def _note_pattern() -> re.Pattern[str]:
    """Match `(Điều 3 Nghị định số 56/2017/NĐ-CP Quy định chi tiết … của Chính phủ, có hiệu lực …)`."""
    return re.compile(
        rf"\(?\s*(?P<place>[^()]+?)\s+(?P<kind>(?i:{any_of(kinds())}))\s+(?:số\s*:?\s*)?"
        r"(?P<number>\d+(?:[^\s,)]|(?<=[-/])\s(?=\w))*)(?P<rest>.*)",
        re.DOTALL,
    )
