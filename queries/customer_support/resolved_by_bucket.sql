-- Solved with the first reply
-- How many contacts are solved with one reply?
--
-- One row per day, week or month in which contacts were completed for the first time. Spam, bots
-- and merged contacts are left out.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         first completions from this instant on
--   period_to           first completions before this instant
--   as_of               completions, replies and reopenings before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first completion
--   resolved_items      contacts completed for the first time
--   first_contact_items   of these, with one reply of a person until then and not reopened within
--                       7 calendar days; higher is better
--   is_partial          the period cuts it, or it ended less than 7 calendar days before the as-of
--                       moment: more may come back
--
-- Rates:
--   first_contact_resolution   first_contact_items / resolved_items
--
-- Metrics:
--   first_contact_resolution   first_contact_resolution in % by completed_at; higher is better;
--                       version 1, service; one human reply, not reopened within 7 days; merged
--                       contacts and spam out; partial until matured
--
-- Cases:
--   resolved_items      records/customer_support where is_resolved = true, contact_kind = counted
--   first_contact_items   records/customer_support where is_resolved = true,
--                       contact_kind = counted, is_first_contact = true

with

resolved as (

    select
        item_stays.item_id,
        item_stays.left_at,
        coalesce(
            item_stays.next_entered_by = 'reopened'
            and item_stays.next_entered_at < :as_of
            and hours_between(item_stays.left_at, item_stays.next_entered_at) <= 168,
            false
        ) as is_reopened
    from ext_customer_support
    inner join item_stays
        on ext_customer_support.item_id = item_stays.item_id
    where
        item_stays.completion_number = 1
        and item_stays.left_at >= :period_from
        and item_stays.left_at < :period_to
        and item_stays.left_at < :as_of
        and ext_customer_support.merged_into is null
        and not coalesce(ext_customer_support.is_bot, false)

),

replies as (

    select
        resolved.item_id,
        count(*) as reply_events
    from resolved
    inner join item_touches
        on
            resolved.item_id = item_touches.item_id
            and item_touches.kind = 'replied'
            and item_touches.employee is not null
            and item_touches.event_at <= resolved.left_at
    group by resolved.item_id

),

counted as (

    select
        bucket_start(day_of(resolved.left_at), :grain) as bucket_on,
        count(*) as resolved_items,
        count(case when replies.reply_events = 1 and not resolved.is_reopened then 1 end)
            as first_contact_items
    from resolved
    left join replies
        on resolved.item_id = replies.item_id
    group by bucket_start(day_of(resolved.left_at), :grain)

)

select
    bucket_on,
    resolved_items,
    first_contact_items,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(bucket_on, :grain), 7) > day_of(:told_until) as is_partial
from counted
order by bucket_on
