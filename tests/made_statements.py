"""Make statements as an honest and as a lying model would, from the passages of a library; always the same ones."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.library import Library, Place, name_of
from knowledge.writing.statements import Quote, WrittenStatement

FEWEST = 9
MOST = 60
_ENDS = re.compile(r"(?<=[.;])\s+")
_VERBS = (
    "Tăng cường|Đẩy mạnh|Nâng cao|Tiếp tục|Thực hiện|Triển khai|Xây dựng|Tổ chức|Chú trọng|Quan tâm|Phát triển|"
    "Kiện toàn|"
    "Tập trung|Bảo đảm|Chủ động|Duy trì|Hoàn thiện|Đổi mới|Phát huy|Khẩn trương|Kịp thời|Lồng ghép|Thường xuyên"
)
_WORDS = {2: "hai", 3: "ba", 4: "bốn", 5: "năm", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín", 10: "mười", 12: "mười hai"}
_WORDS |= {14: "mười bốn", 15: "mười lăm", 16: "mười sáu", 18: "mười tám", 24: "hai mươi bốn", 30: "ba mươi"}
_COUNTED = re.compile(r"(?<![\w/.,-])(?<!- )0?(\d{1,2}) (tuổi|tháng|giờ|ngày|lần|bản)\b(?! \d)")
_DATE = re.compile(r"\b0?(\d{1,2})/0?(\d{1,2})/(\d{4})\b")
_SHORT = {
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "Giáo dục và Đào tạo": "GD&ĐT",
    "trung học phổ thông": "THPT",
    "bảo hiểm y tế": "BHYT",
    "Mặt trận Tổ quốc": "MTTQ",
}
_BODIES = ("Bộ Quốc phòng", "Hội Chữ thập đỏ", "Tổng cục Hải quan", "Ngân hàng Nhà nước", "Bộ Tư pháp")
_ACTORS = re.compile(
    r"\b(?:Ban Tuyên giáo(?: và Dân vận)?|Ủy ban nhân dân|Chính phủ|Nhà nước|Trường|Bộ Giáo dục và Đào tạo|Bộ Y tế|"
    r"Bộ Công an|Tòa án|Mặt trận Tổ quốc|Cha mẹ|Người sử dụng lao động|Sở Giáo dục và Đào tạo|[Nn]hà trường)\b"
)
_TRUE_OF_FORBIDDEN = ("negation added", "prohibition added")
_SWAPS = ("Bộ Quốc phòng", "hội phụ nữ", "công đoàn", "ngân hàng", "bệnh viện", "hải quan")


@dataclass(frozen=True, slots=True)
class Made:
    """A statement with the passages that were offered for it."""

    kind: str
    written: WrittenStatement
    offered: Mapping[int, Place]

    def saying(self, kind: str, text: str) -> "Made":
        """Say something else with the same quotes."""
        return replace(self, kind=kind, written=self.written.model_copy(update={"text": text}))

    def quoting(self, kind: str, words: str, passage: int = 1) -> "Made":
        """Say the same with another first quote."""
        quotes = [Quote(passage=passage, words=words), *self.written.quotes[1:]]
        return replace(self, kind=kind, written=self.written.model_copy(update={"quotes": quotes}))


def made(kind: str, text: str, quotes: Sequence[tuple[Place, str]]) -> Made:
    """Put a statement and its quotes together."""
    places = list({place.passage.id: place for place, _ in quotes}.values())
    number = {place.passage.id: at for at, place in enumerate(places, start=1)}
    said = [Quote(passage=number[place.passage.id], words=words) for place, words in quotes]
    return Made(kind, WrittenStatement(text=text, quotes=said), {number[place.passage.id]: place for place in places})


def clauses(place: Place) -> list[str]:
    """Return the sentences and clauses of a passage that can stand for themselves."""
    whole = (clause for clause in _ENDS.split(place.passage.text) if clause.count("(") == clause.count(")"))
    return [clause for clause in whole if FEWEST <= len(clause.split()) <= MOST]


def is_forbidden(library: Library, place: Place) -> bool:
    """Tell whether what stands above a passage forbids what it says, so that its words alone would mislead."""
    opening = library.list_opening(place)
    above = f"{place.section.heading} {opening.passage.text if opening else ''}".lower()
    return "cấm" in above or "không được" in above


def honest(library: Library, most: int) -> Iterator[Made]:
    """Yield honest statements of every kind on passages taken evenly from the library."""
    places = [place for place in library.places() if clauses(place) and not is_forbidden(library, place)]
    for place in places[:: max(1, len(places) // most)]:
        clause = clauses(place)[0]
        yield made("verbatim", clause, [(place, clause)])
        yield made("sentence", _sentence(clause), [(place, clause)])
        yield from _reworded(place, clause)
    for one, two in zip(places[::3], places[1::3], strict=False):
        first, second = clauses(one)[0], clauses(two)[0]
        yield made("joined", f"{_sentence(first)} {_sentence(second)}", [(one, first), (two, second)])


def _reworded(place: Place, clause: str) -> Iterator[Made]:
    name = name_of(place.document)
    yield made("attributed", f"Theo {name}, {_lower(_sentence(clause))}", [(place, clause)])
    if re.match(_VERBS, clause):
        yield made("duty", f"Các đơn vị cần {_lower(_sentence(clause))}", [(place, clause)])
    short = clause.rpartition(", ")[0]
    if len(short.split()) >= FEWEST and not re.search(r"\b(?:trừ|không|nếu|khi)\b", clause[len(short) :]):
        yield made("shortened", _sentence(short), [(place, clause)])
    for kind, text in (
        ("number in words", _COUNTED.sub(_in_words, clause)),
        ("date in words", _DATE.sub(r"\1 tháng \2 năm \3", clause)),
        ("short forms", _with_short_forms(clause)),
    ):
        if text != clause:
            yield made(kind, _sentence(text), [(place, clause)])


def _sentence(clause: str) -> str:
    return f"{clause[0].upper()}{clause[1:].rstrip(' .;:,')}."


def _lower(sentence: str) -> str:
    return sentence if sentence[:2].isupper() or _ACTORS.match(sentence) else sentence[0].lower() + sentence[1:]


def _in_words(counted: re.Match[str]) -> str:
    return f"{_WORDS.get(int(counted[1]), counted[1])} {counted[2]}"


def _with_short_forms(text: str) -> str:
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    return text


def lies(library: Library, most: int) -> Iterator[Made]:
    """Yield every kind of lie on honest statements taken evenly from the library."""
    dice = random.Random(28)  # noqa: S311 - the same lies every time
    places = [place for place in library.places() if clauses(place)]
    for place in places[:: max(1, len(places) // most)]:
        clause = clauses(place)[0]
        true = made("true", _sentence(clause), [(place, clause)])
        forbidden = is_forbidden(library, place)
        yield from (lie for lie in lies_on(true, dice) if not (forbidden and lie.kind in _TRUE_OF_FORBIDDEN))
        opening = library.list_opening(place)
        if (
            opening
            and re.search(r"\b(?:[Cc]ấm|không được)\b", opening.passage.text)
            and not re.search("ấm|hông", clause)
        ):
            yield true.saying("forbidden list told as fact", _sentence(clause))
        other = dice.choice(places)
        said = clauses(other)[-1]
        if not _says(place.passage.text, said):
            yield true.saying("another passage's words", _sentence(said))


def lies_on(true: Made, dice: random.Random) -> Iterator[Made]:
    """Yield every kind of lie on an honest statement in Vietnamese."""
    yield from lies_of_form(true, dice)
    yield from _lies_of_particulars(true, dice)
    yield from _lies_of_meaning(true, dice)


def _says(text: str, clause: str) -> bool:
    """Tell whether a passage speaks mostly in the words of a clause of another."""
    words = [word.lower() for word in re.findall(r"\w+", clause)]
    there = set(re.findall(r"\w+", text.lower()))
    return sum(word in there for word in words) > len(words) * 3 // 5


def lies_of_form(true: Made, dice: random.Random) -> Iterator[Made]:
    """Yield lies about what the statement rests on."""
    clause = true.written.quotes[0].words
    letters = [at for at, sign in enumerate(clause) if sign.isalpha()]
    at = dice.choice(letters)
    yield true.quoting("altered letter", clause[:at] + ("b" if clause[at] not in "bB" else "c") + clause[at + 1 :])
    vowels = [at for at in letters if clause[at] in "aáàâấoóôốeéêếiuúư"]
    at = dice.choice(vowels)
    yield true.quoting("altered mark", clause[:at] + ("ạ" if clause[at] in "aáàâấ" else "ị") + clause[at + 1 :])
    yield true.quoting("invented passage", clause, passage=7)
    yield true.quoting("invented quote", "Mọi cơ quan phải báo cáo kết quả thực hiện trước ngày mười lăm hằng tháng")
    if len(true.written.quotes) == 1:
        yield true.quoting("three words", " ".join(clause.split()[:3]))
    yield replace(true, kind="no quote", written=true.written.model_copy(update={"quotes": []}))
    words = clause.split()
    cut = dice.randrange(1, len(words) - 1)
    yield true.quoting("word left out", " ".join([*words[:cut], *words[cut + 1 :]]))


def _lies_of_particulars(true: Made, dice: random.Random) -> Iterator[Made]:
    said = true.written.text
    yield true.saying("wrong Điều", f"Theo Điều {dice.randrange(230, 290)}, {_lower(said)}")
    yield true.saying("wrong khoản", f"{said[:-1]} (điểm {dice.choice('ghik')} khoản {dice.randrange(13, 19)}).")
    yield true.saying("wrong Mục", f"Theo Mục {dice.choice(['V.9', 'VI.7', '19', '27'])}, {_lower(said)}")
    yield true.saying("invented decree", f"Theo Nghị định {dice.randrange(90, 300)}/2024/NĐ-CP, {_lower(said)}")
    yield true.saying("invented document", f"{said[:-1]} theo Quyết định {dice.randrange(600, 990)}/QĐ-TTg.")
    yield true.saying("other law", f"Theo Luật Giáo dục nghề nghiệp, {_lower(said)}")
    yield true.saying(
        "hotline one digit off",
        f"{said[:-1]}; tổng đài bảo vệ trẻ em {dice.choice(['112', '110', '121', '141', '211'])}.",
    )
    yield true.saying("telephone", f"{said} Liên hệ 0{dice.randrange(900000000, 989999999)}.")
    yield true.saying("link", f"{said} Xem tại https://tre-em-{dice.randrange(99)}.example/dang-ky.")
    yield true.saying("bare link", f"{said} Xem baovetreem{dice.randrange(99)}.com để biết thêm.")
    yield true.saying("mail", f"{said} Gửi thư tới hotro{dice.randrange(99)}@vidu.net.")
    yield true.saying("handle", f"{said} Nhắn @hotro_treem{dice.randrange(99)} trên Telegram.")
    yield true.saying("added number", f"{said[:-1]} trong {dice.choice([41, 53, 67])} ngày.")
    yield true.saying("added date", f"{said[:-1]} trước ngày {dice.randrange(1, 28)}/{dice.randrange(1, 12)}/2031.")
    yield true.saying("added name", f"{said[:-1]} tại tỉnh {dice.choice(['Lào Cai', 'Đồng Nai', 'An Giang'])}.")
    for number in re.finditer(r"(?<![\w/.,-])\d+(?![\w/-])", said):
        wrong = str(int(number[0]) + dice.choice([1, 2, 7, 10]))
        yield true.saying("other number", said[: number.start()] + wrong + said[number.end() :])
    for date in _DATE.finditer(said):
        day = int(date[1]) % 28 + 1
        yield true.saying("other date", said[: date.start()] + f"{day}/{date[2]}/{date[3]}" + said[date.end() :])
    for number in re.finditer(r"\b(\d+)(-[A-ZĐ]+/[A-ZĐ]+|/\d{4}/[A-ZĐ-]+)", said):
        yield true.saying(
            "other document number", said[: number.start(1)] + str(int(number[1]) + 3) + said[number.end(1) :]
        )


_EXCHANGED = (
    ("duty made leave", r"\bphải\b(?! chăng)", "có thể"),
    ("duty negated", r"\bphải\b(?! là)", "không phải"),
    (
        "leave made duty",
        r"(?<!không )(?<!chỉ )\bđược (?=nhận|hưởng|nghỉ|biết|chọn|yêu cầu|từ chối|làm|cho|quy định|tự)",
        "phải ",
    ),
    (
        "leave negated",
        r"(?<!không )(?<!chưa )\bđược (?=nhận|hưởng|nghỉ|biết|chọn|yêu cầu|bảo vệ|chăm sóc|hỗ trợ)",
        "không được ",
    ),
    (
        "negation dropped",
        r"\b(?:[Kk]hông được|[Kk]hông phải|[Kk]hông bị|[Kk]hông) (?!gian|chỉ|những|khí|chuyên|nơi|giam|quá|tự)",
        "",
    ),
    ("not yet dropped", r"\b[Cc]hưa (?!thành niên|đủ|đến)", "đã "),
    ("forbidden made allowed", r"^(?:Nghiêm cấm|Cấm)\b", "Được phép"),
    ("below made above", r"\bdưới (?=\d)", "trên "),
    ("from made below", r"\btừ đủ (?=\d)", "dưới "),
    ("most made least", r"\b(?:không quá|tối đa|nhiều nhất|dài nhất) (?=\d)", "ít nhất "),
    ("least made most", r"\b(?:ít nhất|tối thiểu) (?=\d)", "tối đa "),
    ("before made after", r"\btrước (?=khi|ngày|\d)", "sau "),
    ("or made and", r"(?<=\w) hoặc (?=\w)", " và "),
    ("only dropped", r"\bchỉ (?=được|khi|có|hưởng|nhận)", ""),
)


def _lies_of_meaning(true: Made, dice: random.Random) -> Iterator[Made]:
    said = true.written.text
    for kind, pattern, other in _EXCHANGED:
        text = re.sub(pattern, other, said, count=1)
        if text != said:
            yield true.saying(kind, text[0].upper() + text[1:])
    if re.match(_VERBS, said):
        yield true.saying("negation added", f"Không {_lower(said)}")
        yield true.saying("prohibition added", f"Các đơn vị không được {_lower(said)}")
    exception = re.search(r"(?<!khấu),? (?:trừ|trừ khi|trừ trường hợp|ngoại trừ) [^.;]*", said)
    if exception:
        yield true.saying("exception dropped", said[: exception.start()] + ".")
    actor = _ACTORS.search(said)
    if actor and actor.start() < len(said) // 3:
        yield true.saying("other subject", said[: actor.start()] + dice.choice(_SWAPS) + said[actor.end() :])
    yield true.saying("other body", f"{dice.choice(_BODIES)} {_lower(said)}")
    yield true.saying("invented clause", f"{said[:-1]} và nộp phạt cho ban liên lạc cựu chiến binh.")
    yield true.saying("only added", f"Chỉ những ai đóng lệ phí thì {_lower(said)}")


_EXCHANGED_IN_ENGLISH = (
    ("duty made leave", r"\bmust\b", "may"),
    ("duty negated", r"\b(?:must|should|can)\b", r"\g<0> not"),
    ("negation dropped", r"\b(?:must|should|may) not\b|\bnot \b|\bno longer than\b", "must"),
    ("below made above", r"\bunder\b", "over"),
    ("most made least", r"\bat most\b", "at least"),
    ("verb negated", r"\b(?:are|is|works|covers|took|runs|receive)\b", r"\g<0> not"),
    ("forbidden made allowed", r"\bforbidden\b", "allowed"),
    ("free made not free", r"\bfree\b", "expensive"),
    ("other subject", r"^(?:Schools|The Party cells|The state budget|Families and schools)", "The Ministry of Defence"),
    ("other subject", r"^(?:Schools|The Party cells|The state budget|Families and schools)", "The police"),
)


def lies_in_english(true: Made, dice: random.Random) -> Iterator[Made]:
    """Yield lies on an honest English statement."""
    said = true.written.text
    yield from lies_of_form(true, dice)
    for kind, pattern, other in _EXCHANGED_IN_ENGLISH:
        text = re.sub(pattern, other, said, count=1)
        if text != said:
            yield true.saying(kind, text)
    yield true.saying("wrong Điều", f"Under Article {dice.randrange(230, 290)}, {said}")
    yield true.saying("invented decree", f"Under Decree {dice.randrange(100, 300)}/2024/NĐ-CP, {said}")
    yield true.saying("hotline one digit off", f"{said} Call the child protection hotline 112.")
    yield true.saying("link", f"{said} See https://children-{dice.randrange(99)}.example.")
    yield true.saying("added number", f"{said[:-1]} within {dice.choice([41, 53])} days.")
    yield true.saying(
        "invented clause", f"{said[:-1]} and parents pay a fine of one month's wages to the veterans' club."
    )
    for number in re.finditer(r"\d+", said):
        yield true.saying(
            "other number",
            said[: number.start()] + str(int(number[0]) + dice.choice([1, 2, 10])) + said[number.end() :],
        )
