"""What comes back from the gate: rows, and all that is needed to believe them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cachetools import LRUCache

from dashboard.access import Viewer
from dashboard.databases.state import Load
from dashboard.filters import Filters
from dashboard.query_files import Query
from dashboard.query_headers import Quotient
from dashboard.statistics.intervals import (
    RATE_MINIMUM,
    percentile_states,
    rate_states,
    wilson,
    wilson_of_sample,
)
from dashboard.statistics.weighted import weighted_rate

__all__ = ["RATE_MINIMUM", "Answer", "Question", "with_figures"]


_pooled: LRUCache[tuple[int, tuple[str, ...]], tuple[pa.Table, pa.Table]] = LRUCache(
    512
)
_lock = threading.Lock()


@dataclass(frozen=True)
class Question:
    """A query with everything that its answer depends on.

    `where` keeps rows whose columns have one of some values, written as text;
    `search` keeps rows with that text in any column of text. Both act on the rows that
    the query returns, as do order, offset and limit.
    """

    query: str
    filters: Filters
    settings: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    search: str = ""
    order: str = ""
    descending: bool = False
    offset: int = 0
    limit: int | None = None
    by: tuple[str, ...] | None = None  # pooled by these columns, as Answer.by does


@dataclass(frozen=True)
class Answer:
    """The rows of a question, with what made them."""

    question: Question
    query: Query
    viewer: Viewer
    rows: pa.Table
    read_at: datetime  # UTC
    load: Load
    sql: str
    values: Mapping[str, Any]
    not_applied: tuple[str, ...]  # filters that do not reach what this query reads
    whole: Answer | None = None  # all rows, where these are only the largest
    of_rows: int | None = None  # how many there are, where these are a page of them
    # columns that an analysis added, with their meaning
    added: Mapping[str, str] = field(default_factory=dict)

    def by(self, *keys: str) -> Answer:
        """The same pooled: counts summed over all but `keys`, rates computed anew.

        What is true of one of the rows, such as that it is partial, is true of all.
        Amounts of several currencies are never added up: they are left out.
        """
        place = (id(self.rows), keys)
        with _lock:
            rows, pooled = _pooled.get(place, (None, None))
        if pooled is None:
            rows, pooled = self.rows, self._pooled_by(keys)
            with _lock:  # with its rows, so that nothing else gets their place
                _pooled[place] = rows, pooled
        return replace(self, question=replace(self.question, by=keys), rows=pooled)

    def _pooled_by(self, keys: tuple[str, ...]) -> pa.Table:
        how = {
            name: "any" if pa.types.is_boolean(kind) else "sum"
            for name, kind in zip(
                self.rows.column_names, self.rows.schema.types, strict=True
            )
            if name in self.query.columns
            and name not in (*keys, *self.query.percentiles)
            and not (name.endswith("_amount") and self._mixes_currencies(keys))
            and (_is_number(kind) or pa.types.is_boolean(kind))
        }
        names = [*keys, *how]
        grouped = (
            self.rows.select(names)
            .group_by(list(keys), use_threads=False)
            .aggregate(list(how.items()))
            .rename_columns(names)
        )
        if not keys and self.rows.num_rows == 0:
            grouped = pa.table(
                {name: pa.array([self._of_nothing(name)]) for name in how}
            )
        elif keys:
            grouped = grouped.sort_by([(key, "ascending") for key in keys])
        return with_figures(grouped, self.query)

    def _mixes_currencies(self, keys: tuple[str, ...]) -> bool:
        return "currency" in self.query.columns and "currency" not in keys

    def _of_nothing(self, column: str) -> int | None:
        """A count over no rows: none, or unknown where the header says it may be."""
        is_unknown = not self.sql or "; empty" in self.query.columns[column]
        return None if is_unknown else 0

    def only(self, column: str, value: str | None) -> Answer:
        """The rows with one value of a column."""
        same = _same(self.rows, {column: value}, (column,))
        return replace(self, rows=self.rows.filter(same))

    def largest(self, column: str, most: int = 20) -> Answer:
        """The rows with the most of a count, falling; `whole` keeps all of them."""
        order = [(column, "descending"), (self.rows.column_names[0], "ascending")]
        ranked = replace(self, rows=self.rows.sort_by(order))
        if ranked.rows.num_rows <= most:
            return ranked
        return replace(ranked, rows=ranked.rows.slice(0, most), whole=ranked)

    def total(self) -> dict[str, Any]:
        """The one row of everything pooled; a count that no row knows is None."""
        return self.by().rows.to_pylist()[0]

    def with_lines(self, over_time: Answer, key: str, *columns: str) -> Answer:
        """The same with `<column>_line`: for each row, its values of `over_time`.

        The rows of `over_time` stand in order of time; its group_name is `key` here. A
        time without a value is left out, and a line of fewer than two values is empty.
        """
        rows = self.rows
        for column in columns:
            lines: dict[Any, list[Any]] = {}
            named = over_time.rows.select(["group_name", column]).to_pydict()
            for at, value in zip(*named.values(), strict=True):
                if value is not None:
                    lines.setdefault(at, []).append(value)
            found = [lines.get(at, []) for at in rows[key].to_pylist()]
            found = [line if len(line) > 1 else [] for line in found]
            kind = pa.list_(over_time.rows.schema.field(column).type)
            rows = rows.append_column(f"{column}_line", pa.array(found, kind))
        return replace(self, rows=rows)

    def weighted(self, rate: str, weight: str, *keys: str) -> Answer:
        """Pooled by `keys`, with `<rate>_weighted`: the rate at the mix of `weight`.

        The strata are the rows of this answer. `<rate>_weighted_low` and `_high` are
        the ends of its 95 % interval.
        """
        quotient = self.query.rate(rate)
        pooled = self.by(*keys)
        found = [
            _weighted(self.rows.filter(_same(self.rows, row, keys)), quotient, weight)
            or (None, None, None)
            for row in pooled.rows.to_pylist()
        ]
        rows = pooled.rows
        for place, ending in enumerate(("", "_low", "_high")):
            column = pa.array([figures[place] for figures in found], pa.float64())
            rows = rows.append_column(f"{rate}_weighted{ending}", column)
        return replace(pooled, rows=rows)


def with_figures(rows: pa.Table, query: Query) -> pa.Table:
    """Rows with the rates, ratios and percentile states that the header names."""
    for rate in query.rates:
        if {rate.numerator, rate.denominator} <= set(rows.column_names):
            rows = _with_rate(rows, rate)
    for ratio in query.ratios:
        if {ratio.numerator, ratio.denominator} <= set(rows.column_names):
            rows = _with_ratio(rows, ratio)
    for name, count in query.percentiles.items():
        if name in rows.column_names:
            rows = _with_percentile_state(rows, name, count)
    return rows


def _with_rate(rows: pa.Table, rate: Quotient) -> pa.Table:
    """Add rate, low, high (0 to 1; null unless `ok`) and state."""
    x, n = _floats(rows, rate.numerator), _floats(rows, rate.denominator)
    states = rate_states(np.where(np.isnan(x), 0, n))
    shown = np.array([state == "ok" for state in states], dtype=bool)
    value = np.where(shown, x / np.where(shown, n, 1.0), np.nan)
    counted = np.where(shown, n, 0.0)
    population = _population(rows, rate)
    low, high = (
        wilson(np.nan_to_num(x), counted)
        if population is None
        else wilson_of_sample(np.nan_to_num(x), counted, population)
    )
    for name, column in (("", value), ("_low", low), ("_high", high)):
        rows = rows.append_column(rate.name + name, _nullable(column))
    return rows.append_column(f"{rate.name}_state", pa.array(states, pa.string()))


def _population(rows: pa.Table, rate: Quotient) -> np.ndarray | None:
    """How many items the denominator is a sample of; None where that is not known."""
    if rate.population and rate.population in rows.column_names:
        return _floats(rows, rate.population)
    return None


def _with_ratio(rows: pa.Table, ratio: Quotient) -> pa.Table:
    """Add the ratio (null unless `ok`) and its state, which may be `infinite`."""
    x, n = _floats(rows, ratio.numerator), _floats(rows, ratio.denominator)
    states, values = [], []
    for top, bottom in zip(x.tolist(), n.tolist(), strict=True):
        if bottom > 0 and top == top:
            states.append("ok")
            values.append(top / bottom)
        elif ratio.may_be_infinite and top > 0:
            states.append("infinite")
            values.append(None)
        elif ratio.may_be_infinite and top == 0:
            states.append("ok")
            values.append(0.0)
        else:
            states.append("no_value")
            values.append(None)
    rows = rows.append_column(ratio.name, pa.array(values, pa.float64()))
    return rows.append_column(f"{ratio.name}_state", pa.array(states, pa.string()))


def _with_percentile_state(rows: pa.Table, name: str, count: str) -> pa.Table:
    """Blank a percentile that rests on too few values, and say so."""
    states = percentile_states(name, _floats(rows, count))
    shown = pa.array([state == "ok" for state in states], pa.bool_())
    place = rows.column_names.index(name)
    column = rows[name]
    blanked = pc.if_else(shown, column, pa.nulls(rows.num_rows, column.type))
    rows = rows.set_column(place, name, blanked)
    return rows.append_column(f"{name}_state", pa.array(states, pa.string()))


def _weighted(
    rows: pa.Table, quotient: Quotient, weight: str
) -> tuple[float, float, float] | None:
    return weighted_rate(
        np.nan_to_num(_floats(rows, quotient.numerator)),
        np.nan_to_num(_floats(rows, quotient.denominator)),
        np.nan_to_num(_floats(rows, weight)),
    )


def _same(rows: pa.Table, row: dict[str, Any], keys: tuple[str, ...]) -> Any:
    """Which rows have the keys of one row; null equals null."""
    same = pa.chunked_array([np.ones(rows.num_rows, dtype=bool)])
    for key in keys:
        value = row[key]
        equal = (
            pc.is_null(rows[key])
            if value is None
            else pc.fill_null(pc.equal(rows[key], value), False)
        )
        same = pc.and_(same, equal)
    return same


def _floats(rows: pa.Table, name: str) -> np.ndarray:
    """A numeric column as floats, nan for null."""
    column = rows[name].cast(pa.float64())
    return column.to_numpy(zero_copy_only=False).astype(np.float64)


def _nullable(column: np.ndarray) -> pa.Array:
    return pa.array(column, pa.float64(), from_pandas=True)


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
    )
