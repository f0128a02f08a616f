"""Fill the relations from one tracker as if it were alone, then add what it gave.

The SELECTs of a mapping so see the rows of their own tracker only, and what comes of
several trackers does not depend on their order.
"""
# ruff: noqa: S608 - names are those of relations

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError
from dashboard.relations import RELATIONS
from dashboard.sources.control_totals import check_totals
from dashboard.sources.filling import fill
from dashboard.sources.mapping import MAPPED, Mapping
from dashboard.sql.names import quoted


def fill_apart(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Add what the tracker of `source` gives to the relations.

    Raises ImportFileError where it gives what cannot be, or what another gave.
    """
    [(file,)] = connection.execute("select current_database()").fetchall()
    main = f"{quoted(file)}.main"
    for name in MAPPED:
        connection.execute(f"create temp table {name} as from {main}.{name} limit 0")
    fill(connection, plan)
    check_totals(connection, plan)
    for filling in plan.fillings:
        _add(connection, plan, filling.relation.name, main)
    for name in MAPPED:
        connection.execute(f"drop table temp.{name}")


def _add(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, name: str, main: str
) -> None:
    """Add the rows of a relation; what tells of no item is not told twice."""
    relation = RELATIONS[name]
    if key := relation.unique:
        twice = connection.execute(
            f"select min({key}), count(*) from {main}.{name}"
            f" where {key} in (select {key} from temp.{name})"
        ).fetchall()
        [(first, count)] = twice
        if count:
            raise ImportFileError(
                f"{plan.name} and another tracker of this database both give {key} "
                f"{first} of {name}, {count:,} in all: have one of them write another "
                "key, or import into another file."
            )
    new = f"select * from temp.{name}"
    if "item_id" not in relation.column_names:
        new += f" except select * from {main}.{name}"
    connection.execute(f"insert into {main}.{name} {new}")
