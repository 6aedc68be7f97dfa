"""A code that a scan lost is told: of a link beside others that have theirs, of a sheet among others."""

from pegextract.layouts.profile import shipped_profiles
from pegextract.models import DupLink, ObjectiveSheet
from pegextract.rules import check_sheet, codes_stand_on_all_sheets_or_none

FIRENZE = next(profile for profile in shipped_profiles() if profile.form.name == "firenze")


def sheet(*links: tuple[str | None, str | None], code: str | None = None) -> ObjectiveSheet:
    """A sheet with these links, each a code and a title."""
    rows = tuple(
        DupLink(link_number=n, level="obiettivo_strategico", code=link, title=title)
        for n, (link, title) in enumerate(links, 1)
    )
    return ObjectiveSheet(sheet_number=1, year=2021, year_source="code", confidence=1.0, code=code, dup_links=rows)


def links_told(one: ObjectiveSheet) -> set[int | None]:
    """The links that are said to lack their codes."""
    return {found.row_number for found in check_sheet(one, FIRENZE) if found.code == "link_without_code"}


def test_a_link_without_code_is_told_where_another_one_has_it():
    """Or where its title holds an underscore, which only codes hold; a form that prints no codes loses none."""
    assert links_told(sheet(("5.2.11", None), (None, "LA CULTURA COME MOTORE"))) == {2}
    assert links_told(sheet((None, "OB _STR_02 LA CULTURA COME MOTORE"))) == {1}
    assert links_told(sheet((None, "LA CULTURA COME MOTORE"), (None, "FIRENZE CITTÀ DIGITALE"))) == set()


def test_a_sheet_without_code_is_told_among_others_that_have_theirs():
    """A document without codes has lost none."""
    told = list(codes_stand_on_all_sheets_or_none([sheet(code="2021_ZN08"), sheet()]))
    assert [(index, found.code, found.field) for index, found in told] == [(1, "field_missing", "code")]
    assert list(codes_stand_on_all_sheets_or_none([sheet(), sheet()])) == []
