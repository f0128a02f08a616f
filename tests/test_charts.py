"""Charts keep their promises: rows found again, gaps kept, labels safe, look apart."""

import copy
import re
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard import charts, theme
from dashboard.charts import axes

WEEKS = [date(2026, 9, 7) + timedelta(days=7 * i) for i in range(8)]
RATES = pa.table(
    {
        "week_on": WEEKS,
        "on_time_rate": [0.91, 0.88, None, 0.86, 0.83, 0.87, 0.9, 0.84],
        "low": [0.88, 0.85, None, 0.82, 0.79, 0.83, 0.87, 0.75],
        "high": [0.93, 0.91, None, 0.89, 0.86, 0.9, 0.92, 0.9],
        "due_items": [412, 398, 4, 377, 420, 405, 391, 80],
        "closed_on_time_rate": [0.94, 0.93, None, 0.92, 0.91, 0.93, 0.94, 0.95],
        "received_items": [420, 400, None, 390, 430, 410, 380, 90],
        "completed_items": [400, 410, 395, 370, 400, 420, 400, 70],
        "net_flow_items": [20, -10, None, 20, 30, -10, -20, 20],
        "is_partial": [False] * 7 + [True],
    }
)
LIMITS = RATES.append_column("usual", pa.array([0.88] * 7 + [None])).append_column(
    "signal", pa.array([None] * 4 + ["below the usual range"] + [None] * 3, pa.string())
)
NAMES = [
    "Payroll",
    "A <b>bold</b> name & more",
    None,
    "Claims received by post and scan",
]
TEAMS = pa.table(
    {
        "team": NAMES,
        "open_items": [1234, 456, None, 78],
        "overdue_items": [234, 56, None, 7],
        "error_rate": [0.05, 0.08, None, 0.12],
        "low": [0.04, 0.05, None, 0.06],
        "high": [0.06, 0.12, None, 0.22],
        "reviewed_items": [1234, 312, 7, 60],
        "cum_share": [0.7, 0.95, 0.95, 1.0],
    }
)
PLACED = TEAMS.append_column("place", pa.array(["inside", "above", None, "inside"]))
FUNNEL = pa.table(
    {
        "n": [60, 312, 1234],
        "low_95": [0.0, 0.03, 0.04],
        "high_95": [0.12, 0.07, 0.06],
        "low_998": [0.0, 0.02, 0.03],
        "high_998": [0.16, 0.09, 0.07],
    }
)
FAILING = pa.table(
    {
        "rule": ["Team is told"] * 3 + ["Key"] * 2,
        "team": [*NAMES[:3], *NAMES[:2]],
        "tested_rows": [80, 7, 0, 90, 90_000],
        "failing_rows": [20, 3, 0, 0, 9],
        "failing": [0.25, None, None, 0.0, 0.0001],
    }
)
AGES = ["0–1 days", "2–5 days", "6–10 days", "over 10 days"]
AGED = pa.table(
    {
        "team": [name for name in NAMES for _ in AGES],
        "age": AGES * 4,
        "open_items": [50, 30, 20, 5, 40, 35, 10, 20, None, 5, 5, 1, 9, 30, 12, 8],
    }
)
STAGES = ["Received", "Assigned", "Checked", "Completed"]
FLOW = pa.table(
    {
        "day_on": [day for day in WEEKS for _ in STAGES],
        "status": STAGES * 8,
        "cum_items": [
            v
            for i in range(8)
            for v in (100 + 90 * i, 80 + 88 * i, 74 + 88 * i, 70 * i)
        ],
    }
)
HOURS = {hour: f"{hour:02d}" for hour in range(24)}
DAYS = dict(enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), 1))
ARRIVALS = pa.table(
    {
        "hour": [hour for _ in DAYS for hour in HOURS],
        "weekday": [day for day in DAYS for _ in HOURS],
        "items": [
            None if day > 5 else max(0, 40 - (hour - 10) ** 2 + 3 * day)
            for day in DAYS
            for hour in HOURS
        ],
    }
)
LEAD = pa.table(
    {
        "lead_days": [0.5 * i for i in range(40)],
        "share": [1 - 0.9**i for i in range(40)],
    }
)
TIMES = pa.table(
    {
        "curve": [0, 0, 0, 1, 1, 2, 2],
        "work_hours": [1.0, 2.5, 40.0, 1.0, 9.0, 2.5, 40.0],
        "done_share": [0.2, 0.6, 0.9, 0.5, 1.0, 0.4, 0.8],
        "cancelled_share": [0.0, 0.1, 0.2, None, None, None, None],
    }
)
AGEING = pa.table(
    {
        "status": ["New", "New", "New", "Checking", None],
        "age_days": [1, 4, 30, 2, 9],
        "open_items": [12, 3, 1, 5, 2],
        "p50": [2, 2, 2, 6, None],
        "p85": [5, 5, 5, 9, None],
        "p95": [9, 9, 9, None, None],
    }
)
PASSED = pa.table(
    {
        "from_team": ["A <b>bold</b> name & more", "Payroll", None, "Payroll", "Cash"],
        "to_team": ["Payroll", None, "Payroll", "Cash", "Payroll"],
        "handoffs": [40, 10, 5, 2, 1],
    }
)
PATHS = pa.table(
    {
        "path": [
            "New → A <b>bold</b> status",
            "New → Checking → New → Checking → Paying",
        ],
        "items": [90, 10],
        "share": [0.9, None],
        "lead_hours_p50": [4.5, None],
        "direction": ["again", "back"],
    }
)
PARTS = [("On time of closed", 0.94, "total"), ("Open and overdue", -0.08, "step")]
PARTS += [("Closed <early>", 0.012, "step"), ("On time of due", 0.872, "total")]


BUILDERS = {
    "trend": (
        RATES,
        lambda rows: charts.trend(
            rows,
            x="week_on",
            y="on_time_rate",
            low="low",
            high="high",
            count="due_items",
            partial="is_partial",
            target=0.9,
            reference="closed_on_time_rate",
            name="On time",
            reference_name="Closed only",
        ),
    ),
    "control": (
        LIMITS,
        lambda rows: charts.control(
            rows,
            x="week_on",
            y="on_time_rate",
            low="low",
            high="high",
            usual="usual",
            signal="signal",
            count="due_items",
            interval=("low", "high"),
            partial="is_partial",
            target=0.9,
        ),
    ),
    "funnel": (
        PLACED,
        lambda rows: charts.funnel(
            rows,
            FUNNEL,
            label="team",
            value="error_rate",
            count="reviewed_items",
            place="place",
            low="low",
            high="high",
            pooled=0.05,
        ),
    ),
    "bars_and_line": (
        RATES,
        lambda rows: charts.bars_and_line(
            rows,
            x="week_on",
            bars={"received_items": "Received", "completed_items": "Completed"},
            line=("net_flow_items", "Net flow"),
            partial="is_partial",
        ),
    ),
    "ranked_bars": (
        TEAMS,
        lambda rows: charts.ranked_bars(
            rows, label="team", value="open_items", part="overdue_items", top=20
        ),
    ),
    "dots": (
        TEAMS,
        lambda rows: charts.dots(
            rows,
            label="team",
            value="error_rate",
            low="low",
            high="high",
            count="reviewed_items",
            targets=[0.06, 0.04, None, 0.06][: rows.num_rows],
        ),
    ),
    "pareto": (
        TEAMS,
        lambda rows: charts.pareto(
            rows, label="team", value="open_items", share="cum_share"
        ),
    ),
    "stacked_lying": (
        AGED,
        lambda rows: charts.stacked(
            rows, x="team", y="open_items", by="age", order=AGES, orientation="h"
        ),
    ),
    "stacked_area": (
        FLOW,
        lambda rows: charts.stacked(
            rows, x="day_on", y="cum_items", by="status", kind="area"
        ),
    ),
    "steps": (
        FLOW,
        lambda rows: charts.steps(
            rows, x="day_on", y="cum_items", by="status", order=STAGES
        ),
    ),
    "heat": (
        ARRIVALS,
        lambda rows: charts.heat(
            rows, x="hour", y="weekday", value="items", x_labels=HOURS, y_labels=DAYS
        ),
    ),
    "ageing": (
        AGEING,
        lambda rows: charts.ageing(
            rows,
            stage="status",
            age="age_days",
            count="open_items",
            usual=("p50", "p85", "p95"),
        ),
    ),
    "matrix": (
        PASSED,
        lambda rows: charts.matrix(
            rows, source="from_team", target="to_team", value="handoffs", most=2
        ),
    ),
    "grid": (
        FAILING,
        lambda rows: charts.grid(
            rows,
            across="rule",
            down="team",
            share="failing",
            part="failing_rows",
            whole="tested_rows",
        ),
    ),
    "captioned_bars": (
        PATHS,
        lambda rows: charts.captioned_bars(
            rows,
            label=("direction", "path"),
            value="items",
            share="share",
            detail=("lead_hours_p50", "half within"),
            by="direction",
            order=("back", "again"),
        ),
    ),
    "curve": (LEAD, lambda rows: charts.curve(rows, x="lead_days", y="share")),
    "curves": (
        TIMES,
        lambda rows: charts.curves(
            rows,
            x="work_hours",
            y="done_share",
            by="curve",
            names=("All", "AP", None),
            reference="cancelled_share",
        ),
    ),
}


def built(name, rows=None):
    own, build = BUILDERS[name]
    return build(own if rows is None else rows)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", BUILDERS)
def test_a_chart_is_valid_with_all_rows_with_one_and_with_none(name, dark):
    rows = BUILDERS[name][0]
    for some in (rows, rows.slice(0, 1), rows.slice(2, 1), rows.slice(0, 0)):
        spec = built(name, some)
        before = copy.deepcopy(spec)
        theme.figure(spec, dark).to_json()
        assert spec == before


@pytest.mark.parametrize("name", BUILDERS)
def test_every_point_knows_its_row_and_every_trace_its_column(name):
    rows = BUILDERS[name][0]
    for trace in built(name)["data"]:
        assert trace["meta"] in rows.column_names
        assert len(trace["customdata"]) == len(trace["y"])
        known = [row for row in trace["customdata"] if row is not None]
        assert all(isinstance(row, int) and row < rows.num_rows for row in known)


def test_a_stacked_point_is_that_of_its_row():
    trace = built("stacked_lying")["data"][2]
    amounts = AGED["open_items"].to_pylist()
    assert trace["x"] == [amounts[row] for row in trace["customdata"]]


@pytest.mark.parametrize("name", ["ranked_bars", "dots", "pareto", "stacked_lying"])
def test_a_label_from_data_is_text_not_markup(name):
    spec = built(name)
    shown = str(spec).replace("<br>", "").replace("<extra></extra>", "")
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert "(none)" in shown


def test_a_long_label_is_cut_on_the_axis_and_whole_in_the_hover():
    spec = built("ranked_bars")
    assert spec["layout"]["yaxis"]["ticktext"][3] == "Claims recei…st and scan"
    assert NAMES[3] in spec["data"][0]["hovertext"][3]


@pytest.mark.parametrize("name", ["trend", "bars_and_line"])
def test_a_missing_value_is_a_gap(name):
    drawn = [t for t in built(name)["data"] if t["x"] != [None]]  # others are legend
    lines = [t for t in drawn if t.get("fill") is None]
    for trace in lines:
        source = RATES[trace["meta"]].to_pylist()
        assert (trace["y"][2] is None) == (source[2] is None)
        assert trace.get("connectgaps") is not True


def test_days_on_the_axis_are_days_of_the_rows():
    axis = built("trend")["layout"]["xaxis"]
    assert axis["ticktext"] == ["7 Sep<br>2026", "21 Sep", "5 Oct", "19 Oct"]
    assert axis["tickvals"][0] == "2026-09-07"


def test_no_day_without_a_point_has_a_label_at_the_ends():
    rows = RATES.set_column(1, "on_time_rate", pa.array([None, 0.9, 0.8] + [None] * 5))
    spec = charts.trend(rows, x="week_on", y="on_time_rate")
    assert spec["layout"]["xaxis"]["ticktext"] == ["14 Sep<br>2026", "21 Sep"]


def test_numbered_errors_have_their_days_on_the_axis():
    rows = LIMITS.append_column("number", pa.array(range(70, 78)))
    limits = {"low": "low", "high": "high", "usual": "usual", "signal": "signal"}
    spec = charts.control(rows, x="number", y="due_items", days="week_on", **limits)
    axis = spec["layout"]["xaxis"]
    assert axis["tickvals"] == [70, 72, 74, 76]
    assert axis["ticktext"][1] == "21 Sep<br>2026"


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (48.0, 95.0, [60, 80]),
        (0.0, 101.0, [0, 50, 100]),
        (9.0, 16.0, [10, 12.5, 15]),
        (1.1, 2.9, [1.5, 2, 2.5]),
    ],
)
def test_an_axis_has_three_round_numbers_at_least(low, high, found):
    axis = axes.ticks(low, high, "%")
    assert len(axis["tickvals"]) >= 3
    assert {f"{place:g} %" for place in found} <= set(axis["ticktext"])


@pytest.mark.parametrize(("lowest", "start"), [(0.02, "tozero"), (0.06, None)])
def test_an_axis_of_shares_near_zero_begins_there(lowest, start):
    rows = pa.table({"week_on": WEEKS[:3], "moved": [0.08, lowest, 0.07]})
    axis = charts.trend(rows, x="week_on", y="moved")["layout"]["yaxis"]
    assert axis.get("rangemode") == start


def test_a_bar_with_a_part_says_both_numbers():
    bar = built("ranked_bars")["data"][0]
    assert bar["text"] == ["1,234 · 234", "456 · 56", "", "78 · 7"]


def test_error_types_have_their_own_shares_beside_them():
    (bar, *_) = built("pareto")["data"]
    assert bar["text"] == ["1,234 · 70 %", "456 · 25 %", "", "78 · 5 %"]


def test_only_what_is_late_has_its_colour():
    counts = {"received_items": "Met", "overdue_items": "Late"}
    rows = RATES.append_column("overdue_items", RATES["completed_items"])
    bars = charts.bars_and_line(rows, x="week_on", bars=counts)["data"]
    assert [t["marker"]["color"] for t in bars[1::2]] == ["context", "late"]
    part = charts.ranked_bars(
        TEAMS, label="team", value="open_items", part="reviewed_items"
    )
    assert part["data"][1]["marker"]["color"] == "accent"


def test_a_stage_that_work_passes_by_is_dotted_and_grey():
    late = FLOW.set_column(2, "cum_items", pa.array([40, 30, 5, 20] * 8))
    data = charts.steps(late, x="day_on", y="cum_items", by="status", order=STAGES)
    lines = [(t["line"]["dash"], t["line"]["color"]) for t in data["data"]]
    assert [dash for dash, _ in lines] == ["solid", "solid", "dot", "solid"]
    assert lines[2][1] == "context"
    assert "dotted" in data["layout"]["xaxis"]["title"]["text"]


def test_the_interval_is_broken_where_the_line_is():
    band = next(t for t in built("trend")["data"] if t.get("fill") == "toself")
    assert 2 not in band["customdata"]
    assert band["x"].count(None) == 2


def test_an_area_with_a_missing_value_becomes_bars():
    spec = charts.stacked(AGED, x="team", y="open_items", by="age", kind="area")
    assert {trace["type"] for trace in spec["data"]} == {"bar"}
    assert None in spec["data"][0]["y"]


def test_a_legend_has_the_full_colour_of_each_bar():
    shown = [t for t in built("bars_and_line")["data"] if t.get("showlegend", True)]
    assert [t["marker"]["color"] for t in shown] == ["context", "accent", "text"]


def test_a_partial_point_is_hollow_and_says_so():
    line = built("trend")["data"][-1]
    assert line["marker"]["symbol"] == ["circle"] * 7 + ["circle-open"]
    assert "so far" in line["hovertext"][-1]
    bar = [t for t in built("bars_and_line")["data"] if t["type"] == "bar"][1]
    assert bar["marker"]["color"] == ["accent"] * 7 + ["accent pale"]
    assert bar["marker"]["line"]["width"][-1] > 0


@pytest.mark.parametrize("name", ["trend", "control", "bars_and_line"])
def test_a_line_to_an_unfinished_point_is_dashed_and_pale(name):
    data = built(name)["data"]
    strokes = [t for t in data if t.get("mode") == "lines" and "connectgaps" in t]
    solid, pale = strokes[-2:]
    whole, cut = pale["y"][-2:]
    assert (solid["y"][-2:], solid["line"]["color"]) == ([whole, None], ROLE[name])
    assert (pale["line"]["dash"], pale["opacity"]) == ("dash", 0.5)
    assert cut is not None
    assert pale["y"][:-2] == [None] * 6


ROLE = {"trend": "accent", "control": "accent", "bars_and_line": "text"}


def test_a_reference_is_hollow_too_where_it_is_not_complete():
    beside = [t for t in built("trend")["data"] if t["name"] == "Closed only"]
    assert beside[-1]["marker"]["symbol"][-2:] == ["circle", "circle-open"]


def test_rates_are_drawn_in_percent():
    line = built("trend")["data"][-1]
    assert line["y"][0] == pytest.approx(91)
    assert "On time 91.0 %" in line["hovertext"][0]
    assert (
        "the true value most likely lies between 88.0 % and 93.0 %"
        in line["hovertext"][0]
    )
    assert "of 412" in line["hovertext"][0]


def test_rows_beyond_the_top_are_summed_in_a_last_bar():
    spec = charts.ranked_bars(TEAMS, label="team", value="open_items", top=1)
    bar = spec["data"][0]
    assert bar["x"] == [1234, 456 + 78]
    assert bar["customdata"] == [0, None]
    assert spec["layout"]["yaxis"]["ticktext"] == ["Payroll", "3 others"]


def test_a_matrix_names_the_busiest_and_sums_the_others_apart():
    own, shared = built("matrix")["data"]
    assert built("matrix")["layout"]["yaxis"]["ticktext"] == [
        "Payroll",
        "A &lt;b&gt;bold…e &amp; more",
        "2 others",
    ]
    assert own["customdata"] == [0]
    assert [text.split("<br>")[1] for text in shared["hovertext"]] == [
        "12 items",
        "6 items",
    ]
    assert shared["customdata"] == [None, None]  # sums of rows open nothing


def test_one_other_in_a_matrix_has_a_name_of_its_own():
    labels = built("matrix", PASSED.slice(0, 2))["layout"]["yaxis"]["ticktext"]
    assert labels[2] == "(none)"


def test_a_grid_has_a_square_where_something_fails_and_says_how_much():
    told, few = built("grid")["data"]
    assert (told["customdata"], told["text"]) == ([0, 4], ["25.0", ""])
    assert (few["customdata"], few["text"]) == ([1], ["3"])
    assert few["hovertext"] == [
        "Team is told · A &lt;b&gt;bold&lt;/b&gt; name &amp; more<br>3 of 7 rows fail"
    ]
    assert built("grid")["layout"]["xaxis"]["ticktext"] == ["Team is told", "Key"]


def test_a_long_caption_breaks_before_an_arrow():
    captions = [
        note["text"] for note in built("captioned_bars")["layout"]["annotations"]
    ]
    assert captions == [
        "again → New → A &lt;b&gt;bold&lt;/b&gt; status",
        "back → New → Checking → New → Checking<br>→ Paying",
    ]


def test_captioned_bars_of_a_group_are_together_and_told_apart():
    back, again = built("captioned_bars")["data"]
    assert (back["name"], back["customdata"]) == ("back", [1])
    assert (again["name"], again["text"]) == ("again", ["90 · 90.0 %"])


def test_names_that_would_be_cut_to_the_same_lose_their_head():
    names = ["Request for payment", "Request for payment approved by administration"]
    names += ["Request for payment rejected by administration"]
    rows = pa.table({"status": names, "items": [3, 2, 1]})
    spec = charts.ranked_bars(rows, label="status", value="items")
    assert spec["layout"]["yaxis"]["ticktext"] == [
        "Request for payment",
        "…approved by…inistration",
        "…rejected by…inistration",
    ]


def test_a_part_of_nothing_is_not_said():
    rows = pa.table({"team": ["A"], "open_items": [5], "overdue_items": [0]})
    spec = charts.ranked_bars(rows, label="team", value="open_items", part=LATE_PART)
    assert spec["data"][0]["text"] == ["5"]


LATE_PART = "overdue_items"


def test_a_name_on_a_funnel_lies_on_no_other_name_and_on_no_dot():
    rows = pa.table(
        {
            "team": ["North", "South", "West"],
            "rate": [0.9, 0.9, 0.2],
            "n": [1000, 960, 500],
            "place": ["above", "above", "below"],
            "low": [0.8, 0.8, 0.1],
            "high": [1.0, 1.0, 0.3],
        }
    )
    names = {"label": "team", "value": "rate", "count": "n", "place": "place"}
    bounds = {"low": "low", "high": "high", "pooled": 0.5}
    odd = charts.funnel(rows, FUNNEL, **names, **bounds)["data"][-1]
    assert odd["text"] == ["North", "South", "West"]
    assert odd["textposition"] == ["middle right", "middle left", "middle right"]


def test_rates_beyond_the_top_are_not_summed():
    spec = charts.ranked_bars(TEAMS, label="team", value="error_rate", top=1, unit="%")
    assert spec["data"][0]["x"] == [5.0, None]


def test_a_point_that_breaks_a_rule_is_marked_and_says_which():
    *_, points, marked = built("control")["data"]
    assert marked["customdata"] == [4]
    assert "unlike the usual: below the usual range" in marked["hovertext"][0]
    assert len(points["x"]) == len(RATES)


def test_a_usual_range_far_above_all_points_is_cut_above_them():
    high = pa.array([9.0] * 8)
    rows = LIMITS.set_column(LIMITS.column_names.index("high"), "high", high)
    _, top = built("control", rows)["layout"]["yaxis"]["range"]
    assert top == pytest.approx(1.3 * 91)


def test_groups_outside_of_the_funnel_are_named_and_too_few_are_not_drawn():
    *_, inside, outside = built("funnel")["data"]
    assert outside["customdata"] == [1]
    assert "bold" in outside["text"][0]
    assert inside["customdata"] == [0, 3]


def test_too_few_is_said_in_words():
    dot, target, note = built("dots")["data"]
    assert target["y"] == [0, 1, 3]
    assert dot["customdata"] == [0, 1, 3]
    assert note["hovertext"] == ["too few (7)"]
    assert built("dots")["layout"]["yaxis"]["ticktext"][0] == "Payroll (1,234)"


@pytest.mark.parametrize("dark", [False, True])
def test_a_bridge_starts_each_step_where_the_last_one_ended(dark):
    spec = charts.bridge(PARTS)
    bar = spec["data"][0]
    assert bar["base"] == pytest.approx([0, 94, 86, 0])
    assert spec["data"][2]["hovertext"] == ["-8.0 points"]
    assert "&lt;early&gt;" in str(spec)
    theme.figure(spec, dark)
    theme.figure(charts.bridge([]), dark)


def test_groups_come_in_the_order_asked_for_and_none_is_lost():
    spec = charts.stacked(AGED, x="team", y="open_items", by="age", order=AGES[2:])
    assert [t["name"] for t in spec["data"]] == AGES[2:] + AGES[:2]


def test_groups_apart_are_grey_and_no_step_of_the_order():
    spec = charts.stacked(
        AGED, x="team", y="open_items", by="age", order=AGES, apart=AGES[3:]
    )
    colours = [t["marker"]["color"] for t in spec["data"]]
    assert colours == ["order 1 of 3", "order 2 of 3", "order 3 of 3", "context"]


def test_charts_name_no_colour_and_no_font():
    files = Path(charts.__file__).parent.glob("*.py")
    source = "".join(path.read_text() for path in files)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl|\"family\"", source)


def test_a_role_that_the_theme_lacks_is_an_error():
    spec = {"data": [{"type": "bar", "marker": {"color": "red"}}], "layout": {}}
    with pytest.raises(ValueError, match="red"):
        theme.figure(spec, False)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_words_can_be_read_on_both_grounds(dark, ground):
    ink = theme.palette(dark)
    for role in ("text", "muted", "accent", "late"):
        assert contrast(ink[role], ink[ground]) >= 4.5, role


@pytest.mark.parametrize("dark", [False, True])
def test_both_modes_have_the_same_roles_and_marks_can_be_seen(dark):
    ink = theme.palette(dark)
    assert ink.keys() == theme.palette(not dark).keys()
    assert contrast(ink["context"], ink["background"]) >= 2.8


def test_streamlit_knows_every_theme_option():
    from streamlit import config

    for name in theme.STREAMLIT_THEME:
        config.get_option(name)


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (None, "count", "–"),
        (float("nan"), "percent", "–"),
        (1234, "count", "1,234"),
        (3.25, "count", "3.2"),
        (0.857, "percent", "85.7 %"),
        (0.012, "points", "+1.2 points"),
        (-0.0001, "points", "0.0 points"),
        (-0.0001, "index", "0.00"),
        (12.5, "hours", "12.5 h"),
        (3, "days", "3.0 days"),
    ],
)
def test_numbers_are_written_for_people(value, kind, words):
    assert theme.number(value, kind) == words


def test_only_work_older_than_85_percent_when_they_left_is_late():
    dots = built("ageing")["data"][-1]
    assert dots["marker"]["color"] == ["accent", "accent", "late", "accent", "accent"]


def test_a_stage_that_nothing_left_has_no_strokes():
    strokes = built("ageing")["data"][:-2]
    assert [trace["y"] for trace in strokes] == [[0, 1], [0, 1], [0]]
