"""What time may change, and what it may not: periods, moments, zones."""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query_files import all_queries
from tests.metamorphic.asking import (
    GRAINED,
    QUERIES,
    STOCKS,
    additive,
    ask,
    bag,
    cases,
    fit,
    group_keys,
    rows,
    some,
    sums,
)
from tests.metamorphic.histories import (
    DAYS,
    FIRST,
    built,
    days,
    histories,
    instants,
    more_items,
    shifted,
    views,
)

DATED = tuple(n for n in GRAINED if "bucket_on" in all_queries()[n].columns)
COUNTED_BY_DAY = tuple(
    n for n in DATED if all_queries()[n].cases and not n.startswith("backlog/")
)
PERIODIC = tuple(
    name
    for name, query in all_queries().items()
    if {"period_from", "period_start"} & set(query.parameters)
    and query.cases
    and not name.startswith("backlog/")  # stocks
)
RECORDS_OF_A_DAY = (
    *("flow", "received", "completed", "completions", "due", "events", "reviews"),
)


def _flows(answer):
    return additive(answer, STOCKS)


@cases
@given(histories(), views(), st.sampled_from(("week", "month")), st.data())
def test_days_add_up_to_their_week_or_month(history, view, grain, data):
    """M3: open work is a stock, and cumulative flow a running total: not theirs."""
    with built(history) as database:
        for name in data.draw(some(COUNTED_BY_DAY, 15)):
            coarse = ask(database, name, replace(view, grain=grain))
            fine = rows(ask(database, name, replace(view, grain="day")))
            for row in fine:
                row["bucket_on"] = _first_of(row["bucket_on"], grain)
            keys, columns = group_keys(coarse), _flows(coarse)
            assert sums(fine, keys, columns) == sums(rows(coarse), keys, columns), name


def _first_of(day, grain):
    return day.replace(day=1) if grain == "month" else day - timedelta(day.weekday())


@st.composite
def _neighbours(draw):
    """Two views that meet, and the one of both."""
    view = draw(views(grains=("day", "week")))
    before = (view.start - FIRST).days
    middle = FIRST + timedelta(draw(days(min(before + 1, DAYS), DAYS)))
    end = max(view.end, middle + timedelta(1))
    return (
        replace(view, end=middle),
        replace(view, start=middle, end=end),
        replace(view, end=end),
    )


@cases
@given(histories(), _neighbours(), st.data())
def test_neighbouring_periods_add_up(history, neighbours, data):
    """M4: stocks hold at the moment, whatever the period."""
    with built(history) as database:
        for name in data.draw(some(PERIODIC, 12)):
            first, second, both = (ask(database, name, view) for view in neighbours)
            keys, columns = group_keys(both), _flows(both)
            parts = [*rows(first), *rows(second)]
            assert sums(parts, keys, columns) == sums(rows(both), keys, columns), name


@cases
@given(histories(), _neighbours(), st.data())
def test_neighbouring_periods_share_their_records(history, neighbours, data):
    """M4: entries and items of a period are those it touched, so they may be in both."""
    with built(history) as database:
        for name in data.draw(some(RECORDS_OF_A_DAY, 4)):
            first, second, both = (
                rows(ask(database, f"records/{name}", view)) for view in neighbours
            )
            assert bag(first + second) == bag(both), name


@cases
@given(
    histories(),
    views(),
    st.sampled_from(({}, {"department": ("A",)}, {"team": ("T1", None)})),
)
def test_open_at_the_end_is_open_at_the_start_and_what_came_less_what_went(
    history, view, chosen
):
    """M5: by queries that know nothing of each other."""
    until = min(view.as_of, view.filters().parameters()["period_to"])
    start = min(view.as_of, view.filters().parameters()["period_from"])
    with built(history) as database:
        flow = ask(database, "workload/flow_by_bucket", view, **chosen).total()
        at = [
            ask(
                database, "backlog/oldest", replace(view, as_of=moment), **chosen
            ).total()
            for moment in (start, until)
        ]
        came = [flow[f"{n}_items"] for n in ("received", "reopened", "transferred_in")]
        went = [
            flow[f"{n}_items"] for n in ("completed", "cancelled", "transferred_out")
        ]
        before, after = (answer["open_items"] for answer in at)
        assert after == before + sum(came) - sum(went)
        books = ask(database, "workload/flow_identity", view, **chosen).total()
        assert (books["open_from_items"], books["open_to_items"]) == (before, after)
        assert books["residual_items"] == 0


GROWING = {
    "workload/flow_by_bucket": ("received_items", "completed_items", "cancelled_items"),
    "workload/flow_identity": ("received_items", "completed_items", "reopened_items"),
    "workload/arrivals_by_hour": ("received_items",),
    "workload/mix_by_bucket": ("received_items",),
    "workload/plan_by_day": ("done_hours",),
    "overview/matrix": ("received_items", "completed_items", "reviewed_items"),
    "errors/reopened_by_bucket": ("completed_items",),
    "errors/error_rate_by_bucket": ("reviewed_items", "defective_items"),
    "errors/review_designs": ("reviewed_items", "targeted_reviews", "customer_reviews"),
    "backlog/cumulative_flow": ("cumulative_items",),
}


@cases
@given(histories(), views(), instants(), st.data())
def test_what_was_counted_never_falls_as_the_moment_grows(history, view, moment, data):
    """M8: all counts of what happened and stays so; a completed item may reopen."""
    early, late = sorted((view.as_of, moment))
    with built(history) as database:
        for name in data.draw(some(GROWING, 4)):
            before, after = (
                ask(database, name, replace(view, as_of=at)) for at in (early, late)
            )
            keys = [key for key in group_keys(before) if key != "until_at"]
            found, later = (sums(rows(a), keys, GROWING[name]) for a in (before, after))
            for key, counts in found.items():
                assert all(a <= b for a, b in zip(counts, later[key], strict=True)), (
                    name
                )


@st.composite
def _later(draw, history, as_of):
    """Events, reviews and items that no one could know before a moment."""
    others = draw(more_items(3, prefix="later"))
    delay = max(
        timedelta(),
        as_of - min((i["received_at"] for i in others["work_items"]), default=as_of),
    )
    found = {
        name: shifted(more, delay + timedelta(days=30)) for name, more in others.items()
    }
    for review in found["quality_reviews"]:
        review["work_date"] -= delay + timedelta(days=30)
    told = {event["item_id"] for event in history.rows["work_events"]}
    kinds = (
        "completed",
        "reopened",
        "transferred",
        "cancelled",
        "paused",
        "due_changed",
    )
    for item in history.rows["work_items"]:
        if item["item_id"] in told:
            for number, kind in enumerate(
                draw(st.lists(st.sampled_from(kinds), max_size=3))
            ):
                event = {
                    "item_id": item["item_id"],
                    "event_at": as_of + number * timedelta(hours=5),
                }
                event |= {
                    "sequence": 100 + number,
                    "kind": kind,
                    "team": "T2",
                    "department": "B",
                }
                found["work_events"].append(
                    event | {"to_status": draw(st.sampled_from((None, "Work")))}
                )
    return found


@cases
@given(histories(), views(), st.data())
def test_what_happens_later_does_not_change_the_past(history, view, data):
    """M9: where the source has told every fact before; a status without date is of now."""
    history = history.telling_all()
    nameless = [item | {"status": None} for item in history.rows["work_items"]]
    history = history.changed(work_items=nameless)
    later = history.with_more(data.draw(_later(history, view.as_of)))
    with built(history) as before, built(later) as after:
        for name in data.draw(some(fit("later"), 8)):
            found = [rows(ask(database, name, view)) for database in (before, after)]
            assert found[0] == found[1], name


@cases
@given(histories("UTC"), views("UTC", grains=("day", "week")), st.data())
def test_a_year_of_52_weeks_later_everything_is_the_same(history, view, data):
    """M11"""
    year = timedelta(days=364)
    moved = replace(
        history.changed(**{n: shifted(r, year) for n, r in history.rows.items()}),
        shift=year,
    )
    shown = replace(
        view, start=view.start + year, end=view.end + year, as_of=view.as_of + year
    )
    with built(history) as now, built(moved) as then:
        for name in data.draw(some(fit("shifted"), 8)):
            before, after = rows(ask(now, name, view)), rows(ask(then, name, shown))
            for row in (*before, *after):
                row.pop("month_on", None)
            assert shifted(before, year) == after, name


@contextmanager
def _process_in(zone):
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


ELSEWHERE = st.sampled_from(("Pacific/Kiritimati", "America/New_York", "Asia/Kolkata"))


@cases
@given(histories(), views(), ELSEWHERE, st.data())
def test_the_zone_of_the_process_changes_nothing(history, view, zone, data):
    """M12: neither of building nor of asking."""
    with built(history) as here:
        names = data.draw(some(fit("rebuilt"), 6))
        expected = [rows(ask(here, name, view)) for name in names]
    with _process_in(zone), built(history.changed()) as there:
        assert [rows(ask(there, name, view)) for name in names] == expected


@cases
@given(histories(), views(), ELSEWHERE, st.data())
def test_the_zone_of_the_database_session_changes_nothing(history, view, zone, data):
    """M12: our own connections let nobody set it, so the SQL runs on one that does."""
    with built(history) as database:
        answers = [ask(database, name, view) for name in data.draw(some(QUERIES, 6))]
        copy = database.path.with_name("shell.duckdb")  # a file is open in one way
        shutil.copy(database.path, copy)
        with duckdb.connect(str(copy), read_only=True) as shell:
            shell.execute("load icu")
            shell.execute(f"set timezone = '{zone}'")
            for answer in answers:
                sql = re.sub(r"(?<!:):(\w+)", r"$\1", answer.sql)
                found = shell.execute(sql, dict(answer.values)).to_arrow_table()
                query = answer.query
                plain = [
                    name for name in query.columns if name not in query.percentiles
                ]
                expected = answer.rows.select(plain).to_pylist()
                assert found.select(plain).to_pylist() == expected, query.name
