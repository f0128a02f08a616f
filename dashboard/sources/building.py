"""Build a DuckDB file of canonical relations, all or nothing.

The file is written under a hidden name beside its place and moved there when it is
whole, so that a reader sees the old file or the new one, and a failure leaves nothing.
"""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from dashboard.errors import DatabaseError
from dashboard.private_folders import is_running
from dashboard.relations import RELATIONS, TYPES
from dashboard.sources.calendars import given_days, usual_days
from dashboard.sources.load_lines import LoadLine, keep_earlier_lines, lines_table
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.names import quoted
from dashboard.sql.zones import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

FORMAT = 8
ITEMS_PER_STEP = 500_000
MEMORY_LIMIT = "2GB"
DERIVED = [relation for relation in RELATIONS.values() if relation.is_derived]
OF_ITEMS = [relation.name for relation in DERIVED if "item_id" in relation.required]
OF_ALL = [relation.name for relation in DERIVED if relation.name not in OF_ITEMS]
UNTOUCHED = (
    "select * from earlier.{} where item_id not in (select item_id from touched)"
)

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def no_progress(what: str, done: int, total: int) -> None:
    """Tell nobody."""


class Building:
    """A database being built: put rows in, then let the `new_database` block end."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        progress: Progress,
        source: str,
        as_of: datetime,
    ):
        self.connection = connection
        self.progress = progress
        self.source = source  # all that the file holds, where this load adds to it
        self.as_of = as_of  # a source that is read first may tell a better one
        self.rows = 0  # read from the source
        self.refused_rows = 0
        self.max_changed_at: datetime | None = None
        self.lines: list[LoadLine] = []  # of the parts that were read
        self.derives_all = True  # else of the items in `touched`, as earlier.* has it
        self.headers: dict[str, list[str]] = {}  # of the files that were read
        self.places: dict[str, str] = {}  # a file, or a sheet of it -> the file
        self.delimiters: dict[str, str] = {}  # between the cells of a row's text

    def insert(self, relation: str, rows: pa.Table) -> None:
        """Add rows, matched by column name; columns that `rows` lacks stay null."""
        self.connection.register("incoming", rows)
        self.connection.execute(
            f"insert into {relation} by name select * from incoming"
        )
        self.connection.unregister("incoming")


@contextmanager
def new_database(
    path: Path,
    *,
    source: str,
    zone: str,
    as_of: datetime,
    is_sample: bool = False,
    progress: Progress = no_progress,
    calendars: Calendars | None = None,
) -> Iterator[Building]:
    """Give a Building; when the block ends well, its file stands at `path`.

    `as_of` is a UTC instant without zone; `calendars` are those that the site has
    decided, which count whatever was put in. Raises DatabaseError where the folder
    cannot be written. Whatever else goes wrong in the block, `path` is as it was
    before.
    """
    unfinished = _unfinished_file(path)
    with ExitStack() as stack:
        stack.callback(_forget, unfinished)
        connection = duckdb.connect(str(unfinished))
        stack.callback(_close, connection)
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("pragma disable_progress_bar")  # we tell of progress
        for relation in RELATIONS.values():
            columns = ", ".join(f"{c.name} {TYPES[c.kind]}" for c in relation.columns)
            connection.execute(f"create table {relation.name} ({columns})")
        for macro in macros(zone):
            connection.execute(macro)
        keep_earlier_lines(connection, path)
        building = Building(connection, progress, source, as_of)
        yield building
        if calendars is not None:
            _decide(building, calendars)
        _fill_calendar(building, zone)
        _derive(building)
        _tell(building, source, zone, is_sample)
        connection.execute("checkpoint")
        connection.close()
        _publish(unfinished, path)


def _close(connection: duckdb.DuckDBPyConnection) -> None:
    """Close it, also where what is left to write cannot be written."""
    with suppress(duckdb.Error):
        connection.close()


def _forget(unfinished: Path) -> None:
    for leftover in (unfinished, Path(f"{unfinished}.wal"), Path(f"{unfinished}.tmp")):
        _remove(leftover)


def check_replaceable(path: Path) -> None:
    """Refuse to replace what is no database: a wrong name must not cost a file."""
    if path.is_dir() or (
        path.is_file() and path.stat().st_size and not is_duckdb(path)
    ):
        raise DatabaseError(
            f"{path} is there already and is no DuckDB file: remove it, or choose "
            "another name."
        )


def is_duckdb(path: Path) -> bool:
    """Whether a file begins as DuckDB's do."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _unfinished_file(path: Path) -> Path:
    """A hidden name beside `path`; what dead builders left there is removed."""
    try:
        check_replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in path.parent.glob(f".{glob.escape(path.name)}.*.building*"):
            builder = leftover.name.removeprefix(f".{path.name}.").split(".")[0]
            if not is_running(builder):
                _remove(leftover)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.building")
        unfinished.touch()
        unfinished.unlink()
    except OSError as error:
        raise DatabaseError(
            f"{path} cannot be written ({error.strerror}): choose a folder that you "
            "may write to."
        ) from error
    return unfinished


def _remove(leftover: Path) -> None:
    """Remove a file, or the folder that DuckDB spilled into."""
    if leftover.is_dir():
        shutil.rmtree(leftover)
    else:
        leftover.unlink(missing_ok=True)


def deriving(relation: str) -> str:
    """The select that makes a derived relation of those before it, in no order."""
    text = Path(__file__).with_name(f"{relation}.sql").read_text(encoding="utf-8")
    return text.rpartition("\norder by ")[0]


def _derive(building: Building) -> None:
    """Fill the derived relations: those of items in bounded steps, then the others."""
    connection = building.connection
    # Without its name, main would be that of the temporary views: an endless circle.
    [(file,)] = connection.execute("select current_database()").fetchall()
    main = f"{quoted(file)}.main"
    seen = ("work_items", "work_events", "quality_reviews", *OF_ITEMS)
    for step, share in enumerate(shares := _shares(building)):
        building.progress("Deriving stays and stages", step, len(shares))
        for name in seen:
            view = f"select * from {main}.{name} {share}"
            connection.execute(f"create temp view {name} as {view}")
        for name in OF_ITEMS:
            connection.execute(f"insert into {main}.{name} by name {deriving(name)}")
        for name in seen:
            connection.execute(f"drop view temp.{name}")
    for name in OF_ALL:
        connection.execute(f"insert into {name} by name {deriving(name)}")
    building.progress("Deriving stays and stages", 1, 1)


def _shares(building: Building) -> list[str]:
    """Conditions by which items are derived step by step; what stays is copied."""
    connection = building.connection
    if not building.derives_all and _has_earlier_days(connection):
        for name in OF_ITEMS:
            connection.execute(f"insert into {name} by name {UNTOUCHED.format(name)}")
        return ["where item_id in (select item_id from touched)"]
    [(items,)] = connection.execute("select count(*) from work_items").fetchall()
    steps = max(1, -(-items // ITEMS_PER_STEP))
    if steps == 1:
        return [""]
    return [f"where hash(item_id) % {steps} = {step}" for step in range(steps)]


def _has_earlier_days(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether working time is counted as in the file before, so that clocks stay."""
    ours, theirs = "calendar_days", "earlier.calendar_days"
    [(others,)] = connection.execute(
        f"select count(*) from ((select * from {ours} except select * from {theirs})"
        f" union all (select * from {theirs} except select * from {ours}))"
    ).fetchall()
    return bool(others == 0)


def _decide(building: Building, calendars: Calendars) -> None:
    """Have the calendars that the site has decided stand in the file, and no others."""
    relations = ("calendars", "calendar_windows", "calendar_exceptions")
    for relation, rows in zip(relations, calendars, strict=True):
        building.connection.execute(f"delete from {relation}")
        if rows:
            building.insert(relation, pa.Table.from_pylist(list(rows)))
    building.connection.execute("delete from calendar_days")


def _fill_calendar(building: Building, zone: str) -> None:
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
        days = usual_days(zone, first, last)
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


def _tell(building: Building, source: str, zone: str, is_sample: bool) -> None:
    """Say what this file is; the log is written last, so its absence tells."""
    finished_at = datetime.now(UTC).replace(tzinfo=None)
    if building.lines:
        building.insert("load_lines", lines_table(building.lines, source, finished_at))
    log = {
        "source": building.source,
        "finished_at": finished_at,
        "max_changed_at": building.max_changed_at or building.as_of,
        "rows": building.rows,
        "refused_rows": building.refused_rows,
        "zone": zone,
        "as_of": building.as_of,
        "is_sample": is_sample,
        "format": FORMAT,
    }
    building.insert("load_log", pa.Table.from_pylist([log]))


def _publish(unfinished: Path, path: Path) -> None:
    """Move the finished file to its place, safely written to disk."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    with suppress(OSError):  # not every file system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
