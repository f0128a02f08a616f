"""Remarks on days stand on the charts that they concern, and below them in words."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest

from dashboard import charts, gate, theme
from dashboard.analyses.remarks import concerning
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, utc
from dashboard.settings import Settings
from tests import drawn
from tests.test_pages import database, opened, said

__all__ = ["database"]

ZONE = "Europe/Berlin"
YEAR = Filters(
    date(2026, 1, 1), date(2027, 1, 1), utc(datetime(2027, 1, 1), ZONE), ZONE
)
MONDAYS = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(4)]
MONTHS = [date(2026, month, 1) for month in range(6, 10)]
DAYS = [date(2026, 9, day) for day in (10, 11, 14)]


def line(days, amounts=(3, 4, 5, 6)):
    """A chart of an amount over these days."""
    rows = {"day_on": days, "open_items": list(amounts)[: len(days)]}
    return charts.trend(pa.table(rows), x="day_on", y="open_items", unit="items")


def on(day, last=None, words="new form"):
    return day, last or day, words


def marks(spec):
    """From which day to which something is marked, and the number that stands there."""
    shown, _ = spec
    spans = [(shape["x0"], shape["x1"]) for shape in shown["layout"]["shapes"]]
    numbers = [note["text"] for note in shown["layout"]["annotations"]]
    return spans, numbers


@pytest.mark.parametrize(
    ("days", "remark", "place"),
    [
        (MONDAYS, date(2026, 9, 14), "2026-09-14"),
        (MONDAYS, date(2026, 9, 20), "2026-09-14"),
        (MONDAYS, date(2026, 10, 4), "2026-09-28"),
        (MONTHS, date(2026, 6, 30), "2026-06-01"),
        (DAYS, date(2026, 9, 13), "2026-09-13"),  # a day without a point
    ],
)
def test_a_remark_stands_at_the_point_that_counts_its_day(days, remark, place):
    spans, numbers = marks(charts.remarked(line(days), [on(remark)]))
    assert (spans, numbers) == ([(place, place)], ["1"])


def test_a_remark_on_a_week_without_a_value_stands_at_its_monday():
    gap = line(MONDAYS, (3, None, 5, 6))
    spans, _ = marks(charts.remarked(gap, [on(date(2026, 9, 16))]))
    assert spans == [("2026-09-14", "2026-09-14")]


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (date(2026, 9, 15), date(2026, 9, 30), ("2026-09-14", "2026-09-28")),
        (date(2026, 1, 1), date(2026, 9, 15), ("2026-09-07", "2026-09-14")),
        (date(2026, 9, 15), date(2027, 1, 1), ("2026-09-14", "2026-09-28")),
        (date(2026, 9, 15), date(2026, 9, 20), ("2026-09-14", "2026-09-14")),
    ],
)
def test_a_remark_on_several_days_is_a_band_within_what_is_drawn(first, last, span):
    spans, _ = marks(charts.remarked(line(MONDAYS), [on(first, last)]))
    assert spans == [span]


@pytest.mark.parametrize("day", [date(2026, 9, 6), date(2026, 10, 5)])
def test_a_chart_that_does_not_show_the_day_stays_as_it_is(day):
    spec = line(MONDAYS)
    assert charts.remarked(spec, [on(day)]) == (spec, [])


def test_a_chart_that_is_not_over_time_stays_as_it_is():
    rows = pa.table({"team": ["A"], "open_items": [3]})
    spec = charts.trend(rows, x="team", y="open_items", unit="items")
    assert charts.remarked(spec, [on(date(2026, 9, 7))]) == (spec, [])


def test_remarks_too_close_for_two_numbers_share_one():
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(91)]
    close, apart = on(days[3], words="b"), on(days[20], words="c")
    _, numbered = charts.remarked(
        line(days, range(91)), [apart, close, on(days[1], words="a")]
    )
    assert numbered == [[on(days[1], words="a"), close], [apart]]


def test_a_remark_every_day_of_a_year_leaves_room_between_the_numbers():
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    _, numbered = charts.remarked(line(days, range(365)), [on(day) for day in days])
    assert len(numbered) < 20
    assert sum(map(len, numbered)) == 365


@pytest.mark.parametrize("dark", [False, True])
def test_a_remarked_chart_is_valid_and_its_words_are_text_not_markup(dark):
    remark = on(MONDAYS[1], words="<b>Late</b> & more")
    spec, _ = charts.remarked(line(MONDAYS), [remark, on(MONDAYS[0], MONDAYS[2])])
    shown = theme.figure(spec, dark)
    assert "&lt;b&gt;Late&lt;/b&gt; &amp; more" in shown.layout.annotations[1].hovertext
    assert "14 September 2026" in shown.layout.annotations[1].hovertext


def test_what_a_chart_has_already_stays_beside_its_remarks():
    rows = pa.table({"day_on": MONDAYS, "on_time": [0.9, 0.8, 0.9, 0.8]})
    spec = charts.trend(rows, x="day_on", y="on_time", target=0.95)
    spans, texts = marks(charts.remarked(spec, [on(MONDAYS[1])]))
    assert len(spans) == 2
    assert texts == ["Target 95.0 %", "1"]


@pytest.mark.parametrize(
    ("chosen", "metrics", "remarks"),
    [
        ({}, (), "all AP A HR"),
        ({}, ("error_rate",), "all AP A HR rate"),
        ({"department": ("AP",)}, (), "all AP A"),
        ({"department": ("HR",)}, (), "all HR"),
        ({"department": ("AP",), "team": ("B",)}, (), "all AP"),
        ({"team": ("A",)}, (), "all AP A"),  # A is a team of AP
        ({"team": ("H",)}, (), "all HR"),
        ({"department": (None,)}, (), "all"),
    ],
)
def test_a_remark_concerns_its_department_team_and_metric(
    tmp_path, chosen, metrics, remarks
):
    drawn.build(
        tmp_path / "drawn.duckdb",
        {
            "work_items": """
            item_id | department | team | received_at
            1       | AP         | A    | 2026-03-01T09:00
            2       | AP         | B    | 2026-03-01T09:00
            3       | HR         | H    | 2026-03-01T09:00
            """,
            "annotations": """
            starts_on  | department | team | metric     | remark | author | written_at
            2026-03-01 | -          | -    | -          | all    | Ann    | 2026-03-09T09:00
            2026-03-02 | AP         | -    | -          | AP     | Ann    | 2026-03-09T09:00
            2026-03-03 | AP         | A    | -          | A      | Ann    | 2026-03-09T09:00
            2026-03-04 | HR         | -    | -          | HR     | Ann    | 2026-03-09T09:00
            2026-03-05 | -          | -    | error_rate | rate   | Ann    | 2026-03-09T09:00
            """,
        },
        zone=ZONE,
        as_of=YEAR.as_of,
    )
    database = DuckDBFile(Settings(database_url=f"duckdb:///{tmp_path}/drawn.duckdb"))
    shown = replace(YEAR, **chosen)
    told, values = (
        gate.ask(Question(query, shown), database)
        for query in ("data/annotations", "filters/values")
    )
    found = concerning(told, values, shown, frozenset(metrics))
    assert [words.split(": ")[-1] for _, _, words in found] == [
        f"{word} (Ann)" for word in remarks.split()
    ]


def test_a_page_lists_the_remarks_under_a_chart_and_tells_them_to_who_cannot_see(
    database,
):
    app = opened("error_rates")
    words = "13 September 2026 · Data Entry: Work with the new form begins."
    assert any(said(text).startswith(f"**1:** {words}") for text in app.caption)
    told = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert any(f"Remarks: {words}" in alt for alt in told)


def test_a_page_of_another_department_has_no_such_remark(database):
    app = opened("error_rates", department=["Payroll"])
    assert not app.exception
    assert not any("new form" in said(text) for text in app.caption)


def test_many_remarks_wait_behind_their_number(tmp_path, monkeypatch):
    path = tmp_path / "many.duckdb"
    days = "\n".join(
        f"2026-03-0{day} | remark {day} | Ann | 2026-03-09T09:00" for day in range(2, 8)
    )
    given = {
        "work_items": "\n".join(
            ["item_id | received_at"]
            + [f"{day} | 2026-03-0{day}T09:00" for day in range(2, 9)]
        ),
        "annotations": f"starts_on | remark | author | written_at\n{days}",
    }
    drawn.build(path, given, zone=ZONE, as_of=datetime(2026, 3, 10, 12))
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    app = opened("workload", grain=["day"])
    labels = [block.proto.popover.label for block in app.get("popover")]
    assert "6 remarks" in labels
