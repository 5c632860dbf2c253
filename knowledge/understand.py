"""Understand a question: what kind of answer it wants, of which documents and sections, on what subject."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from knowledge.cues import load_cues, load_fillers, plain
from knowledge.documents import Reference
from knowledge.mentions import Mentions, NamedDocuments, without_place
from knowledge.terms import Weights
from knowledge.vietnamese import fold

Kind = Literal[
    "greeting", "overview", "command", "unknown", "which_place",
    "standing", "replaces", "stamps", "carries_out", "carried_out_by", "cites", "cited_by", "cited",
    "particulars", "outline", "about", "section",
    "compare", "hotline", "report", "duty", "fact",
]  # fmt: skip

_FEW = 4
"""Up to this many words of subject may stand beside a question after a document as a whole."""
_TWO = 2
_SOME = 9
"""The same after a wording that hardly ever asks for anything else."""
_SURE = frozenset({"signer", "recipients", "number"})
"""Particulars with such wordings."""
_GOES_ON = frozenset({"duty", "report", "hotline", "compare", "fact", "particulars"})
"""Kinds that a follow-up without a kind of its own goes on with."""
_ABOUT_DOCUMENTS = (
    "standing",
    "replaces",
    "about",
    "carries_out",
    "carried_out_by",
    "outline",
    "cited_by",
    "which_document",
    "who",
)
"""Wordings that are no subject beside a question after a document as a whole."""


class Reading(Protocol):
    """A question in plain Vietnamese words, as `knowledge.language` reads it."""

    @property
    def english(self) -> bool:
        """The person writes English."""

    @property
    def words(self) -> str:
        """The words, with or without tone marks."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question that stands on its own."""

    kind: Kind
    english: bool
    words: str
    """The question in plain Vietnamese words, with or without tone marks."""
    subject: str
    """The words without question words and without the documents, sections and places named; may be empty."""
    rest: str = ""
    """The words without the documents, sections and places named."""
    wording: str = ""
    """The rest without the wordings that show the kind of question."""
    documents: tuple[str, ...] = ()
    """Ids of the documents the answer stays with; empty for all."""
    cited: tuple[Reference, ...] = ()
    """Documents named that are not held but cited."""
    missing: tuple[str, ...] = ()
    """Documents and places named that are not known at all."""
    places: tuple[str, ...] = ()
    by_place: bool = False
    """The documents are those of a place named, none of which is named itself."""
    sections: tuple[str, ...] = ()
    particulars: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """Details asked for: `time`, `amount`, `telephone`."""
    flags: frozenset[str] = frozenset()
    """Which of the wordings of `data/cues.toml` it has."""
    off_topic: tuple[str, ...] = ()
    """Everyday subjects it names; only a passage that names them too can answer."""
    other_wordings: tuple[str, ...] = ()
    """Expressions that mean the same as some of the question's, folded."""
    rewordings: tuple[str, ...] = ()
    """Its topic with everyday expressions put officially."""

    @property
    def topic(self) -> str:
        """What to look for: the subject, or the rest of the question where it has none."""
        return self.subject or self.rest

    @property
    def topics(self) -> tuple[str, ...]:
        """The topic in the person's words and in official ones."""
        return (self.topic, *self.rewordings)


@dataclass(slots=True)
class Conversation:
    """The memory of one chat: how the last question was understood, and what answered it. Nothing is stored."""

    last: Understanding | None = None
    answered_by: tuple[str, ...] = ()
    """Ids of the documents that the last answer cited, best first."""
    asked: tuple[str, ...] = ()
    """The last questions that were answered, as typed, oldest first; a disclosure is never among them."""

    def keep_to(self, held: Collection[str]) -> None:
        """Forget all where a document that it is about is held no longer: another edition may answer by now."""
        about = (*(self.last.documents if self.last else ()), *self.answered_by)
        if not all(document_id in held for document_id in about):
            self.last, self.answered_by, self.asked = None, (), ()


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the kind of a question is told by."""

    asked: Understanding
    named: tuple[str, ...]
    """Ids of the documents named by number or title, not by place alone."""
    laws: bool
    """The documents named are laws."""
    beside: int
    """Words of subject that stand beside wordings after a document as a whole."""

    def has(self, *cues: str) -> bool:
        """Tell whether the question has one of these wordings."""
        return not self.asked.flags.isdisjoint(cues)

    @property
    def particulars(self) -> bool:
        """It asks for particulars of a document, and for hardly anything else."""
        wanted = set(self.asked.particulars)
        few = _SOME if wanted & _SURE else _FEW
        return (
            bool(wanted)
            and not self.has("report", "hotline", "contract")
            and self.beside <= few
            and not self.of_law_in_force
        )

    @property
    def of_law_in_force(self) -> bool:
        """It asks from when a law holds, which an article of the law says."""
        return "effect" in self.asked.particulars and self.laws


_KINDS: tuple[tuple[Kind, Callable[[_Signs], bool]], ...] = (
    ("command", lambda s: s.has("command")),
    ("unknown", lambda s: bool(s.asked.missing) and not s.asked.cited),
    ("which_place", lambda s: s.has("own_place") and not s.asked.places),
    ("standing", lambda s: s.has("standing") and bool(s.asked.cited or s.named) and s.beside <= _SOME),
    ("replaces", lambda s: s.has("replaces") and bool(s.asked.cited or s.named) and s.beside <= _FEW),
    ("stamps", lambda s: s.has("stamps") and bool(s.asked.documents)),
    ("carried_out_by", lambda s: s.has("carried_out_by") and bool(s.named) and s.beside <= _FEW),
    ("cites", lambda s: s.has("cites", "cites_kind") and bool(s.asked.documents)),
    ("cites", lambda s: s.has("cites_kind") and not s.asked.cited),
    ("carries_out", lambda s: s.has("carries_out") and bool(s.asked.documents) and s.beside <= _SOME),
    (
        "cited_by",
        lambda s: s.has("cited_by") and bool(s.asked.cited or s.named) and s.beside <= (_TWO if s.laws else 1),
    ),
    ("compare", lambda s: s.has("compare") and len(s.asked.documents) > 1),
    ("section", lambda s: bool(s.asked.sections) and not s.has("where")),
    ("cited", lambda s: bool(s.asked.cited) and not s.named and (s.has("about") or s.particulars)),
    ("particulars", lambda s: bool(s.asked.documents) and s.particulars),
    ("outline", lambda s: s.has("outline") and bool(s.asked.documents) and s.beside <= _FEW),
    ("cited", lambda s: bool(s.asked.cited) and s.beside <= _FEW),
    ("about", lambda s: s.has("about") and len(s.asked.documents) == 1 and s.beside == 0),
    ("overview", lambda s: s.has("overview") and not s.asked.documents),
    ("report", lambda s: s.has("report")),
    ("hotline", lambda s: s.has("hotline") and not s.has("tell_whom", "about_hotline") and not s.laws),
    ("greeting", lambda s: s.has("greeting") and s.beside <= _FEW),
    ("duty", lambda s: s.has("duty")),
    ("fact", lambda s: True),  # noqa: ARG005 - whatever is left
)
"""How each kind is told, the rarer wording first."""


class Understand:
    """Turns a question into an `Understanding`, with the documents of one edition in mind."""

    def __init__(self, named: NamedDocuments, weights: Weights) -> None:
        self._named = named
        self._weights = weights
        self._cues = load_cues("kinds")
        self._particulars = load_cues("particulars")
        self._details = load_cues("details")
        self._follow_up = load_cues("follow_up")
        self._marked_fillers, self._bare_fillers = load_fillers()

    def __call__(self, reading: Reading, conversation: Conversation) -> Understanding:
        """Understand a question, as the next one of a conversation."""
        mentions = self._named.read(reading.words)
        asked = self._alone(reading, mentions)
        if conversation.last and self._leans_on(asked):
            return self._after(asked, conversation.last, conversation.answered_by, mentions)
        return asked

    def _alone(self, reading: Reading, mentions: Mentions) -> Understanding:
        """Understand a question by itself."""
        rest = mentions.rest
        for place in mentions.places:
            rest = without_place(rest, place)
        flags = frozenset(self._cues.named(rest))
        documents, missing = self._scope(mentions, flags)
        asked = Understanding(
            kind="fact",
            english=reading.english,
            words=reading.words,
            subject=self.subject(rest),
            rest=rest.strip(" ?!.,"),
            wording=self._without(flags, rest),
            documents=documents,
            cited=mentions.cited,
            missing=missing,
            places=mentions.places,
            by_place=bool(mentions.places) and not mentions.documents,
            sections=mentions.sections,
            particulars=self._particulars.named(rest) + (("signer",) if mentions.signed and "signs" in flags else ()),
            details=self._details.named(rest),
            flags=flags,
        )
        return replace(asked, kind=self._kind(asked, mentions))

    def _scope(self, mentions: Mentions, flags: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the documents the answer stays with, and what was named but is not held."""
        of_places = {place: self._named.of_place(place) for place in mentions.places}
        missing = mentions.missing + tuple(place for place, ids in of_places.items() if not ids)
        local = tuple(dict.fromkeys(id_ for ids in of_places.values() for id_ in ids))
        named = mentions.documents
        if "compare" in flags:
            return tuple(dict.fromkeys(named + local)), missing
        if local:
            return tuple(id_ for id_ in named if id_ in local) or local, missing
        carriers = tuple(id_ for id_ in named if any(id_ in self._named.carriers(other) for other in named))
        return carriers or named or self._of_kinds(mentions, flags), missing

    def _of_kinds(self, mentions: Mentions, flags: frozenset[str]) -> tuple[str, ...]:
        """Stay with the documents of a kind where the question says "kế hoạch nào", or where there is just one."""
        for kind in () if mentions.cited else mentions.kinds:
            ids = self._named.of_kind(kind)
            if ids and ("which_document" in flags or len(ids) == 1) and not _is_carried_out(kind, mentions.rest):
                return ids
        return ()

    def _kind(self, asked: Understanding, mentions: Mentions) -> Kind:
        """Choose the kind of answer."""
        rest = self._without(_ABOUT_DOCUMENTS, asked.rest)
        for particular in asked.particulars:
            rest = self._particulars.without(particular, rest)
        laws = bool(asked.documents) and all(map(self._named.is_law, asked.documents))
        signs = _Signs(asked, mentions.documents, laws, beside=len(self.subject(rest).split()))
        return next(kind for kind, holds in _KINDS if holds(signs))

    def _without(self, cues: Iterable[str], text: str) -> str:
        """Take wordings of these kinds out of a text."""
        for cue in cues:
            text = self._cues.without(cue, text)
        return text

    def subject(self, text: str) -> str:
        """Return what is left of a text without question words; it may be nothing."""
        is_marked = fold(text) != text.lower()
        return self._weights.subject(text, self._marked_fillers if is_marked else self._bare_fillers)

    def _leans_on(self, asked: Understanding) -> bool:
        """Tell whether a question leans on the one before it."""
        if asked.kind in {"greeting", "command", "overview"}:
            return False
        if self._opens_as_follow_up(asked.words) or self._points(asked.words):
            return True
        if asked.kind == "unknown":
            return False
        if not asked.subject and asked.kind in {"fact", "duty"}:
            return True
        wants_document = asked.particulars or asked.sections
        few_words = len(asked.subject.split()) <= (_FEW if wants_document else 1)
        return few_words and not (asked.documents or asked.cited)

    def _opens_as_follow_up(self, text: str) -> bool:
        return self._follow_up.starts("openings", text)

    def _points(self, text: str) -> bool:
        """Tell whether a question points at what was just answered ("văn bản đó")."""
        return self._follow_up.has("pointers", text)

    def _after(
        self, asked: Understanding, last: Understanding, answered_by: tuple[str, ...], mentions: Mentions
    ) -> Understanding:
        """Complete a question with what the one before it was about."""
        before = (answered_by[:1] if self._points(asked.words) else ()) or last.documents or answered_by[:1]
        subject = self._follow_up.without("openings", asked.subject)
        asked = replace(asked, documents=asked.documents or before, subject=subject)
        kind = self._kind(asked, mentions)
        if kind in {"fact", "about"} and last.kind in _GOES_ON:
            kind = last.kind if last.kind != "particulars" or not subject else "fact"
            asked = replace(asked, particulars=asked.particulars or last.particulars, flags=asked.flags | last.flags)
        if not subject or (mentions.places and len(subject.split()) <= 1):
            details = asked.details or last.details
            asked = replace(asked, subject=last.subject, rest=last.rest, wording=last.wording, details=details)
        return replace(asked, kind=kind)


def _is_carried_out(kind: str, rest: str) -> bool:
    """Tell whether a kind is named as what is carried out ("thực hiện chỉ thị"), not as what is asked about."""
    words = fold(plain(rest))
    return any(f" {verb} {kind} " in words for verb in ("thuc hien", "trien khai", "quan triet"))
