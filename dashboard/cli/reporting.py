"""What an import did, or would do, as lines of text."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.sources.importing import ImportReport
    from dashboard.sources.previewing import Preview

SHOWN = 5  # rows of a preview
WIDEST = 24  # characters of a cell of a preview


def told(report: ImportReport) -> str:
    """What became of the rows, each file and each reason on its own line."""
    lines = [f"{report.rows:,} rows read, {report.refused_rows:,} of them refused."]
    lines += [f"  {line.told()}" for line in report.lines]
    lines += [f"  refused {n:>11,}  {reason}" for reason, n in report.refused.items()]
    lines += [f"  loaded  {n:>11,}  {name}" for name, n in report.loaded.items()]
    return "\n".join([*lines, *(f"  Note: {text}" for text in report.warnings)])


def previewed(found: Preview) -> str:
    """What an import would do, the first rows as they would stand, and who waits."""
    if not found.report.lines:
        return "All of this is imported already."
    parts = [told(found.report)]
    if found.items is not None and found.items.num_rows:
        parts.append(
            f"The first of {found.changed_items:,} items, in the time of {found.zone}:"
        )
        parts.append(_table(found))
    reasons = Counter(row.reason for row in found.refused)
    if reasons:
        parts.append("Rows that would wait in quarantine:")
    for reason, count in reasons.most_common():
        first = next(row for row in found.refused if row.reason == reason)
        parts.append(f"  {first.file}, line {first.line}: {reason} ({count:,})")
    if found.is_too_much:
        parts.append(
            "These are too many: an import takes the others only with --accept-refused."
        )
    return "\n".join(parts)


def _table(found: Preview) -> str:
    assert found.items is not None
    rows = [
        [_cell(value, found.zone) for value in row.values()]
        for row in found.items.slice(0, SHOWN).to_pylist()
    ]
    rows = [found.items.column_names, *rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  " + "  ".join(f"{c:{w}}" for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cell(value: object, zone: str) -> str:
    from dashboard.filters import local_time

    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local_time(value, zone):%Y-%m-%d %H:%M}"
    text = " ".join(str(value).split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
