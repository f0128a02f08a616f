"""Import files into a DuckDB file of canonical relations, all or nothing.

The file keeps the rows of its trackers as text. An import merges the rows of its files
into them by key, types all of them again, and fills the relations anew; a row that
cannot be read waits in quarantine with the reason. Every row is accounted for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.building import Building, Progress, new_database, no_progress
from dashboard.sources.building_anew import counts_by
from dashboard.sources.counting import lines
from dashboard.sources.counting_time import count_time
from dashboard.sources.delivery import Delivery, delivery, is_imported
from dashboard.sources.due_dates import told_of_promises
from dashboard.sources.endings import ended_and_open
from dashboard.sources.filling import held, newest_fact, warnings
from dashboard.sources.filling_apart import fill_apart
from dashboard.sources.gathering import add_rows, add_typed, forget_added, gather
from dashboard.sources.keeping import keep, show_refused
from dashboard.sources.load_lines import LoadLine
from dashboard.sources.mapping import Mapping, read_mapping
from dashboard.sources.one_at_a_time import one_at_a_time
from dashboard.sources.reading.mended import is_mended
from dashboard.sources.reading.rows import Note
from dashboard.sources.refusing import check_share, check_still_read, refused
from dashboard.sources.settling import settle
from dashboard.sources.spellings import mixed_keys, spellings
from dashboard.sources.staging import read_cells
from dashboard.sources.trackers import attach_earlier, create_tables, other_mappings
from dashboard.sources.typing.cells import type_cells
from dashboard.sources.typing.noticing import notes_of_cells

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

NO_SPACE = ("No space left", "File too large", "disk full", "Disk quota")


class _NoRowsError(Exception):
    """The files have no rows: what stands in the database stays."""

    def __init__(self, notes: list[Note]):
        super().__init__()
        self.notes = notes


@dataclass(frozen=True)
class ImportReport:
    """What became of the rows of the files, and what the relations hold now.

    Without lines, the files had been imported already; without rows, they have none.
    In both cases nothing was written.
    """

    lines: tuple[LoadLine, ...] = ()
    loaded: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)  # commonest reason first
    warnings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()  # what was met in the files, told in warnings too
    still_broken: tuple[str, ...] = ()  # files of mended rows that are all refused

    @property
    def rows(self) -> int:
        """How many rows the files have."""
        return sum(line.source_rows for line in self.lines)

    @property
    def refused_rows(self) -> int:
        """How many of them were refused."""
        return sum(self.refused.values())


def import_files(
    mapping: str | Path,
    files: Sequence[Path],
    database: Path,
    progress: Progress = no_progress,
    *,
    scope: frozenset[str] | None = None,
    refused_share: float | None = None,
    calendars: Calendars | None = None,
) -> ImportReport:
    """Merge files into `database`; `mapping` is a path or a shipped name.

    `scope` are the departments that the importer may import, None for all of them;
    `refused_share` is how much may be refused, where that is not as the mapping says;
    `calendars` are those that the site has decided.

    Raises ImportFileError for a mapping or a file that is wrong, or if too many rows
    are refused, and DatabaseError where the database cannot be written. In every such
    case the database is as it was before.
    """
    given = delivery(read_mapping(mapping), files, scope, refused_share)
    return merge(given, database, progress, calendars=calendars)


Look = Callable[[Building, ImportReport], None]
"""Shown an import that is whole, just before it is kept; may raise to stop it."""


def keep_unseen(building: Building, report: ImportReport) -> None:
    """Have no look at it."""


def merge(
    given: Delivery,
    database: Path,
    progress: Progress,
    look: Look = keep_unseen,
    *,
    calendars: Calendars | None = None,
) -> ImportReport:
    """Merge a delivery into `database`, unless `look` stops it.

    Raises what `import_files` and `look` raise; then the database is as it was before.
    """
    try:
        with one_at_a_time(database, progress):
            return _import(given, database, progress, look, calendars)
    except OSError as error:
        raise DatabaseError(
            _no_space(database, str(error))
            or f"{database} cannot be written ({error.strerror}): choose another place."
        ) from error
    except duckdb.Error as error:
        raise DatabaseError(
            _no_space(database, str(error))
            or f"{database} cannot be built: {str(error).splitlines()[0]}"
        ) from error


def _no_space(database: Path, reason: str) -> str:
    """What to do where that is the reason; empty where it is another."""
    if not any(words in reason for words in NO_SPACE):
        return ""
    return (
        f"There is no space left for {database}, so nothing was changed: free some and "
        "try again."
    )


def _import(
    given: Delivery,
    database: Path,
    progress: Progress,
    look: Look,
    calendars: Calendars | None,
) -> ImportReport:
    plan = given.plan
    with TemporaryDirectory(prefix="mis-mappings.") as folder:
        with duckdb.connect() as connection:
            attach_earlier(connection, database)
            if is_imported(connection, given) and counts_by(connection, calendars):
                return ImportReport()
            plans = [plan, *other_mappings(connection, plan.name, Path(folder))]
        _check_zones(plans)
        try:
            with new_database(
                database,
                source=plan.name,
                zone=plan.zone,
                as_of=datetime.now(UTC).replace(tzinfo=None),
                progress=progress,
                calendars=calendars,
            ) as building:
                attach_earlier(building.connection, database)
                report = _load(building, given, plans)
                look(building, report)
                return report
        except _NoRowsError as found:
            return _without_rows(given, found.notes)


def _without_rows(given: Delivery, notes: list[Note]) -> ImportReport:
    """The report of files that have a header alone: nothing is written."""
    told = tuple(LoadLine(part=file, source_rows=0) for file in given.hashes)
    return ImportReport(told, warnings=tuple(map(str, notes)), notes=tuple(notes))


def _check_zones(plans: list[Mapping]) -> None:
    """All trackers of a database report in one zone."""
    plan, *others = plans
    for other in others:
        if other.zone != plan.zone:
            raise ImportFileError(
                f"{plan.path}, [source]: the zone is {plan.zone}, and that of "
                f"{other.name} in the same database {other.zone}: choose one, or "
                "import into another file."
            )


def _load(building: Building, given: Delivery, plans: list[Mapping]) -> ImportReport:
    connection = building.connection
    connection.execute("set TimeZone = 'UTC'")
    create_tables(connection, "trackers")
    notes = read_cells(building, given.plan, given.files)
    if not building.rows:
        raise _NoRowsError(notes)
    # The SQL of a mapping may read what was staged, and nothing else.
    connection.execute("set enable_external_access = false")
    building.progress("Typing cells", 0, 1)
    notes += notes_of_cells(connection, given.plan.columns)
    notes += type_cells(connection, given.plan)
    read = add_rows(building, given)
    _type_kept(building, given.plan)
    add_typed(connection)
    of_keys = mixed_keys(connection, given.plan)
    _fill_from(building, given.plan, given.scope)
    check_share(connection, given.plan, given.refused_share)
    reasons = refused(connection)
    building.lines = lines(connection, given.plan, read)
    forget_added(connection)
    for other in plans[1:]:
        _type_kept(building, other)
        _fill_from(building, other, None)
    show_refused(connection)
    _tell_of_all(building, plans)
    count_time(building)
    loaded = held(connection, plans)
    told = (
        *(*map(str, notes), *warnings(connection), *ended_and_open(connection)),
        *(*told_of_promises(connection), *spellings(connection), *of_keys),
    )
    return ImportReport(
        tuple(building.lines),
        loaded,
        reasons,
        told,
        tuple(notes),
        _still_broken(building),
    )


def _still_broken(building: Building) -> tuple[str, ...]:
    """The files of mended rows of which every row is refused once more."""
    return tuple(
        line.part
        for line in building.lines
        if is_mended(building.headers[line.part])
        and line.quarantined_rows == line.source_rows
    )


def _type_kept(building: Building, plan: Mapping) -> None:
    """Type what is kept of a tracker again: its mapping may have changed."""
    building.progress(f"Typing kept cells of {plan.name}", 0, 1)
    gather(building.connection, plan)
    type_cells(building.connection, plan)


def _fill_from(building: Building, plan: Mapping, scope: frozenset[str] | None) -> None:
    """Settle which rows of a tracker count, keep all, and fill the relations."""
    connection = building.connection
    settle(connection, plan, scope)
    check_still_read(connection, plan)
    building.progress(f"Filling relations from {plan.name}", 0, 1)
    keep(connection, plan)
    fill_apart(connection, plan)
    connection.execute("drop view source")
    connection.execute("drop table typed")


def _tell_of_all(building: Building, plans: list[Mapping]) -> None:
    """Say of the whole file what it holds, and until when."""
    connection = building.connection
    building.source = ", ".join(sorted(plan.name for plan in plans))
    [(building.rows, building.refused_rows)] = connection.execute(
        "select count(*), count(reason) from trackers.rows"
    ).fetchall()
    building.max_changed_at = newest_fact(connection)
    stated = [plan.as_of for plan in plans if plan.as_of]
    if len(stated) == len(plans):
        building.as_of = max(stated)
    elif building.max_changed_at:
        building.as_of = _midnight_after(building.max_changed_at, plans[0].zone)


def _midnight_after(newest: datetime, zone: str) -> datetime:
    """The midnight in the zone that ends the day of the newest fact; never to come.

    A fact of the future is an error of the source, and must not empty the pages.
    """
    local = ZoneInfo(zone)
    latest = min(newest.replace(tzinfo=UTC), datetime.now(UTC)).astimezone(local)
    midnight = datetime.combine(latest.date() + timedelta(days=1), time(), local)
    return midnight.astimezone(UTC).replace(tzinfo=None)
