"""Units of measure as expected values print them, and the name that the contract gives each."""

from pegextract.values.characters import fold

_PRINTED: dict[str, tuple[str, ...]] = {
    "giorni": ("giorni", "giorno", "gg", "g", "giorni naturali", "giorni naturali e consecutivi", "gg naturali"),
    "giorni lavorativi": ("giorni lavorativi", "giorno lavorativo", "gg lavorativi", "giorni lav", "gg lav"),
    "ore": ("ore", "ora", "h"),
    "minuti": ("minuti", "minuto", "min"),
    "secondi": ("secondi", "secondo", "sec"),
    "settimane": ("settimane", "settimana"),
    "mesi": ("mesi", "mese"),
    "anni": ("anni", "anno"),
    "mq": ("mq", "m2", "metri quadri", "metri quadrati"),
    "mc": ("mc", "m3", "metri cubi"),
    "km": ("km", "chilometri", "chilometro"),
    "kg": ("kg", "chilogrammi"),
    "t": ("t", "ton", "tonnellate", "tonnellata"),
    "kWh": ("kwh",),
    "MWh": ("mwh",),
    "punti": ("punti", "punto"),
    "punti percentuali": ("punti percentuali", "punto percentuale"),
}
UNITS = {word: unit for unit, words in _PRINTED.items() for word in words}
"""Printed unit, folded and without dots → its one name. Working days are no days: they keep a name of their own."""


def unit_of(text: str) -> str | None:
    """The unit that `text` prints (`gg.`, `Min.`, `m²`), None where it is no unit of the list."""
    return UNITS.get(fold(text.replace(".", " ")))
