"""Small groups scatter: is one really different?"""

import numpy as np
import pytest

from dashboard.statistics.funnel import exact_limit, funnel, overdispersion
from tests.statistics.test_control_charts import LANEY_N


@pytest.mark.parametrize(
    ("n", "warning", "alarm"),
    [
        (50, (0, 0.1098), (0, 0.1580)),
        (200, (0.0196, 0.0797), (0.0065, 0.1012)),
        (1000, (0.0364, 0.0634), (0.0295, 0.0720)),
    ],
)
def test_exact_limits_about_five_percent(n, warning, alarm):
    tails = [(0.025, 0.975), (0.001, 0.999)]
    for (low, high), expect in zip(tails, (warning, alarm), strict=True):
        found = [exact_limit(0.05, np.array([n]), tail)[0] for tail in (low, high)]
        assert found == pytest.approx(expect, abs=0.00005)


X = np.array([2, 3, 2, 4, 9, 2.0])
N = np.array([100, 120, 80, 150, 90, 110.0])


def test_one_team_of_six_is_really_different():
    """EQ8: E has 10.0 %, above its 99.8 % limit; all others are inside 95 %."""
    found = funnel(X, N)
    assert found.pooled == pytest.approx(22 / 650)
    assert found.alarm[1][4] == pytest.approx(0.0998, abs=0.00005)
    shares = X / N
    assert (shares > found.alarm[1]).tolist() == [False] * 4 + [True, False]
    others = np.delete(shares, 4)
    assert (others < np.delete(found.warning[1], 4)).all()
    assert (others > np.delete(found.warning[0], 4)).all()


def test_fewer_than_ten_groups_are_not_widened():
    assert funnel(X, N).overdispersion == 1


SCATTERED = np.array([5, 30, 9, 40, 6, 35, 11, 16, 8, 10.0])


def test_overdispersed_groups_widen_their_limits():
    assert overdispersion(SCATTERED, LANEY_N) == pytest.approx(5.014, abs=0.0005)
    found = funnel(SCATTERED, LANEY_N)
    narrow = exact_limit(found.pooled, LANEY_N, 0.975)
    assert (found.warning[1] > narrow).all()


def test_nothing_wrong_anywhere_has_limits_at_zero():
    found = funnel(np.zeros(12), np.full(12, 50.0))
    assert (found.pooled, found.overdispersion) == (0, 1)
    assert found.alarm[1].tolist() == [0] * 12


def test_widened_limits_are_those_of_the_scatter():
    """theta ± z sqrt(phi theta (1 - theta) / n), between 0 and 1."""
    found = funnel(SCATTERED, LANEY_N)
    sigma = np.sqrt(found.overdispersion * found.pooled * (1 - found.pooled) / LANEY_N)
    for z, (low, high) in ((1.959964, found.warning), (3.090232, found.alarm)):
        assert high == pytest.approx(found.pooled + z * sigma, abs=1e-6)
        assert low == pytest.approx(np.clip(found.pooled - z * sigma, 0, 1), abs=1e-6)


def test_ten_groups_without_extra_scatter_keep_exact_limits():
    n = np.full(10, 100.0)
    x = np.array([5, 5, 6, 4, 5, 5, 6, 4, 5, 5.0])
    found = funnel(x, n)
    assert found.overdispersion < 1
    assert found.alarm[1] == pytest.approx(exact_limit(0.05, n, 0.999))
