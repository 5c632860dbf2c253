"""Find documents and sections by keys short enough for a button.

Telegram gives a button 64 bytes, and a document's id with a Vietnamese section path can be longer. A key is a
hash of both, so it stays the same from one edition to the next as long as the section does.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b

from knowledge.documents import Document, Section

_KEY_BYTES = 9


def document_key(document_id: str) -> str:
    """Return 12 ASCII characters that stand for a document."""
    return _hash(document_id)


def section_key(document_id: str, path: str) -> str:
    """Return 12 ASCII characters that stand for a section; an empty path means the document's particulars."""
    return _hash(f"{document_id}\0{path}")


class Catalogue:
    """The documents of one edition by their keys."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._by_key = {document_key(document.id): document for document in self.documents}
        self._sections = {
            section_key(document.id, section.path): (document, section)
            for document in self.documents
            for section in document.sections
        }
        self._particulars = {section_key(document.id, ""): document for document in self.documents}

    def document(self, key: str) -> Document | None:
        """Return the document of a key; None where this edition has it no more."""
        return self._by_key.get(key)

    def section(self, key: str) -> tuple[Document, Section] | None:
        """Return the section of a key with its document; None where this edition has it no more."""
        return self._sections.get(key)

    def particulars(self, key: str) -> Document | None:
        """Return the document whose particulars a key stands for; None where it stands for something else."""
        return self._particulars.get(key)


def _hash(text: str) -> str:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
    return urlsafe_b64encode(digest).decode("ascii")
