-- Open items
-- Which items are open, how old and how late?
--
-- One row per item open at the as-of moment.
--
-- Parameters:
--   as_of             items open at this instant
--   known_at          moment for which the source tells statuses without a date
--
-- Columns:
--   item_id           the item
--   department        department that has the item
--   team              team that has the item
--   employee          person it is assigned to
--   work_type         kind of work
--   priority          priority
--   channel           how it came in
--   client            for whom
--   status            status then, as last told; unknown where none was
--   received_at       first arrival
--   started_at        first work on it
--   first_due_at      first promise
--   due_at            promise in force
--   standard_minutes  standard time for one such item
--   amount            money it is about
--   age_days          calendar days since receipt, midnights crossed
--   age_work_hours    working hours since receipt, pauses taken out
--   days_late         calendar days since the promise in force, midnights crossed; empty
--                     where it is not overdue
--   late_work_hours   working hours since the promise in force; empty where it is not overdue
--   due_state         overdue, due today, due later or undated, by the promise in force
--   is_undated        there is no promise at all
--   is_overdue_first  past the first promise
--   age_band          share of the working time from receipt to the promise in force that
--                     has passed, pauses taken out
--   days_band         calendar days since receipt, in bands
--   is_paused         waiting by policy
--   is_unassigned     nobody has it
--   urgent            its kind of work has to be done soon; empty where not told
--   important         its kind of work matters if it is not done; empty where not told

with

now as (

    select
        calendar,
        clock_at(:as_of, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to)
            as clock
    from calendar_days
    where
        starts_at <= :as_of
        and ends_at > :as_of

),

open_stays as (

    select
        item_id,
        department,
        team,
        employee,
        work_type,
        priority,
        channel,
        client,
        case when left_at is null and :as_of >= :known_at then status end as status,
        received_at,
        started_at,
        first_due_at,
        due_at,
        promise_at,
        standard_minutes,
        amount,
        day_of(received_at) as received_on,
        days_between(day_of(received_at), day_of(:as_of)) as age_days,
        calendar,
        received_clock,
        due_clock
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

-- Working seconds paused so far, and of these before the due date.
pauses as (

    select
        open_stays.item_id,
        sum(
            case when item_pauses.left_at < :as_of then item_pauses.left_clock else now.clock end
            - item_pauses.entered_clock
        ) as paused_seconds,
        sum(
            case
                when
                    item_pauses.left_at < :as_of
                    and item_pauses.left_clock < open_stays.due_clock
                    then item_pauses.left_clock - item_pauses.entered_clock
                when now.clock < open_stays.due_clock then now.clock - item_pauses.entered_clock
                when item_pauses.entered_clock < open_stays.due_clock
                    then open_stays.due_clock - item_pauses.entered_clock
            end
        ) as paused_in_time_seconds
    from open_stays
    inner join item_pauses
        on
            open_stays.item_id = item_pauses.item_id
            and item_pauses.entered_at < :as_of
    inner join now
        on open_stays.calendar = now.calendar
    group by open_stays.item_id

),

aged as (

    select
        open_stays.*,
        now.clock
        - open_stays.received_clock
        - coalesce(pauses.paused_seconds, 0) as elapsed_seconds,
        open_stays.due_clock
        - open_stays.received_clock
        - coalesce(pauses.paused_in_time_seconds, 0) as allowed_seconds,
        now.clock - open_stays.due_clock as late_seconds
    from open_stays
    left join now
        on open_stays.calendar = now.calendar
    left join pauses
        on open_stays.item_id = pauses.item_id

),

stages as (

    select
        item_id,
        status,
        is_paused
    from item_stages
    where
        is_open
        and entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

kinds as (

    select
        work_type,
        department,
        urgent,
        important,
        valid_from
    from work_types
    where
        (valid_from is null or valid_from <= day_of(:as_of))
        and (valid_to is null or valid_to > day_of(:as_of))

),

ranked_kinds as (

    select
        open_stays.item_id,
        kinds.urgent,
        kinds.important,
        row_number() over (
            partition by open_stays.item_id
            order by
                case
                    when kinds.department = open_stays.department then 1
                    when kinds.department is null then 2
                    else 3
                end,
                coalesce(kinds.valid_from, open_stays.received_on) desc,
                kinds.department
        ) as place
    from open_stays
    inner join kinds
        on open_stays.work_type = kinds.work_type

),

banded as (

    select
        *,
        age_band_of(elapsed_seconds, allowed_seconds, due_at, :as_of) as band_number,
        case
            when age_days <= 1 then 1
            when age_days <= 3 then 2
            when age_days <= 7 then 3
            when age_days <= 14 then 4
            when age_days <= 30 then 5
            when age_days <= 90 then 6
            else 7
        end as days_number
    from aged

)

select
    banded.item_id,
    banded.department,
    banded.team,
    banded.employee,
    banded.work_type,
    banded.priority,
    banded.channel,
    banded.client,
    coalesce(stages.status, banded.status, 'unknown') as status,
    banded.received_at,
    banded.started_at,
    banded.first_due_at,
    banded.due_at,
    banded.standard_minutes,
    banded.amount,
    banded.age_days,
    banded.elapsed_seconds / 3600.0 as age_work_hours,
    case
        when banded.due_at < :as_of
            then days_between(day_of(banded.due_at), day_of(:as_of))
    end as days_late,
    case when banded.due_at < :as_of then banded.late_seconds / 3600.0 end as late_work_hours,
    case
        when banded.due_at is null then 'undated'
        when banded.due_at < :as_of then 'overdue'
        when day_of(banded.due_at) = day_of(:as_of) then 'due today'
        else 'due later'
    end as due_state,
    banded.promise_at is null as is_undated,
    coalesce(banded.promise_at < :as_of, false)
        as is_overdue_first,
    case banded.band_number
        when 1 then 'under half'
        when 2 then 'half to 80 %'
        when 3 then 'last fifth'
        when 4 then 'late by up to the time allowed'
        when 5 then 'late by more than the time allowed'
        when 6 then 'no due date'
        else 'not known'
    end as age_band,
    case banded.days_number
        when 1 then '0 to 1 day'
        when 2 then '2 to 3 days'
        when 3 then '4 to 7 days'
        when 4 then '8 to 14 days'
        when 5 then '15 to 30 days'
        when 6 then '31 to 90 days'
        else 'over 90 days'
    end as days_band,
    coalesce(stages.is_paused, false) as is_paused,
    banded.employee is null as is_unassigned,
    ranked_kinds.urgent,
    ranked_kinds.important
from banded
left join stages
    on banded.item_id = stages.item_id
left join ranked_kinds
    on
        banded.item_id = ranked_kinds.item_id
        and ranked_kinds.place = 1
order by banded.received_at, banded.item_id
