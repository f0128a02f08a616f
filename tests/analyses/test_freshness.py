"""How fresh the data is, against what was expected."""

from datetime import date, datetime, timedelta

import pytest

from dashboard.analyses.freshness import Part, latest_first, parts_of, with_ages

PERIOD = (date(2026, 3, 1), date(2026, 4, 1))
NOW = datetime(2026, 3, 10, 10)
ITEM = "item_id | received_at\n1 | 2026-03-04T09:00"
HEAD = "source | finished_at | part | source_rows | newest_at | expected_minutes\n"


def found(asked, lines="", usual=None):
    ask = asked({"work_items": ITEM, "load_lines": HEAD + lines})
    answers = [ask(name, *PERIOD) for name in ("data/parts", "data/load")]
    return answers[0], parts_of(*answers, usual)


def test_older_than_expected_is_late(asked):
    """DQ3: at 10:00 the newest change is of 7:30, and one is expected each hour."""
    lines, parts = found(
        asked, "ERP | 2026-03-10T09:00Z | items | 1 | 2026-03-10T07:30Z | 60"
    )
    row = with_ages(lines, parts, NOW).rows.to_pylist()[0]
    assert (row["age_hours"], row["expected_hours"]) == (2.5, 1.0)
    assert row["freshness"] == "late"
    assert parts[0].due_at == datetime(2026, 3, 10, 8, 30)


@pytest.mark.parametrize(
    ("newest", "state"),
    [
        (datetime(2026, 3, 10, 9), "fresh"),  # just within the hour
        (datetime(2026, 3, 10, 8, 59), "late"),
        (datetime(2026, 3, 10, 11), "fresh"),  # the sample ends at noon of today
    ],
)
def test_a_part_is_late_after_the_expected_time_not_at_it(newest, state):
    assert Part("a", newest, None, timedelta(hours=1)).state(NOW) == state


def test_nobody_said_what_to_expect_so_nothing_is_late(asked):
    _, parts = found(asked, "ERP | 2020-01-01T00:00Z | items | 1 | - | -")
    assert [part.state(NOW) for part in parts] == ["not said"]
    assert latest_first(parts, NOW) == []


def test_what_is_usual_counts_where_a_load_does_not_say(asked):
    lines = """
        ERP | 2026-03-10T09:00Z | own   | 1 | 2026-03-08T10:00Z | 4320
        ERP | 2026-03-10T09:00Z | usual | 1 | 2026-03-08T10:00Z | -
    """
    _, parts = found(asked, lines.strip(), timedelta(hours=24))
    assert [part.state(NOW) for part in parts] == ["fresh", "late"]


def test_without_any_date_the_load_itself_tells_the_age(asked):
    lines = """
        ERP | 2026-03-09T09:00Z | staff | 1 | -                 | 60
        ERP | 2026-03-09T09:00Z | items | 1 | 2026-03-09T08:00Z | 60
    """
    _, parts = found(asked, lines.strip())
    ages = {part.name: part.age(NOW) for part in parts}
    assert ages == {"staff": timedelta(hours=25), "items": timedelta(hours=26)}
    assert [part.name for part in latest_first(parts, NOW)] == ["items", "staff"]


def test_a_file_without_lines_is_one_part(asked):
    _, parts = found(asked)
    assert [(part.name, part.expected) for part in parts] == [("drawn", None)]
    assert parts[0].newest_at is not None
