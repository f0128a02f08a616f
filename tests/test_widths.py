"""The last column of a table is in sight on a usual screen."""

from dashboard.components.widths import ROOM, widths

HEADINGS = {"team": "Team", "done": "Completed in the period", "rate": "On time"}


def test_columns_that_fit_are_left_alone():
    assert widths(HEADINGS, {"team": 20, "done": 5, "rate": 6}, ["team"], []) == {}


def test_texts_give_way_before_headings_and_figures_never():
    found = widths(HEADINGS, {"team": 90, "done": 5, "rate": 6}, ["team"], [])
    natural = {"done": 195, "rate": 72}
    assert {name: found[name] for name in natural} == natural
    assert ROOM - 3 <= sum(found.values()) <= ROOM


def test_headings_longer_than_their_figures_give_way_next():
    headings = {f"figure {n}": "A heading of many words" for n in range(6)}
    longest = dict.fromkeys(headings, 9)
    found = widths(headings, longest, [], [])
    assert sum(found.values()) <= ROOM
    assert all(pixels >= 9 * 7.7 + 17 for pixels in found.values())


def test_a_table_that_cannot_fit_is_left_alone():
    names = [f"figure {n}" for n in range(12)]
    headings = dict.fromkeys(names, "A heading")
    assert widths(headings, dict.fromkeys(names, 12), [], []) == {}
