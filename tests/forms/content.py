"""What every rendering prints of a sheet: its labels and its cells, in the order of the form."""

from .scene import Record
from .sheets import Sheet

PHASE_COLUMNS = (
    "Descrizione",
    "Peso",
    "Inizio Previsto",
    "Fine Prevista",
    "Responsabile",
    "Centro di Responsabilità",
    "Note",
)
BLOCK_COLUMNS = ("Inizio Previsto", "Fine Prevista", "Peso", "Responsabile", "Centro di Responsabiltà")
INDICATOR_COLUMNS = ("Descrizione", "Tipo", "Valore Atteso")
LINKED_COLUMNS = ("Codice", "Titolo", "Entrata", "Spesa")
DESCRIPTION_LABEL = ("Descrizione", "dettagliata", "dell'obiettivo")
_MONTHS = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")


def header_rows(sheet: Sheet) -> list[list[str]]:
    """The header table: two rows of label and value, three times."""
    truth = sheet.truth
    first = (("Direzione", "direction"), ("Direttore", "director"), ("Classificazione", "classification"))
    second = (("Servizio", "service"), ("Dirigente", "manager"), ("Tipologia", "objective_type"))
    return [[text for label, field in row for text in (label, truth[field] or "")] for row in (first, second)]


def running_head(sheet: Sheet) -> list[str]:
    """What each page repeats: code and title, where the sheet has them."""
    return [text for text in (sheet.truth["code"], sheet.truth["title"]) if text]


def link_lines(sheet: Sheet) -> list[tuple[str, str]]:
    """The lines under "Collegato a": label and text."""
    return [(link["label"], link["text"]) for link in sheet.printed["dup_links"]]


def _pairs(sheet: Sheet, table: str) -> list[tuple[Record, Record]]:
    return list(zip(sheet.truth[table], sheet.printed[table], strict=True))


def phase_rows(sheet: Sheet) -> list[list[str]]:
    """The rows of the phases table, in the order of PHASE_COLUMNS."""
    return [
        [
            row["description"],
            *(cells[k] for k in ("weight", "start", "end", "responsible", "centre")),
            row["notes"] or "",
        ]
        for row, cells in _pairs(sheet, "phases")
    ]


def phase_blocks(sheet: Sheet) -> list[tuple[str, list[str], str]]:
    """The phases as blocks: text, the value line in the order of BLOCK_COLUMNS, note."""
    keys = ("start", "end", "weight", "responsible", "centre")
    return [
        (row["description"], [cells[k] for k in keys], row["notes"] or "") for row, cells in _pairs(sheet, "phases")
    ]


def indicator_rows(sheet: Sheet) -> list[list[str]]:
    """The rows of the indicators table, in the order of INDICATOR_COLUMNS."""
    fields = ("description", "indicator_type", "target_raw")
    return [[row[field] or "" for field in fields] for row in sheet.truth["indicators"]]


def linked_rows(sheet: Sheet) -> list[list[str]]:
    """The rows of "OBIETTIVI COLLEGATI", in the order of LINKED_COLUMNS."""
    pairs = _pairs(sheet, "linked_objectives")
    return [[row["code"], row["title"], cells["revenue"], cells["expenditure"]] for row, cells in pairs]


def gantt_months(year: int, step: int = 2) -> list[str]:
    """The month labels of the drawing, "gen-2017" and on, one of `step` months."""
    return [f"{month}-{year}" for month in _MONTHS[::step]] + [f"gen-{year + 1}"]


def gantt_labels(sheet: Sheet, width: int = 58) -> list[str]:
    """The phase texts as the drawing cuts them."""
    texts = [row["description"] for row in sheet.truth["phases"]]
    return [text if len(text) <= width else f"{text[:width].rstrip()}..." for text in texts]
