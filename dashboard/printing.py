"""Write an answer for a terminal: as JSON, or as a table of aligned text."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from dashboard.answers import Answer
from dashboard.databases import Database
from dashboard.extracts.about import describe, iso
from dashboard.query_files import Query
from dashboard.words import label


def as_json(answer: Answer, database: Database) -> str:
    """The rows as records, and beside them what an extract says of itself."""
    zone = answer.question.filters.zone
    about = describe(answer.question, database, answer.viewer, answer.load)
    about |= {"rows": answer.rows.num_rows, "read_at": iso(answer.read_at, zone)}
    rows = [
        {name: _value(value, zone) for name, value in row.items()}
        for row in answer.rows.to_pylist()
    ]
    found = {"about": about, "rows": rows}
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)


def _value(value: Any, zone: str) -> Any:
    """A value as JSON has it: no number that is none, times with their offset."""
    if isinstance(value, datetime):
        return iso(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and value - value != 0:  # neither nan nor infinite
        return None
    return value


def as_table(answer: Answer) -> str:
    """Columns under headings with their units, numbers to the right."""
    query, zone = answer.query, answer.question.filters.zone
    columns = [
        _column(query, name, answer.rows[name], zone)
        for name in answer.rows.column_names
    ]
    lines = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
    return "\n".join([*lines, "", _summary(answer)])


def _column(query: Query, name: str, column: pa.ChunkedArray, zone: str) -> list[str]:
    """Heading and cells of one column, all of one width."""
    shares = {q.name + end for q in query.rates for end in ("", "_low", "_high")}
    heading = label(name) + (" (%)" if name in shares else "")
    scale = 100 if name in shares else 1
    cells = [heading, *(_cell(v, zone, scale) for v in column.to_pylist())]
    width = max(map(len, cells))
    is_text = pa.types.is_string(column.type) or pa.types.is_temporal(column.type)
    return [cell.ljust(width) if is_text else cell.rjust(width) for cell in cells]


def _cell(value: Any, zone: str, scale: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return (iso(value.replace(microsecond=0), zone) or "")[:16].replace("T", " ")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float | Decimal):
        return f"{scale * value:,.{1 if scale == 100 else 2}f}"
    return " ".join(str(value).split())


def _summary(answer: Answer) -> str:
    filters, rows = answer.question.filters, answer.rows.num_rows
    as_of = (iso(filters.as_of, filters.zone) or "")[:16].replace("T", " ")
    noun = "row" if rows == 1 else "rows"
    return f"{rows:,} {noun} · {filters.sentence()} · as of {as_of} {filters.zone}"
