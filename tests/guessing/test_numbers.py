"""How numbers are written is seen in the cells, or asked."""

import pytest

from tests.guessing.conftest import keys


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ("1.234,50; 12", "1234.5000; 12.0000"),
        ("1,234.50; 1,234", "1234.5000; 1234.0000"),
        ("1 234; 1'234", "1234.0000; 1234.0000"),
        ("1,00,000; 1,234", "100000.0000; 1234.0000"),
        ("1.234; 0,5", "1234.0000; 0.5000"),
        ("1.234; 0.5", "1.2340; 0.5000"),
        ("(1,250.00); 1250-; -5", "-1250.0000; -1250.0000; -5.0000"),
        ("₹ 1,25,000.00; Rs.1250; Rs. 5; 7", "125000.0000; 1250.0000; 5.0000; 7.0000"),
        ("5 €; EUR 5,50", "5.0000; 5.5000"),
        ("2.5 lakh; 1 cr; 10", "250000.0000; 10000000.0000; 10.0000"),
        ("₹ 2.5 Lakh; 10", "250000.0000; 10.0000"),
        ("12; -; n/a; pending", "12.0000; -; -; -"),
    ],
)
def test_amounts_are_read_as_they_are_meant(newcomer, cells, values):
    newcomer.column("Value (Rs.)", cells.split("; "))
    assert newcomer.values("amount") == values


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ("2h 30m; 45m; 10m", "150.00; 45.00; 10.00"),
        ("1.5 hrs; 20 min", "90.00; 20.00"),
    ],
)
def test_times_with_units_are_minutes(newcomer, cells, values):
    newcomer.column("Handling time", cells.split("; "))
    assert newcomer.values("handling_minutes") == values


def test_the_cell_that_shows_the_decimal_mark_is_told(newcomer):
    newcomer.column("Amount", ["1.234", "0,5"])
    told = "Amount: tracker.csv, line 3, 0,5, shows a decimal comma."
    assert told in newcomer.proposed().told


@pytest.mark.parametrize("cell", ["1.234", "1,234", "€ 1.234", "1.234 lakh"])
def test_numbers_that_read_in_two_ways_are_asked_about(newcomer, cell):
    newcomer.column("Amount", [cell, "12"])
    assert keys(newcomer.proposed()) == ["decimal Amount"]


def test_the_answer_decides_the_decimal_mark(newcomer):
    newcomer.column("Amount", ["1.234", "12"])
    assert newcomer.values("amount", {"decimal Amount": ","}) == "1234.0000; 12.0000"


def test_both_marks_in_one_column_are_asked_about(newcomer):
    newcomer.column("Amount", ["1.234,50", "12.5", "1.234"])
    [asked] = newcomer.proposed().asked
    assert asked.key == "decimal Amount"
    assert "line 3, 12.5, has a decimal point" in asked.sentence
    assert "line 2, 1.234,50, a decimal comma" in asked.sentence
    assert newcomer.imports({asked.key: ","}).refused_rows == 1


def test_two_currencies_are_asked_about(newcomer):
    newcomer.column("Amount", ["€ 5", "$ 6", "7"])
    [asked] = newcomer.proposed().asked
    assert asked.choices == (("€", "€"), ("$", "$"))
    assert newcomer.values("amount", {asked.key: "€"}) == "5.0000; 7.0000"


def test_a_spelling_of_the_currency_that_comes_later_is_no_decimal_point(newcomer):
    newcomer.column("Amount", ["Rs 5"])
    assert newcomer.declared("Amount")["currency"] == ["₹", "Rs.", "Rs", "INR"]


def test_minutes_among_amounts_are_no_amounts(newcomer):
    newcomer.column("Amount", ["5 m", "6 m"])
    report = newcomer.imports()
    assert report.refused_rows == 2


def test_plain_numbers_that_may_be_hours_are_asked_about(newcomer):
    newcomer.column("AHT (hrs)", ["1.5", "2"])
    [asked] = newcomer.proposed().asked
    assert asked.key == "minutes AHT (hrs)"
    assert newcomer.values("handling_minutes", {asked.key: ""}) == "-; -"
    assert newcomer.values("handling_minutes", {asked.key: "yes"}) == "1.50; 2.00"


def test_a_header_that_says_minutes_is_believed(newcomer):
    newcomer.column("Handling time (min)", ["15", "20"])
    assert newcomer.values("handling_minutes") == "15.00; 20.00"


def test_amounts_in_lakhs_by_their_header_are_told(newcomer):
    newcomer.column("Amount (in lakhs)", ["15", "20"])
    assert (
        "Amount (in lakhs): numbers are taken as they stand, not as so many lakhs."
    ) in newcomer.proposed().told
