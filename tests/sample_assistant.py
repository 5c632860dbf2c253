"""A small assistant of the same contract as the real one, over documents that are made here.

It finds passages by the words in capitals that they share with the question, and it can be told to be slow or
to fail: what the tests of the bot need, without loading Chroma.
"""

import asyncio
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.documents import Answer, Citation, Document, HelpNumber, Passage, Reference, Section
from knowledge.library import name_of
from knowledge.writing.model_use import ModelUse

PLAN = "ke-hoach-so-12"
LETTER = "cong-van-khong-so"
NOTICE = "thong-bao-7"
TOY_LAW = "luat-do-choi"
ARTICLES = 106
DECREES = 9
MARKUP = "Dùng <b>thẻ</b> & _*[dấu]*_ `mã` ||ẩn|| 👨‍👩‍👧‍👦 🇻🇳 và chữ\u200bvô hình đúng như bản gốc."
SENTENCES = 120
LONG = " ".join(
    f"Câu thứ {number} của đoạn rất dài về sân chơi, thư viện và nhà vệ sinh." for number in range(1, SENTENCES + 1)
)


@dataclass
class Conversation:
    """What was asked so far."""

    questions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """What may be shown while a model writes."""

    step: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer with the kind of its question and the use it made of a model."""

    answer: Answer
    kind: str
    use: ModelUse | None = None


Tell = Callable[[Progress], None]


class SampleModel:
    """A model that writes the answer of the quotes over again, after the steps and pauses that a test sets."""

    def __init__(self, *steps: tuple[float, Progress]) -> None:
        self.steps = steps
        """Seconds, and what is told when they are over."""
        self.last_s = 0.0
        self.cancelled = 0

    async def write(self, answer: Answer, tell: Tell) -> tuple[Answer, ModelUse]:
        """Take its time, and tell how far it is."""
        try:
            for seconds, progress in self.steps:
                await asyncio.sleep(seconds)
                tell(progress)
            await asyncio.sleep(self.last_s)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        use = ModelUse("model-x", "answer@1f2e3d4c", 1, 1200, 80, 900.0, kept=2, dropped={"number": 1})
        return replace(answer, lead=f"Mô hình viết: {answer.lead}", engine="model"), use


class SampleAssistant:
    """Answers from its documents; `before_answer` is called in the worker thread.

    A question of one word in small letters is none: its kind is `greeting`.
    """

    def __init__(self, documents: tuple[Document, ...] | None = None) -> None:
        self._documents = documents if documents is not None else sample_documents()
        self.before_answer: Callable[[str], None] = lambda _: None
        self.conversations: list[Conversation] = []
        self.threads: set[str] = set()
        self.persons: list[str] = []
        self.model: SampleModel | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents it answers from."""
        return self._documents

    def answer(self, question: str, conversation: object) -> Answer:
        """Answer with the passages that hold a word of the question in capitals."""
        assert isinstance(conversation, Conversation)
        self.threads.add(threading.current_thread().name)
        self.before_answer(question)
        self.conversations.append(conversation)
        conversation.questions.append(question)
        if "nguy hiểm" in question:
            return _safety(self._cited("NGUY"))
        if question == "vừa hỏi gì?":
            return Answer("answered", lead=" | ".join(conversation.questions))
        words = [word for word in re.findall(r"\w+", question) if word.isupper()]
        citations = tuple(citation for word in words for citation in self._cited(word))
        if citations:
            return Answer("answered", f"Về {words[0]}, văn bản ghi:", citations, ("văn bản không ghi thời hạn",))
        return Answer("not_found", f"Không có trong văn bản: {question}", nearest=self._cited("SÂN")[:2])

    async def reply(
        self, question: str, conversation: object, *, person: str = "", tell: Tell = lambda _: None
    ) -> Reply:
        """Answer in a worker thread, then let the model write, if there is one and nobody is in danger."""
        self.persons.append(person)
        answer = await asyncio.to_thread(self.answer, question, conversation)
        kind = "greeting" if re.fullmatch(r"[a-zà-ỹ]+", question) else "fact"
        if self.model is None or answer.status == "safety":
            return Reply(answer, kind)
        written, use = await self.model.write(answer, tell)
        return Reply(written, kind, use)

    def held(self, reference: Reference) -> Document | None:
        """Return the document of a citation's number or title."""
        return next((document for document in self._documents if _names(reference, document)), None)

    def cited_by(self, document_id: str) -> Answer:
        """Answer with the passages that cite a document."""
        cited = next(document for document in self._documents if document.id == document_id)
        citations = tuple(
            cite(document, section, passage)
            for document in self._documents
            for section in document.sections
            for passage in section.passages
            if any(_names(reference, cited) for reference in passage.references)
        )
        return Answer("answered", f"Dẫn chiếu {name_of(cited)}:", citations)

    def _cited(self, word: str) -> tuple[Citation, ...]:
        return tuple(
            cite(document, section, passage)
            for document in self._documents
            for section in document.sections
            for passage in section.passages
            if word in passage.text
        )


def cite(document: Document, section: Section, passage: Passage) -> Citation:
    """Cite a passage whole."""
    return Citation(
        passage_id=passage.id,
        document_id=document.id,
        document=document.number,
        title=document.title,
        issuer=document.issuer,
        name=name_of(document),
        section=section.path,
        label=passage.label,
        quote=passage.text,
        digest=document.digest,
    )


def sample_documents() -> tuple[Document, ...]:
    """Return a plan with many sections, and a letter without number and date."""
    plan_sections = (
        _section(PLAN, "mở đầu", "Phần mở đầu", "", "Kế hoạch này nói về TRƯỜNG học."),
        _section(PLAN, "II", "Mục II", "NHIỆM VỤ"),
        *(
            _section(PLAN, f"II.{number}", f"Mục II.{number}", f"Nhiệm vụ thứ {number}", f"SÂN chơi số {number}.")
            for number in range(1, 17)
        ),
        _section(PLAN, "III", "Mục III", "TỔ CHỨC", "THƯ viện mở cửa hằng ngày.", "THƯ viện có sách mới."),
        _section(PLAN, "IV", "Mục IV", "Dấu lạ", MARKUP + " MARKUP"),
        _section(PLAN, "V", "Mục V", "Đoạn dài", LONG + " DÀI", "Đoạn cuối."),
    )
    plan = Document(
        id=PLAN,
        number="12-KH/XYZ",
        kind="Kế hoạch",
        title="Về sân chơi và thư viện cho trẻ em",
        issuer="Ủy ban xã Hòa Bình",
        place="Hòa Bình",
        issued=date(2024, 3, 6),
        signer="Nguyễn Văn A",
        recipients=("Các trường học", "Lưu: VP"),
        sections=plan_sections,
        unwritten=("place",),
    )
    letter = Document(
        id=LETTER,
        number=None,
        kind="Công văn",
        title="Về việc trực hè",
        issuer="Phòng Giáo dục Sông Hồng",
        place=None,
        issued=None,
        signer=None,
        sections=(
            _section(LETTER, "1", "Mục 1", "Trực hè", "HÈ đến, các trường phân công trực. NGUY hiểm thì báo ngay."),
        ),
    )
    return plan, letter


def sample_laws() -> tuple[Document, ...]:
    """Return a law in a summary, nine decrees in full, and a notice that cites them."""
    toy_law = Reference("Luật Đồ chơi", "Luật", title="Luật Đồ chơi")
    lost = Reference("Nghị định số 99/2019/NĐ-CP", "Nghị định", "99/2019/NĐ-CP")
    decrees = tuple(
        Reference(f"Nghị định số {n}/2020/NĐ-CP", "Nghị định", f"{n}/2020/NĐ-CP") for n in range(1, DECREES + 1)
    )
    cited = (
        ("1", "Theo Luật Đồ chơi và Nghị định số 1/2020/NĐ-CP.", (toy_law, decrees[0])),
        ("2", "Theo điểm b khoản 13 Điều 6 của Luật đồ chơi.", (toy_law,)),
        ("3", "Theo khoản 1 Điều 6 và Điều 7, 8 Luật Đồ chơi.", (toy_law,)),
        ("4", "Theo Điều 500 Luật Đồ chơi.", (toy_law,)),
        ("5", "Theo Điều 9 và Luật Đồ chơi.", (toy_law,)),
        ("6", "Theo Nghị định số 99/2019/NĐ-CP.", (lost,)),
        ("7", "; ".join(reference.text for reference in decrees), decrees),
        ("8", "Các trường tự làm ĐỒ chơi.", ()),
    )
    sections = (
        replace(section, passages=tuple(replace(passage, references=references) for passage in section.passages))
        for section, references in (
            (_section(NOTICE, path, f"Mục {path}", f"Việc {path}", text), references)
            for path, text, references in cited
        )
    )
    notice = Document(
        NOTICE, "7-TB/ABC", "Thông báo", "Về đồ chơi", "Xã Bình", None, None, None, sections=tuple(sections)
    )
    return (_toy_law(), *(_decree(reference) for reference in decrees), notice)


def _toy_law() -> Document:
    articles = (
        _section(
            TOY_LAW,
            f"Điều {number}",
            f"Điều {number}",
            f"Trách nhiệm cung cấp đồ chơi an toàn cho trẻ em ở nơi công cộng, lần {number}",
            f"Đồ chơi ở SÂN trường phải an toàn, CẤP{number}. " + ("Dài dòng. " * 20).strip(),
        )
        for number in range(1, ARTICLES + 1)
    )
    return Document(
        id=TOY_LAW,
        number="102/2015/QH99",
        kind="Luật",
        title="Luật Đồ chơi",
        issuer="Quốc hội",
        place=None,
        issued=date(2015, 4, 5),
        signer=None,
        sections=tuple(articles),
        digest=True,
    )


def _decree(reference: Reference) -> Document:
    id_ = f"nghi-dinh-{reference.number}"
    issuer, issued = "Chính phủ", date(2020, 5, 6)
    articles = (_section(id_, "Điều 1", "Điều 1", "Phạm vi", "QUẢN lý đồ chơi."),)
    title = "Nghị định quy định về việc quản lý đồ chơi trong trường học, nhà trẻ và nơi công cộng"
    return Document(id_, reference.number, "Nghị định", title, issuer, None, issued, None, sections=articles)


def _names(reference: Reference, document: Document) -> bool:
    return reference.title == document.title or (reference.number is not None and reference.number == document.number)


def _section(document_id: str, path: str, label: str, heading: str, *passages: str) -> Section:
    return Section(
        path,
        label,
        heading,
        tuple(
            Passage(f"{document_id}#{path}#{place}", place, f"{label}, đoạn {place}", "paragraph", text)
            for place, text in enumerate(passages, 1)
        ),
    )


def _safety(citations: tuple[Citation, ...]) -> Answer:
    numbers = (
        HelpNumber("111", "Tổng đài quốc gia bảo vệ trẻ em", "ngày đêm, không mất tiền"),
        HelpNumber("113", "Công an", "khi việc đang xảy ra"),
    )
    return Answer("safety", "Bạn đã rất can đảm khi nói ra điều này.", citations, help_numbers=numbers)
