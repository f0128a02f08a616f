-- Contacts reopened within 30 days
-- How many solved contacts come back?
--
-- One row per day, week or month in which contacts were completed for the first time. Spam, bots
-- and merged contacts are left out.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         first completions from this instant on
--   period_to           first completions before this instant
--   as_of               completions and reopenings before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the first completion
--   resolved_items      contacts completed for the first time
--   reopened_items      of these, reopened within 30 calendar days; lower is better
--   is_partial          the period cuts it, or it ended less than 30 calendar days before the
--                       as-of moment: more may come back
--
-- Rates:
--   contact_reopen_rate   reopened_items / resolved_items
--
-- Metrics:
--   contact_reopen_rate   contact_reopen_rate in % by completed_at; lower is better; version 1,
--                       service; the first completion of a contact; merged contacts and spam out;
--                       partial until 30 days later
--
-- Cases:
--   resolved_items      records/customer_support where is_resolved = true, contact_kind = counted
--   reopened_items      records/customer_support where is_resolved = true, contact_kind = counted,
--                       is_reopened = true

with

counted as (

    select
        bucket_start(day_of(item_stays.left_at), :grain) as bucket_on,
        count(*) as resolved_items,
        count(
            case
                when
                    item_stays.next_entered_by = 'reopened'
                    and item_stays.next_entered_at < :as_of
                    and hours_between(item_stays.left_at, item_stays.next_entered_at) <= 720
                    then 1
            end
        ) as reopened_items
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
    group by bucket_start(day_of(item_stays.left_at), :grain)

)

select
    bucket_on,
    resolved_items,
    case
        when 'reopening' in (select fact from source_facts)
            then reopened_items
    end as reopened_items,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until)
    or days_after(bucket_end(bucket_on, :grain), 30) > day_of(:told_until) as is_partial
from counted
order by bucket_on
