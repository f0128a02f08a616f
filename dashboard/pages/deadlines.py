"""Are promises kept, how late is what is late, and what is due next?"""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    full_day,
    level,
    lines,
    missing,
    rate_by_group,
    rate_control,
    rate_funnel,
    rate_over_time,
    records,
    targets,
    tiles,
    time_in_work,
)
from dashboard.words import RANGE

EARLIER = "What was due before this period, and is still open, is not in it."
PLACE = ("team", "work_type", "priority")

aim = targets().get("on_time_due")
parts = answer("deadlines/reconciliation")
tiles(
    Tile(parts, "On time", "on_time", better="up", target=aim),
    Tile(parts, "Closed on time", "on_time_closed", better="up"),
    Tile(parts, "Due, still open", "late_open_items", better="down"),
    Tile(parts, "Due, done late", "late_completed_items"),
)

promises = {name: number or 0 for name, number in parts.total().items()}
if parts.sql and promises["due_items"] + promises["closed_items"] == 0:
    missing(
        "Nothing here was promised for this period, so on-time figures have no value, "
        "which is not zero. To have them, map the due dates of items."
    )
else:
    rate_control(
        "deadlines/on_time_by_bucket",
        "on_time",
        metric="on_time_due",
        better="up",
        target=aim,
        note="Of the work due in each period; what is late and still open counts as "
        "late.",
    )
    chart(
        parts,
        charts.bridge(
            [
                ("Due", promises["due_items"], "total"),
                ("Done late", -promises["late_completed_items"], "step"),
                ("Late and open", -promises["late_open_items"], "step"),
                ("Cancelled late", -promises["late_cancelled_items"], "step"),
                ("On time", promises["on_time_items"], "total"),
            ],
            unit="items",
        ),
        title="From what was due to what was on time",
        note=(
            f"{promises['on_time_items']:,} of the {promises['due_items']:,} items due "
            "in this period were on time. Other tools count closed work only, whenever "
            "it was due, and leave out what is late and open: "
            f"{promises['closed_on_time_items']:,} of the "
            f"{promises['closed_items']:,} items closed in this period. "
            f"{promises['undated_items']:,} were done without any due date and count "
            "in neither. Late and open goes by the first promise, if it fell into this "
            "period; overdue, at the end of this page and elsewhere, by the promise in "
            "force, whenever it fell. So they are not quite the same items, even where "
            "their numbers are equal."
        ),
        opens=(
            "due_items",
            "late_completed_items",
            "late_open_items",
            "late_cancelled_items",
            "on_time_items",
        ),
    )
    rate_over_time(
        answer("deadlines/closed_by_bucket"),
        "on_time_closed",
        title="On time, closed work only: for comparison, never a target",
        note="What is late and still open is missing, so this looks better than it is. "
        "Whether a week is as usual is in the first chart.",
    )

    groups = answer("deadlines/on_time_by_group")
    rate_funnel(groups, "on_time", "team", title="On time by team, %", beside=EARLIER)
    for group in dict.fromkeys((level(), "priority")):
        if group != "team":  # teams are in the funnel
            rate_by_group(
                groups,
                "on_time",
                group,
                metric="on_time_due",
                title=f"On time by {group.replace('_', ' ')}, %",
                note=RANGE,
            )

    late = answer("deadlines/lateness")
    chart(
        late,
        charts.curve(late.rows, x="days_late", y="cumulative_share"),
        title="Lateness, calendar days",
        note="Only items due in this period; those due before it, some of them much "
        "later still, are in the list of overdue work at the end. Read across: this "
        "share of the late items was at most so many days late.",
        opens="cumulative_items",
    )
    lines(
        answer("deadlines/lateness_percentiles"),
        columns=(
            "late_items",
            *(f"late_work_hours_{part}" for part in ("p50", "p85", "p95")),
            *(f"late_hours_{part}" for part in ("p50", "p85", "p95")),
        ),
        title="Lateness in working hours, and round the clock",
        note="Half, 85 % and 95 % of the late items due in this period were no later "
        "than so many hours, and 5 % were later still; all hours are round the clock. "
        "What became late and was done while nobody works has 0 working hours."
        f"{full_day()}",
    )
    rate_over_time(
        answer("deadlines/due_moved_by_bucket"),
        "due_moved",
        name="Moved",
        reference="moved_by_person",
        reference_name="by a person",
        note="Of the work due in each period, the share whose first promise was "
        "changed. The dotted part was changed by a person, the rest by a rule.",
    )

time_in_work(level())

lead = answer("deadlines/lead_time_by_bucket")
chart(
    lead,
    charts.trend(
        lead.rows,
        x="bucket_on",
        y="lead_work_hours_p85",
        name="85 % within",
        count="completed_items",
        partial="is_partial",
        reference="lead_work_hours_p50",
        reference_name="half within",
        unit="working hours",
    ),
    title="From receipt to completion, working hours",
    note="Of completed work alone, by the time of completion: what is still open is "
    f"missing here, and the longest are among it.{full_day()}",
    opens="completed_items",
)

runway = answer("deadlines/runway")
ahead = runway.total()
if ahead["due_items"]:
    chart(
        runway,
        charts.bars_and_line(runway.rows, x="day", bars={"due_items": "Due"}),
        title="Due on the next working days, items",
        note=(
            f"The first bar holds {overdue:,} items that are overdue already."
            if (overdue := answer("backlog/open_by_group").total()["overdue_items"])
            else ""
        ),
    )
if ahead["due_items"] and ahead["plan_hours"]:
    chart(
        runway,
        charts.trend(
            runway.rows,
            x="day",
            y="cum_due_hours",
            name="Due",
            reference="cum_plan_hours",
            reference_name="Plan",
            unit="standard hours",
        ),
        title="Work due beside the plan, standard hours, added up",
        note="Where due work rises above the plan, there is more to do than hours "
        "planned. Work not yet received is not in the line, so what looks free further "
        "on will fill up. Standard hours: the hours that such work takes as a rule.",
        opens="due_items",
    )

records(
    "records/open",
    title="Due today",
    columns=("item_id", "due_at", *PLACE),
    order="due_at",
    due_state="due today",
)
records(
    "records/overdue",
    title="Longest overdue",
    columns=("item_id", "due_at", "days_late", "late_work_hours", *PLACE),
    order="due_at",
)
