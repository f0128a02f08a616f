"""How dates are written is seen in the cells, or asked."""

import pytest

from tests.guessing.conftest import keys


def test_one_date_that_can_be_read_in_one_way_settles_the_order(newcomer):
    newcomer.column("Closed", ["03/04/2025", "25/12/2025", "01/02/2025"])
    found = newcomer.proposed()
    assert not found.asked
    assert "Closed: tracker.csv, line 3, 25/12/2025, shows day before month." in (
        found.told
    )
    assert newcomer.values("completed_at") == (
        "2025-04-02 22:00:00; 2025-12-24 23:00:00; 2025-01-31 23:00:00"
    )


def test_a_day_that_does_not_exist_shows_the_order_all_the_same(newcomer):
    newcomer.column("Closed", ["03/04/2025", "31/04/2025", "01/02/2025"])
    assert newcomer.declared("Closed") == {"type": "instant", "format": ["%d/%m/%Y"]}
    assert newcomer.values("completed_at") == (
        "2025-04-02 22:00:00; 2025-01-31 23:00:00"
    )


def test_dates_that_all_read_in_both_ways_are_asked_about(newcomer):
    newcomer.column("Closed", ["03/04/2025", "05/06/2025"])
    [asked] = newcomer.proposed().asked
    assert asked.sentence == (
        "Closed: does 03/04/2025 have day before month, or month before day?"
    )
    assert asked.choices == (
        ("dmy", "day before month: 3 April 2025"),
        ("mdy", "month before day: 4 March 2025"),
    )
    assert newcomer.declared("Closed", {asked.key: "mdy"}) == {
        "type": "instant",
        "format": ["%m/%d/%Y"],
    }


def test_dates_of_both_orders_in_one_column_are_asked_about(newcomer):
    newcomer.column("Closed", ["25/12/2025", "12/26/2025", "03/04/2025"])
    [asked] = newcomer.proposed().asked
    assert "line 2, 25/12/2025, shows day before month" in asked.sentence
    assert "line 3, 12/26/2025, shows month before day" in asked.sentence
    report = newcomer.imports({asked.key: "dmy"})
    assert report.refused_rows == 1


def test_what_one_mark_shows_does_not_settle_another(newcomer):
    newcomer.column("Closed", ["25/12/2025", "03-04-2025"])
    assert keys(newcomer.proposed()) == ["order Closed -"]


def test_an_answer_that_is_no_choice_is_asked_again(newcomer):
    newcomer.column("Closed", ["03/04/2025"])
    answers = {"order Closed /": "sometimes"}
    assert keys(newcomer.proposed(answers)) == ["order Closed /"]


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        ("2026-04-03; 2026-04-04", ["%Y-%m-%d"]),
        ("2026-04-03 09:30; 2026-04-03T10:00", None),
        ("2026/04/03; 2026/04/13", ["%Y/%m/%d"]),
        ("25.12.2025 14:05; 24.12.2025 9:00", ["%d.%m.%Y %H:%M"]),
        ("12/25/2025 2:05 PM; 1/2/2025 9:00 AM", ["%m/%d/%Y %I:%M %p"]),
        ("3-Nov-2025; 04-DEC-2025", ["%d-%b-%Y"]),
        ("3 November 2025; 4 May 2025", ["%d %B %Y", "%d %b %Y"]),
        ("Nov 3, 2025; Dec 4, 2025", ["%b %d, %Y"]),
        ("2026-04-03T09:30:00+02:00; 2026-04-03T09:30:00Z", ["%Y-%m-%dT%H:%M:%S%z"]),
        ("2026-04-03T09:30:00.250; 2026-04-03T09:30:00.5", ["%Y-%m-%dT%H:%M:%S.%f"]),
        ("25/12/2025; 2025-12-26; 27/12/2025", ["%d/%m/%Y", "%Y-%m-%d"]),
        ("13/12/2025; 25.12.2025", ["%d/%m/%Y", "%d.%m.%Y"]),
    ],
)
def test_every_way_of_writing_in_a_column_is_declared(newcomer, cells, formats):
    newcomer.column("Closed", cells.split("; "))
    assert newcomer.declared("Closed").get("format") == formats
    assert newcomer.imports().refused_rows == 0


def test_years_of_two_digits_are_asked_about(newcomer):
    newcomer.column("Closed", ["25-Dec-68", "31-Jan-99"])
    [asked] = newcomer.proposed().asked
    assert asked.key == "pivot Closed"
    assert newcomer.values("completed_at", {"pivot Closed": "70"}) == (
        "2068-12-24 23:00:00; 1999-01-30 23:00:00"
    )


def test_three_short_numbers_may_begin_with_the_year(newcomer):
    newcomer.column("Closed", ["25/11/03", "24/12/05"])
    found = newcomer.proposed()
    assert keys(found) == ["pivot Closed", "order Closed /yy"]
    assert [value for value, _ in found.asked[1].choices] == ["dmy", "ymd"]


def test_the_year_is_not_first_where_other_cells_show_it_last(newcomer):
    newcomer.column("Closed", ["01.09.2026", "05.09.03", "31.12.2026"])
    found = newcomer.proposed()
    assert keys(found) == ["pivot Closed", "order Closed .yy"]
    assert [value for value, _ in found.asked[1].choices] == ["dmy", "mdy"]


TWO = """
    Ticket No | Received | Closed
    T1        | 05/04/26 | 06/04/26
    T2        | 06/04/26 | 07/04/26
"""


def test_what_is_alike_is_asked_once_of_all_columns(newcomer):
    newcomer.brings(TWO)
    pivot, order = newcomer.proposed().asked
    assert pivot.sentence == (
        "Received, Closed: years have two digits, such as 05/04/26. Which years are "
        "they?"
    )
    assert pivot.choices[1] == (
        *("70", "00 to 69 are 20.., 70 to 99 are 19..: 1970 to 2069"),
    )
    assert order.sentence.startswith("Received, Closed: does 05/04/26 have day")
    answers = pivot.answered("100") | order.answered("dmy")
    assert newcomer.values("completed_at", answers) == (
        "2026-04-05 22:00:00; 2026-04-06 22:00:00"
    )


def test_columns_that_are_not_the_same_are_asked_about_one_by_one(newcomer):
    newcomer.brings(TWO)
    pivot, order = newcomer.proposed().asked
    answers = pivot.answered("100") | order.answered(order.choices[-1][0])
    one, other = newcomer.proposed(answers).asked
    assert (one.key, other.key) == ("order Received /yy", "order Closed /yy")
    answers |= one.answered("dmy") | other.answered("mdy")
    assert newcomer.values("completed_at", answers) == (
        "2026-06-03 22:00:00; 2026-07-03 22:00:00"
    )


def test_months_in_another_language_are_asked_about(newcomer):
    newcomer.column("Closed", ["3. Okt 2025", "4. Mai 2025"])
    [asked] = newcomer.proposed().asked
    assert [words.split(":")[0] for _, words in asked.choices] == ["German"]
    answers = {asked.key: asked.choices[0][0]}
    assert newcomer.values("completed_at", answers) == (
        "2025-10-02 22:00:00; 2025-05-03 22:00:00"
    )


def test_a_due_date_without_time_lasts_to_the_end_of_its_day(newcomer):
    newcomer.column("Due by", ["25/12/2025", "26/12/2025"])
    told = "Due by has no times: work is due by the end of a day."
    assert told in newcomer.proposed().told
    assert newcomer.values("due_at") == (
        "2025-12-25 22:59:59.999999; 2025-12-26 22:59:59.999999"
    )
    assert newcomer.values("first_due_at") == newcomer.values("due_at")


def test_due_dates_of_which_some_have_a_time_are_told(newcomer):
    newcomer.column("Due by", ["25/12/2025 16:00", "26/12/2025"])
    assert newcomer.declared("Due by")["type"] == "instant"
    assert any("times in some cells only" in told for told in newcomer.proposed().told)


def test_a_word_that_means_not_yet_is_no_date_and_told(newcomer):
    newcomer.column("Closed", ["25/12/2025", "pending", "Pending", "-", "n/a"])
    told = 'Closed: "pending", "Pending", "-", "n/a" (4 times) is read as no date.'
    assert told in newcomer.proposed().told
    assert newcomer.values("completed_at") == "2025-12-24 23:00:00; -; -; -; -"


def test_any_other_word_among_dates_is_asked_about(newcomer):
    newcomer.column("Closed", ["25/12/2025", "26/12/2025", "yesterday"])
    assert keys(newcomer.proposed()) == ["words Closed"]
    assert newcomer.imports({"words Closed": "refuse"}).refused_rows == 1
    assert newcomer.declared("Closed", {"words Closed": "null"})["null"] == [
        "yesterday"
    ]


def test_a_cell_that_is_no_date_waits_and_is_told(newcomer):
    newcomer.column("Closed", ["25/12/2025", "26/12/2025", "32/13/2025"])
    assert (
        'Closed: "32/13/2025" cannot be read as a date (line 4); rows that '
        "will wait in quarantine for it: 1."
    ) in newcomer.proposed().told
    assert newcomer.imports().refused_rows == 1


def test_offsets_in_some_cells_only_are_told(newcomer):
    newcomer.column("Closed", ["2026-04-03T09:30Z", "2026-04-03T09:30Z", "2026-04-03"])
    assert newcomer.declared("Closed")["format"] == ["%Y-%m-%dT%H:%M%z"]
    assert any("offset from UTC in some" in told for told in newcomer.proposed().told)
