"""A statement of SQL Server with its values, which are known to it by their names.

A mark for each place where a value stands, as ODBC has it, would not do: what is
grouped by an expression with a value in it has to be selected by the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dashboard.databases.parameters import PARAMETER

SHORT = 2000  # characters, each of which may take two of the 4,000 units of a type
TYPES = {int: "bigint", date: "date", datetime: "datetime2(6)"}


def called(sql: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """A call of sp_executesql with the marks of ODBC, and what stands for each."""
    names = list(dict.fromkeys(PARAMETER.findall(sql)))
    statement = PARAMETER.sub(r"@\1", sql).replace("\\:", ":")
    if not names:
        return statement, []
    declared = ", ".join(f"@{name} {_type_of(values[name])}" for name in names)
    marks = ", ".join(f"@{name} = ?" for name in names)
    given = [_as_told(values[name]) for name in names]
    return f"exec sp_executesql ?, ?, {marks}", [statement, declared, *given]


def _type_of(value: Any) -> str:
    """The type in which the server is to have a value; of null, a text."""
    is_long = isinstance(value, str) and len(value) > SHORT
    return TYPES.get(type(value), f"nvarchar({'max' if is_long else 4000})")


def _as_told(value: Any) -> Any:
    """Dates as text that reads alike in all languages: drivers round instants."""
    if isinstance(value, datetime):
        return value.isoformat("T", "microseconds")
    return value.isoformat() if isinstance(value, date) else value
