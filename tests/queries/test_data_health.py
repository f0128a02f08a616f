"""Whether the data is fresh, adds up and keeps its rules, and which rows do not."""

from datetime import date, datetime, timedelta

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters
from dashboard.settings import Settings
from tests import drawn

NOW = datetime(2026, 3, 10, 12)
BEFORE, LATER = "2026-03-04T08:59", "2026-03-07T09:00"
ITEM = "item_id | received_at\n 1 | 2026-03-04T09:00"


def item(**told: str) -> dict[str, str]:
    """One item received on 4 March at 9:00, with what is told of it."""
    names, values = " | ".join(told), " | ".join(told.values())
    return {
        "work_items": f"item_id | received_at | {names}\n"
        f"1 | 2026-03-04T09:00 | {values}"
    }


def received(at: str) -> dict[str, str]:
    return {"work_items": f"item_id | received_at\n 1 | {at}"}


def two(column: str, **told: str) -> dict[str, str]:
    """Two items; of the first the column is told, of the second it is not."""
    lines = [
        ["item_id", "received_at", column, *told],
        ["1", "2026-03-04T09:00", VALUES[column], *told.values()],
        ["2", "2026-03-04T09:00", "-", *told.values()],
    ]
    return {"work_items": "\n".join(" | ".join(line) for line in lines)}


VALUES = {
    **dict.fromkeys(("department", "team", "employee", "work_type", "priority"), "x"),
    **dict.fromkeys(("channel", "client", "status"), "x"),
    "due_at": LATER,
    "handling_minutes": "5",
}
DONE = {"completed_at": "2026-03-05T09:00"}


def reviewed(rows: str) -> dict[str, str]:
    head = "review_id | item_id | work_date | reviewed_at | design | units | defects"
    return {"work_items": ITEM, "quality_reviews": f"{head}\n{rows}"}


def sized(column: str, usual: str, odd: str, rows: int = 30) -> dict[str, str]:
    """Completed items of one kind and client: all as usual, and one that is odd."""
    lines = [
        f"{number} | 2026-03-04T09:00 | {LATER} | Slip | Acme | {value}"
        for number, value in enumerate([usual] * (rows - 1) + [odd])
    ]
    head = f"item_id | received_at | completed_at | work_type | client | {column}"
    return {"work_items": "\n".join([head, *lines])}


def statuses(last: str, rows: int = 100) -> dict[str, str]:
    """Items that are Closed and have ended, but for the last, drawn as it is told."""
    lines = [f"{n} | 2026-03-04T09:00 | Closed | {LATER}" for n in range(rows - 1)]
    head = "item_id | received_at | status | completed_at"
    return {"work_items": "\n".join([head, *lines, f"last | {ITEM[-16:]} | {last}"])}


KNOWN = {"work_types": "work_type\n Slip"}
TWINS = """
    item_id | client | amount | work_type | received_at
    1       | Acme   | 10.00  | Invoice   | 2026-03-04T09:00
    2       | Acme   | 10.00  | Invoice   | 2026-03-04T17:00
    3       | Acme   | 10.00  | Invoice   | 2026-03-05T09:00
    4       | Acme   | 10.01  | Invoice   | 2026-03-04T09:00
    5       | Beta   | 10.00  | Invoice   | 2026-03-04T09:00
    6       | Acme   | 10.00  | Refund    | 2026-03-04T09:00
    7       | Acme   | 0      | Invoice   | 2026-03-04T09:00
    8       | Acme   | 0      | Invoice   | 2026-03-04T09:00
    9       | -      | 10.00  | Invoice   | 2026-03-04T09:00
"""
COUNTS = [  # rule, what is given, rows tested, of these failing
    ("Department is told", two("department"), 2, 1),
    ("Team is told", two("team"), 2, 1),
    ("Kind of work is told", two("work_type"), 2, 1),
    ("Priority is told", two("priority"), 2, 1),
    ("Channel is told", two("channel"), 2, 1),
    ("Client is told", two("client"), 2, 1),
    ("Status is told", two("status"), 2, 1),
    ("Due date is told", two("due_at"), 2, 1),
    ("Person is told once done", two("employee"), 0, 0),
    ("Person is told once done", two("employee", **DONE), 2, 1),
    ("Handling time is told once done", two("handling_minutes"), 0, 0),
    ("Handling time is told once done", two("handling_minutes", **DONE), 2, 1),
    ("Client is told", item(team="A"), 0, 0),
    (
        "Key occurs once",
        {
            "work_items": ITEM,
            "left_out_items": "item_id | received_at\n1 | 2026-03-05T09:00",
        },
        2,
        1,
    ),
    (
        "Key and receipt are told",
        {"work_items": ITEM, "left_out_items": "item_id | received_at\n2 | -"},
        2,
        1,
    ),
    (
        "Key occurs once",
        reviewed("""r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 0
                    r | 1 | 2026-03-05 | 2026-03-06T09:00 | random | 1 | 0"""),
        3,
        1,
    ),
    ("No twin of client, amount, day", {"work_items": TWINS}, 6, 1),
    ("Dates from 2000 on, in calendar", received("2000-01-01T00:00Z"), 1, 0),
    ("Dates from 2000 on, in calendar", received("1999-12-31T23:59Z"), 1, 1),
    ("Dates from 2000 on, in calendar", item(due_at="9999-12-31T00:00"), 1, 1),
    ("No event of the future", item(completed_at="2126-12-31T09:00"), 1, 1),
    ("No event of the future", item(cancelled_at="2126-12-31T09:00"), 1, 1),
    ("No event of the future", item(due_at="2026-12-31T09:00"), 1, 0),
    ("No negative time", item(handling_minutes="0"), 1, 0),
    ("No negative time", item(handling_minutes="-0.01"), 1, 1),
    ("No negative time", item(standard_minutes="-0.01"), 1, 1),
    ("No negative time", {"work_items": ITEM}, 0, 0),
    ("Kind of work is known", item(work_type="Slip") | KNOWN, 1, 0),
    ("Kind of work is known", item(work_type="Slop") | KNOWN, 1, 1),
    ("Kind of work is known", item(work_type="Slop"), 0, 0),
    ("Dates are in order", item(completed_at="2026-03-04T09:00"), 1, 0),
    ("Dates are in order", item(completed_at=BEFORE), 1, 1),
    ("Dates are in order", item(started_at=BEFORE, completed_at=BEFORE), 1, 1),
    ("Dates are in order", item(cancelled_at=BEFORE), 1, 1),
    ("Dates are in order", {"work_items": ITEM}, 0, 0),
    (
        "Handling fits the time gone by",
        item(completed_at=LATER, handling_minutes="4320.01"),
        1,
        1,
    ),
    ("Status fits the dates", statuses("Closed | -"), 100, 1),
    ("Status fits the dates", statuses("Open | -"), 0, 0),
    ("Status fits the dates", statuses("Open | -", rows=101), 100, 0),
    ("Status fits the dates", item(status="CANCELLED"), 1, 1),
    ("Status fits the dates", item(status="Void", cancelled_at=LATER), 1, 0),
    ("Status fits the dates", item(status="Rejected"), 0, 0),
    (
        "Review is of an item",
        reviewed("""r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 0
                    s | 2 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 0"""),
        2,
        1,
    ),
    (
        "Review tells what can be",
        reviewed("r | 1 | 2026-03-05 | 2026-03-05T09:00 | random | 1 | 2"),
        1,
        1,
    ),
]


@pytest.mark.parametrize(("rule", "given", "tested", "failing"), COUNTS)
def test_a_rule_counts_the_rows_that_it_tests_and_those_that_fail(
    check, rule, given, tested, failing
):
    check(
        "data/rules",
        given=given,
        where=(("rule", (rule,)),),
        by=("rule",),
        expect=f"""
            rule   | tested_rows | passing_rows       | failing_rows
            {rule} | {tested}    | {tested - failing} | {failing}
        """,
    )


SIZES = [  # usual, odd, rows, tested, failing
    ("1.00", "10.00", 30, 30, 1),  # the slip of a decimal point
    ("10.00", "1.00", 30, 30, 1),
    ("1.00", "100.00", 30, 30, 1),
    ("1.00", "1000.00", 30, 30, 1),
    ("1.00", "5.00", 30, 30, 1),  # from half of ten times
    ("1.00", "4.99", 30, 30, 0),
    ("1.00", "20.00", 30, 30, 1),  # to double
    ("1.00", "20.01", 30, 30, 0),
    ("1.00", "10.00", 29, 0, 0),  # too few to know what is usual
]


@pytest.mark.parametrize(
    ("column", "rule"),
    [
        ("amount", "Amount is of usual size"),
        ("handling_minutes", "Handling time is of usual size"),
    ],
)
@pytest.mark.parametrize(("usual", "odd", "rows", "tested", "failing"), SIZES)
def test_ten_times_or_a_tenth_of_what_is_usual_is_an_odd_size(
    check, column, rule, usual, odd, rows, tested, failing
):
    check(
        "data/rules",
        given=sized(column, usual, odd, rows),
        where=(("rule", (rule,)),),
        by=("rule",),
        expect=f"""
            tested_rows | failing_rows
            {tested}    | {failing}
        """,
    )


def test_where_sizes_vary_none_is_odd(check):
    """One in ten beyond the double of the middle: ten times is no slip there."""
    given = sized("amount", "1.00", "10.00", rows=40)
    given["work_items"] = given["work_items"].replace("Acme | 1.00", "Acme | 2.01", 3)
    check(
        "data/rules",
        given=given,
        where=(("rule", ("Amount is of usual size",)),),
        by=("rule",),
        expect="tested_rows | failing_rows\n 0 | 0",
    )


def test_completeness_of_a_column_by_department(check):
    """DQ2: of AP one of three lacks it, HR has it, and IT, without rows, is not there."""
    check(
        "data/rules",
        given={
            "work_items": """
                item_id | received_at      | department | client
                1       | 2026-03-04T09:00 | AP         | x
                2       | 2026-03-04T09:00 | AP         | -
                3       | 2026-03-04T09:00 | AP         | z
                4       | 2026-03-04T09:00 | HR         | y
            """
        },
        where=(("rule", ("Client is told",)),),
        expect="""
            department | passing_rows | tested_rows | rule_pass_state
            AP         | 2            | 3           | too_few
            HR         | 1            | 1           | too_few
        """,
    )


def test_what_is_usual_is_found_among_all_whatever_the_filter(check):
    given = sized("amount", "1.00", "10.00")
    lines = given["work_items"].splitlines()
    teams = ["team", *["A"] * 29, "B"]
    given["work_items"] = "\n".join(
        f"{line} | {team}" for line, team in zip(lines, teams, strict=True)
    )
    check(
        "data/rules",
        given=given,
        team=("B",),
        where=(("rule", ("Amount is of usual size",)),),
        expect="team | tested_rows | failing_rows\n B | 1 | 1",
    )


def test_the_rows_that_fail_say_what_they_tell_and_what_is_usual(check):
    check(
        "records/data_health",
        given=sized("amount", "1.00", "10.00"),
        where=(("dimension", ("magnitude",)),),
        expect="""
            rule                    | kind | row_key | amount | usual_amount | client
            Amount is of usual size | item | 29      | 10.00  | 1.00         | Acme
        """,
    )


def test_a_twin_names_the_item_before_it(check):
    check(
        "records/data_health",
        given={"work_items": TWINS},
        where=(("dimension", ("uniqueness",)),),
        expect="row_key | twin_item_id | amount\n 2 | 1 | 10.00",
    )


def test_a_twin_of_another_department_is_counted_but_not_named(check):
    check(
        "records/data_health",
        given={
            "work_items": """
                item_id | department | received_at      | client | amount | work_type
                1       | HR         | 2026-03-02T09:00 | Acme   | 10.00  | Invoice
                2       | AP         | 2026-03-02T10:00 | Acme   | 10.00  | Invoice
            """
        },
        department=("AP",),
        where=(("dimension", ("uniqueness",)),),
        expect="row_key | twin_item_id | amount\n 2 | - | 10.00",
    )


def test_a_row_that_fails_two_rules_of_a_dimension_is_one_failing_row(check):
    given = {
        "work_items": """
            item_id | received_at      | team | client
            1       | 2026-03-31T09:00 | A    | x
            2       | 2026-03-31T09:00 | -    | -
            3       | 2026-04-01T09:00 | A    | -
        """
    }
    check(
        "data/failing_by_month",
        given=given,
        where=(("dimension", ("completeness",)),),
        by=("month_on",),
        expect="""
            month_on   | tested_rows | failing_rows
            2026-03-01 | 2           | 1
            2026-04-01 | 1           | 1
        """,
    )
    check(
        "records/data_health",
        given=given,
        expect="""
            rule           | row_key | is_first
            Client is told | 2       | no
            Client is told | 3       | yes
            Team is told   | 2       | yes
        """,
    )


def test_the_month_that_runs_is_partial(check):
    check(
        "data/failing_by_month",
        given={
            "work_items": "item_id | received_at\n1 | 2026-02-27T09:00\n" + ITEM[22:]
        },
        as_of=NOW,
        where=(("dimension", ("completeness",)),),
        expect="month_on | is_partial\n 2026-02-01 | no\n 2026-03-01 | yes",
    )


def test_of_a_live_source_what_comes_after_tomorrow_lies_in_the_future(tmp_path):
    now = datetime.now()
    soon, far = (now + timedelta(hours=h) for h in (10, 80))
    drawn.own_file(
        path := tmp_path / "own.duckdb",
        {
            "work_items": f"""
                item_id | received_at
                1       | {soon.isoformat(timespec="minutes")}
                2       | {far.isoformat(timespec="minutes")}
            """
        },
    )
    database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
    filters = Filters(date(2026, 1, 1), date(2027, 1, 1), now, "UTC")
    where = (("rule", ("No event of the future",)),)
    rows = gate.ask(
        Question("records/data_health", filters, where=where), database
    ).rows
    assert rows["row_key"].to_pylist() == ["2"]


# Loads

LINES = """
    source | finished_at      | part  | source_rows | inserted_rows | updated_rows | unchanged_rows | mended_rows | quarantined_rows | deleted_rows | held_rows | newest_at        | expected_minutes
    ERP    | 2026-03-09T06:00 | items | 90          | 90            | 0            | 0              | -           | 0                | 0            | 90        | 2026-03-09T05:00 | 1440
    ERP    | 2026-03-10T06:00 | items | 100         | 7             | 2            | 84             | 4           | 3                | 1            | 96        | 2026-03-10T05:00 | 1440
    ERP    | 2026-03-10T06:00 | staff | 10          | 2             | -            | 7              | -           | -                | -            | 9         | -                | -
"""


def test_every_row_of_the_last_load_is_accounted_for_or_said_to_be_lost(check):
    check(
        "data/parts",
        given={"work_items": ITEM, "load_lines": LINES},
        expect="""
            part  | source_rows | unchanged_rows | mended_rows | quarantined_rows | residual_rows | balance
            items | 100         | 84             | 4           | 3                | 0             | adds up
            staff | 10          | 7              | 0           | 0                | 1             | does not add up
        """,
    )


def test_a_part_is_as_new_as_its_newest_change(check):
    check(
        "data/parts",
        given={"work_items": ITEM, "load_lines": LINES},
        expect="""
            part  | newest_at        | expected_minutes
            items | 2026-03-10T05:00 | 1440
            staff | -                | -
        """,
    )


def test_parts_that_tell_no_change_are_as_new_as_the_whole_load(check):
    check(
        "data/parts",
        as_of=NOW,
        given={
            "work_items": ITEM,
            "load_lines": """
                source | finished_at      | part  | source_rows | inserted_rows
                ERP    | 2026-03-10T06:00 | a.csv | 1           | 1
            """,
        },
        expect="part | newest_at\n a.csv | 2026-03-10T12:00",
    )


def test_the_history_has_a_line_for_each_load(check):
    check(
        "data/load_history",
        given={"work_items": ITEM, "load_lines": LINES},
        expect="""
            finished_at      | source_rows | quarantined_rows | changed_rows
            2026-03-09T06:00 | 90          | 0                | 90
            2026-03-10T06:00 | 110         | 3                | 12
        """,
    )


@pytest.mark.parametrize(
    "given",
    [
        item(completed_at=LATER, due_at="2026-03-09T09:00"),
        item(completed_at=LATER, started_at="2026-03-11T09:00"),  # still to come
        {"work_items": ITEM}
        | {"work_events": f"item_id | event_at | kind\n 1 | {LATER} | replied"},
        reviewed(f"r | 1 | 2026-03-05 | {LATER} | random | 1 | 0"),
    ],
)
def test_the_newest_change_is_the_latest_thing_that_happened(check, given):
    check("data/newest_change", as_of=NOW, given=given, expect=f"newest_at\n {LATER}")
