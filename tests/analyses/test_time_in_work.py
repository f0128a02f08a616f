"""How long work takes is told with open work included."""

from datetime import date, datetime

import pytest

from dashboard.analyses.time_in_work import by_group, curves

TUESDAY = date(2026, 3, 10)
# KM1, in hours: from 10 March back to receipt, or from receipt to completion.
OPEN = (3, 6, 12, 20)
DONE = (2, 3, 5, 8, 9, 15)
AS_OF = datetime(2026, 3, 10, 20)


def items(*rows) -> dict[str, str]:
    head = "item_id | department | received_at | completed_at | cancelled_at"
    lines = [f"{n} | {' | '.join(row)}" for n, row in enumerate(rows)]
    return {"work_items": "\n".join([head, *lines])}


def km1() -> dict[str, str]:
    done = [
        ("AP", "2026-03-09T00:00", f"2026-03-09T{hour:02}:00", "-") for hour in DONE
    ]
    still = [("AP", f"2026-03-10T{20 - age:02}:00", "-", "-") for age in OPEN]
    return items(*done, *still)


def test_open_items_enter_lead_time(asked):
    """DL5: KM1 has its middle at 9 hours, the closed items alone at 5."""
    answer = asked(km1(), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    [row] = by_group(answer, "department").rows.to_pylist()
    assert row["half_work_hours"] == 9
    assert (row["finished_items"], row["still_open_items"]) == (6, 4)
    assert row["most_work_hours"] is None  # not reached: more than the longest
    assert row["longest_work_hours"] == 20
    shares = curves(answer).rows["done_share"].to_pylist()
    assert [1 - s for s in shares] == pytest.approx(
        [1, 0.9, 0.8, 0.6857, 0.5486, 0.4114, 0.2057, 0.2057], abs=0.00005
    )


def test_window_start_items_enter_late(asked):
    """KM1 with three items in work since 4, 7 and 10 hours when the window begins."""
    before = [("20:00", 1), ("17:00", 2), ("14:00", 5)]  # received, completed
    answer = asked(
        items(
            *(
                ("AP", f"2026-03-09T{came}", f"2026-03-10T{done:02}:00", "-")
                for came, done in before
            ),
            *(
                ("AP", "2026-03-10T00:00", f"2026-03-10T{h:02}:00", "-")
                for h in (2, 3, 8)
            ),
            *(("AP", f"2026-03-10T{20 - age:02}:00", "-", "-") for age in OPEN),
        ),
        as_of=AS_OF,
    )("deadlines/time_in_work", TUESDAY, date(2026, 3, 11))
    found = curves(answer)
    assert found.rows["time"].to_pylist() == [0, 2, 3, 5, 8, 9, 15, 20]
    assert [1 - s for s in found.rows["done_share"].to_pylist()] == pytest.approx(
        [1, 0.8571, 0.7143, 0.5714, 0.4286, 0.2857, 0.1429, 0.1429], abs=0.00005
    )


def test_cancelled_items_are_left_out_and_counted(asked):
    """Where more than 5 % are cancelled, their share stands beside the curve."""
    rows = [("AP", "2026-03-09T00:00", "2026-03-09T02:00", "-")] * 6
    rows += [("AP", "2026-03-09T00:00", "-", "2026-03-09T01:00")]
    answer = asked(items(*rows), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    [row] = by_group(answer, "department").rows.to_pylist()
    assert (row["finished_items"], row["cancelled_items"]) == (6, 1)
    assert row["half_work_hours"] == 2
    found = curves(answer)
    assert found.has_much_cancelled
    assert found.rows["cancelled_share"].to_pylist() == pytest.approx([0, 1 / 7])


def test_nothing_completed_is_no_curve(asked):
    answer = asked(items(("AP", "2026-03-09T00:00", "-", "-")), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    assert curves(answer) is None
    [row] = by_group(answer, "department").rows.to_pylist()
    assert (row["half_work_hours"], row["longest_work_hours"]) == (None, 44)


def test_a_group_without_name_is_a_group(asked):
    rows = [(name, "2026-03-09T00:00", "2026-03-09T02:00", "-") for name in "AA-"]
    answer = asked(items(*rows), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    groups = by_group(answer, "department").rows.to_pylist()
    assert [(g["department"], g["finished_items"]) for g in groups] == [
        ("A", 2),
        (None, 1),
    ]


def test_groups_have_curves_of_their_own_from_quick_to_slow(asked):
    """B is quicker than A; C has done too little for its 85 of 100."""
    rows = [
        (name, "2026-03-09T00:00", f"2026-03-09T{hour:02}:00", "-")
        for name, hour, many in (("A", 9, 21), ("B", 2, 20), ("C", 1, 19))
        for _ in range(many)
    ]
    answer = asked(items(*rows), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    found = curves(answer)
    assert found.names == ("All", "B", "A")
    drawn = [
        (found.names[row["curve"]], row["time"], round(row["done_share"], 4))
        for row in found.rows.to_pylist()
    ]
    assert drawn == [
        ("All", 0, 0),
        ("All", 1, round(19 / 60, 4)),
        ("All", 2, round(39 / 60, 4)),
        ("All", 9, 1),
        ("B", 0, 0),
        ("B", 2, 1),
        ("A", 0, 0),
        ("A", 9, 1),
    ]


def test_of_many_groups_the_largest_and_the_slowest_of_the_rest_are_drawn(asked):
    """G has least done, and is slowest; D, E and F are left out."""
    rows = [
        (name, "2026-03-09T00:00", f"2026-03-09T{hour:02}:00", "-")
        for hour, name in enumerate("ABCDEFG", start=1)
        for _ in range(40 - hour)
    ]
    answer = asked(items(*rows), as_of=AS_OF)(
        "deadlines/time_in_work", date(2026, 3, 9), date(2026, 3, 11)
    )
    assert curves(answer).names == ("All", "A", "B", "C", "G")
