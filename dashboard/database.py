"""Open the operations database read-only and run SQL on it, with a time limit.

Only the gate calls this. A question gets its rows in columns (Arrow). When the file
under the path is replaced, the next question waits for those under way and reads the
new file.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings
from dashboard.sources.building import FORMAT
from dashboard.sql.dialects import Span, macros

BATCH_ROWS = 50_000

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


@dataclass(frozen=True)
class Load:
    """What the database says of itself: where from, when, how fresh."""

    source: str
    zone: str
    as_of: datetime | None  # UTC; None: facts arrive all the time, so as-of is now
    max_changed_at: datetime | None  # UTC
    rows: int | None
    refused_rows: int
    is_sample: bool


@dataclass(frozen=True)
class State:
    """The file as it stands: which one, its tables' columns, and its load."""

    identity: str
    columns: dict[str, frozenset[str]]
    load: Load
    engine: sa.Engine


class Database:
    """One operations database. Safe to use from many threads."""

    def __init__(self, settings: Settings):
        self.path = database_file(settings.database_url)
        self._zone = settings.zone
        self._limit = settings.time_limit_seconds
        self._turn = threading.Condition()
        self._running = 0
        self._state: State | None = None

    def state(self) -> State:
        """The file as it stands now; opens it, or opens it anew after a change.

        Raises DatabaseError where it is missing, locked, half-built, of another
        version or no DuckDB file.
        """
        with self._using() as state:
            return state

    def run(self, sql: str, values: Mapping[str, Any]) -> pa.Table:
        """All rows of one select. Raises DatabaseError, TimeLimitError."""
        with self._cursor(sql, values) as cursor:
            return cursor.to_arrow_table()

    def stream(self, sql: str, values: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
        """The rows of one select in batches, never all in memory at once."""
        with self._cursor(sql, values) as cursor:
            try:
                yield from cursor.to_arrow_reader(BATCH_ROWS)
            except (OSError, pa.ArrowException) as error:  # how its reader says it
                raise self._in_words(error) from error

    @contextmanager
    def _cursor(self, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
        try:
            with self._using() as state, state.engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                timer = threading.Timer(self._limit, driver.interrupt)
                timer.start()
                try:
                    yield connection.execute(sa.text(sql), dict(values)).cursor
                finally:
                    timer.cancel()
        except (SQLAlchemyError, duckdb.Error) as error:
            raise self._in_words(error) from error

    def _in_words(self, error: Exception) -> DatabaseError:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, duckdb.InterruptException) or "INTERRUPT" in str(cause):
            return TimeLimitError(
                f"This question took longer than {self._limit:g} seconds and was "
                "stopped. Choose a shorter period or fewer filters."
            )
        return DatabaseError(
            f"The operations database {self.path.name} could not answer: {cause}"
        )

    @contextmanager
    def _using(self) -> Iterator[State]:
        """The current file, held open; a change of file waits until nobody reads."""
        with self._turn:
            identity = _identity(self.path)
            if self._state is None or self._state.identity != identity:
                self._turn.wait_for(lambda: self._running == 0)
                self._reopen()
            state = self._state
            assert state is not None
            self._running += 1
        try:
            yield state
        finally:
            with self._turn:
                self._running -= 1
                self._turn.notify_all()

    def _reopen(self) -> None:
        identity = _identity(self.path)
        if self._state is not None:
            if self._state.identity == identity:
                return
            self._state.engine.dispose()
            self._state = None
        _check_opens(self.path)
        engine = _engine(self.path)
        columns = _columns(engine)
        load = _load(engine, columns, self.path, self._zone)
        for macro in macros(load.zone, _span(engine, columns)):
            _on_connect(engine, macro.replace("macro", "temp macro", 1))
        # Its progress bar goes to standard output, among the rows of `mis ask`.
        _on_connect(engine, "pragma disable_progress_bar")
        engine.dispose()  # connections made before the functions were known
        self._state = State(identity, columns, load, engine)


@lru_cache(maxsize=4)
def open_database(settings: Settings) -> Database:
    """The one Database of these settings in this process; pages and routes share it."""
    return Database(settings)


def database_file(url: str) -> Path:
    """The DuckDB file that a URL names; other databases come in a later version."""
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise DatabaseError(
            "The database URL is not one: write duckdb:///path/to/file.duckdb."
        ) from None
    if parsed.get_backend_name() != "duckdb":
        raise DatabaseError(
            f"The database URL names {parsed.get_backend_name()}, which this version "
            "cannot read yet: write duckdb:///path/to/file.duckdb."
        )
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseError(
            "The database URL names no file: write duckdb:///path/to/file.duckdb."
        )
    return Path(parsed.database)


def _identity(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        raise DatabaseError(
            f"The operations database {path.name} is not there: build one with "
            "`mis sample` or `mis import`, or correct the setting database_url."
        ) from None
    return f"{path}:{status.st_ino}:{status.st_mtime_ns}:{status.st_size}"


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
    spill = Path(tempfile.gettempdir()) / "mis-spill"
    return {**LOCKED_DOWN, "temp_directory": str(spill), "lock_configuration": "true"}


def _engine(path: Path) -> sa.Engine:
    return sa.create_engine(
        sa.URL.create("duckdb", database=str(path)),
        connect_args={"read_only": True, "config": _config()},
        pool_size=8,
        max_overflow=24,
        pool_timeout=10,
    )


def _on_connect(engine: sa.Engine, statement: str) -> None:
    @sa.event.listens_for(engine, "connect")
    def run(connection: Any, record: Any) -> None:
        connection.cursor().execute(statement)


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


def _span(engine: sa.Engine, columns: dict[str, frozenset[str]]) -> Span:
    """A year before the first to two years after the last instant of the data, or now.

    Offsets are exact in it; narrower is quicker to plan.
    """
    ends = {"received_at", "first_due_at", "due_at", "completed_at"}
    lasts = ", ".join(f"max({name})" for name in sorted(ends & columns["work_items"]))
    with engine.connect() as connection:
        first, *last = connection.execute(
            sa.text(f"select min(received_at), {lasts} from work_items")  # noqa: S608
        ).one()
    now = datetime.now(UTC).replace(tzinfo=None)
    found = [moment for moment in last if moment is not None]
    return (
        (first or now) - timedelta(days=366),
        max([now, *found]) + timedelta(days=731),
    )


def _load(
    engine: sa.Engine, columns: dict[str, frozenset[str]], path: Path, zone: str
) -> Load:
    if "work_items" not in columns:
        raise DatabaseError(
            f"The operations database {path.name} has no table work_items: build it "
            "anew with `mis sample` or `mis import`."
        )
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
    return Load(
        source=row["source"],
        zone=zone or row["zone"] or "UTC",
        as_of=row["as_of"],
        max_changed_at=row["max_changed_at"],
        rows=row["rows"],
        refused_rows=row["refused_rows"] or 0,
        is_sample=bool(row["is_sample"]),
    )
