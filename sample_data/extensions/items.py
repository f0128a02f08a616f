"""The items of a chunk, as the extensions see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from sample_data.columns import where, words
from sample_data.company import TEAM_DEPARTMENTS, WORK_TYPES
from sample_data.lives import Lives, World
from sample_data.work import CANCELLED, History, completed_at

CURRENCIES, CURRENCY_SHARES = ("GBP", "EUR", "USD"), (0.80, 0.14, 0.06)
KINDS = tuple(kind.name for kind in WORK_TYPES)


@dataclass(frozen=True)
class Items:
    """What was made of a chunk; all times are local seconds."""

    world: World
    lives: Lives
    told: History
    ids: pa.Array

    def of(self, *kinds: str) -> np.ndarray:
        """The items of some kinds of work that stayed in their department."""
        wanted = [KINDS.index(kind) for kind in kinds]
        last = TEAM_DEPARTMENTS[self.told.team[self.told.last]]
        is_here = last == self.lives.department
        return np.flatnonzero(is_here & np.isin(self.lives.work_type, wanted))

    def done(self, *kinds: str) -> np.ndarray:
        """The items of some kinds of work that are completed, by position."""
        item = self.of(*kinds)
        return item[self.is_done[item]]

    @cached_property
    def ended(self) -> np.ndarray:
        """When the last thing happened to each item: where done, its completion."""
        return completed_at(self.told)[0]

    @cached_property
    def is_done(self) -> np.ndarray:
        """Whether each item is completed."""
        return completed_at(self.told)[1]

    @cached_property
    def is_cancelled(self) -> np.ndarray:
        """Whether each item ended without being done."""
        return self.told.status[self.told.last] == CANCELLED

    def within(self, item: np.ndarray, share: np.ndarray) -> np.ndarray:
        """Local times of items at shares of the time that they take."""
        lives, calendar = self.lives, self.lives.calendar[item]
        worked = lives.worked[item] + (lives.lead[item] * share).astype(np.int64)
        return np.maximum(
            self.world.calendar.local(calendar, worked), lives.received[item]
        )

    def in_life(self, item: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Whether items were not yet cancelled at local times."""
        return ~self.is_cancelled[item] | (at <= self.ended[item])

    def keys(self, item: np.ndarray) -> pa.Array:
        """The keys of items."""
        return words(item, self.ids)

    def told_at(self, at: np.ndarray, happens: np.ndarray | bool = True) -> pa.Array:
        """Instants of what happened by the moment of the data; null for the rest."""
        newest = self.world.newest
        told = self.world.calendar.utc(np.minimum(at, newest))
        return where(told, happens & (at < newest))
