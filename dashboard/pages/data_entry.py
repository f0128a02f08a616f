"""How exactly and how fast fields are keyed."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    only_with,
    rate_by_group,
    rate_control,
    records,
    table,
    tiles,
)
from dashboard.words import RANGE

only_with("records/data_entry")
keying, speed = (
    answer("data_entry/keying_by_group"),
    answer("data_entry/records_per_hour"),
)
tiles(
    Tile(keying, "Wrong in 10,000", "errors_per_10000", better="down", unit=" "),
    Tile(keying, "Critical", "critical_per_10000", better="down", unit=" "),
    Tile(keying, "Keyed differently", "mismatch", better="down"),
    Tile(speed, "Records an hour", "records_per_hour", unit=" "),
)

errors = answer("data_entry/field_errors_by_bucket")
chart(
    errors,
    charts.trend(
        errors.rows,
        x="work_bucket_on",
        y="errors_per_10000",
        name="Wrong",
        count="reviewed_fields",
        partial="is_partial",
        reference="critical_per_10000",
        reference_name="critical",
        unit="fields",
    ),
    title="Wrong fields of 10,000 checked",
    note="Random reviews only, by the day the work was done. Few fields are wrong, so "
    "single weeks go up and down by chance; a rise that lasts is not chance. What is "
    "corrected after validation is no entry error.",
    opens="reviewed_items",
)
rate_control(
    "data_entry/keying_by_bucket",
    "mismatch",
    metric="data_entry_mismatch",
    better="down",
    title="Fields that two people keyed differently, %",
    note="Of the fields that both keyed, before anybody validated them. Lower is "
    "better.",
)
rate_by_group(
    keying,
    "mismatch",
    "work_type",
    title="Fields keyed differently by work type, %",
    note=RANGE,
)
table(
    keying.by("team").largest("completed_items", most=1000),
    columns=(
        *("team", "reviewed_items", "reviewed_fields", "errors_per_10000"),
        *("critical_per_10000", "fields_twice", "mismatch"),
    ),
    title="Exactness by team",
    narrows="team",
)
table(
    speed,
    title="Records keyed in an hour, by team",
    note="Hours booked on the work itself, without other duties and absence. Kinds of "
    "records differ in length, so do not rank teams. A record is one item.",
)
records(
    "records/data_entry",
    title="Items whose two keyings differ most",
    columns=("item_id", "team", "work_type", "fields_twice", "fields_differing"),
    order="-fields_differing",
    is_keyed_twice="true",
)
