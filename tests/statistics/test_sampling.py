"""What a sample of checks can tell, and what it cannot."""

import numpy as np
import pytest

from dashboard.statistics.agreement import kappa
from dashboard.statistics.intervals import is_clear_difference, wilson, wilson_of_sample
from dashboard.statistics.sampling import (
    chance_of_passing,
    checks_needed,
    highest_rate,
    per_unit,
    stratified,
)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (0, 50, 0, 0.07135),
        (1, 50, 0.00354, 0.10495),
        (7, 50, 0.06951, 0.26186),
        (15, 50, 0.19104, 0.43750),
        (50, 50, 0.92865, 1),
        (3, 200, 0.00511, 0.04317),
        (12, 1000, 0.00688, 0.02086),
    ],
)
def test_wilson(x, n, low, high):
    found = wilson(np.array([x], float), np.array([n], float))
    assert [bound[0] for bound in found] == pytest.approx([low, high], abs=0.000005)


@pytest.mark.parametrize(
    ("x", "n", "population", "low", "high"),
    [
        (3, 200, 500, 0.00642, 0.03465),
        (5, 95, 100, 0.05, 0.06367),  # five are known to be wrong
        (5, 100, 100, 0.05, 0.05),  # a census has no interval
        (3, 200, np.nan, 0.00511, 0.04317),  # not known: as if endless
        (3, 200, 150, 0.00511, 0.04317),  # cannot be: not believed
        (0, 0, 0, np.nan, np.nan),
    ],
)
def test_interval_closes_as_all_is_checked(x, n, population, low, high):
    found = wilson_of_sample(*(np.array([c], float) for c in (x, n, population)))
    bounds = [bound[0] for bound in found]
    assert bounds == pytest.approx([low, high], abs=0.000005, nan_ok=True)


@pytest.mark.parametrize(
    ("first", "second", "is_clear"),
    [
        ((56, 70), (48, 80), True),  # 0.0524 to 0.3339 in Newcombe's table II
        ((9, 10), (3, 10), True),  # 0.1705 to 0.8090
        ((10, 100), (12, 100), False),
        ((12, 100), (10, 100), False),
        ((48, 80), (56, 70), True),
    ],
)
def test_a_difference_is_clear_if_chance_does_not_explain_it(first, second, is_clear):
    bounds = [
        wilson(np.array([x], float), np.array([n], float)) for x, n in (first, second)
    ]
    ends = [(float(low[0]), float(high[0])) for low, high in bounds]
    rates = [x / n for x, n in (first, second)]
    assert is_clear_difference(rates[0], ends[0], rates[1], ends[1]) == is_clear


@pytest.mark.parametrize(
    ("x", "n", "effective", "low", "high"),
    [
        ([2, 2], [200, 20], 269.2, 0.00822, 0.04332),
        ([1, 10], [100, 100], 258.9, 0.00809, 0.04398),
    ],
)
def test_coverage_shift_has_the_weighted_interval(x, n, effective, low, high):
    """EQ2: quality did not change, and neither does the weighted rate of 1.90 %."""
    found = stratified(np.array(x, float), np.array(n, float), np.array([900, 100.0]))
    assert found[0] == pytest.approx(0.019)
    assert found[1] == pytest.approx(effective, abs=0.05)
    assert found[2:] == pytest.approx((low, high), abs=0.000005)


def test_no_defect_anywhere_rests_on_all_checks():
    found = stratified(np.zeros(2), np.array([30, 20.0]), np.array([900, 100.0]))
    assert found[:3] == (0, 50, 0)


def test_fields_of_one_document_fail_together():
    """EQ3: pooled, not averaged over documents, and with the spread of documents."""
    rate, error = per_unit(np.array([0, 3, 1, 0.0]), np.array([40, 60, 100, 50.0]))
    assert 10_000 * rate == pytest.approx(160.0)
    assert 10_000 * error == pytest.approx(109.0, abs=0.05)


def test_fifty_checks_with_one_allowed_pass_bad_work_often():
    assert chance_of_passing(50, 1, 0.05) == pytest.approx(0.279, abs=0.0005)


def test_no_error_in_fifty_allows_nearly_six_percent():
    assert highest_rate(50, 0) == pytest.approx(0.058, abs=0.0005)
    assert highest_rate(50, 50) == 1


@pytest.mark.parametrize(
    ("rate", "within", "n"), [(0.02, 0.01, 792), (0.05, 0.02, 469), (0.01, 0.005, 1606)]
)
def test_checks_needed(rate, within, n):
    assert checks_needed(rate, within) == n


def test_reviewers_agree_beyond_chance():
    assert kappa(40, 5, 10, 45) == pytest.approx(0.70)


def test_agreement_needs_twenty_pairs_and_two_judgements():
    assert kappa(9, 1, 1, 8) is None
    assert kappa(20, 0, 0, 0) is None
    assert kappa(0, 0, 0, 20) is None
