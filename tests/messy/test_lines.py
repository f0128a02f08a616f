"""Lines, delimiters and quotation marks as programs and people write them."""

import pytest

from dashboard.errors import AskError, ImportFileError

HEADER = "Case,Team,Cost\n"
ITEMS = [("1", "A", None), ("2", "B", None)]
TWO = "Case,Team,Cost\n1,A,\n2,B,\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TWO.replace("\n", "\r"), marks=pytest.mark.case("cr_only")),
        pytest.param(
            "Case,Team,Cost\r\n1,A,\r2,B,\n", marks=pytest.mark.case("mixed_line_ends")
        ),
        pytest.param(TWO[:-1], marks=pytest.mark.case("no_final_newline")),
        pytest.param(TWO.replace(",", ";"), marks=pytest.mark.case("semicolon")),
        pytest.param(TWO.replace(",", "\t"), marks=pytest.mark.case("tab")),
        pytest.param(TWO.replace(",", "|"), marks=pytest.mark.case("pipe")),
        pytest.param(
            "sep=;\n" + TWO.replace(",", ";"), marks=pytest.mark.case("sep_line")
        ),
        pytest.param(
            "sep=^\n" + TWO.replace(",", "^"), marks=pytest.mark.case("sep_line")
        ),
    ],
)
def test_a_file_is_read_however_its_lines_are_written(tracker, content):
    loaded = tracker.load(content)
    assert loaded.items == ITEMS
    assert loaded.report.rows == 2


@pytest.mark.case("sep_line")
def test_lines_are_counted_with_the_one_that_names_the_delimiter(tracker):
    loaded = tracker.load("sep=;\nCase;Team;Cost\n1;A;\n2;B\n")
    assert loaded.refused == [(4, "short_row")]


@pytest.mark.case("delimiter_ambiguous")
def test_two_delimiters_that_give_other_rows_are_asked_about(tracker):
    columns = 'item = { from = "Case", type = "key" }\n'
    content = "Case\n1,5;x\n"
    with pytest.raises(AskError, match="declare delimiter"):
        tracker.load(content, columns=columns)
    loaded = tracker.load(content, 'delimiter = "|"', columns)
    assert loaded.items == [("1,5;x", None, None)]


@pytest.mark.case("delimiter_ambiguous")
def test_other_delimiters_within_cells_are_no_question(tracker):
    loaded = tracker.load("Case;Team;Cost\n1;A,B|C;\n")
    assert loaded.items == [("1", "A,B|C", None)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('"A, B"', "A, B", marks=pytest.mark.case("quoted_delimiter")),
        pytest.param('"A\nB"', "A\nB", marks=pytest.mark.case("quoted_newline")),
        pytest.param('"A ""B"""', 'A "B"', marks=pytest.mark.case("doubled_quote")),
        pytest.param('5" pipe', '5" pipe', marks=pytest.mark.case("quote_in_middle")),
        pytest.param("C:\\new\\t", "C:\\new\\t", marks=pytest.mark.case("backslash")),
        pytest.param('"A\\"', "A\\", marks=pytest.mark.case("backslash")),
        pytest.param("#123", "#123", marks=pytest.mark.case("hash_row")),
    ],
)
def test_a_cell_is_kept_as_it_was_meant(tracker, cell, text):
    assert tracker.load(f"{HEADER}1,{cell},\n").items == [("1", text, None)]


@pytest.mark.case("hash_row")
def test_a_row_may_begin_with_a_hash(tracker):
    assert tracker.load(f"{HEADER}#1,A,\n").items == [("#1", "A", None)]


@pytest.mark.case("unclosed_quote")
def test_a_quotation_mark_that_is_never_closed_refuses_the_file(tracker):
    with pytest.raises(ImportFileError, match=r"cases.csv, line 3: .* never closed"):
        tracker.load(HEADER + '1,A,\n2,"B,\n3,C,\n')


@pytest.mark.case("short_row")
def test_a_row_with_too_few_cells_is_set_aside(tracker):
    loaded = tracker.load(HEADER + "1,A,\n2,B\n")
    assert loaded.items == ITEMS[:1]
    assert loaded.refused == [(3, "short_row")]
    assert loaded.report.refused == {"has 2 cells where the header has 3": 1}


@pytest.mark.case("long_row")
def test_a_row_with_too_many_cells_is_set_aside(tracker):
    loaded = tracker.load(HEADER + "1,A,\n2,B,1,250\n")
    assert (loaded.items, loaded.refused) == (ITEMS[:1], [(3, "long_row")])


@pytest.mark.case("trailing_delimiter")
def test_a_delimiter_at_the_end_of_each_line_is_no_column(tracker):
    loaded = tracker.load("Case,Team,Cost,\n1,A,,\n2,B,,\n")
    assert loaded.items == ITEMS
    assert loaded.notes == {"trailing_delimiter": 1}


@pytest.mark.case("blank_lines")
def test_blank_lines_are_listed_and_are_no_rows(tracker):
    loaded = tracker.load("\nCase,Team,Cost\n\n1,A,\n   \n,,\n2,B,\n\n")
    assert (loaded.items, loaded.report.rows) == (ITEMS, 2)
    assert loaded.notes == {"blank_lines": 4}


@pytest.mark.case("cell_1mb")
def test_a_cell_of_a_megabyte_is_kept(tracker):
    long = "x" * 1_000_000
    assert tracker.load(f'{HEADER}1,"{long}",\n').items == [("1", long, None)]


@pytest.mark.case("cell_5mb")
@pytest.mark.parametrize("line_break", ["", "\n"])
def test_a_cell_of_five_megabytes_sets_its_row_aside(tracker, line_break):
    long = ("x" * 1_000_000 + line_break) * 5
    loaded = tracker.load(f'{HEADER}1,"{long}",\n2,B,\n')
    assert (loaded.items, loaded.refused) == (ITEMS[1:], [(2, "cell_5mb")])


@pytest.mark.case("padded_text")
def test_keys_and_numbers_lose_the_spaces_around_them_and_texts_do_not(tracker):
    loaded = tracker.load(HEADER + "\u00a01 , A\u00a0, 5.5\u00a0\n")
    assert [(item, team, str(cost)) for item, team, cost in loaded.items] == [
        ("1", " A\u00a0", "5.5000")
    ]
