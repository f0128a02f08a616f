"""The rules of the data: which fail, in which groups, and since when."""

from __future__ import annotations

import streamlit as st

from dashboard import charts
from dashboard.analyses.failing import (
    DIMENSIONS,
    by_rule,
    failing_by_group,
    untested,
)
from dashboard.analyses.owners import failing_with_owners
from dashboard.answers import Answer
from dashboard.components.asking import answer, level, missing
from dashboard.components.explained import unshown
from dashboard.components.figures import chart, table
from dashboard.words import plain

COLUMNS = ("dimension", "rule", "failing_rows", "failing", "tested_rows")
MOST = 12  # groups beside each other
MEANT = (
    "Choose a number to see the rows. All rows that the database holds are tested, "
    "whatever the period. A twin and an unusual size may well be right: they are there "
    "to be looked at."
)
BETTER = "Is it getting better? Share of rows that fail, by month of receipt"
UNTOLD = (
    "When a row was written down is told by no source, so whether rows come in time is "
    "judged above, by their freshness, and not row by row."
)


def data_rules() -> None:
    """Each rule with what fails it, and what cannot be tested in words."""
    rules = answer("data/rules")
    tested = by_rule(rules)
    table(tested, columns=COLUMNS, title="Rules that the rows are held to", note=MEANT)
    if tested.rows.num_rows:
        missing(f"{_untested(untested(rules))} {UNTOLD}".strip())


def data_rules_by_group() -> None:
    """Which rule fails in which department, team or kind of work."""
    group = level() if level() != "work_type" else "team"
    rules = answer("data/rules")
    found = failing_by_group(rules, group, MOST)
    groups = rules.by(group).rows.num_rows
    named, title = group.replace("_", " "), f"Which rule fails in which {group}"
    if found.rows.num_rows == 0:
        unshown(found, title, "No row fails a rule.")
        return
    chart(
        found,
        charts.grid(
            found.rows,
            across="rule",
            down=group,
            share="failing",
            part="failing_rows",
            whole="tested_rows",
        ),
        title=title,
        note=f"Numbers are the share of rows of a {named} that fail, in percent, from "
        "0.1 on; of fewer than 20 rows, how many fail. Where nothing stands, none "
        "fails or can be tested. Rules that nobody fails are left out."
        + (
            f" The {MOST} of {groups} {named}s with the most failing rows."
            if groups > MOST
            else ""
        ),
    )


def owners_of_failing() -> None:
    """Who answers for the failing rows of each department; nothing without owners."""
    owners = answer("data/owners")
    if owners.rows.num_rows == 0:
        return
    found = failing_with_owners(answer("data/rules"), owners)
    table(
        found,
        columns=("department", "failing_rows", *found.added),
        title="Who answers for the rows that fail",
        note="A row that fails two rules counts twice.",
    )


def failing_by_month() -> None:
    """The share of failing rows over time, a chart for each dimension that has any."""
    found = answer("data/failing_by_month").by("dimension", "month_on")
    failing = [name for name in DIMENSIONS if _of(found, name).total()["failing_rows"]]
    st.markdown(
        "##### Is it getting better? Share of rows that fail, by month of receipt",
        help=found.query.question,
    )
    for first in range(0, len(failing), 2):
        for place, name in zip(st.columns(2), failing[first : first + 2], strict=False):
            with place:
                _trend(_of(found, name), name)
    none = [name for name in DIMENSIONS if name not in failing]
    if none:
        st.caption(f"No row fails a rule of {' or '.join(none)}.")


def _trend(found: Answer, dimension: str) -> None:
    chart(
        found,
        charts.trend(
            found.rows,
            x="month_on",
            y="failing",
            low="failing_low",
            high="failing_high",
            count="tested_rows",
            partial="is_partial",
        ),
        title=dimension.capitalize(),
        opens="failing_rows",
    )


def _of(found: Answer, dimension: str) -> Answer:
    return found.only("dimension", dimension)


def _untested(names: list[str]) -> str:
    """What cannot be tested, and why."""
    if not names:
        return ""
    listed = "; ".join(name[0].lower() + name[1:] for name in names)
    return (
        f"Not tested, as the source does not tell enough of it: {plain(listed)}. Sizes "
        "need 30 items of a kind and client that are alike."
    )
