"""Picture: one page as grey pixels with its resolution, and the few moves on it that several steps make."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
POINTS_PER_INCH = 72.0
WHITE = 255
_AROUND = 0.12
"""Inches."""
_DARKER_BY = 14
"""Greys; the noise of a scanner is half of it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: pixels (rows of grey, 0 is black) and dots per inch, the same across and down."""

    pixels: Grey
    dpi: float

    @property
    def points_per_pixel(self) -> float:
        """What one pixel measures on paper, in 1/72 inch."""
        return POINTS_PER_INCH / self.dpi

    def at(self, dpi: float) -> Picture:
        """The picture with another resolution; itself where it has that one."""
        if abs(dpi - self.dpi) < 1:
            return self
        height, width = self.pixels.shape
        size = max(1, round(width * dpi / self.dpi)), max(1, round(height * dpi / self.dpi))
        how = cv2.INTER_AREA if dpi < self.dpi else cv2.INTER_CUBIC
        return Picture(np.asarray(cv2.resize(self.pixels, size, interpolation=how), np.uint8), dpi)

    def turned(self, quarters: int) -> Picture:
        """Turned counter-clockwise by so many right angles."""
        return (
            self if quarters % 4 == 0 else replace(self, pixels=np.ascontiguousarray(np.rot90(self.pixels, quarters)))
        )

    def ink(self) -> Grey:
        """255 where there is ink, 0 where there is paper, by Otsu's threshold."""
        _, ink = cv2.threshold(self.pixels, 0, WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
        return np.asarray(ink, np.uint8)

    def darker_than_around(self) -> Grey:
        """255 where a pixel is darker than what is around it: thin grey lines fade below a threshold of the page."""
        around = round(_AROUND * self.dpi) | 1
        ink = cv2.adaptiveThreshold(
            self.pixels, WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _DARKER_BY
        )
        return np.asarray(ink, np.uint8)
