"""Rows of a driver as columns, for drivers that give no others."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from typing import Any

import pyarrow as pa

from dashboard.errors import DatabaseError

WIDE = Context(prec=40)


def columnar(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of the driver as columns of the types of a schema.

    Raises DatabaseError where a value does not fit.
    """
    columns = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        try:
            columns.append(_column(values, field.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, ArithmeticError, ValueError) as e:
            raise DatabaseError(
                f"The column {field.name} of an answer does not fit {field.type} "
                f"({e}): compare the types of the tables with docs/relations.md."
            ) from e
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _column(values: tuple[Any, ...], kind: pa.DataType) -> pa.Array:
    """Sums come as decimals, flags as numbers, percentiles as floats."""
    convert: Callable[[Any], Any] | None = None
    if pa.types.is_integer(kind):
        convert = _whole
    elif pa.types.is_floating(kind):
        convert = float
    elif pa.types.is_boolean(kind):
        convert = bool
    elif pa.types.is_decimal(kind):
        convert = partial(_places, Decimal(1).scaleb(-kind.scale))
    if convert:
        return pa.array([v if v is None else convert(v) for v in values], kind)
    return pa.array(values, kind)


def _whole(value: Any) -> int:
    """A whole number; ValueError rather than a cut."""
    whole = int(value)
    if whole != value:
        raise ValueError(f"{value} is not whole")
    return whole


def _places(unit: Decimal, value: Any) -> Decimal:
    """A decimal of as many places as its unit; half goes away from zero."""
    return Decimal(value).quantize(unit, ROUND_HALF_UP, WIDE)
