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

import duckdb
import pyarrow as pa

from dashboard.errors import TooManyRefusedError
from dashboard.relations import RELATIONS
from dashboard.sources.building import Building, Progress, no_progress
from dashboard.sources.delivery import Delivery, delivery
from dashboard.sources.importing import ImportReport, merge
from dashboard.sources.mapping import Mapping, read_mapping

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

ITEMS = 10
WAITING = 200


@dataclass(frozen=True)
class Refused:
    """A row that would wait in quarantine."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Without lines in the report, the files are imported already. `items` are the first
    rows of work_items that would be new or changed, earliest receipt first, without
    the columns that are empty in all of them; instants are UTC.
    """

    report: ImportReport
    zone: str  # of the mapping
    items: pa.Table | None = None
    changed_items: int = 0  # in all, and how many of them `items` shows the first of
    refused: tuple[Refused, ...] = ()  # the first, by file and line
    is_too_much: bool = False  # refused: an import has to be told to take the others


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
        items, changed = _changed_items(connection)
        refused = _refused(connection, plan)
        found = Preview(report, plan.zone, items, changed, refused, is_too_much)
        raise _SeenError(found)

    try:
        report = merge(given, database, progress, look, calendars=calendars)
        return Preview(report, plan.zone)
    except _SeenError as seen:
        return seen.preview


def _changed_items(connection: duckdb.DuckDBPyConnection) -> tuple[pa.Table, int]:
    """The first items that differ from what is there now, and how many do."""
    columns = RELATIONS["work_items"].column_names
    connection.execute(CHANGED if _has_items(connection) else ALL)
    [(count,)] = connection.execute("select count(*) from changed_items").fetchall()
    rows = connection.execute(
        "select * from changed_items order by received_at, item_id limit $most",
        {"most": ITEMS},
    ).to_arrow_table()
    told = [name for name in columns if rows[name].null_count < rows.num_rows]
    return rows.select(told or list(columns)), int(count)


def _has_items(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a file stands there already, with items as this version has them."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'earlier'"
        " and schema_name = 'main' and table_name = 'work_items' order by column_index"
    ).fetchall()
    return [name for (name,) in found] == list(RELATIONS["work_items"].column_names)


ALL = "create temp view changed_items as select * from work_items"
CHANGED = """
    create temp view changed_items as
    select * from work_items
    except
    select * from earlier.main.work_items
"""


def _refused(
    connection: duckdb.DuckDBPyConnection, plan: Mapping
) -> tuple[Refused, ...]:
    """The first rows of the files that would wait; every file is a new arrival."""
    found = connection.execute(
        """
        select file, line, reason
        from trackers.rows
        where
            tracker = $tracker and reason is not null
            and arrival > (
                select coalesce(max(arrival), 0) from earlier.trackers.files
                where tracker = $tracker
            )
        order by file, line, row_number
        limit $most
        """,
        {"tracker": plan.name, "most": WAITING},
    ).fetchall()
    return tuple(Refused(*row) for row in found)
