"""Image files to pictures of pages. Only PNG, JPEG and TIFF are decoded, whatever a file calls itself."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL.Image import Image as PillowImage

from pegextract.errors import UnreadableDocument
from pegextract.readers.ocr.picture import Picture

FORMATS = ("PNG", "JPEG", "TIFF")
MOST_PIXELS = 170_000_000
"""A4 at 1,200 dpi, and A3 at 800; more is refused before it is decoded."""
MOST_PAGES = 5_000
FEWEST_PIXELS = 100
"""A side of a page; smaller pictures print no text."""
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError,
            MemoryError, struct.error, zlib.error, UnidentifiedImageError)  # fmt: skip
"""What Pillow raises for files that are cut off or forged."""
_A4_LONG, _A4_SHORT = 11.69, 8.27
_PLAUSIBLE_DPI = (60.0, 1300.0)
_PLAUSIBLE_INCHES = (4.0, 25.0)
_DEEP = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})


def pictures_of(data: bytes) -> Iterator[Picture]:
    """The pages of an image file. Raises UnreadableDocument: unreadable (damaged) or limit_exceeded (too large)."""
    with _opened(data) as image:
        count = getattr(image, "n_frames", 1)
        if count > MOST_PAGES:
            raise UnreadableDocument(f"the image has {count} pages, more than {MOST_PAGES}", code="limit_exceeded")
        for number in range(count):
            yield _page(image, number)


def _opened(data: bytes) -> PillowImage:
    try:
        with _strictly():
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise UnreadableDocument("the image claims more pixels than any page has", code="limit_exceeded") from error
    except _DAMAGED as error:
        raise UnreadableDocument("the image is damaged or cut off: get the file again") from error


@contextmanager
def _strictly() -> Iterator[None]:
    """What is cut off is an error, though other libraries tell Pillow to fill it up; sizes we check ourselves."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _page(image: PillowImage, number: int) -> Picture:
    try:
        with _strictly():
            image.seek(number)
            _check_size(image)
            resolution = image.info.get("dpi")
            # The resolution counts columns and rows as they are stored, so it is used before the page is turned.
            page = ImageOps.exif_transpose(_square(grey_of(image), resolution))
            assert page is not None  # it is for images that are changed in place
    except _DAMAGED as error:
        raise UnreadableDocument(f"page {number + 1} of the image is damaged or cut off: get the file again") from error
    return Picture(np.asarray(page, np.uint8), dpi_of(page.size, resolution))


def _check_size(image: PillowImage) -> None:
    if image.width * image.height > MOST_PIXELS:
        message = f"a page of {image.width} × {image.height} pixels is more than any page has"
        raise UnreadableDocument(message, code="limit_exceeded")
    if min(image.size) < FEWEST_PIXELS:
        message = f"a picture of {image.width} × {image.height} pixels is too small to print text"
        raise UnreadableDocument(message, code="unreadable")


def grey_of(image: PillowImage) -> PillowImage:
    """The image in 256 greys on white paper: depth, colour model, palette and transparency levelled."""
    if image.mode in _DEEP:
        return _from_deep(image)
    if image.mode == "P" or "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    if image.mode == "CMYK":
        image = image.convert("RGB")
    exif = image.info.get("exif")
    grey = image.convert("L")
    return grey if exif is None else _with(grey, exif)


def _with(image: PillowImage, exif: bytes) -> PillowImage:
    image.info["exif"] = exif
    return image


def _from_deep(image: PillowImage) -> PillowImage:
    """Sixteen bits, or numbers without a scale: their own range becomes the greys."""
    values = np.asarray(image, np.float64)
    most = 65535.0 if image.mode.startswith("I;16") else max(255.0, float(np.nanmax(values)))
    return Image.fromarray(np.clip(np.nan_to_num(values) * (255.0 / most), 0, 255).astype(np.uint8))


def _square(image: PillowImage, resolution: object) -> PillowImage:
    """A fax has twice as many dots across as down: the missing rows are put between."""
    across, down = _stated(resolution) or (1.0, 1.0)
    if 0.95 < across / down < 1.05:
        return image
    finer = max(across, down)
    size = round(image.width * finer / across), round(image.height * finer / down)
    exif = image.info.get("exif")
    resized = image.resize(size, Image.Resampling.BICUBIC)
    return resized if exif is None else _with(resized, exif)


def _stated(resolution: object) -> tuple[float, float] | None:
    if not isinstance(resolution, tuple) or len(resolution) != 2:
        return None
    try:
        across, down = (float(number) for number in resolution)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    low, high = _PLAUSIBLE_DPI
    return (across, down) if low <= across <= high and low <= down <= high else None


def dpi_of(size: tuple[int, int], resolution: object) -> float:
    """The stated resolution where a page of it is of a page's size; else the one that makes the page an A4."""
    stated = _stated(resolution)
    long, short = max(size), min(size)
    if stated:
        finer = max(stated)
        low, high = _PLAUSIBLE_INCHES
        if low <= short / finer and long / finer <= high:
            return finer
    return float(min(long / _A4_LONG, short / _A4_SHORT))
