"""What comes, what goes, and whether the books balance."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    count_control,
    flow_over_time,
    level,
    lines,
    table,
    tiles,
)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

books = answer("workload/flow_identity")
tiles(
    Tile(books, "Received", "received_items"),
    Tile(books, "Completed", "completed_items"),
    Tile(books, "Net flow", "net_flow_items", better="down"),
    Tile(books, "Open at the end", "open_to_items", better="down"),
)

flow_over_time()

count_control(
    "workload/flow_by_bucket",
    "received_items",
    metric="received",
    title="Received by week, beside the usual",
)

lines(
    books,
    columns=(
        "open_from_items",
        "received_items",
        "reopened_items",
        "transferred_in_items",
        "completed_items",
        "cancelled_items",
        "transferred_out_items",
        "open_to_items",
        "residual_items",
    ),
    title="From what was open at the start to what is open at the end",
    note="The start, plus what came, less what went, has to make the end. The last "
    "line is what the books leave to explain: it has to be 0.",
)

plan = answer("workload/plan_by_day")
if plan.total()["plan_hours"]:
    chart(
        plan,
        charts.trend(
            plan.rows,
            x="day",
            y="cum_done_hours",
            name="Done",
            partial="is_partial",
            reference="cum_plan_hours",
            reference_name="Plan",
            unit="standard hours",
        ),
        note="Added up day by day, beside the plan. Standard hours: the hours that "
        "such work takes as a rule, whoever does it.",
    )

arrivals = answer("workload/arrivals_by_hour")
chart(
    arrivals,
    charts.heat(
        arrivals.rows,
        x="hour",
        y="weekday",
        value="received_per_day",
        x_labels={hour: f"{hour:02d}" for hour in range(0, 24, 3)},
        y_labels=dict(enumerate(WEEKDAYS, start=1)),
    ),
    title="Arrivals by weekday and hour, items on such a day",
    note="Larger and darker squares: more items arrive in that hour.",
    opens="received_items",
)

mix = answer("workload/mix_by_bucket")
if mix.total()["standard_hours"]:
    chart(
        mix,
        charts.trend(
            mix.rows, x="bucket_on", y="mix_index", partial="is_partial", unit="index"
        ),
        opens="received_items",
        note="Above 1, the average item takes more hours than in the period before: "
        "1.05 is 5 % more. Hours as such work takes as a rule, not as it took.",
    )

group = level()
groups = answer("overview/matrix").by(group)
table(
    groups,
    columns=(group, "received_items", "completed_items", "open_items"),
    title=f"Received, completed and open by {group.replace('_', ' ')}",
    narrows=group,
)
