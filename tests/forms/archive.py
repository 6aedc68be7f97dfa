"""Invents the archive of a town over many years: who worked where and when, and the sheets that name them.

Offices are renamed and merged, people come, go and change offices, and each sheet types names in its own way. The
truth says which person or unit each name of each sheet is.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .damage import damage
from .render import RENDERINGS
from .sheets import Sheet, random_sheet
from .words import GIVEN, OFFICES, SURNAMES, Office

FIRST_YEAR = 2012
_MORE_SURNAMES = (
    "MARTELLI", "MARTINELLI", "ROSSINI", "BIANCHI", "BIANCHINI", "FERRI", "FERRARI", "DAMICO", "DELMORO", "MORO",
    "GORI", "CORI", "MANNI", "NANNI", "BERTI", "BERTINI", "LENZI", "RENZI", "PAOLI", "DI PAOLO", "SALVI", "SALVINI",
    "NERI", "CIONI", "GIONI", "PUCCI", "BUCCI", "BALDI", "BARDI", "FANTI", "SANTINI", "PARRI", "TADDEI", "VANNI",
    "VANNUCCI",
)  # fmt: skip
_MORE_GIVEN = (
    "PAOLO",
    "PAOLA",
    "LUCIO",
    "CARLO",
    "CARLA",
    "ANDREA",
    "ANDREINA",
    "SIMONE",
    "SIMONA",
    "GIOSUE'",
    "ELENA",
)
LOOK_ALIKES = (
    ("ROSSI MARIA", "ROSSI MARIO"), ("D'AMICO LUCIA", "DAMICO LUCIA"), ("DEL MORO ANNA", "DELMORO ANNA"),
    ("BIANCHI CARLO", "BIANCHI CARLA"), ("BIANCHI CARLO", "BIANCHINI CARLO"), ("PAOLI SIMONE", "PAOLI SIMONA"),
    ("CONTE MARIA", "CONTE MARIA GRAZIA"), ("ROSSI ANNA", "ROSSINI ANNA"), ("GORI PAOLO", "CORI PAOLO"),
    ("BERTI ELENA", "BERTINI ELENA"), ("LENZI MARCO", "RENZI MARCO"), ("MANNI CARLA", "NANNI CARLA"),
    ("ROSSI ANDREA", "ROSSI ANDREINA"), ("DE' MEDICI NOÈ", "MEDICI NOÈ"), ("SANTI MARIO", "SANTINI MARIO"),
)  # fmt: skip
"""Pairs of people that nobody may take for one."""
LOOK_ALIKE_UNITS = (
    ("SERVIZIO SOCIALE", "SERVIZIO SOCIALE AMMINISTRATIVO"),
    ("SERVIZI SOCIALI", "SERVIZIO SOCIALE"),
    ("SERVIZIO SOCIALE AMMINISTRATIVO", "SERVIZIO SOCIALE PROFESSIONALE"),
    ("SERVIZIO VIABILITA'", "SERVIZIO MOBILITA'"),
    ("SERVIZIO GESTIONE PATRIMONIO", "SERVIZIO GESTIONE PATRIMONIO ABITATIVO"),
    ("SERVIZIO QUARTIERE 1", "SERVIZIO QUARTIERE 2"),
    ("SERVIZIO ATTIVITA' CULTURALI", "SERVIZIO ATTIVITA' COLTURALI"),
    ("AREA TECNICA", "AREA ETNICA"),
    ("SERVIZIO SPORT", "SERVIZIO SPORTELLI"),
    ("DIREZIONE CULTURA", "DIREZIONE COLTURA"),
)
"""Pairs of units that nobody may take for one."""
_MATTERS = (
    "SOCIALE", "SOCIALE AMMINISTRATIVO", "GESTIONE PATRIMONIO", "GESTIONE PATRIMONIO ABITATIVO", "QUARTIERE 1",
    "QUARTIERE 2", "SPORT", "SPORTELLI", "AMMINISTRAZIONE DEL PATRIMONIO COMUNALE", "PROTEZIONE CIVILE",
    "STATISTICA E TOPONOMASTICA", "APPALTI E CONTRATTI PUBBLICI", "TRIBUTI E RISCOSSIONE DELLE ENTRATE",
    "SUPPORTO GIURIDICO ALLE DIREZIONI", "PIANIFICAZIONE URBANISTICA", "EDILIZIA PRIVATA E SANZIONI",
    "MANUTENZIONE DELLE SCUOLE", "ATTIVITA' CULTURALI E MUSEI CIVICI", "POLITICHE GIOVANILI E PARI OPPORTUNITA'",
    "COMMERCIO, MERCATI E OCCUPAZIONE DEL SUOLO", "TURISMO", "GARE", "ANAGRAFE E STATO CIVILE", "CIMITERI",
)  # fmt: skip

_HEADS = {"SERVIZIO": "SERV.", "DIREZIONE": "DIREZ."}


@dataclass(frozen=True)
class Document:
    """One file of the archive: its text, whether OCR damaged it, and who and what its sheet names, as it types them.

    scan: the file where the sheet is a scan instead of a text ·
    people, units: (table, row, column) → the name that the town knows; a row counts from 1, None for the objective.
    """

    name: str
    text: str
    damaged: bool
    year: int
    sheet: Sheet = field(repr=False)
    people: dict[tuple[str, int | None, str], str] = field(repr=False)
    units: dict[tuple[str, int | None, str], str] = field(repr=False)
    scan: bytes | None = field(default=None, repr=False)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode() if self.scan is None else self.scan


def archive(
    seed: int, years: int = 12, per_year: int = 40, people: int = 150, units: int = 60, damaged: float = 0.0
) -> Iterator[Document]:
    """The documents of a town, year by year. damaged: the share of them that OCR spoilt."""
    rng = random.Random(seed)
    cast = _cast(rng, people)
    offices = _offices(rng, units, years)
    homes = {name: rng.randrange(len(offices[0])) for name in cast}
    for year in range(years):
        for name in cast:
            if rng.random() < 0.05:
                homes[name] = rng.randrange(len(offices[0]))
        for number in range(per_year):
            at = rng.randrange(len(offices[year]))
            here = tuple(name for name in cast if homes[name] == at)
            yield _document(rng, FIRST_YEAR + year, number, offices[year][at], here, damaged)


def _cast(rng: random.Random, many: int) -> list[str]:
    """The town's people: the look-alikes, and others."""
    names = {name for pair in LOOK_ALIKES for name in pair}
    while len(names) < many:
        name = f"{rng.choice(SURNAMES + _MORE_SURNAMES)} {rng.choice(GIVEN + _MORE_GIVEN)}"
        if _bare(name) not in {_bare(one) for one in names}:
            names.add(name)
    return sorted(names)


def _bare(name: str) -> str:
    """Spellings that differ in accents, hyphens and apostrophes of accents alone are one person's."""
    plain = str.maketrans("ÀÈÉÌÒÙÑ-", "AEEIOUN ")
    return " ".join(word.rstrip("'") if len(word) > 3 else word for word in name.translate(plain).split())


def _offices(rng: random.Random, units: int, years: int) -> list[list[Office]]:
    """The offices of each year: some services are renamed or merged in a year, the town always has about `units`."""
    matters = [f"SERVIZIO {matter}" for matter in _MATTERS]
    rng.shuffle(matters)
    offices = list(OFFICES)
    while sum(len(office.services) + 1 for office in offices) < units and len(matters) > 6:
        at = rng.randrange(len(offices))
        offices[at] = replace(offices[at], services=(*offices[at].services, matters.pop()))
    everything = []
    for _ in range(years):
        everything.append(list(offices))
        if matters and rng.random() < 0.6:
            at = rng.randrange(len(offices))
            services = list(offices[at].services)
            gone = rng.sample(range(len(services)), rng.choice([1, 2]))  # two: they are merged into the new one
            services = [name for i, name in enumerate(services) if i not in gone]
            offices[at] = replace(offices[at], services=(*services, matters.pop()))
    return everything


def _document(
    rng: random.Random, year: int, number: int, office: Office, here: tuple[str, ...], damaged: float
) -> Document:
    truth_of = {_typed(rng, name): name for name in here}
    sheet = random_sheet(rng, block=year < 2018, year=year, office=office, cast=tuple(truth_of), hard=0.4)
    sheet = _abbreviated(rng, sheet)
    rendering = rng.choice(list(RENDERINGS))
    spoilt = rng.random() < damaged
    text = RENDERINGS["ocr" if spoilt else rendering](sheet, rng)
    people, units = _named(sheet, truth_of)
    name = f"{year}/{number:03}_{rendering}.txt"
    return Document(name, damage(text, rng) if spoilt else text, spoilt, year, sheet, people, units)


def _typed(rng: random.Random, name: str) -> str:
    """A name as somebody types it: accents as accents or apostrophes, a hyphen or a blank."""
    if rng.random() < 0.3:
        for typed, accent in (("O'", "Ò"), ("E'", "È")):
            name = name[: -len(typed)] + accent if name.endswith(typed) else name
    if rng.random() < 0.2:
        name = name.replace("-", " ")
    return name


def _abbreviated(rng: random.Random, sheet: Sheet) -> Sheet:
    """Some centres with their words cut off at dots, as officers shorten them to make them fit."""
    if rng.random() > 0.15:
        return sheet
    for cells, unit in zip(sheet.printed["phases"], sheet.units, strict=True):
        first, *others = unit.split(" ")
        if len(unit) > 30 and len(cells["centre"]) == len(unit) and first in _HEADS:
            short = [word[:5] + "." if len(word) > 7 and word.isalpha() else word for word in others]
            cells["centre"] = " ".join([_HEADS[first], *short])
    return sheet


def _named(
    sheet: Sheet, truth_of: dict[str, str]
) -> tuple[dict[tuple[str, int | None, str], str], dict[tuple[str, int | None, str], str]]:
    people: dict[tuple[str, int | None, str], str] = {}
    units: dict[tuple[str, int | None, str], str] = {}
    for column in ("director", "manager"):
        if sheet.truth[column]:
            people["objectives", None, f"{column}_id"] = truth_of[sheet.truth[column]]
    for column in ("direction", "service"):
        if sheet.truth[column]:
            units["objectives", None, f"{column}_id"] = _unit(sheet.truth[column])
    for number, (row, unit) in enumerate(zip(sheet.truth["phases"], sheet.units, strict=True), 1):
        if row["responsible_name"]:
            people["phases", number, "person_id"] = truth_of[row["responsible_name"]]
        units["phases", number, "org_unit_id"] = _unit(unit)
    return people, units


def _unit(name: str) -> str:
    return name.removeprefix("DIREZIONE ")
