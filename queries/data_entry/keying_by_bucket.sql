-- Keying over time
-- Are fields keyed more exactly, or less, than before?
--
-- One row per day, week or month of the period, up to the as-of moment.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the completion
--   completed_items     keyed items completed
--   fields_twice        fields keyed by two people, before validation
--   fields_differing    of these, fields where the two differ; lower is better
--   is_partial          the period or the as-of moment cuts it
--
-- Rates:
--   mismatch            fields_differing / fields_twice
--
-- Metrics:
--   data_entry_mismatch  mismatch
--
-- Cases:
--   completed_items     records/data_entry where is_completed = true
--   fields_twice        records/data_entry summing fields_twice where is_completed = true
--   fields_differing    records/data_entry summing fields_differing where is_completed = true

with

keyed as (

    select
        bucket_start(day_of(item_stays.completed_at), :grain) as bucket_on,
        count(*) as completed_items,
        sum(ext_data_entry.fields_twice) as fields_twice,
        sum(ext_data_entry.fields_differing) as fields_differing
    from ext_data_entry
    inner join item_stays
        on ext_data_entry.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
    group by bucket_start(day_of(item_stays.completed_at), :grain)

),

buckets as (

    select distinct bucket_start(day, :grain) as bucket_on
    from calendar_days
    where
        day >= :period_start
        and day < :period_end
        and day <= day_of(:as_of)

)

select
    buckets.bucket_on,
    coalesce(keyed.completed_items, 0) as completed_items,
    cast(coalesce(keyed.fields_twice, 0) as bigint) as fields_twice,
    cast(coalesce(keyed.fields_differing, 0) as bigint) as fields_differing,
    is_cut(buckets.bucket_on, :grain, :period_start, :period_end, :told_until)
        as is_partial
from buckets
left join keyed
    on buckets.bucket_on = keyed.bucket_on
order by buckets.bucket_on
