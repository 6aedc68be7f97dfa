"""Which forms are tried: all that come with the package, or the one that the user names."""

from __future__ import annotations

from pathlib import Path

from pegextract.errors import UsageError
from pegextract.layouts.profile import Profile, load_profile, shipped_profiles
from pegextract.runs.names import safe


def chosen_forms(form: str | None) -> tuple[Profile, ...]:
    """The profiles to try: the shipped one of that name, the one in that TOML file, or every shipped one.

    Raises UsageError for an unknown name, ProfileError for a TOML that does not hold together.
    """
    if form is None:
        return shipped_profiles()
    if form.lower().endswith(".toml"):
        return (load_profile(Path(form)),)
    named = tuple(profile for profile in shipped_profiles() if profile.form.name == form)
    if not named:
        names = ", ".join(profile.form.name for profile in shipped_profiles())
        raise UsageError(f"there is no form «{safe(form)}»; there are {names}, or give the path of a profile TOML")
    return named
