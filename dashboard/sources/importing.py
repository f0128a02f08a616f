"""Import files into a DuckDB file of canonical relations, all or nothing.

Each row is read as text, typed, and put where the mapping says; a row that cannot be
read is kept in refused_rows with the reason. Every row is accounted for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.building import (
    Building,
    Progress,
    new_database,
    no_progress,
)
from dashboard.sources.filling import fill, newest_fact, warnings
from dashboard.sources.load_lines import LoadLine
from dashboard.sources.mapping import Mapping, read_mapping
from dashboard.sources.reading.rows import Note
from dashboard.sources.staging import read_cells
from dashboard.sources.typing.cells import type_cells


@dataclass(frozen=True)
class ImportReport:
    """What became of the rows: read, loaded per relation, refused per reason."""

    rows: int
    loaded: dict[str, int]
    refused: dict[str, int]  # commonest reason first
    warnings: tuple[str, ...]
    notes: tuple[Note, ...] = ()  # what was met in the files, told in warnings too

    @property
    def refused_rows(self) -> int:
        """How many rows were refused."""
        return sum(self.refused.values())


def import_files(
    mapping: str | Path,
    files: Sequence[Path],
    database: Path,
    progress: Progress = no_progress,
) -> ImportReport:
    """Build `database` anew from files; `mapping` is a path or a shipped name.

    Raises ImportFileError for a mapping or a file that is wrong, or if too many rows
    are refused, and DatabaseError where the database cannot be written. In every such
    case the database is as it was before.
    """
    plan = read_mapping(mapping)
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        with new_database(
            database,
            source=plan.name,
            zone=plan.zone,
            as_of=plan.as_of or now,
            progress=progress,
        ) as building:
            return _load(building, plan, files)
    except OSError as error:
        raise DatabaseError(
            f"{database} cannot be written ({error.strerror}): choose another place."
        ) from error
    except duckdb.Error as error:
        raise DatabaseError(
            f"{database} cannot be built: {str(error).splitlines()[0]}"
        ) from error


def _load(building: Building, plan: Mapping, files: Sequence[Path]) -> ImportReport:
    connection = building.connection
    connection.execute("set TimeZone = 'UTC'")
    notes = read_cells(building, plan, files)
    if not building.rows:
        raise ImportFileError(
            "The files have a header and no rows, so nothing was imported: check what "
            "wrote them."
        )
    # The SQL of a mapping may read what was staged, and nothing else.
    connection.execute("set enable_external_access = false")
    building.progress("Typing cells", 0, 1)
    notes += type_cells(connection, plan)
    refused = _refused(building)
    _check_share(building, plan)
    building.progress("Filling relations", 0, 1)
    loaded = fill(connection, plan)
    building.max_changed_at = newest_fact(connection)
    if not plan.as_of and building.max_changed_at:
        building.as_of = _midnight_after(building.max_changed_at, plan.zone)
    building.lines = _lines(building, files)
    found = warnings(connection)
    connection.execute("drop view source")
    connection.execute("drop table typed")
    told = (*map(str, notes), *found)
    return ImportReport(building.rows, loaded, refused, told, tuple(notes))


def _lines(building: Building, files: Sequence[Path]) -> list[LoadLine]:
    """What became of the rows of each file."""
    counts = building.connection.execute("""
        select file, sum(loaded), sum(refused)
        from (
            select source_file as file, count(*) as loaded, 0 as refused
            from source
            group by source_file
            union all
            select file, 0 as loaded, count(*) as refused
            from refused_rows
            group by file
        ) as parts
        group by file
    """).fetchall()
    of_file = {file: (int(loaded), int(refused)) for file, loaded, refused in counts}
    lines = []
    for name in dict.fromkeys(path.name for path in files):
        loaded, refused = of_file.get(name, (0, 0))
        lines.append(
            LoadLine(
                part=name,
                source_rows=loaded + refused,
                inserted_rows=loaded,
                quarantined_rows=refused,
                held_rows=loaded,
            )
        )
    return lines


def _refused(building: Building) -> dict[str, int]:
    """How many rows are refused, by reason."""
    counts = building.connection.execute("""
        select reason, count(*) as refused_rows
        from refused_rows
        group by reason
        order by refused_rows desc, reason
    """).fetchall()
    building.refused_rows = sum(count for _, count in counts)
    return dict(counts)


def _check_share(building: Building, plan: Mapping) -> None:
    """Refuse the whole import if too many of its rows are refused."""
    if building.refused_rows <= plan.refused_share * building.rows:
        return
    reasons = building.connection.execute("""
        select reason, count(*) as refused_rows, min(file), min(line)
        from refused_rows
        group by reason
        order by refused_rows desc, reason
        limit 5
    """).fetchall()
    told = "; ".join(
        f"{count:,} times, first in {file}, line {line}: {reason}"
        for reason, count, file, line in reasons
    )
    raise ImportFileError(
        f"{building.refused_rows:,} of {building.rows:,} rows cannot be read, more "
        f"than the {100 * plan.refused_share:g} % that refused_share allows, so "
        f"nothing was imported: {told}."
    )


def _midnight_after(newest: datetime, zone: str) -> datetime:
    """The midnight in the zone that ends the day of the newest fact; never to come.

    A fact of the future is an error of the source, and must not empty the pages.
    """
    local = ZoneInfo(zone)
    latest = min(newest.replace(tzinfo=UTC), datetime.now(UTC)).astimezone(local)
    midnight = datetime.combine(latest.date() + timedelta(days=1), time(), local)
    return midnight.astimezone(UTC).replace(tzinfo=None)
