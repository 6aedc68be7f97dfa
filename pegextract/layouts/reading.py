"""From a Document to its sheets, section by section: this file is the table of contents of `layouts`."""

from __future__ import annotations

from typing import NamedTuple

from pegextract.document import Document
from pegextract.layouts.context import Context
from pegextract.layouts.description import read_description
from pegextract.layouts.draft import Draft
from pegextract.layouts.fitness import Fitness
from pegextract.layouts.header import lines_above, read_header, value_above_lost_label
from pegextract.layouts.heading import read_heading
from pegextract.layouts.headless import with_headless
from pegextract.layouts.indicators import read_indicators
from pegextract.layouts.ledger import Claim, Ledger
from pegextract.layouts.linked import read_linked_objectives
from pegextract.layouts.links import first_link, read_links, take_header_links
from pegextract.layouts.phases import read_phases
from pegextract.layouts.profile import COLUMN_GROUP, Profile
from pegextract.layouts.sections import Zone, claim_section_label, section_label, without_gantt, zones
from pegextract.layouts.splitter import SheetLines, split, without_page_heads
from pegextract.layouts.stream import doubt_all_tables, doubt_converter, doubt_glued, doubt_shuffled, doubt_woven


class Layout(NamedTuple):
    """The drafts of a document and the ledger of its words."""

    drafts: tuple[Draft, ...]
    ledger: Ledger


def read_layout(document: Document, profile: Profile) -> Layout:
    """All sheets of a document, in reading order."""
    ledger = Ledger(document)
    sheets = with_headless(document, profile, ledger, split(document, profile, ledger))
    drafts = [_read_sheet(document, profile, ledger, sheet) for sheet in sheets]
    doubt_converter(drafts)
    return Layout(tuple(drafts), ledger)


def _read_sheet(document: Document, profile: Profile, ledger: Ledger, sheet: SheetLines) -> Draft:
    every = sorted({*sheet.heading, *sheet.body})
    first, last = document.lines[every[0]], document.lines[every[-1]]
    context = Context(document, profile, ledger, Fitness(document.text[first.start : last.end], profile))
    draft = Draft((first.start, last.end), first.page, last.page)
    if sheet.header.hits:
        sheet = _with_values_above(document, profile, sheet)
    sheet = without_page_heads(document, profile, ledger, sheet)
    draft.fields.update(read_heading(context, sheet.heading))
    rest: tuple[int, ...] = ()
    for zone in zones(document, profile, without_gantt(document, profile, ledger, sheet.body)):
        _doubt_unread_sections(context, zone)
        rest += _read_zone(context, draft, zone, sheet)
    description = read_description(context, rest)
    if description:
        draft.fields["description"] = description
    if sheet.guessed:
        _doubt_title(context, draft)
    if not sheet.header.hits:
        _doubt_headless(context)
    doubt_shuffled(context, sheet.body)
    doubt_woven(context, sheet.body)
    doubt_glued(context, sheet.body)
    draft.findings.extend(context.findings)
    return draft


def _with_values_above(document: Document, profile: Profile, sheet: SheetLines) -> SheetLines:
    """The sheet with the last lines of its heading in the body, where they are the header's."""
    above = lines_above(document, sheet.header, sheet.heading)
    above = above or value_above_lost_label(document, profile, sheet.header, sheet.heading)
    return sheet._replace(heading=tuple(i for i in sheet.heading if i not in above), body=(*above, *sheet.body))


def _doubt_unread_sections(context: Context, zone: Zone) -> None:
    """A warning where the label of a table stands among another section's lines: nothing below it was known."""
    for index in zone.lines[1:]:
        table = section_label(context.profile, context.line_text(index))
        if table in COLUMN_GROUP and table != zone.section:
            message = "below this label stands no table that could be read; its words may be part of what is above"
            span = (context.line(index).start, context.line(index).end)
            context.doubt("section_not_read", message, table, None, None, [span])
            above = (zone.section, None) if zone.section in COLUMN_GROUP else ("objectives", "description")
            context.doubt("section_not_read", message, above[0], None, above[1], [span])


def _doubt_headless(context: Context) -> None:
    """A warning for a sheet that only its sections show: where it begins is a guess, and its header is missing."""
    message = "the header of this sheet cannot be read; its sections follow those of the sheet before: look at the page"
    doubt_all_tables(context, "header_lost", message)


def _doubt_title(context: Context, draft: Draft) -> None:
    """A warning for a title that only its place makes one, and for the rows that may have lost their end to it."""
    message = "the last words of the page were taken for the title, which other sheets of the document have there"
    tables = {"phases": draft.phases, "indicators": draft.indicators, "linked_objectives": draft.linked_objectives}
    spans = draft.fields["title"].spans if "title" in draft.fields else ()
    context.doubt("title_at_foot", message, "objectives", None, "title", spans)
    for table, rows in tables.items():
        if rows:
            context.doubt("title_at_foot", message, table, len(rows), None, spans)


def _read_zone(context: Context, draft: Draft, zone: Zone, sheet: SheetLines) -> tuple[int, ...]:
    """Read one section into the draft; returns the lines that it leaves to the description."""
    lines = claim_section_label(context.document, context.profile, context.ledger, zone)
    if zone.section == "start" and not sheet.header.hits:
        return lines
    if zone.section == "start":
        fields, findings, lines = read_header(
            context.document, context.profile, context.ledger, sheet.header, lines, context.fitness
        )
        draft.dup_links.extend(take_header_links(context.document, context.profile, context.ledger, fields))
        draft.fields.update(fields)
        draft.findings.extend(findings)
        context.units = _units(draft)
        return _without_links(context, draft, lines)
    if zone.section == "dup_links":
        rows, lines = read_links(context.document, context.profile, context.ledger, lines)
        draft.dup_links.extend(rows)
        return lines
    if zone.section == "phases":
        draft.phases.extend(read_phases(context, lines))
    elif zone.section == "indicators":
        draft.indicators.extend(read_indicators(context, lines))
    elif zone.section == "linked_objectives":
        draft.linked_objectives.extend(read_linked_objectives(context, lines))
    elif zone.section == "gantt":
        for index in lines:
            context.ledger.claim_line(context.line(index), Claim.BOILERPLATE)
    return ()


def _without_links(context: Context, draft: Draft, lines: tuple[int, ...]) -> tuple[int, ...]:
    """The lines without links among them, whose own label ("Collegato a") a converter put elsewhere."""
    first = first_link(context.document, context.profile, lines)
    if first == len(lines):
        return lines
    rows, rest = read_links(context.document, context.profile, context.ledger, lines[first:])
    draft.dup_links.extend(rows)
    return (*lines[:first], *rest)


def _units(draft: Draft) -> tuple[str, ...]:
    """The offices that the header names: the centres of the phases are mostly among them."""
    names = [draft.fields[name].text for name in ("service", "direction") if name in draft.fields]
    direction = draft.fields.get("direction")
    if direction and not direction.text.upper().startswith("DIREZIONE"):
        names.append(f"DIREZIONE {direction.text}")
    return tuple(dict.fromkeys(names))
