"""How long live contacts wait for a free person."""

from __future__ import annotations

import math


def waits_at_all(load: float, persons: int) -> float:
    """The share of contacts that find nobody free; 1 where the queue never ends.

    `load` is how many contacts are being handled on average, if nobody waited
    (erlangs). Contacts come by chance, wait in one queue and never give up. Erlang C,
    by the Poisson distribution.
    """
    from scipy.stats import poisson

    if persons <= load:
        return 1.0
    blocked = poisson.pmf(persons, load) / poisson.cdf(persons, load)
    return float(persons * blocked / (persons - load * (1 - blocked)))


def mean_wait(load: float, persons: int, minutes: float) -> float:
    """Minutes that a contact waits on average, of all; one takes `minutes`."""
    if persons <= load:
        return math.inf
    return waits_at_all(load, persons) * minutes / (persons - load)


def answered_within(load: float, persons: int, minutes: float, limit: float) -> float:
    """The share of contacts that wait at most `limit` minutes."""
    if persons <= load:
        return 0.0
    longer = math.exp(-(persons - load) * limit / minutes)
    return 1 - waits_at_all(load, persons) * longer


def persons_needed(load: float, minutes: float, share: float, limit: float) -> int:
    """The fewest persons with whom that share waits at most `limit` minutes."""
    persons = math.floor(load) + 1
    while answered_within(load, persons, minutes, limit) < share:
        persons += 1
    return persons
