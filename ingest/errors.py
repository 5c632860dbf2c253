"""What can go wrong between a file and its sections, and what the operator should do about it.

    IngestError
    ├── UnreadableFilesError        some files cannot become documents, so no edition is built
    ├── DoubledDocumentError        two files are the same document
    ├── NoSuchFileError             a file that is to be added is not there
    ├── NoDocumentsError            there is nothing to build from
    ├── UnknownDocumentError        no document answers to that name
    │   └── AmbiguousDocumentError  more than one does
    └── UnreadableFileError         one file cannot become a document
        ├── UnknownFileTypeError    no loader for this kind of file
        ├── UnreadableEncodingError its bytes are no Unicode text
        ├── OldFontError            its letters are Vietnamese only in fonts from before Unicode
        ├── EmptyFileError          it holds no text
        ├── NoStructureError        it holds text, but no part of an official document
        ├── BrokenFileError         it is not what its name says, damaged, locked or made to do harm
        ├── SeveralDocumentsError   it holds several documents where one is asked for
        └── BadSidecarError         the TOML file beside it is not what it should be

None of them is cured by a retry: the file or the name must change first.
"""

from collections.abc import Iterable
from pathlib import Path

from ingest import texts


class IngestError(Exception):
    """The root: `str()` is the Vietnamese sentence for the operator."""

    retry_helps = False
    exit_code = 1


class UnknownDocumentError(IngestError):
    """No document on the shelf answers to that name."""

    exit_code = 2

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Say which documents there are, for the operator to choose from."""
        super().__init__(texts.UNKNOWN_DOCUMENT.format(name=name, known=texts.bullets(known)))


class AmbiguousDocumentError(UnknownDocumentError):
    """More than one document answers to that name."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        """Say which ones, by the ids that tell them apart."""
        IngestError.__init__(self, texts.AMBIGUOUS_DOCUMENT.format(name=name, candidates=texts.bullets(candidates)))


class UnreadableFileError(IngestError):
    """One file cannot become a document; the sentence comes from the subclass."""

    sentence = ""

    def __init__(self, path: Path, **details: str) -> None:
        """Name the file, and whatever else the sentence asks for."""
        super().__init__(self.sentence.format(path=path, **details))
        self.path = path


class UnknownFileTypeError(UnreadableFileError):
    """No loader for this kind of file."""

    sentence = texts.UNKNOWN_FILE_TYPE


class UnreadableEncodingError(UnreadableFileError):
    """Its bytes are no Unicode text."""

    sentence = texts.UNREADABLE_ENCODING


class OldFontError(UnreadableFileError):
    """Its letters are Vietnamese only in fonts from before Unicode."""

    sentence = texts.OLD_FONT


class EmptyFileError(UnreadableFileError):
    """It holds no text."""

    sentence = texts.EMPTY_FILE


class NoStructureError(UnreadableFileError):
    """It holds text, but neither particulars nor sections of an official document."""

    sentence = texts.NO_STRUCTURE


class BrokenFileError(UnreadableFileError):
    """It cannot be opened as the kind of file that its name says."""

    sentence = texts.BROKEN_FILE


class SeveralDocumentsError(UnreadableFileError):
    """It holds several documents, and one is asked for."""

    def __init__(self, path: Path, ids: tuple[str, ...]) -> None:
        """Name the documents, for the operator to choose from."""
        IngestError.__init__(self, texts.SEVERAL_DOCUMENTS.format(path=path, ids=texts.bullets(ids)))
        self.path = path


class BadSidecarError(UnreadableFileError):
    """The TOML file beside the text cannot be read, or names a particular that no document has."""

    sentence = texts.BAD_SIDECAR


class UnreadableFilesError(IngestError):
    """Some files on the shelf cannot become documents, so no edition is built."""

    def __init__(self, problems: Iterable[UnreadableFileError], sentence: str = texts.UNREADABLE_FILES) -> None:
        """Name every such file with its reason."""
        super().__init__(sentence.format(problems=texts.bullets(map(str, problems))))


class DoubledDocumentError(IngestError):
    """Two files are one document."""

    def __init__(self, identity: str, first: str, second: str) -> None:
        """Name both files and the id that they share."""
        super().__init__(texts.DOUBLED_DOCUMENT.format(id=identity, first=first, second=second))


class NoSuchFileError(IngestError):
    """A file that is to be added is not there."""

    exit_code = 2

    def __init__(self, files: Iterable[Path]) -> None:
        """Name all of them."""
        super().__init__(texts.NO_SUCH_FILE.format(files=texts.bullets(map(str, files))))


class NoDocumentsError(IngestError):
    """There is no document to build an edition from."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Name the folders that were looked into."""
        super().__init__(texts.NO_DOCUMENTS.format(folders=", ".join(map(str, folders))))
