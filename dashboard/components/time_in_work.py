"""How long things take, what is not over included, as curves and by group."""

from __future__ import annotations

from dashboard import charts, words
from dashboard.analyses.time_in_work import CURVES, Curves, by_group, curves
from dashboard.answers import Answer
from dashboard.components.asking import answer
from dashboard.components.figures import chart, table

FEW = 5  # calendars that are named
WORK = (
    "Read across: this share of work is done within so many working hours; the higher "
    "a line, the faster. Open work counts with its time so far."
)
CANCELLED = (
    "The lines are of work that is not cancelled. The grey one is the share of all "
    "work that is: the two are not to be added."
)
LEFT_OUT = "Cancelled work is left out."
OF_GROUPS = (
    f"Dotted is all together; drawn are at most {CURVES} groups, the slowest among "
    "them, from pale to dark as they grow slower."
)


def time_in_work(group: str) -> None:
    """The curve of all that is shown and of its largest groups, and their times."""
    items = answer("deadlines/time_in_work", level=group)
    found = curves(items, per=60)
    if found is None:
        return
    groups = by_group(items, group)
    title = "Share of work done, by working hours since receipt"
    _draw(groups, found, title, f"{WORK}{full_day()}", "done", "working hours")
    table(
        groups,
        columns=(group, *groups.added),
        title=f"Working hours until work is done, by {group.replace('_', ' ')}",
        note="Half of the work is done within the first figure, 85 of 100 within the "
        "second; empty where that is not reached yet, or for too few. Finished: done "
        f"in the period, and not reopened since.{full_day()}",
    )


def full_day() -> str:
    """How many working hours a full day has, by each calendar."""
    rows = answer("data/calendars").rows.to_pylist()
    hours = {row["calendar"]: f"{row['day_hours']:g}" for row in rows}
    if len(set(hours.values())) == 1:
        return f" A full day has {next(iter(hours.values()))} working hours."
    if not hours or len(hours) > FEW:
        return (
            " A full day has the hours of the calendar of each item." if hours else ""
        )
    (first, most), *others = hours.items()
    told = [f"{most} working hours by the calendar {words.plain(first)}"]
    told += [f"{more} by {words.plain(name)}" for name, more in others]
    return f" A full day has {', '.join(told)}: each item counts by its own."


def times_with_open(query: str, *, done: str, unit: str, title: str, note: str) -> None:
    """The curve of a query like deadlines/time_in_work; nothing where none is done.

    `done` is the word for what is over, such as answered.
    """
    items = answer(query)
    found = curves(items, per=1)
    if found is not None:
        _draw(items, found, title, note, done, unit)


def _draw(
    shown: Answer, found: Curves, title: str, note: str, done: str, unit: str
) -> None:
    parts = [note, CANCELLED if found.has_much_cancelled else LEFT_OUT]
    longest = f"The longest, {done} or not, is {found.longest:,.0f} {unit} so far"
    cut = "" if found.cut is None else f"; beyond {found.cut:,.0f} nothing is drawn"
    parts.append(f"{longest}{cut}.")
    if len(found.names) > 1:
        parts.append(OF_GROUPS)
    chart(
        shown,
        charts.curves(
            found.rows,
            x="time",
            y="done_share",
            by="curve",
            names=found.names,
            unit=unit,
            reference="cancelled_share" if found.has_much_cancelled else None,
        ),
        title=title,
        note=" ".join(parts),
        verdict=_verdict(found, done, unit),
    )


def _verdict(found: Curves, done: str, unit: str) -> str:
    """When half and most is done, those not over counted with their time so far."""
    if found.half is None:
        return f"Half are not {done} yet, or too few are: no usual time can be told."
    half = f"Half are {done} within **{_said(found.half)} {unit}**"
    if found.most is None:
        return f"{half}; 85 of 100 are not reached yet, or are too few."
    return f"{half}, 85 of 100 within **{_said(found.most)}**."


def _said(time: float) -> str:
    return f"{time:,.1f}" if 0 < time < 10 else f"{time:,.0f}"
