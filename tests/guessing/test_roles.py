"""Which column fills which of ours is seen by its name and its cells, or asked."""

import tomllib

import pytest

from tests.guessing.conftest import keys


@pytest.mark.parametrize(
    ("ours", "headers"),
    [
        ("item_id", "Ticket No | Inv Ref | Case number | Request ID | Bill No."),
        (
            "received_at",
            "Dt. Recd | Opened | Logged on | Date In | createdAt | Rcvd On",
        ),
        ("completed_at", "Closed | Booked on | Resolved | Date Out | Done on"),
        ("due_at", "TAT due | Due By | SLA due date | Deadline"),
        ("employee", "Assigned to | Processor | Agent | Handled by | Processed By"),
        ("team", "Queue | Team | Assignment group"),
        ("work_type", "Category | Type of Doc | Request type"),
        ("department", "Dept | Dept. | Department | Division"),
        ("client", "Vendor | Customer | Party Name"),
        ("amount", "Value (Rs.) | Amount | Invoice amount (EUR) | Amt"),
        ("status", "Status | Current status"),
        ("handling_minutes", "AHT | Handling time | Time spent"),
    ],
)
def test_columns_are_known_by_what_offices_call_them(newcomer, ours, headers):
    written = {"item_id": "X{}", "amount": "{}", "handling_minutes": "{} min"}
    cell = written.get(ours, "2026-01-0{}" if ours.endswith("_at") else "Red")
    usual = {
        "item_id": ("Ticket No", "T{}"),
        "received_at": ("Received", "2026-01-0{}"),
    }
    usual.pop(ours, None)
    for header in headers.split(" | "):
        names = [header, *(name for name, _ in usual.values())]
        cells = [cell, *(written for _, written in usual.values())]
        newcomer.files.clear()
        newcomer.brings([names, *([c.format(n) for c in cells] for n in (1, 2, 3, 4))])
        found = tomllib.loads(newcomer.proposed().mapping)
        assert found["work_items"][ours] == ours, header
        assert found["columns"][ours]["from"] == header


def test_a_department_of_its_own_column_is_not_asked(newcomer):
    newcomer.brings("Ticket No | Received | Dept\nT1 | 2026-01-05 | Payroll")
    assert keys(newcomer.proposed({"department": ""})) == []
    assert newcomer.values("department") == "Payroll"


def test_a_department_that_no_column_tells_is_asked(newcomer):
    newcomer.brings("Ticket No | Received\nT1 | 2026-01-05")
    [asked] = newcomer.proposed({"department": " "}).asked
    assert (asked.key, asked.choices) == ("department", ())
    assert newcomer.values("department", {"department": "Claims"}) == "Claims"


def test_two_unique_columns_that_may_be_the_key_are_asked_about(newcomer):
    newcomer.brings("""
        Ticket No | Invoice No | Received
        T1        | 9          | 2026-01-05
        T2        | 8          | 2026-01-06
        T3        | 7          | 2026-01-07
    """)
    [asked] = newcomer.proposed().asked
    assert (asked.key, [value for value, _ in asked.choices]) == (
        "item_id",
        ["Ticket No", "Invoice No"],
    )
    assert newcomer.values("item_id", {"item_id": "Invoice No"}) == "7; 8; 9"


def test_a_number_that_repeats_is_no_key(newcomer):
    newcomer.brings("""
        Ticket No | Line | Received
        T1        | L1   | 2026-01-05
        T1        | L2   | 2026-01-06
        T1        | L3   | 2026-01-07
        T1        | L4   | 2026-01-07
    """)
    found = newcomer.proposed()
    assert keys(found) == ["item_id"]
    assert found.asked[0].choices == (("Line", "Line, such as L1"),)
    assert any(told.startswith("Ticket No is not taken for") for told in found.told)


def test_two_dates_that_may_be_the_receipt_are_asked_about(newcomer):
    newcomer.brings("Ticket No | Received | Created\nT1 | 2026-01-05 | 2026-01-04")
    assert keys(newcomer.proposed()) == ["received_at"]
    answers = {"received_at": "Created"}
    assert newcomer.values("received_at", answers) == "2026-01-03 23:00:00"


def test_a_date_that_is_called_date_alone_is_asked_about(newcomer):
    newcomer.brings("Ticket No | Date | Team\nT1 | 2026-01-05 | Red")
    [asked] = newcomer.proposed().asked
    assert (asked.key, asked.choices) == (
        "received_at",
        (("Date", "Date, such as 2026-01-05"),),
    )


def test_two_dates_of_completion_are_asked_about_and_may_be_neither(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Closed     | Resolved
        T1        | 2026-01-05 | 2026-01-07 | 2026-01-06
    """)
    [asked] = newcomer.proposed().asked
    assert asked.choices[-1] == ("", "none of these")
    assert newcomer.values("completed_at", {asked.key: ""}) == "-"
    assert newcomer.values("completed_at", {asked.key: "Resolved"}) == (
        "2026-01-05 23:00:00"
    )


@pytest.mark.parametrize(
    ("header", "choices"),
    [
        ("Assigned to team", ["team", "employee", ""]),
        ("Customer department", ["department", "client", ""]),
        ("Error category", ["work_type", ""]),
    ],
)
def test_a_header_that_only_sounds_like_ours_is_asked_about(newcomer, header, choices):
    newcomer.column(header, ["Red", "Red", "Red"])
    [asked] = newcomer.proposed().asked
    assert asked.key == f"column {header}"
    assert [value for value, _ in asked.choices] == choices
    assert newcomer.values("client", {asked.key: ""}) == "-; -; -"
    ours = choices[0]
    assert newcomer.values(ours, {asked.key: ours}) == "Red; Red; Red"


def test_a_column_whose_cells_are_not_what_its_name_says_is_left_out(newcomer):
    newcomer.column("Closed", ["Yes", "No", "Yes"])
    assert any(
        told.startswith("Closed is not taken for the date it was done (completed_at)")
        for told in newcomer.proposed().told
    )
    assert newcomer.declared("Closed")["type"] == "flag"


def test_a_column_that_is_still_empty_is_mapped_by_its_name(newcomer):
    newcomer.column("Closed", ["", ""])
    assert newcomer.values("completed_at") == "-; -"


def test_keys_that_stand_twice_are_told(newcomer):
    rows = [[f"T{min(n, 30)}", f"2026-01-{n:02}"] for n in range(1, 32)]
    newcomer.brings([["Ticket No", "Received"], *rows])
    assert any('Ticket No: rows share "T30"' in t for t in newcomer.proposed().told)


def test_keys_with_capitals_in_some_rows_ignore_them(newcomer):
    newcomer.brings("""
        Ticket No | Received
        rq-1049   | 2026-01-05
        RQ-1050   | 2026-01-06
        rq-1051   | 2026-01-07
    """)
    found = newcomer.proposed()
    assert tomllib.loads(found.mapping)["source"]["key_ignores"] == ["case"]
    assert any('"rq-1049", "RQ-1050" differ in' in told for told in found.told)
    assert newcomer.imports().refused_rows == 0


def test_keys_that_mean_their_capitals_keep_them(newcomer):
    newcomer.brings("Ticket No | Received\naB1 | 2026-01-05\nAb2 | 2026-01-06")
    assert "key_ignores" not in newcomer.proposed().mapping
