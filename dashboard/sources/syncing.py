"""Copy the relations of a busy database into a DuckDB file, all or nothing.

Where a relation tells when its rows changed, only those that did since the last copy
are read; the others are those of the file before. Counts are held against the source
each time, and once a day everything is compared: so rows that were deleted, or changed
without saying so, are found. The new file takes the place of the old one when it is
whole; who reads meanwhile reads the old one.
"""
# ruff: noqa: S608 - names are those of our relations

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dashboard.databases import open_database
from dashboard.databases.direct import Direct, Snapshot
from dashboard.errors import DatabaseError, SettingsError
from dashboard.relations import MAPPED, RELATIONS
from dashboard.relations.loaded import LEFT_OUT_ITEMS
from dashboard.settings import Settings
from dashboard.sources.building import Building, Progress, new_database, no_progress
from dashboard.sources.comparing import Changes, note_touched, taken_over, taken_whole
from dashboard.sources.filling import newest_fact
from dashboard.sources.load_lines import LoadLine
from dashboard.sources.marks import Mark, attach_earlier, check_is_copy, keep_marks
from dashboard.sources.one_at_a_time import one_at_a_time
from dashboard.sql.copying import copied, counted
from dashboard.sql.dialects import Dialect
from dashboard.sql.selects import CHANGED_AT
from dashboard.sql.tables import Table

if TYPE_CHECKING:
    from dashboard.decisions import Calendars

COPY_SECONDS = 3600.0
WHOLE_EVERY = timedelta(hours=24)
OVERLAP = timedelta(minutes=10)  # of a change that was committed late
COPIED = (*MAPPED, LEFT_OUT_ITEMS.name)
EVER_CHANGING = ("work_items", "work_events")  # others are as fresh as their copy
CALENDARS = ("calendars", "calendar_windows", "calendar_exceptions")
OF_NO_ITEM = ("work_types", *CALENDARS)


@dataclass(frozen=True)
class SyncReport:
    """What became of each relation, and whether all rows were compared."""

    lines: tuple[LoadLine, ...]
    was_whole: bool


def open_source(settings: Settings, url: str) -> Direct:
    """The database to copy from, with time to be read. Raises SettingsError."""
    if not url:
        raise SettingsError(
            "There is no database to copy from: name one in the setting source_url, or "
            "with --from."
        )
    given = replace(
        settings, database_url=url, time_limit_seconds=COPY_SECONDS, decisions=""
    )
    source = open_database(given)
    if not isinstance(source, Direct):
        raise SettingsError(
            "A DuckDB file is not copied: read it where it stands, by the setting "
            "database_url."
        )
    return source


def sync_lines(report: SyncReport) -> list[str]:
    """What became of each relation, in words."""
    how = "All rows were compared." if report.was_whole else "Changes were copied."
    return [
        how,
        *(
            f"  {line.part}: {line.source_rows:,} rows = {line.inserted_rows:,} new + "
            f"{line.updated_rows:,} changed + {line.unchanged_rows:,} as they were; "
            f"{line.deleted_rows:,} gone"
            for line in report.lines
        ),
    ]


def sync(
    source: Direct,
    path: Path,
    progress: Progress = no_progress,
    *,
    whole: bool = False,
    expected_minutes: int | None = None,
    calendars: Calendars | None = None,
) -> SyncReport:
    """Bring the file at `path` to the state of `source`; `whole` compares all rows.

    `calendars` are those that the site has decided: then the source's are not copied.
    Raises DatabaseError where the source cannot be read or the file not be written:
    then the file is as it was before.
    """
    source.forget()  # its tables may have changed since they were looked at
    state = source.state()
    about, started = state.load, datetime.now(UTC).replace(tzinfo=None)
    try:
        with (
            one_at_a_time(path, progress),
            new_database(
                path,
                source=about.source,
                zone=about.zone,
                as_of=started,
                progress=progress,
                calendars=calendars,
            ) as building,
        ):
            check_is_copy(path)
            marks = attach_earlier(building.connection, path, about.source, about.zone)
            if whole or _is_due(marks, started):
                marks = {kind: Mark(None, m.whole_at) for kind, m in marks.items()}
            with source.snapshot() as snapshot:
                copying = _Copying(building, snapshot, state.dialect, marks, started)
                tables = dict(state.tables)
                for kind in COPIED:
                    is_decided = calendars is not None and kind in CALENDARS
                    if kind in tables and not is_decided:
                        copying.copy(kind, tables[kind])
            return copying.finished(expected_minutes)
    except duckdb.Error as error:
        raise DatabaseError(
            f"{path} cannot be built: {str(error).splitlines()[0]}"
        ) from error
    except OSError as error:
        raise DatabaseError(
            f"{path} cannot be written ({error.strerror}): choose another place."
        ) from error


def _is_due(marks: dict[str, Mark], now: datetime) -> bool:
    """Whether it is time to compare all rows."""
    return any(now - mark.whole_at >= WHOLE_EVERY for mark in marks.values())


class _Copying:
    """One sync under way: relation after relation, from one snapshot."""

    def __init__(
        self,
        building: Building,
        snapshot: Snapshot,
        dialect: Dialect,
        marks: dict[str, Mark],
        started: datetime,
    ):
        self.building, self.snapshot, self.dialect = building, snapshot, dialect
        self.connection = building.connection
        self.earlier, self.started = marks, started
        self.marks: dict[str, Mark] = {}
        self.changes: dict[str, Changes] = {}
        self.connection.execute("create temp table touched (item_id varchar)")

    def copy(self, kind: str, table: Table) -> None:
        """Fill a relation: with what changed since the last time, else with all."""
        rows = self._counted(table)
        mark = self.earlier.get(kind)
        since = mark.changed_at if mark and table.changed_at else None
        if mark and since:
            self._read(kind, table, rows, since - OVERLAP)
            changes = taken_over(self.connection, kind)
            if changes.held_rows == rows:
                newest = changes.newest_at or since
                self._done(kind, changes, Mark(max(newest, since), mark.whole_at))
                return
            self.connection.execute(f"delete from {kind}")
        self._read(kind, table, rows, None)
        changes = taken_whole(self.connection, kind, mark is not None)
        if changes.held_rows != rows:
            raise DatabaseError(
                f"The source has {rows:,} rows of {kind}, and {changes.held_rows:,} of "
                "them came: nothing was changed; run `mis sync` again."
            )
        self._done(kind, changes, Mark(changes.newest_at, self.started))

    def _done(self, kind: str, changes: Changes, mark: Mark) -> None:
        if self.earlier and "item_id" in RELATIONS[kind].column_names:
            note_touched(self.connection, kind, mark.whole_at == self.started)
        self.changes[kind], self.marks[kind] = changes, mark
        self.connection.execute("drop table incoming")

    def finished(self, expected_minutes: int | None) -> SyncReport:
        """What the file says of this load; what is derived is made afterwards."""
        building = self.building
        keep_marks(self.connection, self.marks)
        building.derives_all = set(self.earlier) != set(self.marks) or any(
            self.changes[kind].has_any for kind in OF_NO_ITEM if kind in self.changes
        )
        building.rows = sum(changes.source_rows for changes in self.changes.values())
        told = [mark.changed_at for mark in self.marks.values() if mark.changed_at]
        building.max_changed_at = max(told, default=newest_fact(self.connection))
        building.lines = [
            changes.line(kind, expected_minutes)
            if kind in EVER_CHANGING
            else replace(changes, newest_at=None).line(kind, expected_minutes)
            for kind, changes in self.changes.items()
        ]
        was_whole = all(m.whole_at == self.started for m in self.marks.values())
        return SyncReport(tuple(building.lines), was_whole)

    def _counted(self, table: Table) -> int:
        sql = self.dialect.write(counted(table))
        schema = duckdb.sql("select 1::bigint as number").to_arrow_table().schema
        [batch] = self.snapshot.read(sql, {}, schema)
        return int(batch["number"][0].as_py())

    def _read(self, kind: str, table: Table, rows: int, since: datetime | None) -> None:
        """Read rows into the table `incoming`, in the types of the relation."""
        run = self.connection.execute
        run(
            "create or replace temp table incoming as"
            f" select *, null::timestamp as {CHANGED_AT} from {kind} limit 0"
        )
        names = [name for name, _ in table.columns]
        names += [CHANGED_AT] if table.changed_at else []
        like = f"select {', '.join(names)} from incoming"
        schema = run(like).to_arrow_table().schema
        sql = self.dialect.write(copied(table, since is not None), {"since": "instant"})
        values = {"since": since} if since else {}
        done = 0
        for batch in self.snapshot.read(sql, values, schema):
            self.connection.register("batch", batch)
            run("insert into incoming by name select * from batch")
            self.connection.unregister("batch")
            done += batch.num_rows
            self.building.progress(f"Copying {kind}", done, rows)
