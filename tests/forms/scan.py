"""Makes scans of drawn sheets: what a scanner, a fax and a copier do to paper, everything from one seed."""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

Picture = Image.Image


@dataclass(frozen=True)
class Harm:
    """What happened to the paper on its way into the file; nothing of it by default.

    skew: degrees, counter-clockwise · ground: grey of the paper (255 is white) · specks: per million pixels
    border: width of the scanner's black edge, share of the page's width · blur: radius in pixels · noise: grey levels
    jpeg: quality, None for none · fax: black and white alone, with half the lines · turned: degrees, by 90s.
    """

    skew: float = 0.0
    ground: int = 255
    specks: float = 0.0
    border: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int | None = None
    fax: bool = False
    turned: int = 0


def random_harm(rng: random.Random) -> Harm:
    """What an office's scanner does on an ordinary day: a little of most things."""
    return Harm(
        skew=rng.choice([0.0, rng.uniform(-1.5, 1.5)]),
        ground=rng.choice([255, rng.randint(200, 250)]),
        specks=rng.choice([0.0, rng.uniform(5, 60)]),
        border=rng.choice([0.0, 0.0, rng.uniform(0.005, 0.02)]),
        blur=rng.choice([0.0, rng.uniform(0.3, 0.7)]),
        noise=rng.choice([0.0, rng.uniform(2, 10)]),
        jpeg=rng.choice([None, rng.randint(50, 90)]),
    )


def render(path: Path, dpi: int) -> Iterator[Picture]:
    """The pages of a PDF as grey pictures."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            yield page.render(scale=dpi / 72).to_pil().convert("L")
    finally:
        pdf.close()


def harmed(page: Picture, harm: Harm, rng: random.Random) -> Picture:
    """One page after `harm`."""
    if harm.skew:
        page = page.rotate(harm.skew, Image.Resampling.BICUBIC, expand=False, fillcolor=255)
    if harm.blur:
        page = page.filter(ImageFilter.GaussianBlur(harm.blur))
    page = _dirtied(page, harm, rng)
    if harm.jpeg is not None:
        page = _through_jpeg(page, harm.jpeg)
    if harm.fax:
        page = page.point(lambda grey: 255 if grey > 150 else 0).convert("1", dither=Image.Dither.NONE)
    return page.rotate(harm.turned, expand=True) if harm.turned else page


def _dirtied(page: Picture, harm: Harm, rng: random.Random) -> Picture:
    """Grey paper, noise of the sensor, specks of dust, the black edge around the paper."""
    seeded = np.random.default_rng(rng.getrandbits(32))
    grey = np.asarray(page, dtype=np.float32) * (harm.ground / 255)
    if harm.noise:
        grey += seeded.normal(0, harm.noise, grey.shape)
    page = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(page)
    for _ in range(int(harm.specks * page.width * page.height / 1e6)):
        x, y, size = rng.randrange(page.width), rng.randrange(page.height), rng.choice([0, 1, 1, 2])
        draw.ellipse((x, y, x + size, y + size), fill=rng.randint(0, 90))
    if harm.border:
        edge = int(harm.border * page.width)
        draw.rectangle((0, 0, edge, page.height), fill=15)
        draw.rectangle((0, 0, page.width, edge // 2), fill=15)
    return page


def _through_jpeg(page: Picture, quality: int) -> Picture:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("L")


def as_pdf(pages: Sequence[Picture], dpi: int) -> bytes:
    """An image-only PDF, as a scanner writes it."""
    return _saved(pages, "PDF", resolution=dpi)


def as_tiff(pages: Sequence[Picture], dpi: int) -> bytes:
    """A TIFF of several pages; black and white ones in the compression of fax machines."""
    compression = "group4" if pages[0].mode == "1" else "tiff_lzw"
    return _saved(pages, "TIFF", dpi=(dpi, dpi), compression=compression)


def as_png(page: Picture, dpi: int | None) -> bytes:
    """A PNG; `dpi` None leaves the resolution out, as many programs do."""
    return _saved([page], "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))


def as_jpeg(page: Picture, dpi: int | None, quality: int = 85) -> bytes:
    """A JPEG, as telephones and scanners write it."""
    return _saved([page], "JPEG", quality=quality, **({"dpi": (dpi, dpi)} if dpi else {}))


def as_fax(pages: Sequence[Picture], dpi: int = 204) -> bytes:
    """A fax of normal resolution: black and white, 204 dots a inch across and 98 down."""
    thin = [page.resize((page.width, page.height * 98 // dpi)) for page in pages]
    return _saved(thin, "TIFF", dpi=(dpi, 98), compression="group4")


def _saved(pages: Sequence[Picture], kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    several = {"save_all": True, "append_images": list(pages[1:])} if kind in ("PDF", "TIFF") else {}
    pages[0].save(buffer, kind, **several, **options)
    return buffer.getvalue()
