"""Workload: does work pile up, and do the books balance?"""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters
from dashboard.settings import Settings
from tests import drawn


def test_local_midnight_sets_the_day(check):
    """WL2"""
    check(
        "workload/flow_by_bucket",
        settings={"grain": "day"},
        period_start=date(2026, 3, 10),
        period_end=date(2026, 3, 12),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-10T22:30Z
            2       | 2026-03-10T23:30Z
            """
        },
        expect="""
            bucket_on  | received_items
            2026-03-10 | 1
            2026-03-11 | 1
        """,
    )


def test_partial_weeks_are_marked(check):
    """WL3: the filter cuts the first week, the as-of moment the last."""
    check(
        "workload/flow_by_bucket",
        period_start=date(2026, 2, 25),
        period_end=date(2026, 3, 14),
        as_of=datetime(2026, 3, 11, 12),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-02-25T09:00
            2       | 2026-02-27T09:00
            3       | 2026-03-02T09:00
            4       | 2026-03-05T09:00
            5       | 2026-03-09T09:00
            6       | 2026-03-11T09:00
            7       | 2026-03-11T13:00
            """
        },
        expect="""
            bucket_on  | received_items | is_partial
            2026-02-23 | 2              | yes
            2026-03-02 | 2              | no
            2026-03-09 | 2              | yes
        """,
    )


WL1 = """
    item_id | event_at         | kind        | department | team
    1       | 2026-02-27T09:00 | received    | D          | A
    1       | 2026-03-03T10:00 | completed   | D          | A
    2       | 2026-03-02T00:00 | received    | D          | A
    3       | 2026-03-03T09:00 | received    | D          | A
    3       | 2026-03-04T09:00 | completed   | D          | A
    3       | 2026-03-05T09:00 | reopened    | D          | A
    3       | 2026-03-06T09:00 | completed   | D          | A
    4       | 2026-03-04T09:00 | received    | D          | A
    4       | 2026-03-05T12:00 | cancelled   | D          | A
    5       | 2026-02-26T09:00 | received    | D          | A
    5       | 2026-03-06T11:00 | transferred | D          | B
    6       | 2026-03-01T09:00 | received    | D          | B
    6       | 2026-03-07T10:00 | transferred | D          | A
    7       | 2026-02-20T09:00 | received    | D          | A
    7       | 2026-02-25T09:00 | completed   | D          | A
    7       | 2026-03-04T15:00 | reopened    | D          | A
    8       | 2026-03-08T09:00 | received    | D          | A
    8       | 2026-03-09T00:00 | completed   | D          | A
"""
WL1_PERIOD = {"period_start": date(2026, 3, 2), "period_end": date(2026, 3, 9)}


def test_flow_residual_is_zero(check):
    """WL1"""
    answer = check(
        "workload/flow_identity",
        given={"work_events": WL1},
        **WL1_PERIOD,
        team=("A",),
        expect="""
            open_from_items | net_flow_items | open_to_items | residual_items
            2               | 2              | 4             | 0
        """,
    )
    (row,) = answer.rows.to_pylist()
    assert (row["received_items"], row["completed_items"]) == (4, 3)
    assert (row["reopened_items"], row["cancelled_items"]) == (2, 1)
    assert (row["transferred_in_items"], row["transferred_out_items"]) == (1, 1)


def test_flow_identity_ends_at_the_as_of_moment(check):
    check(
        "workload/flow_identity",
        given={"work_events": WL1},
        **WL1_PERIOD,
        as_of=datetime(2026, 3, 3, 9, 30),
        team=("A",),
        expect="""
            open_from_items | received_items | completed_items | open_to_items
            2               | 2              | 0               | 4
        """,
    )


def test_reopened_item_is_received_once(check):
    """WL1 item 3"""
    check(
        "workload/flow_identity",
        given={
            "work_events": """
            item_id | event_at         | kind      | team
            3       | 2026-03-03T09:00 | received  | A
            3       | 2026-03-04T09:00 | completed | A
            3       | 2026-03-05T09:00 | reopened  | A
            3       | 2026-03-06T09:00 | completed | A
            """
        },
        **WL1_PERIOD,
        expect="""
            received_items | reopened_items | completed_items
            1              | 1              | 2
        """,
    )


def test_transfer_of_closed_item_is_ignored(check):
    check(
        "workload/flow_identity",
        given={
            "work_events": """
            item_id | event_at         | kind        | team
            1       | 2026-03-03T09:00 | received    | A
            1       | 2026-03-04T09:00 | completed   | A
            1       | 2026-03-05T09:00 | transferred | B
            """
        },
        **WL1_PERIOD,
        expect="""
            transferred_in_items | transferred_out_items | residual_items
            0                    | 0                     | 0
        """,
    )


def test_boundary_instant_belongs_to_next_period(check):
    """WL1 items 2 and 8"""
    check(
        "workload/flow_identity",
        given={
            "work_events": """
            item_id | event_at         | kind      | team
            2       | 2026-03-02T00:00 | received  | A
            8       | 2026-03-08T09:00 | received  | A
            8       | 2026-03-09T00:00 | completed | A
            """
        },
        **WL1_PERIOD,
        expect="""
            open_from_items | received_items | completed_items | open_to_items
            0               | 2              | 0               | 2
        """,
    )


def test_flow_is_counted_with_the_team_at_the_event(check):
    check(
        "workload/flow_identity",
        given={"work_events": WL1},
        **WL1_PERIOD,
        team=("B",),
        expect="""
            open_from_items | transferred_in_items | transferred_out_items | residual_items
            1               | 1                    | 1                     | 0
        """,
    )


def test_transfer_leaves_one_team_and_enters_the_other(check):
    """WL1 item 5"""
    transfer = {
        "work_events": """
        item_id | event_at         | kind        | department | team
        5       | 2026-02-26T09:00 | received    | D          | A
        5       | 2026-03-06T11:00 | transferred | D          | B
        """
    }
    check(
        "records/flow",
        given=transfer,
        **WL1_PERIOD,
        expect="""
            item_id | movement        | moved_at         | bucket_on  | team
            5       | transferred out | 2026-03-06T11:00 | 2026-03-02 | A
            5       | transferred in  | 2026-03-06T11:00 | 2026-03-02 | B
        """,
    )


TURNS = ("completed", "cancelled", "reopened", "transferred")
HISTORIES = st.lists(
    st.lists(
        st.tuples(
            st.integers(0, 20 * 24), st.sampled_from(TURNS), st.sampled_from("AB")
        ),
        max_size=7,
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=8, deadline=None)
@given(HISTORIES, st.integers(-1, 21), st.integers(1, 21), st.integers(-24, 22 * 24))
def test_flow_residual_is_zero_for_any_history(histories, first, length, as_of):
    """Any history and any half-open period, in whole and for one team."""
    start = datetime(2026, 3, 1)
    lines = ["item_id | event_at | sequence | kind | team"]
    for item, turns in enumerate(histories):
        events = [(0, "received", "A"), *sorted(turns, key=lambda turn: turn[0])]
        for number, (hour, kind, team) in enumerate(events):
            at = (start + timedelta(hours=hour)).isoformat()
            lines.append(f"{item} | {at} | {number} | {kind} | {team}")
    moment = start + timedelta(hours=as_of)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.duckdb"
        given_events = {"work_events": "\n".join(lines)}
        drawn.build(path, given_events, zone="UTC", as_of=moment)
        database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
        for team in ((), ("A",)):
            from_day = start.date() + timedelta(days=first)
            to_day = from_day + timedelta(days=length)
            filters = Filters(from_day, to_day, moment, "UTC", team=team)
            question = Question("workload/flow_identity", filters)
            (row,) = gate.ask(question, database).rows.to_pylist()
            assert row["residual_items"] == 0


PLAN = """
    metric         | department | value | valid_from
    plan_std_hours | AP         | 40    | 2026-01-01
    plan_std_hours | HR         | 99    | 2026-01-01
"""
OFFICE_DAYS = """
    day        | is_working
    2026-03-02 | yes
    2026-03-03 | yes
    2026-03-04 | yes
    2026-03-05 | no
    2026-03-06 | no
"""


def test_plan_attainment_is_cumulated(check):
    """WL4, with a plan of another department that has no items."""
    check(
        "workload/plan_by_day",
        **WL1_PERIOD,
        given={
            "targets": PLAN,
            "calendar_days": OFFICE_DAYS,
            "work_items": """
            item_id | department | received_at      | completed_at     | standard_minutes
            1       | AP         | 2026-03-01T09:00 | 2026-03-02T09:00 | 2160
            2       | AP         | 2026-03-01T09:00 | 2026-03-03T09:00 | 2640
            3       | AP         | 2026-03-01T09:00 | 2026-03-04T09:00 | 1800
            """,
        },
        expect="""
            day        | done_hours | plan_hours | cum_done_hours | attainment
            2026-03-02 | 36.0       | 40.0       | 36.0           | 90.0%
            2026-03-03 | 44.0       | 40.0       | 80.0           | 100.0%
            2026-03-04 | 30.0       | 40.0       | 110.0          | 91.7%
        """,
    )


def test_partial_day_is_marked(check):
    """Closed days with work done are listed, without plan; the as-of day is partial."""
    check(
        "workload/plan_by_day",
        **WL1_PERIOD,
        as_of=datetime(2026, 3, 5, 12),
        given={
            "targets": PLAN,
            "calendar_days": OFFICE_DAYS,
            "work_items": """
            item_id | department | received_at      | completed_at     | standard_minutes
            1       | AP         | 2026-03-01T09:00 | 2026-03-05T09:00 | 60
            """,
        },
        expect="""
            day        | done_hours | plan_hours | cum_plan_hours | is_partial
            2026-03-02 | 0.0        | 40.0       | 40.0           | no
            2026-03-03 | 0.0        | 40.0       | 80.0           | no
            2026-03-04 | 0.0        | 40.0       | 120.0          | no
            2026-03-05 | 1.0        | 0.0        | 120.0          | yes
        """,
    )


def test_arrivals_count_local_hours_and_weekdays_of_the_period(check):
    check(
        "workload/arrivals_by_hour",
        period_start=date(2026, 3, 24),
        period_end=date(2026, 4, 1),
        given={
            "work_items": """
            item_id | received_at
            1       | 2026-03-24T08:30Z
            2       | 2026-03-31T07:30Z
            3       | 2026-03-28T22:30Z
            """
        },
        where=(("weekday", ("2", "6")),),
        expect="""
            weekday | hour | received_items | days
            2       | 9    | 2              | 2
            2       | 23   | 0              | 2
            6       | 9    | 0              | 1
            6       | 23   | 1              | 1
        """,
    )


def test_mix_index_compares_with_the_period_before(check):
    check(
        "workload/mix_by_bucket",
        **WL1_PERIOD,
        given={
            "work_items": """
            item_id | received_at      | standard_minutes
            1       | 2026-02-22T09:00 | 6000
            2       | 2026-02-23T09:00 | 60
            3       | 2026-03-01T09:00 | 180
            4       | 2026-03-02T09:00 | 150
            5       | 2026-03-03T09:00 | 150
            """
        },
        expect="""
            bucket_on  | received_items | standard_hours | expected_hours | mix_index
            2026-03-02 | 2              | 5.0            | 4.0            | 1.25
        """,
    )
