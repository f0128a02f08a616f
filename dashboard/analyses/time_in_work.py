"""How long work takes, open work included: a Kaplan-Meier curve.

The rows are those of deadlines/time_in_work, or of a query with the same columns, of
which the ends of the names of entry_ and exit_ say the unit. Items open at the end of
the period count with their time so far; those in work when it began enter at their time
then; cancelled ones are left out and counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.analyses.keeping import kept
from dashboard.answers import Answer
from dashboard.statistics.intervals import PERCENTILE_MINIMUM
from dashboard.statistics.survival import Survival, incidence, kaplan_meier

MANY_CANCELLED = 0.05  # share from which cancelled work stands beside the curve
STEP = 0.01  # of the share done, below which a step of a curve is not drawn
SHOWN = 0.98  # of the slowest curve: a few long ones would press all together
CURVES = 4  # groups with a curve: those with the most work done, and the slowest
ADDED = {
    "finished_items": "items completed in the period, and not reopened since",
    "still_open_items": "items open at its end: they count with their time so far",
    "cancelled_items": "items cancelled in the period, left out of the times",
    "half_work_hours": "working hours in which half of the work is done",
    "most_work_hours": "working hours in which 85 of 100 are done",
    "longest_work_hours": "longest time observed so far, done or not: what is empty "
    "takes longer than this",
}


@dataclass(frozen=True)
class Curves:
    """The share done by time: of all work, then of its largest groups.

    `rows` has `curve`, the place of a name in `names`, with time and done_share; the
    first also cancelled_share, which is null unless much is cancelled. They end where
    SHOWN of the slowest is done, or with the longest time. `half` and `most` are
    the times in which half and 85 of 100 of all are done; None for too few, or where
    that is not reached.
    """

    rows: pa.Table
    names: tuple[str | None, ...]
    half: float | None
    most: float | None
    longest: float
    cut: float | None  # longer times are not in the rows; None if all are
    has_much_cancelled: bool


@dataclass(frozen=True)
class _Spans:
    """Columns of the rows, a place for each; times in the unit of the page."""

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


def _spans(rows: pa.Table, per: int) -> _Spans:
    """`per` is how many units of the rows make one of the page."""
    entry = _times_of(rows, "entry_")
    outcome = np.array(rows["outcome"].to_pylist(), dtype=str)
    return _Spans(
        outcome,
        np.where(np.isnan(entry), -1, entry / per),
        _times_of(rows, "exit_") / per,
        rows["items"].to_numpy(),
    )


def _times_of(rows: pa.Table, start: str) -> np.ndarray:
    """The column whose name starts so, nan for null; all nan where there is none."""
    for name in rows.column_names:
        if name.startswith(start):
            column = rows[name].cast(pa.float64())
            return np.asarray(column.to_numpy(zero_copy_only=False), dtype=float)
    return np.full(rows.num_rows, np.nan)


@kept
def curves(answer: Answer, per: int = 60) -> Curves | None:
    """All work and its largest groups, from quick to slow; None with nothing done.

    A group of too few for its 85 of 100 has no curve, and one group alone is all. `per`
    is how many units of the rows make one of the page.
    """
    whole = _spans(answer.rows, per)
    found = whole.survival()
    if not found.times.size:
        return None
    drawn = [("All", found), *_largest(answer.rows, whole)]
    rows = pa.concat_tables(_curve(at, one) for at, (_, one) in enumerate(drawn))
    end = max(_until(one) for _, one in drawn)
    rows = rows.filter(pc.less_equal(rows["time"], end))
    done = whole.count("completed")
    much = whole.count("cancelled") > MANY_CANCELLED * whole.items.sum()
    cancelled = _cancelled_by(whole, rows) if much else pa.nulls(rows.num_rows)
    return Curves(
        rows.append_column("cancelled_share", cancelled),
        tuple(name for name, _ in drawn),
        _reached(found, 0.5, done, "p50"),
        _reached(found, 0.85, done, "p85"),
        found.longest,
        end if end < found.longest else None,
        cancelled.null_count < rows.num_rows,
    )


def _curve(at: int, found: Survival) -> pa.Table:
    """One curve up to the longest time, without steps that are too small to be seen."""
    steps = _steps(1 - found.shares)
    times, done = (
        np.append(0, found.times[steps]),
        np.append(0, 1 - found.shares[steps]),
    )
    if times[-1] < found.longest:  # still open then
        times, done = np.append(times, found.longest), np.append(done, done[-1])
    return pa.table(
        {
            "curve": np.full(len(times), at),
            "time": times,
            "done_share": done,
        }
    )


def _largest(rows: pa.Table, whole: _Spans) -> list[tuple[str | None, Survival]]:
    """The largest groups and the slowest, from quick to slow; none where one is all."""
    enough = PERCENTILE_MINIMUM["p85"]
    found = [
        (spans.count("completed"), name, spans) for name, spans in _groups(rows, whole)
    ]
    if len(found) < 2:
        return []
    found.sort(key=lambda one: (-one[0], str(one[1])))
    curves = [(name, of.survival()) for done, name, of in found if done >= enough]
    if len(curves) > CURVES:
        slowest = max(curves[CURVES - 1 :], key=_half)
        curves = [*curves[: CURVES - 1], slowest]
    return sorted(curves, key=_half)


def _until(found: Survival) -> float:
    """The time by which SHOWN is done; the longest where it never is."""
    reached = found.quantile(SHOWN)
    return found.longest if reached is None else reached


def _half(named: tuple[str | None, Survival]) -> float:
    """The time by which half is done; without end where it never is."""
    reached = named[1].quantile(0.5)
    return math.inf if reached is None else reached


def _groups(rows: pa.Table, whole: _Spans) -> Iterator[tuple[str | None, _Spans]]:
    codes = rows["group_name"].combine_chunks().dictionary_encode("encode")
    place = codes.indices.to_numpy()
    for number, name in enumerate(codes.dictionary.to_pylist()):
        yield name, whole.of(np.flatnonzero(place == number))


@kept
def by_group(answer: Answer, group: str) -> Answer:
    """One row per group, named in `group`, with ADDED; those with most done first."""
    rows: list[dict[str, Any]] = [
        {group: name, **_times(spans)}
        for name, spans in _groups(answer.rows, _spans(answer.rows, 60))
    ]
    rows.sort(key=lambda row: (-row["finished_items"], str(row[group])))
    count, hours = pa.int64(), pa.float64()
    kinds = [(name, count if name.endswith("_items") else hours) for name in ADDED]
    table = pa.Table.from_pylist(rows, pa.schema([(group, pa.string()), *kinds]))
    return replace(answer, rows=table, added=ADDED)


def _times(spans: _Spans) -> dict[str, float | None]:
    found, done = spans.survival(), spans.count("completed")
    return {
        "finished_items": done,
        "still_open_items": spans.count("open"),
        "cancelled_items": spans.count("cancelled"),
        "half_work_hours": _reached(found, 0.5, done, "p50"),
        "most_work_hours": _reached(found, 0.85, done, "p85"),
        "longest_work_hours": found.longest,
    }


def _reached(found: Survival, share: float, done: int, name: str) -> float | None:
    """The time by which a share is done; None for too few, or where it never is."""
    return None if done < PERCENTILE_MINIMUM[name] else found.quantile(share)


def _steps(done: np.ndarray) -> np.ndarray:
    """The first place of each half percent, and the last of all."""
    _, first = np.unique(np.floor(done / STEP), return_index=True)
    return np.unique(np.append(first, len(done) - 1))


def _cancelled_by(whole: _Spans, rows: pa.Table) -> pa.Array:
    """Share cancelled by each time of the first curve, of what came in the period."""
    came = (whole.entry < 0) & ~np.isnan(whole.exit) & (whole.outcome != "faulty")
    found = whole.of(np.repeat(np.flatnonzero(came), whole.items[came]))
    codes = {"open": 0, "completed": 1, "cancelled": 2}
    outcome = np.array([codes[word] for word in found.outcome.tolist()])
    if not {1, 2} <= set(outcome.tolist()):
        return pa.nulls(rows.num_rows, pa.float64())
    times, _, cancelled = incidence(found.exit, outcome)
    place = np.searchsorted(times, rows["time"].to_numpy(), side="right") - 1
    shares = np.where(place >= 0, cancelled[np.maximum(place, 0)], 0.0)
    return pa.array(shares, pa.float64(), mask=rows["curve"].to_numpy() > 0)
