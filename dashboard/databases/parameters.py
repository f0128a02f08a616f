"""The :names in a statement, which each driver wants in a way of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import default

PARAMETER = re.compile(r"(?<![:\w\\]):(\w+)\b(?!:)")
"""A :name, but neither a cast (::) nor a colon that is escaped."""


@lru_cache(maxsize=2048)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """SQL with $1, $2 ... in the place of :names, and the names in that order."""
    dialect = default.DefaultDialect(paramstyle="numeric_dollar")
    compiled: Any = sa.text(sql).compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup or ())
