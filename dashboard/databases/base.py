"""What the gate asks of any operations database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from dashboard.databases.state import State
from dashboard.databases.stopping import Stop

BATCH_ROWS = 50_000
Contract = Callable[[], pa.Schema]
"""The columns that an answer has to have, whatever its driver tells of their types."""


class Database(ABC):
    """One operations database. Safe to use from many threads."""

    @abstractmethod
    def state(self) -> State:
        """What it says of itself now. Raises DatabaseError where it cannot be read."""

    @abstractmethod
    def run(
        self, sql: str, values: Mapping[str, Any], contract: Contract, stop: Stop
    ) -> pa.Table:
        """All rows of one select. Raises DatabaseError, TimeLimitError."""

    @abstractmethod
    def stream(
        self, sql: str, values: Mapping[str, Any], contract: Contract
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select in batches, never all in memory at once."""

    @abstractmethod
    def check(self) -> None:
        """Return if it answers now; a stalled one may not. Raises DatabaseError."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it when nobody reads it; the next question opens it anew."""
