"""Hand-offs: who passes to whom, where work waits, and what comes back."""

from datetime import date, datetime

import pytest

from tests.queries.test_working_hours import OFFICE

MARCH = {
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1),
    "as_of": datetime(2026, 5, 15),
}


def lives(*ways: str) -> dict[str, str]:
    """Items 1, 2, ... each with its teams in order, an hour in each, then completed."""
    lines = ["item_id | event_at | kind | team"]
    for item, way in enumerate(ways, start=1):
        for hour, team in enumerate(way.split(",")):
            kind = "transferred" if hour else "received"
            lines.append(f"{item} | 2026-03-10T{9 + hour:02d}:00 | {kind} | {team}")
        lines.append(f"{item} | 2026-03-10T16:00 | completed | -")
    return {"work_events": "\n".join(lines)}


HO1 = lives("A,B,A", "A,B,C", "A", "B,A,B,A")


def test_every_change_of_team_is_a_handoff_but_the_first_assignment(check):
    """HO1"""
    check(
        "handoffs/summary",
        **MARCH,
        given=HO1,
        by=(),
        expect="""
            handoffs | ping_pong_items | completed_items | handed_items | handoffs_per_item
            7        | 2               | 4               | 3            | 1.75
        """,
    )


def test_ping_pong_is_counted_once_per_item(check):
    """HO1: twenty items of each way, so that the rate has a value."""
    check(
        "handoffs/summary",
        **MARCH,
        given=lives(*["A,B,A", "A,B,C", "A", "B,A,B,A"] * 20),
        by=(),
        expect="""
            ping_pong_items | completed_items | ping_pong
            40              | 80              | 50.0%
        """,
    )


def test_matrix_counts_each_change_from_team_to_team(check):
    """HO1"""
    check(
        "handoffs/transitions",
        **MARCH,
        given=HO1,
        expect="""
            from_team | to_team | handoffs | handed_items | back_handoffs
            A         | B       | 3        | 3            | 1
            B         | A       | 3        | 2            | 2
            B         | C       | 1        | 1            | 0
        """,
    )


def test_a_team_sees_the_whole_way_of_what_it_completed(check):
    """A filter narrows whose completed items count, not what happened to them."""
    check(
        "handoffs/transitions",
        **MARCH,
        given=HO1,
        team=("C",),
        expect="""
            from_team | to_team | handoffs
            A         | B       | 1
            B         | C       | 1
        """,
    )
    check(
        "handoffs/summary",
        **MARCH,
        given=HO1,
        team=("C",),
        expect="""
            team | completed_items | handoffs | ping_pong_items
            C    | 1               | 2        | 0
        """,
    )


def test_a_time_in_no_team_hides_no_handoff(check):
    check(
        "records/handoffs",
        **MARCH,
        given=lives("-,A", "A,-,A", "A,-,B"),
        expect="""
            item_id | handoff_number | from_team | to_team | is_back
            3       | 1              | A         | B       | no
        """,
    )


def test_a_handoff_after_the_asof_moment_does_not_count(check):
    check(
        "handoffs/summary",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=datetime(2026, 3, 10, 18),
        given={
            "work_events": """
            item_id | event_at         | kind        | team
            1       | 2026-03-10T09:00 | received    | A
            1       | 2026-03-10T10:00 | transferred | B
            1       | 2026-03-10T11:00 | completed   | -
            1       | 2026-03-10T18:00 | reopened    | -
            1       | 2026-03-10T18:00 | transferred | A
            1       | 2026-03-10T19:00 | completed   | -
            """
        },
        expect="""
            team | completed_items | handoffs | ping_pong_items
            B    | 1               | 1        | 0
        """,
    )


def test_handoffs_that_no_source_tells_are_unknown_not_zero(check):
    check(
        "handoffs/summary",
        **MARCH,
        given={
            "work_items": """
            item_id | team | received_at      | completed_at
            1       | A    | 2026-03-10T09:00 | 2026-03-10T16:00
            """
        },
        expect="""
            completed_items | handoffs | ping_pong_items | returned_items | handoffs_per_item
            1               | -        | -               | -              | -
        """,
    )


HO2_EVENTS = """
    item_id | event_at         | kind      | to_status | from_status
    1       | 2026-03-10T09:00 | received  | new       | -
    1       | 2026-03-10T11:00 | status    | check     | new
    1       | 2026-03-10T13:30 | returned  | new       | check
    1       | 2026-03-10T14:00 | status    | check     | new
    1       | 2026-03-10T16:00 | completed | done      | check
"""
HO2 = OFFICE | {
    "work_items": """
    item_id | received_at      | completed_at     | handling_minutes
    1       | 2026-03-10T09:00 | 2026-03-10T16:00 | 90
    """,
    "work_events": HO2_EVENTS,
}


def test_stages_sum_to_the_lead_time(check):
    """HO2: 150 and 210 minutes of 360."""
    check(
        "handoffs/stage_time",
        **MARCH,
        given=HO2,
        expect="""
            stage_number | status | stage_items | stage_hours | stage_work_hours_p50
            1            | new    | 1           | 2.50        | -
            2            | check  | 1           | 3.50        | -
        """,
    )
    check(
        "records/completed",
        **MARCH,
        given=HO2,
        expect="lead_work_hours\n6.0",
    )


def test_working_time_leaves_out_statuses_of_done_and_paused_work(check):
    given = OFFICE | {
        "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-10T09:00 | 2026-03-11T12:00
        """,
        "work_events": """
            item_id | event_at         | kind      | to_status
            1       | 2026-03-10T09:00 | received  | new
            1       | 2026-03-10T10:00 | paused    | hold
            1       | 2026-03-10T11:00 | resumed   | new
            1       | 2026-03-10T12:00 | completed | done
            1       | 2026-03-11T09:00 | reopened  | new
            1       | 2026-03-11T12:00 | completed | done
        """,
    }
    check(
        "handoffs/stage_time",
        **MARCH,
        given=given,
        expect="""
            status | stage_items
            new    | 1
            hold   | 1
            done   | 1
        """,
    )
    for query in ("handoffs/stage_time", "records/stage_times"):
        check(
            query,
            **MARCH,
            settings={"parts": "working"},
            given=given,
            expect="status\nnew",
        )


def test_each_visit_to_a_status_adds_to_its_time(check):
    """HO2"""
    check(
        "records/stage_times",
        **MARCH,
        given=HO2,
        expect="""
            status | visits | stage_work_hours
            check  | 2      | 3.50
            new    | 2      | 2.50
        """,
    )


def test_flow_efficiency_is_handling_out_of_lead_time(check):
    """HO2: 90 of 360 minutes."""
    check(
        "handoffs/flow_efficiency",
        **MARCH,
        given=HO2,
        expect="""
            handled_items | total_handling_hours | total_lead_hours | flow_efficiency
            1             | 1.5                  | 6.0              | 25.0%
        """,
    )


def test_handling_that_is_missing_or_negative_is_left_out_and_counted(check):
    check(
        "handoffs/flow_efficiency",
        **MARCH,
        given=OFFICE
        | {
            "work_items": """
            item_id | received_at      | completed_at     | handling_minutes
            1       | 2026-03-10T09:00 | 2026-03-10T10:00 | 90
            2       | 2026-03-10T09:00 | 2026-03-10T10:00 | -
            3       | 2026-03-10T09:00 | 2026-03-10T10:00 | -5
            4       | 2026-03-10T09:00 | 2026-03-09T10:00 | 5
            5       | 2026-03-10T09:00 | 2026-03-10T10:00 | 0
            """
        },
        expect="""
            completed_items | handled_items | unhandled_items | negative_items | flow_efficiency
            5               | 2             | 2               | 1              | 75.0%
        """,
    )


def test_flow_efficiency_over_all_of_the_lead_time_is_shown_uncapped(check):
    check(
        "handoffs/flow_efficiency",
        **MARCH,
        given=OFFICE
        | {
            "work_items": """
            item_id | team | received_at      | completed_at     | handling_minutes
            1       | A    | 2026-03-10T09:00 | 2026-03-10T10:00 | 90
            2       | B    | 2026-03-14T09:00 | 2026-03-14T10:00 | 90
            """
        },
        expect="""
            team | flow_efficiency | flow_efficiency_state
            A    | 150.0%          | ok
            B    | -               | no_value
        """,
    )


DL7 = OFFICE | {
    "work_items": "item_id | received_at | started_at | completed_at\n"
    + "".join(
        f"{n} | 2026-03-10T09:00 | 2026-03-10T14:00 | 2026-03-11T12:00\n"
        for n in range(5)
    )
    + "5 | 2026-03-10T09:00 | - | 2026-03-11T12:00\n"
    + "6 | 2026-03-10T09:00 | 2026-03-12T09:00 | 2026-03-11T12:00\n",
    "work_events": "item_id | event_at | kind\n"
    + "".join(
        f"{n} | {event}\n"
        for n in range(7)
        for event in (
            "2026-03-10T09:00 | received",
            "2026-03-10T15:00 | paused",
            "2026-03-11T10:00 | resumed",
            "2026-03-11T12:00 | completed",
        )
    ),
}


def test_cycle_time_runs_from_the_first_work_without_pauses(check):
    """DL7: 180 minutes; 360 if the pause were forgotten. No start, no cycle time."""
    check(
        "handoffs/times",
        **MARCH,
        given=DL7,
        expect="""
            completed_items | started_items | unstarted_items | negative_items | cycle_work_hours_p50 | first_lead_work_hours_p50 | cycle_work_hours_p85
            6               | 5             | 1               | 1              | 3.0                  | 7.0                       | -
        """,
    )


@pytest.mark.parametrize("team", [(), ("B",)])
def test_first_lead_time_ends_at_the_first_completion(check, team):
    """Completed after an hour, reopened, completed again a day later, in another team."""
    events = "".join(
        f"{n} | {event}\n"
        for n in range(5)
        for event in (
            "2026-03-10T09:00 | received    | A",
            "2026-03-10T09:30 | paused      | A",
            "2026-03-10T09:45 | resumed     | A",
            "2026-03-10T10:00 | completed   | A",
            "2026-03-10T11:00 | reopened    | A",
            "2026-03-10T11:00 | transferred | B",
            "2026-03-11T10:00 | completed   | B",
        )
    )
    given = OFFICE | {"work_events": f"item_id | event_at | kind | team\n{events}"}
    check(
        "handoffs/times",
        **MARCH,
        given=given,
        team=team,
        expect="completed_items | first_lead_work_hours_p50\n5 | 0.75",
    )


def test_what_comes_back_is_told_apart_from_what_is_done_again(check):
    """HO2: from check back to new, and from new to check again."""
    check(
        "handoffs/rework_loops",
        **MARCH,
        given=HO2,
        expect="""
            from_status | to_status | direction | looped_items | loops
            check       | new       | back      | 1            | 1
            new         | check     | again     | 1            | 1
        """,
    )


def test_reopened_work_comes_back_and_paused_work_does_not(check):
    check(
        "records/loops",
        **MARCH,
        given={
            "work_events": """
            item_id | event_at         | kind      | to_status
            1       | 2026-03-10T09:00 | received  | new
            1       | 2026-03-10T10:00 | paused    | on hold
            1       | 2026-03-10T11:00 | resumed   | new
            1       | 2026-03-10T12:00 | paused    | on hold
            1       | 2026-03-10T13:00 | resumed   | new
            1       | 2026-03-10T14:00 | completed | done
            2       | 2026-03-10T09:00 | received  | new
            2       | 2026-03-10T10:00 | completed | done
            2       | 2026-03-10T11:00 | reopened  | -
            2       | 2026-03-10T12:00 | completed | done
            """
        },
        expect="""
            item_id | from_status | to_status | direction | is_first_so
            2       | done        | unknown   | back      | yes
        """,
    )


def test_common_paths_are_named_and_the_others_counted(check):
    events = "".join(
        f"{n} | 2026-03-10T09:00 | received | new\n"
        f"{n} | 2026-03-10T10:00 | status | {status}\n"
        f"{n} | 2026-03-10T11:00 | completed | done\n"
        for n, status in enumerate(["check"] * 5 + ["pay"] * 2 + ["file", "scan"])
    )
    given = OFFICE | {"work_events": f"item_id | event_at | kind | to_status\n{events}"}
    check(
        "handoffs/variants",
        **MARCH,
        given=given,
        settings={"most": "2"},
        expect="""
            path_number | path               | paths | path_items | completed_items | lead_work_hours_p50
            1           | new → check → done | 1     | 5          | 9               | 2.0
            2           | new → pay → done   | 1     | 2          | 9               | -
            3           | other paths        | 2     | 2          | 9               | -
        """,
    )


def test_a_path_goes_through_every_status_up_to_the_completion(check):
    """HO2"""
    check(
        "records/paths",
        **MARCH,
        given=HO2,
        expect="""
            item_id | path_number | own_path                         | lead_work_hours
            1       | 1           | new → check → new → check → done | 6.0
        """,
    )


def test_flow_ratio_is_mean_open_work_by_throughput_and_lead_time(check):
    """Little's example: 120 open, 20 a day, 5 days each: 1.20."""
    done = "".join(
        f"{day}-{n} | 2026-03-{day - 5:02d}T00:00 | 2026-03-{day:02d}T00:00\n"
        for day in range(10, 20)
        for n in range(20)
    )  # 70 of them open on average, as the last five days of the period see none arrive
    ageing = "".join(f"old {n} | 2026-03-01T00:00 | -\n" for n in range(50))
    check(
        "handoffs/flow_ratio",
        period_start=date(2026, 3, 10),
        period_end=date(2026, 3, 20),
        as_of=datetime(2026, 5, 1),
        zone="UTC",
        given={"work_items": f"item_id | received_at | completed_at\n{done}{ageing}"},
        expect="""
            mean_open_items | completed_per_day | mean_lead_days | flow_ratio
            120.0           | 20.0              | 5.0            | 1.20
        """,
    )


def test_flow_ratio_of_a_period_to_come_has_no_value(check):
    check(
        "handoffs/flow_ratio",
        period_start=date(2026, 3, 10),
        period_end=date(2026, 3, 20),
        as_of=datetime(2026, 3, 5),
        given={"work_items": "item_id | received_at\n1 | 2026-03-01T00:00"},
        expect="completed_items | open_days | flow_ratio\n0 | 0.0 | -",
    )


RIGHT = {
    "work_events": """
    item_id | event_at         | kind      | team
    1       | 2026-03-10T09:00 | received  | A
    1       | 2026-03-10T16:00 | completed | -
    2       | 2026-03-10T09:00 | received  | A
    2       | 2026-03-10T11:00 | returned  | -
    2       | 2026-03-10T16:00 | completed | -
    3       | 2026-03-10T09:00 | received  | A
    3       | 2026-03-10T16:00 | completed | -
    3       | 2026-03-20T09:00 | reopened  | -
    3       | 2026-04-02T16:00 | completed | -
    4       | 2026-03-10T09:00 | received  | A
    4       | 2026-03-10T16:00 | completed | -
    5       | 2026-03-10T09:00 | received  | A
    5       | 2026-03-10T16:00 | completed | -
    """,
    "quality_reviews": """
    review_id | item_id | work_date  | reviewed_at      | design   | defects
    1         | 1       | 2026-03-10 | 2026-03-11T09:00 | random   | 0
    2         | 4       | 2026-03-10 | 2026-03-11T09:00 | customer | 1
    3         | 4       | 2026-03-10 | 2026-03-11T10:00 | random   | 0
    4         | 5       | 2026-03-10 | 2026-05-15T00:00 | random   | 1
    """,
}


def test_first_time_right_knows_returns_reopenings_and_defects(check):
    """Wrong: 2 was returned, 3 reopened, 4 has a defect. 5 is reviewed at the as-of."""
    check(
        "handoffs/first_time_right",
        **MARCH,
        given=RIGHT,
        expect="""
            team | first_completed_items | right_items | reviewed_items
            A    | 5                     | 2           | 2
        """,
    )


def test_a_second_completion_is_no_second_chance(check):
    check(
        "handoffs/first_time_right",
        period_start=date(2026, 4, 1),
        period_end=date(2026, 5, 1),
        as_of=datetime(2026, 5, 15),
        given=RIGHT,
        expect="team | first_completed_items | right_items",
    )


@pytest.mark.parametrize(
    ("as_of", "is_partial"),
    [(datetime(2026, 4, 30), "yes"), (datetime(2026, 5, 1), "no")],
)
def test_first_time_right_is_partial_until_thirty_days_have_passed(
    check, as_of, is_partial
):
    check(
        "handoffs/first_time_right_by_bucket",
        period_start=date(2026, 3, 1),
        period_end=date(2026, 4, 1),
        as_of=as_of,
        given=RIGHT,
        settings={"grain": "month"},
        expect=f"""
            bucket_on  | first_completed_items | right_items | is_partial
            2026-03-01 | 5                     | 2           | {is_partial}
        """,
    )


def test_rework_counts_items_that_were_returned(check):
    check(
        "handoffs/summary",
        **MARCH,
        given=RIGHT,
        expect="""
            completed_items | returned_items
            4               | 1
        """,
    )


def test_right_is_unknown_where_no_return_reopening_or_review_is_told(check):
    check(
        "handoffs/first_time_right",
        **MARCH,
        given=lives("A"),
        expect="""
            first_completed_items | right_items | first_time_right | first_time_right_state
            1                     | -           | -                | no_value
        """,
    )


def test_work_completed_before_it_came_has_no_path(check):
    check(
        "handoffs/variants",
        **MARCH,
        given={
            "work_items": """
            item_id | received_at      | completed_at
            1       | 2026-03-10T09:00 | 2026-03-10T09:00
            2       | 2026-03-10T09:00 | 2026-03-09T09:00
            """
        },
        expect="""
            path         | path_items | completed_items | measured_items
            done at once | 1          | 1               | 1
        """,
    )


def test_no_items_make_no_rows_and_no_fault(check):
    for query in ("handoffs/summary", "handoffs/stage_time", "handoffs/variants"):
        found = check(query, **MARCH, given={"work_items": NOTHING}, expect="paths")
        assert found.rows.num_rows == 0


NOTHING = "item_id | received_at"
