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
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from dashboard.errors import DatabaseError
from dashboard.private_folders import is_running
from dashboard.relations import RELATIONS, TYPES
from dashboard.sources.counting_time import count_time
from dashboard.sources.deriving import deriving
from dashboard.sources.load_lines import LoadLine, keep_earlier_lines, lines_table
from dashboard.sql.dialects.duckdb import macros
from dashboard.sql.names import quoted

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
        zone: str,
        as_of: datetime,
        calendars: Calendars | None = None,
    ):
        self.connection = connection
        self.progress = progress
        self.source = source  # all that the file holds, where this load adds to it
        self.zone = zone
        self.as_of = as_of  # a source that is read first may tell a better one
        self.calendars = calendars  # that the site has decided
        self.counts_time = False  # nothing that the days depend on is put in any more
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
        building = Building(connection, progress, source, zone, as_of, calendars)
        yield building
        count_time(building)
        _derive(building)
        _tell(building, source, is_sample)
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


def _tell(building: Building, source: str, is_sample: bool) -> None:
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
        "zone": building.zone,
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
