"""Working time: local seconds, seconds worked since the first day, and UTC.

Local time is counted in seconds since midnight of the first day; working time in
seconds of opening hours since then. There are two calendars: the office works Monday
to Friday without the public holidays of England, some departments all week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays
import numpy as np

OFFICE, ALL_WEEK = 0, 1
CALENDAR_NAMES = ("office", "all week")
DAY = 86_400
HISTORY_DAYS = 730  # before the last day
DAYS_AHEAD = 1_200
OPENS = np.array([8 * 3600 + 1800, 8 * 3600])
WORKDAY = np.array([9 * 3600, 12 * 3600])
DUE_HOUR = 17


@dataclass(frozen=True)
class Calendar:
    """The days from the first of the history to far beyond its last, `end`."""

    end: date
    zone: str

    @property
    def first(self) -> date:
        """The first day of the history; day 0."""
        return self.end - timedelta(days=HISTORY_DAYS)

    @cached_property
    def dates(self) -> list[date]:
        """Every day, in order."""
        count = HISTORY_DAYS + DAYS_AHEAD
        return [self.first + timedelta(days=day) for day in range(count)]

    @cached_property
    def weekday(self) -> np.ndarray:
        """Day of the week of every day; Monday is 0."""
        return (np.arange(len(self.dates)) + self.first.weekday()) % 7

    @cached_property
    def is_working(self) -> np.ndarray:
        """Whether a calendar (row) works on a day (column)."""
        closed = public_holidays(self.dates[0].year, self.dates[-1].year)
        office = [day.weekday() < 5 and day not in closed for day in self.dates]
        return np.array([office, [True] * len(office)])

    @cached_property
    def days_before(self) -> np.ndarray:
        """Working days of a calendar (row) before a day (column)."""
        return np.cumsum(self.is_working, axis=1) - self.is_working

    @cached_property
    def workdays(self) -> np.ndarray:
        """The n-th working day (column) of a calendar (row); the last one repeats."""
        found = np.full(self.is_working.shape, len(self.dates) - 1)
        for row, working in enumerate(self.is_working):
            days = np.flatnonzero(working)
            found[row, : len(days)] = days
        return found

    @cached_property
    def offsets(self) -> np.ndarray:
        """Seconds that local time is ahead of UTC at noon of every day."""
        zone = ZoneInfo(self.zone)
        noons = (datetime.combine(day, time(12), zone) for day in self.dates)
        ahead = [noon.utcoffset() or timedelta() for noon in noons]
        return np.array([offset.seconds for offset in ahead])

    @cached_property
    def as_of(self) -> int:
        """Local second for which the data holds: noon of the last day."""
        return HISTORY_DAYS * DAY + DAY // 2

    def worked(self, calendar: np.ndarray, local: np.ndarray) -> np.ndarray:
        """Working seconds up to local times."""
        day, second = local // DAY, local % DAY
        today = np.clip(second - OPENS[calendar], 0, WORKDAY[calendar])
        today *= self.is_working[calendar, day]
        return self.days_before[calendar, day] * WORKDAY[calendar] + today

    def local(self, calendar: np.ndarray, worked: np.ndarray) -> np.ndarray:
        """The local time at which so many working seconds have gone by."""
        number, second = np.divmod(worked, WORKDAY[calendar])
        last = self.workdays.shape[1] - 1
        day = self.workdays[calendar, np.minimum(number, last)]
        return day * DAY + OPENS[calendar] + second

    def due(
        self, calendar: np.ndarray, worked: np.ndarray, days: np.ndarray
    ) -> np.ndarray:
        """The due hour of the day that comes `days` working days later."""
        number = worked // WORKDAY[calendar] + days
        return self.workdays[calendar, number] * DAY + DUE_HOUR * 3600

    def utc(self, local: np.ndarray) -> np.ndarray:
        """UTC instants of local times."""
        start = np.datetime64(self.first, "s")
        instants = start + (local - self.offsets[local // DAY]).astype("timedelta64[s]")
        return instants.astype("datetime64[us]")

    def date_of(self, local: np.ndarray) -> np.ndarray:
        """Dates of local times."""
        return np.datetime64(self.first, "D") + (local // DAY).astype("timedelta64[D]")

    def instant(self, local: int) -> datetime:
        """One local time as naive UTC."""
        found: datetime = self.utc(np.array([local]))[0].item()
        return found


def public_holidays(from_year: int, to_year: int) -> dict[date, str]:
    """The public holidays of England and their names."""
    years = range(from_year, to_year + 1)
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=years))


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
