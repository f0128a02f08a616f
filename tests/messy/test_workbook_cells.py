"""Cells of workbooks: what is stored, or a row set aside."""

import datetime as dt
from decimal import Decimal

import duckdb
import pytest
from openpyxl.styles import Font

from dashboard.sources.typing import dates
from tests.messy.workbooks import HEADER, ITEMS, book, load, patched, written

DATES = """
item = { from = "Case", type = "key" }
team = { from = "Team", type = "instant", format = "%d/%m/%Y" }
"""


def formulas(workbook, sheet):
    sheet.write(1, 0, "1")
    sheet.write_formula(1, 1, '="A"', None, "A")
    sheet.write_formula(1, 2, "=21/2", None, 10.5)


@pytest.mark.case("formula_cells")
def test_a_formula_is_read_as_its_kept_value_and_told(tracker):
    loaded = load(tracker, written(formulas))
    assert (loaded.items, loaded.notes) == (ITEMS[:1], {"formula_cells": 2})


@pytest.mark.case("formula_cells")
def test_a_formula_that_gives_an_empty_text_is_empty(tracker):
    content = patched(
        book([HEADER, ["1", '=IF(1=1,"",2)', None]]),
        "xl/worksheets/sheet1.xml",
        (b'<c r="B2">', b'<c r="B2" t="str">'),
    )
    loaded = load(tracker, content)
    assert (loaded.items, loaded.refused) == ([("1", None, None)], [])


@pytest.mark.case("formula_no_cache")
def test_a_formula_without_a_kept_value_sets_its_row_aside(tracker):
    loaded = load(tracker, book([HEADER, ["1", "A", "=5+5"], ["2", "B", 20]]))
    assert (loaded.items, loaded.refused) == (ITEMS[1:], [(2, "formula_no_cache")])


@pytest.mark.case("totals_row_at_end")
def test_a_total_over_a_formula_without_a_kept_value_is_not_checked(tracker):
    rows = [["1", "A", "=5+5"], ["2", "B", 20], ["Total", None, 30]]
    loaded = load(tracker, book([HEADER, *rows]), 'totals = ["Total"]')
    assert (loaded.items, loaded.refused) == (ITEMS[1:], [(2, "formula_no_cache")])
    assert (
        "line 2 waits; the rows agree with it if Cost is 10 there."
        in (loaded.report.warnings[-1])
    )


@pytest.mark.case("error_cells")
def test_an_error_sets_its_row_aside(tracker):
    def write(workbook, sheet):
        sheet.write_row(1, 0, ["1", "A"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["2", "B", 20])
        sheet.write(3, 0, "3")
        sheet.write_formula(3, 1, "=#REF!", None, "#REF!")

    loaded = load(tracker, written(write))
    assert loaded.items == ITEMS[1:]
    assert loaded.refused == [(2, "error_cells"), (4, "error_cells")]


@pytest.mark.case("text_like_error")
def test_a_typed_text_that_looks_like_an_error_is_a_text(tracker):
    def write(workbook, sheet):
        sheet.write_string(1, 0, "1")
        sheet.write_string(1, 1, "#N/A")

    assert load(tracker, written(write)).items == [("1", "#N/A", None)]


@pytest.mark.case("number_as_text")
def test_a_number_that_is_kept_as_text_is_read(tracker):
    content = book([HEADER, ["1", "00123", "10.5"]])
    assert load(tracker, content).items == [("1", "00123", Decimal("10.5"))]


@pytest.mark.case("id_as_number")
def test_a_key_that_is_kept_as_a_number_keeps_up_to_15_digits(tracker):
    rows = [HEADER, [123456789012345, "A", None], [1234567890123456, "B", None]]
    loaded = load(tracker, book(rows))
    assert loaded.items == [("123456789012345", "A", None)]
    assert loaded.refused == [(3, "id_as_number")]


@pytest.mark.case("rich_text")
def test_a_text_of_several_fonts_is_plain(tracker):
    def write(workbook, sheet):
        bold = workbook.add_format({"bold": True})
        sheet.write(1, 0, "1")
        sheet.write_rich_string(1, 1, "Pay", bold, "roll")

    assert load(tracker, written(write)).items == [("1", "Payroll", None)]


@pytest.mark.case("leading_apostrophe")
def test_an_apostrophe_that_marks_a_text_is_no_part_of_it(tracker):
    def quote(workbook, sheet):
        sheet["B2"].quotePrefix = True
        sheet["B2"].font = Font(bold=True)

    content = book([HEADER, ["1", "00123", None]], quote)
    assert load(tracker, content).items == [("1", "00123", None)]


@pytest.mark.case("million_formatted_rows")
def test_a_million_rows_that_are_only_formatted_are_no_rows(tracker):
    rows = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n)
        for n in range(4, 1_048_577)
    )
    content = patched(
        book(), "xl/worksheets/sheet1.xml", (b"</sheetData>", rows + b"</sheetData>")
    )
    loaded = load(tracker, content)
    assert (loaded.items, loaded.report.rows) == (ITEMS, 2)


@pytest.mark.case("number_format_only")
def test_a_number_is_what_is_stored_not_what_is_shown(tracker):
    def show(workbook, sheet):
        sheet["C2"].number_format = "0%"
        sheet["C3"].number_format = "0"

    content = book([HEADER, ["1", "A", 0.851], ["2", "B", 20.25]], show)
    assert [cost for *_, cost in load(tracker, content).items] == [
        Decimal("0.851"),
        Decimal("20.25"),
    ]
    columns = 'item = { from = "Case", type = "key" }\n' + (
        'team = { from = "Cost", type = "share", unit = "percent" }'
    )
    loaded = load(tracker, content, columns=columns)
    assert [team for _, team, _ in loaded.items] == ["0.851", "0.2025"]


@pytest.mark.case("too_many_decimals")
def test_the_noise_of_a_workbook_beyond_15_digits_is_rounded(tracker):
    content = book([HEADER, ["1", "A", 0.1 + 0.2], ["2", "B", 1 / 3]])
    loaded = load(tracker, content)
    assert loaded.items == [("1", "A", Decimal("0.3"))]
    assert loaded.refused == [(3, "too_many_decimals")]


@pytest.mark.case("serial_1900")
@pytest.mark.parametrize("is_shown_as_date", [True, False])
def test_a_serial_number_is_a_day(tracker, is_shown_as_date):
    def show(workbook, sheet):
        if is_shown_as_date:
            sheet["B2"].number_format = "dd/mm/yyyy"

    content = book([HEADER, ["1", 45000, None]], show)
    assert load(tracker, content, columns=DATES).items == [
        ("1", "2023-03-14 23:00:00", None)
    ]


@pytest.mark.case("serial_1904")
@pytest.mark.parametrize("is_shown_as_date", [True, False])
def test_a_workbook_may_count_days_from_1904(tracker, is_shown_as_date):
    def write(workbook, sheet):
        shown = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(1, 0, "1")
        sheet.write_number(1, 1, 45000 - 1462, shown if is_shown_as_date else None)

    content = written(write, date_1904=True)
    assert load(tracker, content, columns=DATES).items == [
        ("1", "2023-03-14 23:00:00", None)
    ]


@pytest.mark.case("serial_59_60")
def test_days_that_excel_counts_wrong_are_told(tracker):
    def show(workbook, sheet):
        for cell in ("B2", "B3", "B4"):
            sheet[cell].number_format = "dd/mm/yyyy"

    rows = [HEADER, ["1", 59, None], ["2", 60, None], ["3", 61, None]]
    columns = DATES.replace('"instant"', '"date"')
    loaded = load(tracker, book(rows, show), columns=columns)
    assert [team for _, team, _ in loaded.items] == [
        "1900-02-28",
        "1900-02-28",
        "1900-03-01",
    ]
    assert loaded.notes["serial_59_60"] == 2


@pytest.mark.case("serial_and_text_mixed")
def test_each_date_is_read_by_its_own_type(tracker):
    rows = [
        HEADER,
        ["1", dt.datetime(2026, 4, 3, 9, 30), None],
        ["2", "03/04/2026", None],
        ["3", 46115, None],
    ]
    loaded = load(tracker, book(rows), columns=DATES)
    assert [team for _, team, _ in loaded.items] == [
        "2026-04-03 07:30:00",
        "2026-04-02 22:00:00",
        "2026-04-02 22:00:00",
    ]


def test_hours_of_a_workbook_are_minutes(tracker):
    columns = """
item = { from = "Case", type = "key" }
team = { from = "Team", type = "minutes" }
"""
    rows = [HEADER, ["1", dt.timedelta(hours=30, minutes=15), None]]
    rows.append(["2", dt.time(2, 30), None])
    loaded = load(tracker, book(rows), columns=columns)
    assert [team for _, team, _ in loaded.items] == ["1815.00", "150.00"]


def test_a_flag_of_a_workbook_needs_no_words(tracker):
    columns = """
item = { from = "Case", type = "key" }
team = { from = "Team", type = "flag", true = ["Yes"], false = ["No"] }
"""
    content = book([HEADER, ["1", True, None], ["2", "no", None]])
    loaded = load(tracker, content, columns=columns)
    assert [team for _, team, _ in loaded.items] == ["true", "false"]


@pytest.mark.case("readers_disagree")
def test_a_row_that_two_readers_read_differently_is_set_aside(tracker):
    """A row that stands twice in the file: one reader gives both, one the last."""
    row = b'<row r="2"><c r="A2" t="n"><v>1</v></c><c r="C2" t="n"><v>9</v></c></row>'
    content = patched(
        book([HEADER, [7, "A", 10.5], [8, "B", 20]]),
        "xl/worksheets/sheet1.xml",
        (b'<row r="2">', row + b'<row r="2">'),
    )
    loaded = load(tracker, content)
    assert [item for item, *_ in loaded.items] == ["7", "8"]
    assert loaded.refused == [(2, "readers_disagree")]


@pytest.mark.case("serial_1900")
@pytest.mark.case("serial_1904")
def test_every_day_of_two_centuries_is_its_serial_number():
    """The calendar of Python is the oracle, from the first sure day on."""
    with duckdb.connect() as connection:
        connection.execute(dates.MACROS)
        wrong = connection.execute("""
            select day
            from (
                select cast(unnest(generate_series(
                    date '1900-03-01', date '2100-12-31', interval 1 day)) as date) as day
            ) as days
            where
                of_serial(day - date '1899-12-30', 1900) <> day
                or day >= '1904-01-01' and of_serial(day - date '1904-01-01', 1904) <> day
        """).fetchall()
        early = connection.execute("""
            select of_serial(1, 1900), of_serial(59, 1900), of_serial(60.75, 1900),
            of_serial(61, 1900), of_serial(-1, 1900)
        """).fetchone()
    assert wrong == []
    assert early == (
        dt.datetime(1900, 1, 1),
        dt.datetime(1900, 2, 28),
        dt.datetime(1900, 2, 28),
        dt.datetime(1900, 3, 1),
        None,
    )


def test_every_day_of_two_centuries_is_read_from_a_workbook(tracker):
    days = [dt.date(1904, 1, 1) + dt.timedelta(days=7 * n) for n in range(10_279)]
    columns = """
item = { from = "Case", type = "key" }
team = { from = "Team", type = "date" }
"""
    rows = [[f"{n:05}", day, None] for n, day in enumerate(days)]
    loaded = load(tracker, book([HEADER, *rows]), columns=columns)
    assert [team for _, team, _ in loaded.items] == [day.isoformat() for day in days]
