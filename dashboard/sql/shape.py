"""What of a question changes its SQL; the rest is bound."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chosen:
    """How many values of a filter were chosen, and whether "(none)" was."""

    values: int
    none: bool


@dataclass(frozen=True)
class Shape:
    """All of a question that changes its SQL; the values are bound."""

    filters: tuple[tuple[str, Chosen], ...] = ()
    scope: int | None = None  # number of departments in it; None for every one
    where: tuple[tuple[str, Chosen], ...] = ()
    search: bool = False
    order: str = ""
    descending: bool = False
    paged: bool = False
    first: bool = False  # the first page
    count: bool = False
    summing: str | None = None
