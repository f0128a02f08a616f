"""Fill the canonical relations from the view `source`, as a mapping says."""
# ruff: noqa: S608 - names come from a checked mapping, values are bound

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from dashboard.errors import ImportFileError
from dashboard.relations import MAPPED, RELATIONS, TYPES
from dashboard.sources.mapping import Constant, Filling, Mapping
from dashboard.sources.promises import keep_promises

FACTS = {
    "work_items": ("received_at", "started_at", "completed_at", "cancelled_at"),
    "work_events": ("event_at",),
    "quality_reviews": ("reviewed_at",),
    "ext_accounts_payable": ("approved_at", "paid_at"),
    "ext_accounts_receivable": ("paid_at",),
    "ext_human_resources": ("approved_at", "applied_at", "offered_at", "accepted_at"),
    "ext_customer_support": ("abandoned_at",),
    "ext_it_support": ("restored_at", "resolved_at"),
    "ext_document_management": ("requested_at", "found_at"),
    "ext_order_management": ("delivered_at",),
    "ext_outsourced": ("delivered_at",),
}
OF_ITEMS = tuple(  # whose rows name an item that has to be there
    name
    for name in MAPPED
    if name != "work_items" and "item_id" in RELATIONS[name].column_names
)


def fill(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Fill each relation of the mapping.

    Raises ImportFileError where a SELECT of the mapping fails, or gives rows without
    what its relation requires.
    """
    for filling in mapping.fillings:
        _fill(connection, mapping.path, filling)


def held(
    connection: duckdb.DuckDBPyConnection, mappings: Sequence[Mapping]
) -> dict[str, int]:
    """How many rows the relations have that the mappings fill."""
    names = [f.relation.name for mapping in mappings for f in mapping.fillings]
    return {
        name: _one(connection, f"select count(*) from {name}")
        for name in dict.fromkeys(names)
    }


def newest_fact(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """The latest instant at which something happened; due dates do not count.

    Nor do facts of the future: old data must not look fresh.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    facts = [
        f"(select max({column}) from {relation} where {column} <= $now)"
        for relation, columns in FACTS.items()
        for column in columns
    ]
    newest: datetime | None = _one(
        connection, f"select greatest({', '.join(facts)})", {"now": now}
    )
    return newest


def warnings(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What the rows say that cannot be, although each can be read."""
    now = datetime.now(UTC).replace(tzinfo=None)
    found = {}
    for relation, columns in FACTS.items():
        odd = " or ".join(
            f"{column} < '2000-01-01' or {column} > $now" for column in columns
        )
        found[f"Facts of {relation} before 2000 or of the future"] = _one(
            connection, f"select count(*) from {relation} where {odd}", {"now": now}
        )
    for relation in OF_ITEMS:
        found[f"Rows of {relation} that name no item"] = _one(
            connection,
            f"""
            select count(*) from {relation}
            where item_id not in (select item_id from work_items)
            """,
        )
    told = tuple(f"{what}: {count:,}." for what, count in found.items() if count)
    return (*_ended_before(connection), *told)


def _ended_before(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """How many items end before they are received, and the first of them."""
    [(count, items)] = connection.execute("""
        select count(*), list(item_id order by item_id)[:3]
        from work_items
        where least(completed_at, cancelled_at) < received_at
    """).fetchall()
    if not count:
        return ()
    more = " and others" if count > len(items) else ""
    return (
        f"Items that end before they are received: {count:,} ({', '.join(items)}{more})"
        "; they count as done, and are left out of times. Correct them in the tracker, "
        "or declare refuse in [source] so that they wait.",
    )


def _fill(connection: duckdb.DuckDBPyConnection, path: Path, filling: Filling) -> None:
    if filling.select:
        place = str(filling.select)
        _fill_by_select(connection, filling)
    else:
        place = f"{path}, [{filling.relation.name}]"
        _fill_by_pairs(connection, place, filling)
    _check_required(connection, place, filling)


def _fill_by_pairs(
    connection: duckdb.DuckDBPyConnection, place: str, filling: Filling
) -> None:
    """One row per row of the source; what is promised of it is kept for later."""
    relation, bound, values = filling.relation, {}, []
    for name, given in filling.pairs.items():
        if isinstance(given, Constant):
            bound[name] = given.value
            given = f"cast(${name} as {TYPES[relation.kind(name)]})"
        else:
            given = f'"{given}"'
        values.append(f"{given} as {name}")
    for name, promise in filling.promises.items():
        keep_promises(connection, name, promise, str(filling.pairs["item_id"]))
    try:
        connection.execute(
            f"insert into {relation.name} by name"
            f" select {', '.join(values)} from source",
            bound,
        )
    except duckdb.ConversionException as error:
        raise ImportFileError(f"{place}: {_first_line(error)}.") from error


def _fill_by_select(connection: duckdb.DuckDBPyConnection, filling: Filling) -> None:
    """The rows that the SELECT in a file gives."""
    file = filling.select
    assert file
    sql = _read_select(file)
    try:
        connection.execute(f"create temp view filling as {sql}")
        _check_columns(connection, file, filling)
        connection.execute(
            f"insert into {filling.relation.name} by name select * from filling"
        )
        connection.execute("drop view filling")
    except duckdb.Error as error:
        raise ImportFileError(f"{file} cannot be run: {_first_line(error)}.") from error


def _read_select(file: Path) -> str:
    """The text of a SQL file that holds one SELECT and nothing else."""
    try:
        sql = file.read_text("utf-8").rstrip().rstrip(";")
        statements = duckdb.extract_statements(sql)
    except OSError as error:
        raise ImportFileError(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, duckdb.Error) as error:
        raise ImportFileError(f"{file} is not SQL: {_first_line(error)}.") from error
    types = [statement.type for statement in statements]
    if types != [duckdb.StatementType.SELECT]:
        raise ImportFileError(f"{file} must hold one SELECT and nothing else.")
    return sql


def _check_columns(
    connection: duckdb.DuckDBPyConnection, file: Path, filling: Filling
) -> None:
    relation = filling.relation
    given = [row[0] for row in connection.execute("describe filling").fetchall()]
    for name in given:
        if name not in relation.column_names:
            raise ImportFileError(
                f"{file}: {relation.name} has no column {name}; it has "
                f"{', '.join(relation.column_names)}."
            )
    for name in relation.required:
        if name not in given:
            raise ImportFileError(f"{file}: the column {name} is missing.")


def _check_required(
    connection: duckdb.DuckDBPyConnection, place: str, filling: Filling
) -> None:
    """No row lacks what its relation requires, and no key occurs twice."""
    relation = filling.relation.name
    for name in filling.relation.required:
        empty = f"select count(*) from {relation} where {name} is null"
        if count := _one(connection, empty):
            raise ImportFileError(
                f"{place}: {name} is null, in {count:,} of the rows that it gives."
            )
    if key := filling.relation.unique:
        repeated = f"select count(*) - count(distinct {key}) from {relation}"
        if count := _one(connection, repeated):
            raise ImportFileError(
                f"{place}: {key} must be unique; rows too many: {count:,}."
            )


def _one(
    connection: duckdb.DuckDBPyConnection, sql: str, bound: dict[str, Any] | None = None
) -> Any:
    row = connection.execute(sql, bound).fetchone()
    return row[0] if row else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].removesuffix(".").removesuffix("!")
