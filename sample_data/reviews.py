"""Checks of finished work: random ones, targeted ones and those of customers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sample_data import stories
from sample_data.columns import numbered, pick, words
from sample_data.company import DEPARTMENTS, ERROR_TYPES, REVIEW_RATES
from sample_data.lives import Lives, World
from sample_data.work import History, completed_at
from sample_data.working_time import DAY

DESIGNS = ("random", "targeted", "customer")
TARGETED, CUSTOMER, TWICE = 0.012, 0.005, 0.06
TARGETED_FACTOR = 3.0  # such work is looked at because it looks wrong
SEEN_AGAIN, SEEN_ANEW = 0.85, 0.01  # chance that a second look finds something
CRITICAL, UNTYPED = 0.12, 0.05
REVIEWERS = tuple(f"Quality {number}" for number in range(1, 13))
UNITS = np.array([department.units for department in DEPARTMENTS])


def reviews_table(
    world: World,
    lives: Lives,
    told: History,
    ids: pa.Array,
    first_number: int,
    rng: np.random.Generator,
) -> pa.Table:
    """The relation quality_reviews for the items of a chunk."""
    done, is_done = completed_at(told)
    item, design, is_wrong = _chosen(lives, done, is_done, rng)
    at = (done[item] // DAY + rng.integers(0, 10, len(item))) * DAY
    at += 9 * 3600 + rng.integers(0, 8 * 3600, len(item))
    at = np.where(at <= done[item], done[item] + 1800, at)
    known = at < world.newest
    item, design, is_wrong, at = item[known], design[known], is_wrong[known], at[known]
    count = len(item)
    units = 1 + rng.poisson(UNITS[lives.department[item]] - 1)
    defects = np.minimum(is_wrong * rng.geometric(0.6, count), units)
    is_critical = rng.random(count) < CRITICAL
    return pa.table(
        {
            "review_id": numbered("Q", first_number, count, 7),
            "item_id": words(item, ids),
            "work_date": world.calendar.date_of(done[item]),
            "reviewed_at": world.calendar.utc(at),
            "design": words(design, DESIGNS),
            "reviewer": words(rng.integers(0, len(REVIEWERS), count), REVIEWERS),
            "units": units,
            "defects": defects,
            "critical_defects": np.where(is_critical, np.minimum(defects, 1), 0),
            "error_type": words(
                _error_types(lives.department[item], done[item], is_wrong, rng),
                ERROR_TYPES,
            ),
        }
    )


def _chosen(
    lives: Lives, done: np.ndarray, is_done: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Items to check, why, and whether something is found."""
    luck = rng.random(len(lives))
    rate = stories.error_rates(lives.department, done // DAY)
    is_wrong = rng.random(len(lives)) < rate
    at_random = np.flatnonzero(is_done & (luck < REVIEW_RATES[lives.work_type]))
    twice = at_random[rng.random(len(at_random)) < TWICE]
    targeted = np.flatnonzero(is_done & (luck > 1 - TARGETED))
    complained = np.flatnonzero(is_done & (rng.random(len(lives)) < CUSTOMER))
    groups = [at_random, twice, targeted, complained]
    seen = np.where(is_wrong[twice], SEEN_AGAIN, SEEN_ANEW)
    second_look = rng.random(len(twice)) < seen
    suspected = rng.random(len(targeted)) < rate[targeted] * TARGETED_FACTOR
    found = [is_wrong[at_random], second_look, suspected, complained >= 0]
    designs = np.repeat([0, 0, 1, 2], [len(group) for group in groups])
    return np.concatenate(groups), designs, np.concatenate(found)


def _error_types(
    department: np.ndarray,
    done: np.ndarray,
    is_wrong: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """What was wrong; -1 where nothing was, or where nobody wrote it down."""
    weights = stories.error_weights()
    is_new = stories.on_new_form(department, done // DAY)
    kind = pick(rng, weights, np.where(is_new, len(weights) - 1, department))
    is_typed = is_wrong & (rng.random(len(department)) >= UNTYPED)
    return np.where(is_typed, kind, -1)
