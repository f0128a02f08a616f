"""What those see who watch over the served app."""

from __future__ import annotations

import time
import urllib.error
import urllib.request


def told(address: str, route: str) -> tuple[int, str]:
    """The status and the words of a route."""
    try:
        with urllib.request.urlopen(f"{address}{route}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def seconds_until(address: str, status: int, most: float = 10.0) -> float:
    """How long it takes until /readyz has a status."""
    start = time.monotonic()
    while time.monotonic() - start < most:
        if told(address, "/readyz")[0] == status:
            return time.monotonic() - start
        time.sleep(0.2)
    raise AssertionError(f"/readyz was not {status} within {most:g} s")
