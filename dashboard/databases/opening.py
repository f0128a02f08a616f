"""Open a DuckDB file as it stands now, with what the site has decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from dashboard.databases import file_contents as contents
from dashboard.databases.given import GivenDays, as_built, decided_days
from dashboard.databases.locked_down import check_opens, engine_of, on_connect, share
from dashboard.databases.state import State
from dashboard.decisions import NOTHING, Standing
from dashboard.errors import DatabaseError, ImportFileError
from dashboard.relations import without_derived
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.sources import own_files
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.tables import plain
from dashboard.sql.zones import Span, span_of

DAY_COLUMNS = frozenset(CALENDAR_DAYS.column_names)


def open_file(
    path: Path, zone: str, decided: Standing = NOTHING
) -> tuple[State, sa.Engine]:
    """Open the file as it stands now; `zone`, where given, wins over its own.

    What the site has decided stands in the place of the relations of the file.
    Raises DatabaseError where it is missing, locked, half-built, of another version or
    no DuckDB file.
    """
    identity = identity_of(path, decided)
    check_opens(path)
    try:
        return _opened(path, zone, identity, decided)
    except ImportFileError as error:  # of the calendars of a site's own file
        raise DatabaseError(
            f"The operations database {path.name} has a calendar that makes no sense. "
            f"{error}"
        ) from error
    except (SQLAlchemyError, duckdb.Error, ValueError, KeyError, TypeError) as error:
        raise DatabaseError(
            f"The operations database {path.name} is not as it should be "
            f"({_first_line(error)}): compare it with dashboard/relations/, or build "
            "it anew."
        ) from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).splitlines()[0] if str(cause) else type(cause).__name__


def _opened(
    path: Path, zone: str, identity: str, decided: Standing
) -> tuple[State, sa.Engine]:
    engine = engine_of(path)
    columns = contents.columns_in(engine)
    first, last = contents.ends_of_items(engine, columns, path)
    load, span = contents.load_of(engine, columns, path, zone), span_of(first, last)
    for macro in macros(load.zone, span):
        on_connect(engine, macro.replace("macro", "temp macro", 1))
    columns |= _once_each(engine, columns)
    if "load_log" in columns and contents.has_days(engine):
        decided = as_built(decided, contents.days_in(engine))
    days = _days(engine, columns, load.zone, span, decided)
    if days is None:
        calendar = contents.ends_of_days(engine)
    else:
        calendar = span
        columns = without_derived(columns)
        columns |= _shared(engine, {CALENDAR_DAYS.name: days.rows})
    columns |= _shared(engine, decided.tables())
    # Its progress bar goes to standard output, among the rows of `mis ask`.
    on_connect(engine, "pragma disable_progress_bar")
    engine.dispose()  # connections made before the functions were known
    tables = frozenset((name, plain(name, found)) for name, found in columns.items())
    notices = (*decided.problems, *(days.notices if days else ()))
    load = replace(load, first_received_at=first, calendar=calendar, notices=notices)
    # Zone and span are in the macros: the SQL of a question is that of any other file.
    return State(identity, tables, Dialect(), load), engine


def _shared(
    engine: sa.Engine, tables: dict[str, pa.Table]
) -> dict[str, frozenset[str]]:
    """Have rows of our own stand as relations; their columns."""
    for name, rows in tables.items():
        share(engine, name, rows)
    return {name: frozenset(rows.column_names) for name, rows in tables.items()}


def _days(
    engine: sa.Engine,
    columns: dict[str, frozenset[str]],
    zone: str,
    span: Span,
    decided: Standing,
) -> GivenDays | None:
    """The days that are ours to give; None where those of the file stand."""
    ends = span[0].date(), span[1].date()
    own = columns.get("calendar_days", frozenset())
    has_own = own >= DAY_COLUMNS and contents.has_days(engine)
    if decided.calendars is not None:
        days = contents.days_in(engine) if has_own else None
        return decided_days(decided.calendars, days, *ends)
    if has_own:
        return None
    with engine.connect() as connection:  # a site's own file that lacks them
        return GivenDays(own_files.days(connection, columns, zone, *ends))


def identity_of(path: Path, decided: Standing = NOTHING) -> str:
    """What tells one state of a file, and of what the site has decided, from the next.

    Raises DatabaseError where the file is not there.
    """
    try:
        status = path.stat()
    except OSError:
        raise DatabaseError(
            f"The operations database {path.name} is not there: build one with "
            "`mis sample` or `mis import`, or correct the setting database_url."
        ) from None
    file = f"{path}:{status.st_ino}:{status.st_mtime_ns}:{status.st_size}"
    return f"{file}:{decided.identity}"


def _once_each(
    engine: sa.Engine, columns: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Have each item of a site's own file occur once, and the rows too many apart."""
    if "load_log" in columns:  # built by us, so it does
        return {}
    with engine.connect() as connection:
        if not own_files.has_unusable_items(connection):
            return {}
        views = own_files.item_views(connection, columns["work_items"])
    for view in views:
        on_connect(engine, view)
    return {"left_out_items": columns["work_items"]}
