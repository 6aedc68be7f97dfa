"""Pictures of pages, whatever a scanner made of them: depth, colours, resolution, turns. None needs tesseract."""

import io

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")

from PIL import Image, ImageFile

from pegextract.errors import UnreadableDocument
from pegextract.readers.ocr import images
from pegextract.readers.ocr.images import dpi_of, pictures_of
from tests.forms.scan import as_fax, as_jpeg, as_png, as_tiff

WIDE, HIGH = 850, 1100
DARK, PAPER = 40, 200


def page(mode: str = "L") -> Image.Image:
    """A page with a black field in its upper left corner."""
    image = Image.new("L", (WIDE, HIGH), "white")
    image.paste(0, (100, 100, 300, 200))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    """An image file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def only(data: bytes):
    """The one page of an image file."""
    (picture,) = pictures_of(data)
    return picture


def looks_right(picture) -> bool:
    """Whether the black field is where it was drawn, and the rest is paper."""
    pixels = picture.pixels
    return pixels.dtype == np.uint8 and pixels[150, 200] < DARK and pixels[600, 600] > PAPER


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_colour_model_of_png_becomes_grey(mode):
    """Black and white, palettes, colours and transparency: ink is dark, paper is white."""
    assert looks_right(only(saved(page(mode))))


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P"])
def test_every_colour_model_of_tiff_becomes_grey(mode):
    """CMYK too, where 0 is paper."""
    assert looks_right(only(saved(page(mode), "TIFF")))


def test_sixteen_bits_become_eight():
    """A scan with 65,536 greys keeps its ink and its paper."""
    deep = Image.fromarray(np.asarray(page(), np.uint16) * 257)
    assert looks_right(only(saved(deep)))
    assert looks_right(only(saved(deep, "TIFF")))


def test_transparent_paper_is_white():
    """What shows through is paper, whatever colour is stored below."""
    image = Image.new("RGBA", (WIDE, HIGH), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (100, 100, 300, 200))
    assert looks_right(only(saved(image)))


def test_the_camera_says_which_way_up():
    """EXIF's orientation turns the page; the resolution stays."""
    exif = Image.Exif()
    exif[0x0112] = 6  # stored a quarter turn counter-clockwise
    data = saved(page().rotate(90, expand=True), "JPEG", exif=exif, dpi=(100, 100))
    picture = only(data)
    assert picture.pixels.shape == (HIGH, WIDE)
    assert looks_right(picture)


def test_a_fax_has_square_pixels_again():
    """204 dots across and 98 down become 204 both ways."""
    picture = only(as_fax([page("1")]))
    assert picture.dpi == 204
    assert abs(picture.pixels.shape[0] - HIGH) <= 2
    assert looks_right(picture)


def test_all_pages_of_a_tiff_are_read():
    """Three pages, in their order."""
    blank = Image.new("L", (WIDE, HIGH), "white")
    dark = [picture.pixels.min() < DARK for picture in pictures_of(as_tiff([page(), blank, page()], 100))]
    assert dark == [True, False, True]


@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [
        ((2480, 3508), (300, 300), 300),
        ((2480, 3508), None, 300),
        ((3508, 2480), None, 300),
        ((1654, 2339), (72, 72), 200),  # programs that know nothing write 72; no office has paper of 58 cm
        ((2480, 3508), (1, 1), 300),
        ((2480, 3508), "300", 300),
        ((1728, 2292), (204, 98), 204),
    ],
)
def test_the_resolution_is_the_stated_one_or_that_of_a_sheet_of_paper(size, stated, dpi):
    """A resolution that makes no page of paper is not believed."""
    assert dpi_of(size, stated) == pytest.approx(dpi, rel=0.01)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_file_that_is_cut_off_is_refused(kind, monkeypatch):
    """At any place, with one error and no other, also where another library told Pillow to fill up what is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = saved(page(), kind)
    for share in (0.01, 0.2, 0.5, 0.9):
        with pytest.raises(UnreadableDocument) as caught:
            list(pictures_of(data[: int(len(data) * share)]))
        assert caught.value.code == "unreadable"


def test_postscript_is_never_run():
    """An EPS that calls itself .png reaches no decoder."""
    with pytest.raises(UnreadableDocument):
        list(pictures_of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n"))


def test_a_picture_of_absurd_size_is_refused_before_it_is_decoded(monkeypatch):
    """The header alone decides."""
    monkeypatch.setattr(images, "MOST_PIXELS", WIDE * HIGH - 1)
    with pytest.raises(UnreadableDocument) as caught:
        list(pictures_of(as_png(page(), 100)))
    assert caught.value.code == "limit_exceeded"


def test_a_bomb_is_refused():
    """Sixty thousand pixels square in a hundred bytes of header."""
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0" + bytes(4)
    with pytest.raises(UnreadableDocument):
        list(pictures_of(header))


def test_an_icon_is_no_page():
    """A picture too small to print a line is refused."""
    with pytest.raises(UnreadableDocument):
        list(pictures_of(as_jpeg(Image.new("L", (64, 64), "white"), None)))
