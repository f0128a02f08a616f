"""Names and labels in which a star stands for any text."""

from __future__ import annotations

import re


def fits(text: str, wanted: str) -> bool:
    """Whether a text is what is wanted, whose stars stand for any text."""
    pattern = ".*".join(map(re.escape, wanted.split("*")))
    return re.fullmatch(pattern, text, re.DOTALL) is not None
