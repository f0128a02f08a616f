"""What the library that writes SQL would do otherwise, unnoticed."""

from __future__ import annotations

import pytest

from dashboard.sql import rewriting  # noqa: F401 - the dialects import each other
from dashboard.sql.dialects import SPOKEN

# Their transforms rewrite the tree first, and call the method then.
CALLED_ALL_THE_SAME = {"select_sql"}


@pytest.mark.parametrize("name", SPOKEN)
def test_how_we_spell_a_thing_is_how_it_is_spelled(name):
    """A transform of the library wins over a method, so there must not be both."""
    generator = SPOKEN[name].Generator
    ours = {
        method
        for base in generator.__mro__
        if base.__module__.startswith("dashboard.")
        for method in vars(base)
    }
    theirs = {f"{kind.key}_sql" for kind in generator.TRANSFORMS}
    assert ours & theirs <= CALLED_ALL_THE_SAME
