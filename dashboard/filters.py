"""What a page is narrowed to: its period, its as-of moment and the chosen groups.

Periods are half-open: `end` is the first day not counted. None among the values of a
filter is the group without one, shown as "(none)".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboard.errors import QuestionError
from dashboard.relations import FILTERS

NONE = "(none)"
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)  # that can be asked for
LABELS = {
    "department": "Department",
    "team": "Team",
    "work_type": "Work type",
    "priority": "Priority",
    "channel": "Channel",
    "employment": "Employment",
}


@dataclass(frozen=True)
class Filters:
    """A page's filters. `as_of` is a UTC instant without zone."""

    start: date
    end: date
    as_of: datetime
    zone: str
    department: tuple[str | None, ...] = ()
    team: tuple[str | None, ...] = ()
    work_type: tuple[str | None, ...] = ()
    priority: tuple[str | None, ...] = ()
    channel: tuple[str | None, ...] = ()
    employment: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise QuestionError(
                f"The period ends on {self.end}, which is not after its start on "
                f"{self.start}: choose a later end."
            )
        for name in FILTERS:  # order and repeats mean nothing
            values = sorted(
                set(getattr(self, name)), key=lambda v: (v is None, v or "")
            )
            object.__setattr__(self, name, tuple(values))

    @property
    def chosen(self) -> dict[str, tuple[str | None, ...]]:
        """The filters that narrow something, by name."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    def parameters(self) -> dict[str, object]:
        """The values that every query may bind; instants are UTC without zone."""
        return {
            "period_start": self.start,
            "period_end": self.end,
            "period_from": midnight(self.start, self.zone),
            "period_to": midnight(self.end, self.zone),
            "as_of": self.as_of,
            "plan_level": self.plan_level,
        }

    @property
    def plan_level(self) -> str:
        """Whose plan fits what is shown: a plan of all says nothing of a part.

        department (of all or some), team or work_type; none where no plan can fit.
        """
        narrowed = set(self.chosen) - {"department"}
        if not narrowed:
            return "department"
        return narrowed.pop() if narrowed in ({"team"}, {"work_type"}) else "none"

    def without(self, name: str) -> Filters:
        """The same with one filter removed."""
        return _changed(self, {name: ()})

    def narrowed(self, **values: tuple[str | None, ...]) -> Filters:
        """The same with some filters set."""
        return _changed(self, values)

    def earlier(self) -> Filters:
        """The same view one period earlier: period and as-of moved back alike.

        Whole months move by months, everything else by its number of days, so that
        a month to date is compared with as much of the month before.
        """
        if self.start.day == 1 and self.end.day == 1:
            months = 12 * (self.end.year - self.start.year)
            months += self.end.month - self.start.month

            def back(day: date) -> date:
                return months_after(day, -months)
        else:
            days = self.end - self.start

            def back(day: date) -> date:
                return day - days

        local = local_time(self.as_of, self.zone)
        moment = datetime.combine(back(local.date()), local.time())
        return replace(
            self,
            start=back(self.start),
            end=back(self.end),
            as_of=utc(moment, self.zone),
        )

    def sentence(self) -> str:
        """The filters in words, the period with the last day that it counts."""
        parts = [period_words(self.start, self.end)]
        for name, values in self.chosen.items():
            shown = [value or NONE for value in values]
            more = f" and {len(shown) - 4} more" if len(shown) > 5 else ""
            listed = shown[:4] if more else shown
            parts.append(f"{LABELS[name].lower()} {', '.join(listed)}{more}")
        return " · ".join(parts)


def _changed(filters: Filters, values: dict[str, tuple[str | None, ...]]) -> Filters:
    kept = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return Filters(**{**kept, **values})


def utc(local: datetime, zone: str) -> datetime:
    """The UTC instant of a wall time; the first one where clocks repeat an hour."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def local_time(instant: datetime, zone: str) -> datetime:
    """The wall time of a UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def midnight(day: date, zone: str) -> datetime:
    """The UTC instant at which a local day begins."""
    return utc(datetime.combine(day, time()), zone)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is none."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def day_words(day: date) -> str:
    """A date as a reader writes it: 2 November 2026."""
    return f"{day.day} {day:%B %Y}"


def period_words(start: date, end: date) -> str:
    """A half-open period by its first and last day."""
    last = end - timedelta(days=1)
    if start == last:
        return day_words(start)
    if start.year != last.year:
        return f"{day_words(start)} to {day_words(last)}"
    if start.month != last.month:
        return f"{start.day} {start:%B} to {day_words(last)}"
    return f"{start.day} to {day_words(last)}"


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date, months: int = 0) -> date:
    return months_after(day.replace(day=1), months)


def _quarter(day: date, quarters: int = 0) -> date:
    return months_after(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * quarters)


def _days(day: date, start: int, end: int) -> tuple[date, date]:
    return day + timedelta(days=start), day + timedelta(days=end)


# The presets count back from the day of the as-of moment.
PRESETS: dict[str, tuple[str, Callable[[date], tuple[date, date]]]] = {
    "today": ("Today", lambda day: _days(day, 0, 1)),
    "yesterday": ("Yesterday", lambda day: _days(day, -1, 0)),
    "this_week": ("This week", lambda day: _days(_week(day), 0, 7)),
    "last_week": ("Last week", lambda day: _days(_week(day), -7, 0)),
    "last_4_weeks": ("Last 4 weeks", lambda day: _days(_week(day), -21, 7)),
    "last_13_weeks": ("Last 13 weeks", lambda day: _days(_week(day), -84, 7)),
    "this_month": ("This month", lambda day: (_month(day), _month(day, 1))),
    "last_month": ("Last month", lambda day: (_month(day, -1), _month(day))),
    "this_quarter": ("This quarter", lambda day: (_quarter(day), _quarter(day, 1))),
    "last_quarter": ("Last quarter", lambda day: (_quarter(day, -1), _quarter(day))),
    "last_6_months": ("Last 6 months", lambda day: (_month(day, -5), _month(day, 1))),
    "last_12_months": (
        "Last 12 months",
        lambda day: (_month(day, -11), _month(day, 1)),
    ),
    "this_year": (
        "This year",
        lambda day: (date(day.year, 1, 1), date(day.year + 1, 1, 1)),
    ),
}
DEFAULT_PRESET = "last_13_weeks"


def preset(name: str, as_of: datetime, zone: str) -> tuple[date, date]:
    """Start and end of a preset period. Raises QuestionError for an unknown name."""
    if name not in PRESETS:
        raise QuestionError(
            f"There is no period {name!r}; the periods are {', '.join(PRESETS)}."
        )
    # An as-of at midnight belongs to the day that has just ended.
    moment = local_time(as_of, zone) - timedelta(microseconds=1)
    return PRESETS[name][1](moment.date())


def parse_day(text: str, what: str) -> date:
    """A date written 2026-11-22. Raises QuestionError that names `what`."""
    try:
        return _checked(date.fromisoformat(text))
    except ValueError:
        raise QuestionError(
            f"{what} is {text!r}, which is no date of 1970 to 2100: write it as "
            "2026-11-22."
        ) from None


def _checked(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is out of bounds")
    return day


def parse_moment(text: str, zone: str) -> datetime:
    """An as-of moment, written as a date or an ISO time, as a UTC instant.

    Without an offset it is wall time in the zone. Raises QuestionError.
    """
    try:
        moment = datetime.fromisoformat(text)
        _checked(moment.date())
    except ValueError:
        raise QuestionError(
            f"The as-of moment is {text!r}, which is no time of 1970 to 2100: "
            "write it as 2026-11-22T16:00."
        ) from None
    if moment.tzinfo:
        return moment.astimezone(UTC).replace(tzinfo=None)
    return utc(moment, zone)


def choice(values: Iterable[str]) -> tuple[str | None, ...]:
    """Chosen values as a filter holds them: "(none)" is the group without one."""
    return tuple(None if value == NONE else value for value in values)
