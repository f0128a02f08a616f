"""The header by which a file of mended rows is known, whatever its kind."""

from __future__ import annotations

from collections.abc import Sequence

MENDED = ["quarantine_reason", "quarantine_file", "quarantine_line"]


def is_mended(header: Sequence[str]) -> bool:
    """Whether a file of that header was written by `mis quarantine`."""
    return [cell.strip() for cell in header[-len(MENDED) :]] == MENDED
