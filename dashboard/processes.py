"""Whether a process is still there, by its number."""

from __future__ import annotations

import os


def is_running(number: str) -> bool:
    """Whether a process of that number runs; False for what is no number."""
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, and is somebody else's
        return True
    return True
