"""The same rows in every database, with the names and types that a site would use."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.relations import RELATIONS
from sample_data.build import build

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
    "mariadb": {
        "text": "varchar(255)",
        "instant": "datetime(6)",
        "date": "date",
        "flag": "tinyint(1)",
        "count": "bigint",
        "minutes": "decimal(12, 2)",
        "seconds": "decimal(18, 6)",
        "money": "decimal(18, 4)",
        "value": "double",
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
        return {
            name: connection.execute(f"select * from {name}").to_arrow_table()
            for name in RELATIONS
        }


def own_file(path: Path, items: int, end: date) -> dict[str, pa.Table]:
    """Make a little of the sample a site's own file; gives its relations."""
    build(path, items=items, end=end)
    relations = relations_of(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table load_log")
    del relations["load_log"]
    return relations


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


def into_mariadb(url: str, name: str, relations: dict[str, pa.Table]) -> str:
    """A database of its own; gives the URL of a user who may only read it."""
    import pymysql
    import sqlalchemy as sa

    place = sa.make_url(url)
    connection = pymysql.connect(
        host=place.host,
        port=place.port,
        user=place.username,
        charset="utf8mb4",
        local_infile=True,
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create database {name} collate utf8mb4_general_ci")
        cursor.execute(f"use {name}")
        cursor.execute("set time_zone = '+00:00'")
        for relation, rows in relations.items():
            cursor.execute(_mariadb_table(relation, rows))
            _load_csv(cursor, relation, rows)
            cursor.execute(f"analyze table {relation}")
        cursor.execute("create user if not exists reader@'%'")
        cursor.execute(f"grant select on {name}.* to reader@'%'")
    return place.set(username="reader", database=name).render_as_string()


def _mariadb_table(relation: str, rows: pa.Table) -> str:
    kinds = {c.name: KINDS["mariadb"][c.kind] for c in RELATIONS[relation].columns}
    for column in rows.column_names:
        texts = rows[column].to_pylist() if kinds[column] == "varchar(255)" else ()
        if max((len(text) for text in texts if text), default=0) > 255:
            kinds[column] = "text"
    columns = [f"`{column}` {kind}" for column, kind in kinds.items()]
    if relation == "work_items":
        columns.append("primary key (item_id)")
    elif "item_id" in kinds:
        columns.append("index (item_id)")
    return f"create table {relation} ({', '.join(columns)})"


def _load_csv(cursor, relation: str, rows: pa.Table) -> None:
    """Rows by way of a file: a null is the bare word, text is always quoted."""
    kinds = {c.name: c.kind for c in RELATIONS[relation].columns}
    columns = ", ".join(
        f'cast("{c}" as integer) as "{c}"' if kinds[c] == "flag" else f'"{c}"'
        for c in rows.column_names
    )
    quoted = ", ".join(f'"{c}"' for c in rows.column_names if kinds[c] == "text")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder, "rows.csv")
        connection.register("rows", rows)
        connection.execute(
            f"copy (select {columns} from rows) to '{file}' "
            f"(format csv, header false, nullstr 'NULL', force_quote ({quoted}))"
        )
        names = ", ".join(f"`{c}`" for c in rows.column_names)
        cursor.execute(
            f"load data local infile '{file}' into table {relation} "
            "character set utf8mb4 fields terminated by ',' "
            f"optionally enclosed by '\"' escaped by '' ({names})"
        )


def into_sqlite(folder: str, name: str, relations: dict[str, pa.Table]) -> str:
    """A file in the types that SQLAlchemy gives; returns its URL."""
    Path(folder).mkdir(exist_ok=True)
    path = Path(folder, f"{name}.db")
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


def into_clickhouse(folder: str, name: str, relations: dict[str, pa.Table]) -> str:
    """A database in a chDB folder; gives its URL.

    Some types are not those that we would choose: words of low cardinality, instants
    by the second and in another zone, numbers of 32 bits.
    """
    import sqlalchemy as sa

    from dashboard.databases.clickhouse import client_of

    url = f"clickhousedb+chdb:///{folder}"
    client = client_of(sa.make_url(url), {})
    client.command(f"create database {name}")
    client.command(f"use {name}")
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
    return f"{url}?database={name}"


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
