"""What administrators read, in Vietnamese: short and plain, as for a clerk with a phone."""

REFUSALS = {
    "stranger": "Lệnh này chỉ dành cho người quản trị.",
    "elsewhere": "Lệnh này chỉ dùng khi nhắn riêng với tôi, không dùng trong nhóm.",
    "second_hand": (
        "Để an toàn, tôi không làm theo tin chuyển tiếp hay tin gửi qua bot khác. "
        "Bạn tự gõ lệnh, hoặc lưu tệp về máy rồi gửi lại cho tôi nhé."
    ),
    "late": "Tin này gửi lúc tôi đang tắt nên tôi chưa làm. Nếu vẫn cần, bạn gửi lại giúp tôi.",
}
BUTTON_OF_STRANGER = "Nút này chỉ dành cho người quản trị."
BUTTON_CLOSED = "Nút này đã dùng rồi hoặc hết hạn. Bạn hãy gửi lại tệp, hoặc gõ lại lệnh."

HELP = """Dành riêng cho người quản trị

Thêm văn bản: gửi cho tôi một tệp (.docx, .pdf, .txt, .html) hoặc ảnh chụp các trang. Tôi đọc, cho bạn xem trước; \
chỗ nào sai (số, ngày, hiệu lực …) bạn trả lời tin xem trước để sửa; bạn bấm “Công bố” thì người hỏi mới thấy. \
Gửi bản mới của văn bản đã có thì nó thay bản cũ.

{commands}

/phienban cho bạn thêm danh sách các phiên bản và nút quay về bản cũ."""
LIBRARY_DESCRIPTION = "Kho đang có văn bản nào"
UPDATE_DESCRIPTION = "Đọc lại cả kho và cập nhật"
REMOVE_DESCRIPTION = "Gỡ một văn bản khỏi kho"

AT_WORK = "{title}\n⏳ {step}"
STEP_OF = "{step} ({done}/{whole})"
WORK_HANGS = (
    "Việc này đứng quá lâu nên tôi đã dừng. Kho không thay đổi gì. Bạn thử lại; nếu vẫn vậy, báo người lo máy chủ."
)
WORK_BROKE = "Việc này bị lỗi giữa chừng. Kho không thay đổi gì. Bạn thử lại; nếu vẫn vậy, báo người lo máy chủ."
WORK_STOPPED = "Tôi phải tắt giữa chừng nên việc này chưa xong. Lúc tôi chạy lại, bạn gửi lại tệp hoặc gõ lại lệnh nhé."

RECEIVED = "Đã nhận tệp “{name}”."
RECEIVED_PHOTO = "Đã nhận ảnh chụp."
TOO_LARGE = "Tệp “{name}” lớn hơn 20 MB, Telegram không cho bot tải về. Bạn tách hoặc nén tệp cho nhỏ lại rồi gửi nhé."
NOT_DOWNLOADED = "Không tải được tệp “{name}” từ Telegram. Bạn gửi lại giúp tôi."
PAGES_UNREADABLE = "Không ghép được các ảnh thành văn bản. Bạn chụp lại, hoặc gửi từng ảnh một."
DOWNLOADS = "Đang tải về"
WAITS = "Đang đợi đọc xong tệp trước"
READS = "Đang đọc"
CORRECTS = "Đang đọc lại theo chỗ bạn sửa."
BUSY_WITH_IT = "Tôi đang xử lý tệp này. Bạn đợi xong, hoặc bấm Bỏ rồi gửi lại tệp."

LOOK_FIRST = "⚠️ Xem kỹ trước khi công bố"
SEND_AS_FILE = "Ảnh mờ thì đọc dễ sai. Muốn rõ hơn: gửi lại ảnh bằng 📎 → Tệp (không nén)."
BULLET = "• {text}"
REPEALED = "{name} đã HẾT HIỆU LỰC. Câu trả lời nào trích văn bản này cũng sẽ nói rõ điều đó."
AND_MORE_WARNINGS = "… và {count} lưu ý nữa"
SEE_WARNINGS = "Xem cả {count} lưu ý"
PREVIEW = "Xem trước: {name}"
UNNAMED = "Văn bản chưa rõ số"
PARTICULARS = {
    "number": "Số: ",
    "kind": "Loại: ",
    "title": "Tên: ",
    "issuer": "Cơ quan: ",
    "issued": "Ngày: ",
    "signer": "Người ký: ",
    "standing": "Hiệu lực: ",
}
NOT_FOUND = {
    "number": "không thấy",
    "kind": "không thấy",
    "title": "không thấy",
    "issuer": "không thấy",
    "issued": "không thấy",
    "signer": "không thấy",
    "standing": "chưa rõ",
}
OUTLINE = "Đọc được {sections} mục, {passages} đoạn:"
OUTLINE_LINE = "{name} ({passages})"
AND_MORE_SECTIONS = "… và {count} mục nữa"
NEW_DOCUMENT = "Đây là văn bản mới, không thay văn bản nào đang có."
REPLACES = "Sẽ thay cho bản đang có: {name}"
REPLACES_DIGEST = "Bản đầy đủ này sẽ thay cho bản tóm lược đang có: {name}"
CHANGE_COUNTS = {"added": "{count} mục thêm", "removed": "{count} mục bỏ", "altered": "{count} mục sửa"}
SAME_TEXT = "Nội dung các mục giống hệt bản đang có."
CHANGES = {"added": "➕ {label}: thêm mới", "removed": "➖ {label}: bỏ đi", "altered": "✏️ {label}: sửa"}
BEFORE = "\nTrước: {text}"
AFTER = "\nNay: {text}"
SEE_CHANGES = "Xem thêm: cả {count} mục thay đổi"
HOLDS_SEVERAL = "Tệp này có {count} văn bản:"
ONE_OF_SEVERAL = "• {name}: {title} ({passages} đoạn){replaces}"
WILL_REPLACE = ", thay bản đang có"
AND_MORE_DOCUMENTS = "… và {count} văn bản nữa"
SEVERAL_DOCUMENTS = "{count} văn bản"
HOW_TO_CORRECT = (
    "Chỗ nào sai, bạn trả lời (Reply) tin này, mỗi dòng một chỗ, ví dụ:\n"
    "số: 12/KH-UBND\nngày: 5/3/2026\nhiệu lực: hết hiệu lực từ 5/10/2026\n"
    "Sửa được: số, loại, tên, cơ quan, ngày, người ký, hiệu lực."
)
NOT_YET_PUBLISHED = "Chưa công bố: người hỏi chưa thấy văn bản này."
PUBLISH = "✅ Công bố"
DROP = "Bỏ"
DROPPED = "Đã bỏ tệp “{name}”. Kho không thay đổi gì."
CORRECTION_UNCLEAR = (
    "Tôi chưa hiểu bạn muốn sửa gì ở “{line}”. Mỗi dòng hãy ghi tên chỗ cần sửa rồi đến nội dung, ví dụ:\n"
    "số: 12/KH-UBND\nngày: 5/3/2026\ntên: …\ncơ quan: …\nloại: …\nhiệu lực: còn hiệu lực"
)
DATE_UNCLEAR = "Tôi chưa hiểu ngày “{value}”. Bạn ghi ngày/tháng/năm, ví dụ: ngày: 5/3/2026"

PUBLISHES = "Đang công bố {names}. Thường mất dưới nửa phút."
PUBLISHED = "✅ Đã công bố {names}."
PUBLISH_ANYWAY = "Vẫn công bố"
GO_ANYWAY = "Vẫn làm"
TRY_AGAIN = "Thử lại"
ANOTHER_PUBLISHES = "Đang có một việc cập nhật kho khác. Bạn đợi xong rồi bấm lại nhé."
NOTHING_DONE = "Đã bỏ. Kho không thay đổi gì."
REPORT = "Kho nay có {documents} văn bản, {passages} đoạn (phiên bản {time}).{took}"
TOOK = " Mất {seconds} giây."
NOTHING_NEW = "Kho không có gì mới. Vẫn dùng phiên bản {time}."
DIGEST_REMAINS = "Nay tôi dùng lại bản tóm lược có sẵn của văn bản này. Muốn bỏ cả bản ấy: gỡ lần nữa."
SHIPPED_REMAINS = "Nay tôi dùng lại bản có sẵn của văn bản này. Muốn bỏ cả bản ấy: gỡ lần nữa."
HOW_TO_TAKE_BACK = "Gỡ nhầm? Bấm nút dưới đây để đưa văn bản trở lại."
TAKE_BACK = "↩ Đưa trở lại"
TAKES_BACK = "Đang đưa {name} trở lại."
TAKEN_BACK = "✅ Đã đưa {name} trở lại."
ALREADY_BACK = "✅ Đã đưa {name} trở lại. Vẫn dùng phiên bản {time}, vì phiên bản ấy có văn bản này."
TRIED = "Đã hỏi thử {asked} câu: đúng {right}, không câu nào kém đi."
TRIED_WORSE = "Đã hỏi thử {asked} câu: đúng {right}; {worse} câu kém đi mà bạn đã chấp nhận."
SERVED_SOON = "Vài giây nữa tôi trả lời theo phiên bản này."
GATE_REFUSED = "⛔ Tôi dừng lại, kho chưa thay đổi gì: {worse} câu hỏi đang trả lời đúng sẽ thành trả lời sai."
WORSE_QUESTION = "{place}. {question}"
WORSE_EXPECTED = "Cần: {expected}"
WORSE_NOW = "Bản mới: {now}"
AND_MORE_QUESTIONS = "… và {count} câu nữa"
GATE_CHOICE = "Người hỏi vẫn đang được trả lời theo phiên bản cũ. Bạn đọc kỹ rồi hãy chọn."

SECONDS = "{count} giây"
MOMENT = "{when:%H:%M} ngày {when:%d/%m/%Y}"
LOOKS = "Đang xem kho…"
UPDATES = "Đang đọc lại cả kho và cập nhật."
UPDATED = "✅ Đã cập nhật kho."

HOLDINGS = "Kho có {documents} văn bản, {passages} đoạn (phiên bản {time})"
SERVED_NOW = "Lúc này tôi còn trả lời theo phiên bản {time}; vài giây nữa sẽ chuyển."
OWN_DOCUMENTS = "Văn bản người quản trị đã thêm"
NO_OWN_DOCUMENTS = "Người quản trị chưa thêm văn bản nào. Muốn thêm: gửi tệp cho tôi."
SHIPPED_DOCUMENTS = "Văn bản có sẵn"
DIGESTS = "Luật, nghị định chỉ có bản tóm lược (muốn có toàn văn: gửi tệp cho tôi)"
HELD_TITLE = "\n{title}"
HELD_FACTS = "\nHiệu lực: {standing} · {passages} đoạn"

NOT_HELD = "Trong kho không có văn bản nào tên “{name}”. Bạn muốn gỡ văn bản nào?"
WHICH_TO_REMOVE = "Bạn muốn gỡ văn bản nào?"
HELD_BUTTON = "{name} – {title}"
CONFIRM_REMOVAL = (
    "Gỡ khỏi kho:\n{name}\n{title}\n\n{shipped}Gỡ rồi, người hỏi sẽ không còn được trả lời theo văn bản này."
)
CONFIRM_SHIPPED = "⚠️ Đây là văn bản có sẵn, không phải do người quản trị thêm. "
REMOVE = "Gỡ"
REMOVE_ANYWAY = "Vẫn gỡ"
REMOVES = "Đang gỡ {name}."
REMOVED = "✅ Đã gỡ {name}."

EDITIONS = "Các phiên bản đang giữ, mới nhất trước"
EDITION_CURRENT = " ← đang dùng"
EDITION_DAMAGED = " ← bị hỏng"
EDITION_FACTS = "\n{documents} văn bản, {passages} đoạn · {name}"
GO_BACK_TO = "↩ Quay về {time}"
CONFIRM_GOING_BACK = (
    "Quay về phiên bản {time} ({documents} văn bản)?\n"
    "Những văn bản đã thêm hay gỡ sau phiên bản ấy không mất: lần công bố hay /capnhat sau sẽ lại tính đủ."
)
GO_BACK = "Quay về"
GOES_BACK = "Đang quay về phiên bản {time}."
WENT_BACK = "✅ Đã quay về phiên bản {time}."
AT_THE_SERVER = "người ở máy chủ"
BY_ITSELF = "máy tự làm"
YOU = "bạn"
PERSON_NUMBER = "người số {number}"
