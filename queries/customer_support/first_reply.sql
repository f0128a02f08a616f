-- First reply
-- How long do customers wait until a person answers?
--
-- One row, over the contacts received in the period. Spam, bots and merged contacts are left out,
-- and so are automatic replies: only a reply by a person counts.
--
-- Parameters:
--   period_from         contacts received from this instant on
--   period_to           contacts received before this instant
--   as_of               contacts and replies before this instant count
--
-- Columns:
--   contact_items       contacts received
--   replied_items       contacts answered by a person
--   waiting_items       still open without such an answer: in none of the times
--   unanswered_items    ended without such an answer: in none of the times
--   negative_items      answered before they were received: faults, left out of the times
--   first_reply_minutes_p50   half of those answered waited no more working minutes
--   first_reply_minutes_p85   85 of 100 waited no more
--   first_reply_minutes_p95   95 of 100 waited no more
--
-- Percentiles:
--   first_reply_minutes_p50   replied_items
--   first_reply_minutes_p85   replied_items
--   first_reply_minutes_p95   replied_items
--
-- Metrics:
--   first_reply         first_reply_minutes_p50 in working minutes by received_at; lower is better;
--                       version 1, service; automatic replies out; no reply yet is counted apart
--
-- Cases:
--   contact_items       records/customer_support where is_received = true, contact_kind = counted
--   replied_items       records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = replied
--   waiting_items       records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = waiting
--   unanswered_items    records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = unanswered
--   negative_items      records/customer_support where is_received = true, contact_kind = counted,
--                       reply_state = fault

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

)

select
    count(*) as contact_items,
    count(case when not is_negative then replied_at end) as replied_items,
    count(case when replied_at is null and not is_ended then 1 end) as waiting_items,
    count(case when replied_at is null and is_ended then 1 end) as unanswered_items,
    count(case when is_negative then 1 end) as negative_items,
    percentile(0.5, case when not is_negative then first_reply_minutes end)
        as first_reply_minutes_p50,
    percentile(0.85, case when not is_negative then first_reply_minutes end)
        as first_reply_minutes_p85,
    percentile(0.95, case when not is_negative then first_reply_minutes end)
        as first_reply_minutes_p95
from timed
order by contact_items
