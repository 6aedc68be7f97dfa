"""What other people's converters make of a PDF: poppler, pdfminer, pdfplumber, pypdf, markitdown."""

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path


def available() -> dict[str, bool]:
    """Which converters this machine has, by the names of CONVERTERS."""
    poppler = shutil.which("pdftotext") is not None
    return {
        "pdftotext_raw": poppler,
        "pdftotext_layout": poppler,
        "pdftotext_plain": poppler,
        "markitdown": find_spec("markitdown") is not None,
        "pdfminer": find_spec("pdfminer") is not None,
        "pdfplumber": find_spec("pdfplumber") is not None,
        "pypdf": find_spec("pypdf") is not None,
    }


def _pdftotext(path: Path, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def pdftotext_raw(path: Path) -> str:
    """Words in the order of the content stream."""
    return _pdftotext(path, "-raw")


def pdftotext_layout(path: Path) -> str:
    """Words where they stand on the page, columns kept apart by blanks."""
    return _pdftotext(path, "-layout")


def pdftotext_plain(path: Path) -> str:
    """Words in poppler's guess of the reading order."""
    return _pdftotext(path)


def markitdown_text(path: Path) -> str:
    """Markdown as markitdown writes it."""
    from markitdown import MarkItDown

    return MarkItDown(enable_plugins=False).convert(str(path)).text_content


def pdfminer_text(path: Path) -> str:
    """Text as pdfminer.six's layout analysis groups it."""
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def pdfplumber_text(path: Path) -> str:
    """Text lines as pdfplumber reads them across the page, a form feed after each page."""
    import pdfplumber

    with pdfplumber.open(str(path)) as pdf:
        return "".join(f"{page.extract_text()}\f" for page in pdf.pages)


def pypdf_text(path: Path) -> str:
    """The text in the order of the file, often one cell a line, a form feed after each page."""
    from pypdf import PdfReader

    return "".join(f"{page.extract_text()}\f" for page in PdfReader(path).pages)


CONVERTERS: dict[str, Callable[[Path], str]] = {
    "pdftotext_raw": pdftotext_raw,
    "pdftotext_layout": pdftotext_layout,
    "pdftotext_plain": pdftotext_plain,
    "markitdown": markitdown_text,
    "pdfminer": pdfminer_text,
    "pdfplumber": pdfplumber_text,
    "pypdf": pypdf_text,
}
"""Name of a converter -> the function that runs it."""
