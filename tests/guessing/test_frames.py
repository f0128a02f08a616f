"""How a file is written, and which of its lines are rows, is seen or asked."""

import gzip
import tomllib
from datetime import date, datetime, timedelta

import pytest

from dashboard.errors import ImportFileError
from dashboard.sources.guessing import sampling
from tests.guessing.conftest import WORK, keys
from tests.messy.workbooks import book

TABLE = """
    Ticket No | Received   | Client | Amount
    T1        | 2026-01-05 | Müller | 1.5
    T2        | 2026-01-06 | Meier  | 2.5
    T3        | 2026-01-07 | Weiß   | 3.5
"""
HEADER = ["Ticket No", "Received", "Closed", "Amount"]
ROWS = [
    ["T1", date(2026, 1, 5), date(2026, 1, 8), 1.5],
    ["T2", date(2026, 1, 6), None, 2.5],
    ["T3", date(2026, 1, 7), datetime(2026, 1, 9, 14, 30), 3.25],
]
DRAWN = "T1; T2; T3"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_even_rows(newcomer, delimiter):
    newcomer.brings(TABLE, delimiter=delimiter)
    assert newcomer.values("amount") == "1.5000; 2.5000; 3.5000"


def test_a_comma_within_numbers_is_no_delimiter(newcomer):
    text = b"Ticket No;Received;Amount\nT1;2026-01-05;1,50\nT2;2026-01-06;2,5\n"
    assert newcomer.brings(text).values("amount") == "1.5000; 2.5000"


def test_two_delimiters_that_both_give_a_table_are_asked_about(newcomer):
    text = b"Case,Note;Opened,Text\nT1,a;2026-01-05,b\nT2,a;2026-01-06,b\n"
    assert keys(newcomer.brings(text).proposed()) == ["delimiter"]


def test_a_file_that_names_its_delimiter_needs_none_declared(newcomer):
    text = b"sep=;\nTicket No;Received\nT1;2026-01-05\n"
    assert newcomer.brings(text).values("item_id") == "T1"


def test_letters_that_are_not_utf_8_are_asked_about_by_how_they_read(newcomer):
    newcomer.brings(TABLE, encoding="cp1252")
    [asked] = newcomer.proposed().asked
    assert asked.key == "encoding"
    assert ("cp1252", "Müller, Weiß") in asked.choices
    assert newcomer.values("client", {"encoding": "cp1252"}) == "Müller; Meier; Weiß"


def test_utf_16_is_known_by_its_bytes(newcomer):
    newcomer.brings(TABLE, encoding="utf-16-le")
    assert "tracker.csv is read as utf-16-le, by its zero bytes." in (
        newcomer.proposed().told
    )
    assert newcomer.values("client") == "Müller; Meier; Weiß"


def test_a_compressed_file_is_read_like_any_other(newcomer):
    text = b"Ticket No,Received\nT1,2026-01-05\n"
    assert newcomer.brings(gzip.compress(text)).values("item_id") == "T1"


def test_a_header_below_titles_is_found_and_told(newcomer):
    newcomer.brings(book([["Tracker of Payroll"], ["By: Meena"], [], HEADER, *ROWS]))
    assert any("the header is line 4: Ticket No" in t for t in newcomer.proposed().told)
    assert newcomer.values("item_id") == DRAWN


def test_a_merged_header_of_two_rows_is_evident(newcomer):
    def merge(workbook, sheet):
        sheet.merge_cells("B1:C1")

    upper, lower = ["", "Dates", "", ""], ["Ticket No", "Received", "Closed", "Amount"]
    newcomer.brings(book([upper, lower, *ROWS], merge))
    assert newcomer.values("item_id") == DRAWN

    upper, lower = ["Ticket No", "Dates", "", "Amount"], ["", "Received", "Closed", ""]
    newcomer.files.clear()
    newcomer.brings(book([upper, lower, *ROWS], merge), name="two.xlsx")
    found = newcomer.proposed()
    assert "header_rows = 2" in found.mapping
    assert '"Dates Received"' in found.mapping


def test_two_rows_of_names_in_a_text_file_are_asked_about(newcomer):
    newcomer.brings("""
        Ticket No | Dates      |            | Amount
                  | Received   | Closed     |
        T1        | 2026-01-05 | 2026-01-08 | 1.5
        T2        | 2026-01-06 | 2026-01-09 | 2.5
    """)
    [asked] = newcomer.proposed().asked
    assert [value for value, _ in asked.choices] == ["1+2", "1", "2"]
    assert newcomer.values("completed_at", {"header": "1+2"}) == (
        "2026-01-07 23:00:00; 2026-01-08 23:00:00"
    )


def test_a_first_row_without_dates_is_a_row(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Team | Closed
        T1        | 2026-01-05 | Red  |
        T2        | 2026-01-06 | Red  | 2026-01-08
        T3        | 2026-01-06 | Red  | pending
    """)
    assert newcomer.values("item_id") == DRAWN


def test_the_only_sheet_with_dates_is_read_and_told(newcomer):
    def add(workbook, sheet):
        lookup = workbook.create_sheet("People")
        lookup.append(["Processor", "Full name"])
        lookup.append(["Ravi", "Ravi Kumar"])

    newcomer.brings(book([HEADER, *ROWS], add))
    told = "tracker.csv: the sheet Cases is read; no table with dates is in People."
    assert told in newcomer.proposed().told
    assert newcomer.values("item_id") == DRAWN


def of_two_months(header: list[str] = HEADER) -> bytes:
    """A workbook with a sheet that has all rows, and one that has another."""

    def add(workbook, sheet):
        workbook.create_sheet("Lists").append(["Processor", "Full name"])
        other = workbook.create_sheet("December")
        for row in [["December"], [], header, ["T9", *ROWS[0][1:]]]:
            other.append(row)

    return book([HEADER, *ROWS], add)


def test_several_sheets_with_dates_are_asked_about(newcomer):
    newcomer.brings(of_two_months([*HEADER, "Remarks"]))
    [asked] = newcomer.proposed().asked
    assert (asked.key, asked.choices) == (
        "sheet",
        (("Cases", "Cases"), ("December", "December")),
    )
    assert newcomer.values("item_id", {"sheet": "December"}) == "T9"


@pytest.mark.parametrize(
    ("choice", "words", "declared"),
    [
        (0, "all of these: Cases, December", 'sheet = ["Cases", "December"]'),
        (1, "every sheet with this header, also those that come later", 'sheet = "*"'),
    ],
)
def test_sheets_of_one_header_may_be_read_together(newcomer, choice, words, declared):
    newcomer.brings(of_two_months())
    [asked] = newcomer.proposed().asked
    answer, said = asked.choices[choice]
    assert said == words
    assert declared in newcomer.proposed({"sheet": answer}).mapping
    assert newcomer.values("item_id", {"sheet": answer}) == f"{DRAWN}; T9"


def test_every_sheet_of_another_workbook_is_read_whatever_it_is_called(newcomer):
    def add(workbook, sheet):
        sheet.title = "January"
        lists = workbook.create_sheet("Lists")
        lists.append(["Client", "Since"])
        lists.append(["Meier", date(2020, 1, 1)])

    newcomer.brings(of_two_months(), "one.xlsx")
    newcomer.brings(book([HEADER, ["T7", date(2026, 1, 30), None, 5]], add), "two.xlsx")
    answer = {"sheet": "*"}
    assert 'sheet = "*"' in newcomer.proposed(answer).mapping
    assert newcomer.values("item_id", answer) == f"{DRAWN}; T7; T9"


def test_of_many_sheets_the_first_are_looked_into(newcomer):
    def add(workbook, sheet):
        for month in range(2, 15):
            other = workbook.create_sheet(f"{month}")
            for row in [HEADER, ROWS[0]] if month < 4 else []:
                other.append(row)

    newcomer.brings(book([HEADER, *ROWS], add))
    [asked] = newcomer.proposed().asked
    assert [value for value, _ in asked.choices] == ["*", "Cases", "2", "3", "13", "14"]


def test_the_cells_of_all_sheets_are_looked_at(newcomer):
    """A day that only the second sheet tells from a month is named with its sheet."""
    header = ["Ticket No", "Received"]

    def add(workbook, sheet):
        december = workbook.create_sheet("December")
        for row in [header, ["T2", "25/12/2026"]]:
            december.append(row)

    newcomer.brings(book([header, ["T1", "03/04/2026"]], add), "log.xlsx")
    told = newcomer.proposed({"sheet": "*"}).told
    assert any("log.xlsx, sheet December, line 2, 25/12/2026" in t for t in told), told


def test_totals_and_remarks_below_the_table_are_no_rows(newcomer):
    end = [["TOTAL", None, None, 7.25], [], ["* Please keep old rows - Meena"]]
    newcomer.brings(book([HEADER, *ROWS, [], *end]))
    found = newcomer.proposed()
    assert 'totals = ["TOTAL"]' in found.mapping
    assert any(t.startswith('Rows that begin with "TOTAL"') for t in found.told)
    assert any("is a remark and no work" in t for t in found.told)
    assert newcomer.imports().refused_rows == 0
    assert newcomer.values("item_id") == DRAWN


def test_subtotals_between_rows_are_no_rows(newcomer):
    newcomer.brings("""
        Ticket No   | Received   | Amount
        T1          | 2026-01-05 | 1.5
        T2          | 2026-01-06 | 2.5
        Sub-total   |            | 4
        T3          | 2026-01-07 | 3
        Sub-total   |            | 3
        Grand total |            | 7
    """)
    assert newcomer.imports().refused_rows == 0
    assert newcomer.values("item_id") == DRAWN


def test_a_client_whose_name_begins_like_a_total_is_a_client(newcomer):
    newcomer.brings("""
        Client         | Ticket No | Received   | Team
        Total Energies | 1         | 2026-01-05 | Red
        Sum of Us      | 2         | 2026-01-06 | Red
        Total          | 3         | 2026-01-07 |
    """)
    assert newcomer.values("client") == "Total Energies; Sum of Us; Total"


def test_a_row_that_was_only_begun_is_no_remark(newcomer):
    newcomer.brings(book([HEADER, *ROWS, ["T4"]]))
    assert "footers" not in newcomer.proposed().mapping
    assert newcomer.imports().refused_rows == 1


def test_merged_cells_are_filled_down_and_told(newcomer):
    def merge(workbook, sheet):
        sheet.merge_cells("A2:A3")

    rows = [["Client", *HEADER], ["Kapoor", *ROWS[0]], ["", *ROWS[1]]]
    newcomer.brings(book(rows, merge))
    assert any("merged with the one above" in told for told in newcomer.proposed().told)
    assert newcomer.values("client") == "Kapoor; Kapoor"


def test_empty_cells_that_are_not_merged_stay_empty(newcomer):
    newcomer.brings(book([["Client", *HEADER], ["Kapoor", *ROWS[0]], ["", *ROWS[1]]]))
    assert newcomer.values("client") == "Kapoor; -"


def test_dates_numbers_and_hours_of_a_workbook_are_taken_as_stored(newcomer):
    rows = [["Ticket No", "Received", "Amount", "Handling time"]]
    rows += [["T1", date(2026, 1, 5), 0.1, timedelta(hours=30, minutes=15)]]
    rows += [["T2", "13/01/2026", "₹ 1,25,000.00", timedelta(minutes=5)]]
    newcomer.brings(book(rows))
    assert newcomer.values("received_at") == "2026-01-04 23:00:00; 2026-01-12 23:00:00"
    assert newcomer.values("amount") == "0.1000; 125000.0000"
    assert newcomer.values("handling_minutes") == "1815.00; 5.00"


def test_a_mended_file_may_write_the_dates_of_a_workbook(newcomer):
    newcomer.brings(book([HEADER, *ROWS]))
    assert newcomer.declared("Closed")["format"] == ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]


def test_columns_of_one_name_are_told_and_not_read(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Team | team
        T1        | 2026-01-05 | Red  | Blue
    """)
    assert any("2 columns are called team" in told for told in newcomer.proposed().told)
    assert newcomer.values("team") == "-"


def test_a_file_without_a_header_is_refused_in_one_sentence(newcomer):
    newcomer.brings(b"1,2026-01-05,5\n2,2026-01-06,6\n")
    with pytest.raises(ImportFileError, match="has no row of names above its rows"):
        newcomer.proposed()


def test_files_of_one_tracker_are_looked_at_together(newcomer):
    newcomer.brings("Ticket No | Received\nT1 | 03/04/2025", name="a.csv")
    assert keys(newcomer.proposed()) == ["order Received /"]
    newcomer.brings("Ticket No | Received\nT2 | 25/12/2025", name="b.csv")
    assert newcomer.values("item_id") == "T1; T2"


def test_files_with_different_headers_need_a_mapping_each(newcomer):
    newcomer.brings("Ticket No | Received\nT1 | 03/04/2025", name="a.csv")
    newcomer.brings("Case | Received\nT2 | 25/12/2025", name="b.csv")
    with pytest.raises(ImportFileError, match="has not the same header"):
        newcomer.proposed()


def test_a_hostile_workbook_meets_its_limits(newcomer):
    newcomer.brings(b"PK\x03\x04" + b"\0" * 200, name="bad.xlsx")
    with pytest.raises(ImportFileError):
        newcomer.proposed()


def test_any_header_can_be_written_in_a_mapping(newcomer):
    odd = '"quoted" \\ [x]\x7f {y}\u2028= é'
    newcomer.brings([["Ticket No", "Received", odd], ["T1", "2026-01-05", "x"]])
    assert newcomer.declared(odd.replace("\u2028", " "))["type"] in ("key", "text")
    assert WORK["department"] in newcomer.proposed().mapping


def test_a_header_that_is_repeated_between_rows_is_no_row(newcomer):
    newcomer.brings("""
        Ticket No | Received   | Team
        T1        | 13/01/2026 | Red
        Ticket No | Received   | Team
        T2        | 14/01/2026 | Red
    """)
    assert newcomer.values("item_id") == "T1; T2"


def test_days_that_a_workbook_shows_as_numbers_are_days_and_told(newcomer):
    newcomer.brings(book([["Ticket No", "Received"], ["T1", 46027], ["T2", 46028.5]]))
    assert any(
        "is a number, and read as the day" in t for t in newcomer.proposed().told
    )
    assert newcomer.values("received_at") == "2026-01-04 23:00:00; 2026-01-06 11:00:00"


def test_of_a_long_file_only_the_first_rows_are_looked_at_and_that_is_told(
    newcomer, monkeypatch
):
    monkeypatch.setattr(sampling, "MOST_ROWS", 2)
    rows = "T1 | 03/04/2025\nT2 | 05/06/2025\nT3 | 25/12/2025"
    newcomer.brings(f"Ticket No | Received\n{rows}")
    found = newcomer.proposed()
    assert "Only the first 2 rows were looked at." in found.told
    assert keys(found) == ["order Received /"]


def test_totals_of_each_month_are_known_by_what_they_begin_with(newcomer):
    def add(workbook, sheet):
        sheet.append(["TOTAL May", None, None, 7.25])
        june = workbook.create_sheet("June")
        for row in (
            HEADER,
            ["T4", date(2026, 1, 6), None, 8],
            ["TOTAL June", None, None, 8],
        ):
            june.append(row)

    newcomer.brings(book([HEADER, *ROWS], add))
    answer = {"sheet": "*"}
    assert 'totals = ["TOTAL *"]' in newcomer.proposed(answer).mapping
    assert newcomer.imports(answer).refused_rows == 0
    assert newcomer.values("item_id", answer) == f"{DRAWN}; T4"


OF_TWO_ROWS = [
    ["Request", "", "", "Handling", "", "2nd person", ""],
    ["Ticket", "In\n(date)", "Client", "By", "Out\n(date)", "Checked by", "Remark"],
    ["T1", "2026-01-05", "Acme", "Ann", "2026-01-06", "Bob", "late"],
    ["T2", "2026-01-06", "Beta", "Bob", "2026-01-08", "Ann", "fine"],
]


def grouped(workbook, sheet) -> None:
    for cells in ("A1:C1", "D1:E1", "F1:G1"):
        sheet.merge_cells(cells)


def test_of_a_header_of_two_rows_the_lower_one_tells_what_a_column_is(newcomer):
    newcomer.brings(book(OF_TWO_ROWS, grouped), "log.xlsx")
    found = newcomer.proposed()
    assert keys(found) == []
    assert newcomer.values("employee") == "Ann; Bob"
    assert newcomer.values("client") == "Acme; Beta"
    assert newcomer.values("strftime(completed_at + interval 1 hour, '%d')") == "06; 08"


def test_line_breaks_in_headers_break_no_line_of_the_mapping(newcomer):
    rows = [["Ticket No", "Received", "Other\nthing"]]
    rows += [[f"T{n}", "2026-01-05", text] for n, text in enumerate(["1.5", "x2"])]
    newcomer.brings(book(rows), "log.xlsx")
    tomllib.loads(newcomer.proposed().mapping)
    assert newcomer.declared("Other thing")


MONTHS = [
    ["Ticket No", "Received", "Client"],
    ["--- January ---"],
    ["T1", "2026-01-05", "Acme"],
    ["--- February ---"],
    ["T2", "2026-02-05", "Beta"],
]


def test_a_line_of_one_cell_between_the_rows_is_asked_about(newcomer):
    newcomer.brings(book(MONTHS), "log.xlsx")
    [asked] = newcomer.proposed().asked
    assert asked.sentence == (
        "Between the rows 2 lines have one cell alone, such as log.xlsx, line 2, "
        '"--- January ---". What is it?'
    )


@pytest.mark.parametrize(("answer", "refused"), [("captions", 0), ("rows", 2)])
def test_it_is_a_caption_or_a_row_that_waits_as_is_answered(newcomer, answer, refused):
    newcomer.brings(book(MONTHS), "log.xlsx")
    report = newcomer.imports({"captions": answer})
    assert report.refused_rows == refused
    assert newcomer.values("client", {"captions": answer}) == "Acme; Beta"


def test_captions_are_declared_by_what_all_of_them_begin_with(newcomer):
    newcomer.brings(book(MONTHS), "log.xlsx")
    found = newcomer.proposed({"captions": "captions"})
    assert 'footers = ["---"]' in found.mapping


def test_a_caption_with_a_legend_beside_it_is_one_too(newcomer):
    rows = [[*row, None, None] for row in MONTHS]
    rows[1] = [rows[1][0], None, None, None, "8 h is one day"]
    newcomer.brings(book(rows), "log.xlsx")
    assert newcomer.imports({"captions": "captions"}).refused_rows == 0


def test_captions_that_begin_as_rows_do_are_told(newcomer):
    rows = [MONTHS[0], ["New starters"], ["New starters 1", "2026-01-05", "Acme"]]
    newcomer.brings(book(rows), "log.xlsx")
    found = newcomer.proposed({"captions": "captions"})
    assert "footers" not in found.mapping
    assert (
        "Captions that begin as rows do, or are too many, will wait in quarantine: 1 of "
        "1."
    ) in found.told


def test_no_row_is_taken_for_a_caption(newcomer):
    newcomer.brings("""
        Note          | Ticket No | Received
        ** January ** |           |
        A             | T1        | 2026-01-05
        ** March **   |           |
        ** urgent **  | T3        | 2026-01-07
        **VIP         | T4        | 2026-01-08
    """)
    answers = {"captions": "captions"}
    assert newcomer.values("item_id", answers) == "T1; T3; T4"


def test_captions_in_words_are_declared_whole(newcomer):
    rows = [
        ["Desk", "Ticket No", "Received"],
        ["Week 1"],
        ["Weekly", "T1", "2026-01-05"],
    ]
    rows += [["Week 2"], ["Weekly", "T2", "2026-01-08"]]
    newcomer.brings(book(rows), "log.xlsx")
    answers = {
        "captions": "captions",
        "department": "Desk",
        "work_type": "",
        "client": "",
    }
    assert 'footers = ["Week 1", "Week 2"]' in newcomer.proposed(answers).mapping
    assert newcomer.imports(answers).refused_rows == 0
