"""The items that would change, old beside new, and the new ones."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import words
from dashboard.components.grid import local
from dashboard.components.importing.lists import listed
from dashboard.old_and_new import old_and_new
from dashboard.sources.previewing import Preview
from dashboard.words import counted, plain


def items(found: Preview) -> None:
    """What would change in items that are there, then the first of the new ones."""
    if not found.changed_items and not found.new_items:
        st.caption("No item would be new or change.")
        return
    if found.changed_items:
        _changed(
            found, is_of_mapping=not any(n.updated_rows for n in found.report.lines)
        )
    if found.items is not None and found.new_items:
        _new(found.items, found.new_items, found.zone)


def _changed(found: Preview, *, is_of_mapping: bool) -> None:
    shown, number = found.shown_changed_items, counted(found.changed_items, "item")
    st.markdown(f"##### {number} would change ({plain(found.zone)})")
    if is_of_mapping:
        st.caption("The rows are as they were; this mapping reads them otherwise.")
    if shown < found.changed_items:
        st.caption(f"Here are the first {shown}, by receipt.")
    pairs = [old_and_new(one.before, one.after, found.zone) for one in found.changes]
    listed(
        {
            "Item": [one.item_id for one in found.changes],
            "What changes": [words.label(one.column) for one in found.changes],
            "Before": [before for before, _ in pairs],
            "After": [after for _, after in pairs],
        }
    )


def _new(rows: pa.Table, of_rows: int, zone: str) -> None:
    number = counted(of_rows, "item")
    st.markdown(f"##### {number} would be new ({plain(zone)})")
    if rows.num_rows < of_rows:
        st.caption(f"Here are the first {rows.num_rows}, by receipt.")
    shown = rows.to_pandas()
    config: dict[str, Any] = {}
    for name in shown.columns:
        kind, label = str(rows.schema.field(name).type), words.label(name)
        config[name] = st.column_config.Column(label)
        if kind.startswith("timestamp"):
            shown[name] = local(shown[name], zone)
            config[name] = st.column_config.DatetimeColumn(
                label, format="D MMM YYYY, HH:mm"
            )
        elif kind.startswith("decimal"):
            shown[name] = shown[name].astype("float64")
            config[name] = st.column_config.NumberColumn(label, format="%,.2f")
    st.dataframe(
        shown, hide_index=True, placeholder="–", column_config=config, height="content"
    )
