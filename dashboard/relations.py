"""The canonical relations: what each row and column means, and how filters reach them.

Queries know these relations only. A filter reaches a relation through a column of its
own or through the item or the employee that it names; where a relation is absent from
FILTERS for a filter, the filter does not apply and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.extensions import EXTENSIONS

FILTERS = ("department", "team", "work_type", "priority", "channel", "employment")

# How a kind of column is stored. Minutes, seconds and money are decimals, so that sums
# are exact and do not depend on the order of rows.
TYPES = {
    "text": "varchar",
    "instant": "timestamp",  # UTC, without zone
    "date": "date",
    "flag": "boolean",
    "count": "bigint",
    "minutes": "decimal(12, 2)",
    "seconds": "decimal(18, 6)",
    "money": "decimal(18, 4)",
    "value": "double",
}


@dataclass(frozen=True)
class Column:
    """A column: its name, its kind (a key of TYPES) and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Reach:
    """How a filter reaches a relation: own column, or a key into another relation."""

    column: str
    through: str | None = None
    none_is_everybodys: bool = False  # rows without a value are seen in every scope


@dataclass(frozen=True)
class Relation:
    """A canonical relation: one row per `grain`."""

    name: str
    grain: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    reach: dict[str, Reach] = field(default_factory=dict)
    # The filters of a page never thin out these, or rows would vanish in joins; the
    # scope of a viewer still does, through this column.
    scope: Reach | None = None
    # Of these rows nobody's department is told, and everybody may see them.
    is_everybodys: bool = False
    # Made of the others (sources/<name>.sql), before any filter; never mapped.
    is_derived: bool = False
    # The column whose values may not repeat.
    unique: str | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def kind(self, column: str) -> str:
        """The kind of one column; KeyError if there is none of that name."""
        return {column.name: column.kind for column in self.columns}[column]


def _columns(text: str) -> tuple[Column, ...]:
    """Read `name  kind  meaning` lines."""
    lines = [line.split(None, 2) for line in text.strip().splitlines()]
    return tuple(Column(name, kind, meaning) for name, kind, meaning in lines)


_OWN = {name: Reach(name) for name in FILTERS[:5]}
_BY_EMPLOYEE = {"employment": Reach("employee", through="employees")}
_BY_ITEM = {name: Reach("item_id", through="work_items") for name in FILTERS}

_ITEM_COLUMNS = """
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
    columns=_columns(_ITEM_COLUMNS),
    required=("item_id", "received_at"),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
    unique="item_id",
)

LEFT_OUT_ITEMS = Relation(
    name="left_out_items",
    grain="row of work_items that cannot count: a repeated key, or no key or receipt",
    columns=_columns(_ITEM_COLUMNS),
    required=(),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
)

WORK_EVENTS = Relation(
    name="work_events",
    grain="thing that happened to an item",
    columns=_columns("""
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
    reach=_BY_ITEM | {name: Reach(name) for name in ("department", "team")},
    scope=Reach("department"),
)

# Whoever sees a stay of an item sees its whole way through teams and statuses.
_BY_STAY = {name: Reach("item_id", through="item_stays") for name in FILTERS}

ITEM_CLOCKS = Relation(
    name="item_clocks",
    grain="item",
    columns=_columns("""
    item_id          text     the item
    calendar         text     calendar that counts its working time
    received_clock   seconds  working seconds of the calendar up to the receipt
    started_clock    seconds  up to the first work on it
    promise_clock    seconds  up to the promise: the first due date, else the only one
    due_clock        seconds  up to the promise in force
    completed_clock  seconds  up to the completion that the source tells now
    """),
    required=("item_id", "calendar"),
    reach=_BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

QUALITY_REVIEWS = Relation(
    name="quality_reviews",
    grain="item checked",
    columns=_columns("""
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
    reach=_BY_ITEM,
    scope=Reach("item_id", through="work_items"),
)

FIRST_REVIEWS = Relation(
    name="first_reviews",
    grain="item with a random review that tells its defects: the earliest",
    columns=_columns("""
    review_id         text     the review
    item_id           text     the item checked
    work_date         date     day the work was done
    reviewed_at       instant  when it was checked
    units             count    units checked, such as fields
    defects           count    units found wrong
    critical_defects  count    of these, critical ones
    error_type        text     what was wrong
    department        text     department that answers for the item
    team              text     team that has it, or had it last
    employee          text     person it is assigned to
    work_type         text     kind of work
    priority          text     as the operation names it
    channel           text     how it came in
    """),
    required=("review_id", "item_id", "work_date", "reviewed_at", "defects"),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_STAYS = Relation(
    name="item_stays",
    grain="stay of an item in a team",
    columns=_columns("""
    stay_number      count    first, second, ... stay of the item
    entered_at       instant  when the team got it
    entered_by       text     received, reopened or transferred
    left_at          instant  when the team was rid of it; null while it has it
    left_by          text     completed, cancelled or transferred
    next_entered_at  instant  when the next stay of the item began, in any team
    next_entered_by  text     reopened or transferred
    completion_number  count  first, second, ... completion, if the stay ended by one
    first_completed_at  instant  when it was completed the first time, in any team
    promise_at       instant  the promise: the first due date, else the only one
    due_moved_at     instant  when a due date was first changed, in any team
    due_moved_by_person_at  instant  when a person first changed one
    first_reviewed_at  instant  when the item was first reviewed at random, in any team
    looked_at        instant  when it was first reviewed for any reason
    defect_found_at  instant  when a review first found a defect in it
    returned_at      instant  when it was first returned, in any team
    calendar         text     calendar that counts its working time
    received_clock   seconds  working seconds of the calendar up to the receipt
    started_clock    seconds  up to the first work on it
    promise_clock    seconds  up to the promise: the first due date, else the only one
    due_clock        seconds  up to the promise in force
    completed_clock  seconds  up to completed_at
    """)
    # completed_at and cancelled_at are those in force until the next stay, so that the
    # last stay entered before a moment is the item as it stood then; due_at is the
    # first due date where there is no other.
    + WORK_ITEMS.columns,
    required=("item_id", "entered_at", "entered_by"),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_STAGES = Relation(
    name="item_stages",
    grain="stretch of an item's life in one status, team and state of pause",
    columns=_columns("""
    item_id       text     the item
    stage_number  count    first, second, ... stage of the item
    entered_at    instant  when the stage began
    left_at       instant  when the next one began; null while it lasts
    next_status   text     status of the next stage, in any team
    is_open       flag     the item was open in it
    is_paused     flag     its clock was stopped by policy
    entered_clock  seconds  working seconds of its calendar up to entered_at
    left_clock    seconds  up to left_at
    paused_before  seconds  working seconds of its earlier pauses while it was open
    status        text     status as last told; null while none was told
    department    text     department that had the item
    team          text     team that had the item
    employee      text     person it is assigned to now
    work_type     text     kind of work
    priority      text     as the operation names it
    channel       text     how it came in
    received_at   instant  first arrival
    """),
    required=("item_id", "entered_at", "is_open"),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_PAUSES = Relation(
    name="item_pauses",
    grain="pause of an open item, apart where its team or its status changed meanwhile",
    columns=_columns("""
    item_id        text     the item
    entered_at     instant  when it began
    left_at        instant  when it ended; null while it lasts
    entered_clock  seconds  working seconds of its calendar up to entered_at
    left_clock     seconds  up to left_at
    """),
    required=("item_id", "entered_at"),
    reach=_BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_TOUCHES = Relation(
    name="item_touches",
    grain="reply to an item, assignment of it or change of its team, and its receipt",
    columns=_columns("""
    item_id   text     the item
    event_at  instant  when it happened
    sequence  count    order in the source among events of one item
    kind      text     received, replied, assigned or transferred
    employee  text     person who did it; null for a machine
    """),
    required=("item_id", "event_at", "kind"),
    reach=_BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_HANDOFFS = Relation(
    name="item_handoffs",
    grain="change of an item's team, its first assignment left out",
    columns=_columns("""
    item_id          text     the item
    handoff_number   count    first, second, ... hand-off of the item
    handed_at        instant  when the receiving team got it
    from_department  text     department that passed it on
    from_team        text     team that passed it on
    to_department    text     department that got it
    to_team          text     team that got it
    is_back          flag     the team had it before, and had passed it on
    """),
    required=("item_id", "handoff_number", "handed_at", "from_team", "to_team"),
    reach=_BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_STEPS = Relation(
    name="item_steps",
    grain="stretch of an item's life in one status, in whatever team",
    columns=_columns("""
    item_id       text     the item
    step_number   count    first, second, ... step of the item
    entered_at    instant  when it came into the status
    left_at       instant  when the next step began; null while it lasts
    from_status   text     status that it came from, pauses left out
    status        text     status as last told; null while none was told
    is_open       flag     the item was open in it
    is_paused     flag     its clock was stopped by policy all the time
    work_seconds  seconds  working seconds in it, pauses taken out; null while it lasts
    direction     text     back to a status left before, again forward; else null
    """),
    required=("item_id", "step_number", "entered_at", "is_open"),
    reach=_BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

SOURCE_FACTS = Relation(
    name="source_facts",
    grain="fact that the source tells of some item",
    columns=_columns("""
    fact  text  person, promise, standard, pause, hand-off, status and so on
    """),
    required=("fact",),
    is_everybodys=True,
    is_derived=True,
)

TIME_ENTRIES = Relation(
    name="time_entries",
    grain="person, day and kind of time",
    columns=_columns("""
    employee    text     the person
    department  text     department worked for
    team        text     team worked for
    work_date   date     the day
    kind        text     core, diverted or absent
    minutes     minutes  time
    """),
    required=("employee", "work_date", "kind", "minutes"),
    reach={name: Reach(name) for name in ("department", "team")} | _BY_EMPLOYEE,
    scope=Reach("department"),
)

EMPLOYEES = Relation(
    name="employees",
    grain="person",
    columns=_columns("""
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
    columns=_columns("""
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
    columns=_columns("""
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
    columns=_columns("""
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

SOURCE_FAULTS = Relation(
    name="source_faults",
    grain="row of the source, and what it tells that cannot be",
    columns=_columns("""
    kind         text     item, event, review, time record or work type
    fault        text     what is wrong with it
    effect       text     what becomes of it in the figures
    is_negative  flag     a negative duration, the first of its item
    row_key      text     key of the row: of the item, the review, the person and so on
    told         text     the number that cannot be; null where dates of the item tell
    told_at      instant  when the row holds
    item_id      text     the item
    department   text     department that answers for it
    team         text     team that has it, or had it last
    employee     text     person it is assigned to, or whose time it is
    work_type    text     kind of work
    priority     text     as the operation names it
    channel      text     how it came in
    """),
    required=("kind", "fault", "effect", "is_negative"),
    reach=_OWN | _BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

CALENDARS = Relation(
    name="calendars",
    grain="calendar, from a date",
    columns=_columns("""
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
    columns=_columns("""
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
    columns=_columns("""
    calendar  text  the calendar
    day       date  the day, whose usual windows do not count
    opens     text  local wall time; null: closed all day
    closes    text  local wall time
    reason    text  why
    """),
    required=("calendar", "day"),
    is_everybodys=True,
)

CALENDAR_DAYS = Relation(
    name="calendar_days",
    grain="calendar and day",
    columns=_columns("""
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

LOAD_LOG = Relation(
    name="load_log",
    grain="load into this database",
    columns=_columns("""
    source          text     what was loaded
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

REFUSED_ROWS = Relation(
    name="refused_rows",
    grain="row of a source that could not be read",
    columns=_columns("""
    file    text   name of the file
    line    count  line in it
    reason  text   what is wrong
    text    text   the row as it stood there
    """),
    required=("file", "line", "reason"),
)


def _extension(department: str, grain: str, columns: str) -> Relation:
    """What one department tells of its items beyond the common relations."""
    return Relation(
        name=f"ext_{department}",
        grain=grain,
        columns=(Column("item_id", "text", "the item"), *_columns(columns)),
        required=("item_id",),
        reach=_BY_STAY,
        scope=Reach("item_id", through="item_stays"),
        unique="item_id",
    )


RELATIONS = {
    relation.name: relation
    for relation in (
        WORK_ITEMS,
        LEFT_OUT_ITEMS,
        WORK_EVENTS,
        QUALITY_REVIEWS,
        FIRST_REVIEWS,
        ITEM_CLOCKS,
        ITEM_STAYS,
        ITEM_STAGES,
        ITEM_PAUSES,
        ITEM_TOUCHES,
        ITEM_HANDOFFS,
        ITEM_STEPS,
        SOURCE_FACTS,
        TIME_ENTRIES,
        *(_extension(name, *said) for name, said in EXTENSIONS.items()),
        EMPLOYEES,
        WORK_TYPES,
        TARGETS,
        BASELINES,
        CALENDARS,
        CALENDAR_WINDOWS,
        CALENDAR_EXCEPTIONS,
        CALENDAR_DAYS,
        SOURCE_FAULTS,
        LOAD_LOG,
        REFUSED_ROWS,
    )
}
