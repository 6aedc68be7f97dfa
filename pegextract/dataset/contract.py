"""The tables of the dataset, as data: the one list that schemas, dictionary, Data Package and files come from.

A change here is a change of the public interface: docs/contract.md and CHANGELOG.md change with it, and
`python -m pegextract.dataset.describe --write schemas` brings schemas/ in step.
"""

from __future__ import annotations

from typing import Final

from pegextract.dataset.columns import Both, Column, Reference, Table
from pegextract.models import SHEET_TABLES

# One column, one line: this file is read as a table.
# ruff: noqa: E501
# fmt: off

_HEAD: Final = Both("header of the sheet", "intestazione della scheda")
_TOP: Final = Both("above the header of the sheet", "sopra l'intestazione della scheda")
_BODY: Final = Both("below the header, before the phases", "sotto l'intestazione, prima delle fasi")
_PHASE: Final = Both("section FASI", "sezione FASI")
_INDICATOR: Final = Both("section INDICATORI", "sezione INDICATORI")
_DUP: Final = Both("section Collegato a", "sezione Collegato a")
_LINKED: Final = Both("section OBIETTIVI COLLEGATI", "sezione OBIETTIVI COLLEGATI")
_ALL: Final = Both("anywhere on the sheet", "ovunque nella scheda")
_FILE: Final = Both("the file itself", "il file stesso")
_ARCHIVE: Final = Both("computed over the whole archive", "calcolato su tutto l'archivio")

_DOCUMENT_ID: Final = Column(
    "document_id",
    "string",
    Both("Identity of the input: SHA-256 of its bytes, in hex", "Identità del file: SHA-256 dei suoi byte, in esadecimale"),
    "0f3c7ad1c2b94e5f8d6a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f50",
    place=_FILE,
    required=True,
)
_SHEET_ID: Final = Column(
    "sheet_id",
    "string",
    Both("Identity of the sheet: first 16 of document_id, number in 4 digits", "Identità della scheda: primi 16 caratteri di document_id e numero su 4 cifre"),
    "0f3c7ad1c2b94e5f-0001",
    required=True,
)
_YEAR: Final = Column(
    "year",
    "int16",
    Both("Year of the objective; null where none could be read", "Anno dell'obiettivo; nullo se non leggibile"),
    "2021",
    unit="year",
    label="Anno",
    place=_ALL,
    low=1990,
    high=2100,
)
_SHEET_OR_NOT: Final = (
    Column("sheet_id", "string", Both("The sheet; null outside sheets", "La scheda; nullo fuori dalle schede"), "0f3c7ad1c2b94e5f-0001"),
    Column("year", "int16", Both("Year of the sheet; null outside sheets", "Anno della scheda; nullo fuori dalle schede"), "2021", unit="year", low=1990, high=2100),
)
_PAGE: Final = Column("page", "int32", Both("Page of the source, from 1; null where it has no pages", "Pagina della fonte, da 1; nulla se non ha pagine"), "12", low=1)
_BOX: Final = tuple(
    Column(name, "float64", Both(f"{en} of the place on the page; null for text inputs", f"{it} del punto nella pagina; nullo per gli input testuali"), example, unit="PDF points from the top left")
    for name, en, it, example in (
        ("x0", "Left edge", "Bordo sinistro", "56.7"),
        ("top", "Top edge", "Bordo superiore", "112.3"),
        ("x1", "Right edge", "Bordo destro", "310.5"),
        ("bottom", "Bottom edge", "Bordo inferiore", "124.1"),
    )
)
_CHARS: Final = (
    Column("char_start", "int64", Both("First character in the decoded text; null for PDFs and scans", "Primo carattere nel testo decodificato; nullo per PDF e scansioni"), "1840", unit="characters", low=0),
    Column("char_end", "int64", Both("Character after the last one; null for PDFs and scans", "Carattere dopo l'ultimo; nullo per PDF e scansioni"), "1861", unit="characters", low=0),
)
_VARIANTS: Final = Column("variants", "list<string>", Both("Every spelling seen, sorted", "Ogni grafia incontrata, in ordine"), '["DIREZ.SERVIZI SOCIALI"]', place=_ARCHIVE, required=True)
_SEEN: Final = (
    Column("first_year", "int16", Both("First year seen", "Primo anno in cui compare"), "2017", unit="year", place=_ARCHIVE, low=1990, high=2100),
    Column("last_year", "int16", Both("Last year seen", "Ultimo anno in cui compare"), "2021", unit="year", place=_ARCHIVE, low=1990, high=2100),
    Column("mention_count", "int32", Both("Number of mentions in the archive", "Numero di citazioni nell'archivio"), "14", place=_ARCHIVE, required=True, low=0),
)


def _person(name: str, en: str, it: str) -> Column:
    meaning = Both(f"The {en}, resolved over the archive; null until resolved", f"{it}, identificato sull'archivio; nullo finché non risolto")
    return Column(name, "string", meaning, "rossi-maria", place=_ARCHIVE)


def _unit(name: str, en: str, it: str) -> Column:
    meaning = Both(f"The {en}, resolved over the archive; null until resolved", f"{it}, identificata sull'archivio; nulla finché non risolta")
    return Column(name, "string", meaning, "servizi-sociali", place=_ARCHIVE)


def _raw(of: Column) -> Column:
    """The column with the text of `of` before repair and normalisation."""
    meaning = Both(f"`{of.name}` as printed, before repair", f"`{of.name}` come stampato, prima di ogni correzione")
    return Column(f"{of.name}_raw", "text" if of.type == "text" else "string", meaning, of.example, label=of.label, place=of.place)


DOCUMENTS: Final = Table(
    "documents",
    Both("One row per distinct input", "Una riga per ogni file distinto"),
    (
        _DOCUMENT_ID,
        Column("path", "text", Both("Path relative to the input root, or URI; the first in sort order when there are copies", "Percorso relativo alla radice dell'input, o URI; il primo in ordine se ci sono copie"), "2021/PEG_ZN08.txt", place=_FILE, required=True),
        Column("copies", "int32", Both("Number of inputs with these bytes", "Numero di file con questi byte"), "1", place=_FILE, required=True, low=1),
        Column("media_type", "string", Both("IANA media type", "Tipo di contenuto IANA"), "text/plain", place=_FILE, required=True),
        Column("size_bytes", "int64", Both("Size of the input", "Dimensione del file"), "6144", unit="bytes", place=_FILE, required=True, low=0),
        Column("page_count", "int32", Both("Number of pages; null where the source has none", "Numero di pagine; nullo se la fonte non ne ha"), "2", place=_FILE, low=0),
        Column("sheet_count", "int32", Both("Number of sheets found", "Numero di schede trovate"), "1", required=True, low=0),
        Column("reader", "string", Both("Which reader decoded it; null when none could", "Quale lettore lo ha decodificato; nullo se nessuno"), "text", values=("pdf", "ocr", "mixed", "text", "markdown", "html", "docx")),
        Column("ocr_engine", "string", Both("OCR program and version; null without OCR", "Programma OCR e versione; nullo senza OCR"), "tesseract 5.3.0"),
        Column("ocr_language", "string", Both("Language model of the OCR", "Modello linguistico dell'OCR"), "ita"),
        Column("ocr_confidence", "float64", Both("Mean OCR confidence over words", "Confidenza OCR media sulle parole"), "0.93", unit="0-1", low=0, high=1),
        Column("coverage", "float64", Both("Share of the source's words that are accounted for; null when nothing could be decoded", "Quota delle parole della fonte di cui si è reso conto; nulla se nulla è leggibile"), "1.0", unit="0-1", low=0, high=1),
        Column("status", "string", Both("Outcome of the document", "Esito del documento"), "ok", required=True, values=("ok", "partial", "failed")),
        Column("error_code", "string", Both("Stable name of what went wrong; null when ok", "Nome stabile dell'errore; nullo se va tutto bene"), "unknown_form"),
        Column("error_message", "text", Both("What went wrong, in a sentence", "Che cosa non ha funzionato, in una frase"), "No profile knows this form."),
    ),
    key=("document_id",),
    sort=("document_id",),
    by_year=False,
)

_CODE: Final = Column("code", "string", Both("Code of the objective, repaired", "Codice dell'obiettivo, corretto"), "2021_ZN08", label="Codice", place=_TOP)
_TITLE: Final = Column("title", "text", Both("Title of the objective", "Titolo dell'obiettivo"), "Servizio Sociale Professionale", label="Titolo", place=_TOP)
_DIRECTION: Final = Column("direction", "string", Both("Directorate", "Direzione"), "SERVIZI SOCIALI", label="Direzione", place=_HEAD)
_DIRECTOR: Final = Column("director", "string", Both("Director", "Direttore"), "ROSSI MARIA", label="Direttore", place=_HEAD)
_SERVICE: Final = Column("service", "string", Both("Service", "Servizio"), "SERVIZIO SOCIALE AMMINISTRATIVO", label="Servizio", place=_HEAD)
_MANAGER: Final = Column("manager", "string", Both("Manager of the service", "Dirigente del servizio"), "ROSSI MARIA", label="Dirigente", place=_HEAD)

OBJECTIVES: Final = Table(
    "objectives",
    Both("One row per sheet", "Una riga per ogni scheda obiettivo"),
    (
        _SHEET_ID,
        Column("objective_id", "string", Both("Identity of the objective across documents: its code, else year and a slug", "Identità dell'obiettivo fra i documenti: il codice, altrimenti anno e parole iniziali"), "2021_ZN08", required=True),
        _DOCUMENT_ID,
        Column("sheet_number", "int32", Both("Place in the document, from 1, in reading order", "Posizione nel documento, da 1, in ordine di lettura"), "1", required=True, low=1),
        Column("is_preferred", "bool", Both("The best printing of this objective_id", "La migliore stampa di questo objective_id"), "true", required=True),
        Column("first_page", "int32", Both("First page of the sheet; null where the source has no pages", "Prima pagina della scheda; nulla se la fonte non ha pagine"), "1", low=1),
        Column("last_page", "int32", Both("Last page of the sheet; null where the source has no pages", "Ultima pagina della scheda; nulla se la fonte non ha pagine"), "2", low=1),
        _YEAR,
        Column("year_source", "string", Both("What the year was read from", "Da che cosa è stato ricavato l'anno"), "code", values=("code", "dates", "document", "option")),
        _CODE,
        _TITLE,
        _DIRECTION,
        _DIRECTOR,
        Column("classification", "string", Both("Class of the objective", "Classificazione dell'obiettivo"), "DIREZIONALE", label="Classificazione", place=_HEAD),
        _SERVICE,
        _MANAGER,
        Column("objective_type", "string", Both("Type of the objective", "Tipologia dell'obiettivo"), "SVILUPPO", label="Tipologia", place=_HEAD),
        Column("description", "text", Both("Detailed description; paragraphs and list items one per line", "Descrizione dettagliata; capoversi e voci d'elenco uno per riga"), "L'obiettivo si propone di realizzare:", label="Descrizione dettagliata dell'obiettivo", place=_BODY),
        Column("weights_total", "decimal(18,4)", Both("Sum of the printed phase weights; null when none is printed", "Somma dei pesi stampati delle fasi; nulla se nessuno è stampato"), "100.0000", unit="percent points", low=0),
        Column("phase_count", "int32", Both("Number of phases", "Numero di fasi"), "4", required=True, low=0),
        Column("indicator_count", "int32", Both("Number of indicators", "Numero di indicatori"), "6", required=True, low=0),
        Column("confidence", "float64", Both("Confidence in the whole sheet", "Confidenza nell'intera scheda"), "0.98", unit="0-1", required=True, low=0, high=1),
        _unit("direction_id", "directorate", "La direzione"),
        _unit("service_id", "service", "Il servizio"),
        _person("director_id", "director", "Il direttore"),
        _person("manager_id", "manager", "Il dirigente"),
        _raw(_DIRECTION),
        _raw(_SERVICE),
        _raw(_DIRECTOR),
        _raw(_MANAGER),
        _raw(_CODE),
        _raw(_TITLE),
    ),
    key=("sheet_id",),
    sort=("sheet_id",),
    references=(
        Reference("document_id", "documents", "document_id"),
        Reference("direction_id", "org_units", "org_unit_id"),
        Reference("service_id", "org_units", "org_unit_id"),
        Reference("director_id", "people", "person_id"),
        Reference("manager_id", "people", "person_id"),
    ),
    record="ObjectiveSheet",
)

_OF_SHEET: Final = Reference("sheet_id", "objectives", "sheet_id")
_CENTRE: Final = Column("responsibility_centre", "string", Both("Responsibility centre", "Centro di responsabilità"), "SERVIZIO SOCIALE AMMINISTRATIVO", label="Centro di Responsabilità", place=_PHASE)

PHASES: Final = Table(
    "phases",
    Both("One row per phase of an objective", "Una riga per ogni fase di un obiettivo"),
    (
        _SHEET_ID,
        _YEAR,
        Column("phase_number", "int32", Both("Place on the sheet, from 1", "Posizione nella scheda, da 1"), "1", place=_PHASE, required=True, low=1),
        Column("description", "text", Both("What is to be done", "Che cosa si deve fare"), "Redazione dell'avviso pubblico", label="Descrizione", place=_PHASE),
        Column("weight", "decimal(7,4)", Both("Weight of the phase", "Peso della fase"), "30.0000", unit="percent points", label="Peso", place=_PHASE, low=0),
        Column("start_date", "date", Both("Planned start", "Inizio previsto"), "2017-01-01", unit="day", label="Inizio Previsto", place=_PHASE),
        Column("end_date", "date", Both("Planned end", "Fine prevista"), "2017-12-31", unit="day", label="Fine Prevista", place=_PHASE),
        Column("responsible_name", "string", Both("Name of the person responsible", "Nome del responsabile"), "BONANNI GIUSEPPINA", label="Responsabile", place=_PHASE),
        Column("responsible_role", "string", Both("Role printed after the name", "Incarico stampato dopo il nome"), "P.O. STRANIERI E IMMIGRAZIONE", label="Responsabile", place=_PHASE),
        Column("responsible_raw", "string", Both("Name and role as printed", "Nome e incarico come stampati"), "BONANNI GIUSEPPINA - P.O. STRANIERI E IMMIGRAZIONE", label="Responsabile", place=_PHASE),
        _person("person_id", "person responsible", "Il responsabile"),
        _CENTRE,
        _raw(_CENTRE),
        _unit("org_unit_id", "responsibility centre", "Il centro di responsabilità"),
        Column("notes", "text", Both("Notes on the phase", "Note sulla fase"), "Attività svolta con il Servizio Casa", label="Note", place=_PHASE),
    ),
    key=("sheet_id", "phase_number"),
    sort=("sheet_id", "phase_number"),
    references=(_OF_SHEET, Reference("person_id", "people", "person_id"), Reference("org_unit_id", "org_units", "org_unit_id")),
    record="Phase",
)

INDICATORS: Final = Table(
    "indicators",
    Both("One row per indicator of an objective", "Una riga per ogni indicatore di un obiettivo"),
    (
        _SHEET_ID,
        _YEAR,
        Column("indicator_number", "int32", Both("Place on the sheet, from 1", "Posizione nella scheda, da 1"), "1", place=_INDICATOR, required=True, low=1),
        Column("description", "text", Both("What is measured", "Che cosa si misura"), "Incontri effettuati/incontri previsti", label="Descrizione", place=_INDICATOR),
        Column("indicator_type", "string", Both("Type of the indicator", "Tipo dell'indicatore"), "RISULTATO", label="Tipo", place=_INDICATOR),
        Column("target_raw", "string", Both("Expected value as printed", "Valore atteso come stampato"), "almeno 3/4", label="Valore Atteso", place=_INDICATOR),
        Column("target_kind", "string", Both("What kind of value it is", "Di che genere di valore si tratta"), "ratio", label="Valore Atteso", place=_INDICATOR, values=("ratio", "percent", "number", "date", "boolean", "text")),
        Column("target_operator", "string", Both("How the result is compared with it", "Come si confronta il risultato"), ">=", label="Valore Atteso", place=_INDICATOR, values=("=", ">", ">=", "<", "<=")),
        Column("target_value", "float64", Both("The number, in target_unit; 1.0 and 0.0 for SI and NO; null for dates and text", "Il numero, in target_unit; 1.0 e 0.0 per SI e NO; nullo per date e testo"), "0.75", unit="target_unit", label="Valore Atteso", place=_INDICATOR),
        Column("target_numerator", "float64", Both("Numerator of a ratio", "Numeratore di un rapporto"), "3.0", label="Valore Atteso", place=_INDICATOR),
        Column("target_denominator", "float64", Both("Denominator of a ratio", "Denominatore di un rapporto"), "4.0", label="Valore Atteso", place=_INDICATOR),
        Column("target_unit", "string", Both("Unit of the number: %, EUR, giorni, minuti and so on", "Unità del numero: %, EUR, giorni, minuti e così via"), "giorni", label="Valore Atteso", place=_INDICATOR),
        Column("target_date", "date", Both("The date; a missing year is the sheet's", "La data; l'anno mancante è quello della scheda"), "2020-07-15", unit="day", label="Valore Atteso", place=_INDICATOR),
    ),
    key=("sheet_id", "indicator_number"),
    sort=("sheet_id", "indicator_number"),
    references=(_OF_SHEET,),
    record="Indicator",
)

DUP_LINKS: Final = Table(
    "dup_links",
    Both("Links to the Documento Unico di Programmazione", "Collegamenti al Documento Unico di Programmazione"),
    (
        _SHEET_ID,
        _YEAR,
        Column("link_number", "int32", Both("Place on the sheet, from 1", "Posizione nella scheda, da 1"), "1", place=_DUP, required=True, low=1),
        Column("level", "string", Both("Level of the programme it links to", "Livello del programma collegato"), "obiettivo_strategico", label="INDIRIZZO STRATEGICO D.U.P., OBIETTIVO STRATEGICO D.U.P., Obiettivo Operativo del D.U.P.", place=_DUP, required=True, values=("indirizzo_strategico", "obiettivo_strategico", "obiettivo_operativo")),
        Column("code", "string", Both("Code in its one form, with the underscore", "Codice nella forma unica, con il trattino basso"), "2019_08_IS_OB_STR_02", place=_DUP),
        Column("code_raw", "string", Both("Code as printed", "Codice come stampato"), "2019_08IS_OB_STR_02", place=_DUP),
        Column("title", "string", Both("Title of what it links to", "Titolo di ciò che è collegato"), "PIANO ALLOGGI E SOCIAL HOUSING", place=_DUP),
    ),
    key=("sheet_id", "link_number"),
    sort=("sheet_id", "link_number"),
    references=(_OF_SHEET,),
    record="DupLink",
)

LINKED_OBJECTIVES: Final = Table(
    "linked_objectives",
    Both("Other objectives that a sheet names, with their amounts", "Altri obiettivi citati dalla scheda, con gli importi"),
    (
        _SHEET_ID,
        _YEAR,
        Column("link_number", "int32", Both("Place on the sheet, from 1", "Posizione nella scheda, da 1"), "1", place=_LINKED, required=True, low=1),
        Column("code", "string", Both("Code of the objective named", "Codice dell'obiettivo citato"), "2021_ZN09", label="Codice", place=_LINKED),
        Column("title", "text", Both("Title of the objective named", "Titolo dell'obiettivo citato"), "Servizio Sociale Amministrativo", label="Titolo", place=_LINKED),
        Column("revenue", "decimal(18,2)", Both("Revenue", "Entrata"), "15000.00", unit="EUR", label="Entrata", place=_LINKED),
        Column("expenditure", "decimal(18,2)", Both("Expenditure", "Spesa"), "24000.00", unit="EUR", label="Spesa", place=_LINKED),
    ),
    key=("sheet_id", "link_number"),
    sort=("sheet_id", "link_number"),
    references=(_OF_SHEET,),
    record="LinkedObjective",
)

PEOPLE: Final = Table(
    "people",
    Both("Who is named, resolved over the whole archive", "Le persone citate, identificate su tutto l'archivio"),
    (
        Column("person_id", "string", Both("Identity of the person", "Identità della persona"), "rossi-maria", place=_ARCHIVE, required=True),
        Column("name", "string", Both("Surname and name, in capitals", "Cognome e nome, in maiuscolo"), "ROSSI MARIA", place=_ARCHIVE, required=True),
        _VARIANTS,
        Column("roles", "list<string>", Both("Every role seen, sorted", "Ogni incarico incontrato, in ordine"), '["P.O. INCLUSIONE SOCIALE"]', place=_ARCHIVE, required=True),
        *_SEEN,
    ),
    key=("person_id",),
    sort=("person_id",),
    by_year=False,
)

ROLES: Final = Table(
    "roles",
    Both("Who held which role in which unit, and in which years", "Chi ha ricoperto quale incarico, in quale ufficio e in quali anni"),
    (
        Column("person_id", "string", Both("The person", "La persona"), "rossi-maria", place=_ARCHIVE, required=True),
        Column("episode_number", "int32", Both("Number of the episode among the person's, from 1", "Numero dell'episodio fra quelli della persona, da 1"), "1", place=_ARCHIVE, required=True, low=1),
        Column("role", "string", Both("The role, in its whole form where the archive prints one", "L'incarico, per esteso dove l'archivio lo riporta"), "P.O. INCLUSIONE SOCIALE", place=_ARCHIVE, required=True),
        Column("org_unit_id", "string", Both("The unit of the phases that print it; null where they name none", "L'ufficio delle fasi che lo riportano; nullo se non ne indicano"), "servizio-sociale-professionale", place=_ARCHIVE),
        *_SEEN,
    ),
    key=("person_id", "episode_number"),
    sort=("person_id", "episode_number"),
    by_year=False,
    references=(Reference("person_id", "people", "person_id"), Reference("org_unit_id", "org_units", "org_unit_id")),
)

ORG_UNITS: Final = Table(
    "org_units",
    Both("Which offices are named, resolved over the whole archive", "Gli uffici citati, identificati su tutto l'archivio"),
    (
        Column("org_unit_id", "string", Both("Identity of the unit", "Identità dell'ufficio"), "servizi-sociali", place=_ARCHIVE, required=True),
        Column("name", "string", Both("Whole, canonical name", "Nome intero e canonico"), "DIREZIONE SERVIZI SOCIALI", place=_ARCHIVE, required=True),
        Column("kind", "string", Both("What kind of unit it is", "Di che genere di ufficio si tratta"), "direzione", place=_ARCHIVE, required=True, values=("direzione", "servizio", "area", "other")),
        _VARIANTS,
        *_SEEN,
    ),
    key=("org_unit_id",),
    sort=("org_unit_id",),
    by_year=False,
)

LINEAGE: Final = Table(
    "lineage",
    Both("The same objective from one year to the next", "Lo stesso obiettivo da un anno all'altro"),
    (
        Column("objective_id", "string", Both("The later objective", "L'obiettivo successivo"), "2021_ZN08", place=_ARCHIVE, required=True),
        Column("previous_objective_id", "string", Both("The objective that it continues", "L'obiettivo di cui è il seguito"), "2020_ZN03", place=_ARCHIVE, required=True),
        Column("score", "float64", Both("How alike the two are", "Quanto i due si somigliano"), "0.91", unit="0-1", place=_ARCHIVE, required=True, low=0, high=1),
        Column("method", "string", Both("What linked them", "Che cosa li ha collegati"), "title", place=_ARCHIVE, required=True),
        Column("evidence", "text", Both("Why, in a sentence", "Perché, in una frase"), "Same service, titles 0.94 alike", place=_ARCHIVE),
    ),
    key=("objective_id", "previous_objective_id"),
    sort=("objective_id", "previous_objective_id"),
    by_year=False,
)

EVIDENCE: Final = Table(
    "evidence",
    Both("From any cell back to the paper", "Da ogni cella al punto della carta"),
    (
        _SHEET_ID,
        _YEAR,
        Column("table", "string", Both("Table of the value", "Tabella del valore"), "phases", required=True, values=SHEET_TABLES),
        Column("row_number", "int32", Both("Number of the row on its sheet; null for objectives", "Numero della riga nella scheda; nullo per objectives"), "2", low=1),
        Column("field", "string", Both("Column of the value", "Colonna del valore"), "weight", required=True),
        Column("value", "text", Both("The value, as text", "Il valore, come testo"), "30.0000", required=True),
        Column("raw", "text", Both("What is printed there", "Che cosa vi è stampato"), "30,00", required=True),
        _PAGE,
        *_BOX,
        *_CHARS,
        Column("method", "string", Both("How sure the step from raw to value is", "Quanto è sicuro il passaggio dal testo al valore"), "printed", required=True, values=("printed", "repaired", "fuzzy", "inferred", "correction")),
        Column("rule", "string", Both("Name of what produced the value", "Nome di ciò che ha prodotto il valore"), "weight", required=True),
        Column("confidence", "float64", Both("Confidence in the value", "Confidenza nel valore"), "0.99", unit="0-1", required=True, low=0, high=1),
    ),
    key=(),
    sort=("sheet_id", "table", "row_number", "field"),
    references=(_OF_SHEET,),
)

UNREAD: Final = Table(
    "unread",
    Both("The words that no field claimed", "Le parole che nessun campo ha reclamato"),
    (
        _DOCUMENT_ID,
        *_SHEET_OR_NOT,
        _PAGE,
        Column("text", "text", Both("The words as printed", "Le parole come stampate"), "Pagina 3 di 120", place=_ALL, required=True),
        *_CHARS,
        *_BOX,
        Column("kind", "string", Both("Boilerplate (page numbers, running heads, legends, Gantt drawings) or unread (anything else)", "Boilerplate (numeri di pagina, testatine, legende, diagrammi di Gantt) o unread (tutto il resto)"), "boilerplate", required=True, values=("boilerplate", "unread")),
    ),
    key=(),
    sort=("document_id", "page", "char_start", "top", "x0"),
    references=(Reference("document_id", "documents", "document_id"), _OF_SHEET),
)

FINDINGS: Final = Table(
    "findings",
    Both("Everything a person should know", "Tutto ciò che una persona dovrebbe sapere"),
    (
        _DOCUMENT_ID,
        *_SHEET_OR_NOT,
        Column("table", "string", Both("Table it is about; null for the document", "Tabella a cui si riferisce; nullo per il documento"), "phases", values=SHEET_TABLES),
        Column("row_number", "int32", Both("Number of the row on its sheet", "Numero della riga nella scheda"), "2", low=1),
        Column("field", "string", Both("Column it is about", "Colonna a cui si riferisce"), "weight"),
        Column("severity", "string", Both("How much it matters", "Quanto è importante"), "warning", required=True, values=("error", "warning", "info")),
        Column("code", "string", Both("Stable name", "Nome stabile"), "weights_do_not_sum_to_100", required=True),
        Column("message", "text", Both("The finding, in a sentence", "Il rilievo, in una frase"), "The weights of the phases sum to 90, not 100.", required=True),
        Column("raw", "text", Both("The text it is about", "Il testo a cui si riferisce"), "30,00"),
        _PAGE,
        *_BOX,
    ),
    key=(),
    sort=("document_id", "sheet_id", "table", "row_number", "field", "code"),
    references=(Reference("document_id", "documents", "document_id"), _OF_SHEET),
)

TABLES: Final = (
    DOCUMENTS, OBJECTIVES, PHASES, INDICATORS, DUP_LINKS, LINKED_OBJECTIVES,
    PEOPLE, ROLES, ORG_UNITS, LINEAGE, EVIDENCE, UNREAD, FINDINGS,
)
"""Every table of docs/contract.md, in its order."""
BY_NAME: Final = {table.name: table for table in TABLES}
