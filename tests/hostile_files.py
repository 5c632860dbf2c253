"""Make files as somebody might who wants to break the reader, or whose disk did it."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image

SAMPLES = Path(__file__).parent / "samples"
WORD, GAZETTE = SAMPLES / "numbered.docx", SAMPLES / "gazette.pdf"
MEGABYTE = 2**20
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le") + bytes(600)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)


def word(changes: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return the Word sample with parts changed or added."""
    made = BytesIO()
    with zipfile.ZipFile(WORD) as sample, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sample.namelist():
            change = changes.get(name)
            content = sample.read(name)
            archive.writestr(name, change(content) if callable(change) else change or content)
        for name, added in changes.items():
            if name not in sample.namelist() and isinstance(added, bytes):
                archive.writestr(name, added)
    return made.getvalue()


def with_declaration(declaration: str, encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    """Return what puts a document type before the root of an XML part."""

    def change(xml: bytes) -> bytes:
        text = xml.decode()
        root = text.index("<", text.index("?>"))
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        return f"{head}{declaration}{text[root:]}".encode(encoding)

    return change


def word_of_many_parts() -> bytes:
    """Return a Word file with more parts than are looked at."""
    return word({f"word/media/{number}.txt": b"a" for number in range(2_001)})


def word_that_lies() -> bytes:
    """Return a Word file whose directory says that its text is shorter than it is."""
    content = bytearray(word({}))
    place = content.rindex(b"word/document.xml")
    struct.pack_into("<I", content, place - 22, 100)
    return bytes(content)


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1 on, with a table that has to be mended."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<<" + trailer + b">>\n%%EOF"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def pdf_page(content: bytes, *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """Return a PDF of one page with this stream object."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    resources = b"/Resources<</XObject<</I 5 0 R>>%s>>" % font
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s>>" % (box, resources)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more)


def pdf_bomb(layers: int = 1) -> bytes:
    """Return a small PDF whose text unpacks to six hundred megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(600)) + packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    return pdf_page(stream(packed, b"/Filter[%s]" % (b"/FlateDecode" * layers)))


def pdf_of_pages(count: int) -> bytes:
    """Return a PDF of empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *pages)


def pdf_with_password() -> bytes:
    """Return a PDF that opens with a password alone."""
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    first = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, lock)
    return pdf(*first, trailer=b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]")


def pdf_of_huge_picture() -> bytes:
    """Return a PDF that shows a picture of ten thousand million pixels on a page as large as a field."""
    picture = stream(
        zlib.compress(bytes(MEGABYTE)),
        b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    return pdf_page(stream(b"q 900000 0 0 900000 0 0 cm /I Do Q"), picture, box=b"0 0 900000 900000")


def pdf_in_circles() -> bytes:
    """Return a PDF whose tree of pages comes back to itself."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")


def picture(width: int, height: int) -> bytes:
    """Return a PNG without anything on it, packed line by line, however large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def half_a_photo() -> bytes:
    """Return the first half of a JPEG."""
    made = BytesIO()
    Image.effect_noise((600, 800), 90).save(made, "JPEG")
    return made.getvalue()[: len(made.getvalue()) // 2]


def mutated(count: int, seed: int = 28) -> Iterator[tuple[Path, bytes]]:
    """Yield samples with something wrong in them: bytes of the file, or of a part inside a Word file."""
    chance = random.Random(seed)  # noqa: S311 - the same files in every run, not a secret
    samples = sorted([*SAMPLES.glob("*.pdf"), *SAMPLES.glob("*.docx")])
    for number in range(count):
        sample = samples[number % len(samples)]
        if sample.suffix == ".docx" and chance.random() < 0.7:
            with zipfile.ZipFile(sample) as archive:
                part = chance.choice([name for name in archive.namelist() if name.startswith("word/")])
            yield sample, word({part: partial(_damaged, chance=chance)})
        else:
            yield sample, _damaged(sample.read_bytes(), chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(max(1, len(damaged)))
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                damaged[place : place + 1] = bytes(
                    byte ^ (1 << chance.randrange(8)) for byte in damaged[place : place + 1]
                )
            case 1:
                damaged[place : place + length] = chance.randbytes(length)
            case 2:
                del damaged[place : place + length]
            case 3:
                damaged[place:place] = damaged[max(0, place - length) : place]
            case 4:
                damaged[place : place + 1] = chance.choice((b"9999999999", b"-1", b"<<", b"]", b"<", b"&", b"\0", b"/"))
            case _:
                del damaged[max(1, len(damaged) - length) :]
    return bytes(damaged)
