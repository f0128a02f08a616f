"""An old value beside the new one, written so that they can be told apart."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard.filters import local_time
from dashboard.words import value

LEAST = "0.01"  # money is written with two places, and more only where it has them


def old_and_new(old: Any, new: Any, zone: str) -> tuple[str, str]:
    """Two different values as texts; instants are UTC and become times of the zone."""
    short = _short(old, zone), _short(new, zone)
    if short[0].split() != short[1].split():
        return short
    return _whole(old, zone), _whole(new, zone)


def _short(found: Any, zone: str) -> str:
    if isinstance(found, datetime):
        return f"{local_time(found, zone):%Y-%m-%d %H:%M}"
    if isinstance(found, Decimal) and found == found.quantize(Decimal(LEAST)):
        return f"{found:,.2f}"
    return value(found)


def _whole(found: Any, zone: str) -> str:
    """With all that a short text leaves out: parts of seconds, spaces of texts."""
    if isinstance(found, datetime):
        return f"{local_time(found, zone):%Y-%m-%d %H:%M:%S.%f}"
    return f'"{found}"' if isinstance(found, str) else value(found)
