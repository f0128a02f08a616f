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
    item_id,
    stay_number,
    left_at as done_at,
    bucket_start(day_of(left_at), :grain) as bucket_on,
    case
        when next_entered_by = 'reopened' and next_entered_at < :as_of
            then next_entered_at
    end as reopened_at,
    coalesce(
        next_entered_by = 'reopened'
        and next_entered_at < :as_of
        and hours_between(left_at, next_entered_at) <= 720,
        false
    ) as is_reopened,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    status,
    received_at,
    first_due_at,
    due_at,
    case when completed_at < :as_of then completed_at end as completed_at,
    case when cancelled_at < :as_of then cancelled_at end as cancelled_at
from item_stays
where
    left_by = 'completed'
    and left_at >= :period_from
    and left_at < :period_to
    and left_at < :as_of
order by done_at, item_id, stay_number
