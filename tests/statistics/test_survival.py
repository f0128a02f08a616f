"""How long work takes: open work is part of the answer."""

import numpy as np
import pytest

from dashboard.statistics.percentiles import nearest_rank, rank_interval
from dashboard.statistics.survival import incidence, kaplan_meier

TIMES = np.array([2, 3, 3, 5, 6, 8, 9, 12, 15, 20.0])
DONE = np.array([1, 1, 0, 1, 0, 1, 1, 0, 1, 0], dtype=bool)


def test_kaplan_meier():
    """KM1"""
    curve = kaplan_meier(TIMES, DONE)
    assert curve.times.tolist() == [2, 3, 5, 8, 9, 15]
    assert curve.shares.round(4).tolist() == [0.9, 0.8, 0.6857, 0.5486, 0.4114, 0.2057]
    assert curve.errors[4] == pytest.approx(0.1756, abs=0.00005)


def test_open_items_enter_lead_time():
    """DL5: half are done by 9; of the closed ones alone it would be 5."""
    assert kaplan_meier(TIMES, DONE).quantile(0.5) == 9
    assert nearest_rank(TIMES[DONE], 0.5) == 5


def test_a_share_that_is_never_reached_is_beyond_the_longest():
    curve = kaplan_meier(TIMES, DONE)
    assert curve.quantile(0.85) is None
    assert curve.longest == 20


def test_half_is_reached_when_exactly_half_are_done():
    curve = kaplan_meier(np.array([1.0, 2.0]), np.array([True, True]))
    assert curve.quantile(0.5) == 1


def test_window_start_items_enter_late():
    entries = np.array([0, 0, 0, 4, 0, 0, 7, 0, 10, 0.0])
    curve = kaplan_meier(TIMES, DONE, entries)
    shares = [0.8571, 0.7143, 0.5714, 0.4286, 0.2857, 0.1429]
    assert curve.shares.round(4).tolist() == shares
    assert (curve.quantile(0.5), curve.quantile(0.85)) == (8, 15)


def test_an_item_that_ends_as_it_is_first_seen_says_nothing():
    times, done = np.append(TIMES, 4.0), np.append(DONE, True)
    entries = np.append(np.zeros(10), 4.0)
    with_it = kaplan_meier(times, done, entries)
    assert with_it.shares.tolist() == kaplan_meier(TIMES, DONE).shares.tolist()


def test_nothing_done_is_no_curve():
    curve = kaplan_meier(np.array([3.0, 7.0]), np.array([False, False]))
    assert curve.times.size == 0
    assert curve.quantile(0.5) is None
    assert curve.longest == 7


def test_cancelled_is_an_outcome_of_its_own():
    """KM1 with the items at 3 and 12 cancelled."""
    outcome = np.array([1, 1, 2, 1, 0, 1, 1, 2, 1, 0])
    times, completed, cancelled = incidence(TIMES, outcome)
    by = dict(zip(times.tolist(), completed.round(2).tolist(), strict=True))
    assert (by[9], by[15]) == (0.54, 0.66)
    assert cancelled[-1] == pytest.approx(0.22)


@pytest.mark.parametrize(("share", "expect"), [(0.5, 10), (0.85, 17)])
def test_percentile_is_an_observed_value(share, expect):
    """DL4: interpolation would give 10.5 and 17.15."""
    assert nearest_rank(np.arange(1.0, 21.0), share) == expect


def test_a_percentile_lies_between_two_values():
    low, high, sure = rank_interval(60, 0.85)
    assert (low, high) == (45, 57)
    assert sure == pytest.approx(0.972, abs=0.0005)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_ranks_of_few_values_stay_among_them(n):
    low, high, _ = rank_interval(n, 0.95)
    assert 1 <= low <= high <= n
