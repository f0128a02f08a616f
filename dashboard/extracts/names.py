"""File names that say what is in an extract."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from dashboard.answers import Question
from dashboard.filters import NONE
from dashboard.query_files import find_query


def file_name(question: Question) -> str:
    """A name that says what is in the file, of letters, digits, hyphens, underscores.

    Such as on-time-by-week_accounts-payable_2026-08-31_2026-11-22.csv.
    """
    filters = question.filters
    title = _slug(_ascii(find_query(question.query).title), 44)
    last = filters.end - timedelta(days=1)
    departments = _departments(filters.department)
    return f"{title}_{departments}_{filters.start}_{last}.csv"


def _departments(chosen: tuple[str | None, ...]) -> str:
    if not chosen:
        return "all"
    names = [_slug(_ascii(value or NONE), 36) or "other" for value in chosen]
    joined = "-and-".join(names)
    return joined if len(joined) <= 36 else f"{len(names)}-departments"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _slug(text: str, longest: int) -> str:
    """A text as part of a file name: lower case letters and digits between hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:longest].strip("-")
