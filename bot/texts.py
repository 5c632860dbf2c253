"""Everything that the bot says in its own words, in Vietnamese."""

START = """Xin chào! Đây là trợ lý tự động “Hỏi đáp Chỉ thị 28”: máy trả lời, không phải người.

Tôi trả lời về chăm sóc, giáo dục và bảo vệ trẻ em theo Chỉ thị số 28-CT/TW của Bộ Chính trị và các \
văn bản thực hiện mà tôi có ({count} văn bản, xem /tailieu). Câu trả lời nào cũng kèm nguyên văn và \
mục trích để bạn kiểm tra; luật nào chưa có toàn văn thì kèm bản tóm lược, có ghi rõ.

Có trẻ em đang gặp nguy hiểm? Đừng chờ tôi: gọi 111 (Tổng đài quốc gia bảo vệ trẻ em, miễn phí, 24/24), \
113 nếu việc đang xảy ra, 115 nếu cần cấp cứu.

Bạn thử hỏi:
• {examples}

Viết có dấu hay không dấu đều được. Xin đừng gửi tên, địa chỉ, trường lớp của trẻ. Cách dùng: /help"""
EXAMPLES = (
    "Các trường phải làm gì để thực hiện Chỉ thị 28?",
    "Phát hiện trẻ bị bạo lực thì gọi số nào?",
)

HELP = """Tôi là trợ lý tự động: tìm trong văn bản, trả lời kèm nguyên văn và mục trích để bạn kiểm tra.

Cách hỏi: cứ nhắn câu hỏi như nói với đồng nghiệp; có thể nêu số văn bản, địa phương, số mục \
(“mục II.4 kế hoạch 276”), hoặc hỏi tiếp (“thế còn Hải Phòng?”). Nút dưới câu trả lời mở toàn văn của mục \
được trích, từ đó mở tiếp được luật, nghị định mà mục ấy dẫn. Chỗ ghi “(tóm lược)” là \
lời tóm tắt, không phải nguyên văn.

Các lệnh:
{commands}

Trong nhóm, tôi chỉ lên tiếng khi được gọi: nhắc {mention}, trả lời tin nhắn của tôi, hoặc gõ lệnh kèm tên \
(/help{mention}).

Trẻ em gặp nguy hiểm: gọi 111; việc đang xảy ra: 113; cấp cứu: 115."""
HELP_COMMAND_LINE = "/{name} – {description}"

START_DESCRIPTION = "Tôi là ai, giúp được gì"
HELP_DESCRIPTION = "Cách hỏi và các lệnh"
DOCUMENTS_DESCRIPTION = "Danh sách văn bản, mục lục và toàn văn từng mục"
EDITION_DESCRIPTION = "Dữ liệu cập nhật ngày nào, gồm bao nhiêu văn bản"

UNKNOWN_COMMAND = "Tôi không có lệnh này. Xem các lệnh: /help"
ONLY_TEXT = (
    "Xin lỗi, tôi chỉ đọc được tin nhắn chữ. Bạn viết câu hỏi giúp tôi nhé. "
    "Nếu có trẻ em đang gặp nguy hiểm, hãy gọi ngay 111."
)
TOO_LONG = (
    "Câu hỏi dài quá {most} ký tự nên tôi không đọc chắc được. Bạn viết gọn lại điều cần hỏi giúp tôi nhé. "
    "Nếu có trẻ em đang gặp nguy hiểm, hãy gọi ngay 111."
)
NO_QUESTION = "Bạn muốn hỏi gì ạ? Hãy viết câu hỏi ngay sau tên tôi, ví dụ: {mention} {example}"
FAILED = (
    "Xin lỗi, tôi gặp trục trặc nên chưa trả lời được. Bạn thử lại sau ít phút nhé. Việc khẩn cấp về trẻ em: gọi 111."
)
STALE_BUTTON = (
    "Văn bản này đã được cập nhật hoặc gỡ khỏi kho nên nút cũ không mở được nữa. "
    "Bạn hỏi lại, hoặc mở /tailieu để xem bản hiện nay."
)

SOURCE_MARK = "[{place}] "
SOURCE = "{label}, {name}"
ISSUER = " ({issuer})"
DIGEST = "{name} (tóm lược)"
DIGEST_NOTE = "Tóm lược bằng lời của dự án, không phải nguyên văn."
QUOTE_MARKS = "“{quote}”"
LEFT_OUT = " …"
NOTICE = "{notice}"
NEAREST = "Gần nhất trong tài liệu:"
CALL = "Gọi {number}"
CALL_WHOM = " – {name}: {when}"
CITATION_BUTTON = "[{place}] {label} · {document}"

DASH = "– "
SUBSECTIONS = "Gồm các mục:"
NO_TEXT = "Mục này chỉ có tên, không có nội dung riêng."

EDITION_DAY = "Dữ liệu cập nhật ngày {day:%d/%m/%Y} lúc {day:%H:%M}."
EDITION_COUNTS = "Gồm {documents} văn bản, trong đó {digests} bản tóm lược; cả thảy {passages} đoạn tra cứu được."
EDITION_ID = "Mã phiên bản: {edition}"
EDITION_REFUSED = (
    "Bản dữ liệu {edition} bị hỏng hoặc không mở được nên tôi không dùng; tôi đang trả lời theo bản {served}. "
    "Hãy dựng lại bằng /capnhat, hoặc xem /phienban."
)

DOCUMENTS = "Tôi đang có {count} văn bản. Chạm vào một văn bản để xem mục lục."
NO_DOCUMENTS = "Hiện tôi chưa có văn bản nào."
UNNUMBERED = "{kind} (không số)"
BETWEEN = " – "
NOT_WRITTEN = "không ghi"
FROM_RECORDS = "{value} (văn bản không ghi, lấy từ hồ sơ lưu)"
PARTICULAR = "{name}: "
PARTICULARS = {
    "number": "Số",
    "kind": "Loại",
    "issuer": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "issued": "Ngày",
    "signer": "Người ký",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "carries_out": "Thực hiện",
}
CITED_BY_BUTTON = "Văn bản nào dẫn chiếu?"
BACK_TO_OUTLINE = "↩ Mục lục"
BACK_TO_DOCUMENTS = "↩ Danh sách văn bản"
PREVIOUS_PAGE = "◀"
NEXT_PAGE = "▶"
PAGE = "{page}/{pages}"

WHAT_TO_WRITE = {
    "TELEGRAM_BOT_TOKEN": "mã mà @BotFather cấp, dạng 123456789:ABC-xyz, không có dấu cách",
    "TELEGRAM_API_URL": "địa chỉ gốc của máy chủ Bot API, ví dụ http://127.0.0.1:8081, không kèm /bot và mã",
    "TELEGRAM_PROXY": "địa chỉ proxy, ví dụ http://127.0.0.1:3128 hoặc socks5://127.0.0.1:1080",
    "ADMIN_IDS": "số định danh Telegram của người quản trị, cách nhau bằng dấu phẩy, ví dụ 123456, 234567",
}

REFUSED_BY_TELEGRAM = (
    "Telegram không nhận TELEGRAM_BOT_TOKEN. Hãy lấy lại mã từ @BotFather (lệnh /mybots), ghi vào .env rồi "
    "chạy lại; nếu dùng máy chủ Bot API riêng, kiểm tra cả TELEGRAM_API_URL."
)
UNREACHABLE = (
    "Chưa nối được với Telegram ({reason}); thử lại sau {seconds:.0f} giây. "
    "Nếu mạng chặn Telegram, hãy đặt TELEGRAM_PROXY hoặc TELEGRAM_API_URL."
)
ANOTHER_POLLER = "Một bot khác đang chạy với cùng TELEGRAM_BOT_TOKEN; hãy tắt bớt một bot."
SERVING = "Bot @{username} đang chạy trên Telegram. Nhấn Ctrl-C để dừng."
HOW_TO_SERVE = "Muốn chạy trên Telegram: ghi TELEGRAM_BOT_TOKEN=<mã của @BotFather> vào tệp .env rồi chạy lại."

PROGRAM = "Hỏi đáp Chỉ thị 28. Không có lệnh: chạy trên Telegram; chưa có TELEGRAM_BOT_TOKEN: hỏi đáp tại đây."
COMMAND = "lệnh"
ASK = "trả lời một câu hỏi, hoặc cả một tệp câu hỏi"
ASK_QUESTION = "câu hỏi"
ASK_JSON = "in một đối tượng JSON thay cho lời văn"
ASK_BATCH = 'tệp JSON lines, mỗi dòng {"id", "question", "chat"?}; mỗi câu trả lời in trên một dòng'
ASK_NOTHING = "Hãy viết câu hỏi trong dấu ngoặc kép, hoặc dùng --batch TỆP."

BATCH_UNREADABLE = "Không đọc được tệp {path}: hãy kiểm tra đường dẫn và bảng mã UTF-8."
BATCH_LINE = 'Dòng {line} của {path} không đúng dạng {{"id": "…", "question": "…"}} (có thể thêm "chat").'

NO_MEMORY = (
    "{reason} Bot vẫn trả lời bằng trích dẫn, nhưng không dùng mô hình và không ghi thống kê cho tới khi sửa xong."
)
DAMAGED_MEMORY = "Sổ ghi nhớ bị hỏng nên bot mở sổ mới; sổ cũ còn ở {path}."
NO_EDITION = "Chưa dựng được kho tra cứu (xem lỗi ở trên), nên chưa thể trả lời. Sửa lỗi rồi chạy lại."
BUILDING_BESIDE = "Văn bản hoặc chương trình đã thay đổi: đang dựng kho mới; tạm trả lời theo kho đã dựng trước đó."
OLD_EDITION = "Chưa dựng lại được kho tra cứu (xem lỗi ở trên); tạm trả lời theo kho đã dựng trước đó."

TERMINAL_WELCOME = """Hỏi đáp Chỉ thị 28 – trợ lý tự động: máy tìm trong văn bản, đưa nguyên văn kèm mục.
Gõ câu hỏi rồi Enter; /thoat để kết thúc. Trẻ em gặp nguy hiểm: 111; đang xảy ra: 113; cấp cứu: 115."""
TERMINAL_PROMPT = "? "
TERMINAL_LEAVE = frozenset({"/thoat", "/thoát", "/exit", "/quit"})
TERMINAL_GOODBYE = "Tạm biệt."
