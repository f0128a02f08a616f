-- Items under contract
-- Which items of clients did the period bring, finish or check, and which put credits at risk?
--
-- One row per item under a contract that was received, completed or checked in the period, or
-- is open and has used more than four fifths of the contract, or nobody knows how much of it.
-- Cancelled ones only as received.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         receipts and completions from this instant on
--   period_to           receipts and completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   item_id             the item
--   client              for whom
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   received_at         first arrival
--   month_on            first day of the month of the receipt
--   completed_at        done, in force then
--   is_received         received in the period
--   is_completed        completed in the period, under a contract for its turnaround, and its
--                       working time is known
--   contract_state      of what was completed in the period under a contract: within, beyond,
--                       negative (before its receipt, a fault), or not known (the calendar of
--                       the contract does not reach)
--   contract_minutes    working minutes that the contract allows from receipt
--   turnaround_minutes  working minutes of the calendar of the contract from receipt to
--                       completion, or to the as-of moment; pauses are left out; empty for
--                       what was completed in another period
--   contract_work_hours   contract_minutes in hours
--   turnaround_work_hours   turnaround_minutes in hours
--   is_within           completed within the contract
--   is_reviewed         its earliest random review is of work done in the period
--   is_accurate         that review found no critical defect
--   currency            currency of the credit
--   credit              credit to the client if it is beyond the contract
--   credit_state        owed, if completed in the period beyond the contract; at risk, if open
--                       with more than four fifths of it used; negative or not known, as in
--                       contract_state, of open ones too

with

reviewed as (

    select
        item_id,
        critical_defects
    from first_reviews
    where
        reviewed_at < :as_of
        and work_date >= :period_start
        and work_date < :period_end

),

contracted as (

    select
        item_stays.*,
        ext_bpo.contract_minutes,
        ext_bpo.credit_rate,
        ext_bpo.currency,
        coalesce(ext_bpo.calendar, item_stays.calendar) as contract_calendar,
        case when item_stays.completed_at < :as_of then item_stays.completed_at end
            as done_at,
        case
            when item_stays.completed_at < :as_of then item_stays.completed_at
            else :as_of
        end as ends_at
    from ext_bpo
    inner join item_stays
        on ext_bpo.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.cancelled_at is null or item_stays.cancelled_at >= :as_of)
        and (
            item_stays.completed_at is null
            or item_stays.completed_at >= :as_of
            or (
                item_stays.completed_at >= :period_from
                and item_stays.completed_at < :period_to
            )
        )

),

-- A pause takes back what passes from its begin to its end.
instants as (

    select
        item_id,
        contract_calendar,
        -1 as sign,
        received_at as happened_at
    from contracted

    union all

    select
        item_id,
        contract_calendar,
        1 as sign,
        ends_at as happened_at
    from contracted

    union all

    select
        contracted.item_id,
        contracted.contract_calendar,
        1 as sign,
        item_pauses.entered_at as happened_at
    from contracted
    inner join item_pauses
        on contracted.item_id = item_pauses.item_id
    where
        item_pauses.entered_at < contracted.ends_at

    union all

    select
        contracted.item_id,
        contracted.contract_calendar,
        -1 as sign,
        case
            when item_pauses.left_at < contracted.ends_at then item_pauses.left_at
            else contracted.ends_at
        end as happened_at
    from contracted
    inner join item_pauses
        on contracted.item_id = item_pauses.item_id
    where
        item_pauses.entered_at < contracted.ends_at

),

-- A local day begins at most a day before or after that of UTC.
offsets as (

    select -1 as days
    union all
    select 0 as days
    union all
    select 1 as days

),

near_days as (

    select
        calendar_days.*,
        days_after(calendar_days.day, offsets.days) as utc_day
    from calendar_days
    cross join offsets

),

worked as (

    select
        instants.item_id,
        count(*) as instants,
        count(near_days.day) as known_instants,
        sum(
            instants.sign
            * clock_at(
                instants.happened_at,
                near_days.minutes_before,
                near_days.w1_from,
                near_days.w1_to,
                near_days.w2_from,
                near_days.w2_to,
                near_days.w3_from,
                near_days.w3_to
            )
        ) / 60.0 as minutes
    from instants
    left join near_days
        on
            instants.contract_calendar = near_days.calendar
            and utc_day_of(instants.happened_at) = near_days.utc_day
            and instants.happened_at >= near_days.starts_at
            and instants.happened_at < near_days.ends_at
    group by instants.item_id

),

-- No calendar, no working time: it is unknown then, not 0. Nor does it run backwards.
turned as (

    select
        contracted.*,
        contracted.ends_at < contracted.received_at as is_negative,
        case
            when
                worked.instants = worked.known_instants
                and contracted.ends_at >= contracted.received_at
                then worked.minutes
        end as turnaround_minutes
    from contracted
    inner join worked
        on contracted.item_id = worked.item_id

),

told as (

    select
        item_stays.item_id,
        coalesce(
            item_stays.received_at >= :period_from and item_stays.received_at < :period_to,
            false
        ) as is_received,
        coalesce(
            turned.contract_minutes is not null
            and turned.turnaround_minutes is not null
            and turned.done_at >= :period_from
            and turned.done_at < :period_to,
            false
        ) as is_completed,
        case
            when turned.contract_minutes is null or turned.done_at is null then null
            when turned.is_negative then 'negative'
            when turned.turnaround_minutes is null then 'not known'
            when turned.turnaround_minutes <= turned.contract_minutes then 'within'
            else 'beyond'
        end as contract_state,
        case
            when turned.contract_minutes is null then null
            when turned.is_negative then 'negative'
            when turned.turnaround_minutes is null then 'not known'
            when
                turned.done_at is not null
                and turned.turnaround_minutes > turned.contract_minutes
                then 'owed'
            when
                turned.done_at is null
                and 5 * turned.turnaround_minutes > 4 * turned.contract_minutes
                then 'at risk'
        end as credit_state
    from ext_bpo
    inner join item_stays
        on ext_bpo.item_id = item_stays.item_id
    left join turned
        on item_stays.item_id = turned.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

)

select
    item_stays.item_id,
    item_stays.client,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.received_at,
    month_start(day_of(item_stays.received_at)) as month_on,
    case when item_stays.completed_at < :as_of then item_stays.completed_at end
        as completed_at,
    told.is_received,
    told.is_completed,
    told.contract_state,
    ext_bpo.contract_minutes,
    turned.turnaround_minutes,
    ext_bpo.contract_minutes / 60.0 as contract_work_hours,
    turned.turnaround_minutes / 60.0 as turnaround_work_hours,
    coalesce(told.contract_state = 'within', false) as is_within,
    reviewed.item_id is not null as is_reviewed,
    coalesce(reviewed.item_id is not null and coalesce(reviewed.critical_defects, 0) = 0, false)
        as is_accurate,
    ext_bpo.currency,
    ext_bpo.credit_rate as credit,
    told.credit_state
from told
inner join ext_bpo
    on told.item_id = ext_bpo.item_id
inner join item_stays
    on
        told.item_id = item_stays.item_id
        and item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
left join turned
    on told.item_id = turned.item_id
left join reviewed
    on told.item_id = reviewed.item_id
where
    told.is_received
    or told.is_completed
    or told.credit_state is not null
    or reviewed.item_id is not null
order by item_stays.received_at, item_stays.item_id
