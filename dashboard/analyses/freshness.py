"""How fresh each part of the data is, against what was expected of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyarrow as pa

from dashboard.answers import Answer

ADDED = {
    "age_hours": "hours from the newest change, or else from the load, until now",
    "expected_hours": "within which the next change is expected; empty: not said",
    "freshness": "fresh, late, or not said where nobody said what to expect",
}


@dataclass(frozen=True)
class Part:
    """A relation or a file of a source; times are UTC without zone."""

    name: str
    newest_at: datetime | None
    loaded_at: datetime | None
    expected: timedelta | None

    @property
    def told_at(self) -> datetime | None:
        """Its newest change; where no change has a date, its load."""
        return self.newest_at or self.loaded_at

    @property
    def due_at(self) -> datetime | None:
        """When the next change should have come; None where nobody said."""
        return self.told_at + self.expected if self.told_at and self.expected else None

    def age(self, now: datetime) -> timedelta | None:
        """How old its newest change is; never less than nothing."""
        return max(now - self.told_at, timedelta()) if self.told_at else None

    def state(self, now: datetime) -> str:
        """Fresh, late or not said."""
        if self.due_at is None:
            return "not said"
        return "late" if now > self.due_at else "fresh"


def parts_of(lines: Answer, loads: Answer, usual: timedelta | None) -> list[Part]:
    """The parts of the last load; of a load that tells none, the whole as one.

    `lines` answers data/parts and `loads` data/load. `usual` is what is expected where
    the load does not say.
    """
    if lines.rows.num_rows:
        return [
            Part(
                row["part"],
                row["newest_at"],
                row["finished_at"],
                _minutes(row["expected_minutes"]) or usual,
            )
            for row in lines.rows.to_pylist()
        ]
    return [
        Part(row["source"], row["max_changed_at"], row["finished_at"], usual)
        for row in loads.rows.to_pylist()[:1]
    ]


def latest_first(parts: Sequence[Part], now: datetime) -> list[Part]:
    """The parts that are late, the one that is late for the longest first."""
    late = [part for part in parts if part.state(now) == "late"]
    return sorted(late, key=lambda part: (part.due_at or now, part.name))


def with_ages(lines: Answer, parts: Sequence[Part], now: datetime) -> Answer:
    """The parts as rows of data/parts, with age, expected hours and state."""
    rows = pa.table(
        {
            "part": pa.array([part.name for part in parts], pa.string()),
            "freshness": pa.array([part.state(now) for part in parts], pa.string()),
            "newest_at": _instants([part.newest_at for part in parts]),
            "age_hours": _hours([part.age(now) for part in parts]),
            "expected_hours": _hours([part.expected for part in parts]),
            "finished_at": _instants([part.loaded_at for part in parts]),
        }
    )
    return replace(lines, rows=rows, added=ADDED)


def _minutes(told: int | None) -> timedelta | None:
    return None if told is None else timedelta(minutes=told)


def _instants(values: list[datetime | None]) -> pa.Array:
    return pa.array(values, pa.timestamp("us"))


def _hours(values: list[timedelta | None]) -> pa.Array:
    told = [None if v is None else v.total_seconds() / 3600 for v in values]
    return pa.array(told, pa.float64())
