"""Derived relations as a database derives them itself, beside those of DuckDB."""

from __future__ import annotations

from collections import Counter

import duckdb
import pyarrow as pa

from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS, TYPES, Relation
from dashboard.sql.rewriting import derived

DERIVED = [name for name, relation in RELATIONS.items() if relation.is_derived]


def difference(database: Direct, path, name: str) -> str:
    """How the rows of a derived relation differ from those in a DuckDB file."""
    ours, theirs = derived_there(database, name), derived_here(path, name)
    if ours == theirs:
        return ""
    return f"{name}: too many {_few(ours - theirs)}, missing {_few(theirs - ours)}"


def derived_there(database: Direct, name: str) -> Counter:
    """Rows that the database makes of the relations that it holds, and how often."""
    state, schema = database.state(), schema_of(RELATIONS[name])
    sql = state.dialect.write(derived(name, state.tables))
    rows = database.run(_named(sql, schema), {}, lambda: schema)
    return Counter(tuple(row.values()) for row in rows.to_pylist())


def derived_here(path, name: str) -> Counter:
    """The same of a DuckDB file."""
    schema = schema_of(RELATIONS[name])
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(f"select {', '.join(schema.names)} from {name}")
        return Counter(rows.fetchall())


def schema_of(relation: Relation) -> pa.Schema:
    """The columns of a relation, in its types."""
    columns = ", ".join(
        f"cast(null as {TYPES[c.kind]}) as {c.name}" for c in relation.columns
    )
    with duckdb.connect() as connection:
        return connection.execute(f"select {columns}").to_arrow_table().schema


def _named(sql: str, schema: pa.Schema) -> str:
    """The columns of a relation in its order: a derivation has its own."""
    return f"select {', '.join(schema.names)} from ({sql}) as made"


def _few(rows: Counter) -> str:
    return f"{rows.total()} {sorted(map(str, rows))[:2]}"
