"""Rows that a question brings: calendars that a database lacks, and what is decided.

Clocks of items are made with the days of one calendar, and never go with another's. So
where both have the same days, those of the database stand, with its clocks; where they
differ, either all of its own stand until it is built anew, or it lends none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
import pyarrow as pa

from dashboard.decisions import Calendars, Standing
from dashboard.decisions.files import CALENDARS
from dashboard.sources.calendars import given_days, same_days

LATER = (
    "Calendars were decided that differ from those by which this database was built: "
    "they count once it is built anew, by the next import or copy that changes it, or "
    "by `mis decisions --build`. Until then all working time is counted as before."
)
ANEW = (
    "Calendars were decided that differ from the calendar days of the database: "
    "working time is counted by the new ones, anew for each question, which takes "
    "longer."
)


@dataclass(frozen=True)
class GivenDays:
    """Days to stand in the place of those of a database, and what to say of that."""

    rows: pa.Table
    notices: tuple[str, ...] = ()


def as_built(decided: Standing, own: pa.Table) -> Standing:
    """What counts for a database that we built by the days `own`: not other calendars.

    To work out its clocks anew for each question would take too long.
    """
    if decided.calendars is None or same_days(own, *decided.calendars):
        return decided
    rows = {name: r for name, r in decided.rows.items() if name not in CALENDARS}
    return replace(decided, rows=rows, problems=(*decided.problems, LATER))


def decided_days(
    calendars: Calendars, own: pa.Table | None, first: date, last: date
) -> GivenDays | None:
    """The days of decided calendars; None where those of the database are the same.

    `own` are the days that the database has, if it has any. Raises ImportFileError for
    days that cannot be expanded, which the check of the files has not met.
    """
    if own is not None and same_days(own, *calendars):
        return None
    notices = () if own is None else (ANEW,)
    return GivenDays(given_days(*calendars, first, last), notices)


def as_json(days: pa.Table) -> str:
    """Rows as one text; instants as databases write them."""
    rows = days.to_pylist()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, datetime):
                row[name] = value.isoformat(" ", "microseconds")
            elif isinstance(value, bool):  # not all know a word for it
                row[name] = int(value)
    return orjson.dumps(rows).decode()
