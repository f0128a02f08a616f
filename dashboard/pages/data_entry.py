"""How exactly and how fast fields are keyed."""

from dashboard.components import only_with, records

only_with("records/data_entry")
records(
    "records/data_entry",
    title="Items keyed twice",
    columns=("item_id", "team", "work_type", "fields_twice", "fields_differing"),
    order="completed_at",
    is_keyed_twice="true",
)
