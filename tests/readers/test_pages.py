"""Words and rules on pages become lines of cells: rows where borders or white tell them, places where nothing does."""

import re

import pytest

from pegextract.document import IN_WORD, MAY_BE_IN_WORD, Columns, Document
from pegextract.readers.pages import Page, PageWord, Rule, compose_pages

WIDTH, HEIGHT = 595.0, 842.0
LETTER, HIGH, LEADING = 4.0, 8.0, 9.0


def put(x: float, top: float, *lines: str) -> list[PageWord]:
    """Lines of words of 4-point letters, one below the other."""
    words = []
    for number, line in enumerate(lines):
        at = x
        for word in line.split(" "):
            y = top + number * LEADING
            words.append(PageWord(word, at, y, at + LETTER * len(word), y + HIGH))
            at += LETTER * len(word) + 2
    return words


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    """All lines of a grid."""
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def read(*pages: tuple[list[PageWord], list[Rule]], turned: int = 0) -> Document:
    """The Document of pages of words and rules."""
    return compose_pages(
        [Page(n, WIDTH, HEIGHT, tuple(w), tuple(r), turned=turned) for n, (w, r) in enumerate(pages, 1)], "pdf"
    )


def rows(document: Document) -> list[list[str]]:
    """The cells of each line; a line break in a cell is a slash."""
    return [[document.text[c.start : c.end].replace("\v", "/") for c in line.cells] for line in document.lines]


def kinds(document: Document) -> list[Columns]:
    """How the cells of each line are parted."""
    return [line.columns for line in document.lines]


def test_a_ruled_table_is_rows_of_cells():
    """Cells hold their wrapped lines; empty cells are there; the text around the table stays in its place."""
    grid = ruled([50, 150, 250, 350], [100, 130, 160])
    words = [*put(50, 80, "FASI"), *put(52, 105, "Descrizione", "lunga"), *put(252, 105, "Peso"),
             *put(52, 135, "Avvio"), *put(152, 135, "2020"), *put(50, 180, "INDICATORI")]  # fmt: skip
    document = read((words[::-1], grid))
    assert rows(document) == [["FASI"], ["Descrizione/lunga", "", "Peso"], ["Avvio", "2020", ""], ["INDICATORI"]]
    assert kinds(document)[1:3] == [Columns.SEPARATORS] * 2


def test_lines_may_be_broken_doubled_and_thick():
    """Programs draw borders cell by cell, twice, or as thin boxes; the grid is the same."""
    pieces = [Rule(x, y, x + 100.4, y + 1) for y in (100, 130.5, 160) for x in (50, 149.8)]
    pieces += [Rule(x, y, x + 0.8, y + 30.5) for x in (50, 149.5, 150.2, 250) for y in (100, 130)]
    document = read((put(52, 105, "a") + put(152, 135, "b"), pieces))
    assert rows(document) == [["a", ""], ["", "b"]]


MERGED = [Rule(50, 100, 350, 100), Rule(50, 130, 350, 130), Rule(150, 160, 350, 160), Rule(50, 190, 350, 190),
          Rule(50, 100, 50, 190), Rule(150, 130, 150, 190), Rule(250, 100, 250, 190),
          Rule(350, 100, 350, 190)]  # fmt: skip


def test_merged_cells_print_where_they_begin():
    """A cell over two columns leaves the second empty; one over two rows prints in the first."""
    words = put(120, 110, "titolo") + put(52, 155, "alto") + put(152, 140, "uno") + put(152, 170, "due")
    words += put(252, 110, "a") + put(252, 140, "b") + put(252, 170, "c")
    assert rows(read((words, MERGED))) == [["titolo", "", "a"], ["alto", "uno", "b"], ["", "due", "c"]]


def test_a_cell_across_its_whole_table_is_a_line():
    """As titles of sections stand in forms that are one table."""
    rules = [rule for rule in MERGED if rule.x0 != 250 or rule.x1 != 250] + [Rule(250, 130, 250, 190)]
    words = put(120, 110, "titolo") + put(52, 140, "alto") + put(152, 140, "uno") + put(252, 140, "b")
    document = read((words, rules))
    assert [line.columns for line in document.lines] == [Columns.NONE, Columns.SEPARATORS]
    assert rows(document)[1] == ["alto", "uno", "b"]


def spread(*, shift: float) -> Document:
    """A sheet of paper with labels and texts in its left half, and the same so many points further right."""
    labels = ["Direzione", "Servizio", "Descrizione", "Fasi", "Inizio", "Peso", "Note", "Indicatori", "Valore"]
    words = [word for n, label in enumerate(labels) for word in put(30, 50 + 30 * n, label)]
    words += [word for n, label in enumerate(labels) for word in put(30 + shift, 50 + 30 * n, label)]
    return compose_pages([Page(1, HEIGHT, WIDTH, tuple(words))], "pdf")


def test_two_pages_side_by_side_are_read_one_after_the_other():
    """Where both halves print the labels of one form at the same places; columns of a table stand nearer."""
    two, one = spread(shift=HEIGHT / 2), spread(shift=HEIGHT / 2 + 60)
    assert ([line.page for line in two.lines], two.page_count) == ([1] * 18, 1)
    assert [text for (text,) in rows(two)][::9] == ["Direzione", "Direzione"]
    assert rows(one)[0] == ["Direzione", "Direzione"]


def test_a_frame_around_a_page_is_no_table():
    """One box, or lines that enclose nothing, leave the text as it is."""
    frame = [Rule(20, 20, 575, 20), Rule(20, 820, 575, 820), Rule(20, 20, 20, 820), Rule(575, 20, 575, 820)]
    document = read((put(50, 100, "Titolo", "del foglio"), [*frame, Rule(50, 300, 400, 300)]))
    assert rows(document) == [["Titolo"], ["del foglio"]]
    assert kinds(document) == [Columns.NONE] * 2


def test_rows_inside_one_ruled_field_are_parted_by_their_white():
    """Some forms rule the columns only: rows that go along in two cells are rows."""
    grid = ruled([50, 250, 350], [100, 120, 220])
    words = [*put(52, 104, "Descrizione"), *put(252, 104, "Peso"), *put(52, 125, "prima fase", "va avanti"),
             *put(252, 125, "10"), *put(52, 155, "seconda fase", "va avanti"), *put(252, 155, "90")]  # fmt: skip
    assert rows(read((words, grid)))[1:] == [["prima fase/va avanti", "10"], ["seconda fase/va avanti", "90"]]


def test_a_text_in_one_ruled_field_is_one_cell():
    """Paragraphs beside a label are no rows; the white between them is kept."""
    grid = ruled([50, 150, 550], [100, 200])
    words = put(52, 105, "Descrizione") + put(152, 105, "Il primo", "paragrafo") + put(152, 145, "Il secondo")
    assert rows(read((words, grid))) == [["Descrizione", "Il primo/paragrafo//Il secondo"]]


TABLE = [
    (100, ("Descrizione",), ("Tipo",), ("Valore Atteso",)),
    (116, ("Un testo che prosegue", "nella riga che segue"), ("RISULTATO",), ("entro il 30/06",)),
    (141, ("Un altro testo che va", "avanti di una riga"), ("PERFORMANCE",), ("almeno 900",)),
    (166, ("Il terzo",), ("RISULTATO",), ("3/4",)),
]


def table(shift: float = 0.0, middle: bool = False) -> list[PageWord]:
    """A table without rules; middle: cells of one line stand in the middle of their row."""
    words = []
    for top, *cells in TABLE:
        most = max(map(len, cells))
        for x, cell in zip((50, 200, 300), cells, strict=True):
            words += put(x, top + shift + (LEADING / 2 * (most - len(cell)) if middle else 0), *cell)
    return words


@pytest.mark.parametrize("middle", [False, True])
def test_a_table_without_rules_is_rows_by_its_white(middle):
    """Columns are the strips that stay white, rows the bands; it makes no difference how cells are aligned."""
    document = read(
        (put(50, 80, "INDICATORI") + table(middle=middle) + put(50, 200, "Una riga di testo che segue"), [])
    )
    assert rows(document)[1:-1] == [["/".join(cell) for cell in row[1:]] for row in TABLE]
    assert set(kinds(document)[1:-1]) == {Columns.SEPARATORS}


def test_headings_between_tables_belong_to_none():
    """Two tables with a heading between them stay two, each with its own columns."""
    below = [*put(50, 200, "FASI"), *put(50, 216, "Fase"), *put(250, 216, "Peso"), *put(400, 216, "Fine"),
             *put(50, 232, "Una fase lunga del piano"), *put(250, 232, "40"), *put(400, 232, "30/06/2020")]  # fmt: skip
    document = read((table() + below, []))
    assert rows(document)[len(TABLE)] == ["FASI"]
    assert rows(document)[-1] == ["Una fase lunga del piano", "40", "30/06/2020"]


def test_figures_at_the_right_of_their_column_stand_below_its_head():
    """A head at the left of a column and values at its right leave white between them."""
    words = put(50, 100, "Descrizione") + put(200, 100, "Peso") + put(300, 100, "Nome")
    for number, text in enumerate(("prima fase", "seconda fase", "terza fase")):
        top = 125 + 25 * number
        words += put(50, top, text) + put(240, top, "5,00") + put(300, top, "ROSSI")
    assert rows(read((words, []))) == [
        ["Descrizione", "Peso", "Nome"],
        ["prima fase", "5,00", "ROSSI"],
        ["seconda fase", "5,00", "ROSSI"],
        ["terza fase", "5,00", "ROSSI"],
    ]


def test_a_head_as_tight_as_the_row_below_it_is_not_taken_for_its_first_line():
    """Where two cells of what would be one row have a hole, there are two rows: no guess is made."""
    words = [*put(50, 100, "Fase"), *put(200, 100, "Peso"), *put(300, 100, "Fine"), *put(50, 109, "Una", "nuova", "a"),
             *put(200, 118, "5,00"), *put(300, 118, "30/06"), *put(50, 150, "Altra"), *put(200, 150, "9,00"),
             *put(300, 150, "31/12")]  # fmt: skip
    assert all("Peso" not in cell or cell == "Peso" for row in rows(read((words, []))) for cell in row)


def test_a_page_number_below_a_table_is_no_row_of_it():
    """Not even right below its first row, in the column that it stands under: it would join the next page's rows."""
    head = [*put(50, 760, "Direzione"), *put(200, 760, "RISORSE UMANE"), *put(400, 760, "Tipologia")]
    words = [*put(50, 300, *map(str, "abcdefg")), *head, *put(400, 776, "Pag. 8")]
    assert rows(read((words, [])))[-1] == ["Pag. 8"]


def test_a_page_number_beside_the_last_line_is_no_table():
    """Nor is it an error: a page that a margin's column reaches down to."""
    words = [*put(50, 700, "a"), *put(200, 700, "b"), *put(300, 703, "5")]
    assert sorted(read((words, [])).text.split()) == ["5", "a", "b"]


def test_lines_that_nowhere_show_three_columns_are_no_table():
    """The end of a description, and the axis of a drawing below it, further right."""
    words = [
        *put(50, 100, "dettagliata", "dell'obiettivo"),
        *put(150, 100, "il 15/03"),
        *put(50, 124, "GANTT"),
        *put(300, 124, "gen"),
    ]
    assert set(kinds(read((words, [])))) <= {Columns.POSITIONS, Columns.NONE}


def narrow(*lines: tuple[str, bool | None]) -> Document:
    """A page with one ruled cell of lines as wide as it: (text, whether a blank is printed behind it)."""
    words = []
    for n, (line, blank) in enumerate(lines):
        words += put(52, 104 + n * LEADING, line)
        words[-1] = words[-1]._replace(blank_after=blank)
    return read((words, ruled([50, 98, 200], [100, 150])))


def test_a_word_goes_on_in_the_next_line_only_where_it_began_the_line():
    """A program that prints blanks has no room for one at a full line's end; a word too wide has a line of its own."""
    (cell, _), *_ = rows(narrow(("finanziamen", False), ("to regio", True), ("nale", None)))
    assert cell == f"finanziamen{IN_WORD}/to regio/nale"
    (cell, _), *_ = rows(narrow(("attese dell", False), ("finanziamen", True), ("to", None)))
    assert cell == f"attese dell{MAY_BE_IN_WORD}/finanziamen/to"


def test_where_nothing_tells_rows_apart_lines_keep_their_places():
    """Cells that wrap in a table as tight as its lines: no guess, places in characters for the layout to weigh."""
    lines = [("Un testo che", "RISULTATO", "entro"), ("prosegue qui", "", "il 30/06"), ("Un altro", "TIPO", "5")]
    words = [w for n, line in enumerate(lines) for x, cell in zip((50, 200, 300), line, strict=True) if cell
             for w in put(x, 100 + n * LEADING, cell)]  # fmt: skip
    document = read((words, []))
    assert rows(document)[0] == ["Un testo che", "RISULTATO", "entro"]
    assert set(kinds(document)) == {Columns.POSITIONS}
    assert document.lines[0].cells[1].x0 == pytest.approx(200 / LETTER)


TIGHT = [("Descrizione", "Tipo", "Valore"), ("Un testo che", "RISULTATO", "entro"), ("prosegue qui", "", "il 30/06"),
         ("Un altro", "TIPO", "5"), ("ancora", "", "")]  # fmt: skip
TIGHT_ROWS = [["Descrizione", "Tipo", "Valore"], ["Un testo che/prosegue qui", "RISULTATO", "entro/il 30/06"],
              ["Un altro/ancora", "TIPO", "5"]]  # fmt: skip
EDGES = [100 + n * LEADING - 0.5 for n in (0, 1, 3, 5)]


@pytest.mark.parametrize("drawn", ["lines", "framed lines", "lines in pieces", "shaded rows", "no shade behind head"])
def test_what_is_drawn_across_a_table_parts_its_rows(drawn):
    """As tight as its lines are: rules without columns, with a frame or not, and the edges of a shaded row."""
    words = [w for n, line in enumerate(TIGHT) for x, cell in zip((50, 200, 300), line, strict=True) if cell
             for w in put(x, 100 + n * LEADING, cell)]  # fmt: skip
    rules = [Rule(48, y, 350, y) for y in EDGES]
    if drawn == "framed lines":
        rules += [Rule(x, EDGES[0], x, EDGES[-1]) for x in (48, 350)]
    if drawn == "lines in pieces":
        rules = [Rule(x, y, x + 60, y) for y in EDGES for x in (48, 115, 190, 275, 340)]
    shades = [Rule(48, EDGES[1], 350, EDGES[2])] if drawn == "shaded rows" else []
    if drawn == "no shade behind head":
        words += [w for n in range(3) for x in (50, 200, 300) for w in put(x, 145 + n * LEADING, f"{n}")]
        shades = [Rule(48, 126.5, 350, 144.5), Rule(48, 153.5, 350, 162.5)]
    page = Page(1, WIDTH, HEIGHT, tuple(words), tuple([] if shades else rules), shades=tuple(shades))
    assert rows(compose_pages([page], "pdf"))[: len(TIGHT_ROWS)] == TIGHT_ROWS


def test_a_line_below_the_head_alone_parts_no_other_rows():
    """The white parts them, as without it; what underlines a word parts nothing."""
    below = [Rule(48, 110, 350, 110), Rule(200, 124, 216, 124), Rule(200, 140, 216, 140)]
    assert rows(read((table(), below))) == rows(read((table(), [])))


def test_the_wide_blanks_of_a_typewriter_part_no_cells():
    """Where most gaps of a page are as wide as a letter, so are blanks; wider gaps still part cells."""
    lines = ["Il progetto rafforza la rete", "Collegato a", "dei servizi e di chi li chiede sul posto", "e altro qui",
             "la sicurezza informatica nelle scuole"]  # fmt: skip
    words = [w for n, line in enumerate(lines) for match in re.finditer(r"\S+", line)
             for w in put(50 + LETTER * match.start(), 100 + n * LEADING, match[0])]  # fmt: skip
    words += [*put(50, 200, "Direzione"), *put(110, 200, "CULTURA")]
    document = read((words, []))
    assert rows(document) == [*([line] for line in lines), ["Direzione", "CULTURA"]]


GRID = [50.0, 200.0, 300.0, 400.0]


def test_a_row_that_a_page_break_cut_is_one_row():
    """With the head repeated and the running head between: the rest goes back to its row, with boxes on both pages."""
    first = [*put(52, 104, "Fase"), *put(202, 104, "Peso"), *put(302, 104, "Fine"), *put(52, 124, "Prima"),
             *put(202, 124, "10"), *put(302, 124, "30/06"), *put(52, 144, "Seconda fase che"), *put(202, 144, "90"),
             *put(302, 144, "31/12"), *put(500, 800, "Pag. 1")]  # fmt: skip
    second = [*put(50, 30, "2020_AB12"), *put(52, 104, "Fase"), *put(202, 104, "Peso"), *put(302, 104, "Fine"),
              *put(52, 124, "va avanti"), *put(50, 200, "INDICATORI")]  # fmt: skip
    document = read((first, ruled(GRID, [100, 120, 140, 160])), (second, ruled(GRID, [100, 120, 140])))
    assert rows(document)[2] == ["Seconda fase che/va avanti", "90", "31/12"]
    assert rows(document)[-1] == ["INDICATORI"]
    cell = document.lines[2].cells[0]
    assert [box.page for box in document.words.boxes((cell.start, cell.end))] == [1, 2]


def test_a_row_may_go_on_over_several_pages():
    """A description as long as two pages is one cell, whether or not the head is repeated."""
    first = [*put(52, 104, "Fase"), *put(202, 104, "Peso"), *put(302, 104, "Fine"), *put(52, 124, "Prima"),
             *put(202, 124, "10"), *put(302, 124, "30/06"), *put(52, 144, "Una fase"), *put(202, 144, "90"),
             *put(302, 144, "31/12"), *put(500, 800, "Pag. 1")]  # fmt: skip
    second = [*put(52, 104, "Fase"), *put(202, 104, "Peso"), *put(302, 104, "Fine"), *put(52, 124, "che va"),
              *put(500, 800, "Pag. 2")]  # fmt: skip
    third = [*put(52, 104, "avanti"), *put(52, 124, "Terza"), *put(202, 124, "5"), *put(302, 124, "30/09")]
    grid = ruled(GRID, [100, 120, 140])
    document = read((first, ruled(GRID, [100, 120, 140, 160])), (second, grid), (third, grid))
    assert rows(document)[2] == ["Una fase/che va/avanti", "90", "31/12"]
    assert rows(document)[-1] == ["Terza", "5", "30/09"]
    assert [line.page for line in document.lines] == sorted(line.page for line in document.lines)


def test_a_row_whose_first_cell_begins_on_the_next_page_opens_a_document():
    """Nothing stands before it."""
    head = [*put(202, 104, "10"), *put(302, 104, "30/06"), *put(52, 124, "Prima"), *put(202, 124, "5"),
            *put(302, 124, "31/12"), *put(202, 144, "90"), *put(302, 144, "31/12")]  # fmt: skip
    rest = [*put(52, 104, "Seconda"), *put(52, 124, "Terza"), *put(202, 124, "5"), *put(302, 124, "30/09")]
    document = read((head, ruled(GRID, [100, 120, 140, 160])), (rest, ruled(GRID, [100, 120, 140])))
    assert rows(document)[2] == ["Seconda", "90", "31/12"]


def test_a_new_row_at_the_top_of_a_page_stays_one():
    """A row that has its own value where every row has one line is a row, though a cell of it is empty."""
    head = [*put(52, 104, "Fase"), *put(202, 104, "Peso"), *put(302, 104, "Fine")]
    first = [*head, *put(52, 124, "Prima"), *put(202, 124, "10"), *put(302, 124, "30/06"), *put(52, 144, "Seconda"),
             *put(202, 144, "90"), *put(302, 144, "31/12")]  # fmt: skip
    second = [*head, *put(52, 124, "Terza"), *put(302, 124, "31/12")]
    document = read((first, ruled(GRID, [100, 120, 140, 160])), (second, ruled(GRID, [100, 120, 140])))
    assert rows(document)[-1] == ["Terza", "", "31/12"]


def test_every_word_is_in_the_text_once_and_has_its_box():
    """Whatever the page, the text prints its words, and each span leads to the box of its word."""
    words = [*table(), *put(50, 300, "una riga"), *put(400, 302, "a lato")]
    document = read((words, ruled([300.0, 420.0], [90.0, 180.0])))
    assert sorted(document.text.split()) == sorted(word.text for word in words)
    for word in document.words:
        (box,) = document.words.boxes((word.start, word.end))
        assert box[1:] == word[3:7]
        assert any(w.text == document.text[word.start : word.end] and w[1:5] == box[1:] for w in words)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_displayed(turned):
    """A page that was turned to be read gives the places that a viewer shows."""
    document = read((put(100, 200, "parola"), []), turned=turned)
    x0, top, x1, bottom = document.words[0][3:7]
    corner = {0: (100, 200), 90: (200, WIDTH - 124), 180: (WIDTH - 124, HEIGHT - 208), 270: (HEIGHT - 208, 100)}
    assert (x0, top) == corner[turned]
    assert ((x1 - x0, bottom - top) == (24, 8)) == (turned % 180 == 0)


def test_white_between_lines_is_blank_lines():
    """Paragraphs stand apart; a page begins like a paragraph; the usual leading is none."""
    document = read((put(50, 100, "uno", "due") + put(50, 140, "tre") + put(50, 200, "quattro"), []),
                    (put(50, 100, "cinque"), []))  # fmt: skip
    assert [line.gap > 0 for line in document.lines] == [False, False, True, True, True]
    assert document.lines[3].gap > document.lines[2].gap
    assert [line.page for line in document.lines] == [1, 1, 1, 1, 2]


def test_pages_without_words_count():
    """An empty page is a page."""
    document = read(([], []), (put(50, 100, "uno"), []), ([], ruled([1.0, 2.0], [1.0, 2.0])))
    assert (document.text, document.page_count, document.lines[0].page) == ("uno", 3, 2)


def test_every_page_is_a_sign_of_life(monkeypatch):
    """A run that counts silence hears of each page, so that a long scan is not taken for a hang."""
    beats = []
    monkeypatch.setattr("pegextract.readers.pages.beat", lambda: beats.append(1))
    compose_pages((Page(number, 595, 842, ()) for number in range(1, 6)), "ocr")
    assert len(beats) == 5
