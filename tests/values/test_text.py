"""Characters and paragraphs: what is cleaned, what is repaired, and what is left as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegextract.values.text import clean, confusable, fold, join_lines, repair_ocr


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("  a \t b\n", "a b"),
        ("a\xa0b", "a b"),
        ("inclu\xadsione", "inclusione"),
        ("a\u200bb\ufeff", "ab"),
        ("e\u200b\u0301", "é"),
        ("a\x00b", "ab"),
        ("\u200e", ""),
        ("È già", "È già"),
        ("“seconda soglia”", "“seconda soglia”"),
    ],
)
def test_clean_changes_what_paper_does_not_show(printed: str, cleaned: str) -> None:
    """Cleaning removes what is invisible and keeps every letter, quote and accent."""
    assert clean(printed) == cleaned


@given(st.text())
def test_cleaning_folding_and_skeletons_are_stable(text: str) -> None:
    """Each of the three levels of sameness, applied to its own result, changes nothing."""
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert confusable(confusable(text)) == confusable(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Responsabilità", "RESPONSABILITÀ"), ("l’équipe", "L'EQUIPE"), ("ﬁne", "FINE"), ("a – b", "A - b")],
)
def test_fold_levels_case_accents_and_typography(one: str, other: str) -> None:
    """Two printings of one word fold to one text."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SERVIZ|", "SERVIZI"),
        ("Citta'", "Città"),
        ("S0CIALI", "SOCIALI"),
        ("5ERVIZI", "SERVIZI"),
        ("antemna", "anternna"),
    ],
)
def test_skeletons_level_what_ocr_confuses(one: str, other: str) -> None:
    """A damaged label and the label have one skeleton."""
    assert confusable(one) == confusable(other)


@pytest.mark.parametrize(
    ("printed", "repaired", "rule"),
    [
        ("I'inclusione", "l'inclusione", "ocr_elided_article"),
        ("con |’obiettivo", "con l’obiettivo", "ocr_elided_article"),
        ("1'attività", "l'attività", "ocr_elided_article"),
        ("deII'obiettivo", "dell'obiettivo", "ocr_elided_preposition"),
        ("A||'interno", "All'interno", "ocr_elided_preposition"),
        ("deIla casa", "della casa", "ocr_double_l"),
        ("DIREZ.SERVIZ| SOCIALI", "DIREZ.SERVIZI SOCIALI", "ocr_bar_in_capitals"),
        ("DIREZ|ONE", "DIREZIONE", "ocr_bar_in_capitals"),
        ("ASS0CIAZIONE", "ASSOCIAZIONE", "ocr_zero_in_capitals"),
        ("P0LIZIA", "POLIZIA", "ocr_zero_in_capitals"),
        ("C|TTA' CHE CURA", "CITTA' CHE CURA", "ocr_bar_in_capitals"),
        ("GIARDINl ED AREE", "GIARDINI ED AREE", "ocr_l_in_capitals"),
        ("DlREZIONE", "DIREZIONE", "ocr_l_in_capitals"),
        ("SERV1ZIO", "SERVIZIO", "ocr_one_in_capitals"),
        ("POLIZ1A", "POLIZIA", "ocr_one_in_capitals"),
        ("DIREZ.RIS0RSE UMANE", "DIREZ.RISORSE UMANE", "ocr_zero_in_capitals"),
        ("|l comune", "Il comune", "ocr_article_il"),
        ("ﬁnalità", "finalità", "ligature_fi"),
        ("I'uso deII'area", "l'uso dell'area", "ocr_elided_article+ocr_elided_preposition"),
    ],
)
def test_written_repairs_are_done_and_named(printed: str, repaired: str, rule: str) -> None:
    """Each repair of the written list gives the right Italian and says its name."""
    assert repair_ocr(printed) == (repaired, rule, "repaired")


@pytest.mark.parametrize(
    "printed",
    [
        "dell'obiettivo", "nella casa", "Elisabetta I'", "I' babbo", "| destinatari sono", "finalita € quella",
        "al PON cittad metropolitane", "allinclusione", "SOCIALI| DIRETTORE", "serviz| sociali", "DEl MORO",
        "AREA|SERVIZIO", "PM10", "Al Comune", "2021_ZN08", "H2O", "",
    ],
)  # fmt: skip
def test_what_two_readings_fit_is_left_alone(printed: str) -> None:
    """A text that may be right, or damaged in more than one way, stays as printed."""
    assert repair_ocr(printed) == (printed, "as_printed", "printed")


@given(st.text(alphabet="aI|1l'’deluSERVZO0 .é"))
def test_repairs_are_done_once_and_for_all(text: str) -> None:
    """Repairing never raises, and the length of a text changes only where a ligature or article is written out."""
    read = repair_ocr(text)
    assert (read.method == "printed") == (read.value == text)


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([], ""),
        (["", ""], ""),
        (["percorsi di inte-", "grazione sociale"], "percorsi di integrazione sociale"),
        (["svilup-", "po"], "sviluppo"),
        (["l'autonomia socio-", "lavorativa"], "l'autonomia socio-lavorativa"),
        (["alternanza scuola-", "lavoro"], "alternanza scuola-lavoro"),
        (["Reggio-", "Emilia"], "Reggio-Emilia"),
        (["anni 2019-", "2021"], "anni 2019-2021"),
        (["int\xad", "egrazione"], "integrazione"),
        (["dell'", "obiettivo"], "dell'obiettivo"),
        (["la citta'", "e il"], "la citta' e il"),
        (["POLIS -", "percorsi"], "POLIS - percorsi"),
        (["perso-", "nalizzato", "", "personalizzato"], "personalizzato\npersonalizzato"),
        (["entro il", "31. Il resto"], "entro il 31. Il resto"),
        (["raggiungere", "n. 25 posti"], "raggiungere n. 25 posti"),
        (
            ["come da deliberazione n.", "214/2016, con la somma che vi è prevista"],
            "come da deliberazione n. 214/2016, con la somma che vi è prevista",
        ),
        (["obiettivi:", "1. uno", "2. due"], "obiettivi:\n1. uno\n2. due"),
        (["a. uno", "continua", "b. due"], "a. uno continua\nb. due"),
        (["si propone:", "- 1) di fare", "- 2) di dire"], "si propone:\n- 1) di fare\n- 2) di dire"),
        (["- uno;", "-due"], "- uno;\n-due"),
        (["• uno", "• due"], "• uno\n• due"),
        (["Fine qui.", "Un altro capoverso molto più lungo"], "Fine qui.\nUn altro capoverso molto più lungo"),
        (
            ["Questa riga lunga finisce qui.", "Straordinario il resto"],
            "Questa riga lunga finisce qui. Straordinario il resto",
        ),
    ],
)
def test_lines_become_paragraphs(lines: list[str], paragraphs: str) -> None:
    """What the page's width broke is one line again; paragraphs and list items keep their own."""
    assert join_lines(lines) == paragraphs


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="-\xad"), max_size=40), max_size=12))
def test_no_letter_is_lost_in_joining(lines: list[str]) -> None:
    """Without hyphens nothing but blanks and line ends changes between lines and paragraphs."""
    assert "".join(join_lines(lines).split()) == "".join("".join(clean(line).split()) for line in lines)
