"""Numpy columns as Arrow columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def words(positions: np.ndarray, names: Sequence[str] | pa.Array) -> pa.Array:
    """Names by their positions; a negative position is null."""
    positions = np.asarray(positions, dtype=np.int32)
    indices = pa.array(positions, mask=positions < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names))


def where(values: np.ndarray, known: np.ndarray) -> pa.Array:
    """Values, null where they are not known."""
    return pa.array(values, mask=~known)


def numbered(prefix: pa.Array | str, first: int, count: int, width: int) -> pa.Array:
    """Keys such as AP-0000123: a prefix and a running number."""
    numbers = pa.array(np.arange(first, first + count)).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(numbers, width, "0"), "")


def pick(rng: np.random.Generator, weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """For each of `rows`, a column of `weights` drawn by the weights of that row."""
    limits = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    # Rows follow each other on one line, so that one search serves them all.
    line = (limits + np.arange(len(weights))[:, None]).ravel()
    drawn = np.searchsorted(line, rows + rng.random(len(rows)), side="right")
    return np.minimum(drawn - rows * weights.shape[1], weights.shape[1] - 1)


def draw(
    rng: np.random.Generator, weights: Sequence[float] | np.ndarray, count: int
) -> np.ndarray:
    """Positions drawn by weights."""
    return pick(rng, np.array([weights]), np.zeros(count, dtype=np.int64))
