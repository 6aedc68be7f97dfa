"""The invented municipality: its offices, its people, and the phrases its officers write. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """One direction with the services, roles and subjects that its sheets may name."""

    direction: str
    services: tuple[str, ...]
    roles: tuple[str, ...]
    subjects: tuple[str, ...]


OFFICES: tuple[Office, ...] = (
    Office(
        "SERVIZI SOCIALI",
        (
            "SERVIZIO SOCIALE AMMINISTRATIVO",
            "SERVIZIO SOCIALE PROFESSIONALE",
            "DIREZIONE SERVIZI SOCIALI",
            "SERVIZIO FAMIGLIA E ACCOGLIENZA RESIDENZIALE",
        ),
        (
            "STRANIERI E IMMIGRAZIONE",
            "ADULTI FAMIG. INCL SOCIALE",
            "SUPP.PERC.INCLUS.E SIST.INFORM",
            "AFF.GEN.SERV.SOCIALI",
        ),
        (
            "l'inclusione delle persone fragili",
            "l'accoglienza dei minori soli",
            "il sostegno all'abitare",
            "la rete di prossimità",
        ),
    ),
    Office(
        "AMBIENTE",
        (
            "SERVIZIO PARCHI, GIARDINI ED AREE VERDI",
            "SERVIZIO SOSTENIBILITA', VALUTAZIONE AMBIENTALE E GEOLOGIA",
            "DIREZIONE AMBIENTE",
        ),
        ("GESTIONE DEL VERDE", "IGIENE PUBBL.AMBIENT.E VIVIBIL.URBANA", "QUALITA' DELL'ARIA"),
        (
            "la cura del verde pubblico",
            "la riduzione dei rifiuti",
            "la qualità dell'aria",
            "il risparmio energetico negli edifici",
        ),
    ),
    Office(
        "NUOVE INFRASTRUTTURE E MOBILITA'",
        (
            "SERVIZIO VIABILITA'",
            "SERVIZIO MOBILITA'",
            "SERVIZIO UFFICIO TRAMVIA/INTERVENTI TAV E AUTOSTRADE",
            "AREA TECNICA",
        ),
        ("TRAFFICO E SEGNALETICA", "PISTE CICLABILI", "PARCHEGGI/SOSTA", "IMPIANTI TERMICI ED ELETTR."),
        (
            "la sicurezza stradale",
            "la manutenzione dei ponti",
            "la rete ciclabile",
            "l'abbattimento delle barriere architettoniche",
        ),
    ),
    Office(
        "CULTURA E SPORT",
        (
            "SERVIZIO BIBLIOTECHE ARCHIVI EVENTI",
            "SERVIZIO MUSEI COMUNALI E ATTIVITA' CULTURALI",
            "SERVIZIO SPORT",
            "DIREZIONE CULTURA E SPORT",
        ),
        ("BIBLIOTECHE", "TURISMO E PROMOZ.TERRITORIO", "IMPIANTI SPORTIVI"),
        ("la lettura ad alta voce", "la valorizzazione dei musei civici", "l'estate culturale", "lo sport di base"),
    ),
    Office(
        "ISTRUZIONE",
        (
            "SERVIZIO SERVIZI ALL'INFANZIA",
            "SERVIZIO SUPPORTO ALLA ATTIVITA' EDUCATIVA E SCOLASTICA",
            "DIREZIONE ISTRUZIONE",
        ),
        ("MENSA E TRASP.SCOLASTICI", "ATTIVITA' AMM.VA NIDI", "INCLUSIONE SCOLASTICA"),
        (
            "la refezione scolastica",
            "i nidi d'infanzia",
            "il diritto allo studio",
            "l'integrazione degli alunni con disabilità",
        ),
    ),
    Office(
        "RISORSE UMANE",
        (
            "SERVIZIO AMMINISTRAZIONE DEL PERSONALE",
            "SERVIZIO ACQUISIZIONE RISORSE UMANE",
            "AREA COORDINAMENTO AMMINISTRATIVO",
        ),
        ("CONCORSI E SELEZIONI", "TRATTAM.ECON. PERSONALE", "FORMAZIONE/RELAZIONI SIND."),
        (
            "il lavoro agile",
            "la formazione del personale",
            "il fabbisogno triennale",
            "la semplificazione delle procedure",
        ),
    ),
    Office(
        "SISTEMI INFORMATIVI",
        (
            "SERVIZIO INFRASTRUTTURE TECNOLOGICHE",
            "SERVIZIO SVILUPPO E INTEGRAZIONE DEI SISTEMI",
            "DIREZIONE SISTEMI INFORMATIVI",
        ),
        ("SVIL.RETI E DATA-CENTER", "STATISTICA E TOPONOMASTICA", "S.I.T. E OPEN DATA"),
        (
            "i servizi digitali al cittadino",
            "gli open data",
            "la sicurezza informatica",
            "la dematerializzazione degli archivi",
        ),
    ),
    Office(
        "CORPO POLIZIA MUNICIPALE",
        ("CORPO POLIZIA MUNICIPALE", "SERVIZIO AMMINISTRATIVO POLIZIA MUNICIPALE"),
        ("PROCEDURE SANZIONATORIE", "SICUREZZA URBANA", "REP.TERR. 1-2"),
        (
            "il controllo del territorio",
            "la polizia di prossimità",
            "l'educazione stradale nelle scuole",
            "la riscossione delle sanzioni",
        ),
    ),
    Office(
        "PATRIMONIO IMMOBILIARE",
        ("SERVIZIO GESTIONE PATRIMONIO", "SERVIZIO CASA P.E.B.A. E SICUREZZA SUI LUOGHI DI LAVORO", "AVVOCATURA"),
        ("ALIENAZIONI E VALORIZZAZIONI", "EDILIZIA RESID.PUBBLICA", "CONTR.ATTIVI E PASSIVI"),
        (
            "l'alienazione degli immobili",
            "l'inventario dei beni",
            "gli alloggi popolari",
            "la messa a reddito dei locali commerciali",
        ),
    ),
)

SURNAMES: tuple[str, ...] = (
    "CAVALLERI",
    "VERNA",
    "BONANNI",
    "DEL MORO",
    "DE LUCA",
    "D'AMICO",
    "ROSSI-BIANCHI",
    "LICITRA",
    "MACHEROZZI",
    "CONTE",
    "FOTI",
    "DELL'ACQUA",
    "DI STEFANO",
    "LO PRESTI",
    "NICCOLAI",
    "SANTI",
    "ROSSI",
    "FORASTIERO",
    "TALANI",
    "DEGL'INNOCENTI",
    "PO", "DE' MEDICI", "VAN DER BERG", "LA ROSA", "MUÑOZ", "BRANDI", "GALLI-CORSINI", "D'ANDREA",
)  # fmt: skip
GIVEN: tuple[str, ...] = (
    "VINCENZO", "FILIPPO", "MARCO", "GIUSEPPINA", "SANDRA", "ALESSIA", "ALESSANDRO", "MANUELA", "MARIA", "MARIO",
    "NICCOLO'", "MARIA GRAZIA", "ANNA", "JOSÉ", "GIAN LUCA", "RAFFAELLA", "NOÈ", "TOMMASO", "PIER-LUIGI", "LUCIA",
)  # fmt: skip

CLASSIFICATIONS = ("DIREZIONALE", "INTERDIREZIONALE", "PROPOSTA PROGETTO Art.15 c.5 CCNL 01/04/1999")
TYPES = ("SVILUPPO", "MIGLIORAMENTO", "SINTESI", "MANTENIMENTO")
INDICATOR_TYPES = ("RISULTATO", "PERFORMANCE")

STRATEGIC = (
    "LA PERSONA AL CENTRO", "FAMIGLIE SOLID. E BENES. SOC.", "CITTA' VIVA E SICURA", "UNA CITTA' CHE CURA",
    "IL GOVERNO DELLA CITTA' E LA SMART CITY", "AMBIENTE E DECORO",
)  # fmt: skip
STRATEGIC_GOALS = (
    "PIANO ALLOGGI E SOCIAL HOUSING", "PROMUOV.E SOSTEN.BENES.SOCIALE", "MUOVERSI IN CITTA'", "LA CULTURA COME MOTORE",
    "SEMPLIFICARE: MENO CARTA, PIU' SERVIZI", "SCUOLA 0-6",
)  # fmt: skip

VERBS = (
    "Predisposizione degli atti per",
    "Avvio delle procedure di gara per",
    "Monitoraggio degli interventi per",
    "Stipula di protocolli d'intesa per",
    "Ricognizione dei dati per",
    "Realizzazione di incontri territoriali per",
    "Aggiornamento del regolamento comunale per",
    "Definizione delle modalità operative per",
    "Pubblicazione dell'avviso pubblico per",
    "realizzazione di una banca dati condivisa per",
    "Affidamento dei lavori per",
    "Rendicontazione alla Regione Toscana per",
    "Promuovere azioni coordinate per",
    "Istruttoria e controllo delle domande per",
)  # fmt: skip
PURPOSES = (
    "in collaborazione con il Terzo Settore",
    "anche attraverso l'uso di strumenti digitali",
    "con il coinvolgimento dei 5 Quartieri",
    "nel rispetto dei tempi previsti dal D.Lgs. 50/2016",
    "a favore dei residenti e/o dei domiciliati",
    "(PON Metro 2014-2020, asse 3)",
    "come da deliberazione n. 214/2016", "mediante co-progettazione con gli enti del privato socio-sanitario",
    "garantendo la qualità, l'equità e l'accessibilità dei servizi", "secondo il cronoprogramma approvato",
)  # fmt: skip
SENTENCES = (
    "L'obiettivo si propone di rafforzare {s} {p}.",
    "Il servizio intende sviluppare percorsi personalizzati per {s}, promuovendo e valorizzando anche i "
    "patti locali come strumento di prevenzione.",
    "Nel corso dell'anno {y} si deve tendere al potenziamento delle attività per {s} {p}; l'ampliamento "
    "potrà realizzarsi attraverso un costante lavoro integrato.",
    "Un ulteriore impegno riguarderà il monitoraggio di almeno il {n}% degli interventi avviati entro il "
    "31/12/{z}, che sono stati {m}.",
    "E' anche obiettivo strategico garantire {s}, tenuto conto della crescita della domanda (+{n}% rispetto al {z}).",
    "Particolare attenzione è posta nei confronti dei cittadini più deboli, perché la città è una "
    "comunità e {s} ne è parte.",
    "La somma a disposizione ammonta ad € {m}.000,00, di cui il {n}% già impegnato.",
    "Le fasi del progetto e gli indicatori di risultato sono concordati con la Direzione Generale.",
    "Occorre quindi procedere {p}, così da assicurare {s}.",
    "Il progetto “Città aperta” dà attuazione a quanto già previsto per {s} dall'accordo del 15/03/{z}.",
)
ITEMS = (
    "la presa in carico delle richieste che riguardano {s};",
    "gli interventi di prevenzione {p};",
    "le attività connesse agli sportelli (Centro Affidi, Numero Verde) ed agli uffici di quartiere;",
    "la gestione dei rapporti con la Regione, l'ASL e gli altri enti preposti {p};",
    "il coordinamento amministrativo volto a garantire {s}.",
)
TRAP_LINES = (
    "Note metodologiche: i dati sono riferiti all'anno precedente e saranno aggiornati entro il 30/06/{y}.",
    "FASE 1 del progetto complessivo: ricognizione; la seconda riguarda {s}.",
    "Descrizione del contesto: {s} richiede un impegno di tutti i servizi.",
    "Indicatori di contesto e obiettivi di lungo periodo saranno definiti {p}.",
    "Responsabile del procedimento è il dirigente del servizio, salvo delega.",
    "Fasi e tempi di realizzazione: vedi il cronoprogramma allegato.",
)
TITLES = (
    "Sviluppo delle attività per {s}",
    "Avvio dei servizi per {s} previsti nel piano triennale",
    "Progetto P.O.L.I.S. - Percorsi per {s}. Azioni di accompagnamento, sostegno e contrasto alla povertà.",
    "Miglioramento della qualità: {s}",
    "{s}",
)
TRAP_TITLES = (
    "Controllo delle FASI di attuazione dei progetti per {s}",
    "Nuovi INDICATORI di qualità per {s}",
    "Dal GANTT alla realtà: tempi certi per {s}",
    "INDICATORI E FASI: un nuovo metodo per {s}",
)
COUNTED = (
    "incontri effettuati/incontri previsti",
    "n. prestazioni effettuate",
    "cartelle aggiornate /totale delle cartelle in carico",
    "rispetto dei tempi",
)
INDICATOR_HEADS = (
    "Ricerca finanziamenti per {s}: progetti ammessi/ progetti presentati",
    "Realizzazione di attività per {s}: {c}",
    "Predisposizione/ aggiornamento Carta dei Servizi e/o indagine di gradimento (utenti interni e/o esterni)",
    "N. domande pervenute/n. domande prese in carico",
    "Soggetti coinvolti nelle azioni per {s}",
    "Approvazione del piano per {s}:{c}",
    "Accessi allo sportello con monitoraggio annuale : produzione di un report mensile",
)
TRAP_INDICATORS = (
    "Valore medio di soddisfazione dei partecipanti (valori da molto scarso 1-2-3-4-5 a ottimo)",
    "Numero utenti seguiti nell'anno, base 2015: 198",
    "Risultato atteso e performance del servizio per {s}: risultato/previsione",
    "Utenti in carico per {s} (risultato dell'anno precedente pari a 75%)",
    "Scostamento tra tempi previsti e tempi effettivi entro il 30/06: giorni di ritardo",
    "Grado di copertura 0-3",
)
NOTES = (
    "Fase conclusa in anticipo",
    "In attesa del finanziamento regionale (D.G.R. 1018/2018)",
    "slittata per l'emergenza COVID-19",
    "Vedi relazione agli atti",
)
TEXT_TARGETS = (
    "Relazione finale",
    "come da cronoprogramma",
    "approvazione dell'atto",
    "vedi relazione",
    "report",
    "in linea con l'anno precedente",
)
MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)  # fmt: skip
