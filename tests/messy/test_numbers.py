"""Numbers as people write them are exact, asked about, or set aside."""

import pytest

from dashboard.errors import AskError, ImportFileError
from tests.messy.tables import case

POINT = 'type = "money", decimal = "."'
COMMA = 'type = "money", decimal = ","'
RUPEES = 'type = "money", decimal = ".", currency = ["₹", "INR"]'
LAKH = 'type = "money", units = { lakh = 100000, crore = 10000000 }'
HOURS = 'type = "minutes", units = { h = 60, m = 1 }'
NOT_READ = "refused late_type_change"


@pytest.mark.parametrize(
    ("declared", "table"),
    [
        case("leading_zeros", 'type = "text"', "00123 | 00123", "000 | 000"),
        case("leading_zeros", 'type = "key"', "00123 | 00123"),
        case(
            "long_id",
            'type = "key"',
            "12345678901234567890 | 12345678901234567890",
        ),
        case(
            "scientific_id",
            'type = "key"',
            "1.23E+15 | refused scientific_id",
            "1E+15    | refused scientific_id",
            "12E5     | 12E5",
        ),
        case("scientific_id", 'type = "text"', "1.23E+15 | 1.23E+15"),
        case(
            "decimal_comma",
            COMMA,
            "1234,50   | 1234.5000",
            "1.234,50  | 1234.5000",
            "1.234     | 1234.0000",
            "1.234.567 | 1234567.0000",
            "1,234     | 1.2340",
            "1,234.50  | refused decimal_comma",
        ),
        case("decimal_comma", 'type = "money"', "1,5 | refused decimal_comma"),
        case(
            "thousands_comma",
            'type = "money"',
            "1,234.50     | 1234.5000",
            "1,234,567    | 1234567.0000",
            "-12,345.6    | -12345.6000",
        ),
        case("thousands_comma", POINT, "1,234 | 1234.0000"),
        case("thousands_comma", 'type = "count", decimal = "."', "1,234 | 1234"),
        case(
            "space_apostrophe_groups",
            'type = "money"',
            "1 234         | 1234.0000",
            "1\u00a0234.5  | 1234.5000",
            "1\u202f234    | 1234.0000",
            "1'234         | 1234.0000",
            "1’234’567.25  | 1234567.2500",
        ),
        case("space_apostrophe_groups", COMMA, "1 234,5 | 1234.5000"),
        case(
            "indian_grouping",
            'type = "money"',
            "1,00,000      | 100000.0000",
            "12,34,567.25  | 1234567.2500",
        ),
        case(
            "lakh_crore_words",
            LAKH,
            "2.5 lakh          | 250000.0000",
            "1.2 Crore         | 12000000.0000",
            "1 crore 2.5 lakh  | 10250000.0000",
            "-2 lakh           | -200000.0000",
            "100000            | 100000.0000",
            "3 million         | refused unit_in_cell",
        ),
        case("lakh_crore_words", POINT, "2.5 lakh | refused lakh_crore_words"),
        case(
            "bad_grouping",
            'type = "money"',
            "12,34,5      | refused bad_grouping",
            "1,2345.6     | refused bad_grouping",
            "1,234 567    | refused bad_grouping",
        ),
        case(
            "currency_symbol",
            RUPEES,
            "₹ 1,250.00   | 1250.0000",
            "₹1250        | 1250.0000",
            "-₹ 1,250     | -1250.0000",
            "INR 1250     | 1250.0000",
            "1250 INR     | 1250.0000",
        ),
        case(
            "currency_symbol",
            POINT,
            "₹ 1,250.00   | refused currency_symbol",
            "1250 EUR     | refused currency_symbol",
        ),
        case(
            "mixed_currency",
            RUPEES,
            "₹ 12 | 12.0000",
            "$ 12 | refused mixed_currency",
            "12 € | refused mixed_currency",
            "USD 12 | refused mixed_currency",
        ),
        case(
            "negative_parentheses",
            POINT,
            "(1,250) | -1250.0000",
            "(12.5)  | -12.5000",
            "(-5)    | refused bad_grouping",
        ),
        case("negative_parentheses", RUPEES, "(₹ 1,250) | -1250.0000"),
        case(
            "trailing_minus",
            POINT,
            "1250-    | -1250.0000",
            "1250 -   | -1250.0000",
            "1,250.5- | -1250.5000",
        ),
        case("trailing_minus", COMMA, "-/- 45,50 | -45.5000", "45,50 -/- | -45.5000"),
        case(
            "no_cents",
            COMMA,
            "250,-    | 250.0000",
            "1.250,-  | 1250.0000",
            "250,--   | 250.0000",
            "250,–    | 250.0000",
            "-250,-   | -250.0000",
            "(250,-)  | -250.0000",
            "250,00-  | -250.0000",
        ),
        case("no_cents", POINT, "250.- | 250.0000", "250,- | refused decimal_comma"),
        case(
            "no_cents",
            'type = "money", decimal = ",", currency = ["€"]',
            "€ 250,-     | 250.0000",
            "250,- €     | 250.0000",
            "-/- € 250,- | -250.0000",
        ),
        case("unicode_minus", POINT, "−1250 | -1250.0000"),
        case(
            "percent_sign",
            'type = "share"',
            "85%    | 0.85",
            "12.5 % | 0.125",
            "0.1%   | 0.001",
        ),
        case("percent_sign", POINT, "85% | refused percent_sign"),
        case(
            "percent_bare",
            'type = "share", unit = "percent"',
            "85 | 0.85",
            "0.5 | 0.005",
        ),
        case("percent_bare", 'type = "share", unit = "fraction"', "0.85 | 0.85"),
        case(
            "percent_mixed",
            'type = "share", unit = "percent"',
            "85  | 0.85",
            "85% | refused percent_mixed",
        ),
        case(
            "infinity_nan",
            'type = "value"',
            "inf       | refused infinity_nan",
            "-Infinity | refused infinity_nan",
            "NaN       | refused infinity_nan",
        ),
        case(
            "out_of_range",
            POINT,
            "99999999999999 | 99999999999999.0000",
            "999999999999999 | refused out_of_range",
            "1e99 | refused out_of_range",
        ),
        case("out_of_range", 'type = "value"', "1e999 | refused out_of_range"),
        case(
            "out_of_range",
            'type = "count"',
            "99999999999999999999 | refused out_of_range",
        ),
        case(
            "too_many_decimals",
            POINT,
            "1.2345     | 1.2345",
            "1.23450000 | 1.2345",
            "1.23456    | refused too_many_decimals",
        ),
        case(
            "too_many_decimals",
            'type = "money", decimal = ".", round = true',
            "1.23456 | 1.2346",
        ),
        case("too_many_decimals", 'type = "count"', "3.7 | refused too_many_decimals"),
        case(
            "unit_in_cell",
            HOURS,
            "2h 30m  | 150.00",
            "2H30M   | 150.00",
            "1.5 h   | 90.00",
            "45 m    | 45.00",
            "45      | 45.00",
            "2 days  | refused unit_in_cell",
        ),
        case("unit_in_cell", 'type = "minutes"', "2h 30m | refused unit_in_cell"),
        case(
            "boolean_words",
            'type = "flag", true = ["Yes", "ja"], false = ["No"]',
            "yes  | true",
            "JA   | true",
            "No   | false",
            "true | refused boolean_words",
            "1    | refused boolean_words",
        ),
        case(
            "boolean_words",
            'type = "flag"',
            "TRUE  | true",
            "false | false",
            "yes   | refused boolean_words",
        ),
        case(
            "late_type_change",
            POINT,
            "12.5   | 12.5000",
            "see mail | refused late_type_change",
            "0x10   | refused unit_in_cell",
            "1_000  | refused late_type_change",
        ),
    ],
)
def test_a_cell_becomes(tracker, declared, table):
    tracker.check(declared, table)


@pytest.mark.case("separator_ambiguous")
@pytest.mark.parametrize("cell", ["1.234", "1,234", "-12,345", "+999.999"])
def test_a_number_that_reads_in_two_ways_is_asked_about(tracker, cell):
    with pytest.raises(AskError) as caught:
        tracker.outcomes('type = "money"', ["5", cell])
    assert str(caught.value) == (
        "cases.csv, line 3: Cell can be read with a decimal point or with a decimal "
        "comma: declare decimal in the mapping."
    )


@pytest.mark.case("separator_ambiguous")
def test_the_decimal_mark_may_be_declared_for_all_columns(tracker):
    assert tracker.outcomes('type = "money"', ["1.234"], 'decimal = ","') == [
        ("1.234", "1234.0000")
    ]


@pytest.mark.case("separator_ambiguous")
def test_a_number_that_reads_in_one_way_is_no_question(tracker):
    tracker.check(
        'type = "money"',
        """
        cell     | outcome
        1234.567 | 1234.5670
        0.123    | 0.1230
        1.5      | 1.5000
        12       | 12.0000
        """,
    )


@pytest.mark.case("percent_bare")
def test_a_share_without_sign_or_declared_unit_is_asked_about(tracker):
    with pytest.raises(AskError, match='declare unit = "percent" or "fraction"'):
        tracker.outcomes('type = "share"', ["85"])


@pytest.mark.case("indic_digits")
def test_indic_digits_are_read_and_told(tracker):
    cells = ["१२३", "١٢٣.٥", "১,২৩,৪৫৬"]
    outcomes = tracker.outcomes(POINT, cells)
    assert [value for _, value in outcomes] == ["123.0000", "123.5000", "123456.0000"]
    assert tracker.load("Case,Team,Cost\n1,A,१२३\n").notes == {"indic_digits": 1}


@pytest.mark.case("full_width_digits")
def test_full_width_digits_are_read_and_told(tracker):
    loaded = tracker.load("Case,Team,Cost\n1,A,１２３\n")
    assert str(loaded.items[0][2]) == "123.0000"
    assert loaded.notes == {"full_width_digits": 1}


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ('type = "money", decimal = "x"', 'decimal must be "." or ","'),
        ('type = "money", units = { h = -1 }', "units must say how much"),
        ('type = "share", unit = "per mille"', "unit must be one of percent, fraction"),
        ('type = "text", decimal = "."', "there is no 'decimal' here"),
    ],
)
def test_a_declaration_that_is_wrong_is_one_sentence(tracker, declared, message):
    with pytest.raises(ImportFileError) as caught:
        tracker.outcomes(declared, ["1"])
    assert message in str(caught.value)
