"""Tables of cells and what they become, each of one case."""

from typing import Any

import pytest


def case(name: str, declared: str, *drawn: str) -> Any:
    """Rows of `cell | outcome` of a column as declared, marked with the case."""
    table = "\n".join(["cell | outcome", *drawn])
    mark = pytest.mark.case(name)
    return pytest.param(declared, table, id=f"{name} {declared}", marks=mark)
