"""What a DuckDB file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dashboard.databases.state import Load
from dashboard.errors import DatabaseError
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.sources.building import FORMAT
from dashboard.sql.zones import EARLIEST, LATEST
from dashboard.working_time import is_zone

Columns = Mapping[str, frozenset[str]]  # by relation
Ends = tuple[datetime | None, datetime | None]


def columns_in(engine: sa.Engine) -> dict[str, frozenset[str]]:
    """Its tables and their columns, in small letters."""
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "select table_name, column_name from information_schema.columns"
                " where table_schema = 'main'"
            )
        )
        found: dict[str, set[str]] = {}
        for table, column in rows:
            found.setdefault(table.lower(), set()).add(column.lower())
    return {table: frozenset(names) for table, names in found.items()}


def load_of(engine: sa.Engine, columns: Columns, path: Path, zone: str) -> Load:
    """What its last build says; `zone`, where given, wins. Raises DatabaseError."""
    if "load_log" not in columns:  # a site's own file: facts arrive all the time
        return Load(path.stem, zone or "UTC", None, None, None, 0, False)
    row = _last_build(engine, path)
    return Load(
        source=row["source"],
        zone=_checked_zone(zone or row["zone"] or "UTC", path),
        as_of=row["as_of"],
        max_changed_at=row["max_changed_at"],
        rows=row["rows"],
        refused_rows=row["refused_rows"] or 0,
        is_sample=bool(row["is_sample"]),
    )


def _last_build(engine: sa.Engine, path: Path) -> Mapping[str, Any]:
    newest = sa.text("select * from load_log order by finished_at desc limit 1")
    with engine.connect() as connection:
        row = connection.execute(newest).mappings().first()
    if row is None:
        raise DatabaseError(
            f"The operations database {path.name} is half-built: build it anew with "
            "`mis sample` or `mis import`."
        )
    if row.get("format") != FORMAT:
        raise DatabaseError(
            f"The operations database {path.name} was built by another version of this "
            "program: build it anew with `mis sample` or `mis import`."
        )
    return dict(row)


def _checked_zone(zone: str, path: Path) -> str:
    if not is_zone(zone):
        raise DatabaseError(
            f"The operations database {path.name} has the reporting zone {zone!r}, "
            "which is no time zone: build it anew, or name one in the setting zone, "
            "such as Europe/Paris."
        )
    return zone


def ends_of_items(engine: sa.Engine, columns: Columns, path: Path) -> Ends:
    """The first receipt, and the last date of any item. Raises DatabaseError."""
    if "work_items" not in columns:
        raise DatabaseError(
            f"The operations database {path.name} has no table work_items: build it "
            "anew with `mis sample` or `mis import`."
        )
    dates = {"received_at", "first_due_at", "due_at", "completed_at"}
    found = ["min(received_at)"]
    found += [f"max({name})" for name in sorted(dates & columns["work_items"])]
    least, most = f"timestamp '{EARLIEST}'", f"timestamp '{LATEST}'"
    ends = ", ".join(f"least(greatest({end}, {least}), {most})" for end in found)
    with engine.connect() as connection:
        first, *last = connection.execute(
            sa.text(f"select {ends} from work_items")  # noqa: S608
        ).one()
    return first, max((at for at in last if at is not None), default=None)


def has_days(engine: sa.Engine) -> bool:
    """Whether its calendar is expanded into days."""
    with engine.connect() as connection:
        found = connection.execute(sa.text("select 1 from calendar_days limit 1"))
        return found.first() is not None


def ends_of_days(engine: sa.Engine) -> Ends:
    """From when to when its calendar days reach."""
    with engine.connect() as connection:
        first, last = connection.execute(
            sa.text("select min(starts_at), max(ends_at) from calendar_days")
        ).one()
    return first, last


def days_in(engine: sa.Engine) -> pa.Table:
    """Its calendar days."""
    names = ", ".join(CALENDAR_DAYS.column_names)
    text = sa.text(f"select {names} from calendar_days")  # noqa: S608
    with engine.connect() as connection:
        cursor: Any = connection.execute(text).cursor
        return cursor.to_arrow_table()
