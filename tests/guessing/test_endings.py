"""Work that its status calls cancelled is ended from a date that a person names."""

import tomllib

import pytest

from tests.guessing.conftest import keys

UNDATED = """
    Ticket No | Received   | Due by     | Posted on  | Status
    T1        | 2026-01-05 | 2026-01-15 | 2026-01-07 | Posted
    T2        | 2026-01-06 | 2026-01-16 |            | Cancelled
    T3        | 2026-01-07 | 2026-01-17 |            | Pending
    T4        | 2026-01-08 | 2026-01-18 | -          | CANCELLED
    T5        | 2026-01-09 | 2026-01-19 |            | Cancelled
"""
ONE_DATE = """
    Ticket No | Received   | Closed on  | Status
    T1        | 2026-01-05 | 2026-01-07 | Done
    T2        | 2026-01-06 | 2026-01-08 | Cancelled
    T3        | 2026-01-07 |            | Open
    T4        | 2026-01-08 | 2026-01-10 | Done
"""
UNTOLD = 'ended Status "Cancelled" (3 rows)'
TOLD = 'ended 1 of 1 Status "Cancelled" (1 row)'
OF_JANUARY = "coalesce(strftime({} + interval 1 hour, '%d'), '-')"


def days(newcomer, column: str, answers: dict[str, str]) -> str:
    """The day of January that each item has in a column."""
    return newcomer.values(OF_JANUARY.format(column), answers)


def test_who_cancels_without_a_date_is_asked_since_when(newcomer):
    newcomer.brings(UNDATED)
    [asked] = newcomer.proposed().asked
    assert asked.key == UNTOLD
    assert asked.sentence == (
        'Status "Cancelled" (3 rows): it sounds as if work ended without being done, '
        "and no column tells when, such as in tracker.csv, line 3. Since when is it "
        "ended?"
    )
    assert asked.choices == (
        ("Received", "the date in Received: it never counts as open"),
        ("Due by", "the date in Due by: until then it counts as open"),
        ("", "it is not ended: it counts as open"),
    )


@pytest.mark.parametrize(
    ("answer", "cancelled"),
    [
        ("Received", "-; 06; -; 08; 09"),
        ("Due by", "-; 16; -; 18; 19"),
        ("", "-; -; -; -; -"),
    ],
)
def test_cancelled_work_ends_on_the_date_that_is_answered(newcomer, answer, cancelled):
    newcomer.brings(UNDATED)
    end = "cancelled_at - interval 2 hour" if answer == "Due by" else "cancelled_at"
    assert days(newcomer, end, {UNTOLD: answer}) == cancelled
    newcomer.database.unlink()
    assert days(newcomer, "completed_at", {UNTOLD: answer}) == "07; -; -; -; -"


def test_the_answer_stands_in_the_mapping(newcomer):
    newcomer.brings(UNDATED)
    found = tomllib.loads(newcomer.proposed({UNTOLD: "Received"}).mapping)
    assert found["columns"]["cancelled_at"] == {
        "from": "Received",
        "type": "instant",
        "format": ["%Y-%m-%d"],
        "where": {"Status": ["Cancelled"]},
    }
    assert found["columns"]["completed_at"]["unless"] == {"Status": ["Cancelled"]}


def test_one_date_of_all_ends_is_that_of_done_or_of_cancelled_work(newcomer):
    newcomer.brings(ONE_DATE)
    [asked] = newcomer.proposed().asked
    assert "and Closed on has a date in 1 of 1 row," in asked.sentence
    assert asked.choices == (
        ("Closed on", "the date in Closed on, and it is no work done"),
        ("Received", "the date in Received: it never counts as open"),
        ("", "it is work done where Closed on has a date"),
    )
    answers = {TOLD: "Closed on"}
    assert days(newcomer, "completed_at", answers) == "07; -; -; 10"
    newcomer.database.unlink()
    assert days(newcomer, "cancelled_at", answers) == "-; 08; -; -"


def test_what_is_called_rejected_may_be_work_done(newcomer):
    newcomer.brings(ONE_DATE.replace("Cancelled", "Rejected"))
    answers = {TOLD.replace("Cancelled", "Rejected"): ""}
    assert days(newcomer, "completed_at", answers) == "07; 08; -; 10"


def test_another_date_that_all_these_rows_have_may_be_the_end(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Changed    | Status
        T1        | 2026-01-05 | 2026-01-06 | Void
        T2        | 2026-01-06 | 2026-01-07 | Open
    """)
    none = {"due_at": "", "completed_at": ""}
    answers = none | {'ended Status "Void" (1 row)': "Changed"}
    assert days(newcomer, "cancelled_at", answers) == "06; -"


def test_words_that_are_alike_are_asked_about_once_and_may_differ(newcomer):
    newcomer.brings(UNDATED.replace("CANCELLED", "Void"))
    [asked] = newcomer.proposed().asked
    assert asked.sentence.startswith(
        'Status "Cancelled" (2 rows), Status "Void" (1 row)'
    )
    cancelled, void = asked.keys
    answers = {cancelled: "Received", void: ""}
    assert days(newcomer, "cancelled_at", answers) == "-; 06; -; -; 09"
    [again] = newcomer.proposed({cancelled: "Received", void: "Due by"}).asked
    assert [value for value, _ in again.choices] == ["Received", ""]


@pytest.mark.parametrize("header", ["Cancelled on", "Withdrawn", "Date canceled"])
def test_a_column_that_tells_when_is_taken_and_nothing_asked(newcomer, header):
    newcomer.brings(UNDATED.replace("Posted on", header))
    assert keys(newcomer.proposed()) == []


def test_nothing_is_asked_where_no_status_says_so(newcomer):
    newcomer.brings(UNDATED.replace("Cancelled", "Open").replace("CANCELLED", "Open"))
    assert keys(newcomer.proposed()) == []


def test_a_cancelled_item_without_an_end_is_told_at_each_import(newcomer):
    newcomer.brings(UNDATED)
    warnings = newcomer.imports({UNTOLD: ""}).warnings
    assert [told for told in warnings if "have no end" in told] == [
        "3 items say Cancelled and have no end: they count as open. Tell cancelled_at "
        "in the mapping, by where if no column has this date alone."
    ]
    newcomer.database.unlink()
    warnings = newcomer.imports({UNTOLD: "Received"}).warnings
    assert not [told for told in warnings if "no end" in told]


def test_work_that_says_done_without_a_date_is_told_at_each_import(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Due by     | Done on    | Status
        T1        | 2026-01-05 | 2026-01-15 | 2026-01-07 | Done
        T2        | 2026-01-06 | 2026-01-16 |            | done
        T3        | 2026-01-07 | 2026-01-17 |            | Open
    """)
    warnings = newcomer.imports().warnings
    assert [told for told in warnings if "no end" in told] == [
        "1 item says done and has no end: it counts as open. Tell completed_at in the "
        "mapping, or fill in the date in the tracker where it is missing."
    ]
