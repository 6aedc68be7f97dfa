"""The second reader: PP-OCR's recognition model on onnxruntime, one crop of a line at a time, on one thread.

It is another kind of reader than tesseract (a network over the whole strip, trained on other print), so the two err in
different places. The model lies in the wheel of rapidocr; nothing is downloaded, and of rapidocr no code is run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pegextract.readers.ocr.picture import Grey

_HEIGHT = 48
"""Pixels: what the model was trained on."""
_DIRECTION_WIDTH = 192
_WIDEST = 1600
"""Pixels at that height; a wider strip is a whole line of prose, and none of it is asked here."""
_ALPHABET = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzàèéìòóùÀÈÉÌÒÓÙäöüçñßÄÖÜÇÑ"
    " .,;:!?'\"()[]/\\%€$&+-–=<>≤≥°ªº|_*#@’‘“”«»…"
)
"""What an Italian form prints; the model knows eighteen thousand characters, most of them Chinese.

No acute accent on i and u: Italian has none, and a speck above a capital I is read as one.
"""


class Strip(NamedTuple):
    """What the model reads on one strip. confidence: 0-1, mean over its characters."""

    text: str
    confidence: float


class Recogniser(NamedTuple):
    """The model, ready to read.

    name: for settings and reports · direction: its classifier of strips that stand on their head
    kept: which of its outputs are of our alphabet · characters: what all of its outputs mean.
    """

    name: str
    session: Any
    direction: Any
    kept: NDArray[np.intp]
    characters: Sequence[str]

    def read(self, strip: Grey) -> Strip:
        """The text of one line of print, cut out of its page."""
        height, width = strip.shape
        wide = min(max(8, round(width * _HEIGHT / height)), _WIDEST)
        scaled = cv2.resize(strip, (wide, _HEIGHT)).astype(np.float32) / 127.5 - 1
        batch = np.repeat(scaled[None, None], 3, axis=1)
        scores = self.session.run(None, {self.session.get_inputs()[0].name: batch})[0][0][:, self.kept]
        return self._decoded(scores.argmax(axis=1), scores.max(axis=1))

    def upside_down(self, strip: Grey) -> float:
        """How likely the line of print stands on its head, 0-1."""
        height, width = strip.shape
        wide = min(max(8, round(width * _HEIGHT / height)), _DIRECTION_WIDTH)
        scaled = cv2.resize(strip, (wide, _HEIGHT)).astype(np.float32) / 127.5 - 1
        padded = np.pad(scaled, ((0, 0), (0, _DIRECTION_WIDTH - wide)))
        batch = np.repeat(padded[None, None], 3, axis=1)
        return float(self.direction.run(None, {self.direction.get_inputs()[0].name: batch})[0][0][1])

    def _decoded(self, best: NDArray[np.intp], scores: NDArray[np.float32]) -> Strip:
        """CTC: a character counts once until another or the blank (0) comes between."""
        begins = (best != 0) & (best != np.concatenate(([0], best[:-1])))
        text = "".join(self.characters[self.kept[index]] for index in best[begins])
        return Strip(text.strip(), float(scores[begins].mean()) if begins.any() else 0.0)


@cache
def load() -> Recogniser:
    """The recogniser of the installed rapidocr. Raises ModuleNotFoundError where it, or a model of it, is missing."""
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("no rapidocr", name="rapidocr")
    models = Path(found.origin).parent / "models"
    reading, direction = (sorted(models.glob(f"*_{kind}_*.onnx")) for kind in ("rec", "cls"))
    if not reading or not direction:
        raise ModuleNotFoundError("rapidocr without models", name="rapidocr (with its models)")
    return _load(reading[-1], direction[-1])


def _load(reading: Path, direction: Path) -> Recogniser:
    session = _session(reading)
    named = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    characters = ("", *named, " ")  # the blank of CTC comes first, the space between words last
    kept = [index for index, character in enumerate(characters) if not index or character in _ALPHABET]
    name = f"{reading.stem} (rapidocr {version('rapidocr')})"
    return Recogniser(name, session, _session(direction), np.asarray(kept), characters)


def _session(model: Path) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it calls Microsoft from its import on, and heeds nothing said later
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # strips differ in width, and an arena keeps the sum of what they needed
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
