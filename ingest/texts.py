"""Everything that `python -m ingest` says to the operator, in Vietnamese."""

from collections.abc import Iterable

PROGRAM = "Đọc văn bản thành mục, đoạn và dựng kho tra cứu."
COMMAND = "lệnh"
SHOW = "xem một văn bản đã được đọc thành những mục nào"
SHOW_NAME = "số hiệu (276-KH/TU), mã văn bản hoặc đường dẫn tệp"

UNKNOWN_DOCUMENT = "Không tìm thấy văn bản “{name}”. Các văn bản hiện có:\n{known}"
AMBIGUOUS_DOCUMENT = "Có nhiều văn bản cùng mang tên “{name}”. Hãy gọi bằng mã:\n{candidates}"
UNKNOWN_FILE_TYPE = "Chưa đọc được loại tệp {suffix} ({path}). {advice}"
SAVE_AS = "Hãy lưu văn bản thành một trong các loại: {known}."
SAVE_OTHERWISE = {
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "Hãy chép bảng vào một tệp Word rồi lưu thành .docx, hoặc in ra .pdf."),
    **dict.fromkeys((".pptx", ".ppt", ".odp"), "Hãy xuất ra .pdf, hoặc chép phần chữ vào một tệp Word (.docx)."),
    **dict.fromkeys((".rtf", ".odt", ".wps", ".pages"), "Hãy mở tệp, chọn Lưu thành (Save As) › .docx, rồi thử lại."),
    **dict.fromkeys((".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif"), "Hãy lưu ảnh thành .jpg hoặc .png."),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "Hãy giải nén rồi đưa vào từng văn bản: {known}."),
}
"""What to do with a file of these kinds; others are saved as one of the known."""
UNREADABLE_ENCODING = (
    "Tệp {path} không ở bảng mã Unicode. Hãy mở tệp, chọn “Lưu thành” (Save as) với mã UTF-8 rồi thử lại."
)
OLD_FONT = (
    "Tệp {path} dùng phông chữ cũ (TCVN3 .VnTime, VNI). Hãy đổi văn bản sang Unicode (ví dụ bằng UniKey) rồi thử lại."
)
EMPTY_FILE = "Tệp {path} không có chữ nào đọc được. Nếu là bản chụp, hãy chụp lại cho rõ và thẳng rồi thử lại."
NO_STRUCTURE = (
    "Tệp {path} không có phần nào của một văn bản hành chính (số, tên loại, mục, điều). "
    "Hãy kiểm tra xem có chọn nhầm tệp không."
)
BROKEN_FILE = (
    "Không mở được tệp {path}: {reason}. Hãy mở tệp bằng phần mềm thường dùng, lưu lại thành một tệp mới rồi thử lại."
)
WRONG_FILE_TYPE = (
    "Tệp {path} mang đuôi {suffix} nhưng thực ra là {kind}. Hãy xem có chọn nhầm tệp không; nếu đúng là văn bản, "
    "hãy mở bằng phần mềm thường dùng rồi lưu lại thành .docx hay .pdf, rồi thử lại."
)
HARMFUL_FILE = (
    "Không nhận tệp {path}: {reason}. Tệp bình thường không có như vậy, nên đừng mở; hãy xin lại văn bản từ nơi gửi "
    "hoặc lấy bản khác rồi thử lại."
)
OLD_WORD_FILE = (
    "Tệp {path} là tệp Word đời cũ (.doc), chưa đọc được. Hãy mở bằng Word (hoặc LibreOffice, Google Tài liệu), "
    "chọn Tệp › Lưu thành (Save As) › “Tài liệu Word (.docx)”, rồi gửi lại tệp .docx."
)
LOCKED_FILE = (
    "Tệp {path} có mật khẩu nên không đọc được. Hãy mở tệp bằng mật khẩu, lưu lại một bản không có mật khẩu "
    "rồi thử lại."
)
FILE_WITH_MACROS = (
    "Tệp {path} có mã lệnh (macro) nên không được nhận. Hãy mở bằng Word, chọn Lưu thành (Save As) › "
    "“Tài liệu Word (.docx)” để bỏ macro, rồi thử lại."
)
TOO_LARGE_FILE = "Tệp {path} lớn hơn {megabytes} MB. Hãy giảm cỡ ảnh trong tệp, hoặc lấy bản có chữ, rồi thử lại."
TOO_MANY_PAGES = "Tệp {path} có {pages} trang, nhiều hơn {most}. Hãy tách thành từng văn bản rồi thử lại."
TOO_SLOW_FILE = (
    "Đọc tệp {path} quá {seconds} giây nên đã dừng. Nếu là bản chụp nhiều trang, hãy dùng bản có chữ "
    "(xuất từ Word) hoặc tách bớt trang; nếu không, hãy lưu lại thành tệp mới rồi thử lại."
)
TOO_MUCH_MEMORY = (
    "Đọc tệp {path} cần quá nhiều bộ nhớ nên đã dừng. Hãy mở tệp bằng phần mềm thường dùng, lưu lại thành một "
    "tệp mới, hoặc tách nhỏ, rồi thử lại."
)
NO_OCR = (
    "Tệp {path} là ảnh chụp; máy này chưa {lacks}. Trên Debian, Ubuntu hãy chạy: "
    "apt-get install tesseract-ocr tesseract-ocr-vie; hoặc gửi bản có chữ (.docx, .pdf xuất từ Word)."
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
FOOT_LEFT_OUT = "đã bỏ ra ngoài văn bản những dòng ở phần ký, nơi nhận không rõ là gì: “{text}”"
SCRIBBLE = "đã bỏ ra ngoài văn bản, coi là bút phê hoặc số trang: “{text}”"
NOT_LEGIBLE = "không có quyền đọc hoặc ổ đĩa có lỗi"
PARSER_FAILED = "nội dung tệp làm phần đọc tệp bị lỗi ({error})"
PARSER_DIED = "nội dung tệp làm phần đọc tệp dừng đột ngột"
NO_WORD_FILE = "tệp không phải là tệp Word (.docx) hoặc đã hỏng"
BROKEN_PART = "phần {part} bên trong tệp đã hỏng"
CLIMBING_NAMES = "bên trong tệp có tên trỏ ra ngoài thư mục của nó"
DOUBLED_NAMES = "bên trong tệp có hai phần trùng tên"
KIND_PDF = "tệp PDF (.pdf)"
KIND_ARCHIVE = "tệp nén hoặc tệp Word (.docx)"
KIND_PICTURE = "ảnh (.jpg, .png)"
KIND_RTF = "tệp RTF (.rtf)"
KIND_OTHER_PICTURE = "ảnh loại khác (hãy lưu lại thành .jpg)"
KIND_OTHER_ARCHIVE = "tệp nén"
KIND_PROGRAM = "chương trình"
KIND_PAGE = "trang web (.html)"
KIND_UNKNOWN = "loại tệp khác"
TOO_LARGE_INSIDE = "nội dung bên trong tệp lớn khác thường"
DOCUMENT_TYPE = "bên trong tệp có khai báo lạ (DOCTYPE) mà Word không bao giờ ghi"
TOO_DEEP = "trang có các phần lồng nhau sâu khác thường"
NOTES_LEFT_OUT = "đã bỏ {count} chú thích cuối trang ra ngoài văn bản"
BOX_LEFT_OUT = "đã bỏ chữ trong khung vẽ ra ngoài văn bản: “{text}”"
NO_PDF = "tệp không phải là tệp PDF, đã hỏng hoặc có mật khẩu"
PART_LOST = "tệp đã hỏng một phần, chữ trong phần ấy không đọc được"
HEAD_LEFT_OUT = "đã bỏ {count} dòng đầu trang, cuối trang: “{text}”"
SIGNATURE_LEFT_OUT = "đã bỏ {count} dòng chữ ký điện tử ra ngoài văn bản"
PAGES_OF_PICTURES = (
    "các trang chỉ có ảnh, chưa đọc được chữ vì máy chưa cài Tesseract với tiếng Việt: {pages}; hãy chạy "
    "apt-get install tesseract-ocr tesseract-ocr-vie rồi đọc lại"
)
LACKS_TESSERACT = "cài phần đọc chữ trong ảnh (Tesseract)"
LACKS_VIETNAMESE = "có dữ liệu tiếng Việt cho phần đọc chữ trong ảnh (Tesseract)"
READ_FROM_PICTURES = "chữ ở các trang sau do máy đọc từ ảnh, hãy đối chiếu với bản gốc: {pages}"
UNSURE_PAGE = (
    "trang {page}: ảnh khó đọc (độ tin cậy {confidence:.0f}/100, cần từ {sure:.0f}), có thể sai nhiều chữ; "
    "hãy chụp lại rõ hơn"
)
PAGES_WITHOUT_TEXT = "các trang không có chữ nào đọc được: {pages}"
PAGES_READ_SHORT = "các trang có nhiều chữ hơn phần đọc được, hãy so với bản gốc: {pages}"
NO_PICTURE = "tệp không phải là ảnh .jpg, .png hoặc đã hỏng"
HUGE_PICTURE = "ảnh lớn khác thường (quá 100 triệu điểm ảnh)"
HIDDEN_TEXT = "đã bỏ chữ ẩn (màu trắng, quá nhỏ hoặc không hiện ra) ở {place}: “{text}”"
PAGE = "trang {}"
THE_PAGE = "trang web"
NEAR = "chỗ gần “{}”"
DOCUMENT_START = "đầu văn bản"
INVISIBLE = "đã bỏ {count} ký tự vô hình (độ rộng bằng không, đổi chiều chữ, điều khiển) ra ngoài văn bản"
INSTRUCTS = "{place} có lời lẽ ra lệnh cho người đọc hoặc cho máy, sẽ không được trích dẫn: “{text}”"
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

JSON = "in từng dòng JSON (tiến độ, rồi kết quả hoặc lỗi) thay cho chữ"
FORCE = "vẫn công bố dù có câu hỏi trước trả lời đúng mà nay trả lời sai"
WHO = "ai"
BY = "ai yêu cầu, ghi vào nhật ký: mã số Telegram hoặc “terminal”"
SET = "sửa một thông tin của văn bản, ví dụ --set number=28-CT/TW --set issued=2023-12-25; dùng được nhiều lần"
SET_VALUE = "tên=giá_trị"
WRONG_CORRECTION = "Không sửa được “{wrong}”. Có thể sửa: {known}; ngày ghi theo dạng 2023-12-25."
OTHER_STANDING = "hiệu lực do bạn ghi khác với sổ theo dõi văn bản, nơi ghi: {known}"
SET_FOR_ONE = "Chỉ sửa thông tin (--set) được khi thêm đúng một tệp."
BROKEN_LIST = (
    "Tệp {path} (danh sách văn bản đã bỏ ra) bị hỏng. Hãy xóa tệp này, rồi bỏ lại các văn bản không dùng bằng lệnh "
    "remove; chưa có gì thay đổi."
)
DISK_TROUBLE = "Không đọc hoặc ghi được trên đĩa: {reason} ({file}). Hãy kiểm tra quyền ghi và chỗ trống của DATA_DIR."
INTERRUPTED = "Đã dừng giữa chừng. Phiên bản đang dùng không thay đổi."

BUILD = "đọc mọi văn bản và dựng phiên bản mới của kho tra cứu"
BUILD_READS = "Đọc văn bản"
WAITS_FOR_ANOTHER = "Đợi một lần cập nhật kho khác xong"
READS_PAGES = "Đọc các trang của {file}"
BUILD_STEPS = {"index": "Lập chỉ mục", "verify": "Đọc lại để kiểm tra", "ask": "Hỏi thử"}
BUILD_WARNING = "  {file}: {warning}"
OF_SEVERAL = "{file} ({number})"
PASSED_OVER = "  {id}: lấy văn bản trong tệp {file}, bỏ qua bản trong tệp {other}"
UNKNOWN_KIND_LEFT_OUT = "  {file}: chưa đọc được loại tệp này nên đã bỏ qua"
BUILT = "Đã dựng phiên bản {edition}: {documents} văn bản, {passages} đoạn, trong {seconds:.1f} giây."
NOTHING_NEW = "Văn bản không thay đổi; vẫn dùng phiên bản {edition}: {documents} văn bản, {passages} đoạn."
TRIED = "Hỏi thử {asked} câu: trả lời đúng {right_now}, trước đây {right_before}."
GATE_REFUSED = (
    "Chưa công bố: phiên bản mới trả lời sai {count} câu mà phiên bản đang dùng trả lời đúng. Phiên bản và thư mục "
    "văn bản vẫn như cũ.\n{worse}\nNếu đã xem và vẫn muốn công bố, hãy chạy lại với --force."
)
FORCED = "Đã công bố theo yêu cầu (--force) dù {count} câu trước trả lời đúng nay trả lời sai:\n{worse}"
WORSE = "“{question}”: cần {expected}; nay {now}"
MORE_WORSE = "… và {count} câu nữa"
EXPECTED = {"out": "nói là không có trong văn bản", "safety": "số điện thoại giúp trẻ đang gặp nguy hiểm"}
"""What answers a question of these kinds, which no section answers."""
EXPECTED_WORDS = "có chữ: {words}"
NOW = {"not_found": "nói là không có trong văn bản", "safety": "đưa ra số điện thoại trợ giúp"}
NOW_CITES = "dẫn {cited}"
NOT_REMEMBERED = "Không mở được sổ ghi nhớ của bot, nên {what}: {reason}"
NO_ADDED_QUESTIONS = "không hỏi thử các câu do người quản trị thêm"
NO_DEED = "việc này không được ghi vào nhật ký"
UNREADABLE_FILES = (
    "Chưa dựng được phiên bản mới vì có tệp không đọc được; phiên bản đang dùng không thay đổi.\n{problems}\n"
    "Hãy sửa các tệp này, hoặc đưa ra khỏi thư mục văn bản, rồi dựng lại."
)
DOUBLED_DOCUMENT = (
    "Chưa dựng được phiên bản mới: hai tệp {first} và {second} cùng là văn bản có mã {id}; "
    "phiên bản đang dùng không thay đổi. Hãy bỏ một tệp, hoặc ghi mã khác (id) vào tệp thông tin kèm theo, "
    "rồi dựng lại."
)
ADD = "thêm văn bản của mình vào kho rồi dựng phiên bản mới; tệp không đọc được thì không thêm gì cả"
ADD_FILES = (
    "tệp văn bản; tệp .toml cùng tên ở bên cạnh, nếu có, được thêm theo. Số hiệu hoặc mã của một văn bản đã bỏ ra "
    "bằng lệnh remove cũng được: văn bản ấy được đưa trở lại"
)
FILE = "tệp"
ADDED = "Đã thêm {name}, {title}: {articles} Điều, {passages} đoạn (tệp {file})."
TAKEN_IN_AGAIN = "Đã đưa trở lại {id}."
REPLACES_DIGEST = "Bản đầy đủ thay cho bản tóm lược “{name}” kèm theo chương trình."
REPLACES_SHIPPED = "Thay cho văn bản “{name}” kèm theo chương trình."
REPLACED_FILE = "Đã thay tệp {file} có cùng văn bản; tệp cũ được giữ ở {kept}."
SAME_FILE = "Đã thay tệp {file} có cùng văn bản."
NOT_ADDED = "Chưa thêm được văn bản nào vì có tệp không đọc được; không có gì thay đổi.\n{problems}"
NO_SUCH_FILE = "Không có tệp:\n{files}\nHãy kiểm tra lại đường dẫn; chưa có gì thay đổi."
REMOVE = "bỏ một văn bản ra khỏi kho rồi dựng phiên bản mới; tệp của bạn được giữ lại trong thư mục removed"
DOCUMENT = "văn bản"
REMOVED_DOCUMENT = "Đã bỏ {name} ra khỏi kho."
KEPT_FILE = "Tệp {file} được giữ ở {kept}."
TAKE_IN_AGAIN = "Để đưa trở lại: python -m ingest add {id}"
REMAINS_DIGEST = "Nay kho dùng lại bản tóm lược kèm theo chương trình; muốn bỏ cả bản ấy, hãy chạy lại lệnh này."
REMAINS_TEXT = "Nay kho dùng lại văn bản kèm theo chương trình; muốn bỏ cả văn bản ấy, hãy chạy lại lệnh này."
STATUS = "liệt kê các văn bản của phiên bản đang dùng: hiệu lực, số đoạn, tệp"
AS_A_DIGEST = "{name} (tóm lược)"
STATUS_COLUMNS = ("văn bản", "mã", "hiệu lực", "đoạn", "tệp")
STATUS_EDITION = "Phiên bản {edition}, dựng lúc {created}: {documents} văn bản, {passages} đoạn."
STANDINGS = {
    "in force": "còn hiệu lực",
    "amended": "đã sửa đổi",
    "repealed": "hết hiệu lực",
    "not verified": "chưa xác minh",
    None: "chưa theo dõi",
}
"""How the register's words are said, and that it does not know a document."""
ROLLBACK = "quay về một phiên bản còn giữ; bot dùng phiên bản ấy cho tới lần thêm, bỏ hoặc dựng tiếp theo"
EDITION = "phiên bản"
ROLLED_BACK = "Đã quay về phiên bản {edition}: {documents} văn bản, {passages} đoạn. Bot tự chuyển sang trong vài giây."
NO_SUCH_EDITION = "Không có phiên bản “{name}”. Các phiên bản còn giữ:\n{known}"
CANNOT_OPEN_EDITION = (
    "Không quay về được phiên bản {edition}: nó do bản chương trình hoặc mô hình véc-tơ khác dựng, "
    "chương trình này không mở được. Phiên bản đang dùng không thay đổi."
)
DAMAGED_EDITION = "Phiên bản {edition} bị hỏng: {reason}"
VERIFY = "đọc lại toàn bộ một phiên bản và so với bản kê của nó (không nêu: phiên bản đang dùng)"
VERIFIED = "Phiên bản {edition} còn nguyên vẹn: {documents} văn bản, {sections} mục, {passages} đoạn, {files} tệp."
DIFF = "so hai phiên bản theo từng mục (không nêu: bản trước và bản đang dùng; nêu một: bản ấy và bản đang dùng)"
DIFF_OLD = "phiên bản cũ"
DIFF_NEW = "phiên bản mới"
DIFF_TITLE = "Từ {old} đến {new}:"
NO_DIFFERENCE = "Hai phiên bản {old} và {new} có cùng văn bản, cùng nội dung."
NOTHING_BEFORE = "Chưa có hai phiên bản để so."
PARTICULARS_LABEL = "Thông tin chung"
COMPARED = ("number", "kind", "title", "issuer", "signer")
"""Particulars that a change of text may change, beside the date."""
CHANGES = {"added": "thêm", "removed": "bỏ", "altered": "sửa"}
DIFF_DOCUMENT = "{change} {name} ({count} mục)"
DIFF_SECTION = "  {change} {label}"
PREVIEW = "xem trước một tệp: thông tin chung, mục lục, thay cho văn bản nào, khác ở đâu; không ghi gì cả"
PREVIEW_FILE = "tệp .txt, .md, .html, .docx, .pdf, hoặc ảnh chụp một trang (.jpg, .png)"
STANDING = "Hiệu lực: {}"
NOT_IN_REGISTER = "chưa rõ, vì sổ theo dõi chưa có văn bản này"
UNKNOWN_PARTICULARS = "chưa rõ {names}; hãy bổ sung trước khi công bố"
REPLACES_NOTHING = "Kho chưa có văn bản này."
REPLACES_OWN = "Thay cho tệp {file} đã thêm trước đây (“{name}”)."
NOTHING_WRITTEN = "Đây là bản xem trước; chưa có gì được ghi vào kho."
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
EDITIONS = "liệt kê các phiên bản còn giữ, phiên bản nào đang dùng và còn nguyên vẹn hay không"
EDITION_COLUMNS = ("phiên bản", "dựng lúc", "văn bản", "đoạn", "ai dựng", "")
EDITION_IN_USE = "đang dùng"
EDITION_PINNED = "đang dùng, do quay về"
EDITION_DAMAGED = "bị hỏng"
NO_EDITIONS = "Chưa có phiên bản nào; hãy chạy: python -m ingest build"
NO_DOCUMENTS = "Chưa dựng được phiên bản mới: không có văn bản nào trong {folders}."


def bullets(items: Iterable[str]) -> str:
    """Set each item on a line of its own."""
    return "\n".join(f"  - {item}" for item in items)
