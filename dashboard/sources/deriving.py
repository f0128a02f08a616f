"""The selects that make derived relations."""

from __future__ import annotations

from pathlib import Path


def deriving(relation: str) -> str:
    """The select that makes a derived relation of those before it, in no order."""
    text = Path(__file__).with_name(f"{relation}.sql").read_text(encoding="utf-8")
    return text.rpartition("\norder by ")[0]
