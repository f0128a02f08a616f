"""How long live contacts wait."""

import math

import numpy as np
import pytest

from dashboard.statistics.queueing import (
    answered_within,
    mean_wait,
    persons_needed,
    waits_at_all,
)


@pytest.mark.parametrize(
    ("persons", "share"), [(11, 0.6821), (12, 0.4494), (13, 0.2853), (14, 0.1741)]
)
def test_erlang_c(persons, share):
    """The vector of a load of ten."""
    assert waits_at_all(10, persons) == pytest.approx(share, abs=0.00005)


@pytest.mark.parametrize("persons", [9, 10])
def test_a_desk_with_too_few_never_ends_its_queue(persons):
    assert waits_at_all(10, persons) == 1
    assert mean_wait(10, persons, 5) == math.inf
    assert answered_within(10, persons, 5, 60) == 0


def test_one_person_is_the_queue_with_one_desk():
    """M/M/1: a busy half waits, on average as long as one contact takes."""
    assert waits_at_all(0.5, 1) == pytest.approx(0.5)
    assert mean_wait(0.5, 1, 6) == pytest.approx(6)
    assert answered_within(0.5, 1, 6, 12) == pytest.approx(1 - 0.5 * math.exp(-1))


def test_no_fewer_persons_will_do():
    needed = persons_needed(10, 5, 0.8, 1)
    assert answered_within(10, needed, 5, 1) >= 0.8
    assert answered_within(10, needed - 1, 5, 1) < 0.8


def test_a_simulated_desk_waits_as_told():
    """Three persons, load two: simulated over 200,000 contacts."""
    random = np.random.default_rng(20261124)
    count = 200_000
    came = np.cumsum(random.exponential(1.0, count))
    takes = random.exponential(2.0, count)
    free = np.zeros(3)
    waited = np.empty(count)
    for i in range(count):
        first = int(free.argmin())
        starts = max(came[i], free[first])
        waited[i], free[first] = starts - came[i], starts + takes[i]
    assert (waited > 0).mean() == pytest.approx(waits_at_all(2, 3), abs=0.01)
    assert waited.mean() == pytest.approx(mean_wait(2, 3, 2), rel=0.06)
    assert (waited <= 1).mean() == pytest.approx(answered_within(2, 3, 2, 1), abs=0.01)
