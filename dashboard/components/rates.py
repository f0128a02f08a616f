"""A rate over time, or by group, with the interval and the n that belong to it."""

from __future__ import annotations

from typing import Any

from dashboard import charts
from dashboard.answers import RATE_MINIMUM, Answer
from dashboard.components.asking import grain, targets, targets_of
from dashboard.components.explained import nothing, unshown
from dashboard.components.figures import chart


def rate_over_time(
    answer: Answer,
    rate: str,
    *,
    target: float | None = None,
    title: str = "",
    note: str = "",
    **more: Any,
) -> None:
    """A rate by day, week or month; choosing a point opens what it is a share of.

    `more` goes to `charts.trend`.
    """
    whole = answer.query.rate(rate).denominator
    if answer.rows[rate].null_count == answer.rows.num_rows:
        unshown(answer, title, _why(answer, whole))
        return
    spec = charts.trend(
        answer.rows,
        x="bucket_on",
        y=rate,
        low=f"{rate}_low",
        high=f"{rate}_high",
        count=whole,
        partial="is_partial",
        target=target,
        **more,
    )
    chart(answer, spec, title=title, note=note, opens=whole)


def _why(answer: Answer, whole: str) -> str:
    if not answer.total().get(whole):
        return f"Nothing to show: {nothing(answer)}"
    return (
        f"Nothing to show: fewer than {RATE_MINIMUM} in each {grain()}, where a rate "
        "would be chance. Choose months, a longer period, or fewer filters."
    )


def rate_by_group(
    answer: Answer,
    rate: str,
    group: str,
    *,
    metric: str = "",
    title: str = "",
    note: str = "",
) -> None:
    """A rate by group, those with the most behind it first; nothing for one group.

    With `metric`, the target of each department, or of what the page shows.
    """
    whole = answer.query.rate(rate).denominator
    pooled = answer.by(group).largest(whole)
    if pooled.rows.num_rows < 2:  # nothing to compare
        return
    spec = charts.dots(
        pooled.rows,
        label=group,
        value=rate,
        low=f"{rate}_low",
        high=f"{rate}_high",
        count=whole,
        targets=_targets(metric, group, pooled.rows[group].to_pylist()),
    )
    chart(pooled, spec, title=title, note=note, opens=whole)


def _targets(metric: str, group: str, names: list[str | None]) -> list[float | None]:
    if group == "department":
        return [targets_of(name).get(metric) for name in names]
    return [targets().get(metric)] * len(names)
