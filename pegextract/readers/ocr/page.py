"""One scanned page, from its picture to a Page of words: the order of steps."""

from __future__ import annotations

from pegextract.readers.ocr import recogniser, tesseract
from pegextract.readers.ocr.look import looked_at_twice, placed
from pegextract.readers.ocr.picture import Picture
from pegextract.readers.ocr.residue import is_residue, without_marks_of_rules
from pegextract.readers.ocr.ruling import ruling_lines
from pegextract.readers.ocr.upright import upright
from pegextract.readers.pages import Page

READ_AT = 200.0
"""Dots per inch that tesseract is given: fewer errors than at 300, at half the cost; 150 are enlarged."""
SHARPEST = 300.0
"""More adds nothing to letters of seven points."""


def read_page(
    picture: Picture, number: int, language: str, engine: tesseract.Tesseract, second: recogniser.Recogniser
) -> Page:
    """The words and ruling lines of a page, turned upright."""
    picture = upright(picture if picture.dpi <= SHARPEST else picture.at(SHARPEST))
    coarse = picture.at(READ_AT)
    rules, _ = ruling_lines(coarse)
    seen = tesseract.words(coarse, language, engine)
    words = [without_marks_of_rules(placed(word, coarse.points_per_pixel), rules) for word in seen]
    kept = [(word, mark.line) for word, mark in zip(words, seen, strict=True) if not is_residue(word, rules)]
    read = looked_at_twice([word for word, _ in kept], [line for _, line in kept], picture, rules, second)
    height, width = picture.pixels.shape
    scale = picture.points_per_pixel
    return Page(number, width * scale, height * scale, tuple(read), rules)
