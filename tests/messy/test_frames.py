"""What stands around the rows: titles, headers, totals and footers."""

from decimal import Decimal

import pytest

from dashboard.errors import AskError, ImportFileError

HEADER = "Case,Team,Cost\n"
ITEMS = [("1", "A", None), ("2", "B", None)]
SUMS = [("1", "A", Decimal("10.5")), ("2", "B", Decimal("20"))]


@pytest.mark.case("empty_file")
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(tracker, content):
    with pytest.raises(ImportFileError, match=r"cases.csv is empty"):
        tracker.load(content)


@pytest.mark.case("header_only")
def test_a_header_alone_changes_nothing(tracker):
    tracker.load(HEADER + "1,A,\n")
    before = tracker.database.read_bytes()
    loaded = tracker.load(HEADER)
    assert (loaded.report.rows, loaded.notes) == (0, {"header_only": 1})
    assert loaded.report.warnings == ("cases.csv: a header and no rows.",)
    assert tracker.database.read_bytes() == before


@pytest.mark.case("no_header")
def test_a_file_without_header_is_refused(tracker):
    with pytest.raises(ImportFileError, match="no header .* reads 1, A, 5"):
        tracker.load("1,A,5\n2,B,6\n")


@pytest.mark.case("title_rows")
def test_lines_above_the_header_are_declared(tracker):
    content = "Report of May\n\nCase,Team,Cost\n1,A,\n2,B,\n"
    with pytest.raises(AskError, match="declare header_row = 3 in"):
        tracker.load(content)
    loaded = tracker.load(content, "header_row = 3")
    assert (loaded.items, loaded.notes["title_rows"]) == (ITEMS, 1)


@pytest.mark.case("title_rows")
def test_a_header_may_stand_far_below(tracker):
    content = "a, title; with | signs\n" * 60 + "Case;Team;Cost\n1;A;\n2;B;\n"
    assert tracker.load(content, "header_row = 61").items == ITEMS


@pytest.mark.case("two_row_header")
def test_a_header_of_two_rows_is_declared(tracker):
    content = ",Team,Money,\nCase,,Cost,Tax\n1,A,,\n2,B,,\n"
    columns = """
item = { from = "Case", type = "key" }
team = "Team"
cost = { from = "Money Cost", type = "money" }
"""
    with pytest.raises(AskError, match="declare header_rows = 2 in"):
        tracker.load(content, columns=columns)
    assert tracker.load(content, "header_rows = 2", columns).items == ITEMS


@pytest.mark.case("duplicate_header")
def test_a_repeated_header_is_refused_only_if_it_is_mapped(tracker):
    with pytest.raises(ImportFileError, match="has the column Team more than once"):
        tracker.load("Case,Team,team ,Cost\n1,A,A,\n")
    loaded = tracker.load("Case,Team,Cost,x,x\n1,A,,5,6\n")
    assert (loaded.items, loaded.notes["duplicate_header"]) == (ITEMS[:1], 2)


@pytest.mark.case("blank_header")
def test_a_column_without_header_cannot_be_mapped_and_is_told(tracker):
    loaded = tracker.load("Case,,Team,Cost\n1,x,A,\n")
    assert (loaded.items, loaded.notes) == (ITEMS[:1], {"blank_header": 1})
    with pytest.raises(ImportFileError, match="a column without a header cannot"):
        tracker.load(HEADER, columns='item = " "')


@pytest.mark.case("header_case_space")
def test_case_and_spaces_of_a_header_do_not_matter(tracker):
    content = ' CASE ,"te\u00a0am",Cost\n1,A,\n'
    columns = 'item = { from = "Case", type = "key" }\nteam = "Te  Am"\n'
    assert tracker.load(content, columns=columns).items == ITEMS[:1]


@pytest.mark.case("renamed_header")
def test_a_renamed_header_is_an_alias_or_refused(tracker):
    content = "Case,Group,Cost\n1,A,\n"
    with pytest.raises(ImportFileError, match="missing: Team; it has also Group:"):
        tracker.load(content)
    columns = """
item = { from = "Case", type = "key" }
team = { from = "Team", aliases = ["Group"] }
"""
    assert tracker.load(content, columns=columns).items == ITEMS[:1]


@pytest.mark.case("missing_column")
def test_a_missing_column_refuses_the_file(tracker):
    with pytest.raises(ImportFileError) as caught:
        tracker.load("Case,Team\n1,A\n")
    assert str(caught.value) == (
        "cases.csv: line 1 has 2 of the 3 headers of the mapping; missing: Cost: "
        "correct the file, or [columns] of the mapping."
    )


@pytest.mark.case("missing_column")
def test_a_missing_column_is_told_with_the_spelling_that_is_nearest(tracker):
    with pytest.raises(ImportFileError) as caught:
        tracker.load("Case,Teams,Costs (EUR),Note\n1,A,5,x\n")
    assert (
        "missing: Team (perhaps Teams), Cost; it has also Teams, Costs (EUR), Note:"
        in str(caught.value)
    )


@pytest.mark.case("missing_column")
@pytest.mark.parametrize("file", ["", "header_row = 2"])
def test_the_line_that_has_the_most_headers_is_the_one_that_is_named(tracker, file):
    content = "Report of Team A\nPrepared by: Zoë\n\nCase,Team,Costs\n1,A,5\n"
    with pytest.raises(ImportFileError) as caught:
        tracker.load(content, file)
    assert str(caught.value) == (
        "cases.csv: line 4 has 2 of the 3 headers of the mapping; missing: Cost "
        "(perhaps Costs); it has also Costs: declare header_row = 4 in [file], and "
        "correct the file, or [columns] of the mapping."
    )


@pytest.mark.case("no_header")
def test_without_any_header_the_line_that_looks_like_one_is_named(tracker):
    content = "Report of 2024\n\nNumber,Group,Price\n1,A,5\n2,B,6\n"
    with pytest.raises(ImportFileError, match="line 3, .* reads Number, Group, Price:"):
        tracker.load(content)


@pytest.mark.case("title_rows")
def test_a_title_over_the_header_does_not_make_it_one_of_two_rows(tracker):
    """The title would be a part of the first header only, which is not mapped."""
    content = "Made by Zoë\n\nSr.,Case,Team,Cost\n1,1,A,\n2,2,B,\n"
    with pytest.raises(AskError, match="line 3 and has 1 row: declare header_row = 3"):
        tracker.load(content)
    assert tracker.load(content, "header_row = 3").items == ITEMS


@pytest.mark.case("extra_column")
def test_a_column_that_is_not_mapped_is_told(tracker):
    loaded = tracker.load("Case,Team,Cost,Note\n1,A,,x\n")
    assert (loaded.items, loaded.notes) == (ITEMS[:1], {"extra_column": 1})
    assert loaded.report.warnings == (
        "cases.csv: 1 column is not in the mapping and not read: Note.",
    )


@pytest.mark.case("reordered_columns")
def test_columns_may_stand_in_any_order(tracker):
    assert tracker.load("Cost,Case,Team\n,1,A\n,2,B\n").items == ITEMS


@pytest.mark.case("repeated_header")
def test_a_header_in_the_middle_is_no_row(tracker):
    loaded = tracker.load(f"{HEADER}1,A,\n{HEADER}2,B,\n")
    assert (loaded.items, loaded.report.rows) == (ITEMS, 2)
    assert loaded.notes == {"repeated_header": 1}


TOTALS = HEADER + "1,A,10.5\n2,B,20\nTotal:,,30.5\n"


@pytest.mark.case("totals_row_at_end")
def test_a_declared_total_is_no_row_and_is_compared(tracker):
    loaded = tracker.load(TOTALS, 'totals = ["total"]')
    assert (loaded.items, loaded.report.rows) == (SUMS, 2)
    assert loaded.notes == {"totals_row_at_end": 1}
    assert (
        "cases.csv: the totals of Cost agree with the rows above them."
    ) in loaded.report.warnings


@pytest.mark.case("totals_row_at_end")
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("1,A,1O.5\n2,B,20\n", "line 2 waits; {} 10.5 there"),
        ('1,A,"1,23,45.00"\n2,B,20\n', "line 2 waits; {} 10.5 there"),
        ("1,A,10,5\n2,B,20\n", "line 2 waits; {} 10.5 there"),
        ("1,A,1O\n2,B,30.5\n", "line 2 waits; {} 0 there"),
        ("1,A,1O\n2,B,2O\n,B,3O\n", "3 rows above it wait, the first line 2"),
    ],
    ids=["letter", "grouping", "two cells", "nothing left", "several"],
)
def test_a_total_over_a_row_that_waits_is_told_and_stops_nothing(tracker, rows, why):
    why = why.format("the rows agree with it if Cost is")
    loaded = tracker.load(f"{HEADER}{rows}Total,,30.5\n", 'totals = ["Total"]')
    total = 2 + rows.count("\n")
    assert (
        [line for line, _ in loaded.refused] == [2] if "3O" not in rows else [2, 3, 4]
    )
    assert (
        f"cases.csv: the total of Cost in line {total} could not be checked, since "
        f"{why}."
    ) in loaded.report.warnings
    assert not any("agree with the rows" in said for said in loaded.report.warnings)


@pytest.mark.case("subtotal_rows")
def test_only_the_totals_over_the_row_that_waits_are_not_checked(tracker):
    content = HEADER + "1,A,1O.5\nSum,,10.5\n2,B,20\nSum,,{}\nTotal,,30.5\n"
    file = 'totals = ["Total"]\nsubtotals = ["Sum"]'
    loaded = tracker.load(content.format(20), file)
    waits = "could not be checked, since line 2 waits; the rows agree with it if Cost"
    assert [said for said in loaded.report.warnings if "Cost" in said] == [
        f"cases.csv: the total of Cost in line 6 {waits} is 10.5 there.",
        f"cases.csv: the subtotal of Cost in line 3 {waits} is 10.5 there.",
        "cases.csv: the other subtotals of Cost agree with the rows above them.",
    ]
    with pytest.raises(AskError, match="line 5: the total of Cost is 21.0000"):
        tracker.load(content.format(21), file)


@pytest.mark.case("subtotal_rows")
def test_of_many_totals_that_could_not_be_checked_the_others_are_counted(tracker):
    sections = "".join(f"{n},A,x\nSum,,{n}\n" for n in range(1, 8))
    loaded = tracker.load(HEADER + sections, 'subtotals = ["Sum"]')
    told = [said for said in loaded.report.warnings if "could not" in said]
    assert len(told) == 6
    assert told[-1] == (
        "cases.csv: 2 other totals could not be checked either, since rows above them "
        "wait."
    )


@pytest.mark.case("totals_row_at_end")
def test_a_row_of_totals_that_states_no_sum_is_not_said_to_agree(tracker):
    loaded = tracker.load(TOTALS.replace("30.5", ""), 'totals = ["total"]')
    assert loaded.report.warnings == ("cases.csv: 1 row of totals is no row.",)


@pytest.mark.case("totals_row_at_end")
def test_a_total_that_does_not_add_up_is_asked_about(tracker):
    with pytest.raises(AskError) as caught:
        tracker.load(TOTALS.replace("30.5", "31"), 'totals = ["Total"]')
    assert str(caught.value).startswith(
        "cases.csv, line 4: the total of Cost is 31.0000, and the rows add up to "
        "30.5000: "
    )


@pytest.mark.case("totals_row_at_end")
def test_a_total_that_is_no_number_is_asked_about(tracker):
    with pytest.raises(
        AskError, match="line 4: in a row of totals Cost is not a valid"
    ):
        tracker.load(TOTALS.replace("30.5", "about 30"), 'totals = ["Total"]')


@pytest.mark.case("totals_row_at_end")
def test_a_row_that_is_set_aside_counts_in_the_total(tracker):
    content = HEADER + "1,A,10.5\n,B,20\nTotal,,30.5\n"
    loaded = tracker.load(content, 'totals = ["total"]')
    assert loaded.refused == [(3, "empty_required")]


@pytest.mark.case("totals_row_at_end")
def test_a_total_that_is_not_declared_is_set_aside(tracker):
    loaded = tracker.load(HEADER + "1,A,10.5\n2,B,20\n,Total,30.5\n")
    assert (loaded.items, loaded.refused) == (SUMS, [(4, "totals_row_at_end")])


@pytest.mark.case("totals_row_at_end")
def test_a_total_that_is_too_wide_is_a_row_that_is_set_aside(tracker):
    content = TOTALS.replace("30.5", "30.5,x")
    loaded = tracker.load(content, 'totals = ["Total"]')
    assert (loaded.report.rows, loaded.refused) == (3, [(4, "long_row")])
    assert loaded.notes == {}


@pytest.mark.case("subtotal_rows")
def test_subtotals_are_compared_with_their_sections(tracker):
    content = HEADER + "1,A,10.5\nSum,,10.5\n2,B,20\nSum,,{}\nTotal,,30.5\n"
    file = 'totals = ["Total"]\nsubtotals = ["Sum"]'
    loaded = tracker.load(content.format(20), file)
    assert loaded.items == SUMS
    assert loaded.notes == {"totals_row_at_end": 1, "subtotal_rows": 2}
    with pytest.raises(AskError, match="line 5: the total of Cost is 21.0000"):
        tracker.load(content.format(21), file)


@pytest.mark.case("subtotal_rows")
def test_a_subtotal_that_is_not_declared_is_set_aside(tracker):
    loaded = tracker.load(HEADER + "1,A,10.5\n,Subtotal,10.5\n2,B,20\n")
    assert (loaded.items, loaded.refused) == (SUMS, [(3, "subtotal_rows")])


@pytest.mark.case("footer_note")
def test_a_footer_is_declared_or_set_aside(tracker):
    content = HEADER + "1,A,\n2,B,\nPrinted on 3 May by Zoë\n"
    loaded = tracker.load(content, 'footers = ["printed on"]')
    assert (loaded.items, loaded.notes) == (ITEMS, {"footer_note": 1})
    assert tracker.load(content).refused == [(4, "footer_note")]
