"""A change is worth a colour if chance does not explain it."""

import pytest

from dashboard.analyses.changes import has_changed


def row(rate, low, high):
    return {"on_time": rate, "on_time_low": low, "on_time_high": high}


@pytest.mark.parametrize(
    ("now", "before", "changed"),
    [
        (row(0.80, 0.78, 0.82), row(0.90, 0.88, 0.92), True),
        (row(0.80, 0.78, 0.82), row(0.81, 0.79, 0.83), False),
        (row(None, None, None), row(0.90, 0.88, 0.92), False),
        (row(0.80, 0.78, 0.82), {}, False),
    ],
    ids=["clear", "chance", "too few now", "nothing before"],
)
def test_a_rate_has_changed_if_chance_does_not_explain_it(now, before, changed):
    assert has_changed("on_time", now, before) == changed
