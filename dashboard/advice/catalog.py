"""What a database says of its tables, indexes and statistics; nothing is changed."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.databases.direct import Direct
from dashboard.databases.stopping import Stop

TABLES = {
    "postgresql": """
        select
            cast(relname as text) as relation,
            relkind in ('r', 'm') as holds_rows,
            cast(reltuples as bigint) as row_count
        from pg_class
        where relkind in ('r', 'm', 'v', 'f', 'p') and pg_table_is_visible(oid)
    """,
    "mariadb": """
        select
            table_name as relation,
            table_type = 'BASE TABLE' as holds_rows,
            coalesce(table_rows, -1) as row_count
        from information_schema.tables where table_schema = database()
    """,
    "sqlite": """
        select name as relation, type = 'table' as holds_rows, -1 as row_count
        from sqlite_schema where type in ('table', 'view')
    """,
}
# The keys of an index in their order, each with a word more where it is of another
# collation than our SQL compares by, or of the first letters only.
INDEXES = {
    "postgresql": """
        select
            cast(tables.relname as text) as relation,
            string_agg(
                pg_get_indexdef(indexes.indexrelid, places.place, true)
                || case when collations.collname <> 'C' then ' collated' else '' end,
                ', ' order by places.place
            ) as keys,
            coalesce(pg_get_expr(indexes.indpred, indexes.indrelid), '') as predicate
        from pg_index as indexes
        inner join pg_class as tables on indexes.indrelid = tables.oid
        cross join lateral generate_series(1, indexes.indnatts) as places(place)
        left join pg_collation as collations
            on
                places.place <= indexes.indnkeyatts
                and collations.oid = indexes.indcollation[places.place - 1]
        where indexes.indisvalid and pg_table_is_visible(tables.oid)
        group by
            tables.relname, indexes.indexrelid, indexes.indpred, indexes.indrelid
    """,
    "mariadb": """
        select
            table_name as relation,
            group_concat(
                concat(column_name, if(sub_part is null, '', ' letters'))
                order by seq_in_index separator ', '
            ) as `keys`,
            '' as predicate
        from information_schema.statistics
        where table_schema = database() and index_type = 'BTREE'
        group by table_name, index_name
    """,
    "sqlite": """
        select
            tbl_name as relation,
            (
                select group_concat(
                    coalesce(name, '')
                    || case when coll <> 'BINARY' then ' collated' else '' end,
                    ', ' order by seqno
                )
                from pragma_index_xinfo(indexes.name) where "key"
            ) as keys,
            case
                when instr(lower(sql), 'where') > 0
                    then trim(substr(sql, instr(lower(sql), 'where') + 5))
                else ''
            end as predicate
        from sqlite_schema as indexes where type = 'index'
    """,
}
# What tells one database from another, whatever road leads there.
PLACES = {
    "postgresql": """
        select concat_ws(
            ' ', pg_postmaster_start_time(), current_setting('port'), current_database()
        ) as place
    """,
    "mariadb": """
        select concat_ws(' ', @@hostname, @@port, @@datadir, database()) as place
    """,
    "sqlite": "select file as place from pragma_database_list where name = 'main'",
}
STATISTICS = "select cast(stxname as text) as name from pg_statistic_ext"

Row = dict[str, Any]


def family(database: Direct) -> str:
    """The databases whose catalog is read alike, by the name of one."""
    return "mariadb" if database.dialect == "mysql" else database.dialect


def tables(database: Direct) -> dict[str, Row]:
    """Tables and views by name; `row_count` is an estimate, -1 where there is none."""
    kinds = {"relation": pa.string(), "holds_rows": pa.bool_(), "row_count": pa.int64()}
    found = rows(database, TABLES[family(database)], kinds)
    return {row["relation"].lower(): row for row in found}


def rows_up_to(database: Direct, relation: str, most: int) -> int:
    """How many rows a table has, counted no further than `most`."""
    first = f"select 1 as one from {relation} limit {most}"  # noqa: S608
    sql = f"select count(*) as row_count from ({first}) as counted"  # noqa: S608
    [row] = rows(database, sql, {"row_count": pa.int64()})
    return int(row["row_count"])


def indexes(database: Direct) -> list[Row]:
    """The indexes: relation, keys and predicate, empty where it is of all rows."""
    kinds = dict.fromkeys(("relation", "keys", "predicate"), pa.string())
    return rows(database, INDEXES[family(database)], kinds)


def statistics(database: Direct) -> set[str]:
    """The names of the extended statistics of a PostgreSQL database."""
    found = rows(database, STATISTICS, {"name": pa.string()})
    return {row["name"] for row in found}


def place(database: Direct) -> str:
    """What the database says of where it is."""
    [row] = rows(database, PLACES[family(database)], {"place": pa.string()})
    return f"{family(database)} {row['place']}"


def rows(database: Direct, sql: str, kinds: dict[str, pa.DataType]) -> list[Row]:
    """The rows of a select over its catalog."""
    schema = pa.schema(list(kinds.items()))
    found: list[Row] = database.run(sql, {}, lambda: schema, Stop()).to_pylist()
    return found
