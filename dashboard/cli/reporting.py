"""What an import did, or would do, as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.sources.importing import ImportReport
    from dashboard.sources.previewing import Preview

SHOWN = 5  # rows of a preview
WAITING = 20  # rows of those that would wait
WIDEST = 24  # characters of a cell of a preview


def told(report: ImportReport) -> str:
    """What became of the rows, each file and each reason on its own line."""
    lines = [f"{report.rows:,} rows read, {report.refused_rows:,} of them refused."]
    lines += [f"  {line.told()}" for line in report.lines]
    lines += [f"  refused {n:>11,}  {reason}" for reason, n in report.refused.items()]
    lines += [f"  loaded  {n:>11,}  {name}" for name, n in report.loaded.items()]
    return "\n".join([*lines, *(f"  Note: {text}" for text in report.warnings)])


def previewed(found: Preview) -> str:
    """What an import would do: changed items, the first new ones, and who waits."""
    if not found.report.lines:
        return "All of this is imported already."
    parts = [told(found.report), *_changed(found), *_new(found), *_waiting(found)]
    if found.is_too_much:
        parts.append(
            "These are too many: an import takes the others only with --accept-refused."
        )
    return "\n".join(parts)


def _changed(found: Preview) -> list[str]:
    """Old beside new, in the items that are there already."""
    from dashboard.old_and_new import old_and_new
    from dashboard.words import label

    if not found.changes:
        return []
    rows = [["Item", "What changes", "Before", "After"]]
    for one in found.changes:
        pair = old_and_new(one.before, one.after, found.zone)
        rows.append([one.item_id, label(one.column), *pair])
    shown = _first(found.shown_changed_items, found.changed_items)
    return [
        f"Items that would change: {shown}, in the time of {found.zone}:",
        _table(rows),
    ]


def _new(found: Preview) -> list[str]:
    """The first new items, as they would stand."""
    if found.items is None or not found.new_items:
        return []
    items = found.items.slice(0, SHOWN)
    rows = [[_cell(v, found.zone) for v in row.values()] for row in items.to_pylist()]
    shown = _first(len(rows), found.new_items)
    return [
        f"Items that would be new: {shown}, in the time of {found.zone}:",
        _table([found.items.column_names, *rows]),
    ]


def _first(shown: int, of: int) -> str:
    return f"the first {shown:,} of {of:,}" if shown < of else f"{of:,}"


def _waiting(found: Preview) -> list[str]:
    """The first rows that would wait, each with its key and the cell in question."""
    rows = found.refused
    if not rows:
        return []
    shown = _first(min(len(rows), WAITING), found.report.refused_rows)
    files = {row.file for row in rows}
    heads = ["Line", "Key", "Cell", "Reason", *(["File"] if len(files) > 1 else [])]
    lines = [
        [f"{row.line}", row.key, row.cell, row.reason, row.file][: len(heads)]
        for row in rows[:WAITING]
    ]
    where = f" of {rows[0].file}" if len(files) == 1 else ""
    return [
        f"Rows{where} that would wait in quarantine: {shown}:",
        _table([heads, *lines]),
    ]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns as wide as their cells, without what steers a terminal."""
    rows = [
        ["".join(c if c.isprintable() else " " for c in t) for t in r] for r in rows
    ]
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
