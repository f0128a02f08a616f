"""How long work takes, open work included: a Kaplan-Meier curve.

The rows are those of deadlines/time_in_work. Items open at the end of the period count
with their time so far; those in work when it began enter at their time then; cancelled
ones are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.statistics.intervals import PERCENTILE_MINIMUM
from dashboard.statistics.survival import Survival, incidence, kaplan_meier

MANY_CANCELLED = 0.05  # share from which cancelled work stands beside the curve
STEP = 0.005  # of the share done, below which a step of the curve is not drawn
ADDED = {
    "completed_items": "items completed in the period",
    "still_open_items": "items open at its end: they count with their time so far",
    "cancelled_items": "items cancelled in the period, left out of the times",
    "half_work_hours": "working hours in which half of the work is done",
    "most_work_hours": "working hours in which 85 of 100 are done",
    "longest_work_hours": "longest time observed so far, done or not: what is empty "
    "takes longer than this",
}


@dataclass(frozen=True)
class Curve:
    """The share done by working hours, and the share cancelled where that is much."""

    rows: pa.Table  # work_hours, done_share, cancelled_share (null unless much)
    longest: float  # working hours
    has_much_cancelled: bool


@dataclass(frozen=True)
class _Spans:
    """Columns of deadlines/time_in_work, a place for each row; times in minutes."""

    outcome: np.ndarray  # of words
    entry: np.ndarray  # -1: came in the period, and was seen from before its start
    exit: np.ndarray  # nan: not known
    items: np.ndarray

    def of(self, rows: np.ndarray) -> _Spans:
        """Some of the rows."""
        columns = (self.outcome, self.entry, self.exit, self.items)
        return _Spans(*(column[rows] for column in columns))

    def count(self, outcome: str) -> int:
        """How many items ended so."""
        return int(self.items[self.outcome == outcome].sum())

    def survival(self) -> Survival:
        """Kaplan-Meier of what was completed or is open."""
        known = np.isin(self.outcome, ("completed", "open")) & ~np.isnan(self.exit)
        found = self.of(np.repeat(np.flatnonzero(known), self.items[known]))
        return kaplan_meier(found.exit, found.outcome == "completed", found.entry)


def _spans(rows: pa.Table) -> _Spans:
    entry = pc.fill_null(rows["entry_minutes"], -1).to_numpy().astype(float)
    exits = rows["exit_minutes"].cast(pa.float64()).to_numpy(zero_copy_only=False)
    outcome = np.array(rows["outcome"].to_pylist(), dtype=str)
    return _Spans(outcome, entry, exits, rows["items"].to_numpy())


@kept
def curve(answer: Answer) -> Curve | None:
    """The curve over all rows; None where nothing was completed."""
    whole = _spans(answer.rows)
    found = whole.survival()
    if not found.times.size:
        return None
    steps = _steps(1 - found.shares)
    hours, done = found.times[steps] / 60, 1 - found.shares[steps]
    much = whole.count("cancelled") > MANY_CANCELLED * whole.items.sum()
    cancelled = _cancelled_by(whole, hours) if much else np.full(len(hours), np.nan)
    rows = pa.table(
        {
            "work_hours": hours,
            "done_share": done,
            "cancelled_share": pa.array(cancelled, pa.float64(), from_pandas=True),
        }
    )
    return Curve(rows, found.longest / 60, bool(much))


@kept
def by_group(answer: Answer, group: str) -> Answer:
    """One row per group with the columns of ADDED, those with most items first."""
    whole = _spans(answer.rows)
    codes = answer.rows[group].combine_chunks().dictionary_encode("encode")
    place = codes.indices.to_numpy()
    rows = [
        {group: name} | _times(whole.of(np.flatnonzero(place == number)))
        for number, name in enumerate(codes.dictionary.to_pylist())
    ]
    rows.sort(key=lambda row: (-row["completed_items"], str(row[group])))
    count, hours = pa.int64(), pa.float64()
    kinds = [(name, count if name.endswith("_items") else hours) for name in ADDED]
    table = pa.Table.from_pylist(rows, pa.schema([(group, pa.string()), *kinds]))
    return replace(answer, rows=table, added=ADDED)


def _times(spans: _Spans) -> dict[str, float | None]:
    found, done = spans.survival(), spans.count("completed")
    return {
        "completed_items": done,
        "still_open_items": spans.count("open"),
        "cancelled_items": spans.count("cancelled"),
        "half_work_hours": _hours(found, 0.5, done, "p50"),
        "most_work_hours": _hours(found, 0.85, done, "p85"),
        "longest_work_hours": found.longest / 60,
    }


def _hours(found: Survival, share: float, done: int, name: str) -> float | None:
    """A quantile in hours; None for too few, or where it is never reached."""
    if done < PERCENTILE_MINIMUM[name]:
        return None
    minutes = found.quantile(share)
    return None if minutes is None else minutes / 60


def _steps(done: np.ndarray) -> np.ndarray:
    """The first place of each half percent, and the last of all."""
    _, first = np.unique(np.floor(done / STEP), return_index=True)
    return np.unique(np.append(first, len(done) - 1))


def _cancelled_by(whole: _Spans, hours: np.ndarray) -> np.ndarray:
    """Share cancelled by each time, of what came in the period."""
    came = (whole.entry < 0) & ~np.isnan(whole.exit) & (whole.outcome != "faulty")
    found = whole.of(np.repeat(np.flatnonzero(came), whole.items[came]))
    codes = {"open": 0, "completed": 1, "cancelled": 2}
    outcome = np.array([codes[word] for word in found.outcome.tolist()])
    if not {1, 2} <= set(outcome.tolist()):
        return np.full(len(hours), np.nan)
    times, _, cancelled = incidence(found.exit, outcome)
    place = np.searchsorted(times / 60, hours, side="right") - 1
    return np.where(place >= 0, cancelled[np.maximum(place, 0)], 0.0)
