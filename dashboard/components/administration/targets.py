"""Targets: what is measured against what, and since when."""

from __future__ import annotations

import streamlit as st

from dashboard.components.administration.deciding import (
    Decided,
    choice,
    choose_day,
    chosen,
    decide,
    decided,
    for_whom,
    known,
    listed,
    since,
    where,
)
from dashboard.decisions import Change
from dashboard.decisions.checking import is_share, metric_keys
from dashboard.decisions.dating import ended, put_in_force
from dashboard.decisions.rows import Row
from dashboard.filters import day_words
from dashboard.glossary import glossary
from dashboard.words import label

PLANS = {
    "plan_std_hours": "Plan: standard hours of a working day",
    "plan_core_hours": "Plan: core hours of a working day",
}


def targets() -> None:
    """Those in force, the forms that change them, and those of other days."""
    shown = decided("targets")
    where(shown, "targets")
    counting = sorted(shown.counting("targets"), key=_place)
    listed([_line(row) for row in counting], "No target is in force.")
    left, right = st.columns(2)
    with left:
        _set(shown)
    with right:
        _end(shown, counting)
    with st.expander("Targets of other days"):
        others = sorted(shown.others("targets"), key=_place)
        listed([_line(row) for row in others], "There are none.")


def title(metric: str) -> str:
    """What people call a metric."""
    return PLANS.get(metric) or label(metric)


def in_words(metric: str, value: float) -> str:
    """A target with its unit."""
    if is_share(metric):
        return f"{100 * value:.6g} %"
    found = glossary().get(metric)
    return f"{value:,.6g} {found.metric.unit if found else 'hours'}"


def _line(row: Row) -> dict[str, str]:
    return {
        "Metric": title(row["metric"]),
        "For": for_whom(row),
        "Target": in_words(row["metric"], row["value"]),
        "Counts": since(row),
    }


def _place(row: Row) -> tuple[str, str, str]:
    return title(row["metric"]), for_whom(row), str(row["valid_from"])


def _set(shown: Decided) -> None:
    keys = sorted(metric_keys(), key=title)
    usual = keys.index("on_time_due")
    with st.container(border=True):
        st.markdown("**Set a target**")
        metric = st.selectbox(  # out of the form, since the unit follows from it
            "Metric", keys, usual, format_func=_with_unit, key="target metric"
        )
        _form(shown, metric)


def _form(shown: Decided, metric: str) -> None:
    with st.form("set target", border=False):
        choice("Department", known("department"), "target department")
        with st.expander("Only for a team or a kind of work"):
            choice("Team", known("team"), "target team")
            choice("Work type", known("work_type"), "target work_type")
        unit = "%" if is_share(metric) else in_words(metric, 0).removeprefix("0 ")
        st.number_input(
            f"Target ({unit})", value=None, format="%.6g", key="target value"
        )
        choose_day("Counts from", shown.today, key="target from")
        st.form_submit_button(
            "Set target", type="primary", on_click=_save, args=(shown, metric)
        )


def _with_unit(metric: str) -> str:
    found = glossary().get(metric)
    return f"{title(metric)} (in {found.metric.unit})" if found else title(metric)


def _save(shown: Decided, metric: str) -> None:
    value, day = chosen("target value"), chosen("target from")
    if value is None or day is None:
        st.session_state["_outcome"] = ("error", "Write the target and its first day.")
        return
    row = {name: chosen(f"target {name}") for name in ("department", "team")}
    row |= {"metric": metric, "work_type": chosen("target work_type")}
    row["value"] = round(value / 100, 9) if is_share(metric) else value

    def wanted() -> list[Change]:
        rows = shown.rows["targets"]
        return put_in_force("targets", rows, row, day, shown.today)

    said = f"{title(metric)}, {for_whom(row)}: {in_words(metric, row['value'])}"
    decide(shown, f"{said} counts from {day_words(day)} on.", wanted)


def _end(shown: Decided, counting: list[Row]) -> None:
    if not counting:
        return
    with st.form("end target", border=True):
        st.markdown("**End a target**")
        st.selectbox(
            "Target",
            range(len(counting)),
            format_func=lambda place: _named(counting[place]),
            key="target ended",
        )
        choose_day("Counts no longer from", shown.today, key="target end")
        st.form_submit_button("End target", on_click=_stop, args=(shown, counting))


def _named(row: Row) -> str:
    return f"{title(row['metric'])}, {for_whom(row)}"


def _stop(shown: Decided, counting: list[Row]) -> None:
    row, day = counting[chosen("target ended")], chosen("target end") or shown.today
    decide(
        shown,
        f"{_named(row)} counts no longer from {day_words(day)} on.",
        lambda: ended("targets", row, day, shown.today),
    )
