"""Control charts: a signal is told from noise by limits that do not move."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.statistics.control_charts import (
    BEYOND,
    RUN,
    ZONE,
    Limits,
    g_chart,
    laney_p,
    laney_u,
    signals,
    suits_a_share,
    xmr,
)

LANEY_X = np.array([12, 18, 9, 25, 14, 30, 11, 16, 22, 13.0])
LANEY_N = np.array([1000, 1200, 900, 1500, 1000, 1400, 950, 1100, 1300, 1000.0])
WITHIN = 0.0000005


def every(values):
    return np.ones(len(values), dtype=bool)


def first(count, values):
    return np.arange(len(values)) < count


def told(values, limits, counts=None):
    values = np.asarray(values, dtype=float)
    return signals(limits, values, every(values) if counts is None else counts)


def test_laney_shares():
    """LANEY: p' limits of the first point, wider than chance by sigma z."""
    limits = laney_p(LANEY_X, LANEY_N, every(LANEY_X))
    assert limits.centre == pytest.approx(0.014978, abs=WITHIN)
    assert limits.spread == pytest.approx(1.2019, abs=0.00005)
    assert limits.low[0] == pytest.approx(0.001128, abs=WITHIN)
    assert limits.high[0] == pytest.approx(0.028828, abs=WITHIN)


def test_laney_without_overdispersion_is_the_classic_chart():
    """LANEY: p limits of the first point are 0.003455 to 0.026501."""
    limits = laney_p(LANEY_X, LANEY_N, every(LANEY_X))
    wide = (limits.high[0] - limits.centre) / limits.spread
    assert limits.centre - wide == pytest.approx(0.003455, abs=WITHIN)
    assert limits.centre + wide == pytest.approx(0.026501, abs=WITHIN)


def test_laney_defects_per_unit():
    """LANEY: sigma z 1.1929, the same limits as p'."""
    limits = laney_u(LANEY_X, LANEY_N, every(LANEY_X))
    assert limits.spread == pytest.approx(1.1929, abs=0.00005)
    assert limits.low[0] == pytest.approx(0.001128, abs=WITHIN)
    assert limits.high[0] == pytest.approx(0.028828, abs=WITHIN)


def test_defects_per_unit_may_exceed_one():
    x, n = np.array([30, 32, 29, 41.0]), np.array([10, 10, 10, 10.0])
    assert laney_u(x, n, every(x)).high[0] > 3


def test_laney_used_on_large_samples():
    """Of stable but wobbling weeks the classic chart calls 9 % out, p' 0.2 %."""
    rng = np.random.default_rng(20261124)
    classic, laney, points = 0, 0, 0
    n = np.full(30, 5000.0)
    for _ in range(300):
        rates = np.clip(rng.normal(0.02, 0.003, 30), 0, 1)
        x = rng.binomial(5000, rates).astype(float)
        limits = laney_p(x, n, every(x))
        wide = (limits.high - limits.centre) / limits.spread
        classic += int((np.abs(x / n - limits.centre) > wide).sum())
        laney += int(((x / n < limits.low) | (x / n > limits.high)).sum())
        points += 30
    assert 100 * classic / points == pytest.approx(9, abs=2)
    assert 100 * laney / points == pytest.approx(0.2, abs=0.5)


def test_points_without_n_are_skipped():
    x, n = np.insert(LANEY_X, 3, 0.0), np.insert(LANEY_N, 3, 0.0)
    limits = laney_p(x, n, every(x))
    assert limits.spread == pytest.approx(1.2019, abs=0.00005)
    assert np.isnan(limits.low[3])
    assert signals(limits, x / np.where(n > 0, n, 1), every(x))[3] is None


def test_xmr_limits_after_one_screening():
    """One jump to 10: without it the mean moving range is 1.0, with it 1.8824."""
    values = np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0])
    limits = xmr(values, every(values))
    assert limits.centre == pytest.approx(1.9444, abs=0.00005)
    assert limits.low[0] == pytest.approx(-0.7156, abs=0.00005)
    assert limits.high[0] == pytest.approx(4.6044, abs=0.00005)


def test_xmr_of_counts_does_not_fall_below_zero():
    values = np.array([1, 2, 1, 2, 10, 1, 2, 1, 2.0])
    assert xmr(values, every(values), at_least=0).low[0] == 0


LOCKED = np.array([40, 42, 38, 41, 39, 43, 40, 37, 42, 41, 39, 38.0])
LATER = np.array([44, 45, 46, 47, 48.0])


def test_limits_are_locked():
    """EQ7: with the limits of the baseline the last of the new points is a signal."""
    values = np.append(LOCKED, LATER)
    limits = xmr(values, first(12, values))
    assert limits.centre == 40
    assert limits.low[0] == pytest.approx(32.75, abs=0.005)
    assert limits.high[0] == pytest.approx(47.25, abs=0.005)
    assert told(values, limits)[-1] == BEYOND
    assert not limits.is_trial


def test_limits_of_all_points_would_hide_the_signal():
    """EQ7: recomputed over all 17 they become 35.11 to 48.41."""
    values = np.append(LOCKED, LATER)
    limits = xmr(values, every(values))
    assert limits.low[0] == pytest.approx(35.11, abs=0.005)
    assert limits.high[0] == pytest.approx(48.41, abs=0.005)
    assert BEYOND not in told(values, limits)


def test_target_inside_limits_is_not_failure():
    """EQ6: point 6 misses the target of 2 %, and yet nothing has changed."""
    limits = laney_p(LANEY_X, LANEY_N, every(LANEY_X))
    shares = LANEY_X / LANEY_N
    assert shares[5] > 0.02
    assert told(shares, limits) == [None] * 10
    assert limits.low[5] < 0.02 < limits.high[5]


def test_fewer_than_twelve_points_give_trial_limits():
    assert laney_p(LANEY_X, LANEY_N, every(LANEY_X)).is_trial


def test_g_chart_of_rare_errors():
    gaps = np.array([310, 150, 420, 95, 260, 510, 180, 275, 330, 220.0])
    limits = g_chart(gaps, every(gaps))
    assert (limits.low[0], limits.centre, limits.high[0]) == (0, 190, 1820)
    assert told(gaps, limits) == [None] * 10


STABLE = np.tile([9.0, 11.0], 6)  # mean 10, mean moving range 2: sigma 1.773


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        ([10 + 2.66 * 2 + 0.01], BEYOND),
        ([10 + 2.66 * 2 - 0.01], None),
        ([10.5] * 6, None),
        ([10.5] * 7, RUN),
        ([9.5] * 7, RUN),
        ([13.6, 13.6, 10.1, 13.6], ZONE),
        ([13.6, 13.6, 9.9, 13.6], None),
        ([13.6, 10.1, 10.1, 13.6], None),
    ],
)
def test_the_rule_that_fired_is_named(later, rule):
    values = np.append(np.append(STABLE, 9.0), later)
    limits = xmr(values, first(12, values))
    assert told(values, limits)[-1] == rule


def test_partial_weeks_leave_control_limits():
    values = np.append(STABLE, 99.0)
    counts = first(12, values)
    assert told(values, xmr(values, counts), counts) == [None] * 13


def test_a_share_needs_five_defects_a_point():
    n = np.full(4, 100.0)
    assert suits_a_share(np.array([5, 5, 5, 5.0]), n)
    assert not suits_a_share(np.array([5, 5, 5, 4.0]), n)
    assert not suits_a_share(np.zeros(4), np.zeros(4))


def test_nothing_to_chart_is_no_limits():
    none = np.array([], dtype=float)
    for limits in (laney_p(none, none, every(none)), xmr(none, every(none))):
        assert np.isnan(limits.centre)
        assert signals(limits, none, every(none)) == []


@pytest.mark.parametrize(("judged", "most"), [("same", 0.003), ("next", 0.005)])
def test_a_year_of_stable_weeks_raises_hardly_a_false_point(judged, most):
    """At most 0.3 % beyond three sigmas by the limits of the same year.

    By limits of the year before it is up to 0.5 %, since those are estimates too.
    """
    rng = np.random.default_rng(7)
    beyond = points = 0
    for _ in range(400):
        n = rng.integers(300, 700, 104).astype(float)
        x = rng.binomial(n.astype(int), 0.2).astype(float)
        limits = laney_p(x, n, first(52, x))
        shares = x / n
        outside = (shares < limits.low) | (shares > limits.high)
        beyond += int((outside[:52] if judged == "same" else outside[52:]).sum())
        points += 52
    assert beyond / points <= most


def test_a_chart_says_what_it_is():
    gaps = np.array([310, 150, 420, 95, 260, 510, 180, 275, 330, 220, 200, 240.0])
    kinds = [
        (laney_p(LANEY_X, LANEY_N, every(LANEY_X)), "p'", True),
        (laney_u(LANEY_X, LANEY_N, every(LANEY_X)), "u'", True),
        (xmr(LOCKED, every(LOCKED)), "XmR", False),
        (g_chart(gaps, every(gaps)), "g", False),
    ]
    for limits, kind, is_trial in kinds:
        assert (limits.kind, limits.is_trial) == (kind, is_trial)


def test_only_the_baseline_sets_the_limits_and_all_points_get_them():
    x, n = np.append(LANEY_X, [500.0, 0.0]), np.append(LANEY_N, [1000.0, 1000.0])
    limits = laney_p(x, n, first(10, x))
    assert limits.centre == pytest.approx(0.014978, abs=WITHIN)
    assert limits.high[-1] == limits.high[-2] == limits.high[0]
    assert told(x / n, limits)[-2:] == [BEYOND, BEYOND]


def test_limits_of_shares_stay_between_none_and_all():
    x, n = np.array([1, 0, 2, 19, 20, 18.0]), np.full(6, 20.0)
    limits = laney_p(x, n, every(x))
    assert (limits.low >= 0).all()
    assert (limits.high <= 1).all()


def test_distances_are_in_sigmas_of_the_chart():
    """XmR: sigma is the mean moving range of 2 over 1.128."""
    values = np.append(STABLE, [10 + 3 * 2 / 1.128])
    assert xmr(values, first(12, values)).sigmas[-1] == pytest.approx(3)
    gaps = np.array([310, 150, 420, 95, 260, 510, 180, 275, 330, 220.0])
    found = g_chart(np.append(gaps, [0.0, 190.0, 5000.0]), first(10, np.zeros(13)))
    assert found.sigmas[10] < -2 < found.sigmas[11] < 0.1
    assert found.sigmas[12] > 3


@pytest.mark.parametrize(
    "later", [[10.5] * 5 + [9.5] * 6, [9.9, 13.6, 13.6, 13.6], [10.5] * 3 + [10.0] * 6]
)
def test_a_signal_needs_its_whole_run(later):
    """Five on one side, then six on the other; three far out after one below."""
    values = np.append(STABLE, later)
    found = told(values, xmr(values, first(12, values)))
    assert found == [None] * len(values)


def by_hand(points):
    """The rule of each point, one by one; a point that does not count breaks none."""
    found, seen = [], []
    for sigmas, counts in points:
        if not counts or math.isnan(sigmas):
            found.append(None)
            continue
        seen.append(sigmas)
        seven, four = seen[-7:], seen[-4:]
        sides = [
            {math.copysign(1, s) if s else 0 for s in run} for run in (seven, four)
        ]
        is_run, is_side = (len(side) == 1 and 0 not in side for side in sides)
        if abs(sigmas) > 3:
            found.append(BEYOND)
        elif len(seven) == 7 and is_run:
            found.append(RUN)
        elif len(four) == 4 and is_side and sum(abs(s) > 2 for s in four) >= 3:
            found.append(ZONE)
        else:
            found.append(None)
    return found


distances = st.sampled_from((-3.5, -3.0, -2.5, -2.0, -1.0, 0.0, 1.0, 2.0, 2.5, 3.5))
points = st.lists(
    st.tuples(distances | st.just(math.nan), st.booleans() | st.just(True)), max_size=30
)


@settings(max_examples=500, deadline=None)
@given(points)
@example([(2.5, True), (1.0, True), (2.5, True), (2.5, True)])
@example([(1.0, True)] * 3 + [(-1.0, False), (math.nan, True)] + [(1.0, True)] * 4)
def test_rules_are_those_counted_by_hand(points):
    """Distances serve as values, with limits at three sigmas."""
    sigmas = np.array([s for s, _ in points], dtype=float)
    counts = np.array([c for _, c in points], dtype=bool)
    three = np.full(len(points), 3.0)
    limits = Limits("XmR", 0.0, -three, three, sigmas, math.nan, False)
    assert signals(limits, sigmas, counts) == by_hand(points)
