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


@kept
def curve(answer: Answer) -> Curve | None:
    """The curve over all rows; None where nothing was completed."""
    whole = answer.rows
    found = _survival(whole)
    if not found.times.size:
        return None
    kept = _steps(1 - found.shares)
    hours, done = found.times[kept] / 60, 1 - found.shares[kept]
    much = _cancelled_share(whole) > MANY_CANCELLED
    cancelled = _cancelled_by(whole, hours) if much else np.full(len(hours), np.nan)
    rows = pa.table(
        {
            "work_hours": hours,
            "done_share": done,
            "cancelled_share": pa.array(cancelled, pa.float64(), from_pandas=True),
        }
    )
    return Curve(rows, found.longest / 60, much)


@kept
def by_group(answer: Answer, group: str) -> Answer:
    """One row per group with the columns of ADDED, those with most items first."""
    names = pc.unique(answer.rows[group]).to_pylist()
    rows = [{group: name} | _times(_of(answer.rows, group, name)) for name in names]
    rows.sort(key=lambda row: (-row["completed_items"], str(row[group])))
    kinds = [(group, pa.string())]
    kinds += [
        (name, pa.int64() if name.endswith("_items") else pa.float64())
        for name in ADDED
    ]
    table = pa.Table.from_pylist(rows, pa.schema(kinds))
    return replace(answer, rows=table, added=ADDED)


def _of(rows: pa.Table, group: str, name: str | None) -> pa.Table:
    same = pc.is_null(rows[group]) if name is None else pc.equal(rows[group], name)
    return rows.filter(pc.fill_null(same, False))


def _times(rows: pa.Table) -> dict[str, float | None]:
    found, done = _survival(rows), _count(rows, "completed")
    return {
        "completed_items": done,
        "still_open_items": _count(rows, "open"),
        "cancelled_items": _count(rows, "cancelled"),
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


def _survival(rows: pa.Table) -> Survival:
    """Kaplan-Meier of the rows; what came in the period was seen from before its start.

    An item done within its first minute has a time of 0, which an entry of 0 would
    leave out.
    """
    known = pc.and_(
        pc.is_in(rows["outcome"], pa.array(["completed", "open"])),
        pc.is_valid(rows["exit_minutes"]),
    )
    found = rows.filter(known)
    done = pc.equal(found["outcome"], "completed")
    entries = pc.fill_null(found["entry_minutes"], -1)
    return kaplan_meier(
        _each(found, found["exit_minutes"]).astype(float),
        _each(found, done),
        _each(found, entries).astype(float),
    )


def _each(rows: pa.Table, column: pa.ChunkedArray) -> np.ndarray:
    """The values of a column, once for every item."""
    values = column.to_numpy(zero_copy_only=False)
    return np.repeat(values, rows["items"].to_numpy())


def _steps(done: np.ndarray) -> np.ndarray:
    """The first place of each half percent, and the last of all."""
    _, first = np.unique(np.floor(done / STEP), return_index=True)
    return np.unique(np.append(first, len(done) - 1))


def _count(rows: pa.Table, outcome: str) -> int:
    of = rows.filter(pc.equal(rows["outcome"], outcome))
    return int(pc.sum(of["items"]).as_py() or 0)


def _cancelled_share(rows: pa.Table) -> float:
    items = pc.sum(rows["items"]).as_py() or 0
    return _count(rows, "cancelled") / items if items else 0.0


def _cancelled_by(rows: pa.Table, hours: np.ndarray) -> np.ndarray:
    """Share cancelled by each time, of what came in the period."""
    came = pc.and_(
        pc.and_(pc.is_null(rows["entry_minutes"]), pc.is_valid(rows["exit_minutes"])),
        pc.not_equal(rows["outcome"], "faulty"),
    )
    found = rows.filter(came)
    codes = {"open": 0, "completed": 1, "cancelled": 2}
    outcome = np.array([codes[word] for word in _each(found, found["outcome"])])
    if not {1, 2} <= set(outcome.tolist()):
        return np.full(len(hours), np.nan)
    exits = _each(found, found["exit_minutes"]).astype(float)
    times, _, cancelled = incidence(exits, outcome)
    place = np.searchsorted(times / 60, hours, side="right") - 1
    return np.where(place >= 0, cancelled[np.maximum(place, 0)], 0.0)
