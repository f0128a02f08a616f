"""A column that counts only in rows where another one has certain words, or has not."""

from datetime import datetime

import pytest

from dashboard.errors import ImportFileError
from dashboard.sources.previewing import preview_files
from tests.office import HEADER, Office, counts

CLOSED = 'from = "Closed on", type = "instant"'
COLUMNS = f"""
    status = "Status"
    done = {{ {CLOSED}, unless = {{ "Status" = ["Cancelled", "Void"] }} }}
    cancelled = {{ {CLOSED}, where = {{ "status" = ["cancelled", "Void"] }} }}
"""
ITEMS = """
    completed_at = "done"
    cancelled_at = "cancelled"
    status = "status"
"""
WIDE = HEADER.strip() + ",Status,Closed on\n"


class Desk(Office):
    """An office whose tracker has one date for the end of all work."""

    def brings(self, rows: str, **options):
        return self.load(rows, header=WIDE, **options)

    def ends(self) -> str:
        """Each item with the day on which it was done, and was cancelled."""
        found = self.ask("""
            select
                item_id,
                coalesce(strftime(completed_at, '%d'), '-'),
                coalesce(strftime(cancelled_at, '%d'), '-')
            from work_items order by item_id
        """)
        return "; ".join(" ".join(row) for row in found)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.map(columns=COLUMNS, items=ITEMS)
    return desk


def test_one_date_is_the_end_of_work_done_or_cancelled_as_the_status_says(desk):
    desk.brings("""
        1,A,2024-01-01,5,Posted,2024-01-11;
        2,A,2024-01-02,5,Cancelled,2024-01-12;
        3,A,2024-01-03,5,VOID,2024-01-13;
        4,A,2024-01-04,5,,2024-01-14;
        5,A,2024-01-05,5, cancelled ,;
        6,A,2024-01-06,5,Pending,
    """)
    assert desk.ends() == "1 11 -; 2 - 12; 3 - 13; 4 14 -; 5 - -; 6 - -"


def test_spellings_of_one_word_are_one_before_words_are_compared(desk):
    desk.map(
        columns=COLUMNS.replace(
            '"Status"\n', '{ from = "Status", same = { "Cxl" = "Cancelled" } }\n', 1
        ),
        items=ITEMS,
    )
    desk.brings("1,A,2024-01-01,5,Cxl,2024-01-11")
    assert desk.ends() == "1 - 11"


def test_cancelled_work_without_a_date_is_ended_from_its_receipt(desk):
    receipt = 'from = "Opened", type = "instant", where = { Status = ["Cancelled"] }'
    desk.map(
        columns=f'status = "Status"\ncancelled = {{ {receipt} }}',
        items='cancelled_at = "cancelled"',
    )
    desk.brings("1,A,2024-01-03,5,Cancelled,; 2,A,2024-01-04,5,Pending,")
    assert desk.ends() == "1 - 03; 2 - -"


def test_a_cell_that_does_not_count_refuses_no_row(desk):
    desk.map(
        columns="""
            status = "Status"
            cancelled = { from = "Closed on", type = "instant", required = true,
                where = { "Status" = ["Cancelled"] } }
        """.replace("\n                where", " where"),
        items='cancelled_at = "cancelled"',
    )
    desk.brings("""
        1,A,2024-01-01,5,Posted,yesterday;
        2,A,2024-01-02,5,Posted,;
        3,A,2024-01-03,5,Cancelled,yesterday;
        4,A,2024-01-04,5,Cancelled,;
        5,A,2024-01-05,5,Cancelled,2024-01-15
    """)
    assert desk.ends() == "1 - -; 2 - -; 5 - 15"
    assert [reason for _, reason in desk.waiting()] == [
        "Closed on is not a valid date of the form %Y-%m-%d",
        "Closed on is empty",
    ]


def test_it_holds_for_a_preview_and_for_each_later_import(desk):
    one = "1,A,2024-01-01,5,Posted,2024-01-11;"
    desk.brings(one + "2,A,2024-01-02,5,Posted,2024-01-12")
    text = WIDE + "2,A,2024-01-02,5,Cancelled,2024-01-12\n"
    found = preview_files(desk.mapping, [desk.write("day2.csv", text)], desk.database)
    told = {change.column: (change.before, change.after) for change in found.changes}
    day = datetime(2024, 1, 12)
    assert told["completed_at"] == (day, None)
    assert told["cancelled_at"] == (None, day)
    assert counts(desk.bring(desk.folder / "day2.csv")) == [(0, 1, 0, 0)]
    assert desk.ends() == "1 11 -; 2 - 12"


def test_an_edited_condition_counts_for_the_rows_of_before(desk):
    desk.brings("1,A,2024-01-01,5,Rejected,2024-01-11")
    assert desk.ends() == "1 11 -"
    desk.map(columns=COLUMNS.replace('"Void"', '"Rejected"'), items=ITEMS)
    desk.brings("2,A,2024-01-02,5,Posted,2024-01-12")
    assert desk.ends() == "1 - 11; 2 12 -"


def test_a_row_that_waits_is_mended_by_its_status(desk):
    desk.map(columns=COLUMNS.replace("unless", "required = true, unless"), items=ITEMS)
    desk.brings("1,A,2024-01-01,5,Posted,; 2,A,2024-01-02,5,Posted,2024-01-12")
    assert desk.codes() == ["empty_required"]
    mended = WIDE.strip() + ",quarantine_reason,quarantine_file,quarantine_line\n"
    row = "1,A,2024-01-01,5,Cancelled,,Closed on is empty,day1.csv,2\n"
    desk.bring(desk.write("mend.csv", mended + row))
    assert desk.waiting() == []
    assert desk.ends() == "1 - -; 2 12 -"


def test_a_total_is_not_compared_with_a_column_that_counts_in_some_rows(desk):
    paid = '{ from = "Cost", type = "money", where = { "Status" = ["Posted"] } }'
    desk.map(
        columns=f'status = "Status"\npaid = {paid}',
        items="",
        **{
            "[file]": '[file]\ntotals = ["TOTAL"]',
            'amount = "cost"': 'amount = "paid"',
        },
    )
    desk.brings("1,A,2024-01-01,5,Posted,; 2,A,2024-01-02,7,Void,; TOTAL,,,12,,")
    assert desk.items() == "1 A 5; 2 A -"


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('where = { "Stauts" = ["Void"] }', "where]: 'Stauts' is no header in "),
        ('unless = { "Status" = [] }', "unless]: 'Status' needs words, such as "),
        ('where = { "Status" = [" "] }', "must not hold an empty text"),
        ('where = { "Status" = "Void" }', "where]: Status must be a list"),
        ('where = { "Status" = ["Cxl"] }', "reads 'Cxl' as 'Cancelled'; write that"),
        ('unless = { "Status" = ["n/a"] }', "reads 'n/a' as empty"),
        ('fill_down = true, where = { "Status" = ["Void"] }', "fill_down would fill"),
        ('where = { "Team" = ["A"] }', "the column unit has a condition of its own"),
    ],
)
def test_a_condition_that_cannot_be_is_one_sentence(desk, declared, said):
    column = f"done = {{ {CLOSED}, {declared} }}"
    status = '{ from = "Status", same = { Cxl = "Cancelled" }, null = ["", "n/a"] }'
    unit = '{ from = "Team", where = { "Status" = ["Void"] } }'
    columns = f"status = {status}\n{column}"
    if "Team" in declared:
        columns += f"\nunit = {unit}"
        desk.map(
            columns=columns, items='completed_at = "done"', **{'team = "Team"\n': ""}
        )
    else:
        desk.map(columns=columns, items='completed_at = "done"')
    with pytest.raises(ImportFileError) as error:
        desk.brings("1,A,2024-01-01,5,Posted,")
    assert said in str(error.value)


def test_what_every_row_needs_takes_no_condition(desk):
    desk.map(
        columns='status = "Status"',
        **{
            'opened = { from = "Opened",': 'opened = { from = "Opened",'
            ' where = { "Status" = ["Void"] },'
        },
    )
    with pytest.raises(ImportFileError, match="opened is needed in every row"):
        desk.brings("1,A,2024-01-01,5,Posted,")
