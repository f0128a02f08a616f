"""What is made of the others (sources/<name>.sql), before any filter; never mapped."""

from __future__ import annotations

from dashboard.relations.mapped import WORK_ITEMS
from dashboard.relations.relation import (
    BY_EMPLOYEE,
    BY_STAY,
    OWN,
    Reach,
    Relation,
    columns,
)

FIRST_REVIEWS = Relation(
    name="first_reviews",
    grain="item with a random review that tells its defects: the earliest",
    columns=columns("""
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
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_CLOCKS = Relation(
    name="item_clocks",
    grain="item",
    columns=columns("""
    item_id          text     the item
    calendar         text     calendar that counts its working time
    received_clock   seconds  working seconds of the calendar up to the receipt
    started_clock    seconds  up to the first work on it
    promise_clock    seconds  up to the promise: the first due date, else the only one
    due_clock        seconds  up to the promise in force
    completed_clock  seconds  up to the completion that the source tells now
    """),
    required=("item_id", "calendar"),
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_STAYS = Relation(
    name="item_stays",
    grain="stay of an item in a team",
    columns=columns("""
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
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_STAGES = Relation(
    name="item_stages",
    grain="stretch of an item's life in one status, team and state of pause",
    columns=columns("""
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
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

ITEM_PAUSES = Relation(
    name="item_pauses",
    grain="pause of an open item, apart where its team or its status changed meanwhile",
    columns=columns("""
    item_id        text     the item
    entered_at     instant  when it began
    left_at        instant  when it ended; null while it lasts
    entered_clock  seconds  working seconds of its calendar up to entered_at
    left_clock     seconds  up to left_at
    """),
    required=("item_id", "entered_at"),
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_TOUCHES = Relation(
    name="item_touches",
    grain="reply to an item, assignment of it or change of its team, and its receipt",
    columns=columns("""
    item_id   text     the item
    event_at  instant  when it happened
    sequence  count    order in the source among events of one item
    kind      text     received, replied, assigned or transferred
    employee  text     person who did it; null for a machine
    """),
    required=("item_id", "event_at", "kind"),
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

FIRST_REPLIES = Relation(
    name="first_replies",
    grain="item that a person replied to",
    columns=columns("""
    item_id        text     the item
    replied_at     instant  the first time
    replied_clock  seconds  working seconds of its calendar up to then
    """),
    required=("item_id", "replied_at"),
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    unique="item_id",
    is_derived=True,
)

ITEM_HANDOFFS = Relation(
    name="item_handoffs",
    grain="change of an item's team, its first assignment left out",
    columns=columns("""
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
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

ITEM_STEPS = Relation(
    name="item_steps",
    grain="stretch of an item's life in one status, in whatever team",
    columns=columns("""
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
    reach=BY_STAY,
    scope=Reach("item_id", through="item_stays"),
    is_derived=True,
)

SOURCE_FACTS = Relation(
    name="source_facts",
    grain="fact that the source tells of some item",
    columns=columns("""
    fact  text  person, promise, standard, pause, hand-off, status and so on
    """),
    required=("fact",),
    is_everybodys=True,
    is_derived=True,
)

SOURCE_FAULTS = Relation(
    name="source_faults",
    grain="row of the source, and what it tells that cannot be",
    columns=columns("""
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
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)
