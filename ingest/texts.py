"""Everything that `python -m ingest` says to the operator, in Vietnamese."""

from collections.abc import Iterable

PROGRAM = "Đọc văn bản thành mục, đoạn và dựng kho tra cứu."
COMMAND = "lệnh"
SHOW = "xem một văn bản đã được đọc thành những mục nào"
SHOW_NAME = "số hiệu (276-KH/TU), mã văn bản hoặc đường dẫn tệp"
SHOW_JSON = "in một đối tượng JSON thay cho bảng"

UNKNOWN_DOCUMENT = "Không tìm thấy văn bản “{name}”. Các văn bản hiện có:\n{known}"
AMBIGUOUS_DOCUMENT = "Có nhiều văn bản cùng mang tên “{name}”. Hãy gọi bằng mã:\n{candidates}"
UNKNOWN_FILE_TYPE = "Chưa đọc được loại tệp {suffix} ({path}). Hãy lưu văn bản thành một trong các loại: {known}."
UNREADABLE_ENCODING = (
    "Tệp {path} không ở bảng mã Unicode. Hãy mở tệp, chọn “Lưu thành” (Save as) với mã UTF-8 rồi thử lại."
)
OLD_FONT = (
    "Tệp {path} dùng phông chữ cũ (TCVN3 .VnTime, VNI). Hãy đổi văn bản sang Unicode (ví dụ bằng UniKey) rồi thử lại."
)
EMPTY_FILE = "Tệp {path} không có chữ nào. Nếu là bản chụp, hãy nhận dạng chữ (OCR) trước rồi thử lại."
NO_STRUCTURE = (
    "Tệp {path} không có phần nào của một văn bản hành chính (số, tên loại, mục, điều). "
    "Hãy kiểm tra xem có chọn nhầm tệp không."
)
BROKEN_FILE = (
    "Không mở được tệp {path}: {reason}. Hãy mở tệp bằng phần mềm thường dùng, lưu lại thành một tệp mới rồi thử lại."
)
SEVERAL_DOCUMENTS = "Tệp {path} có nhiều văn bản. Hãy gọi bằng mã:\n{ids}"
SIDECAR_OF_SEVERAL = "tệp kia có nhiều văn bản, nên không ghi được thông tin riêng của một văn bản"
BAD_SIDECAR = "Tệp thông tin kèm theo {path} không dùng được: {reason}. Hãy sửa lại tệp này rồi thử lại."

NOT_WRITTEN = "không ghi"
UNWRITTEN = "(theo tệp thông tin kèm theo, văn bản không in)"

PARTICULARS = {
    "number": "Số, ký hiệu",
    "kind": "Tên loại",
    "title": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "issued": "Ngày ban hành",
    "signer": "Người ký",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "carries_out": "Thực hiện",
    "id": "Mã văn bản",
}
"""The particulars of a document in the order in which they are shown."""
PROVENANCE = "Nguồn tệp"
OUTLINE = "{sections} mục, {passages} đoạn"
COUNT = "  ({} đoạn)"
WARNING = "Lưu ý: {}"

OPENING_LABEL = "Phần mở đầu"
CLOSING_LABEL = "Phần kết luận"
SECTION_LABEL = "Mục {}"
ARTICLE = "Điều"
CHAPTER = "Chương"
CLAUSE_LABEL = "khoản {}"
POINT_LABEL = "điểm {}"
PARAGRAPH_LABEL = "{}, đoạn {}"
DASH_LABEL = "{}, gạch đầu dòng {}"
LEAD_LABEL = "{}, đoạn mở đầu"

GAP = "đánh số không liền: “{found}” đứng sau “{before}”{place}"
WITHIN = " ({})"
NOTHING = "(đầu phần)"
UNMARKED = "{place}: các ý sau dấu hai chấm không có ký hiệu (a, b, c …) trong tệp"
SCRIBBLE = "đã bỏ ra ngoài văn bản, coi là bút phê hoặc số trang: “{text}”"
NO_WORD_FILE = "tệp không phải là tệp Word (.docx) hoặc đã hỏng"
OLD_WORD = "tệp có mật khẩu hoặc là tệp Word đời cũ (.doc)"
TOO_LARGE_INSIDE = "nội dung bên trong tệp lớn khác thường"
DOCUMENT_TYPE = "bên trong tệp có khai báo lạ (DOCTYPE) mà Word không bao giờ ghi"
TOO_DEEP = "trang có các phần lồng nhau sâu khác thường"
NOTES_LEFT_OUT = "đã bỏ {count} chú thích cuối trang ra ngoài văn bản"
BOX_LEFT_OUT = "đã bỏ chữ trong khung vẽ ra ngoài văn bản: “{text}”"
NO_PDF = "tệp không phải là tệp PDF, đã hỏng hoặc có mật khẩu"
PART_LOST = "tệp đã hỏng một phần, chữ trong phần ấy không đọc được"
HEAD_LEFT_OUT = "đã bỏ {count} dòng đầu trang, cuối trang: “{text}”"
SIGNATURE_LEFT_OUT = "đã bỏ {count} dòng chữ ký điện tử ra ngoài văn bản"
PAGES_OF_PICTURES = "các trang chỉ có ảnh, không có chữ để đọc: {pages}"
PAGES_TURNED = "các trang có chữ xoay ngang chưa đọc được: {pages}"
NO_SOURCE_NOTE = "không đọc được ghi chú nguồn (văn bản, điều) của {articles}; hãy kiểm tra lại"
NOT_ARTICLES = "trang pháp điển lấy cả những phần không phải là một Điều: {places}"
CHANGED = "{articles}: bản pháp điển ghi “{change}”"
ATTACHED = "phụ lục ở tệp riêng, không có trong trang này: {files}"
PICTURES = "có hình ảnh (công thức, bảng chụp) không đọc được ở {places}"
OTHER_COUNT = "đọc được {found} Điều, còn sổ theo dõi văn bản ghi {expected} Điều; thiếu: {absent}"
NONE_ABSENT = "không điều nào"
NO_DATE = "ngày in không có trong lịch: “{text}”"
ANY_KIND = "Văn bản"

BUILD = "đọc mọi văn bản và dựng ấn bản mới của kho tra cứu"
BUILD_READS = "Đọc văn bản"
BUILD_STEPS = {"index": "Lập chỉ mục", "verify": "Đọc lại để kiểm tra"}
BUILD_WARNING = "  {file}: {warning}"
OF_SEVERAL = "{file} ({number})"
PASSED_OVER = "  {id}: lấy văn bản trong tệp {file}, bỏ qua bản trong tệp {other}"
LEFT_OUT = "  {file}: chưa đọc được loại tệp này nên đã bỏ qua"
BUILT = "Đã dựng ấn bản {edition}: {documents} văn bản, {passages} đoạn, trong {seconds:.1f} giây."
NOTHING_NEW = "Văn bản không thay đổi; vẫn dùng ấn bản {edition}: {documents} văn bản, {passages} đoạn."
BUILD_FAILED = "Chưa dựng được ấn bản mới: {reason} Ấn bản đang dùng không thay đổi."
BUILD_INTERRUPTED = "Đã dừng giữa chừng. Ấn bản đang dùng không thay đổi."
UNREADABLE_FILES = (
    "Chưa dựng được ấn bản mới vì có tệp không đọc được; ấn bản đang dùng không thay đổi.\n{problems}\n"
    "Hãy sửa các tệp này, hoặc đưa ra khỏi thư mục văn bản, rồi dựng lại."
)
DOUBLED_DOCUMENT = (
    "Chưa dựng được ấn bản mới: hai tệp {first} và {second} cùng là văn bản có mã {id}; "
    "ấn bản đang dùng không thay đổi. Hãy bỏ một tệp, hoặc ghi mã khác (id) vào tệp thông tin kèm theo, "
    "rồi dựng lại."
)
ADD = "thêm văn bản của mình vào kho rồi dựng ấn bản mới; tệp không đọc được thì không thêm gì cả"
ADD_FILES = "tệp .txt, .md, .html, .docx hoặc .pdf có chữ; tệp .toml cùng tên ở bên cạnh, nếu có, được thêm theo"
FILE = "tệp"
ADDED = "Đã thêm {name}, {title}: {articles} Điều, {passages} đoạn (tệp {file})."
REPLACES_DIGEST = "Bản đầy đủ thay cho bản tóm lược “{name}” kèm theo chương trình."
REPLACES_SHIPPED = "Thay cho văn bản “{name}” kèm theo chương trình."
REPLACED_FILE = "Đã thay tệp {file} có cùng văn bản."
NOT_ADDED = "Chưa thêm được văn bản nào vì có tệp không đọc được; không có gì thay đổi.\n{problems}"
NO_SUCH_FILE = "Không có tệp:\n{files}\nHãy kiểm tra lại đường dẫn; chưa có gì thay đổi."
LAWS = "tải các luật trong sổ theo dõi từ trang chính thức rồi thêm vào kho"
LAWS_LIST = "chỉ liệt kê: văn bản nào đã có đủ, văn bản nào mới có tóm lược, trang chính thức ở đâu"
LAWS_AGAIN = "tải lại cả những văn bản đã có đủ"
LAWS_COLUMNS = ("văn bản", "số, ký hiệu", "trong kho", "trang chính thức")
IN_FULL = "đủ văn bản"
AS_DIGEST = "tóm lược"
NO_TEXT = "chưa có"
NO_PAGE = "chưa có địa chỉ"
NOTHING_TO_FETCH = "Mọi văn bản có trang chính thức trong sổ theo dõi đều đã có đủ; thêm --again để tải lại."
FETCH_FAILED = (
    "Chưa tải được {title}: {reason}. Hãy mở {address} bằng trình duyệt, lưu văn bản về máy "
    "(.html, .docx hoặc .pdf) rồi chạy: python -m ingest add TỆP"
)
GONE = "trang không còn ở địa chỉ này ({status})"
REFUSED = "trang không cho tải tự động ({status})"
SERVER_TROUBLE = "máy chủ đang trục trặc ({status})"
NO_ANSWER = "máy chủ im lặng quá {seconds:g} giây hoặc gửi quá chậm"
TOO_SLOW = "gửi quá chậm"
NO_CONNECTION = "không nối được tới máy chủ (xem lại mạng, proxy)"
REDIRECTS = "trang chuyển hướng vòng quanh"
BAD_ADDRESS = "địa chỉ trong sổ theo dõi không dùng được"
TOO_LARGE = "tệp lớn hơn {megabytes:g} MB"
WRONG_TYPE = "máy chủ gửi về loại tệp chưa đọc được ({type})"
NO_TYPE = "không ghi loại"
NO_DOCUMENT = "trang tải về không có văn bản nào đọc được; có thể chữ chỉ hiện ra trong trình duyệt"
OTHER_DOCUMENT = "trang tải về không phải văn bản này"
INCOMPLETE = "trang tải về chỉ có {found} trong {expected} Điều"
EDITIONS = "liệt kê các ấn bản còn giữ, ấn bản nào đang dùng và còn nguyên vẹn hay không"
EDITION_COLUMNS = ("ấn bản", "dựng lúc", "văn bản", "đoạn", "")
EDITION_IN_USE = "đang dùng"
EDITION_DAMAGED = "bị hỏng"
NO_EDITIONS = "Chưa có ấn bản nào; hãy chạy: python -m ingest build"
NO_DOCUMENTS = "Chưa dựng được ấn bản mới: không có văn bản nào trong {folders}."


def bullets(items: Iterable[str]) -> str:
    """Set each item on a line of its own."""
    return "\n".join(f"  - {item}" for item in items)
