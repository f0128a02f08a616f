"""Tables drawn as text, into databases and out of answers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.filters import local_time, utc
from dashboard.relations import RELATIONS
from dashboard.sources.building import new_database

ARROW = {
    "text": pa.string(),
    "instant": pa.timestamp("us"),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "count": pa.int64(),
    "minutes": pa.decimal128(12, 2),
    "money": pa.decimal128(18, 4),
    "value": pa.float64(),
}


def table(text: str) -> list[dict[str, str | None]]:
    """`a | b` lines under a line of names; a dash is null."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    names, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [
        {n: None if c == "-" else c for n, c in zip(names, row, strict=True)}
        for row in rows
    ]


def build(
    path: Path, given: dict[str, str], *, zone: str, as_of: datetime, **about: Any
) -> None:
    """A database of drawn relations; times are wall times in `zone`, or end in Z.

    Items that are not drawn are made of the `received` events.
    """
    file = _file(tuple(given.items()), zone, as_of, tuple(about.items()))
    unfinished = path.with_name(f".{path.name}.drawn")
    unfinished.write_bytes(file)
    unfinished.replace(path)


@lru_cache(maxsize=32)  # many tests draw the same, one after the other
def _file(given: tuple, zone: str, as_of: datetime, about: tuple) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.duckdb"
        _build(path, dict(given), zone, as_of, **dict(about))
        return path.read_bytes()


def _build(
    path: Path, given: dict[str, str], zone: str, as_of: datetime, **about: Any
) -> None:
    drawn = {name: table(text) for name, text in given.items()}
    if "work_items" not in drawn:
        drawn["work_items"] = [
            {"item_id": e["item_id"], "received_at": e["event_at"]}
            | {k: e[k] for k in ("department", "team") if k in e}
            for e in drawn.get("work_events", [])
            if e["kind"] == "received"
        ]
    for day in drawn.get("calendar_days", []):  # of the site's own calendar
        day.setdefault("is_default", "yes")
    with new_database(path, source="drawn", zone=zone, as_of=as_of, **about) as file:
        for name, rows in drawn.items():
            if rows:
                file.insert(name, _arrow(name, rows, zone))
        file.rows = len(drawn["work_items"])


def own_file(path: Path, given: dict[str, str], zone: str = "UTC") -> None:
    """A site's own plain DuckDB file: the drawn relations and columns, nothing else."""
    with duckdb.connect(str(path)) as connection:
        for name, text in given.items():
            connection.register("incoming", _arrow(name, table(text), zone))
            connection.execute(f"create table {name} as from incoming")  # noqa: S608
            connection.unregister("incoming")


def _arrow(relation: str, rows: list[dict[str, str | None]], zone: str) -> pa.Table:
    kinds = {name: RELATIONS[relation].kind(name) for name in rows[0]}
    return pa.table(
        {
            name: pa.array([_cell(row[name], kind, zone) for row in rows], ARROW[kind])
            for name, kind in kinds.items()
        }
    )


def _cell(text: str | None, kind: str, zone: str) -> Any:
    if text is None:
        return None
    if kind == "instant":
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=None) if moment.tzinfo else utc(moment, zone)
    convert = {
        "text": str,
        "date": date.fromisoformat,
        "flag": lambda word: {"yes": True, "no": False}[word],
        "count": int,
        "minutes": Decimal,
        "money": Decimal,
        "value": float,
    }
    return convert[kind](text)


def shown(rows: pa.Table, like: list[dict[str, str | None]], zone: str) -> list[dict]:
    """Rows written as the table `like` writes them: its columns, its decimals."""
    found = rows.to_pylist()
    return [
        {
            name: _written(row[name], _pattern(like, name), zone)
            for name in (like[0] if like else row)
        }
        for row in found
    ]


def _pattern(like: list[dict[str, str | None]], name: str) -> str:
    return next((row[name] for row in like if row[name] is not None), "") or ""


def _written(value: Any, like: str, zone: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return local_time(value, zone).isoformat(timespec="minutes")
    if isinstance(value, (float, Decimal)):
        percent = like.endswith("%")
        places = len(like.rstrip("%").partition(".")[2])
        number = f"{float(value) * (100 if percent else 1):.{places}f}"
        return number + "%" * percent
    return str(value)
