"""The mappings that can be chosen: those used before, and those that are shipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.sources.mapping import read_mapping, shipped_names
from dashboard.sources.trackers import kept_mappings, texts


@dataclass(frozen=True)
class Known:
    """A mapping by the name of its tracker, and its files."""

    name: str
    files: dict[str, str]
    is_shipped: bool


def known_mappings(database: Path) -> list[Known]:
    """Those with which files were imported here, then those that are shipped.

    Raises DatabaseError.
    """
    used = kept_mappings(database)
    shipped = [read_mapping(name) for name in shipped_names()]
    return [
        *(Known(name, files, is_shipped=False) for name, files in used.items()),
        *(
            Known(plan.name, texts(plan), is_shipped=True)
            for plan in shipped
            if plan.name not in used
        ),
    ]
