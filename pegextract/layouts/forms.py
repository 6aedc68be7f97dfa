"""Which form is this? The profile whose labels the document prints; two that fit or none are errors that say so."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pegextract.document import Document
from pegextract.errors import AmbiguousForm, UnknownForm
from pegextract.layouts.profile import Profile, label_key

CLAIMS = 0.5
"""A profile claims a document that prints at least half of its header and section labels."""
CLEARLY = 0.6
"""Share of the best profile's share below which another one has no claim beside it."""
NEAREST_SHOWN = 8
LONG_LABEL = 8


def choose_profile(document: Document, profiles: Sequence[Profile]) -> Profile:
    """The one profile that claims the document. Raises UnknownForm or AmbiguousForm."""
    seen = _exactly(document, profiles)
    claims = [profile for profile, labels in seen if _share(profile, labels) >= CLAIMS]
    if len(claims) != 1:
        seen = _by_skeleton(document, profiles)
        shares = {profile.form.name: _share(profile, labels) for profile, labels in seen}
        least = max(CLAIMS, CLEARLY * max(shares.values(), default=0.0))
        claims = [profile for profile in profiles if shares[profile.form.name] >= least]
    if len(claims) == 1:
        return claims[0]
    if claims:
        names = ", ".join(profile.form.name for profile in claims)
        raise AmbiguousForm(f"the forms {names} all fit the labels of this document: choose one with --form NAME")
    raise UnknownForm(_unknown(seen))


def _share(profile: Profile, labels: Sequence[str]) -> float:
    """Share of the header's labels, or of all labels, that were seen: sheets may have few sections."""
    header = sum(label.startswith("header.") for label in labels) / len(profile.header.labels)
    everything = len(labels) / len(profile.fingerprint)
    return max(min(header, everything * 2), everything)


def _exactly(document: Document, profiles: Sequence[Profile]) -> list[tuple[Profile, list[str]]]:
    text = document.text
    return [
        (profile, [name for name, labels in profile.fingerprint.items() if any(label in text for label in labels)])
        for profile in profiles
    ]


def _by_skeleton(document: Document, profiles: Sequence[Profile]) -> list[tuple[Profile, list[str]]]:
    """The same with accents and OCR look-alikes levelled, and a wrong letter or two in long labels forgiven.

    Words in small letters are prose: a label in capitals is none of them.
    """
    printed = [word for word in document.text.split() if not word[:1].islower()]
    words = {capitals: _skeletons(printed, capitals=capitals) for capitals in (False, True)}
    joined = {capitals: f" {' '.join(keys)} " for capitals, keys in words.items()}
    return [
        (
            profile,
            [
                name
                for name, labels in profile.fingerprint.items()
                if any(_is_near(label, joined[label.isupper()], words[label.isupper()]) for label in labels)
            ],
        )
        for profile in profiles
    ]


def _skeletons(words: Sequence[str], *, capitals: bool) -> list[str]:
    return [
        label_key(word) for word in words if not capitals or word.replace("l", "I").upper() == word.replace("l", "I")
    ]


def _is_near(label: str, joined: str, words: Sequence[str]) -> bool:
    key = " ".join(label_key(word) for word in label.split() if not word[:1].islower())
    if f" {key} " in joined:
        return True
    return (
        len(key) >= LONG_LABEL
        and process.extractOne(key, words, scorer=Levenshtein.distance, score_cutoff=2) is not None
    )


def _unknown(seen: Sequence[tuple[Profile, Sequence[str]]]) -> str:
    parts = []
    for profile, names in sorted(seen, key=lambda pair: len(pair[1]), reverse=True):
        fingerprint = profile.fingerprint
        labels = [fingerprint[name][0] for name in names[:NEAREST_SHOWN]]
        share = f"{len(names)} of {len(fingerprint)} labels"
        parts.append(f"{profile.form.name}: {share}{' (' + ', '.join(labels) + ')' if labels else ''}")
    nearest = "; ".join(parts)
    return f"no form's labels are in this document; nearest: {nearest}. A new form is a new TOML: see docs/profiles.md"
