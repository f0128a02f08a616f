"""The same rows in every database, with the names and types that a site would use."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from dashboard.relations import RELATIONS

KINDS = {
    "postgresql": {
        "text": "text",
        "instant": "timestamp",
        "date": "date",
        "flag": "boolean",
        "count": "bigint",
        "minutes": "numeric(12, 2)",
        "seconds": "numeric(18, 6)",
        "money": "numeric(18, 4)",
        "value": "double precision",
    },
    "clickhouse": {
        "text": "String",
        "instant": "DateTime64(6, 'UTC')",
        "date": "Date32",
        "flag": "Bool",
        "count": "Int64",
        "minutes": "Decimal(12, 2)",
        "seconds": "Decimal(18, 6)",
        "money": "Decimal(18, 4)",
        "value": "Float64",
    },
}


def relations_of(path) -> dict[str, pa.Table]:
    """The relations of a DuckDB file that has rows in them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = {
            name: connection.execute(f"select * from {name}").to_arrow_table()
            for name in RELATIONS
        }
    return found


def into_postgresql(url: str, name: str, relations: dict[str, pa.Table]) -> str:
    """A database of its own; gives the URL of a role that may only read it."""
    import adbc_driver_postgresql.dbapi as driver

    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        c.execute(f"create database {name}")
    url = url.rsplit("/", 1)[0] + f"/{name}"
    with driver.connect(url) as connection, connection.cursor() as cursor:
        for relation, rows in relations.items():
            columns = ", ".join(
                f"{c.name} {KINDS['postgresql'][c.kind]}"
                for c in RELATIONS[relation].columns
            )
            cursor.execute(f"create table {relation} ({columns})")
            if rows.num_rows:
                cursor.adbc_ingest(relation, rows, mode="append")
        cursor.execute("drop role if exists reader")
        cursor.execute("create role reader login")
        cursor.execute("grant select on all tables in schema public to reader")
        connection.commit()
    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        c.execute("analyze")
    return url.replace("owner@", "reader@")


def into_clickhouse(url: str, relations: dict[str, pa.Table]) -> str:
    """Tables of a server's database or of a chDB folder; gives their URL.

    Some types are not those that we would choose: words of low cardinality, instants
    by the second and in another zone, numbers of 32 bits.
    """
    import sqlalchemy as sa

    from dashboard.databases.clickhouse import client_of

    client = client_of(sa.make_url(url), {})
    for relation, rows in relations.items():
        columns = ", ".join(
            f"{c.name} {_clickhouse_type(relation, c, rows)}"
            for c in RELATIONS[relation].columns
        )
        key = "item_id" if relation == "work_items" else "tuple()"
        client.command(
            f"create table {relation} ({columns}) engine = MergeTree order by {key}"
        )
        if rows.num_rows:
            client.insert_arrow(relation, rows)
    client.close()
    return url


def _clickhouse_type(relation: str, column, rows: pa.Table) -> str:
    kind = KINDS["clickhouse"][column.kind]
    is_key = relation == "work_items" and column.name == "item_id"
    if is_key or (column.name == "event_id" and not rows[column.name].null_count):
        return kind
    if column.name in ("department", "team", "priority", "channel"):
        return f"LowCardinality(Nullable({kind}))"
    if (relation, column.name) == ("quality_reviews", "units"):
        return "Nullable(Int32)"
    if (relation, column.name) == ("calendar_days", "starts_at"):
        return "DateTime('America/New_York')"
    return f"Nullable({kind})"
