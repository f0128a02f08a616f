"""What a site tells: mapped from its own tables, or imported."""

from __future__ import annotations

from dashboard.relations.relation import (
    BY_EMPLOYEE,
    BY_ITEM,
    OWN,
    Reach,
    Relation,
    columns,
)

ITEM_COLUMNS = """
    item_id           text     the item's own key
    department        text     department that answers for it
    team              text     team that has it, or had it last
    employee          text     person it is assigned to
    work_type         text     kind of work
    priority          text     as the operation names it
    channel           text     how it came in
    client            text     for whom the work is done
    status            text     as the operation names it
    received_at       instant  first arrival
    started_at        instant  first work on it
    first_due_at      instant  first promise
    due_at            instant  promise in force
    completed_at      instant  done, in force
    cancelled_at      instant  ended without being done, in force
    standard_minutes  minutes  standard time for one such item
    handling_minutes  minutes  time really spent
    amount            money    money it is about
"""

WORK_ITEMS = Relation(
    name="work_items",
    grain="unit of work",
    columns=columns(ITEM_COLUMNS),
    required=("item_id", "received_at"),
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    unique="item_id",
)

WORK_EVENTS = Relation(
    name="work_events",
    grain="thing that happened to an item",
    columns=columns("""
    item_id      text     the item
    event_at     instant  when it happened
    sequence     count    order in the source among events of one item
    kind         text     received, started, completed, cancelled, reopened and so on
    from_status  text     status before
    to_status    text     status after
    employee     text     person who did it
    department   text     department after it
    team         text     team after it; the receiving team of a transfer
    """),
    required=("item_id", "event_at", "kind"),
    reach=BY_ITEM | {name: Reach(name) for name in ("department", "team")},
    scope=Reach("department"),
)

QUALITY_REVIEWS = Relation(
    name="quality_reviews",
    grain="item checked",
    columns=columns("""
    review_id         text     the review's own key
    item_id           text     the item checked
    work_date         date     day the work was done
    reviewed_at       instant  when it was checked
    design            text     random, targeted or customer
    reviewer          text     person or role that checked
    units             count    units checked, such as fields
    defects           count    units found wrong
    critical_defects  count    of these, critical ones
    error_type        text     what was wrong
    """),
    required=("review_id", "item_id", "work_date", "reviewed_at", "design", "defects"),
    reach=BY_ITEM,
    scope=Reach("item_id", through="work_items"),
)

TIME_ENTRIES = Relation(
    name="time_entries",
    grain="person, day and kind of time",
    columns=columns("""
    employee    text     the person
    department  text     department worked for
    team        text     team worked for
    work_date   date     the day
    kind        text     core, diverted or absent
    minutes     minutes  time
    """),
    required=("employee", "work_date", "kind", "minutes"),
    reach={name: Reach(name) for name in ("department", "team")} | BY_EMPLOYEE,
    scope=Reach("department"),
)

EMPLOYEES = Relation(
    name="employees",
    grain="person",
    columns=columns("""
    employee      text  the person's key
    display_name  text  the name to show
    department    text  home department
    team          text  home team
    employment    text  own, outsourced or virtual assistant
    vendor        text  who employs the person, if not we
    joined_on     date  first day
    left_on       date  first day no longer with us
    """),
    required=("employee",),
    scope=Reach("department"),
)

WORK_TYPES = Relation(
    name="work_types",
    grain="kind of work, from a date",
    columns=columns("""
    work_type         text     kind of work
    department        text     department that does it
    standard_minutes  minutes  standard time for one item
    due_minutes       count    working minutes allowed
    calendar          text     calendar that counts them
    urgent            flag     has to be done soon
    important         flag     matters if it is not done
    valid_from        date     first day of this row
    valid_to          date     first day no longer; null while in force
    """),
    required=("work_type",),
    scope=Reach("department", none_is_everybodys=True),
)

TARGETS = Relation(
    name="targets",
    grain="metric and scope, from a date",
    columns=columns("""
    metric      text   key of the metric
    department  text   department, or null for all
    team        text   team, or null for all
    work_type   text   kind of work, or null for all
    value       value  the target, in the unit of the metric
    valid_from  date   first day of this row
    valid_to    date   first day no longer; null while in force
    """),
    required=("metric", "value"),
    scope=Reach("department", none_is_everybodys=True),
)

BASELINES = Relation(
    name="baselines",
    grain="decision from when to when a metric was as usual",
    columns=columns("""
    metric      text     key of the metric
    department  text     department, or null for all
    team        text     team, or null for all
    starts_on   date     first day of the baseline
    ends_on     date     first day no longer
    decided_at  instant  when this was decided
    author      text     who decided it
    reason      text     why limits count from here
    """),
    required=("metric", "starts_on", "ends_on", "decided_at", "author", "reason"),
    scope=Reach("department", none_is_everybodys=True),
)

ANNOTATIONS = Relation(
    name="annotations",
    grain="remark on a day, or on the days from one to another",
    columns=columns("""
    starts_on   date     the day, or the first of several
    ends_on     date     first day no longer; null for one day
    department  text     department it is about, or null for all
    team        text     team it is about, or null for all
    metric      text     key of the metric it is about, or null for all
    remark      text     what happened, in words
    author      text     who wrote it
    written_at  instant  when it was written
    """),
    required=("starts_on", "remark", "author", "written_at"),
    scope=Reach("department", none_is_everybodys=True),
)

OWNERS = Relation(
    name="owners",
    grain="department and who answers for its data, from a date",
    columns=columns("""
    department  text  the department
    owner       text  who answers for it: a person or a role
    contact     text  where to reach the owner
    valid_from  date  first day of this row
    valid_to    date  first day no longer; null while in force
    """),
    required=("department", "owner"),
    scope=Reach("department"),
)

CALENDARS = Relation(
    name="calendars",
    grain="calendar, from a date",
    columns=columns("""
    calendar         text   its name
    zone             text   zone of its wall times
    nominal_minutes  count  what one business day is
    is_default       flag   the site's own: that of work without a calendar
    valid_from       date   first day of this row
    valid_to         date   first day no longer; null while in force
    """),
    required=("calendar", "zone"),
    is_everybodys=True,
)

CALENDAR_WINDOWS = Relation(
    name="calendar_windows",
    grain="opening window of a weekday",
    columns=columns("""
    calendar    text   the calendar
    weekday     count  Monday is 1, Sunday 7
    opens       text   local wall time, such as 08:30
    closes      text   local wall time, up to 24:00; a night shift is split there
    valid_from  date   first day of this row
    valid_to    date   first day no longer; null while in force
    """),
    required=("calendar", "weekday", "opens", "closes"),
    is_everybodys=True,
)

CALENDAR_EXCEPTIONS = Relation(
    name="calendar_exceptions",
    grain="day, or window of a day, that is not as usual",
    columns=columns("""
    calendar  text  the calendar
    day       date  the day, whose usual windows do not count
    opens     text  local wall time; null: closed all day
    closes    text  local wall time
    reason    text  why
    """),
    required=("calendar", "day"),
    is_everybodys=True,
)
