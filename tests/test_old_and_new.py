"""Two values that differ are never written alike."""

from datetime import datetime
from decimal import Decimal

import pytest

from dashboard.old_and_new import old_and_new


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (Decimal("7.0000"), Decimal("1234.5000"), ("7.00", "1,234.50")),
        (Decimal("7.0000"), Decimal("7.0001"), ("7.00", "7.0001")),
        (None, "Paid", ("(none)", "Paid")),
        ("Red", "Red ", ('"Red"', '"Red "')),
        (
            datetime(2026, 3, 2, 3, 30),
            datetime(2026, 3, 2, 4),
            ("2026-03-02 09:00", "2026-03-02 09:30"),
        ),
        (
            datetime(2026, 3, 2, 18, 29),
            datetime(2026, 3, 2, 18, 29, 59, 999999),
            ("2026-03-02 23:59:00.000000", "2026-03-02 23:59:59.999999"),
        ),
    ],
)
def test_what_differs_is_seen_to_differ(old, new, told):
    assert old_and_new(old, new, "Asia/Kolkata") == told
