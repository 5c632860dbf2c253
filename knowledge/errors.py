"""Name what can go wrong in knowledge, whether a retry helps, and what to tell the operator.

    KnowledgeError
    ├── EmbeddingsError
    │   ├── EmbeddingsUnavailableError    the service did not answer: a retry helps
    │   └── EmbeddingsRefusedError        key, model or request was refused: a retry does not help
    ├── SearchIndexError
    │   ├── IndexMissingError             no index in this directory
    │   ├── IndexMismatchError            built with other embeddings or in another layout
    │   └── IndexDamagedError             what is read back is not what was written
    ├── EditionBusyError                  another process is building: a retry helps
    ├── QuestionSetError                  a question set for `evaluate` that cannot be read
    └── BenchmarkError                    a folder for `evaluate` that cannot be read as one

Foreign exceptions are translated into these where they arise (`raise … from error`), so that nothing outside
`knowledge` has to know Chroma or OpenAI. `str(error)` is for the log; `error.operator_message` is a
Vietnamese sentence for the person who runs the bot. Add a leaf here when a new thing can go wrong.
"""

from typing import ClassVar


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


class EmbeddingsRefusedError(EmbeddingsError):
    """The embedding service refused the key, the model or the request."""

    operator_message = "Dịch vụ véc-tơ từ chối yêu cầu; hãy kiểm tra EMBEDDINGS, OPENAI_API_KEY và OPENAI_BASE_URL."


class SearchIndexError(KnowledgeError):
    """A search index cannot be used."""

    operator_message = "Không mở được chỉ mục tìm kiếm; hãy dựng lại ấn bản."


class IndexMissingError(SearchIndexError):
    """There is no search index in this directory."""

    operator_message = "Chưa có chỉ mục tìm kiếm ở đây; hãy dựng ấn bản mới."


class IndexMismatchError(SearchIndexError):
    """The index was built with other embeddings, or in another layout."""

    operator_message = (
        "Chỉ mục được dựng bằng mô hình véc-tơ hoặc phiên bản khác; hãy dựng lại ấn bản, "
        "hoặc đặt lại EMBEDDINGS như lúc dựng."
    )


class IndexDamagedError(SearchIndexError):
    """What is read back from the index is not what was written."""

    operator_message = "Chỉ mục tìm kiếm bị hỏng; hãy quay về ấn bản trước hoặc dựng lại từ văn bản gốc."


class EditionBusyError(KnowledgeError):
    """Another process is building an edition and does not finish."""

    retry_helps = True
    operator_message = "Một tiến trình khác đang dựng ấn bản; hãy đợi rồi thử lại."


class QuestionSetError(KnowledgeError):
    """A file given to `evaluate` is not a question set."""

    operator_message = "Không đọc được bộ câu hỏi; hãy xem dòng được nêu."


class BenchmarkError(KnowledgeError):
    """A folder given to `evaluate` is not a benchmark in BEIR layout."""

    operator_message = "Thư mục đánh giá không đúng cấu trúc BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv)."
