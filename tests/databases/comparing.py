"""Whether two answers are the same: columns, types, rows, and the order of rows."""

from __future__ import annotations

import math

import pyarrow as pa


def difference(expected: pa.Table, found: pa.Table) -> str:
    """The first difference in words; empty where there is none.

    Floats may differ by a billionth of their size, everything else by nothing.
    """
    if expected.schema != found.schema:
        pairs = zip(expected.schema, found.schema, strict=False)
        return f"columns: {[(a, b) for a, b in pairs if a != b]}"
    if expected.num_rows != found.num_rows:
        return f"{found.num_rows} rows instead of {expected.num_rows}"
    for name in expected.column_names:
        if expected[name].equals(found[name]):
            continue
        pairs = zip(expected[name].to_pylist(), found[name].to_pylist(), strict=True)
        for row, (wanted, told) in enumerate(pairs):
            if not _same(wanted, told):
                return f"row {row}, {name}: {told!r} instead of {wanted!r}"
    return ""


def _same(wanted: object, told: object) -> bool:
    if isinstance(wanted, float) and isinstance(told, float):
        return math.isclose(wanted, told, rel_tol=1e-9, abs_tol=1e-9)
    return wanted == told and type(wanted) is type(told)
