-- Credits to clients
-- What do we owe clients for work later than the contract allows, and what may follow?
--
-- One row per client and currency with credits owed for work completed in the period, or at
-- risk at the as-of moment, or with items of which neither can be told. Clients are never
-- added up.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions before this instant count
--
-- Columns:
--   client              for whom
--   currency            currency of the amounts; one is never added to another
--   owed_items          items completed beyond the contract; lower is better
--   owed_amount         credits for them; lower is better
--   risk_items          open items that have used more than four fifths of the contract; lower
--                       is better
--   risk_amount         credits for them, if they end beyond it; lower is better
--   negative_items      items completed before their receipt: faults, left out; zero is right
--   unknown_items       items whose working time is not known, as the calendar of the contract
--                       does not reach, left out; zero is right
--
-- Metrics:
--   credits_owed        owed_amount in money by completed_at; lower is better; version 1,
--                       service; one client and currency at a time
--   credits_at_risk     risk_amount in money by as-of; lower is better; version 1, service; open,
--                       with more than four fifths of the working minutes used; one client and
--                       currency at a time
--
-- Cases:
--   owed_items          records/bpo where credit_state = owed
--   risk_items          records/bpo where credit_state = at risk
--   negative_items      records/bpo where credit_state = negative
--   unknown_items       records/bpo where credit_state = not known

with

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

judged as (

    select
        client,
        currency,
        credit_rate,
        case
            when contract_minutes is null then null
            when is_negative then 'negative'
            when turnaround_minutes is null then 'not known'
            when done_at is not null and turnaround_minutes > contract_minutes then 'owed'
            when done_at is null and 5 * turnaround_minutes > 4 * contract_minutes
                then 'at risk'
        end as credit_state
    from turned

)

select
    client,
    currency,
    count(case when credit_state = 'owed' then 1 end) as owed_items,
    coalesce(sum(case when credit_state = 'owed' then credit_rate end), 0) as owed_amount,
    count(case when credit_state = 'at risk' then 1 end) as risk_items,
    coalesce(sum(case when credit_state = 'at risk' then credit_rate end), 0)
        as risk_amount,
    count(case when credit_state = 'negative' then 1 end) as negative_items,
    count(case when credit_state = 'not known' then 1 end) as unknown_items
from judged
where credit_state is not null
group by client, currency
order by client, currency
