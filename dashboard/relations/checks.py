"""What the rows of a source are held to, and which of them fail; derived, as others."""

from __future__ import annotations

from dashboard.relations.relation import BY_EMPLOYEE, OWN, Reach, Relation, columns

ITEM_PEERS = Relation(
    name="item_peers",
    grain="item with a twin, a usual size, or a status that says whether it has ended",
    columns=columns("""
    item_id                 text     the item
    twin_item_id            text     earlier item of same client, kind, day, amount
    usual_amount            money    middle amount of its kind and client
    usual_handling_minutes  minutes  middle handling time of the same
    status_says             text     ended or open, by its word or nearly all so called
    """),
    # Not per item as the others: what is usual is found among all items at once.
    required=(),
    scope=Reach("item_id", through="work_items"),
    is_derived=True,
)

SOURCE_CHECKS = Relation(
    name="source_checks",
    grain="row of the source, and whether it fails each check: 1, 0 or not told",
    columns=columns("""
    kind             text     item or review
    row_key          text     key of the item or the review
    item_id          text     the item
    told_at          instant  receipt of the item, or when it was reviewed
    last_at          instant  last event of the item, or when it was reviewed
    department       text     department that answers for it
    team             text     team that has it, or had it last
    employee         text     person it is assigned to
    work_type        text     kind of work
    priority         text     as the operation names it
    channel          text     how it came in
    twin_item_id     text     earlier item of same client, kind, day, amount
    usual_amount     money    middle amount of its kind and client
    usual_handling_minutes  minutes  middle handling time of its kind and client
    lacks_key        count    no key, or no receipt
    lacks_department  count   no department
    lacks_team       count    no team
    lacks_person     count    completed by nobody told
    lacks_work_type  count    no kind of work
    lacks_priority   count    no priority
    lacks_channel    count    no channel
    lacks_client     count    no client
    lacks_status     count    no status
    lacks_due        count    no due date
    lacks_handling   count    completed without a handling time
    is_repeated      count    its key occurs before
    is_twin          count    it has a twin
    is_astray        count    an event before 2000, or outside of the calendar
    is_below_zero    count    a negative time
    is_unknown_kind  count    a kind of work that work_types does not know
    is_out_of_order  count    dates in an order that cannot be
    is_beyond_time   count    more handling time than went by
    is_contradicted  count    its status says ended and it has no end, or the reverse
    is_odd_amount    count    an amount ten times the usual, or a tenth, and so on
    is_odd_time      count    a handling time ten times the usual, or a tenth, and so on
    lacks_item       count    a review of no item
    is_wrong_review  count    a review that tells what cannot be
    fails_completeness  count  one of those that tell what is lacking
    fails_uniqueness  count   a repeated key, or a twin
    fails_validity   count    a value that cannot be; events of the future are apart
    fails_consistency  count  values that contradict each other
    fails_magnitude  count    an odd size
    """),
    required=("kind",),
    reach=OWN | BY_EMPLOYEE,
    scope=Reach("department"),
    is_derived=True,
)

DATA_RULES = Relation(
    name="data_rules",
    grain="rule that rows of the source are held to",
    columns=columns("""
    place      count  where it stands in the list
    dimension  text   completeness, uniqueness, validity, consistency or magnitude
    rule       text   what holds of a row that passes
    failed     text   check of source_checks that tells who fails it
    """),
    required=("place", "dimension", "rule", "failed"),
    is_everybodys=True,
    is_derived=True,
)
