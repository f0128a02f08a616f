"""Working time: opening hours expanded into days, and the seconds worked between.

A calendar has opening windows in local wall time by weekday, and days that are
different. It is expanded once into days with UTC bounds; all else is arithmetic on
these, in SQL as well as here, so no database has to know a clock change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MOST_WINDOWS = 3  # in one day
MIDNIGHT = "24:00"


class CalendarError(Exception):
    """A calendar that cannot be expanded; says which, where and why."""


@dataclass(frozen=True)
class Version:
    """A calendar from a day on (None: always) to the day before another."""

    calendar: str
    zone: str
    valid_from: date | None = None
    valid_to: date | None = None
    is_default: bool = False


@dataclass(frozen=True)
class Window:
    """Open on a weekday (Monday is 1), from `opens` to `closes`, HH:MM up to 24:00."""

    calendar: str
    weekday: int
    opens: str
    closes: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class SpecialDay:
    """Other hours of one day instead of the usual; without hours it is closed."""

    calendar: str
    day: date
    opens: str | None = None
    closes: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Day:
    """One day of a calendar: its bounds, its windows in UTC, and the minutes before."""

    calendar: str
    day: date
    is_default: bool
    reason: str | None
    starts_at: datetime
    ends_at: datetime
    minutes_before: int
    windows: tuple[tuple[datetime, datetime], ...]

    @property
    def minutes_in(self) -> int:
        """Minutes open on the day."""
        return sum(_minutes(closes - opens) for opens, closes in self.windows)


def usual(zone: str) -> tuple[list[Version], list[Window]]:
    """The calendar of a site that gives none: Monday to Friday, round the clock."""
    name = "Monday to Friday, round the clock"
    windows = [Window(name, weekday, "00:00", MIDNIGHT) for weekday in range(1, 6)]
    return [Version(name, zone, is_default=True)], windows


def expand(
    versions: Sequence[Version],
    windows: Sequence[Window],
    exceptions: Sequence[SpecialDay],
    first: date,
    last: date,
) -> list[Day]:
    """Every day of every calendar from `first` to `last`, in order.

    Raises CalendarError for a zone or hours that are none, that overlap, or that are
    too many.
    """
    for version in versions:
        _check_zone(version)
    names = dict.fromkeys(version.calendar for version in versions)
    return [
        day
        for name in names
        for day in _days(
            [v for v in versions if v.calendar == name],
            [w for w in windows if w.calendar == name],
            [e for e in exceptions if e.calendar == name],
            first,
            last,
        )
    ]


def _check_zone(version: Version) -> None:
    if not is_zone(version.zone):
        raise CalendarError(
            f"Calendar {version.calendar} has the zone {version.zone!r}, which is no "
            "time zone: write one such as Europe/Paris."
        )


def is_zone(name: str) -> bool:
    """Whether a time zone has this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _days(
    versions: list[Version],
    windows: list[Window],
    exceptions: list[SpecialDay],
    first: date,
    last: date,
) -> Iterator[Day]:
    differing: dict[date, list[SpecialDay]] = {}
    for exception in exceptions:
        differing.setdefault(exception.day, []).append(exception)
    before, day = 0, first
    while day <= last:
        version = _in_force(versions, day)
        following = _in_force(versions, day + timedelta(days=1))
        if version:
            until = following or version
            hours, reason = _hours(windows, differing.get(day), day)
            found = Day(
                version.calendar,
                day,
                version.is_default,
                reason,
                _utc(day, time(), version.zone),
                _utc(day + timedelta(days=1), time(), until.zone),
                before,
                _opened(version, day, hours),
            )
            yield found
            before += found.minutes_in
        day += timedelta(days=1)


def _in_force(versions: list[Version], day: date) -> Version | None:
    return next((v for v in versions if _is_valid(v, day)), None)


def _is_valid(row: Version | Window, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_to is None or day < row.valid_to
    )


def _hours(
    windows: list[Window], differing: list[SpecialDay] | None, day: date
) -> tuple[list[tuple[str, str]], str | None]:
    """Opening hours of one day, and why they are not the usual ones."""
    if differing is not None:
        hours = [(e.opens, e.closes) for e in differing if e.opens and e.closes]
        return hours, next((e.reason for e in differing if e.reason), None)
    weekday = day.isoweekday()
    valid = [w for w in windows if w.weekday == weekday and _is_valid(w, day)]
    return [(w.opens, w.closes) for w in valid], None


def _opened(
    version: Version, day: date, hours: list[tuple[str, str]]
) -> tuple[tuple[datetime, datetime], ...]:
    """Hours as UTC instants, in order."""
    where = f"Calendar {version.calendar} on {day}"
    if len(hours) > MOST_WINDOWS:
        raise CalendarError(f"{where} has more than {MOST_WINDOWS} windows: join some.")
    bounds = sorted(
        (_wall(day, a, version.zone, where), _wall(day, b, version.zone, where))
        for a, b in hours
    )
    flat = [bound for window in bounds for bound in window]
    if flat != sorted(flat):
        raise CalendarError(
            f"{where} has windows that overlap or close before they open: mend them."
        )
    return tuple(bounds)


def _wall(day: date, text: str, zone: str, where: str) -> datetime:
    if text == MIDNIGHT:
        return _utc(day + timedelta(days=1), time(), zone)
    try:
        return _utc(day, time.fromisoformat(text), zone)
    except ValueError:
        raise CalendarError(
            f"{where} has the hour {text!r}: write it as 08:30, or 24:00."
        ) from None


def _utc(day: date, wall: time, zone: str) -> datetime:
    """A wall time as naive UTC: the first of two, or past the gap by as much."""
    local = datetime.combine(day, wall, ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


class Clock:
    """The working seconds of one calendar up to any instant of its days."""

    def __init__(self, days: Sequence[Day]):
        self._days = days
        self._starts = [day.starts_at for day in days]

    def at(self, instant: datetime) -> float:
        """Working seconds from the first day to a naive UTC instant.

        Raises CalendarError outside the days: nothing is known there, least of all 0.
        """
        place = bisect_right(self._starts, instant) - 1
        if place < 0 or instant >= self._days[place].ends_at:
            raise CalendarError(f"{instant} lies outside the calendar: extend it.")
        day = self._days[place]
        gone = sum(
            max(timedelta(), min(instant, closes) - opens).total_seconds()
            for opens, closes in day.windows
        )
        return 60 * day.minutes_before + gone

    def between(self, start: datetime, end: datetime) -> float:
        """Working seconds from one instant to another."""
        return self.at(end) - self.at(start)

    def add(self, start: datetime, seconds: float) -> datetime:
        """The earliest instant at which so many more working seconds have gone by.

        For 0 seconds outside opening hours, the next opening.
        """
        target = self.at(start) + seconds
        place = max(bisect_right(self._starts, start) - 1, 0)
        for day in self._days[place:]:
            gone = 60.0 * day.minutes_before
            for opens, closes in day.windows:
                length = (closes - opens).total_seconds()
                if closes > start and gone + length >= target:
                    reached = opens + timedelta(seconds=max(target - gone, 0))
                    if max(reached, start) < closes or seconds > 0:
                        return max(reached, start)
                gone += length
        raise CalendarError(f"The calendar ends before {start} plus {seconds:g} s.")
