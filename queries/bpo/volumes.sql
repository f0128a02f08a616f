-- Volumes of clients
-- Does each client send as much as was agreed?
--
-- One row per client and month of the period, from its first item under contract on, also
-- for a month without any. Clients are never added up.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         receipts from this instant on; earlier ones tell since when the
--                       client is under contract
--   period_to           receipts before this instant
--   as_of               receipts before this instant count
--   told_until          moment up to which the data tells what happened
--
-- Columns:
--   client              for whom
--   month_on            first day of the month
--   received_items      items received under the contract
--   committed_low       fewest items a month that the client commits to; in a month without
--                       items, as in the last one with some
--   committed_high      most items a month that we commit to
--   against_band        below, inside or above the two; not complete, if the period or the end
--                       of what is told cuts the month; empty where nothing is agreed
--   is_partial          the period or the end of what is told cuts the month
--
-- Metrics:
--   contract_volume     received_items in items by received_at; neither is better; version 1,
--                       service; beside the committed band of a month; one client at a time
--
-- Cases:
--   received_items      records/bpo where is_received = true

with

contracted as (

    select
        item_stays.client,
        item_stays.received_at,
        month_start(day_of(item_stays.received_at)) as month_on,
        ext_bpo.band_lo,
        ext_bpo.band_hi
    from ext_bpo
    inner join item_stays
        on ext_bpo.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at < :period_to

),

clients as (

    select
        client,
        min(month_on) as first_month_on
    from contracted
    group by client

),

counted as (

    select
        client,
        month_on,
        count(case when received_at >= :period_from then 1 end) as received_items,
        max(band_lo) as band_lo,
        max(band_hi) as band_hi
    from contracted
    group by client, month_on

),

months as (

    select distinct month_start(day) as month_on
    from calendar_days
    where
        day < :period_end
        and day <= day_of(:as_of)

),

-- In a month without items, the band of the last month with items goes on.
numbered as (

    select
        clients.client,
        months.month_on,
        coalesce(counted.received_items, 0) as received_items,
        counted.band_lo,
        counted.band_hi,
        count(counted.month_on) over (
            partition by clients.client
            order by months.month_on
        ) as months_with_items
    from clients
    inner join months
        on clients.first_month_on <= months.month_on
    left join counted
        on
            clients.client is not distinct from counted.client
            and months.month_on = counted.month_on

),

filled as (

    select
        client,
        month_on,
        received_items,
        max(band_lo) over (partition by client, months_with_items) as committed_low,
        max(band_hi) over (partition by client, months_with_items) as committed_high
    from numbered

),

judged as (

    select
        *,
        is_cut(month_on, 'month', :period_start, :period_end, :told_until) as is_partial
    from filled
    where month_on >= month_start(:period_start)

)

select
    client,
    month_on,
    received_items,
    committed_low,
    committed_high,
    case
        when is_partial then 'not complete'
        when received_items < committed_low then 'below'
        when received_items > committed_high then 'above'
        when committed_low is not null or committed_high is not null then 'inside'
    end as against_band,
    is_partial
from judged
order by client, month_on
