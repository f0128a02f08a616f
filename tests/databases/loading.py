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
}


def relations_of(path) -> dict[str, pa.Table]:
    """The relations of a DuckDB file that has rows in them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            name: connection.execute(f"select * from {name}").to_arrow_table()
            for name in RELATIONS
        }


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
        cursor.execute("select 1 from pg_roles where rolname = 'reader'")
        if not cursor.fetchall():
            cursor.execute("create role reader login")
        cursor.execute("grant select on all tables in schema public to reader")
        connection.commit()
    with driver.connect(url, autocommit=True) as connection, connection.cursor() as c:
        c.execute("analyze")
    return url.replace("owner@", "reader@")
