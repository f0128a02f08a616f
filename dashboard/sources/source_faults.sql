-- Faults of a source
-- Which rows tell what cannot be, and what becomes of them?
--
-- One row per row of the source and fault. Derived from the mapped relations and from
-- item_stays, before any filter.

with

open_calendars as (

    select distinct calendar
    from calendar_days
    where minutes_in > 0

),

lives as (

    select
        item_stays.*,
        open_calendars.calendar is not null as has_calendar,
        coalesce(item_stays.completed_at < item_stays.received_at, false)
            as is_completed_before,
        coalesce(item_stays.started_at < item_stays.received_at, false)
            as is_started_before
    from item_stays
    left join open_calendars
        on item_stays.calendar = open_calendars.calendar
    where item_stays.next_entered_at is null

),

faults_of_items as (

    select
        item_id,
        'completed before receipt' as fault,
        'left out of times' as effect,
        true as is_negative,
        cast(null as varchar) as told
    from lives
    where is_completed_before

    union all

    select
        item_id,
        'started before receipt' as fault,
        'left out of cycle times' as effect,
        not is_completed_before as is_negative,
        cast(null as varchar) as told
    from lives
    where is_started_before

    union all

    -- Still late or on time by the promise: its lateness is no negative time.
    select
        item_id,
        'due before receipt' as fault,
        'share of the time allowed not known' as effect,
        not is_completed_before and not is_started_before as is_negative,
        cast(null as varchar) as told
    from lives
    where
        due_at < received_at
        or first_due_at < received_at

    union all

    select
        item_id,
        'cancelled before receipt' as fault,
        'never counted as open' as effect,
        false as is_negative,
        cast(null as varchar) as told
    from lives
    where cancelled_at < received_at

    union all

    select
        item_id,
        'completed before its start' as fault,
        'left out of cycle times' as effect,
        false as is_negative,
        cast(null as varchar) as told
    from lives
    where
        completed_at < started_at
        and not is_completed_before

    union all

    select
        item_id,
        'of a calendar that is not there or never open' as fault,
        'working time not known' as effect,
        false as is_negative,
        calendar as told
    from lives
    where not has_calendar

    union all

    select
        item_id,
        'with a date outside of the calendar' as fault,
        'working time not known' as effect,
        false as is_negative,
        cast(null as varchar) as told
    from lives
    where
        has_calendar
        and (
            (received_at is not null and received_clock is null)
            or (started_at is not null and started_clock is null)
            or (promise_at is not null and promise_clock is null)
            or (due_at is not null and due_clock is null)
            or (completed_at is not null and completed_clock is null)
        )

    union all

    select
        item_id,
        'with a negative standard time' as fault,
        'standard time not known' as effect,
        false as is_negative,
        cast(standard_minutes as varchar) as told
    from work_items
    where standard_minutes < 0

    union all

    select
        item_id,
        'with a negative handling time' as fault,
        'handling time not known' as effect,
        false as is_negative,
        cast(handling_minutes as varchar) as told
    from work_items
    where handling_minutes < 0

    union all

    -- Several people may work on an item at once. To need more than all the hours of
    -- more than a day, nights too, three shifts would have to do nothing else.
    select
        item_id,
        'with more handling time than went by' as fault,
        'counted as told' as effect,
        false as is_negative,
        cast(handling_minutes as varchar) as told
    from work_items
    where
        handling_minutes > 1440
        and (
            handling_minutes > 60 * hours_between(received_at, completed_at)
            or handling_minutes > 60 * hours_between(received_at, cancelled_at)
        )

),

-- A sum of hours that no day has; which of the rows is wrong is not known.
long_days as (

    select
        employee,
        work_date
    from time_entries
    group by employee, work_date
    having sum(minutes) > 1440

),

told_reviews as (

    select
        quality_reviews.review_id,
        quality_reviews.item_id,
        quality_reviews.reviewed_at,
        'of no item' as fault,
        'counted under no department' as effect,
        cast(null as varchar) as told
    from quality_reviews
    left join work_items
        on quality_reviews.item_id = work_items.item_id
    where work_items.item_id is null

    union all

    select
        quality_reviews.review_id,
        quality_reviews.item_id,
        quality_reviews.reviewed_at,
        'from before receipt' as fault,
        'counted as told' as effect,
        cast(quality_reviews.work_date as varchar) as told
    from quality_reviews
    inner join work_items
        on quality_reviews.item_id = work_items.item_id
    where
        quality_reviews.reviewed_at < work_items.received_at
        or quality_reviews.work_date < day_of(work_items.received_at)

    union all

    select
        review_id,
        item_id,
        reviewed_at,
        'with a negative number of defects, or none told' as fault,
        'left out of error rates' as effect,
        cast(defects as varchar) as told
    from quality_reviews
    where
        defects is null
        or defects < 0

    union all

    select
        review_id,
        item_id,
        reviewed_at,
        'with more defects than units' as fault,
        'counted as told' as effect,
        cast(defects as varchar) || ' of ' || cast(units as varchar) as told
    from quality_reviews
    where defects > units

    union all

    select
        review_id,
        item_id,
        reviewed_at,
        'without a date' as fault,
        'left out' as effect,
        cast(null as varchar) as told
    from quality_reviews
    where
        reviewed_at is null
        or work_date is null

),

faults as (

    select
        'item' as kind,
        faults_of_items.fault,
        faults_of_items.effect,
        faults_of_items.is_negative,
        work_items.item_id as row_key,
        faults_of_items.told,
        work_items.received_at as told_at,
        work_items.item_id,
        work_items.department,
        work_items.team,
        work_items.employee,
        work_items.work_type,
        work_items.priority,
        work_items.channel
    from faults_of_items
    inner join work_items
        on faults_of_items.item_id = work_items.item_id

    union all

    select
        'item' as kind,
        case
            when item_id is null or received_at is null then 'without key or receipt'
            else 'with the key of another'
        end as fault,
        case
            when item_id is null or received_at is null then 'left out'
            else 'only the first received counts'
        end as effect,
        false as is_negative,
        item_id as row_key,
        cast(null as varchar) as told,
        received_at as told_at,
        item_id,
        department,
        team,
        employee,
        work_type,
        priority,
        channel
    from left_out_items

    union all

    select
        'event' as kind,
        case when work_events.event_at is null then 'without a time' else 'of no item' end
            as fault,
        'left out' as effect,
        false as is_negative,
        work_events.item_id as row_key,
        work_events.kind as told,
        work_events.event_at as told_at,
        work_events.item_id,
        work_events.department,
        work_events.team,
        work_events.employee,
        work_items.work_type,
        work_items.priority,
        work_items.channel
    from work_events
    left join work_items
        on work_events.item_id = work_items.item_id
    where
        work_items.item_id is null
        or work_events.event_at is null

    union all

    select
        'review' as kind,
        told_reviews.fault,
        told_reviews.effect,
        false as is_negative,
        told_reviews.review_id as row_key,
        told_reviews.told,
        told_reviews.reviewed_at as told_at,
        told_reviews.item_id,
        work_items.department,
        work_items.team,
        work_items.employee,
        work_items.work_type,
        work_items.priority,
        work_items.channel
    from told_reviews
    left join work_items
        on told_reviews.item_id = work_items.item_id

    union all

    select
        'time record' as kind,
        case
            when time_entries.minutes < 0 then 'below zero'
            else 'of a person with more than 24 hours in a day'
        end as fault,
        'counted as told' as effect,
        false as is_negative,
        cast(time_entries.work_date as varchar) as row_key,
        cast(time_entries.minutes as varchar) as told,
        cast(null as timestamp) as told_at,
        cast(null as varchar) as item_id,
        time_entries.department,
        time_entries.team,
        time_entries.employee,
        cast(null as varchar) as work_type,
        cast(null as varchar) as priority,
        cast(null as varchar) as channel
    from time_entries
    left join long_days
        on
            time_entries.employee = long_days.employee
            and time_entries.work_date = long_days.work_date
    where
        time_entries.minutes < 0
        or long_days.employee is not null

    union all

    select
        'work type' as kind,
        'with a negative standard time' as fault,
        'counted as told' as effect,
        false as is_negative,
        work_type as row_key,
        cast(standard_minutes as varchar) as told,
        cast(null as timestamp) as told_at,
        cast(null as varchar) as item_id,
        department,
        cast(null as varchar) as team,
        cast(null as varchar) as employee,
        work_type,
        cast(null as varchar) as priority,
        cast(null as varchar) as channel
    from work_types
    where standard_minutes < 0

)

select
    kind,
    fault,
    effect,
    is_negative,
    row_key,
    told,
    told_at,
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel
from faults
order by kind, fault, row_key
