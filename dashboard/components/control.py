"""A figure over time beside its usual range, and in words whether it is as usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from dashboard import charts
from dashboard.analyses.baselines import Baseline, baseline
from dashboard.analyses.control import GAPS, Control, controlled, suits_shares
from dashboard.analyses.findings import Finding
from dashboard.answers import Answer
from dashboard.components.asking import answer, ask, filters, load
from dashboard.components.figures import chart
from dashboard.components.rates import rate_over_time
from dashboard.filters import day_words, local_time, period_words
from dashboard.theme import number
from dashboard.words import counted, plain

HOW_TO_READ = (
    "Grey is where points lie while nothing changes: ups and downs in it are chance. "
    "Diamonds are unlike the usual, outside the grey or many in a row on one side: "
    "look for their cause. Hollow points are not complete, so not judged."
)
TITLES = {
    "any": "Good items between errors",
    "critical": "Good items between critical errors",
}
LOW_GAPS = "The lower, the more often something is wrong."
WORTH_A_WORD = 1.1  # times the scatter of chance
SHOWN = 3  # signals told in words; all are marked
Better = Literal["up", "down"]


def rate_control(
    query: str,
    rate: str,
    *,
    metric: str,
    better: Better,
    target: float | None = None,
    rare: str = "",
    title: str = "",
    note: str = "",
) -> bool:
    """A rate over time on its control chart, with a verdict; whether it is shown.

    Where too few of the rarer kind fall into a day it is charted by week. Where too few
    fall into a week the rate has no limits: with `rare`, which names how severe errors
    count (any, critical), the good items from one error to the next are charted.
    """
    known = known_baseline(metric)
    if known and (found := _shares(query, rate, known)):
        control = controlled(*found, rate, known)
        if control:
            _draw(control, title, note, target, better)
            return True
    if rare and gaps_control(
        "errors/good_items_between", metric=metric, title=TITLES[rare], severity=rare
    ):
        return False
    rate_over_time(answer(query), rate, target=target, title=title, note=note)
    return True


def gaps_control(
    query: str, *, metric: str, title: str, note: str = "", **settings: str
) -> bool:
    """The good items between one error and the next on a g chart; whether it is shown.

    Nothing is shown where the baseline has no two errors.
    """
    known = known_baseline(metric)
    control = known and controlled(*_asked(query, known, settings), GAPS, known)
    if not control:
        return False
    _draw(control, title, f"{note} {LOW_GAPS}".strip(), None, None)
    return True


def ratio_control(
    query: str, ratio: str, *, metric: str, unit: str, title: str = "", note: str = ""
) -> None:
    """A ratio of counts over time on its u' chart; nothing without a baseline."""
    known = known_baseline(metric)
    if known and (control := controlled(*_asked(query, known, {}), ratio, known)):
        _draw(control, title, note, None, None, unit)


def count_control(
    query: str, count: str, *, metric: str, title: str = "", note: str = ""
) -> None:
    """A count by week on its XmR chart: nothing to divide by, so no rate."""
    known = known_baseline(metric)
    if known is None:
        return
    control = controlled(*_asked(query, known, {"grain": "week"}), count, known)
    if control:
        _draw(control, title, note, None, None)


def known_baseline(metric: str) -> Baseline | None:
    """The baseline of a metric for what the page shows; None without data."""
    decisions = answer("data/baselines").rows.to_pylist()
    return baseline(decisions, metric, filters(), load().first_received_at)


def _shares(query: str, rate: str, known: Baseline) -> tuple[Answer, Answer] | None:
    """The rate as chosen, or by week, whichever first has enough in each point."""
    for settings in ({}, {"grain": "week"}):
        shown, history = _asked(query, known, settings)
        if suits_shares(history, rate, known):
            return shown, history
    return None


def _asked(
    query: str, known: Baseline, settings: dict[str, str]
) -> tuple[Answer, Answer]:
    """The answer for the page, and that from the start of the baseline on."""
    shown = answer(query, **settings)
    now = shown.question.filters
    long = replace(now, start=known.start, end=max(now.end, known.end))
    return shown, ask(replace(shown.question, filters=long))


def _draw(
    found: Control,
    title: str,
    note: str,
    target: float | None,
    better: Better | None,
    unit: str = "items",
) -> None:
    shown, figure = found.answer, found.figure
    rate = next((r for r in shown.query.rates if r.name == figure), None)
    spec = charts.control(
        shown.rows,
        x=shown.rows.column_names[0],
        y=figure,
        low="lower_limit",
        high="upper_limit",
        usual="usual",
        signal="signal",
        count=rate.denominator if rate else None,
        interval=(f"{figure}_low", f"{figure}_high") if rate else None,
        partial="is_partial" if "is_partial" in shown.rows.column_names else None,
        target=target,
        unit="%" if rate else unit,
        days="" if found.kind != "g" else "work_date",
    )
    chart(
        shown,
        spec,
        title=title,
        note=f"{note} {HOW_TO_READ}".strip(),
        verdict=_verdict(found, target, better),
        fine_print=_fine_print(found, target, better),
        opens=rate.denominator if rate else None,
    )


def _verdict(found: Control, target: float | None, better: Better | None) -> str:
    """As usual or not; about the target only where nothing is unusual."""
    if found.last_limits is None:
        return "Nothing of this period is complete yet, so nothing is judged."
    usual = _of_itself(found.baseline)
    if not found.found:
        calm = f"**As usual:** nothing here stands out from chance. {usual}".strip()
        return f"{calm} {_capability(found, target, better)}".strip()
    told = [_told(one, found.last_judged) for one in found.found[-SHOWN:]]
    before = len(found.found) - SHOWN
    more = f"; and {before} before" if before > 0 else ""
    return f"**Unlike the usual:** {'; '.join(told)}{more}. {usual}".strip()


def _of_itself(base: Baseline) -> str:
    shown = filters()
    is_within = shown.start <= base.start and base.end <= shown.end
    return "The usual is the average of this very period." if is_within else ""


def _told(one: Finding, newest: date) -> str:
    until = None if one.last == newest else one.last
    return f"{since(one.first, one.noticed, until)}: {one.rule}"


def since(first: date, noticed: date, until: date | None) -> str:
    """From when to when something was unlike the usual, and when a rule noticed it."""
    began = day_words(first)
    if until is None:
        began = f"since {began}"
    elif until != first:
        began = f"{began} to {day_words(until)}"
    return began if noticed == first else f"{began}, noticed on {day_words(noticed)}"


def _capability(found: Control, target: float | None, better: Better | None) -> str:
    """Whether the target can be met by work as it is now."""
    limits = found.last_limits
    if target is None or better is None or limits is None:
        return ""
    said = number(target, "percent")
    low, high = limits
    if low < target < high:
        return (
            f"The target of {said} lies in the usual range: some points meet it and "
            "some miss it by chance alone, until the work itself changes."
        )
    is_met = low >= target if better == "up" else high <= target
    if is_met:
        return f"The target of {said} is met as a rule."
    return f"The target of {said} is missed as a rule: only a change of work helps."


def _fine_print(found: Control, target: float | None, better: Better | None) -> str:
    """Which chart, whose baseline, and how much points scatter."""
    base = found.baseline
    days = period_words(base.start, base.end)
    kind = found.kind.replace("'", "′")
    parts = [_capability(found, target, better).rstrip(".")] if found.found else []
    parts.append(f"The usual range is that of {days} ({kind} chart)")
    if base.decided_at:
        when = day_words(local_time(base.decided_at, filters().zone).date())
        parts.append(f"decided by {plain(base.author)} on {when}: {plain(base.reason)}")
    else:
        parts.append("the first year of the data, as no baseline is recorded")
    if found.is_trial:
        parts.append(f"provisional, from {found.points} points so far")
    if few := _of_too_few(found):
        parts.append(f"left out: {counted(few, 'point')} with too few items")
    if found.spread >= WORTH_A_WORD:
        parts.append(
            f"points scatter {found.spread:.1f} times as much as chance alone would "
            "have it, and the range allows for it"
        )
    return " · ".join(part for part in parts if part)


def _of_too_few(found: Control) -> int:
    """How many of the shown points have items, and too few of them for a rate."""
    rate = next((r for r in found.answer.query.rates if r.name == found.figure), None)
    if rate is None:
        return 0
    rows = found.answer.rows
    pairs = zip(rows[found.figure], rows[rate.denominator], strict=True)
    return sum(not value.is_valid and bool(n.as_py()) for value, n in pairs)
