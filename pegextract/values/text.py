"""Text as text: cleaning, comparing, OCR repairs, and paragraphs from lines. Nothing here knows a form."""

from pegextract.values.characters import clean, confusable, fold
from pegextract.values.ocr import OCR_REPAIRS, repair_ocr
from pegextract.values.paragraphs import join_lines

__all__ = ["OCR_REPAIRS", "clean", "confusable", "fold", "join_lines", "repair_ocr"]
