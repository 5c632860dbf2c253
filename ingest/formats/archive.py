"""Look into the archive that a Word file is before anything in it is unpacked or built up in memory."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from ingest import texts
from ingest.errors import BrokenFileError, HarmfulFileError, LockedFileError, MacrosError, WrongTypeError
from ingest.limits import LIMITS, MEGABYTE

_MOST_XML = 50 * MEGABYTE
_SMALL = 10 * MEGABYTE
"""Below this an archive may become as much larger as it likes."""
_ENCRYPTED = 0x1
"""The bit of a part's flags that says that it has a password."""
_CLIMBS = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<", re.ASCII)
_OTHERS = {"xl/": ".xlsx", "ppt/": ".pptx", "mimetype": ".odt"}
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml)$", re.IGNORECASE)
_MACRO_TYPE = b"macroEnabled"
_TYPES = "[Content_Types].xml"


def refuse_harm(path: Path, content: bytes) -> None:
    """Refuse what Word would never write: bombs, names that climb, document types, passwords, programs.

    Raises an `UnreadableFileError`, and `zipfile.BadZipFile` or `zlib.error` for a damaged archive.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        _refuse_size(path, parts, len(content))
        _refuse_names(path, parts)
        _refuse_programs(path, archive)
        for part, xml in _xml(archive):
            _refuse_xml(path, part, xml)


def _refuse_size(path: Path, parts: list[zipfile.ZipInfo], size: int) -> None:
    """Believe what the archive declares: no part is ever unpacked further than that."""
    unpacked = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    is_bomb = unpacked > max(_SMALL, size * LIMITS.ratio)
    if len(parts) > LIMITS.entries or unpacked > LIMITS.unpacked or xml > _MOST_XML or is_bomb:
        raise BrokenFileError(path, reason=texts.TOO_LARGE_INSIDE)


def _refuse_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = Counter(part.filename.lower() for part in parts)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise LockedFileError(path)
    # A name that climbs is cut by zipfile itself; `orig_filename` is the one in the archive.
    if any(_CLIMBS.search(part.orig_filename) for part in parts):
        raise HarmfulFileError(path, reason=texts.CLIMBING_NAMES)
    if any(count > 1 for count in names.values()):
        raise BrokenFileError(path, reason=texts.DOUBLED_NAMES)
    other = next((suffix for begin, suffix in _OTHERS.items() if any(name.startswith(begin) for name in names)), None)
    if other and "word/document.xml" not in names:
        raise WrongTypeError(path, suffix=path.suffix, kind=other)


def _refuse_programs(path: Path, archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if any(map(_MACROS.search, names)) or (_TYPES in names and _MACRO_TYPE in archive.read(_TYPES)):
        raise MacrosError(path)


def _xml(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Unpack every part that is XML by its name or its beginning; drawings may have a document type."""
    for part in archive.infolist():
        if part.filename.lower().endswith(".svg"):
            continue
        content = archive.read(part)
        if part.filename.endswith((".xml", ".rels")) or _XML.match(content):
            yield part, content


def _refuse_xml(path: Path, part: zipfile.ZipInfo, xml: bytes) -> None:
    try:
        parseString(xml, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise HarmfulFileError(path, reason=texts.DOCUMENT_TYPE) from error
    except (SAXException, ValueError) as error:
        raise BrokenFileError(path, reason=texts.BROKEN_PART.format(part=part.filename)) from error
