"""Laws over HTTP: from a section to what it cites, to who cites that, and summaries that say they are ones."""

import pytest
from bot_api import BotApi
from bot_api.people import Person, Reply
from bot_api.rules import MOST_CALLBACK_BYTES
from bot_api.running import RunningBot
from sample_assistant import SampleAssistant, sample_documents, sample_laws

from bot import texts
from bot.render import as_text
from bot.serving import Served
from knowledge.assistant import Assistant, Conversation

pytest_plugins = ("bot_api.fixtures",)
BACK = ["↩ Mục lục", "↩ Danh sách văn bản"]
NOTE = "Tóm lược bằng lời của dự án, không phải nguyên văn."


@pytest.fixture
def sample() -> SampleAssistant:
    """Return an assistant that holds laws, and lists them before the documents that cite them."""
    return SampleAssistant((*sample_laws(), *sample_documents()))


@pytest.fixture
def lan(api: BotApi, bot: RunningBot) -> Person:
    """Give a person who writes to the running bot."""
    assert bot.error is None
    return api.person()


def opens(lan: Person, *buttons: str) -> Reply:
    """Walk from the list of documents along buttons that change one message."""
    view = lan.asks("/tailieu")
    for button in buttons:
        lan.turns(view, button)
    return view


@pytest.mark.parametrize(
    ("section", "buttons"),
    [
        pytest.param("Mục 1.", ["Luật Đồ chơi", "Nghị định 1/2020/NĐ-CP"], id="two-documents"),
        pytest.param("Mục 2.", ["Điều 6, Luật Đồ chơi"], id="clause-of-an-article"),
        pytest.param("Mục 3.", ["Luật Đồ chơi"], id="several-articles"),
        pytest.param("Mục 4.", ["Luật Đồ chơi"], id="article-that-is-not-there"),
        pytest.param("Mục 5.", ["Luật Đồ chơi"], id="article-of-another-document"),
        pytest.param("Mục 6.", [], id="not-held"),
        pytest.param("Mục 7.", [f"Nghị định {number}/2020/NĐ-CP" for number in range(1, 9)], id="eight-at-most"),
        pytest.param("Mục 8.", [], id="cites-nothing"),
    ],
)
def test_section_has_a_button_for_each_document_that_it_cites(lan: Person, section: str, buttons: list[str]) -> None:
    """Only what is held has a button, once, with the article where the citation names a single one."""
    assert opens(lan, "7-TB/ABC", section).buttons == [*buttons, *BACK]


def test_button_of_a_cited_law_opens_its_outline_beside_the_section(lan: Person) -> None:
    """The section stays; the law comes as a new message, and turns its pages there."""
    section = opens(lan, "7-TB/ABC", "Mục 1.")
    lan.presses(section, "Luật Đồ chơi")
    outline = lan.hears_one()
    assert section.text.startswith("Thông báo 7-TB/ABC")
    assert outline.text.startswith("Luật Đồ chơi (tóm lược)\n\nSố: 102/2015/QH99\n")
    lan.turns(outline, "▶")
    assert outline.buttons[0].startswith("Điều 9. ")


def test_button_of_a_cited_article_opens_the_article(lan: Person) -> None:
    """Where the citation names an article, a press leads to that one."""
    lan.presses(opens(lan, "7-TB/ABC", "Mục 2."), "Điều 6, Luật Đồ chơi")
    article = lan.hears_one()
    assert article.styled("bold")[0].startswith("Điều 6. Trách nhiệm")
    assert article.buttons == [texts.CITED_BY_BUTTON, *BACK]


def test_section_under_an_answer_has_the_buttons_too(lan: Person) -> None:
    """What a citation's button opens leads on to the documents that are cited there."""
    article = opens(lan, "Luật Đồ chơi", "Điều 1.")
    lan.presses(article, texts.CITED_BY_BUTTON)
    answer = lan.hears_one()
    lan.presses(answer, "[2]")
    assert lan.hears_one().buttons == ["Điều 6, Luật Đồ chơi", *BACK]


@pytest.mark.parametrize("way", [("Luật Đồ chơi",), ("Luật Đồ chơi", "Điều 3.")], ids=["outline", "article"])
def test_who_cites_a_law_is_an_answer_like_any_other(lan: Person, way: tuple[str, ...]) -> None:
    """The answer comes as a new message, with sources, quotes, and buttons that open the citing sections."""
    view = opens(lan, *way)
    before = view.text
    lan.presses(view, texts.CITED_BY_BUTTON)
    answer = lan.hears_one()
    assert view.text == before
    assert answer.text.startswith("Dẫn chiếu Luật Đồ chơi:\n\n[1] Mục 1, đoạn 1, Thông báo 7-TB/ABC (Xã Bình)\n“Theo ")
    assert answer.buttons == [f"[{number}] Mục {number} · 7-TB/ABC" for number in range(1, 6)]


def test_who_cites_is_asked_of_laws_alone(lan: Person) -> None:
    """A plan's outline and its sections have no such button."""
    assert texts.CITED_BY_BUTTON not in opens(lan, "7-TB/ABC").buttons
    assert texts.CITED_BY_BUTTON not in opens(lan, "7-TB/ABC", "Mục 1.").buttons


def test_who_cites_a_law_that_is_gone_says_so(lan: Person, bot: RunningBot) -> None:
    """After an edition without the law, its buttons tell that they are old."""
    law, section = opens(lan, "Luật Đồ chơi"), opens(lan, "7-TB/ABC", "Mục 1.")
    bot.serving.swap(Served.by(SampleAssistant(sample_documents())))
    for view, button in ((law, texts.CITED_BY_BUTTON), (section, "Luật Đồ chơi")):
        assert (lan.presses(view, button).answer or {})["text"] == texts.STALE_BUTTON


def test_answer_from_a_summary_says_so_and_has_no_quotation_marks(lan: Person) -> None:
    """The words of a summary are not the law's own; those of a full text are, and keep their marks."""
    answer = lan.asks("CẤP51 và QUẢN lý?")
    assert answer.styled("bold")[:2] == [
        "[1] Điều 51, đoạn 1, Luật Đồ chơi (tóm lược)",
        "[2] Điều 1, đoạn 1, Nghị định 1/2020/NĐ-CP (Chính phủ)",
    ]
    assert answer.styled("blockquote")[0].startswith("Đồ chơi ở SÂN trường phải an toàn, CẤP51. Dài")
    assert answer.styled("blockquote")[1] == "“QUẢN lý đồ chơi.”"
    assert answer.buttons[:2] == ["[1] Điều 51 · Luật Đồ chơi", "[2] Điều 1 · Nghị định 1/2020/NĐ-CP"]


def test_summary_offered_as_near_has_no_quotation_marks(lan: Person) -> None:
    """Shortened words of a summary end in dots, and stand without marks as well."""
    quote = lan.asks("học phí?").styled("blockquote")[0]
    assert quote.startswith("Đồ chơi ở SÂN trường phải an toàn, CẤP1. Dài")
    assert quote.endswith(" …")


def test_section_of_a_summary_begins_by_saying_so(lan: Person) -> None:
    """One line stands above the text of a summary, and none above that of a full text."""
    title = "Trách nhiệm cung cấp đồ chơi an toàn cho trẻ em ở nơi công cộng, lần 1"
    article = opens(lan, "Luật Đồ chơi", "Điều 1.")
    assert article.text.startswith(f"Luật Đồ chơi (tóm lược)\nĐiều 1. {title}\n\n{NOTE}\n\nĐồ chơi ở SÂN trường")
    assert article.styled("italic") == [NOTE]
    decree = opens(lan, "▶", "Nghị định 9/2020", "Điều 1.")
    assert decree.text == "Nghị định 9/2020/NĐ-CP (Chính phủ)\nĐiều 1. Phạm vi\n\nQUẢN lý đồ chơi."


def test_outline_of_a_summary_claims_nothing_of_what_it_leaves_out(lan: Person) -> None:
    """That a summary names no signer does not mean that the law has none."""
    assert "Người ký" not in opens(lan, "Luật Đồ chơi").text
    assert "Người ký: không ghi" in opens(lan, "▶", "Nghị định 9/2020").text


def test_list_shows_the_documents_before_the_laws(lan: Person) -> None:
    """Laws follow the documents that the bot is about, named by title, summaries marked; two pages hold all."""
    view = lan.asks("/tailieu")
    assert view.buttons == [
        "7-TB/ABC – Xã Bình",
        "12-KH/XYZ – Ủy ban xã Hòa Bình – 06/03/2024",
        "Công văn (không số) – Phòng Giáo dục Sông Hồng",
        "Luật Đồ chơi (tóm lược) – 102/2015/QH99 – 05/04/2015",
        *(f"Nghị định {number}/2020/NĐ-CP – 06/05/2020" for number in range(1, 5)),
        "1/2",
        "▶",
    ]
    lan.turns(view, "▶")
    assert view.buttons[0].startswith("Nghị định 5/2020/NĐ-CP")
    assert view.buttons[4:] == ["Nghị định 9/2020/NĐ-CP – 06/05/2020", "◀", "2/2"]


def test_outline_of_a_law_shows_its_articles_page_by_page(lan: Person) -> None:
    """All 106 articles are reached in order, eight a page; names and data keep within what a button holds."""
    view = opens(lan, "Luật Đồ chơi")
    articles: list[str] = []
    for page in range(1, 15):
        shown = [button for button in view.buttons if button.startswith("Điều ")]
        assert f"{page}/14" in view.buttons
        assert len(shown) == (8 if page < 14 else 2)
        assert max(map(len, view.buttons)) <= 64
        assert len(view.data_of(shown[-1]).encode()) <= MOST_CALLBACK_BYTES
        articles += shown
        if page < 14:
            lan.turns(view, "▶")
    assert [article.partition(".")[0] for article in articles] == [f"Điều {number}" for number in range(1, 107)]
    assert articles[50] == "Điều 51. Trách nhiệm cung cấp đồ chơi an toàn cho trẻ em ở …"


def test_terminal_and_ask_mark_summaries_as_well(assistant: Assistant) -> None:
    """Of the shipped documents, an article in a summary is named as one, without quotation marks."""
    source, words = as_text(assistant.answer("Điều 51 Luật Trẻ em quy định gì?", Conversation())).split("\n")[2:4]
    assert source == "[1] Khoản 1 Điều 51, Luật Trẻ em (tóm lược)"
    assert "“" not in words
