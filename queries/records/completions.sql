-- Completions
-- Which completions of the period held, and which came back?
--
-- One row per completion; an item completed twice has two.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reopenings before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   stay_number         which stay of the item in a team this completion ended
--   done_at             when it was completed this time
--   bucket_on           first day of its day, week or month
--   reopened_at         when it came back, if it did
--   is_reopened         it came back within 30 calendar days
--   completion_number   first, second, ... completion of the item
--   is_reviewed         a review of any kind knows the item
--   is_first_time_right   the first completion, never returned, not reopened since and
--                       without a known defect
--   department          department at the completion
--   team                team at the completion
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   status              status now
--   received_at         first arrival
--   first_due_at        first promise
--   due_at              promise in force
--   completed_at        done, in force
--   cancelled_at        ended without being done, in force

select
    item_stays.item_id,
    item_stays.stay_number,
    item_stays.left_at as done_at,
    bucket_start(day_of(item_stays.left_at), :grain) as bucket_on,
    case
        when item_stays.next_entered_by = 'reopened' and item_stays.next_entered_at < :as_of
            then item_stays.next_entered_at
    end as reopened_at,
    coalesce(
        item_stays.next_entered_by = 'reopened'
        and item_stays.next_entered_at < :as_of
        and hours_between(item_stays.left_at, item_stays.next_entered_at) <= 720,
        false
    ) as is_reopened,
    item_stays.completion_number,
    coalesce(item_stays.looked_at < :as_of, false) as is_reviewed,
    item_stays.completion_number = 1
    and (item_stays.returned_at is null or item_stays.returned_at >= :as_of)
    and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
    and (item_stays.defect_found_at is null or item_stays.defect_found_at >= :as_of)
        as is_first_time_right,
    item_stays.department,
    item_stays.team,
    item_stays.employee,
    item_stays.work_type,
    item_stays.priority,
    item_stays.channel,
    item_stays.client,
    item_stays.status,
    item_stays.received_at,
    item_stays.first_due_at,
    item_stays.due_at,
    case when item_stays.completed_at < :as_of then item_stays.completed_at end as completed_at,
    case when item_stays.cancelled_at < :as_of then item_stays.cancelled_at end as cancelled_at
from item_stays
where
    item_stays.left_by = 'completed'
    and item_stays.left_at >= :period_from
    and item_stays.left_at < :period_to
    and item_stays.left_at < :as_of
order by done_at, item_stays.item_id, item_stays.stay_number
