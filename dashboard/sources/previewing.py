"""Make an import whole, look at it, and do not keep it.

What an import would do is found by doing it: the same files, merged the same way, up to
the moment at which the new file would take its place. Then it is thrown away, so the
database stays as it was, and nothing stays beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from dashboard.errors import TooManyRefusedError
from dashboard.sources.building import Building, Progress, no_progress
from dashboard.sources.delivery import Delivery, delivery
from dashboard.sources.importing import ImportReport, merge
from dashboard.sources.item_changes import Change, changed_items, new_items
from dashboard.sources.mapping import read_mapping
from dashboard.sources.quarantine import Waiting, refused_of

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

ITEMS = 10
WAITING = 200


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Without lines in the report, the files are imported already. `items` are the first
    rows of work_items that would be new, earliest receipt first, without the columns
    that are empty in all of them; instants are UTC.
    """

    report: ImportReport
    zone: str  # of the mapping
    items: pa.Table | None = None
    new_items: int = 0  # in all, of which `items` shows the first
    changes: tuple[Change, ...] = ()  # of the first items that would change
    changed_items: int = 0  # in all
    refused: tuple[Waiting, ...] = ()  # the first, by file and line
    is_too_much: bool = False  # refused: an import has to be told to take the others

    @property
    def shown_changed_items(self) -> int:
        """Of how many items `changes` shows what would change."""
        return len({change.item_id for change in self.changes})


class _SeenError(Exception):
    """The import is whole and was looked at: what is left is to throw it away."""

    def __init__(self, preview: Preview):
        super().__init__()
        self.preview = preview


def preview_files(
    mapping: str | Path,
    files: Sequence[Path],
    database: Path,
    progress: Progress = no_progress,
    *,
    scope: frozenset[str] | None = None,
    calendars: Calendars | None = None,
) -> Preview:
    """What `import_files` would do with the same files; it raises what that raises.

    Where too many rows are refused, it shows what an import of the others would do.
    """
    plan = read_mapping(mapping)
    try:
        given = delivery(plan, files, scope, None)
        return _preview(given, database, progress, calendars)
    except TooManyRefusedError:
        given = delivery(plan, files, scope, 1.0)
        return _preview(given, database, progress, calendars, is_too_much=True)


def _preview(
    given: Delivery,
    database: Path,
    progress: Progress,
    calendars: Calendars | None,
    is_too_much: bool = False,
) -> Preview:
    """The preview of one delivery; whether more is refused than may be is told."""
    plan = given.plan

    def look(building: Building, report: ImportReport) -> None:
        connection = building.connection
        items, new = new_items(connection, ITEMS)
        changes, changed = changed_items(connection, ITEMS)
        refused = tuple(refused_of(connection, plan, WAITING))
        raise _SeenError(
            Preview(
                report, plan.zone, items, new, changes, changed, refused, is_too_much
            )
        )

    try:
        report = merge(given, database, progress, look, calendars=calendars)
        return Preview(report, plan.zone)
    except _SeenError as seen:
        return seen.preview
