"""Copy the relations of a DuckDB file into a chDB folder.

    python -m bench.into_clickhouse FILE FOLDER

The database is named ops: clickhousedb+chdb:///FOLDER?database=ops.
"""

from __future__ import annotations

import sys

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from dashboard.databases.clickhouse import client_of
from dashboard.relations import RELATIONS
from tests.databases.loading import KINDS

BATCH_ROWS = 500_000
KEYS = {  # as a site would order them: by what filters and periods ask for
    "work_items": "item_id",
    "item_stays": "(department, entered_at)",
    "first_reviews": "(department, work_date)",
}


def main(file: str, folder: str) -> None:
    client = client_of(sa.make_url(f"clickhousedb+chdb:///{folder}"), {})
    client.command("create database ops")
    client.command("use ops")
    with duckdb.connect(file, read_only=True) as connection:
        for name, relation in RELATIONS.items():
            columns = ", ".join(f"{c.name} {_type(c.kind)}" for c in relation.columns)
            client.command(
                f"create table {name} ({columns}) engine = MergeTree"
                f" order by {KEYS.get(name, 'tuple()')}"
                " settings allow_nullable_key = 1"
            )
            rows = connection.execute(f"select * from {name}")  # noqa: S608
            for batch in rows.to_arrow_reader(BATCH_ROWS):
                client.insert_arrow(name, pa.Table.from_batches([batch]))
    client.close()


def _type(kind: str) -> str:
    return f"Nullable({KINDS['clickhouse'][kind]})"


if __name__ == "__main__":
    main(*sys.argv[1:])
