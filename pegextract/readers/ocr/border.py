"""The dark edge that a scanner's lid or a book's fold leaves around the paper."""

from __future__ import annotations

import cv2
import numpy as np

from pegextract.readers.ocr.picture import WHITE, Grey, Picture

_COARSE_DPI = 50.0
_THICK = 0.06
"""Inches; what is thinner is no edge but a line that runs off the page."""
_DARK = 110
"""Greys; paper in the shade of a fold is lighter, and print on it is read."""


def without_dark_edge(picture: Picture) -> Picture:
    """The page with dark areas that reach in from its edges painted white; itself where there are none."""
    coarse = picture.at(_COARSE_DPI)
    reach = max(2, round(_THICK * coarse.dpi))
    dark = np.where(coarse.pixels < _DARK, WHITE, 0).astype(np.uint8)
    # A frame of ink around the page: a thin stripe at the very edge is as thick as the wide ones then.
    framed = cv2.copyMakeBorder(dark, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    thick = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))[reach:-reach, reach:-reach]
    _, labels = cv2.connectedComponents(np.ascontiguousarray(thick), connectivity=8)
    touching = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    edge = np.isin(labels, touching[touching > 0])
    if not edge.any():
        return picture
    return Picture(_painted(picture.pixels, edge, reach), picture.dpi)


def _painted(pixels: Grey, edge: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], reach: int) -> Grey:
    """The pixels white where `edge`, grown by its own blur, covers them; white is the paper's own grey."""
    grown = cv2.dilate(edge.astype(np.uint8), np.ones((reach, reach), np.uint8))
    mask = cv2.resize(grown, pixels.shape[::-1], interpolation=cv2.INTER_NEAREST)
    paper = int(np.median(pixels[:: max(1, len(pixels) // 200)]))
    return np.asarray(np.where(mask > 0, np.uint8(paper), pixels), np.uint8)
