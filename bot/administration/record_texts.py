"""What administrators read about what the bot remembers, in Vietnamese: use, unanswered questions, deeds."""

STATISTICS_DESCRIPTION = "Thống kê sử dụng, kèm biểu đồ (/thongke 7: bảy ngày)"
UNANSWERED_DESCRIPTION = "Câu hỏi chưa trả lời được, gom theo nhóm"
ADDED_QUESTIONS_DESCRIPTION = "Thêm câu hỏi để thử mỗi khi công bố văn bản"
DEEDS_DESCRIPTION = "Nhật ký: ai đã làm gì, khi nào"

NO_MEMORY = "Sổ ghi nhớ của bot chưa mở được nên lệnh này chưa dùng được. Người vận hành xem nhật ký máy để biết lý do."

STATISTICS_TITLE = "Thống kê {count} ngày ({first} – {last})"
NO_USE = "Chưa có câu hỏi nào trong {count} ngày qua."
USE = "Số câu hỏi: {questions}"
USE_ANSWERED = "• Trả lời được: {count} ({percent}%)"
USE_NOT_FOUND = "• Chưa trả lời được: {count} ({percent}%), xem /chuatraloi"
USE_SAFETY = "• Kể về trẻ gặp nguy hiểm, đã đưa số 111: {count} (chỉ đếm, không ghi gì khác)"
USE_TIME = "Thời gian trả lời: một nửa số câu trong {half}, 95% trong {most}"
USE_ENGINES = "Trả lời bằng trích dẫn: {quotes}; bằng mô hình: {model}"
USE_MODEL = "Mô hình: {calls} lần gọi, {tokens} token; giữ {kept} câu, bỏ {dropped} câu không đủ căn cứ"
USE_FAILURES = "Mô hình không dùng được {count} lần, đã thay bằng trích dẫn"
NO_PICTURE = "(Chưa vẽ được biểu đồ; số liệu trên vẫn đúng.)"

PICTURE_QUESTIONS = "Số câu hỏi mỗi ngày"
PICTURE_KINDS = "Hỏi về gì"
PICTURE_TIME = "Thời gian trả lời"
PICTURE_ANSWERED = "Trả lời được"
PICTURE_NOT_FOUND = "Chưa trả lời được"
PICTURE_SAFETY = "Trẻ gặp nguy hiểm"
PICTURE_HALF = "Một nửa số câu nhanh hơn"
PICTURE_MOST = "95% số câu nhanh hơn"
OTHER_KINDS = "Khác"
KINDS = {
    "greeting": "Chào hỏi",
    "overview": "Kho có gì",
    "command": "Ra lệnh cho bot",
    "too_long": "Tin quá dài",
    "unknown": "Văn bản không có",
    "which_place": "Chưa rõ nơi nào",
    "standing": "Còn hiệu lực không",
    "stamps": "Dấu, chữ ký",
    "carries_out": "Thực hiện văn bản nào",
    "carried_out_by": "Văn bản thực hiện",
    "replaces": "Thay thế văn bản nào",
    "cites": "Dẫn văn bản nào",
    "cited_by": "Được dẫn ở đâu",
    "cited": "Văn bản được dẫn",
    "particulars": "Số, ngày, người ký",
    "outline": "Gồm những mục nào",
    "about": "Văn bản nói về gì",
    "section": "Nội dung một mục",
    "compare": "So sánh",
    "hotline": "Số điện thoại",
    "report": "Báo cáo",
    "duty": "Nhiệm vụ",
    "fact": "Nội dung khác",
}

UNANSWERED = "Câu hỏi chưa trả lời được trong 30 ngày qua (không lưu người hỏi; tên, số điện thoại đã che):"
UNANSWERED_LINE = "{place}. {question}\n{times} lần, gần nhất {last}"
UNANSWERED_NONE = "Trong 30 ngày qua không có câu hỏi nào chưa trả lời được."
UNANSWERED_CHOICE = (
    "Câu nào kho có văn bản trả lời: chạm số của câu ấy để chỉ cho tôi mục trả lời. "
    "Kho chưa có thì gửi tệp văn bản cho tôi."
)

ADDED = "Tôi thử {count} câu hỏi dưới đây mỗi khi công bố; câu đang đúng mà sắp sai thì tôi dừng lại hỏi bạn:"
ADDED_NONE = "Chưa có câu hỏi nào được thêm."
ADDED_LINE = "{place}. {question}\n→ {section}, {document}"
HOW_TO_ADD = (
    "Muốn thêm: gõ /themcauhoi rồi đến câu hỏi, ví dụ:\n"
    "/themcauhoi Trường phải làm gì khi có bạo lực học đường?\n"
    "Biết sẵn mục thì ghi luôn, ngăn bằng dấu gạch đứng:\n"
    "/themcauhoi Ai chủ trì kiểm tra? | 276-KH/TU | III.5\n"
    "Câu lấy từ /chuatraloi: /themcauhoi 1"
)
REMOVE_ADDED = "Xóa câu {place}"
ADDED_REMOVED = "✅ Đã xóa câu “{question}”."
ADDED_GONE = "Câu này đã được xóa rồi."
NO_SUCH_PLACE = "Danh sách /chuatraloi không có câu số {place}. Bạn gõ /chuatraloi để xem lại."
QUESTION_SHORT = "Câu hỏi ngắn quá. Bạn ghi cả câu như người dân hỏi nhé."
QUESTION_LONG = "Câu hỏi dài quá {most} ký tự. Bạn viết gọn lại giúp tôi."
QUESTION_OF_DANGER = (
    "Câu này kể về trẻ gặp nguy hiểm: tôi luôn đưa ngay số 111, 113, 115 và không lưu lại, nên không thêm vào đây."
)

DIALOGUE = "➕ Thêm câu hỏi để thử"
DIALOGUE_QUESTION = "Câu hỏi: {question}"
DIALOGUE_DOCUMENT = "Văn bản: {document}"
WHERE_NEAR = "Mục nào trả lời câu này? Chạm một nút dưới đây; không có nút đúng thì hãy trả lời tin này,"
WHERE = "Mục nào trả lời câu này? Hãy trả lời tin này,"
WHERE_HOW = "ghi văn bản và mục, ví dụ: 276-KH/TU, mục III.5"
SUGGESTED = "{section} · {document}"
WHICH_SECTION = "Mục nào của văn bản này? Hãy trả lời tin này, ví dụ: {example}\nCác mục: {sections}"
AND_MORE = " …"
NO_SUCH_DOCUMENT = "Kho không có văn bản “{typed}”."
NEAR_DOCUMENTS = " Có phải bạn muốn nói: {names}?"
SEVERAL_DOCUMENTS = "“{typed}” có thể là: {names}. Bạn ghi rõ hơn nhé."
NO_SUCH_SECTION = "Văn bản này không có “{typed}”. Gần nhất: {near}.\n"
CONFIRM_ADDING = (
    "Câu hỏi: {question}\n\nphải được trả lời bằng:\n{section}\n{document}\n“{beginning}”\n\nThêm câu này để thử chứ?"
)
ADD = "✅ Thêm"
DROP = "Bỏ"
ADDING_DROPPED = "Đã bỏ, không thêm câu “{question}”."
QUESTION_ADDED = "✅ Đã thêm câu “{question}”. Từ nay mỗi lần công bố tôi đều thử câu này. Xem lại: /themcauhoi"
QUESTION_HELD = "Câu “{question}” đã có sẵn với mục này nên tôi không thêm lần nữa. Xem lại: /themcauhoi"
BETWEEN = "; "

DEEDS = "{count} việc gần nhất, mới nhất trước"
NO_DEEDS = "Chưa ghi việc nào."
DEED_LINE = "{moment} · {who}\n{what}{about}"
DEED_ABOUT = ": {about}"
DEED_EDITION = " → phiên bản {time}"
DEED_NAMES = {
    "add": "Thêm văn bản",
    "build": "Cập nhật kho",
    "remove": "Gỡ văn bản",
    "rollback": "Quay về phiên bản cũ",
    "add_question": "Thêm câu hỏi thử",
    "remove_question": "Xóa câu hỏi thử",
}
