"""The choice of form: by its labels, never by a silent priority."""

import random
import tomllib

import pytest

from pegextract.errors import AmbiguousForm, ProfileError, UnknownForm
from pegextract.layouts.forms import choose_profile
from pegextract.layouts.profile import Profile, load_profile, parse_profile, shipped_profiles
from pegextract.readers.door import read_document
from pegextract.runs.extract import Settings, extract_document
from tests.forms.damage import damage
from tests.forms.render import RENDERINGS
from tests.forms.second_form import SECOND_RENDERINGS, random_second_sheet
from tests.forms.sheets import random_sheet

LETTER = b"""Spettabile Comune,

con la presente si trasmette la relazione annuale del Servizio. Restiamo a disposizione.

Cordiali saluti
La Dirigente
"""
SMALL = """
[form]
name = "small"
title = "A small form"
[header]
rows = [["direction"], ["manager"]]
[header.labels]
direction = ["SETTORE"]
manager = ["RESPONSABILE"]
[sections]
description = ["DESCRIZIONE"]
"""


def named(name: str) -> Profile:
    """The shipped form of that name."""
    return next(profile for profile in shipped_profiles() if profile.form.name == name)


def second_sheet() -> bytes:
    """A sheet of the second form."""
    return SECOND_RENDERINGS["plain"](random_second_sheet(random.Random(1)), random.Random(1)).encode()


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_florence_claims_its_sheets_alone(rendering):
    """No sheet of the first form is claimed by the second, damaged or not."""
    for seed in range(20):
        rng = random.Random(seed)
        text = RENDERINGS[rendering](random_sheet(rng), rng)
        for printed in (text, damage(text, rng)) if rendering == "ocr" else (text,):
            assert choose_profile(read_document(printed.encode(), "a.txt"), shipped_profiles()).form.name == "firenze"


@pytest.mark.parametrize("rendering", SECOND_RENDERINGS)
def test_the_second_form_claims_its_sheets_alone(rendering):
    """And no sheet of the second form is claimed by the first."""
    for seed in range(20):
        rng = random.Random(seed)
        text = SECOND_RENDERINGS[rendering](random_second_sheet(rng), rng)
        assert choose_profile(read_document(text.encode(), "a.txt"), shipped_profiles()).form.name == "settori"


def test_two_forms_that_claim_a_document_are_both_named():
    """The document fails, and the message names both forms and how to choose."""
    profiles = (*shipped_profiles(), parse_profile(SMALL, "small.toml"))
    with pytest.raises(AmbiguousForm, match=r"settori, small.*--form"):
        choose_profile(read_document(second_sheet(), "a.txt"), profiles)
    extraction = extract_document(second_sheet(), "a.txt", Settings(profiles))
    assert (extraction.status, extraction.error_code, extraction.sheets) == ("failed", "ambiguous_form", ())


def test_a_letter_is_no_sheet_and_the_nearest_labels_are_named():
    """A document of no known form fails with the labels that came nearest, for each form."""
    with pytest.raises(UnknownForm) as caught:
        choose_profile(read_document(LETTER, "letter.txt"), shipped_profiles())
    message = str(caught.value)
    assert "firenze: 2 of 12 labels (Servizio, Dirigente)" in message
    assert all(profile.form.name in message for profile in shipped_profiles())
    assert "docs/profiles.md" in message
    extraction = extract_document(LETTER, "letter.txt", Settings(shipped_profiles()))
    assert (extraction.status, extraction.error_code) == ("failed", "unknown_form")
    assert extraction.error_message == message


@pytest.mark.parametrize("seed", range(40))
def test_labels_without_their_table_are_no_sheet(seed):
    """A text may say every label of a form, in sentences or as names of its own: it fails with a reason, or is read."""
    rng = random.Random(seed)
    profile = rng.choice(shipped_profiles())
    labels = [label for labels in profile.fingerprint.values() for label in labels]
    frames = ('"{}": null,', "a {} b", "{}", "- {}: \t", "| {} |", "{}{}", "\n{}")
    lines = [rng.choice(frames).replace("{}", label) for label in rng.sample(labels, rng.randint(1, len(labels)))]
    extraction = extract_document("\n".join(lines).encode(), "a.txt", Settings(shipped_profiles()))
    assert extraction.status != "failed" or extraction.error_code in ("no_sheet", "unknown_form", "ambiguous_form")


def test_the_named_form_is_the_only_one_tried():
    """With --form a document of another form is unknown, not read askew."""
    with pytest.raises(UnknownForm):
        choose_profile(read_document(second_sheet(), "a.txt"), (named("firenze"),))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (SMALL.replace('direction = ["SETTORE"]', 'directon = ["SETTORE"]'), "header.labels.directon"),
        (SMALL.replace('["direction"], ["manager"]', '["direction"], ["manger"]'), "header.rows.1.0"),
        (SMALL.replace("[sections]\n", "[section]\n"), "section"),
        (SMALL.replace('["RESPONSABILE"]', "[]"), "header.labels.manager"),
        (SMALL.replace('["RESPONSABILE"]', '"RESPONSABILE"'), "header.labels.manager"),
        (SMALL.replace('name = "small"\n', ""), "form.name"),
        (SMALL + '[codes]\nobjective = "OB-[0-9"\n', "codes.objective"),
        (SMALL + '[codes]\nlink = "(OS"\n', "codes.link"),
        (SMALL + '[boilerplate]\nlines = ["pag. ("]\n', "boilerplate.lines"),
        (SMALL + '[boilerplate]\ngantt = ["*"]\n', "boilerplate.gantt"),
        (SMALL.replace("[form]", "[form"), "not valid TOML"),
    ],
)
def test_a_typo_in_a_profile_is_named(tmp_path, wrong, key):
    """A TOML that does not hold together is refused with the file and the key."""
    path = tmp_path / "mine.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert str(path) in str(caught.value)
    assert key in str(caught.value)


def test_a_profile_that_is_not_there_is_named(tmp_path):
    """A wrong path is a sentence that names it."""
    with pytest.raises(ProfileError, match=r"nowhere\.toml: cannot be read"):
        load_profile(tmp_path / "nowhere.toml")


def test_a_header_row_without_labels_is_refused():
    """A field that a row names but no label can be recognised by is a mistake of the profile."""
    with pytest.raises(ProfileError, match=r"small\.toml: key header"):
        parse_profile(SMALL.replace('manager = ["RESPONSABILE"]\n', ""), "small.toml")


def test_shipped_profiles_say_where_they_are_from():
    """Each has a name of its own, a title, and is valid TOML without code."""
    names = [profile.form.name for profile in shipped_profiles()]
    assert len(set(names)) == len(names) >= 2
    assert all(profile.form.title for profile in shipped_profiles())
    assert tomllib.loads(SMALL)["form"]["name"] == "small"
