"""The same rows in every database, with the names and types that a site would use."""

from __future__ import annotations

import sqlite3
from contextlib import closing

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
    "sqlite": {
        "text": "text",
        "instant": "timestamp",
        "date": "date",
        "flag": "boolean",
        "count": "bigint",
        "minutes": "real",
        "seconds": "real",
        "money": "real",
        "value": "real",
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


def into_sqlite(path, relations: dict[str, pa.Table]) -> str:
    """A file in the types that SQLAlchemy gives; returns its URL."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for relation, rows in relations.items():
            columns = RELATIONS[relation].columns
            types = ", ".join(f"{c.name} {KINDS['sqlite'][c.kind]}" for c in columns)
            connection.execute(f"create table {relation} ({types})")
            told = [_told_to_sqlite(rows[c.name], c.kind) for c in columns]
            marks = ", ".join("?" for _ in columns)
            connection.executemany(
                f"insert into {relation} values ({marks})", zip(*told, strict=True)
            )
            for name in {"item_id", "employee"} & {c.name for c in columns}:
                connection.execute(
                    f"create index {relation}_{name} on {relation} ({name})"
                )
        connection.execute("analyze")
    return f"sqlite:///{path}"


def _told_to_sqlite(column: pa.ChunkedArray, kind: str) -> list:
    values = column.to_pylist()
    if kind == "instant":
        return [v and v.isoformat(" ", "microseconds") for v in values]
    if kind == "date":
        return [v and v.isoformat() for v in values]
    if kind in {"minutes", "seconds", "money"}:
        return [v if v is None else float(v) for v in values]
    return values
