"""What loading leaves beside the data: its log, its days, and what it left out."""

from __future__ import annotations

from dashboard.relations.mapped import ITEM_COLUMNS
from dashboard.relations.relation import BY_EMPLOYEE, OWN, Reach, Relation, columns

LOAD_LOG = Relation(
    name="load_log",
    grain="load into this database",
    columns=columns("""
    source          text     what was loaded; the trackers, where several fill the file
    finished_at     instant  when the load ended
    max_changed_at  instant  newest change that the source held
    rows            count    rows read from the source
    refused_rows    count    of these, rows that could not be read
    zone            text     reporting zone of the site
    as_of           instant  moment for which the data holds
    is_sample       flag     invented data
    format          count    layout of the file; see building.FORMAT
    """),
    required=("source", "finished_at"),
    is_everybodys=True,
)

LOAD_LINES = Relation(
    name="load_lines",
    grain="load, and part of the source that it read",
    columns=columns("""
    source            text     what was loaded: of several trackers, the one
    finished_at       instant  when the load ended
    part              text     relation that was copied, or file that was read
    source_rows       count    rows that the source told of it
    inserted_rows     count    of these, rows that were new
    updated_rows      count    rows that had changed
    unchanged_rows    count    rows that were here as they are
    mended_rows       count    rows that could not be read, and were mended before
    quarantined_rows  count    rows that could not be read
    deleted_rows      count    rows that were here and are not in the source any more
    held_rows         count    rows of the part that are here now
    newest_at         instant  newest change among them
    expected_minutes  count    within which the next load is expected; null: not said
    """),
    required=("source", "finished_at", "part", "source_rows"),
    is_everybodys=True,
)

REFUSED_ROWS = Relation(
    name="refused_rows",
    grain="row of a source that could not be read",
    columns=columns("""
    file    text   name of the file, and of the sheet where several are read
    line    count  line in it, or row of the sheet
    code    text   short name of the rule that it breaks
    reason  text   what is wrong
    text    text   the row as it stood there
    """),
    required=("file", "line", "reason"),
)

LEFT_OUT_ITEMS = Relation(
    name="left_out_items",
    grain="row of work_items that cannot count: a repeated key, or no key or receipt",
    columns=columns(ITEM_COLUMNS),
    required=(),
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
)

CALENDAR_DAYS = Relation(
    name="calendar_days",
    grain="calendar and day",
    columns=columns("""
    calendar        text     the calendar
    day             date     the day
    is_default      flag     the calendar is the site's own
    is_working      flag     it is open on the day
    reason          text     why the day is not as usual
    starts_at       instant  local midnight
    ends_at         instant  local midnight of the next day
    minutes_before  count    minutes open on the days before
    minutes_in      count    minutes open on the day
    w1_from         instant  first window; without length where there is none
    w1_to           instant  its end
    w2_from         instant  second window
    w2_to           instant  its end
    w3_from         instant  third window
    w3_to           instant  its end
    """),
    required=(
        *("calendar", "day", "is_default", "is_working", "starts_at", "ends_at"),
        *("minutes_before", "minutes_in", "w1_from", "w1_to"),
        *("w2_from", "w2_to", "w3_from", "w3_to"),
    ),
    is_everybodys=True,
)
