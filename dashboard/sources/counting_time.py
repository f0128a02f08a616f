"""The days of the calendars of a database being built, and the due dates by them."""
# ruff: noqa: S608 - names are those of relations

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from dashboard.sources.calendars import given_days, usual_days
from dashboard.sources.due_dates import date_elapsed, date_worked
from dashboard.sql.zones import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from dashboard.decisions import Calendars
    from dashboard.sources.building import Building


def count_time(building: Building) -> None:
    """Have the days stand in the file, and the due dates that are promised by them.

    This is done once, when all was put in: a second time, the due dates of the first
    would have the days reach further. Raises ImportFileError as `given_days` does.
    """
    if building.counts_time:
        return
    building.counts_time = True
    if building.calendars is not None:
        _decide(building, building.calendars)
    date_elapsed(building.connection)
    _fill_calendar(building)
    date_worked(building.connection)


def _decide(building: Building, calendars: Calendars) -> None:
    """Have the calendars that the site has decided stand in the file, and no others."""
    relations = ("calendars", "calendar_windows", "calendar_exceptions")
    for relation, rows in zip(relations, calendars, strict=True):
        building.connection.execute(f"delete from {relation}")
        if rows:
            building.insert(relation, pa.Table.from_pylist(list(rows)))
    building.connection.execute("delete from calendar_days")


def _fill_calendar(building: Building) -> None:
    """The days of the calendars, from before the first item to beyond the last date."""
    connection = building.connection
    if connection.execute("select 1 from calendar_days limit 1").fetchone():
        return
    first, last = _years(connection, building.as_of)

    def given(name: str) -> list[dict[str, object]]:
        return connection.execute(f"select * from {name}").to_arrow_table().to_pylist()

    if calendars := given("calendars"):
        windows, exceptions = given("calendar_windows"), given("calendar_exceptions")
        days = given_days(calendars, windows, exceptions, first, last)
    else:
        days = usual_days(building.zone, first, last)
    building.insert("calendar_days", days)


def _years(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[date, date]:
    """A year before the first and two after the last date of the items, or as-of."""
    [(first, last)] = connection.execute(
        "select extract(year from min(received_at)), extract(year from max(greatest("
        "received_at, completed_at, first_due_at, due_at))) from work_items"
        " where isfinite(greatest(received_at, completed_at, first_due_at, due_at))"
    ).fetchall()
    now = datetime.now(UTC).year
    first = max(int(min(first or now, now)), FIRST_YEAR + 1)
    last = min(max(int(last or first), first, as_of.year), LAST_YEAR - 3)
    return date(first - 1, 1, 1), date(last + 2, 12, 31)
