"""When a rate or a percentile is shown, and a rate at a fixed mix."""

import numpy as np
import pytest

from dashboard.statistics.intervals import percentile_states, rate_states, wilson
from dashboard.statistics.weighted import weighted_rate


def test_a_rate_is_shown_from_twenty_on():
    states = rate_states(np.array([np.nan, 0, 1, 19, 20, 500.0]))
    assert states == ["no_value", "no_value", "too_few", "too_few", "ok", "ok"]


@pytest.mark.parametrize(
    ("name", "fewest"), [("lead_hours_p50", 5), ("age_p85", 20), ("p95", 60)]
)
def test_a_percentile_is_shown_where_the_largest_could_hold_it(name, fewest):
    states = percentile_states(name, np.array([np.nan, 0, fewest - 1.0, fewest]))
    assert states == ["no_value", "no_value", "too_few", "ok"]


def test_nothing_tried_has_no_interval():
    low, high = wilson(np.array([0.0, 3.0]), np.array([0.0, 50.0]))
    assert np.isnan([low[0], high[0]]).all()
    assert 0 < low[1] < 0.06 < high[1] < 1


def test_more_successes_than_trials_are_all_of_them():
    low, high = wilson(np.array([60.0, -1.0]), np.array([50.0, 50.0]))
    assert (high[0], low[1]) == (1, 0)


@pytest.mark.parametrize(
    ("x", "n", "weight", "expect"),
    [
        ([2, 2], [200, 20], [900, 100], 0.019),  # EQ2, M1
        ([1, 10], [100, 100], [900, 100], 0.019),  # EQ2, M2
        ([3, 1, 0], [30, 1, 1], [80, 10, 10], 0.18),  # two strata of one check, merged
        ([3, 1], [30, 1], [80, 20], 0.1),  # a stratum of one check says nothing
        ([3, 0], [19, 0], [80, 20], None),  # fewer than 20 checks in all
        ([3, 0], [20, 0], [80, 20], 0.15),
        ([3, 0], [20, 0], [0, 0], None),
    ],
)
def test_a_rate_at_the_mix_of_the_work(x, n, weight, expect):
    found = weighted_rate(*(np.array(part, float) for part in (x, n, weight)))
    rate = found and found[0]
    assert rate == (None if expect is None else pytest.approx(expect))
