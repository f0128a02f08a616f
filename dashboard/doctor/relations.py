"""What each relation holds: rows, keys, what is not told, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from dashboard.databases import Database
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.databases.state import State
from dashboard.databases.stopping import Stop
from dashboard.doctor.finding import Finding, amiss, note, well
from dashboard.errors import MisError
from dashboard.relations import MAPPED, RELATIONS, Relation
from dashboard.sql.rewriting import over
from dashboard.sql.tables import Table

EARLIEST = datetime(2000, 1, 1)
AHEAD = timedelta(hours=1)  # of our clock
DATED = ("instant", "date")
AS_ARROW = {"instant": pa.timestamp("us"), "date": pa.date32()}
# Dates that may well lie ahead: promises, and from when to when rows are in force.
MAY_LIE_AHEAD = (
    *("first_due_at", "due_at", "payment_due_at", "run_due_at", "promised_at"),
    *("onboarding_due", "expires_on", "retention_due", "statutory_due"),
    *("requested_at", "valid_from", "valid_to", "left_on", "day", "ends_on"),
    "period_end_on",
)
Profile = dict[str, Any]


def looked_at(database: Database, state: State, now: datetime) -> Iterator[Finding]:
    """Findings of each relation that a site may tell; `now` is UTC.

    A file of ours has every relation: one that is empty is not told.
    """
    tables = dict(state.tables)
    is_ours = isinstance(database, DuckDBFile)
    lacking = [name for name in MAPPED if name not in tables]
    for name in MAPPED:
        if name in tables:
            try:
                profile = _profile(database, state, RELATIONS[name], tables)
            except MisError as error:
                yield amiss(name, str(error))
                continue
            if is_ours and not profile["row_count"] and name != "work_items":
                lacking.append(name)
                continue
            yield from _found(RELATIONS[name], tables[name], profile, now)
    if lacking:
        yield note(
            "relations",
            f"Not told: {', '.join(lacking)}; what rests on them has no value.",
        )


def _profile(
    database: Database, state: State, relation: Relation, tables: dict[str, Table]
) -> Profile:
    """Counts and ends of a relation, in one reading of it."""
    there = [name for name, _ in tables[relation.name].columns]
    wanted = {"row_count": ("count(*)", pa.int64())}
    if relation.unique:
        key = f"count(distinct {relation.unique})"
        wanted["key_count"] = (key, pa.int64())
    for name in there:
        wanted[f"known_{name}"] = (f"count({name})", pa.int64())
        if relation.kind(name) in DATED:
            kind = AS_ARROW[relation.kind(name)]
            wanted[f"first_{name}"] = (f"min({name})", kind)
            wanted[f"last_{name}"] = (f"max({name})", kind)
    columns = ", ".join(f"{sql} as {name}" for name, (sql, _) in wanted.items())
    text = f"select {columns} from {relation.name}"  # noqa: S608
    schema = pa.schema([(name, kind) for name, (_, kind) in wanted.items()])
    sql = state.dialect.write(over(text, tables))
    profile: Profile = database.run(sql, {}, lambda: schema, Stop()).to_pylist()[0]
    return profile


def _found(
    relation: Relation, table: Table, profile: Profile, now: datetime
) -> Iterator[Finding]:
    name, rows = relation.name, profile["row_count"]
    if not rows:
        state = amiss if name == "work_items" else note
        yield state(name, "There is not a single row: look at its select or its table.")
        return
    yield well(name, f"{rows:,} rows{_ends(relation, profile)}.")
    if relation.unique and (more := profile[f"known_{relation.unique}"]) != (
        keys := profile["key_count"]
    ):
        yield amiss(
            name,
            f"{more - keys:,} rows repeat {relation.unique}, most often by a join too "
            "many: only the first of each counts.",
        )
    columns = [column for column, _ in table.columns]
    for column in relation.required:
        if lacking := rows - profile[f"known_{column}"]:
            yield amiss(
                name,
                f"{lacking:,} of {rows:,} rows have no {column}, and cannot count "
                "without.",
            )
    yield from _silent(relation, columns, profile)
    yield from _dates(relation, columns, profile, now)


def _ends(relation: Relation, profile: Profile) -> str:
    """From when to when the rows are, by the first date that they need."""
    dated = [c for c in relation.required if relation.kind(c) in DATED]
    if not dated or profile[f"first_{dated[0]}"] is None:
        return ""
    first, last = profile[f"first_{dated[0]}"], profile[f"last_{dated[0]}"]
    return f", {dated[0]} from {first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _silent(
    relation: Relation, columns: list[str], profile: Profile
) -> Iterator[Finding]:
    """Which columns tell nothing, and how much the others leave open."""
    rows = profile["row_count"]
    absent = [c for c in relation.column_names if c not in columns]
    silent = [c for c in columns if not profile[f"known_{c}"]]
    if absent or silent:
        told = "; ".join(
            f"{words} {', '.join(names)}"
            for words, names in (("not given:", absent), ("given, but empty:", silent))
            if names
        )
        yield note(relation.name, f"Columns {told}.")
    partly = [
        f"{c} {100 * (rows - profile[f'known_{c}']) / rows:.0f} %"
        for c in columns
        if c not in relation.required and 0 < profile[f"known_{c}"] < rows
    ]
    if partly:
        yield note(relation.name, f"Empty in part: {', '.join(partly)}.")


def _dates(
    relation: Relation, columns: list[str], profile: Profile, now: datetime
) -> Iterator[Finding]:
    """Events before there were computers, or that are still to come."""
    for column in columns:
        first, last = profile.get(f"first_{column}"), profile.get(f"last_{column}")
        if first is None or last is None or column in MAY_LIE_AHEAD:
            continue
        if _instant(first) < EARLIEST:
            yield amiss(
                relation.name,
                f"{column} goes back to {first:%Y-%m-%d}: dates before 2000 most often "
                "stand for none; give null instead.",
            )
        if _instant(last) > now + AHEAD:
            yield amiss(
                relation.name,
                f"{column} goes up to {last:%Y-%m-%d %H:%M}, which is still to come: "
                "local times were given as UTC, or a date is mistyped.",
            )


def _instant(value: date) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day)
