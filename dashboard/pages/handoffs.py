"""Who passes work to whom, where it waits, and what comes back."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    filters,
    full_day,
    level,
    lines,
    missing,
    rate_by_group,
    rate_over_time,
    remark,
    table,
    tiles,
)
from dashboard.words import RANGE

UNSEEN = "What nobody reviewed counts as right, so the true share is lower."

moves, right = answer("handoffs/summary"), answer("handoffs/first_time_right")
touch, times = answer("handoffs/flow_efficiency"), answer("handoffs/times")
flow = answer("handoffs/flow_ratio")
# What a team holds and whole lives of items do not belong together.
is_part = bool({"department", "team"} & set(filters().chosen))
tiles(
    Tile(moves, "Hand-offs / item", "handoffs_per_item", better="down"),
    Tile(moves, "Came back", "ping_pong", better="down"),
    Tile(moves, "Returned", "rework_rate", better="down"),
    Tile(right, "First time right", "first_time_right", better="up"),
    Tile(right, "Of these, reviewed", "reviewed_share"),
    Tile(touch, "Really worked on", "flow_efficiency", better="up"),
    Tile(times, "Half done, from start", "cycle_work_hours_p50", unit="h"),
    *([] if is_part else [Tile(flow, "Flow ratio", "flow_ratio")]),
)
ratio = None if is_part or not flow.rows.num_rows else flow.total()["flow_ratio"]
if ratio is not None:
    remark(
        f"Flow ratio {ratio:.2f}: the days that work lay open in this period, divided "
        "by the days that completed work took from receipt to done. "
        + (
            "Above 1.25 more lies open than what was completed accounts for. Old work "
            "is ageing, or the data lacks completions."
            if ratio > 1.25
            else "Below 0.8 what was completed had waited longer than the work that "
            "lay open: old work was cleared, or the data lacks open work."
            if ratio < 0.8
            else "From 0.8 to 1.25 the two agree, as they should."
        )
    )

group = level()
named = group.replace("_", " ")
told = moves.total()
if told["completed_items"] and told["handoffs"] is None:
    missing(
        "The source tells no transfers between teams, so hand-offs have no value, "
        "which is not zero. To have them, map the relation work_events with the kind "
        "transferred and the team that gets the item."
    )
else:
    passed = answer("handoffs/transitions")
    chart(
        passed,
        charts.matrix(
            passed.rows,
            source="from_team",
            target="to_team",
            value="handoffs",
            unit="hand-offs",
        ),
        note="Read from the row to the column: a large, dark square is a busy way. Two "
        "teams with dark squares both ways send work back and forth.",
    )
    rate_by_group(
        moves,
        "ping_pong",
        group,
        title=f"Came back to a team by {named}, % of completed items",
        note=f"Items that came back to a team which had passed them on. {RANGE}",
    )

stages = answer("handoffs/stage_time", parts="working")
if set(stages.rows["status"].to_pylist()) <= {"unknown"} and stages.rows.num_rows:
    missing(
        "The source tells no statuses over time, so the time in each, rework loops "
        "and paths are not shown. To have them, map the relation work_events with "
        "to_status."
    )
else:
    chart(
        stages,
        charts.ranked_bars(
            stages.rows,
            label="status",
            value="stage_work_hours_p85",
            part="stage_work_hours_p50",
            part_role="accent",
            titles=("85 % of items within", "half within"),
            unit="hours",
        ),
        title="Working hours in each status",
        note="All visits of an item together. Pauses are left out, and so is a status "
        "that stops the clock, such as on hold: its time is not counted. The end, such "
        f"as done, is no place where work waits, and left out too.{full_day()}",
        opens="stage_items",
    )
    loops = answer("handoffs/rework_loops").largest("loops", most=12)
    chart(
        loops,
        charts.captioned_bars(
            loops.rows,
            label=("from_status", "to_status"),
            value="loops",
            detail=("looped_items", "of different items:"),
            by="direction",
            order=("back", "again"),
            unit="times",
            detail_unit="",
        ),
        title="Work that went back, times",
        note="Back: to a status that the item had left before, or reopened."
        + (
            " Again: forward once more."
            if "again" in loops.rows["direction"].to_pylist()
            else ""
        )
        + " The end of a pause is no way back.",
    )
    paths = answer("handoffs/variants")
    chart(
        paths,
        charts.captioned_bars(
            paths.rows,
            label=("path",),
            value="path_items",
            share="path_share",
            detail=("lead_work_hours_p50", "half within"),
        ),
        title="Common paths from receipt to done, items",
        note="Beside each bar its share of all completed items. A long path that is "
        "common is worth a question.",
    )

lines(
    times,
    columns=(
        *("cycle_work_hours_p50", "cycle_work_hours_p85", "cycle_work_hours_p95"),
        "first_lead_work_hours_p50",
        "first_lead_work_hours_p85",
        "first_lead_work_hours_p95",
        "unstarted_items",
    ),
    title="From start to done, and from receipt to first done, in working hours",
    note="Of completed work alone: what is still open is missing, and the longest are "
    "among it, so this is shorter than on the page Deadlines. Pauses are left out. "
    "Where the first work on an item is not told, its start is not known, and it "
    f"counts in the second alone.{full_day()}",
)

if right.total()["first_completed_items"] and right.total()["right_items"] is None:
    missing(
        "The source tells no returns, reopenings or reviews, so nothing is known of "
        "work that was right the first time. To have it, map the relation work_events "
        "with the kinds returned and reopened, or quality_reviews."
    )
else:
    rate_over_time(
        answer("handoffs/first_time_right_by_bucket"),
        "first_time_right",
        note=f"Never returned, not reopened and without a known defect. {UNSEEN} "
        "Hollow points will still fall: within 30 days more of that work may come "
        "back.",
    )
    rate_by_group(
        right,
        "first_time_right",
        group,
        title=f"First time right by {named}, % of first completions",
        note=f"{UNSEEN} {RANGE}",
    )

if told["handoffs"] is not None or told["returned_items"] is not None:
    table(
        moves.by(group),
        columns=(
            group,
            "completed_items",
            "handoffs",
            "handoffs_per_item",
            "ping_pong",
            "rework_rate",
        ),
        title=f"Hand-offs and rework by {named}",
        note="Completed are items that are still done; those reopened since are not "
        "among them, as they are on Overview. Ping-pong: came back to a team that had "
        "passed them on. Rework: returned to be redone.",
        narrows=group,
    )
if touch.total()["handled_items"]:
    table(
        touch.by(group),
        columns=(
            group,
            "handled_items",
            "total_handling_hours",
            "total_lead_hours",
            "flow_efficiency",
        ),
        title=f"Time really worked on by {named}",
        note="Flow efficiency: hours of handling, in percent of the working hours from "
        "receipt to completion; the rest is waiting. Over 100 % is parallel work or "
        "wrong data.",
        narrows=group,
    )
elif touch.total()["completed_items"]:
    missing(
        "The source tells no handling times, so how much of its time work is really "
        "worked on is not known. To have it, map handling_minutes of the items."
    )
