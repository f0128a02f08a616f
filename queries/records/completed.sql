-- Completed items
-- Which items were completed in the period, how fast, and were they checked?
--
-- One row per item completed in the period; its last completion counts.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force
--   bucket_on           first day of the day, week or month of the completion
--   month_on            first day of the month of the completion
--   lead_hours          hours round the clock from receipt to completion
--   lead_work_hours     working hours from receipt to completion, pauses taken out
--   cycle_work_hours    working hours from the first work to completion, pauses taken out;
--                       empty where the work began before the receipt or after the end
--   cycle               told, not told, or negative: completed before received or begun, or
--                       begun before received
--   handling_hours      hours really spent on it
--   handling            told, not told, or negative: the lead time
--   handoffs            changes of team
--   is_handed_over      it has changed teams
--   is_ping_pong        it came back to a team that it had left
--   is_returned         it was returned at least once
--   is_promised         it has a first due date or one in force
--   is_dated            it has a due date in force
--   is_closed_on_time   completed by the due date in force
--   is_covered          it has a random review
--   is_negative         completed before it was received: a fault

with

moves as (

    select
        item_id,
        count(*) as handoffs,
        count(case when is_back then 1 end) as returns
    from item_handoffs
    where handed_at < :as_of
    group by item_id

),

pauses as (

    select
        item_pauses.item_id,
        sum(item_pauses.left_clock - item_pauses.entered_clock) as paused_seconds,
        sum(
            case
                when item_pauses.entered_clock >= item_clocks.started_clock
                    then item_pauses.left_clock - item_pauses.entered_clock
                when item_pauses.left_clock > item_clocks.started_clock
                    then item_pauses.left_clock - item_clocks.started_clock
            end
        ) as paused_after_start_seconds
    from item_pauses
    inner join item_clocks
        on item_pauses.item_id = item_clocks.item_id
    where
        item_pauses.left_at < :as_of
    group by item_pauses.item_id

)

select
    item_stays.item_id,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.client,
    item_stays.status,
    item_stays.received_at,
    item_stays.first_due_at,
    item_stays.due_at,
    item_stays.completed_at,
    bucket_start(day_of(item_stays.completed_at), :grain) as bucket_on,
    month_start(day_of(item_stays.completed_at)) as month_on,
    hours_between(item_stays.received_at, item_stays.completed_at) as lead_hours,
    (
        item_stays.completed_clock
        - item_stays.received_clock
        - coalesce(pauses.paused_seconds, 0)
    ) / 3600.0 as lead_work_hours,
    case
        when
            item_stays.started_at >= item_stays.received_at
            and item_stays.started_at <= item_stays.completed_at
            then (
                item_stays.completed_clock
                - item_stays.started_clock
                - coalesce(pauses.paused_after_start_seconds, 0)
            ) / 3600.0
    end as cycle_work_hours,
    case
        when
            item_stays.completed_at < item_stays.received_at
            or item_stays.completed_at < item_stays.started_at
            or item_stays.started_at < item_stays.received_at
            then 'negative'
        when item_stays.started_at is null then 'not told'
        else 'told'
    end as cycle,
    item_stays.handling_minutes / 60.0 as handling_hours,
    case
        when
            item_stays.completed_at < item_stays.received_at
            or item_stays.completed_clock
            - item_stays.received_clock
            - coalesce(pauses.paused_seconds, 0)
            < 0
            then 'negative'
        when item_stays.handling_minutes is null or item_stays.completed_clock is null
            then 'not told'
        else 'told'
    end as handling,
    coalesce(moves.handoffs, 0) as handoffs,
    moves.item_id is not null as is_handed_over,
    coalesce(moves.returns > 0, false) as is_ping_pong,
    coalesce(item_stays.returned_at < :as_of, false) as is_returned,
    item_stays.promise_at is not null as is_promised,
    item_stays.due_at is not null as is_dated,
    coalesce(item_stays.completed_at <= item_stays.due_at, false) as is_closed_on_time,
    coalesce(item_stays.first_reviewed_at < :as_of, false) as is_covered,
    item_stays.completed_at < item_stays.received_at as is_negative
from item_stays
left join moves
    on item_stays.item_id = moves.item_id
left join pauses
    on item_stays.item_id = pauses.item_id
where
    item_stays.completed_at >= :period_from
    and item_stays.completed_at < :period_to
    and item_stays.completed_at < :as_of
    and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
order by item_stays.completed_at, item_stays.item_id
