-- Volumes of clients
-- Does each client send as much as was agreed?
--
-- One row per client and month of the period with items received under contract. Clients are
-- never added up.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         receipts from this instant on
--   period_to           receipts before this instant
--   as_of               receipts before this instant count
--   told_until          moment up to which the data tells what happened
--
-- Columns:
--   client              for whom
--   month_on            first day of the month
--   received_items      items received under the contract
--   committed_low       fewest items a month that the client commits to
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

counted as (

    select
        item_stays.client,
        month_start(day_of(item_stays.received_at)) as month_on,
        count(*) as received_items,
        max(ext_bpo.band_lo) as committed_low,
        max(ext_bpo.band_hi) as committed_high
    from ext_bpo
    inner join item_stays
        on ext_bpo.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at >= :period_from
        and item_stays.received_at < :period_to
    group by item_stays.client, month_start(day_of(item_stays.received_at))

),

judged as (

    select
        *,
        is_cut(month_on, 'month', :period_start, :period_end, :told_until) as is_partial
    from counted

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
