-- Rows that fail a rule
-- Which rows of the source fail which rule, and what do they tell?
--
-- One row per row of the source and rule that it fails, whatever the period. What is
-- lacking has no value; a twin and an unusual size may be right.
--
-- Parameters:
--   known_at         moment for which the source tells what it tells without a date
--
-- Columns:
--   dimension        completeness, uniqueness, validity, consistency or magnitude
--   rule             the rule that it fails
--   kind             item or review
--   row_key          key of the item or the review
--   item_id          the item
--   told_at          receipt of the item, or when it was reviewed
--   last_at          last event of the item, or when it was reviewed
--   twin_item_id     item before it of the same client, amount, day and kind, where the
--                    filters and the scope show it
--   amount           money it is about
--   usual_amount     middle amount of its kind and client, where all are alike
--   handling_minutes time really spent
--   usual_handling_minutes  middle handling time of its kind and client
--   standard_minutes standard time for one such item
--   client           for whom
--   status           status as told
--   started_at       first work on it
--   first_due_at     first promise
--   due_at           promise in force
--   completed_at     done, in force
--   cancelled_at     ended without being done, in force
--   department       department that answers for it
--   team             team that has it, or had it last
--   employee         person it is assigned to
--   work_type        kind of work
--   priority         priority
--   channel          how it came in
--   month_on         first day of the month of the receipt, or of the review
--   is_first         the first rule of its dimension that the row fails

with

-- The end of what can have happened: when the data was loaded or the moment that it
-- stands for; of a live source the end of tomorrow, so that clocks may differ.
ends as (

    select max(case when as_of > finished_at then as_of else finished_at end) as ends_at
    from load_log

),

checks as (

    select
        source_checks.*,
        case
            when
                source_checks.told_at >= cast('1900-01-01' as timestamp)
                and source_checks.told_at < cast('2200-01-01' as timestamp)
                then month_start(day_of(source_checks.told_at))
        end as month_on,
        case
            when source_checks.last_at is null then null
            when source_checks.last_at > ends.ends_at then 1
            when ends.ends_at is null and hours_between(:known_at, source_checks.last_at) > 72
                then 1
            else 0
        end as is_ahead
    from source_checks
    cross join ends

),

failing as (

    select
        checks.*,
        row_number() over (order by kind, row_key, told_at) as row_place
    from checks
    where
        fails_completeness = 1
        or fails_uniqueness = 1
        or fails_validity = 1
        or fails_consistency = 1
        or fails_magnitude = 1
        or is_ahead = 1

),

judged as (

    select
        failing.*,
        data_rules.dimension,
        data_rules.rule,
        data_rules.place,
        case data_rules.failed
            when 'lacks_key' then failing.lacks_key
            when 'lacks_department' then failing.lacks_department
            when 'lacks_team' then failing.lacks_team
            when 'lacks_person' then failing.lacks_person
            when 'lacks_work_type' then failing.lacks_work_type
            when 'lacks_priority' then failing.lacks_priority
            when 'lacks_channel' then failing.lacks_channel
            when 'lacks_client' then failing.lacks_client
            when 'lacks_status' then failing.lacks_status
            when 'lacks_due' then failing.lacks_due
            when 'lacks_handling' then failing.lacks_handling
            when 'is_repeated' then failing.is_repeated
            when 'is_twin' then failing.is_twin
            when 'is_astray' then failing.is_astray
            when 'is_ahead' then failing.is_ahead
            when 'is_below_zero' then failing.is_below_zero
            when 'is_unknown_kind' then failing.is_unknown_kind
            when 'is_out_of_order' then failing.is_out_of_order
            when 'is_beyond_time' then failing.is_beyond_time
            when 'is_contradicted' then failing.is_contradicted
            when 'lacks_item' then failing.lacks_item
            when 'is_wrong_review' then failing.is_wrong_review
            when 'is_odd_amount' then failing.is_odd_amount
            when 'is_odd_time' then failing.is_odd_time
        end as fails
    from failing
    cross join data_rules

),

found as (

    select
        judged.*,
        row_number() over (partition by row_place, dimension order by place)
            as place_in_dimension
    from judged
    where fails = 1

)

select
    found.dimension,
    found.rule,
    found.kind,
    found.row_key,
    found.item_id,
    found.told_at,
    found.last_at,
    twins.item_id as twin_item_id,
    work_items.amount,
    found.usual_amount,
    work_items.handling_minutes,
    found.usual_handling_minutes,
    work_items.standard_minutes,
    work_items.client,
    work_items.status,
    work_items.started_at,
    work_items.first_due_at,
    work_items.due_at,
    work_items.completed_at,
    work_items.cancelled_at,
    found.department,
    found.team,
    found.employee,
    found.work_type,
    found.priority,
    found.channel,
    found.month_on,
    found.place_in_dimension = 1 as is_first
from found
left join work_items
    on found.item_id = work_items.item_id
left join work_items as twins
    on found.twin_item_id = twins.item_id
order by found.dimension, found.rule, found.kind, found.row_key, found.told_at, found.month_on
