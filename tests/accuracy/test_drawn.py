"""Tables that are drawn with characters are read like those between pipes and tabs."""

import random
import shutil
import subprocess

import pytest

from tests.accuracy.floors import DRAWN_NARROW, RECORDS, SEPARATED, WORD_BY_PANDOC
from tests.accuracy.measure import numbered, read_text, score_of, sheets_of_pdf, total
from tests.accuracy.test_renderings import hold
from tests.forms.draw_libreoffice import write_docx
from tests.forms.drawn import HEADED, NARROW, OTHERS, RULED, render_drawn
from tests.forms.look import random_look
from tests.forms.render import expected
from tests.forms.sheets import random_sheet

SHEETS, DOCUMENTS = 25, 3


def drawn(style: str, seed: int, width: int | None = None):
    """One invented sheet with its tables in this format, read back."""
    sheet = random_sheet(random.Random(seed))
    text = render_drawn(sheet, random.Random(seed), style, width)
    return score_of(read_text(text), [expected(sheet, "pipes")])


@pytest.mark.parametrize("style", [*RULED, *HEADED, *OTHERS])
def test_drawn_tables_give_equal_records(style):
    """Every value of every sheet is right: F1 is 1."""
    hold(total((seed, drawn(style, seed)) for seed in range(7000, 7000 + SHEETS)), SEPARATED)


@pytest.mark.parametrize("style", [*RULED[:2], "psql", "simple"])
def test_drawn_tables_with_wrapped_cells_are_read_well(style):
    """Lines of one row are put together, also where no rule parts the rows."""
    hold(total((seed, drawn(style, seed, NARROW)) for seed in range(7000, 7000 + SHEETS)), DRAWN_NARROW)


def test_cells_between_semicolons_give_equal_records():
    """A table saved as CSV in Italy: every value is right."""
    hold(total((seed, drawn("semicolons", seed)) for seed in range(7000, 7000 + SHEETS)), SEPARATED)


def test_rows_as_labels_with_their_values_are_read_well():
    """`Peso: 20,00` on a line of its own, for phases, indicators and linked objectives."""
    hold(total((seed, drawn("records", seed)) for seed in range(7000, 7000 + SHEETS)), RECORDS)


def test_a_section_without_a_table_is_told():
    """Nothing below FASI is known: the label and its words do not go into the description without a warning."""
    sheet = random_sheet(random.Random(7000))
    text = render_drawn(sheet, random.Random(7000), "github")
    lost = text[: text.index("INDICATORI")] + "INDICATORI\n\nsi vedano gli allegati\n"
    found = {f.finding.code for s in read_text(lost).sheets for f in s.findings if f.finding.table == "indicators"}
    assert "section_not_read" in found


@pytest.mark.converters
@pytest.mark.parametrize("form", ["plain", "gfm", "markdown", "html"])
def test_word_documents_by_pandoc_are_read_well(form, tmp_path):
    """What pandoc makes of Word documents; it leaves out page heads, in which these print code and title."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")

    def read(seed: int):
        sheets = sheets_of_pdf(seed)
        path = tmp_path / f"{seed}.docx"
        write_docx(sheets, path, random_look(random.Random(seed)))
        text = subprocess.run(["pandoc", path, "-t", form], capture_output=True, text=True, check=True).stdout
        truth = [record | {"code": None, "title": None} for record in numbered(sheets)]
        return score_of(read_text(text, "book.html" if form == "html" else "book.md"), truth)

    hold(total((seed, read(seed)) for seed in range(DOCUMENTS)), WORD_BY_PANDOC)
