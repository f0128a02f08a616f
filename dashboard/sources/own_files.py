"""What a site's own DuckDB file lacks: items that occur once, calendars in days.

A file that we build is put right before it is written. One of a site's own is only
read, so it is put right on each connection, by views that stand before its tables.
"""
# ruff: noqa: S608 - names are those of the file's own columns, quoted

from __future__ import annotations

from datetime import date

import pyarrow as pa
import sqlalchemy as sa

from dashboard.relations import RELATIONS, TYPES
from dashboard.sources.calendars import given_days, usual_days
from dashboard.sql.names import quoted

Columns = dict[str, frozenset[str]]

GIVEN = ("calendars", "calendar_windows", "calendar_exceptions")


def has_unusable_items(connection: sa.Connection) -> bool:
    """Whether a row of work_items repeats a key, or lacks key or receipt."""
    rows, usable = connection.execute(
        sa.text(
            "select count(*), count(distinct case when received_at is not null"
            " then item_id end) from work_items"
        )
    ).one()
    return bool(rows != usable)


def item_views(connection: sa.Connection, columns: frozenset[str]) -> tuple[str, ...]:
    """Views work_items, with the first received of each key, and left_out_items.

    A repeated key is most often a join too many in the site's view: to refuse the file
    would keep everything from its readers, and to drop every row of that key would
    lose a real item. Its receipt is the first arrival, so the first received stays; the
    others are left out, counted and listed. Which rows these are does not depend on the
    order of the table.
    """
    [(file,)] = connection.execute(sa.text("select current_database()")).all()
    others = ", ".join(quoted(name) for name in sorted(columns - {"item_id"}))
    ranked = (
        "select *, row_number() over (partition by item_id"
        f" order by received_at, {others}) as mis_place"
        f" from {quoted(file)}.main.work_items"
    )
    usable = "mis_place = 1 and item_id is not null and received_at is not null"
    return tuple(
        f"create temp view {name} as select * exclude (mis_place) from ({ranked})"
        f" where {condition}"
        for name, condition in (
            ("work_items", usable),
            ("left_out_items", f"not ({usable})"),
        )
    )


def days(
    connection: sa.Connection, columns: Columns, zone: str, first: date, last: date
) -> pa.Table:
    """The days of the file's own calendars, or of the usual one where it has none.

    Raises ImportFileError for a zone or hours that make no sense.
    """
    calendars, windows, exceptions = (_rows(connection, columns, r) for r in GIVEN)
    if calendars:
        return given_days(calendars, windows, exceptions, first, last)
    return usual_days(zone, first, last)


def _rows(
    connection: sa.Connection, columns: Columns, relation: str
) -> list[dict[str, object]]:
    """The rows of a relation; columns that the file lacks are null."""
    if relation not in columns:
        return []
    values = ", ".join(
        f"cast({c.name if c.name in columns[relation] else 'null'} as {TYPES[c.kind]})"
        f" as {c.name}"
        for c in RELATIONS[relation].columns
    )
    found = connection.execute(sa.text(f"select {values} from {relation}"))
    return [dict(row) for row in found.mappings()]
