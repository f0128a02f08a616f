"""What counts as empty: nothing, spaces, and words that a mapping declares."""

import pytest


@pytest.mark.case("null_words")
def test_words_for_nothing_are_texts_unless_declared(tracker):
    tracker.check(
        'type = "text"',
        """
        cell | outcome
        NA   | NA
        N/A  | N/A
        null | null
        -    | -
        """,
    )
    assert tracker.outcomes(
        'type = "money", null = ["NA", "-"]', ["NA", " - ", "5"]
    ) == [
        ("NA", "-"),
        (" - ", "-"),
        ("5", "5.0000"),
    ]


@pytest.mark.case("department_NA")
def test_a_department_may_be_called_na(tracker):
    assert tracker.outcomes('type = "key"', ["NA", "None", "nan"]) == [
        ("NA", "NA"),
        ("None", "None"),
        ("nan", "nan"),
    ]


@pytest.mark.case("empty_required")
@pytest.mark.parametrize("cell", ["", '""', '" "'])
def test_an_empty_cell_that_is_required_sets_its_row_aside(tracker, cell):
    loaded = tracker.load(f"Case,Team,Cost\n{cell},A,\n2,B,\n")
    assert loaded.items == [("2", "B", None)]
    assert loaded.refused == [(2, "empty_required")]


@pytest.mark.case("missing_key")
def test_a_row_without_its_key_is_set_aside(tracker):
    loaded = tracker.load("Case,Team,Cost\n\u00a0,A,\n2,B,\n")
    assert loaded.refused == [(2, "empty_required")]
    assert loaded.report.refused == {"Case is empty": 1}


@pytest.mark.case("whitespace_only")
@pytest.mark.parametrize("kind", ["text", "key", "money", "instant", "flag"])
def test_spaces_alone_are_empty(tracker, kind):
    cells = [" ", "\t", "\u00a0 "]
    assert tracker.outcomes(f'type = "{kind}"', cells) == [(c, "-") for c in cells]
