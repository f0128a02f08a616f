"""The rows that wait to be mended: listed, or written as CSV to mend them in."""
# ruff: noqa: S608 - the names in statements are our own

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.columns import Column
from dashboard.sources.faulty_cells import column_of, faulty_cell, shown
from dashboard.sources.mapping import Mapping
from dashboard.sources.mending import spread
from dashboard.sources.reading.headers import places_of, usual
from dashboard.sources.reading.mended import MENDED
from dashboard.sources.trackers import attach_earlier, kept_mapping


@dataclass(frozen=True)
class Waiting:
    """A row in quarantine; `cells` is None where it could not be read as cells."""

    tracker: str
    file: str
    line: int
    reason: str
    header: list[str]
    cells: list[str] | None
    text: str | None
    delimiter: str
    columns: tuple[Column, ...]  # of the mapping of its tracker
    key_columns: tuple[Column, ...]  # of these, the ones that say which row is which

    @property
    def told(self) -> str:
        """The cell that the reason is about, or the row as it stood, for a person."""
        if self.cells is None:
            return shown(self.text or "")
        cell = faulty_cell(self.reason, self.columns, self.header, self.cells)
        return shown(self.delimiter.join(self.cells) if cell is None else cell)

    @property
    def cell(self) -> str:
        """The same below the header of its column; the row as it stood has none."""
        column = column_of(self.reason, self.columns) if self.cells else None
        is_one = column and len(places_of(self.header, column)) == 1
        return f"{column.header}: {self.told}" if column and is_one else self.told

    @property
    def key(self) -> str:
        """The cells of the key as the file has them; empty where there are none."""
        cells = self.cells or []
        places = [places_of(self.header, column) for column in self.key_columns]
        found = [cells[at[0]].strip() for at in places if cells and len(at) == 1]
        return " ".join(cell for cell in found if cell)


def waiting(database: Path) -> list[Waiting]:
    """The rows in quarantine, by tracker, file and line. Raises DatabaseError."""
    with _opened(database) as connection:
        return _waiting(connection)


def refused_of(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, most: int
) -> list[Waiting]:
    """The first rows that would wait of an import that is whole and not kept yet.

    They are those of its own files: every file is a new arrival.
    """
    found = connection.execute(
        f"""
        {_REFUSED.format(schema="trackers")}
            and kept.tracker = $tracker
            and kept.arrival > (
                select coalesce(max(arrival), 0) from earlier.trackers.files
                where tracker = $tracker
            )
        {_FIRST}
        """,
        {"tracker": plan.name, "most": most},
    )
    return [Waiting(*(*row, plan.columns, _keys(plan))) for row in found.fetchall()]


def first_waiting(database: Path, most: int) -> tuple[list[Waiting], dict[str, int]]:
    """The first rows in quarantine, and how many wait of each tracker.

    None where nothing was imported yet. Raises DatabaseError.
    """
    if not database.is_file():
        return [], {}
    with _opened(database) as connection:
        counts = connection.execute(
            "select tracker, count(*) from earlier.trackers.rows"
            " where reason is not null group by tracker order by tracker"
        ).fetchall()
        return _waiting(connection, most), dict(counts)


def write_waiting(database: Path, target: Path, tracker: str | None) -> int:
    """Write the rows of a tracker to a new CSV file; gives how many.

    The tracker need be named only where rows of several wait. Raises ImportFileError
    where that, or the file, is not as it must be, and DatabaseError.
    """
    rows = waiting(database)
    name = _the_tracker(rows, tracker)
    of_it = [row for row in rows if row.tracker == name]
    _write(target, of_it)
    return len(of_it)


@contextmanager
def _opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not database.is_file():
        raise DatabaseError(f"{database} is not there: name the file of your imports.")
    with duckdb.connect() as connection:
        attach_earlier(connection, database)
        yield connection


def _waiting(
    connection: duckdb.DuckDBPyConnection, most: int | None = None
) -> list[Waiting]:
    found = connection.execute(
        _REFUSED.format(schema="earlier.trackers") + _FIRST, {"most": most}
    )
    rows = found.fetchall()
    columns = _columns(connection, {row[0] for row in rows})
    return [Waiting(*(*row, *columns[row[0]])) for row in rows]


_REFUSED = """
    select
        tracker, kept.file, kept.line, kept.reason, files.header, kept.cells,
        kept.text, kept.delimiter
    from {schema}.rows as kept
    inner join {schema}.files as files using (tracker, arrival)
    where kept.reason is not null
"""
_FIRST = """
    order by tracker, kept.file, kept.line, kept.row_number
    limit $most
"""


def _columns(
    connection: duckdb.DuckDBPyConnection, trackers: Iterable[str]
) -> dict[str, tuple[tuple[Column, ...], tuple[Column, ...]]]:
    """The columns of the kept mapping of each tracker, and those of its key."""
    found = {}
    for tracker in trackers:
        with TemporaryDirectory() as folder:
            plan = kept_mapping(connection, tracker, Path(folder))
        found[tracker] = plan.columns, _keys(plan)
    return found


def _keys(plan: Mapping) -> tuple[Column, ...]:
    named = {column.name: column for column in plan.columns}
    return tuple(named[name] for name in plan.key)


def _the_tracker(rows: Sequence[Waiting], wanted: str | None) -> str:
    names = sorted({row.tracker for row in rows})
    if not names:
        raise ImportFileError("No row waits in quarantine, so no file was written.")
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted not in names:
        raise ImportFileError(
            f"Rows of {', '.join(names)} wait in quarantine: name one of these with "
            "--tracker."
        )
    return wanted


def _write(target: Path, rows: Sequence[Waiting]) -> None:
    """One header for all: that of the newest file, and what others have beside it."""
    header, columns = list(rows[-1].header), rows[-1].columns
    names = [usual(name, columns) for name in header]
    for row in rows:
        for name in row.header:
            if usual(name, columns) not in names:
                header.append(name)
                names.append(usual(name, columns))
    try:
        # Spreadsheets know UTF-8 by its mark.
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header + MENDED)
            writer.writerows(_cells(row, names) for row in rows)
    except FileExistsError as error:
        raise ImportFileError(
            f"{target} is there already: name another file, or import what you have "
            "mended in it and remove it."
        ) from error
    except OSError as error:
        raise ImportFileError(
            f"{target} cannot be written ({error.strerror}): name another file."
        ) from error


def _cells(row: Waiting, names: list[str]) -> list[str]:
    """The cells under the header, then why the row waits, and where it came from."""
    cells = row.cells
    if cells is None:
        cells = spread(row.text or "", row.delimiter, len(row.header))
    own = [usual(name, row.columns) for name in row.header]
    if own != names[: len(own)]:
        named = dict(zip(reversed(own), reversed(cells), strict=True))
        cells = [named.get(name, "") for name in names]
    cells = cells + [""] * (len(names) - len(cells))
    return [*cells, row.reason, row.file, str(row.line)]
