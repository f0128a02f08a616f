"""What a database says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.sql.dialects import Dialect
from dashboard.sql.tables import Tables


@dataclass(frozen=True)
class Load:
    """What the database says of itself: where from, when, how fresh."""

    source: str
    zone: str
    as_of: datetime | None  # UTC; None: facts arrive all the time, so as-of is now
    max_changed_at: datetime | None  # UTC
    rows: int | None
    refused_rows: int
    is_sample: bool
    first_received_at: datetime | None = None  # UTC
    # UTC; from when to when the calendars of the file reach, where it has any
    calendar: tuple[datetime | None, datetime | None] = (None, None)
    known_until: datetime | None = None  # UTC; of a replica well behind its source
    notices: tuple[str, ...] = ()  # of what the site decides: what is wrong with it


@dataclass(frozen=True)
class State:
    """The data as it stands: which it is, its tables, how it writes SQL, its load."""

    identity: str
    tables: Tables
    dialect: Dialect
    load: Load
