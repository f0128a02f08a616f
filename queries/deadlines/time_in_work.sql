-- Time in work
-- How long does work take, open work included?
--
-- One row per group, time in work and outcome, over all items that were in work in the
-- period.
--
-- Parameters:
--   period_from         first instant of the period
--   period_to           its end
--   as_of               the period ends here if this is earlier
--   level = department   what groups are: department, team or work_type
--
-- Columns:
--   group_name          department, team or kind of work that had the item at the end of the
--                       period
--   entry_minutes       whole working minutes in work when the period began, pauses taken
--                       out; empty for what came in the period
--   exit_minutes        the same at its completion or cancellation, or when the period
--                       ended; empty where the calendar does not reach so far
--   outcome             completed, cancelled or open at the end of the period; faulty where it
--                       was completed before it was received
--   items               items in work in the period
--
-- Metrics:
--   lead_time_km        exit_minutes in working minutes; lower is better; version 1, operations;
--                       Kaplan-Meier p50 and p85: open items count with their time so far, and
--                       those in work when the period began enter at their time then; what is
--                       not reached is more than the longest observed; cancelled items are left
--                       out and counted

with

ends as (

    select
        calendar,
        max(
            case
                when starts_at <= :period_from and ends_at > :period_from
                    then clock_at(
                            :period_from,
                            minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to
                        )
            end
        ) as from_clock,
        max(
            case
                when
                    starts_at <= :as_of and ends_at > :as_of and :as_of < :period_to
                    then clock_at(
                            :as_of,
                            minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to
                        )
                when
                    starts_at <= :period_to and ends_at > :period_to and :as_of >= :period_to
                    then clock_at(
                            :period_to,
                            minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to
                        )
            end
        ) as until_clock
    from calendar_days
    group by calendar

),

in_work as (

    select
        item_id,
        case
            when :level = 'department' then department
            when :level = 'team' then team
            else work_type
        end as group_name,
        calendar,
        received_at,
        received_clock,
        completed_clock,
        case
            when completed_at < received_at then 'faulty'
            when completed_at < :period_to and completed_at < :as_of then 'completed'
            when cancelled_at < :period_to and cancelled_at < :as_of then 'cancelled'
            else 'open'
        end as outcome,
        case
            when completed_at < :period_to and completed_at < :as_of then completed_at
            when cancelled_at < :period_to and cancelled_at < :as_of then cancelled_at
        end as ended_at
    from item_stays
    where
        entered_at < :period_to
        and entered_at < :as_of
        and (
            next_entered_at is null
            or next_entered_at >= :period_to
            or next_entered_at >= :as_of
        )
        and (completed_at is null or completed_at >= :period_from)
        and (cancelled_at is null or cancelled_at >= :period_from)

),

-- Working seconds paused, until the period began and until it or the item ended.
pauses as (

    select
        in_work.item_id,
        sum(
            case
                when item_pauses.entered_at >= :period_from then 0
                when item_pauses.left_at < :period_from
                    then item_pauses.left_clock - item_pauses.entered_clock
                else ends.from_clock - item_pauses.entered_clock
            end
        ) as before_seconds,
        sum(
            case
                when item_pauses.left_at < :period_to and item_pauses.left_at < :as_of
                    then item_pauses.left_clock
                else ends.until_clock
            end
            - item_pauses.entered_clock
        ) as paused_seconds
    from in_work
    inner join item_pauses
        on
            in_work.item_id = item_pauses.item_id
            and item_pauses.entered_at < :period_to
            and item_pauses.entered_at < :as_of
            and (in_work.ended_at is null or item_pauses.entered_at < in_work.ended_at)
    inner join ends
        on in_work.calendar = ends.calendar
    group by in_work.item_id

),

-- Working seconds of the calendar up to a cancellation: the end of the last open stage.
cancellations as (

    select
        in_work.item_id,
        max(item_stages.left_clock) as cancelled_clock
    from in_work
    inner join item_stages
        on
            in_work.item_id = item_stages.item_id
            and item_stages.is_open
            and item_stages.left_at < :period_to
            and item_stages.left_at < :as_of
    where in_work.outcome = 'cancelled'
    group by in_work.item_id

),

timed as (

    select
        in_work.group_name,
        in_work.outcome,
        case
            when in_work.received_at < :period_from
                then
                    ends.from_clock
                    - in_work.received_clock
                    - coalesce(pauses.before_seconds, 0)
        end as entry_seconds,
        case in_work.outcome
            when 'open' then ends.until_clock
            when 'cancelled' then cancellations.cancelled_clock
            else in_work.completed_clock
        end
        - in_work.received_clock
        - coalesce(pauses.paused_seconds, 0) as exit_seconds
    from in_work
    left join ends
        on in_work.calendar = ends.calendar
    left join pauses
        on in_work.item_id = pauses.item_id
    left join cancellations
        on in_work.item_id = cancellations.item_id

),

rounded as (

    select
        group_name,
        outcome,
        rounded(entry_seconds / 60) as entry_minutes,
        rounded(exit_seconds / 60) as exit_minutes
    from timed

)

select
    group_name,
    entry_minutes,
    exit_minutes,
    outcome,
    count(*) as items
from rounded
group by group_name, entry_minutes, exit_minutes, outcome
order by group_name, entry_minutes, exit_minutes, outcome
