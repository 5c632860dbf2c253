"""What can go wrong between a file and its sections, and what the operator should do about it.

    IngestError
    ├── UnreadableFilesError        some files cannot become documents, so no edition is built
    ├── DoubledDocumentError        two files are the same document
    ├── NoSuchFileError             a file that is to be added is not there
    ├── WrongCorrectionError        a correction names no particular, or gives it no value that it can have
    ├── UnclearStandingToldError    a correction tells no standing
    ├── SeveralFilesError           corrections are given for several files at once
    ├── NoSuchEditionError          no kept edition has that name
    ├── EditionRefusedError         an edition is damaged, or of another program
    ├── NothingToCompareError       there are no two editions
    ├── BrokenListError             the list of documents that are left out cannot be read
    ├── NoDocumentsError            there is nothing to build from
    ├── UnknownDocumentError        no document answers to that name
    │   └── AmbiguousDocumentError  more than one does
    └── UnreadableFileError         one file cannot become a document
        ├── UnknownFileTypeError    no loader for this kind of file
        ├── UnreadableEncodingError its bytes are no Unicode text
        ├── OldFontError            its letters are Vietnamese only in fonts from before Unicode
        ├── EmptyFileError          it holds no text
        ├── NoStructureError        it holds text, but no part of an official document
        ├── WrongTypeError          it is another kind of file than its name says
        ├── OldWordError            it is of Word before 2007
        ├── LockedFileError         it has a password
        ├── MacrosError             it carries programs
        ├── BrokenFileError         it is damaged, or larger inside than any document
        ├── HarmfulFileError        it is made to do harm
        ├── TooLargeError           it has more bytes than are read
        ├── TooManyPagesError       it has more pages than are read
        ├── TooSlowError            reading it takes too long
        ├── TooMuchMemoryError      reading it takes too much memory
        ├── NoOcrError              it is a picture, and there is nothing here to read pictures with
        ├── SeveralDocumentsError   it holds several documents where one is asked for
        └── BadSidecarError         the TOML file beside it is not what it should be

None of them is cured by a retry: the file or the name must change first.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest import texts


class IngestError(Exception):
    """The root: `str()` is the Vietnamese sentence for the operator."""

    retry_helps = False
    exit_code = 1
    facts: Mapping[str, Any] = {}
    """What a program is told beside the sentence."""


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
        self.details = details


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


class WrongTypeError(UnreadableFileError):
    """Its content is of another kind than its name says."""

    sentence = texts.WRONG_FILE_TYPE


class OldWordError(UnreadableFileError):
    """It is a file of Word before 2007, whatever its name says."""

    sentence = texts.OLD_WORD_FILE


class LockedFileError(UnreadableFileError):
    """It opens with a password alone."""

    sentence = texts.LOCKED_FILE


class MacrosError(UnreadableFileError):
    """It carries programs."""

    sentence = texts.FILE_WITH_MACROS


class BrokenFileError(UnreadableFileError):
    """It cannot be opened as the kind of file that its name says."""

    sentence = texts.BROKEN_FILE


class HarmfulFileError(UnreadableFileError):
    """It holds what only files do that are made to do harm."""

    sentence = texts.HARMFUL_FILE


class TooLargeError(UnreadableFileError):
    """It has more bytes than are read."""

    sentence = texts.TOO_LARGE_FILE


class TooManyPagesError(UnreadableFileError):
    """It has more pages than are read."""

    sentence = texts.TOO_MANY_PAGES


class TooSlowError(UnreadableFileError):
    """Reading it takes longer than a file may take."""

    sentence = texts.TOO_SLOW_FILE


class TooMuchMemoryError(UnreadableFileError):
    """Reading it takes more memory than a file may take."""

    sentence = texts.TOO_MUCH_MEMORY


class NoOcrError(UnreadableFileError):
    """It is a picture of a text, and the program or the language to read pictures with is not installed."""

    sentence = texts.NO_OCR


class SeveralDocumentsError(UnreadableFileError):
    """It holds several documents, and one is asked for."""

    def __init__(self, path: Path, ids: tuple[str, ...]) -> None:
        """Name the documents, for the operator to choose from."""
        IngestError.__init__(self, texts.SEVERAL_DOCUMENTS.format(path=path, ids=texts.bullets(ids)))
        self.path = path
        self.details = {}


class BadSidecarError(UnreadableFileError):
    """The TOML file beside the text cannot be read, or names a particular that no document has."""

    sentence = texts.BAD_SIDECAR


def leaf(name: str) -> type[UnreadableFileError]:
    """Return the error of this name; `BrokenFileError` where there is none."""
    return next((kind for kind in UnreadableFileError.__subclasses__() if kind.__name__ == name), BrokenFileError)


class UnreadableFilesError(IngestError):
    """Some files on the shelf cannot become documents, so no edition is built."""

    def __init__(self, problems: Iterable[UnreadableFileError], sentence: str = texts.UNREADABLE_FILES) -> None:
        """Name every such file with its reason."""
        told = tuple(problems)
        super().__init__(sentence.format(problems=texts.bullets(map(str, told))))
        self.facts = {"files": [{"file": problem.path.name, "sentence": str(problem)} for problem in told]}


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


class WrongCorrectionError(IngestError):
    """A correction names no particular, or gives it a value that it cannot have."""

    exit_code = 2

    def __init__(self, wrong: str, known: tuple[str, ...]) -> None:
        """Name it, and all that can be corrected."""
        super().__init__(texts.WRONG_CORRECTION.format(wrong=wrong, known=", ".join(known)))


class UnclearStandingToldError(IngestError):
    """A correction tells no standing; `str()` says how it can be told."""

    exit_code = 2


class SeveralFilesError(IngestError):
    """Corrections are given for several files at once."""

    exit_code = 2

    def __init__(self) -> None:
        """Say that they are for one."""
        super().__init__(texts.SET_FOR_ONE)


class NoSuchEditionError(IngestError):
    """No kept edition has that name."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Say which ones are kept."""
        super().__init__(texts.NO_SUCH_EDITION.format(name=name, known=texts.bullets(known)))


class EditionRefusedError(IngestError):
    """An edition cannot be used: it is damaged, or another program built it. `str()` says which."""


class NothingToCompareError(IngestError):
    """There is no edition before the current one."""

    exit_code = 2

    def __init__(self) -> None:
        """Say so."""
        super().__init__(texts.NOTHING_BEFORE)


class BrokenListError(IngestError):
    """The list of documents that are left out cannot be read."""

    def __init__(self, path: Path) -> None:
        """Say what to do with it."""
        super().__init__(texts.BROKEN_LIST.format(path=path))


class NoDocumentsError(IngestError):
    """There is no document to build an edition from."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Name the folders that were looked into."""
        super().__init__(texts.NO_DOCUMENTS.format(folders=", ".join(map(str, folders))))
