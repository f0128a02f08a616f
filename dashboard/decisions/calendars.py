"""The calendars of the folder: whether they make sense, and their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dashboard.decisions.files import file_name
from dashboard.decisions.rows import Row
from dashboard.errors import DecisionError, ImportFileError
from dashboard.sources.calendars import given_days

AROUND = timedelta(days=400)  # a change of clocks in spring and in autumn
FARTHEST = timedelta(days=20 * 366)  # from today, either way


def check_calendars(group: Mapping[str, Sequence[tuple[int, Row]]]) -> None:
    """Check the three files together. Raises DecisionError."""
    if "calendars" not in group:
        raise DecisionError(
            f"{file_name(next(iter(group)))} is there without calendars.csv: add that, "
            "or remove it."
        )
    names = {row["calendar"] for _, row in group["calendars"]}
    for relation in ("calendar_windows", "calendar_exceptions"):
        for line, row in group.get(relation, ()):
            where = f"{file_name(relation)}, line {line}"
            if row["calendar"] not in names:
                raise DecisionError(
                    f"{where}: calendars.csv has no calendar {row['calendar']!r}: add "
                    "it there, or correct its name."
                )
            if bool(row["opens"]) != bool(row["closes"]):
                raise DecisionError(f"{where}: write both opens and closes, or none.")
    for line, row in group.get("calendar_windows", ()):
        if not 1 <= row["weekday"] <= 7:
            raise DecisionError(
                f"{file_name('calendar_windows')}, line {line}: weekday is "
                f"{row['weekday']}: write 1 for Monday to 7 for Sunday."
            )
    _check_own(group["calendars"])
    _check_hours(group)


def _check_own(lines: Sequence[tuple[int, Row]]) -> None:
    """One calendar, and on each day only one, is that of the site."""
    if not lines:
        raise DecisionError(
            "calendars.csv has no calendar: add one, or remove the file."
        )
    own = {row["calendar"] for _, row in lines if row["is_default"]}
    names = {row["calendar"] for _, row in lines}
    if len(own) > 1 or (not own and len(names) > 1):
        raise DecisionError(
            f"calendars.csv has {len(own) or 'no'} calendars with is_default true "
            f"({', '.join(sorted(own or names))}): choose the one that is the site's "
            "own."
        )


def _check_hours(group: Mapping[str, Sequence[tuple[int, Row]]]) -> None:
    """Expand them over the years that they tell of, so that no page has to fail."""
    rows = {name: [row for _, row in lines] for name, lines in group.items()}
    told, today = list(_told(rows)), date.today()
    first = max(min(told), today - FARTHEST) - AROUND
    last = min(max(told), today + FARTHEST) + AROUND
    try:
        given_days(
            rows["calendars"],
            rows.get("calendar_windows", []),
            rows.get("calendar_exceptions", []),
            first,
            last,
        )
    except ImportFileError as error:
        raise DecisionError(f"The calendar files make no sense. {error}") from error


def _told(rows: Mapping[str, Sequence[Row]]) -> Iterator[date]:
    """The days on which something changes; today at the least."""
    yield date.today()
    for name in rows:
        for row in rows[name]:
            for column in ("valid_from", "valid_to", "day"):
                if row.get(column):
                    yield row[column]
