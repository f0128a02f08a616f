"""Open an operations database read-only, and read what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dashboard.databases.given import GivenDays, as_built, decided_days
from dashboard.databases.state import Load, State
from dashboard.decisions import NOTHING, Standing
from dashboard.errors import DatabaseError, ImportFileError
from dashboard.private_folders import private_folder
from dashboard.relations import without_derived
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.sources import own_files
from dashboard.sources.building import FORMAT
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.tables import plain
from dashboard.sql.zones import FIRST_YEAR, LAST_YEAR, Span
from dashboard.working_time import is_zone

# Nothing but reading the one file: no other file, no extension, no change of these.
LOCKED_DOWN = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "memory_limit": "1GB",
    "max_temp_directory_size": "2GB",
    "threads": "2",
}


# Dates beyond are mistakes, or stand for none.
EARLIEST = f"timestamp '{FIRST_YEAR}-01-01'"
LATEST = f"timestamp '{LAST_YEAR - 3}-01-01'"


DAY_COLUMNS = frozenset(CALENDAR_DAYS.column_names)
BACKENDS = (
    *("duckdb", "postgresql", "mysql", "mariadb", "sqlite", "clickhousedb"),
    "mssql",
)


@lru_cache(maxsize=16)
def backend_of(url: str) -> str:
    """Which kind of database a URL names. Raises DatabaseError."""
    try:
        name = sa.make_url(url).get_backend_name()
    except ArgumentError:
        raise DatabaseError(
            "The database URL is not one: write duckdb:///path/to/file.duckdb, or "
            "another of docs/databases.md."
        ) from None
    if name not in BACKENDS:
        raise DatabaseError(
            f"The database URL names {name}, which this version cannot read: it reads "
            f"{', '.join(BACKENDS)}."
        )
    return name


@lru_cache(maxsize=16)
def database_file(url: str) -> Path:
    """The DuckDB file that a URL names. Raises DatabaseError."""
    backend_of(url)
    parsed = sa.make_url(url)
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseError(
            "The database URL names no file: write duckdb:///path/to/file.duckdb."
        )
    return Path(parsed.database)


def open_file(
    path: Path, zone: str, decided: Standing = NOTHING
) -> tuple[State, sa.Engine]:
    """Open the file as it stands now; `zone`, where given, wins over its own.

    What the site has decided stands in the place of the relations of the file.
    Raises DatabaseError where it is missing, locked, half-built, of another version or
    no DuckDB file.
    """
    identity = identity_of(path, decided)
    _check_opens(path)
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
    engine = _engine(path)
    columns = _columns(engine)
    first, last = _ends(engine, columns, path)
    load = replace(_load(engine, columns, path, zone), first_received_at=first)
    span = _span(first, last)
    for macro in macros(load.zone, span):
        _on_connect(engine, macro.replace("macro", "temp macro", 1))
    columns |= _once_each(engine, columns)
    if "load_log" in columns and _has_days(engine):
        decided = as_built(decided, _own_days(engine))
    days = _days(engine, columns, load.zone, span, decided)
    if days is None:
        calendar = _calendar(engine)
    else:
        _share(engine, "calendar_days", days.rows)
        columns = without_derived(columns) | {"calendar_days": DAY_COLUMNS}
        calendar = span
    for name, rows in decided.tables().items():
        _share(engine, name, rows)
        columns = columns | {name: frozenset(rows.column_names)}
    # Its progress bar goes to standard output, among the rows of `mis ask`.
    _on_connect(engine, "pragma disable_progress_bar")
    engine.dispose()  # connections made before the functions were known
    tables = frozenset((name, plain(name, found)) for name, found in columns.items())
    # Zone and span are in the macros: the SQL of a question is that of any other file.
    notices = (*decided.problems, *(days.notices if days else ()))
    load = replace(load, calendar=calendar, notices=notices)
    return State(identity, tables, Dialect(), load), engine


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
    has_own = own >= DAY_COLUMNS and _has_days(engine)
    if decided.calendars is not None:
        days = _own_days(engine) if has_own else None
        return decided_days(decided.calendars, days, *ends)
    if has_own:
        return None
    with engine.connect() as connection:  # a site's own file that lacks them
        return GivenDays(own_files.days(connection, columns, zone, *ends))


def _own_days(engine: sa.Engine) -> pa.Table:
    names = ", ".join(CALENDAR_DAYS.column_names)
    text = sa.text(f"select {names} from calendar_days")  # noqa: S608
    with engine.connect() as connection:
        cursor: Any = connection.execute(text).cursor
        return cursor.to_arrow_table()


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


def _check_opens(path: Path) -> None:
    """Open once without SQLAlchemy, whose words for a bad file help no reader."""
    try:
        duckdb.connect(str(path), read_only=True, config=_config()).close()
    except duckdb.Error as error:
        text = str(error)
        if "different configuration" in text:  # this process has it open already
            return
        if "lock" in text:
            what = "is being written by another program: try again when it is done"
        elif "not a valid DuckDB database" in text or "magic" in text.lower():
            what = "is not a DuckDB file: correct the setting database_url"
        elif "version" in text:
            what = "was written by another version of DuckDB: build it anew"
        else:
            what = "cannot be opened: build it anew, or restore it"
        raise DatabaseError(f"The operations database {path.name} {what}.") from error


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {
        **LOCKED_DOWN,
        "temp_directory": str(_spill()),
        "lock_configuration": "true",
    }


@lru_cache(maxsize=1)
def _spill() -> Path:
    """Where questions of this process spill; two processes in one would read wrong."""
    return private_folder("spill")


def _engine(path: Path) -> sa.Engine:
    return sa.create_engine(
        sa.URL.create("duckdb", database=str(path)),
        connect_args={"read_only": True, "config": _config()},
        pool_size=8,
        max_overflow=24,
        pool_timeout=10,
        isolation_level="AUTOCOMMIT",  # each question is one select
        pool_reset_on_return=None,
    )


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
        _on_connect(engine, view)
    return {"left_out_items": columns["work_items"]}


def _on_connect(engine: sa.Engine, statement: str) -> None:
    @sa.event.listens_for(engine, "connect")
    def run(connection: Any, record: Any) -> None:
        connection.cursor().execute(statement)


def _share(engine: sa.Engine, name: str, rows: pa.Table) -> None:
    """Have rows of our own stand as a relation on every connection."""

    @sa.event.listens_for(engine, "connect")
    def run(connection: Any, record: Any) -> None:
        connection.register(name, rows)


def _columns(engine: sa.Engine) -> dict[str, frozenset[str]]:
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


def _ends(
    engine: sa.Engine, columns: dict[str, frozenset[str]], path: Path
) -> tuple[datetime | None, datetime | None]:
    """The first receipt, and the last date of any item."""
    if "work_items" not in columns:
        raise DatabaseError(
            f"The operations database {path.name} has no table work_items: build it "
            "anew with `mis sample` or `mis import`."
        )
    dates = {"received_at", "first_due_at", "due_at", "completed_at"}
    found = ["min(received_at)"]
    found += [f"max({name})" for name in sorted(dates & columns["work_items"])]
    ends = ", ".join(f"least(greatest({end}, {EARLIEST}), {LATEST})" for end in found)
    with engine.connect() as connection:
        first, *last = connection.execute(
            sa.text(f"select {ends} from work_items")  # noqa: S608
        ).one()
    return first, max((at for at in last if at is not None), default=None)


def _has_days(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        found = connection.execute(sa.text("select 1 from calendar_days limit 1"))
        return found.first() is not None


def _calendar(engine: sa.Engine) -> tuple[datetime | None, datetime | None]:
    with engine.connect() as connection:
        first, last = connection.execute(
            sa.text("select min(starts_at), max(ends_at) from calendar_days")
        ).one()
    return first, last


def _span(first: datetime | None, last: datetime | None) -> Span:
    """A year before the first to two years after the last of the data, or of now.

    Offsets are exact in it; narrower is quicker to plan.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    return (
        (first or now) - timedelta(days=366),
        max(now, last or now) + timedelta(days=731),
    )


def _load(
    engine: sa.Engine, columns: dict[str, frozenset[str]], path: Path, zone: str
) -> Load:
    if "load_log" not in columns:  # a site's own file: facts arrive all the time
        return Load(path.stem, zone or "UTC", None, None, None, 0, False)
    with engine.connect() as connection:
        row = (
            connection.execute(
                sa.text("select * from load_log order by finished_at desc limit 1")
            )
            .mappings()
            .first()
        )
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
    zone = zone or row["zone"] or "UTC"
    if not is_zone(zone):
        raise DatabaseError(
            f"The operations database {path.name} has the reporting zone {zone!r}, "
            "which is no time zone: build it anew, or name one in the setting zone, "
            "such as Europe/Paris."
        )
    return Load(
        source=row["source"],
        zone=zone,
        as_of=row["as_of"],
        max_changed_at=row["max_changed_at"],
        rows=row["rows"],
        refused_rows=row["refused_rows"] or 0,
        is_sample=bool(row["is_sample"]),
    )
