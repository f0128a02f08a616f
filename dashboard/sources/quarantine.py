"""The rows that wait to be mended: listed, or written as CSV to mend them in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.mapping import Mapping
from dashboard.sources.mending import MENDED, spread
from dashboard.sources.reading.headers import usual
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


def waiting(database: Path) -> list[Waiting]:
    """The rows in quarantine, by tracker, file and line. Raises DatabaseError."""
    with _opened(database) as connection:
        return _waiting(connection)


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
    with _opened(database) as connection, TemporaryDirectory() as folder:
        rows = _waiting(connection)
        name = _the_tracker(rows, tracker)
        plan = kept_mapping(connection, name, Path(folder))
        of_it = [row for row in rows if row.tracker == name]
    _write(target, plan, of_it)
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
        """
        select
            tracker, kept.file, kept.line, kept.reason, files.header, kept.cells,
            kept.text, kept.delimiter
        from earlier.trackers.rows as kept
        inner join earlier.trackers.files as files using (tracker, arrival)
        where kept.reason is not null
        order by tracker, kept.file, kept.line, kept.row_number
        limit $most
        """,
        {"most": most},
    )
    return [Waiting(*row) for row in found.fetchall()]


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


def _write(target: Path, plan: Mapping, rows: Sequence[Waiting]) -> None:
    """One header for all: that of the newest file, and what others have beside it."""
    header = list(rows[-1].header)
    names = [usual(name, plan.columns) for name in header]
    for row in rows:
        for name in row.header:
            if usual(name, plan.columns) not in names:
                header.append(name)
                names.append(usual(name, plan.columns))
    try:
        # Spreadsheets know UTF-8 by its mark.
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header + MENDED)
            writer.writerows(_cells(row, names, plan) for row in rows)
    except FileExistsError as error:
        raise ImportFileError(
            f"{target} is there already: name another file, or import what you have "
            "mended in it and remove it."
        ) from error
    except OSError as error:
        raise ImportFileError(
            f"{target} cannot be written ({error.strerror}): name another file."
        ) from error


def _cells(row: Waiting, names: list[str], plan: Mapping) -> list[str]:
    """The cells under the header, then why the row waits, and where it came from."""
    cells = row.cells
    if cells is None:
        cells = spread(row.text or "", row.delimiter, len(row.header))
    own = [usual(name, plan.columns) for name in row.header]
    if own != names[: len(own)]:
        named = dict(zip(reversed(own), reversed(cells), strict=True))
        cells = [named.get(name, "") for name in names]
    cells = cells + [""] * (len(names) - len(cells))
    return [*cells, row.reason, row.file, str(row.line)]
