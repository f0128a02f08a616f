"""What reviews say beyond a rate: defects by unit, agreement, and how many suffice."""

from __future__ import annotations

import streamlit as st

from dashboard import words
from dashboard.analyses.reviews import agreement, checks, defects_per_10000
from dashboard.components.asking import answer
from dashboard.components.control import ratio_control
from dashboard.components.figures import table

GOOD, FAIR = 0.6, 0.4  # Landis and Koch, Biometrics 1977


def defect_rate() -> None:
    """Defects per 10,000 units over time; nothing where no review tells its units."""
    found = defects_per_10000(answer("errors/documents"))
    if found is None:
        return
    rate, low, high = found
    ratio_control(
        "errors/defect_rate_by_bucket",
        "defect_rate",
        metric="defect_rate",
        unit="defects per 10,000 units",
        note=f"In the whole period {rate:,.1f} in 10,000 units, such as fields (95 %: "
        f"{low:,.1f} to {high:,.1f}): all defects over all units, not the mean of "
        "documents.",
    )


def reviewer_agreement() -> None:
    """Whether two reviewers judge the same items alike; nothing where none did."""
    twice = answer("errors/reviewed_twice")
    pairs = twice.total()["twice_items"]
    if not pairs:
        return
    table(twice, title="Do reviewers agree?", note=_agreement(pairs, agreement(twice)))


def _agreement(pairs: int, kappa: float | None) -> str:
    if kappa is None:
        return (
            f"{words.counted(pairs, 'item')} reviewed by two persons: too few, or too "
            "much alike, to tell agreement from chance."
        )
    said = "good" if kappa >= GOOD else "fair" if kappa >= FAIR else "poor"
    items = words.counted(pairs, "item")
    return (
        f"Agreement is {said}: kappa {kappa:.2f} over {items} reviewed by two persons, "
        "both of whom found an error, only one, or neither. "
        "1 is full agreement, 0 what chance would give; below 0.4 an error rate says "
        "more about who reviewed than about the work."
    )


def enough_checks(rate: float | None) -> None:
    """A calculator: how many random checks tell an error rate, and what some tell."""
    with st.container(border=True):
        st.markdown("##### How many checks are enough?")
        columns = st.columns(4)
        usual = round(100 * rate, 1) if rate else 3.0
        expected = columns[0].number_input("Error rate (%)", 0.1, 50.0, usual, 0.5)
        within = columns[1].number_input("Sure to ± (%)", 0.1, 20.0, 1.0, 0.5)
        made = columns[2].number_input("Checks made", 1, 10_000, 50)
        allowed = columns[3].number_input("Errors among them", 0, 1_000, 1)
        told = checks(expected / 100, within / 100, made, allowed)
        st.markdown(
            f"**{told.needed:,} random checks** tell a rate of {expected:g} % to ±"
            f"{within:g} points. Of {made:,} checks, work that is {expected:g} % wrong "
            f"shows {words.counted(allowed, 'error')} or fewer in "
            f"{words.percent(told.passing)} of cases; and so few errors still leave a "
            f"rate of up to {words.percent(told.highest)} possible (95 % sure)."
        )
