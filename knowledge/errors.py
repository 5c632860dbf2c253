"""Name what can go wrong in knowledge, whether a retry helps, and what to tell the operator.

    KnowledgeError
    ├── EmbeddingsError
    │   ├── EmbeddingsUnavailableError    the service did not answer: a retry helps
    │   ├── EmbeddingsRefusedError        key, model or request was refused: a retry does not help
    │   └── EmbeddingsUnusableError       what the service sent are not the vectors of the texts
    ├── SearchIndexError
    │   ├── IndexMissingError             no index in this directory
    │   ├── IndexMismatchError            built with other embeddings or in another layout
    │   └── IndexDamagedError             what is read back is not what was written
    ├── MemoryUnavailableError            what the bot remembers cannot be opened, read or written
    │   ├── MemoryDriverMissingError      the library that talks to this database is not installed
    │   └── MemoryTooNewError             a newer program has written it
    ├── ModelError
    │   ├── ModelUnavailableError         the chat model did not answer in time or at all: a retry helps
    │   ├── ModelUnreadableError          what it sent is not what was asked for: a retry helps
    │   ├── ModelRefusedError             key, model or request was refused: a retry does not help
    │   ├── ModelRestingError             it failed several times in a row and is left alone for a while
    │   └── ModelSpentError               the calls or tokens of the day are spent
    ├── EditionBusyError                  another process is building: a retry helps
    ├── GateRefusedError                  the new edition answers wrong what was answered right before
    ├── QuestionSetError                  a question set for `evaluate` that cannot be read
    └── BenchmarkError                    a folder for `evaluate` that cannot be read as one

Foreign exceptions are translated into these where they arise (`raise … from error`), so that nothing outside
`knowledge` has to know Chroma or OpenAI. `str(error)` is for the log; `error.operator_message` is a
Vietnamese sentence for the person who runs the bot. Add a leaf here when a new thing can go wrong.
"""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from knowledge.gate import Comparison


class KnowledgeError(Exception):
    """Anything that `knowledge` raises on purpose."""

    retry_helps: ClassVar[bool] = False
    operator_message: ClassVar[str] = "Có lỗi trong phần tra cứu văn bản; xem nhật ký để biết chi tiết."


class EmbeddingsError(KnowledgeError):
    """Vectors could not be computed."""

    operator_message = "Không tính được véc-tơ của văn bản; xem nhật ký và cài đặt EMBEDDINGS."


class EmbeddingsUnavailableError(EmbeddingsError):
    """The embedding service did not answer, or is overloaded."""

    retry_helps = True
    operator_message = "Dịch vụ véc-tơ (EMBEDDINGS) chưa trả lời; hãy thử lại sau ít phút."

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        """Keep how long the service asks to be left in peace, where it says so."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class EmbeddingsRefusedError(EmbeddingsError):
    """The embedding service refused the key, the model or the request."""

    operator_message = "Dịch vụ véc-tơ từ chối yêu cầu; hãy kiểm tra EMBEDDINGS, OPENAI_API_KEY và OPENAI_BASE_URL."


class EmbeddingsUnusableError(EmbeddingsError):
    """The embedding service sent too few vectors, vectors of changing dimension, or no numbers."""

    operator_message = (
        "Dịch vụ véc-tơ trả về véc-tơ không dùng được (thiếu, sai số chiều hoặc không phải số); "
        "hãy kiểm tra mô hình đặt trong EMBEDDINGS."
    )


class SearchIndexError(KnowledgeError):
    """A search index cannot be used."""

    operator_message = "Không mở được chỉ mục tìm kiếm; hãy dựng lại phiên bản."


class IndexMissingError(SearchIndexError):
    """There is no search index in this directory."""

    operator_message = "Chưa có chỉ mục tìm kiếm ở đây; hãy dựng phiên bản mới."


class IndexMismatchError(SearchIndexError):
    """The index was built with other embeddings, or in another layout."""

    operator_message = (
        "Chỉ mục được dựng bằng mô hình véc-tơ hoặc bản chương trình khác; hãy dựng lại phiên bản, "
        "hoặc đặt lại EMBEDDINGS như lúc dựng."
    )


class IndexDamagedError(SearchIndexError):
    """What is read back from the index is not what was written."""

    operator_message = "Chỉ mục tìm kiếm bị hỏng; hãy quay về phiên bản trước hoặc dựng lại từ văn bản gốc."


class MemoryUnavailableError(KnowledgeError):
    """What the bot remembers cannot be opened, read or written."""

    retry_helps = True
    operator_message = (
        "Không mở được hoặc không ghi được sổ ghi nhớ của bot; hãy kiểm tra quyền ghi vào DATA_DIR, chỗ trống trên "
        "đĩa và DATABASE_URL."
    )


class MemoryDriverMissingError(MemoryUnavailableError):
    """The library that talks to the database of DATABASE_URL is not installed."""

    retry_helps = False
    operator_message = (
        "DATABASE_URL chỉ tới PostgreSQL nhưng chưa cài psycopg; hãy chạy "
        '`.venv/bin/python -m pip install "psycopg[binary]"`, hoặc bỏ trống DATABASE_URL để dùng SQLite.'
    )


class MemoryTooNewError(MemoryUnavailableError):
    """The tables were changed by a newer version of the program."""

    retry_helps = False
    operator_message = "Sổ ghi nhớ do phiên bản mới hơn của bot ghi; hãy cập nhật bot rồi chạy lại."


class ModelError(KnowledgeError):
    """A chat model gave no answer that can be used."""

    operator_message = (
        "Mô hình hội thoại không trả lời được; bot dùng trích dẫn thay thế. Xem nhật ký và cài đặt CHAT_MODEL."
    )


class ModelUnavailableError(ModelError):
    """The chat model did not answer in time, is overloaded, or cannot be reached."""

    retry_helps = True
    operator_message = "Dịch vụ mô hình hội thoại chưa trả lời; bot dùng trích dẫn thay thế."

    def __init__(self, message: str, *, timeout: bool = False, retry_after: float = 0.0) -> None:
        """Say whether its time was over, and after how many seconds the service wants to be asked again."""
        super().__init__(message)
        self.timeout = timeout
        self.retry_after = retry_after


class ModelUnreadableError(ModelError):
    """The chat model sent something else than was asked for: cut JSON, no text, another shape."""

    retry_helps = True
    operator_message = "Mô hình hội thoại trả về dữ liệu hỏng; bot dùng trích dẫn thay thế."


class ModelRefusedError(ModelError):
    """The chat model's service refused the key, the model or the request."""

    operator_message = "Dịch vụ mô hình hội thoại từ chối; hãy kiểm tra CHAT_MODEL, OPENAI_API_KEY và OPENAI_BASE_URL."

    def __init__(self, message: str, *, status: int) -> None:
        """Keep the status of the response."""
        super().__init__(message)
        self.status = status


class ModelRestingError(ModelError):
    """The chat model's service failed several times in a row and is left alone for a while."""

    operator_message = "Dịch vụ mô hình hội thoại hỏng nhiều lần liền nên tạm nghỉ; bot dùng trích dẫn thay thế."


class ModelSpentError(ModelError):
    """The calls or tokens that a person or all may use in a day are spent."""

    operator_message = "Đã hết lượt gọi mô hình hội thoại trong ngày; bot dùng trích dẫn thay thế."


class EditionBusyError(KnowledgeError):
    """Another process is building an edition and does not finish."""

    retry_helps = True
    operator_message = "Một tiến trình khác đang dựng phiên bản; hãy đợi rồi thử lại."


class GateRefusedError(KnowledgeError):
    """A new edition answers wrong what was answered right before, so it does not go live."""

    operator_message = "Phiên bản mới trả lời sai những câu mà phiên bản đang dùng trả lời đúng."

    def __init__(self, comparison: "Comparison") -> None:
        """Keep how the editions compare."""
        super().__init__(f"{len(comparison.worse)} of {comparison.asked} questions are answered worse")
        self.comparison = comparison


class QuestionSetError(KnowledgeError):
    """A file given to `evaluate` is not a question set."""

    operator_message = "Không đọc được bộ câu hỏi; hãy xem dòng được nêu."


class BenchmarkError(KnowledgeError):
    """A folder given to `evaluate` is not a benchmark in BEIR layout."""

    operator_message = "Thư mục đánh giá không đúng cấu trúc BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv)."
