"""What a database that is read where it stands says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dashboard.databases.contract import conformed
from dashboard.databases.given import GivenDays, as_json, decided_days
from dashboard.databases.mapped import mapped_tables
from dashboard.databases.state import Load
from dashboard.decisions import NOTHING, Standing
from dashboard.errors import DatabaseError, ImportFileError
from dashboard.relations import RELATIONS, without_derived
from dashboard.relations.loaded import CALENDAR_DAYS
from dashboard.sources.calendars import given_days, usual_days
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.writing import GIVEN
from dashboard.sql.names import as_ours
from dashboard.sql.rewriting import over
from dashboard.sql.tables import Table, plain
from dashboard.sql.zones import Span, span_of
from dashboard.working_time import is_zone

if TYPE_CHECKING:
    from dashboard.databases.direct import Direct

Ends = tuple[datetime | None, datetime | None]
COUNTED = (
    "select count(*) as every_row, count(distinct case when received_at is not null"
    " then item_id end) as usable from work_items"
)
ENDS = (
    "select min(received_at) as first_at, max(received_at) as last_at,"
    " max(due_at) as due_at, max(completed_at) as completed_at from work_items"
)
DAYS = "select min(starts_at) as first_at, max(ends_at) as last_at from calendar_days"
LOG = (
    "select source, zone, as_of, max_changed_at, load_log.rows, refused_rows,"
    " is_sample, finished_at from load_log order by finished_at desc limit 1"
)
INSTANT = pa.timestamp("us")
KINDS = {
    "text": pa.string(),
    "instant": INSTANT,
    "date": pa.date32(),
    "flag": pa.bool_(),
    "count": pa.int64(),
}
LOGGED = RELATIONS["load_log"]


@dataclass(frozen=True)
class Description:
    """Its tables, how it writes SQL, its load, and what questions have to bring."""

    tables: dict[str, Table]
    dialect: Dialect
    load: Load
    given: dict[str, str]  # rows as JSON, by relation: its calendar where it lacks one
    is_replica: bool = False


class Describing:
    """One look at a database, through one connection."""

    def __init__(self, database: Direct, connection: Any, decided: Standing = NOTHING):
        self.database, self.connection = database, connection
        self.decided = decided
        catalog = database.catalog(connection)  # of a server that serves
        if database.selects:
            self.tables = mapped_tables(database, connection)
        else:
            self.tables = _tables(database, catalog)
            _check_items(self.tables)

    def described(self, zone: str) -> Description:
        """What it says of itself; `zone`, where given, wins. Raises DatabaseError."""
        load = self._load(zone)
        if "load_log" not in self.tables and self._repeats_items():
            self.tables |= _once_each(self.tables["work_items"])
        ends = self._row(ENDS, dict.fromkeys(FOUR, INSTANT))
        span = span_of(ends["first_at"], max(filter(None, ends.values()), default=None))
        load = replace(load, first_received_at=ends["first_at"])
        dialect = Dialect(self.database.dialect, load.zone, span, self._selects)
        given = self.decided.tables()
        days, calendar = self._given_days(load.zone, span)
        if days is not None:
            self.tables = without_derived(self.tables)
            given[CALENDAR_DAYS.name] = days.rows
        notices = (*self.decided.problems, *(days.notices if days else ()))
        self._give(given)
        load = replace(load, calendar=calendar, notices=notices)
        texts = {name: as_json(rows) for name, rows in given.items() if rows.num_rows}
        return Description(self.tables, dialect, load, texts)

    def _give(self, given: dict[str, pa.Table]) -> None:
        """Have relations be the rows that a question brings; of no rows, absent."""
        for name, rows in given.items():
            self.tables.pop(name, None)
            if rows.num_rows:
                columns = plain("", rows.column_names).columns
                self.tables[name] = Table(f"{GIVEN}{name}", columns)

    def _given_days(self, zone: str, span: Span) -> tuple[GivenDays | None, Ends]:
        """The days that questions bring, None where its own stand; and their ends."""
        first, last = self._calendar()
        decided, ends = self.decided.calendars, (span[0].date(), span[1].date())
        if decided is not None:
            days = decided_days(decided, self._own_days() if first else None, *ends)
            return days, (first, last) if days is None else span
        if first:
            return None, (first, last)
        return GivenDays(self._days(zone, span)), span

    def _own_days(self) -> pa.Table:
        """The calendar days that the database has."""
        names = CALENDAR_DAYS.column_names
        kinds = {name: KINDS[CALENDAR_DAYS.kind(name)] for name in names}
        rows = self._all(f"select {', '.join(names)} from calendar_days", kinds)
        return pa.Table.from_pylist(rows, pa.schema(list(kinds.items())))

    @property
    def _selects(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.database.selects.items())

    def _load(self, zone: str) -> Load:
        if "load_log" not in self.tables:
            name = self.database.url.database or self.database.dialect
            return Load(name, zone or "UTC", None, None, None, 0, False)
        kinds = {name: KINDS[LOGGED.kind(name)] for name in LOG_COLUMNS}
        row = self._row(LOG, kinds)
        if row["source"] is None:
            raise DatabaseError(
                "The operations database is half-built (its load_log is empty): wait "
                "until it is filled."
            )
        row["zone"] = zone or row["zone"] or "UTC"
        if not is_zone(row["zone"]):
            raise DatabaseError(
                f"The operations database has the reporting zone {row['zone']!r}, "
                "which is no time zone: name one in the setting zone, such as "
                "Europe/Paris."
            )
        row["refused_rows"] = row["refused_rows"] or 0
        del row["finished_at"]
        return Load(**row)

    def _repeats_items(self) -> bool:
        found = self._row(COUNTED, dict.fromkeys(("every_row", "usable"), pa.int64()))
        return bool(found["every_row"] != found["usable"])

    def _calendar(self) -> tuple[datetime | None, datetime | None]:
        """The ends of its own calendar days; None where it has none, or not all."""
        own = self.tables.get("calendar_days")
        names = {name for name, _ in own.columns} if own else set()
        if not names >= set(CALENDAR_DAYS.column_names):
            return None, None
        row = self._row(DAYS, dict.fromkeys(("first_at", "last_at"), INSTANT))
        return row["first_at"], row["last_at"]

    def _days(self, zone: str, span: Span) -> pa.Table:
        """The days of its calendars, or of the usual one where it has none."""
        first, last = span[0].date(), span[1].date()
        calendars, windows, exceptions = (self._rows(name) for name in OF_CALENDARS)
        try:
            if calendars:
                return given_days(calendars, windows, exceptions, first, last)
        except ImportFileError as error:
            raise DatabaseError(
                f"The operations database has a calendar that makes no sense. {error}"
            ) from error
        return usual_days(zone, first, last)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        relation = RELATIONS[name]
        if name not in self.tables:
            return []
        columns = ", ".join(relation.column_names)
        kinds = {
            column.name: KINDS.get(column.kind, pa.string())
            for column in relation.columns
        }
        return self._all(f"select {columns} from {name}", kinds)

    def _row(self, sql: str, kinds: dict[str, pa.DataType]) -> dict[str, Any]:
        """The first row; all null where there is none."""
        return next(iter(self._all(sql, kinds)), dict.fromkeys(kinds))

    def _all(self, sql: str, kinds: dict[str, pa.DataType]) -> list[dict[str, Any]]:
        schema = pa.schema(list(kinds.items()))
        dialect = Dialect(self.database.dialect, selects=self._selects)
        text = dialect.write(over(sql, self.tables))
        batches = self.database.batches(self.connection, text, {}, schema)
        return [
            row for batch in batches for row in conformed(batch, schema).to_pylist()
        ]


FOUR = ("first_at", "last_at", "due_at", "completed_at")
LOG_COLUMNS = (
    *("source", "zone", "as_of", "max_changed_at"),
    *("rows", "refused_rows", "is_sample", "finished_at"),
)
OF_CALENDARS = ("calendars", "calendar_windows", "calendar_exceptions")


def _tables(database: Direct, rows: list[tuple[str, str, str]]) -> dict[str, Table]:
    """The relations among its tables, whatever the case of their names."""
    found: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for table, column, kind in rows:
        relation = RELATIONS.get(table.lower())
        if relation and column.lower() in relation.column_names:
            wanted = relation.kind(column.lower())
            conforming = database.conforming(wanted, as_ours(column), kind)
            found.setdefault(relation.name, {})[column.lower()] = conforming
            names[relation.name] = as_ours(table)
    return {
        name: Table(names[name], tuple(sorted(columns.items())))
        for name, columns in found.items()
    }


def _check_items(tables: dict[str, Table]) -> None:
    """Raise DatabaseError where there is no work_items, or not enough of it."""
    if "work_items" not in tables:
        raise DatabaseError(
            "The operations database has no table or view work_items that may be "
            "read: make a view of that name over your own table, as "
            "docs/relations.md describes, give a mapping, or grant the right to select."
        )
    columns = {name for name, _ in tables["work_items"].columns}
    for name in RELATIONS["work_items"].required:
        if name not in columns:
            raise DatabaseError(
                f"The table work_items of the operations database lacks {name}: "
                "give it as docs/relations.md describes."
            )


def _once_each(items: Table) -> dict[str, Table]:
    """Each item once, by its first receipt, and the rows too many apart."""
    columns = dict(items.columns)
    key, at = columns["item_id"], columns["received_at"]
    others = ", ".join(sql for name, sql in items.columns if name != "item_id")
    ranked = (
        f"(select {items.source}.*, row_number() over (partition by {key}"
        f" order by {at}, {others}) as mis_place from {items.source}) as ranked"
    )
    usable = f"mis_place = 1 and {key} is not null and {at} is not null"
    return {
        "work_items": Table(ranked, items.columns, usable),
        "left_out_items": Table(ranked, items.columns, f"not ({usable})"),
    }
