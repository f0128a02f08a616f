-- Due dates by promises of working time
-- When does the working time end that an item may take?
--
-- One row per promise: its item, the column that it fills, and the instant, which is
-- empty where the days of the calendar do not reach. Read by imports alone, of
-- promises.given, the clocks of the receipts, and calendar_days.

with

received as (

    select
        given.*,
        clocks.calendar,
        clocks.received_at,
        clocks.received_clock
        + 60 * cast(given.minutes as decimal(28, 6)) as due_clock
    from promises.given
    inner join clocks
        on given.item_id = clocks.item_id
    where not given.is_elapsed

),

windows as (

    select
        calendar,
        unnest([w1_from, w2_from, w3_from]) as opens_at,
        unnest([w1_to, w2_to, w3_to]) as closes_at,
        minutes_before,
        w1_from,
        w1_to,
        w2_from,
        w2_to,
        w3_from,
        w3_to
    from calendar_days

),

openings as (

    select
        calendar,
        opens_at,
        closes_at,
        clock_at(
            opens_at, minutes_before, w1_from, w1_to, w2_from, w2_to, w3_from, w3_to
        ) as opening_clock
    from windows
    where closes_at > opens_at

),

-- The window in which the time ends: at its close it ends there, not at the next opening.
worked as (

    select
        received.*,
        openings.opens_at,
        openings.closes_at,
        openings.opening_clock
    from received
    asof left join openings
        on
            received.calendar = openings.calendar
            and received.due_clock > openings.opening_clock
    where received.minutes > 0

    union all

    -- No time at all ends on receipt, or at the next opening.
    select
        received.*,
        openings.opens_at,
        openings.closes_at,
        openings.opening_clock
    from received
    asof left join openings
        on
            received.calendar = openings.calendar
            and received.due_clock >= openings.opening_clock
    where received.minutes = 0

),

by_minutes as (

    select
        item_id,
        fills,
        closes_at,
        opens_at + to_microseconds(
            cast(1000000 * (due_clock - opening_clock) as bigint)
        ) as due_at
    from worked

),

-- A day that closes at midnight ends with its last microsecond, as other due dates do.
numbered_days as (

    select
        calendar,
        starts_at,
        ends_at,
        is_working,
        greatest(w1_to, w2_to, w3_to) as closes_at,
        least(
            greatest(w1_to, w2_to, w3_to), ends_at - interval 1 microsecond
        ) as due_at,
        count(case when is_working then 1 end) over (
            partition by calendar
            order by starts_at
        ) as place
    from calendar_days

),

first_days as (

    select
        received.*,
        numbered_days.place + received.days
        + case
            when
                numbered_days.is_working
                and received.received_at < numbered_days.closes_at
                then 0
            else 1
        end as last_place
    from received
    asof left join numbered_days
        on
            received.calendar = numbered_days.calendar
            and received.received_at >= numbered_days.starts_at
    where
        received.days is not null
        and received.received_at < numbered_days.ends_at

),

by_days as (

    select
        received.item_id,
        received.fills,
        numbered_days.due_at
    from received
    left join first_days
        on
            received.item_id = first_days.item_id
            and received.fills = first_days.fills
    left join numbered_days
        on
            first_days.calendar = numbered_days.calendar
            and first_days.last_place = numbered_days.place
            and numbered_days.is_working
    where received.days is not null

)

select
    item_id,
    fills,
    case when due_at <= closes_at then due_at end as due_at
from by_minutes

union all

select
    item_id,
    fills,
    due_at
from by_days
