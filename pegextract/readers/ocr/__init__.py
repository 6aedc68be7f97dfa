"""Scans: from pictures of pages to pages of words. Needs tesseract, and the extra `ocr` of the package."""
