-- Contracts of clients
-- Does each client get what was promised: in time, and without critical errors?
--
-- One row per client with items under contract that were completed in the period, or whose
-- work of the period has a random review. Clients are never added up.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--
-- Columns:
--   client              for whom
--   contract_items      items completed under a contract for their turnaround, less the two
--                       below
--   negative_items      items completed before their receipt: faults; zero is right
--   unknown_items       items whose working time is not known, as the calendar of the contract
--                       does not reach; zero is right
--   within_items        contract items within its working minutes, in its own calendar; higher is
--                       better
--   turnaround_work_hours_p85   85 % of them took at most so many working hours; lower is better
--   reviewed_items      items with a random review
--   accurate_items      those without a critical defect in the earliest one; higher is better;
--                       empty where the source tells none
--
-- Rates:
--   contract_met        within_items / contract_items
--   critical_accuracy   accurate_items / reviewed_items
--
-- Percentiles:
--   turnaround_work_hours_p85   contract_items
--
-- Metrics:
--   contract_turnaround  contract_met in % by completed_at; higher is better; version 1,
--                       service; working minutes of the contract's calendar and zone without
--                       pauses; cancelled items, those without contract, and those completed before
--                       their receipt or of unknown time are left out; one client at a time
--   critical_accuracy   critical_accuracy in % by work_date; higher is better; version 1,
--                       quality; earliest random review of an item; one client at a time
--
-- Cases:
--   contract_items      records/bpo where is_completed = true
--   negative_items      records/bpo where contract_state = negative
--   unknown_items       records/bpo where contract_state = not known
--   within_items        records/bpo where is_within = true
--   reviewed_items      records/bpo where is_reviewed = true
--   accurate_items      records/bpo where is_accurate = true

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
        and item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of

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

judged as (

    select
        client,
        count(turnaround_minutes) as contract_items,
        count(case when is_negative then 1 end) as negative_items,
        count(case when turnaround_minutes is null and not is_negative then 1 end)
            as unknown_items,
        count(case when turnaround_minutes <= contract_minutes then 1 end) as within_items,
        percentile(0.85, turnaround_minutes) / 60.0 as turnaround_work_hours_p85,
        0 as reviewed_items,
        0 as accurate_items
    from turned
    where contract_minutes is not null
    group by client

    union all

    select
        item_stays.client,
        0 as contract_items,
        0 as negative_items,
        0 as unknown_items,
        0 as within_items,
        null as turnaround_work_hours_p85,
        count(*) as reviewed_items,
        count(case when coalesce(reviewed.critical_defects, 0) = 0 then 1 end)
            as accurate_items
    from ext_bpo
    inner join item_stays
        on ext_bpo.item_id = item_stays.item_id
    inner join reviewed
        on ext_bpo.item_id = reviewed.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
    group by item_stays.client

)

select
    client,
    cast(sum(contract_items) as bigint) as contract_items,
    cast(sum(negative_items) as bigint) as negative_items,
    cast(sum(unknown_items) as bigint) as unknown_items,
    cast(sum(within_items) as bigint) as within_items,
    max(turnaround_work_hours_p85) as turnaround_work_hours_p85,
    cast(sum(reviewed_items) as bigint) as reviewed_items,
    case
        when 'critical defect' in (select fact from source_facts)
            then cast(sum(accurate_items) as bigint)
    end as accurate_items
from judged
group by client
order by client
