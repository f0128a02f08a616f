"""Dates whose time of the day stands in another column."""

from __future__ import annotations

from dataclasses import replace

from dashboard.sources.columns import Column
from dashboard.sources.conditions import named
from dashboard.sources.sections import Section


def with_times(section: Section, columns: dict[str, Column]) -> dict[str, Column]:
    """The columns with what [columns] declares of them by `time`: a header.

    Raises ImportFileError for a header of no column of times, and for dates that tell
    their offset from UTC.
    """
    return {name: _with(section, column, columns) for name, column in columns.items()}


def _with(section: Section, column: Column, columns: dict[str, Column]) -> Column:
    own = section.section(column.name)
    header = own.get("time", str)
    if header is None:
        return column
    times = {name: c for name, c in columns.items() if c.type == "time"}
    time = named(own, header, times, "column of the type time")
    if column.has_offset:
        own.fail("a date with its offset from UTC takes no time of another column")
    return replace(column, time=time.name)
