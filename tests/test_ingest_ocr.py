"""Scans and photos become documents; what could not be read, or badly, is said."""

import re
import shutil
from pathlib import Path

import matplotlib as mpl
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from ingest.errors import EmptyFileError, NoOcrError
from ingest.load import load
from ingest.reading import read_one_safely
from knowledge.documents import Document

SAMPLES = Path(__file__).parent / "samples"
TESSERACT = shutil.which("tesseract")
needs_tesseract = pytest.mark.skipif(
    TESSERACT is None, reason="pictures are read by Tesseract: apt-get install tesseract-ocr tesseract-ocr-vie"
)
FONT = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf"
DPI = 200
TEXT = """Số: 12/KH-SĐC
KẾ HOẠCH
Mở sân chơi trong các trường mầm non
I. MỤC ĐÍCH
Các trường mở cửa sân chơi sau giờ học để trẻ em ở gần
trường có chỗ chạy nhảy, và để đồ chơi cũ được dùng lại
cho đến khi hỏng hẳn.
II. NHỮNG VIỆC PHẢI LÀM
1. Mỗi trường kiểm tra cầu trượt, xích đu và bập bênh ít
nhất hai lần trong một năm học.
2. Đồ chơi bằng gỗ được mài nhẵn và sơn lại bằng sơn không
độc; đồ chơi bằng nhựa đã nứt thì bỏ đi.
III. TỔ CHỨC THỰC HIỆN
1. Chi bộ từng trường giữ chặt chẽ sổ mượn đồ chơi.
2. Phòng Đồ chơi báo cáo kết quả trước ngày 30 tháng 6."""


def page(text: str = TEXT) -> Image.Image:
    """Set a text at 13 points on half a page of A4, as a printer and a scanner would at 200 dpi."""
    sheet = Image.new("L", (1654, 1169), 255)
    font = ImageFont.truetype(FONT, round(13 * DPI / 72))
    ImageDraw.Draw(sheet).multiline_text((200, 200), text, fill=0, font=font, spacing=18)
    return sheet


def saved(picture: Image.Image, path: Path, *more: Image.Image) -> Path:
    """Save pages as a file of the kind that its name says."""
    if path.suffix == ".pdf":
        picture.save(path, save_all=True, append_images=more, resolution=DPI)
    else:
        picture.save(path)
    return path


def letters(path: Path) -> str:
    """Return what is read of a file, on one line."""
    (loaded,) = load(path)
    return " ".join(line.text for line in loaded.lines)


def error_rate(path: Path) -> float:
    """Return the share of letters that are read wrong."""
    expected = " ".join(TEXT.split())
    return Levenshtein.distance(expected, letters(path)) / len(expected)


def outline(document: Document) -> list[str]:
    """Return the paths of the sections."""
    return [section.path for section in document.sections]


@needs_tesseract
@pytest.mark.parametrize(
    ("spoilt", "most"),
    [
        pytest.param(lambda sheet: sheet, 0.03, id="clean"),
        pytest.param(lambda sheet: sheet.rotate(2, fillcolor=255), 0.03, id="askew"),
        pytest.param(lambda sheet: sheet.filter(ImageFilter.GaussianBlur(1)), 0.03, id="blurred"),
        pytest.param(lambda sheet: Image.blend(sheet, Image.effect_noise(sheet.size, 60), 0.25), 0.03, id="grainy"),
        pytest.param(lambda sheet: sheet.transpose(Image.Transpose.ROTATE_180), 0.05, id="upside-down"),
    ],
)
def test_letters_are_read(tmp_path: Path, spoilt: object, most: float) -> None:
    """Of a page of Vietnamese text at 200 dpi at most 3 in 100 letters are wrong, also where it was laid down askew."""
    assert callable(spoilt)
    assert error_rate(saved(spoilt(page()), tmp_path / "a.png")) <= most


@needs_tesseract
def test_a_scan_becomes_a_document(tmp_path: Path) -> None:
    """Number, title and sections come out of a scanned PDF; an empty page and that a machine read it are said."""
    pages: list[tuple[int, int]] = []
    path = saved(page(), tmp_path / "a.pdf", Image.new("L", (1654, 2339), 255))
    (reading,) = read_one_safely(path, lambda _, done, whole: pages.append((done, whole)))
    document = reading.document
    assert (document.number, document.kind) == ("12/KH-SĐC", "Kế hoạch")
    assert outline(document) == ["I", "II", "II.1", "II.2", "III", "III.1", "III.2"]
    assert document.sections[2].passages[0].text.endswith("ít nhất hai lần trong một năm học.")
    assert "chữ ở các trang sau do máy đọc từ ảnh, hãy đối chiếu với bản gốc: 1" in reading.warnings
    assert "các trang không có chữ nào đọc được: 2" in reading.warnings
    assert pages == [(1, 2), (2, 2)]


@needs_tesseract
def test_pictures_among_pages_of_text_are_read(tmp_path: Path) -> None:
    """A page that was scanned into a PDF with text stands in its place, and is named."""
    scan = saved(page("1. Sân chơi mở cửa cả ngày lễ."), tmp_path / "scan.pdf")
    mixed = pypdfium2.PdfDocument.new()
    for pages in (scan, SAMPLES / "columns.pdf"):
        mixed.import_pages(pypdfium2.PdfDocument(pages))
    mixed.save(tmp_path / "mixed.pdf")
    (reading,) = read_one_safely(tmp_path / "mixed.pdf")
    texts = [passage.text for section in reading.document.sections for passage in section.passages]
    assert texts[0].endswith("Sân chơi mở cửa cả ngày lễ.")
    assert any(warning.endswith("hãy đối chiếu với bản gốc: 1") for warning in reading.warnings)


@needs_tesseract
@pytest.mark.parametrize("mode", ["RGBA", "CMYK", "I;16"])
def test_every_kind_of_photo_is_read(tmp_path: Path, mode: str) -> None:
    """Pictures that can be seen through, of four inks or of many greys: the letters are the same."""
    if mode == "RGBA":
        picture = Image.new("RGBA", page().size, (255, 255, 255, 0))
        picture.paste((0, 0, 0, 255), mask=page().point(lambda level: 255 - level))
    else:
        picture = (
            page().convert("I").point(lambda level: level * 257).convert(mode)
            if mode == "I;16"
            else page().convert(mode)
        )
    suffix = ".jpg" if mode == "CMYK" else ".png"
    assert error_rate(saved(picture, tmp_path / f"a{suffix}")) <= 0.03


@needs_tesseract
def test_a_photo_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    """A telephone held sideways writes into the file how it was held."""
    turned = page().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "a.jpg", exif=exif)
    assert error_rate(tmp_path / "a.jpg") <= 0.03


@needs_tesseract
def test_a_page_that_is_hard_to_read_is_named(tmp_path: Path) -> None:
    """What was read with doubt is said with the page, so that somebody takes a better photo."""
    sheet = page().filter(ImageFilter.GaussianBlur(3.5))
    (loaded,) = load(saved(sheet, tmp_path / "a.png"))
    (unsure,) = [warning for warning in loaded.warnings if "trang 1: ảnh khó đọc" in warning]
    confidence, needed = map(int, re.findall(r"(?:độ tin cậy|cần từ) (\d+)", unsure))
    assert confidence < needed


@needs_tesseract
def test_a_photo_without_text_is_refused(tmp_path: Path) -> None:
    """A picture of nothing becomes no document."""
    with pytest.raises(EmptyFileError, match="chụp lại"):
        read_one_safely(saved(Image.effect_noise((800, 800), 5), tmp_path / "a.png"))


def test_without_tesseract_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that cannot read pictures a scan ends in a sentence with the command to run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoOcrError, match=r"chưa cài .*apt-get install tesseract-ocr tesseract-ocr-vie"):
        read_one_safely(saved(page(), tmp_path / "a.png"))


@needs_tesseract
def test_without_vietnamese_it_is_said_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract with English alone would make nonsense of Vietnamese, so it is not used."""
    (tmp_path / "eng.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(NoOcrError, match="chưa có dữ liệu tiếng Việt"):
        read_one_safely(saved(page(), tmp_path / "a.png"))
