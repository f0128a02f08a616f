-- First reply over time
-- Do customers wait longer or shorter for a person than before?
--
-- One row per day, week or month with a contact. Spam, bots, merged contacts and automatic replies
-- are left out.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         contacts received from this instant on
--   period_to           contacts received before this instant
--   as_of               contacts and replies before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   received_bucket_on  first day of the day, week or month of the receipt
--   contact_items       contacts received
--   replied_items       of these, answered by a person
--   waiting_items       of these, open and without such an answer; in no percentile
--   first_reply_minutes_p50   working minutes from receipt to the first reply of a person: half
--                       waited no longer
--   first_reply_minutes_p85   85 of 100 waited no longer
--   is_partial          the period or the end of the data cuts it, or some contacts still wait
--
-- Percentiles:
--   first_reply_minutes_p50   replied_items
--   first_reply_minutes_p85   replied_items
--
-- Metrics:
--   first_reply         first_reply_minutes_p50
--
-- Cases:
--   contact_items       records/customer_support where is_received = true, contact_kind = counted
--   replied_items       records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = replied
--   waiting_items       records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = waiting

with

contacts as (

    select
        item_stays.received_at,
        item_stays.received_clock,
        coalesce(item_stays.left_at < :as_of, false) as is_ended,
        first_replies.replied_at,
        first_replies.replied_clock
    from ext_customer_support
    inner join item_stays
        on ext_customer_support.item_id = item_stays.item_id
    left join first_replies
        on
            ext_customer_support.item_id = first_replies.item_id
            and first_replies.replied_at < :as_of
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at >= :period_from
        and item_stays.received_at < :period_to
        and ext_customer_support.merged_into is null
        and not coalesce(ext_customer_support.is_bot, false)

),

timed as (

    select
        *,
        replied_at < received_at as is_negative,
        (replied_clock - received_clock) / 60.0 as first_reply_minutes
    from contacts

),

counted as (

    select
        bucket_start(day_of(received_at), :grain) as received_bucket_on,
        count(*) as contact_items,
        count(case when not is_negative then replied_at end) as replied_items,
        count(case when replied_at is null and not is_ended then 1 end) as waiting_items,
        percentile(0.5, case when not is_negative then first_reply_minutes end)
            as first_reply_minutes_p50,
        percentile(0.85, case when not is_negative then first_reply_minutes end)
            as first_reply_minutes_p85
    from timed
    group by bucket_start(day_of(received_at), :grain)

)

select
    received_bucket_on,
    contact_items,
    replied_items,
    waiting_items,
    first_reply_minutes_p50,
    first_reply_minutes_p85,
    waiting_items > 0
    or is_cut(received_bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from counted
order by received_bucket_on
