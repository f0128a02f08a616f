"""A rate over time, or by group, with the interval and the n that belong to it."""

from __future__ import annotations

from typing import Any

from dashboard import charts
from dashboard.analyses.funnels import WIDER, Compared, compared
from dashboard.answers import RATE_MINIMUM, Answer
from dashboard.components.asking import grain, targets, targets_of
from dashboard.components.explained import nothing, unshown
from dashboard.components.figures import chart
from dashboard.filters import NONE
from dashboard.words import counted, percent, plain

BAND = (
    "The true value of each {} lies somewhere in the band; the band does not say "
    "whether the {} is normal."
)
OWN = "A stroke is the target of that department."
SAME = "The strokes are one target for all."
HOLLOW = "Hollow points are not complete."
FUNNEL = (
    "Each dot is one group; further right is more work. The dark funnel holds 95 of "
    "100 groups and the light one nearly all, if they differ by chance alone. Look at "
    "those outside of both; do not rank the others."
)


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
        unshown(answer, title, _why(answer, rate))
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
    more_words = "" if "Hollow" in note else HOLLOW
    words = f"{note} {BAND.replace('{}', grain())} {more_words}".strip()
    chart(answer, spec, title=title, note=words, opens=whole)


def _why(answer: Answer, rate: str) -> str:
    quotient, found = answer.query.rate(rate), answer.total()
    if found.get(quotient.numerator) is None and answer.rows.num_rows:
        return "Nothing to show: the source does not tell it."
    if not found.get(quotient.denominator):
        return f"Nothing to show: {nothing(answer)}"
    return (
        f"Nothing to show: fewer than {RATE_MINIMUM} in each {grain()}, where a rate "
        "would be chance. Choose months, a longer period, or fewer filters."
    )


def rate_funnel(
    answer: Answer, rate: str, group: str, *, title: str, beside: str = ""
) -> None:
    """A rate of each group on a funnel, and in words which are really different.

    Nothing where there are not two groups to compare. `beside` comes after these.
    """
    found = compared(answer.by(group), rate)
    if found is None:
        return
    whole = answer.query.rate(rate).denominator
    spec = charts.funnel(
        found.answer.rows,
        found.limits,
        label=group,
        value=rate,
        count=whole,
        place="place",
        low=f"{rate}_low",
        high=f"{rate}_high",
        pooled=found.pooled,
    )
    chart(
        found.answer,
        spec,
        title=title,
        note=FUNNEL,
        verdict=f"{_different(found, rate, group)} {beside}".strip(),
        fine_print=_funnel_print(found),
        opens=whole,
    )


def _different(found: Compared, rate: str, group: str) -> str:
    """Which groups lie outside of the funnel, in words."""
    rows, named = found.answer.rows, group.replace("_", " ")
    shares = dict(zip(rows[group].to_pylist(), rows[rate].to_pylist(), strict=True))
    outside = found.different
    known = found.answer.rows.num_rows - found.answer.rows["place"].null_count
    if not outside:
        return (
            f"**No {named} is really different:** chance explains what they differ by."
        )
    said = ", ".join(
        f"{plain(name or NONE)} ({side}, {percent(shares[name])})"
        for name, side in outside
    )
    rest = known - len(outside)
    return f"**Really different:** {said}.{_others(rest, named)}"


def _others(rest: int, group: str) -> str:
    """What can be said of the groups inside of the funnel."""
    if not rest:
        return ""
    return (
        f" Of the other {counted(rest, group)} chance may explain where they lie: "
        "of few items, even what lies far from the rest."
    )


def _funnel_print(found: Compared) -> str:
    few = found.answer.rows["place"].null_count
    parts = [f"all together {percent(found.pooled)}"]
    if found.overdispersion > WIDER:
        parts.append(
            f"groups differ {found.overdispersion**0.5:.1f} times as much as chance "
            "alone would have it, and the funnel is that much wider"
        )
    if few:
        parts.append(f"{counted(few, 'group')} of fewer than {RATE_MINIMUM} not drawn")
    return " · ".join(parts)


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
    aims = _targets(metric, group, pooled.rows[group].to_pylist())
    if any(aim is not None for aim in aims):
        note = f"{note} {OWN if group == 'department' else SAME}".strip()
    spec = charts.dots(
        pooled.rows,
        label=group,
        value=rate,
        low=f"{rate}_low",
        high=f"{rate}_high",
        count=whole,
        targets=aims,
    )
    chart(pooled, spec, title=title, note=note, opens=whole)


def _targets(metric: str, group: str, names: list[str | None]) -> list[float | None]:
    if group == "department":
        return [aims.get(metric) for aims in targets_of(*names)]
    return [targets().get(metric)] * len(names)
