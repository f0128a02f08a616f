-- Changes without incident
-- How many changes go in without breaking something?
--
-- One row per day, week or month in which changes were finished.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         changes finished from this instant on
--   period_to           changes finished before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month in which the change was finished
--   known_changes       changes finished, of which it is told how they went
--   clean_changes       of these, without an incident; higher is better
--   is_partial          the period or the end of the data cuts it
--
-- Rates:
--   change_success      clean_changes / known_changes
--
-- Metrics:
--   change_success      change_success in % by resolved_at; higher is better; version 1, service;
--                       changes of which nothing is told are out
--
-- Cases:
--   known_changes       records/it_support where kind = change, change_outcome = clean | incident
--   clean_changes       records/it_support where kind = change, change_outcome = clean

with

changes as (

    select
        bucket_start(day_of(ext_it_support.resolved_at), :grain) as bucket_on,
        ext_it_support.change_ok
    from ext_it_support
    inner join item_stays
        on ext_it_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_it_support.resolved_at >= :period_from
        and ext_it_support.resolved_at < :period_to
        and ext_it_support.resolved_at < :as_of
        and ext_it_support.kind = 'change'
        and ext_it_support.change_ok is not null

)

select
    bucket_on,
    count(*) as known_changes,
    count(case when change_ok then 1 end) as clean_changes,
    is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from changes
group by bucket_on
order by bucket_on
