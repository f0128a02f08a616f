"""What a look at a connection finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `state` is well, note or mend."""

    about: str
    state: str
    told: str


def well(about: str, told: str) -> Finding:
    """It is as it should be."""
    return Finding(about, "well", told)


def note(about: str, told: str) -> Finding:
    """It may be as it should be; who knows the data has to say."""
    return Finding(about, "note", told)


def amiss(about: str, told: str) -> Finding:
    """It is wrong, and `told` says what to do."""
    return Finding(about, "mend", told)
