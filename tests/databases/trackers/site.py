"""A tracker's own database on a real server, and what our selects tell of it."""

from __future__ import annotations

import re
import subprocess
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pymysql
import sqlalchemy as sa

from dashboard.databases import open_database
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS
from dashboard.settings import ROOT, Settings
from tests.databases import servers
from tests.drawn import ARROW, shown, table

READY = ROOT / "dashboard" / "sources" / "ready"
MADE_AS = {
    "text": str,
    "instant": datetime,
    "date": date,
    "flag": (bool, int),  # MariaDB has numbers for them
    "count": int,
    "minutes": (Decimal, str),  # a driver reads decimals as text
}


class Tracker:
    """A database of the documented tables of a tracker, and the rows that are drawn.

    It is read by a user with the documented rights.
    """

    def __init__(self, server: str, name: str, rows: dict[str, str]):
        url = sa.make_url(server)
        layout = Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
        drawn = [_insert(one, row) for one, text in rows.items() for row in table(text)]
        self.name = name
        place = url.set(database=f"tracker_{name}")
        self.url = place.set(username=f"mis_{name}", password="choose")  # noqa: S106
        _run(url, [f"create database tracker_{name}"])
        _run(place, [*layout.split(";\n"), *drawn, *rights(name).split(";\n")])

    def select(self, relation: str) -> pa.Table:
        """All rows of a relation, wrapped as in a query, in a session that only reads.

        Values have to come in the types of the relation; only decimals are converted.
        """
        path = READY / self.name / f"{relation}.sql"
        order = "item_id, sequence" if relation == "work_events" else "1, 2, 3"
        url = self.url.render_as_string(hide_password=False)
        database = open_database(Settings(database_url=url))
        assert isinstance(database, Direct)
        with (
            closing(database.connect()) as connection,
            closing(connection.cursor()) as cursor,
        ):
            select = path.read_text(encoding="utf-8")
            cursor.execute(f"select * from (\n{select}\n) as told order by {order}")
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
        columns = {}
        for place, name in enumerate(names):
            kind = _kind(relation, name)
            cells = [_checked(row[place], kind, name) for row in rows]
            columns[name] = pa.array(cells, ARROW[kind])
        return pa.table(columns)

    def tells(self, relation: str, expected: str, **where: str) -> None:
        """Compare the rows of a relation with a drawn table; times are UTC."""
        like = table(expected)
        rows = self.select(relation)
        for name, value in where.items():
            rows = rows.filter(pa.array([v == value for v in rows[name].to_pylist()]))
        assert shown(rows, like, "UTC") == like


def tell_zone(server: str, zone: str) -> None:
    """Have a MariaDB server know a zone, as its administrator does."""
    tool = servers.binary("mariadb-tzinfo-to-sql")
    said = subprocess.run(
        [tool, f"/usr/share/zoneinfo/{zone}", zone],
        capture_output=True,
        text=True,
        check=True,
    )
    _run(sa.make_url(server), said.stdout.split(";\n"))


def rights(name: str) -> str:
    """What docs/trackers.md has an administrator run, whose user then reads."""
    text = (ROOT / "docs" / "trackers.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    (block,) = [one for one in blocks if f" mis_{name}" in one]
    return block


def _run(url: sa.URL, statements: list[str]) -> None:
    """As the owner."""
    if url.get_backend_name() == "postgresql":
        connection: Any = adbc.connect(url.render_as_string(), autocommit=True)
    else:
        connection = pymysql.connect(
            host=url.host,
            port=url.port or 3306,
            user=url.username,
            database=url.database,
            autocommit=True,
        )
    with closing(connection), closing(connection.cursor()) as cursor:
        for statement in filter(str.strip, statements):
            cursor.execute(statement)


def _insert(relation: str, row: dict[str, str | None]) -> str:
    cells = ", ".join(
        "null" if cell is None else "'" + cell.replace("'", "''") + "'"
        for cell in row.values()
    )
    return f"insert into {relation} ({', '.join(row)}) values ({cells})"  # noqa: S608


def _kind(relation: str, name: str) -> str:
    return "instant" if name == "changed_at" else RELATIONS[relation].kind(name)


def _checked(value: Any, kind: str, name: str) -> Any:
    if value is None:
        return None
    assert isinstance(value, MADE_AS[kind]), f"{name} is {value!r}"
    if isinstance(value, datetime):
        assert not value.tzinfo, f"{name} has a zone: {value!r}"
    convert = {"minutes": Decimal, "flag": bool}.get(kind)
    return convert(value) if convert else value
